"""Headers that every answer carries, and pages of other sites."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.support.accounts import signed_in
from tests.support.app import TestRecorders, started
from tests.support.footage import T0
from tests.support.library import clip
from tests.support.world import World
from vedette.api.app import create_app
from vedette.db.session import Database
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

FRIEND = "https://wall.example"


def check(answer: httpx.Response) -> None:
    headers = answer.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] in ("'self'", "'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert policy["frame-ancestors"] == "'none'"
    assert policy["object-src"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"]
    assert "strict-transport-security" not in headers
    for name in ("content-security-policy", "x-content-type-options"):
        assert len(headers.get_list(name)) == 1


async def test_every_kind_of_answer_carries_them(world: World) -> None:
    (file, *_) = await world.library.record(world.stream_id, T0, clip())
    base = f"http://{world.app.address}"
    segment = f"{base}/api/v1/playback/segments/{file.id}.mp4"
    async with httpx.AsyncClient(headers=world.app.headers, timeout=30) as client:
        for method, address, more, status in (
            ("GET", f"{base}/", {}, 200),
            ("GET", f"{base}/theme.js", {}, 200),
            ("GET", f"{base}/live", {}, 200),
            ("GET", f"{base}/assets/absent.js", {}, 404),
            ("GET", f"{base}/api/absent", {}, 404),
            ("GET", f"{base}/api/docs", {}, 200),
            ("GET", f"{base}/api/openapi.json", {}, 200),
            ("GET", f"{base}/healthz", {}, 200),
            ("GET", f"{base}/metrics", {}, 200),
            ("GET", f"{base}/api/v1/cameras", {}, 200),
            ("GET", f"{base}/api/v1/cameras", {"headers": {"Authorization": ""}}, 401),
            ("GET", f"{base}/api/v1/cameras/absent", {}, 404),
            ("PATCH", f"{base}/api/v1/cameras", {}, 405),
            ("POST", f"{base}/api/v1/cameras", {"json": {}}, 422),
            ("POST", f"{base}/api/v1/cameras", {"content": b" " * 2_000_000}, 413),
            ("POST", f"{base}/api/v1/cameras", {"headers": {"Origin": "https://evil.example"}}, 403),
            ("GET", f"{base}/", {"headers": {"Host": "evil.example"}}, 421),
            ("GET", segment, {}, 200),
            ("GET", segment, {"headers": {"Range": "bytes=0-99"}}, 206),
            ("GET", segment, {"headers": {"Range": "bytes=99999999-"}}, 416),
            ("HEAD", segment, {}, 200),
        ):
            answer = await client.request(method, address, **more)
            assert answer.status_code == status, (method, address, answer.text[:200])
            check(answer)


@pytest.fixture
async def open_to_friend(
    sqlite_database: Database, tmp_path: Path, recorders: TestRecorders
) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator's program, where pages of a friend are let in."""
    (tmp_path / "run").mkdir(exist_ok=True)
    app = create_app(Settings(data=tmp_path, cors_origins=(FRIEND,)), sqlite_database, recorders=recorders)
    async with started(app) as client:
        client.headers.update(await signed_in(app))
        yield client


async def test_a_page_on_the_list_may_use_the_api_with_a_token(open_to_friend: httpx.AsyncClient) -> None:
    wants = {"Origin": FRIEND, "Access-Control-Request-Method": "PATCH"}
    asked = await open_to_friend.options(
        "/api/v1/cameras/gate", headers=wants | {"Access-Control-Request-Headers": "authorization, if-match"}
    )
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == FRIEND
    assert "PATCH" in asked.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in asked.headers
    answer = await open_to_friend.get("/api/v1/cameras", headers={"Origin": FRIEND})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, FRIEND)
    assert "access-control-allow-credentials" not in answer.headers
    assert "Origin" in answer.headers["vary"]
    made = await open_to_friend.post(
        "/api/v1/cameras", json={"name": "Gate", "url": "rtsp://192.0.2.1/x"}, headers={"Origin": FRIEND}
    )
    assert made.status_code == 201
    assert "etag" in made.headers["access-control-expose-headers"].lower()
    refused = await open_to_friend.get("/api/v1/cameras/absent", headers={"Origin": FRIEND})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (404, FRIEND)


@pytest.mark.parametrize("origin", ["https://evil.example", "http://wall.example", "https://wall.example:8443", "null"])
async def test_others_are_not_on_it(open_to_friend: httpx.AsyncClient, origin: str) -> None:
    wants = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    asked = await open_to_friend.options("/api/v1/cameras", headers=wants)
    assert asked.status_code == 400
    assert "access-control-allow-origin" not in asked.headers
    answer = await open_to_friend.get("/api/v1/cameras", headers={"Origin": origin})
    assert "access-control-allow-origin" not in answer.headers


async def test_cookies_of_a_page_on_the_list_are_refused(open_to_friend: httpx.AsyncClient) -> None:
    token = open_to_friend.headers.pop("Authorization").removeprefix("Bearer ")
    cookie = {"Cookie": f"vedette_access={token}", "X-Vedette-Client": "web"}
    body = {"name": "Gate", "url": "rtsp://192.0.2.1/x"}
    refused = await open_to_friend.post("/api/v1/cameras", json=body, headers=cookie | {"Origin": FRIEND})
    assert (refused.status_code, refused.json()["code"]) == (403, "auth.csrf")
    own = await open_to_friend.post("/api/v1/cameras", json=body, headers=cookie | {"Origin": "http://127.0.0.1:7070"})
    assert own.status_code == 201


async def test_the_hosts_name_comes_before_the_list(open_to_friend: httpx.AsyncClient) -> None:
    wants = {"Origin": FRIEND, "Access-Control-Request-Method": "POST", "Host": "evil.example"}
    assert (await open_to_friend.options("/api/v1/cameras", headers=wants)).status_code == 421
