"""Limits of requests in the whole app."""

import asyncio
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support import people
from tests.support.accounts import add_user, bearer, log_in, signed_in
from tests.support.app import TestRecorders, served, started
from vedette.api.app import create_app
from vedette.db.session import Database
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

CAMERAS = "/api/v1/cameras"


def with_limits(data: Path, anonymous: int = 5, signed_in: int = 10, media: int = 3) -> Settings:
    (data / "run").mkdir(exist_ok=True)
    return Settings(data=data, rate_anonymous=anonymous, rate_signed_in=signed_in, rate_media=media)


async def statuses(client: httpx.AsyncClient, path: str, count: int, **more: object) -> list[int]:
    return [(await client.get(path, **more)).status_code for _ in range(count)]  # type: ignore[arg-type] # headers


async def test_by_address_without_a_login_and_by_person_with_one(
    sqlite_database: Database, tmp_path: Path, recorders: TestRecorders
) -> None:
    app = create_app(with_limits(tmp_path), sqlite_database, recorders=recorders)
    async with started(app) as client:
        await add_user(app, "ada")
        await add_user(app, "bob")
        ada, bob = bearer(await log_in(client, "ada")), bearer(await log_in(client, "bob"))
        assert await statuses(client, CAMERAS, 4) == [401, 401, 401, 429]
        refused = await client.get(CAMERAS)
        assert refused.json()["code"] == "request.too_many"
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["x-content-type-options"] == "nosniff"
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert refused.headers["ratelimit-policy"] == '"anonymous";q=5;w=60'
        # What is no good is nobody's, and an address that is over its limit may still be somebody's.
        assert await statuses(client, CAMERAS, 1, headers={"Authorization": "Bearer a.b.c"}) == [429]
        assert await statuses(client, CAMERAS, 11, headers=ada) == [200] * 10 + [429]
        assert await statuses(client, CAMERAS, 1, headers=bob) == [200]
        snapshot = f"{CAMERAS}/absent/snapshot.jpg"
        assert await statuses(client, snapshot, 4, headers=ada) == [404] * 3 + [429]


async def test_pages_and_health_are_counted_apart(
    sqlite_database: Database, tmp_path: Path, recorders: TestRecorders
) -> None:
    async with started(create_app(with_limits(tmp_path), sqlite_database, recorders=recorders)) as client:
        answers = [await client.get("/healthz") for _ in range(11)]
        assert [answer.status_code for answer in answers] == [200] * 10 + [429]
        assert answers[0].headers["ratelimit"] == '"pages";r=9;t=60'
        assert answers[10].headers["retry-after"]
        assert (await client.get("/")).status_code == 429
        assert (await client.get("/api/v1/auth/setup")).status_code == 200


async def test_what_no_route_was_asked_for_counts_for_the_address(
    sqlite_database: Database, tmp_path: Path, recorders: TestRecorders
) -> None:
    """A path that does not exist, a method that it does not have, a body that is no JSON, and one that is too large."""
    app = create_app(with_limits(tmp_path, anonymous=6), sqlite_database, recorders=recorders)
    async with started(app) as client:
        ada = await signed_in(app)
        login = "/api/v1/auth/login"
        form = {"Content-Type": "application/json"}
        answers = [
            await client.get("/api/v1/nothing"),
            await client.get("/api/nothing/at/all", headers=ada),
            await client.put(login, json={}),
            await client.post(login, content=b"{", headers=form),
            await client.post(login, content=b'"' + b"x" * (1 << 20) + b'"', headers=form),
            await client.get(CAMERAS),
        ]
        assert [answer.status_code for answer in answers] == [404, 404, 405, 422, 413, 401]
        assert [answer.headers["ratelimit"].partition(";t")[0] for answer in answers] == [
            f'"anonymous";r={left}' for left in range(5, -1, -1)
        ]
        for refused in (
            await client.get("/api/v1/nothing"),
            await client.post(login, content=b"{", headers=form),
            await client.post(login, content=b'"' + b"x" * (1 << 20) + b'"', headers=form),
        ):
            assert (refused.status_code, refused.json()["code"]) == (429, "request.too_many")
            assert int(refused.headers["retry-after"]) > 0
            assert len(refused.content) == int(refused.headers["content-length"])
        # Who has a limit of their own is not kept out by it.
        assert await statuses(client, CAMERAS, 2, headers=ada) == [200, 200]


async def test_a_signed_in_caller_without_a_limit_is_not_counted_for_the_address(
    sqlite_database: Database, tmp_path: Path, recorders: TestRecorders
) -> None:
    app = create_app(with_limits(tmp_path, anonymous=1, signed_in=0), sqlite_database, recorders=recorders)
    async with started(app) as client:
        assert await statuses(client, CAMERAS, 3, headers=await signed_in(app)) == [200, 200, 200]
        assert await statuses(client, CAMERAS, 2) == [401, 429]


async def test_a_socket_without_a_route_counts(
    sqlite_database: Database, tmp_path: Path, recorders: TestRecorders
) -> None:
    async with served(with_limits(tmp_path, anonymous=3), sqlite_database, recorders) as server:
        host = server.address
        for _ in range(2):
            with pytest.raises(InvalidStatus):
                await connect(f"ws://{host}/api/v1/nothing", origin=f"http://{host}")  # type: ignore[arg-type] # a str
        async with httpx.AsyncClient(base_url=f"http://{host}") as client:
            assert await statuses(client, "/api/v1/auth/setup", 2) == [200, 429]


async def test_zero_is_no_limit(sqlite_database: Database, tmp_path: Path, recorders: TestRecorders) -> None:
    settings = with_limits(tmp_path, anonymous=0, signed_in=0, media=0)
    async with started(create_app(settings, sqlite_database, recorders=recorders)) as client:
        answer = await client.get("/api/v1/auth/setup")
        assert not [name for name in answer.headers if name.startswith("ratelimit")]


async def test_a_proxy_that_is_trusted_speaks_for_many_and_another_for_itself(
    sqlite_database: Database, tmp_path: Path, recorders: TestRecorders
) -> None:
    async def from_addresses(trusted: tuple[str, ...]) -> list[int]:
        settings = with_limits(tmp_path).model_copy(
            update={"trusted_proxies": Settings(trusted_proxies=trusted).trusted_proxies}
        )
        async with started(create_app(settings, sqlite_database, recorders=recorders)) as client:
            found = []
            for number in range(8):
                headers = {"X-Forwarded-For": f"192.0.2.{number}"}
                found += await statuses(client, "/api/v1/auth/setup", 1, headers=headers)
            return found

    assert await from_addresses(("127.0.0.1",)) == [200] * 8
    assert await from_addresses(()) == [200] * 5 + [429] * 3


async def test_a_socket_over_the_limit_is_told_why(
    sqlite_database: Database, tmp_path: Path, recorders: TestRecorders
) -> None:
    await people.add_user(sqlite_database, "somebody")
    async with served(with_limits(tmp_path, anonymous=2), sqlite_database, recorders) as server:
        host = server.address
        codes = []
        for _ in range(3):
            async with connect(f"ws://{host}/api/v1/events", origin=f"http://{host}") as socket:  # type: ignore[arg-type] # a str
                with pytest.raises(ConnectionClosed) as closed:
                    await asyncio.wait_for(socket.recv(), 10)
                codes.append(closed.value.rcvd.code if closed.value.rcvd else None)
        assert codes == [4401, 4401, 4429]
