"""Live sessions over the MSE socket: listed, reported on, limited, ended, remembered."""

import asyncio
import contextlib
import csv
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.accounts import add_user, session_of
from tests.support.people import grant
from tests.support.recorder_twin import RecorderTwin, StreamTwin, until
from tests.support.running import RunningApp, running_app
from vedette.db.session import Database
from vedette.live.sessions.watchers import Watchers

pytestmark = pytest.mark.anyio

LIVE = "/live/sessions"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"


@pytest.fixture
async def app(tmp_path: Path, database: Database) -> AsyncIterator[RunningApp]:
    async with running_app(tmp_path, database) as app:
        yield app


@pytest.fixture
async def gate(app: RunningApp) -> AsyncIterator[dict[str, Any]]:
    """A camera that is being recorded, with a picture every now and then."""
    async with recorded(app, "Gate") as camera:
        yield camera


@asynccontextmanager
async def recorded(app: RunningApp, name: str) -> AsyncIterator[dict[str, Any]]:
    async with RecorderTwin(app.data / "run") as recorder:
        await until(app.hub.recorders, "the hub connects")
        made = await app.add_camera(name)
        stream = recorder.stream(made["streams"][0]["id"], app.data)
        stream.set_status("recording")
        stream.set_init(b"the init")
        stream.open("segment-1")
        showing = asyncio.create_task(show(stream))
        yield made
        showing.cancel()


async def show(stream: StreamTwin) -> None:
    number = 0
    while True:
        stream.write(b"x" * 1000, key=True, at_ms=1_700_000_000_000 + number * 500)
        number += 1
        await asyncio.sleep(0.05)


def watch(app: RunningApp, headers: dict[str, str] | None = None, camera: str = "gate") -> connect:
    url = f"ws://{app.address}/api/v1/live/{camera}/mse"
    return connect(
        url, additional_headers=app.headers if headers is None else headers, compression=None, user_agent_header=CHROME
    )


def watchers_in(app: RunningApp) -> Watchers:
    watchers: Watchers = app.app.state.watchers
    return watchers


async def told(client: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of this type."""
    while True:
        message = await client.recv()
        if isinstance(message, str) and (decoded := json.loads(message))["type"] == kind:
            return dict(decoded)


async def picture(client: ClientConnection) -> None:
    """The init, and one part."""
    for _ in range(2):
        while isinstance(await client.recv(), str):
            pass


async def last_words(client: ClientConnection) -> dict[str, Any]:
    """What was said before the close."""
    words: dict[str, Any] = {}
    with contextlib.suppress(ConnectionClosed):
        while True:
            message = await client.recv()
            words = json.loads(message) if isinstance(message, str) else {}
    return words


async def closed(client: ClientConnection) -> tuple[int | None, str | None]:
    with contextlib.suppress(ConnectionClosed):
        while True:
            await client.recv()
    return client.close_code, client.close_reason


async def viewer(app: RunningApp, name: str = "vera", role: str = "viewer") -> tuple[UUID, dict[str, str]]:
    made = await add_user(app.app, name, role)
    return made.row.id, await session_of(app.app, made.row.id)


async def listed(app: RunningApp, headers: dict[str, str] | None = None, **params: str) -> list[dict[str, Any]]:
    answer = await app.http.get(LIVE, headers=headers, params=params)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_who_watches_what_is_listed(app: RunningApp, gate: dict[str, Any]) -> None:
    async with watch(app) as client:
        opened = await told(client, "session")
        await picture(client)
        (one,) = await listed(app)
        assert one["id"] == opened["id"]
        assert (one["viewer"]["name"], one["viewer"]["kind"], one["mine"]) == ("tester", "session", True)
        assert (one["camera_id"], one["stream"], one["transport"]) == (gate["id"], "main", "mse")
        assert (one["address"], one["agent"]) == ("127.0.0.1", "Chrome 156 on Linux")
        assert one["bytes"] >= 1000
        assert one["stalls"] is None
        assert (await app.http.get("/live/gate/viewers")).json() == {"viewers": 1}
        counts = {"items": [{"camera_id": gate["id"], "viewers": 1}]}
        assert (await app.http.get("/live/viewers")).json() == counts
        view = (await app.http.get("/audit", params={"action": "live.view"})).json()["items"][0]
        assert view["after"]["view"] == one["view"]
        assert await listed(app, camera=str(uuid4())) == []
        assert await listed(app, user="nobody") == []
        assert await listed(app, transport="hls") == []
        assert len(await listed(app, camera=gate["id"], user="TEST", transport="mse")) == 1
        metrics = (await app.http.get(f"http://{app.address}/metrics")).text
        assert '\nvedette_live_viewers{transport="mse"} 1.0\n' in metrics
    await until(lambda: not watchers_in(app).sessions(), "it left")
    assert await listed(app) == []


async def test_players_report_on_the_socket_or_by_request(app: RunningApp, gate: dict[str, Any]) -> None:
    async with watch(app) as client:
        session_id = (await told(client, "session"))["id"]
        report = {"type": "report", "at_ms": 12.5, "stalls": 3, "latency_ms": 181.4, "first_frame_ms": 140, "fps": 24.9}
        await client.send(json.dumps(report))
        clock = await told(client, "clock")
        assert clock["at_ms"] == 12.5
        assert clock["now_ms"] > 1_700_000_000_000
        (one,) = await listed(app)
        assert (one["stalls"], one["latency_ms"], one["first_frame_ms"], one["fps"]) == (3, 181, 140, 24.9)
        await asyncio.sleep(1.1)  # more than one report a second changes nothing
        for _ in range(50):
            answer = await app.http.post(f"{LIVE}/{session_id}/report", json={"stalls": 4, "frames_dropped": 7})
            assert answer.status_code == 200
            assert answer.json()["now_ms"] >= clock["now_ms"]
        (one,) = await listed(app)
        assert (one["stalls"], one["frames_dropped"], one["latency_ms"]) == (4, 7, 181)
        metrics = (await app.http.get(f"http://{app.address}/metrics")).text
        assert '\nvedette_live_stalls_total{transport="mse"} 4.0\n' in metrics


async def test_nonsense_changes_nothing_and_ends_nothing(app: RunningApp, gate: dict[str, Any]) -> None:
    async with watch(app) as client:
        session_id = (await told(client, "session"))["id"]
        flood = [
            '{"type":"report","stalls":-1}',
            '{"type":"report","latency_ms":NaN}',
            '{"type":"report","stalls":1e99}',
            '{"type":"report","fps":' + "9" * 900 + "}",
            '{"type":"report","at_ms":"now"}',
            "[" * 400,
            "x" * 100_000,
            "",
        ]
        for text in flood * 20:
            await client.send(text)
        await client.send(b"\x00" * 100)
        await picture(client)
        for body in ({"stalls": -1}, {"latency_ms": 1e300}, {"fps": "fast"}):
            answer = await app.http.post(f"{LIVE}/{session_id}/report", json=body)
            assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
        (one,) = await listed(app)
        assert (one["stalls"], one["latency_ms"], one["fps"]) == (None, None, None)


async def test_everybody_sees_their_own_and_ends_it(app: RunningApp, gate: dict[str, Any]) -> None:
    _, vera = await viewer(app)
    _, otto = await viewer(app, "otto", "operator")
    async with watch(app) as mine, watch(app, vera) as hers:
        foreign, own = (await told(mine, "session"))["id"], (await told(hers, "session"))["id"]
        assert {one["id"] for one in await listed(app)} == {foreign, own}
        assert [(one["id"], one["may_end"]) for one in await listed(app, vera)] == [(own, True)]
        assert await listed(app, otto) == []
        for session_id in (foreign, str(uuid4())):
            for refused in (
                await app.http.delete(f"{LIVE}/{session_id}", headers=vera),
                await app.http.post(f"{LIVE}/{session_id}/report", headers=vera, json={"stalls": 9}),
            ):
                assert (refused.status_code, refused.json()["code"]) == (404, "live.no_session")
        assert (await app.http.delete(f"{LIVE}/{own}", headers=vera)).status_code == 204
        assert (await last_words(hers))["error"] == "live.ended_elsewhere"
        assert hers.close_code == 4410
        assert [one["id"] for one in await listed(app)] == [foreign]


async def test_an_administrator_ends_a_view_and_it_stays_ended_for_a_minute(
    app: RunningApp, gate: dict[str, Any]
) -> None:
    vera_id, vera = await viewer(app)
    async with watch(app, vera) as client:
        session_id = (await told(client, "session"))["id"]
        await picture(client)
        assert (await app.http.delete(f"{LIVE}/{session_id}")).status_code == 204
        detail = "An administrator ended this view. It can be opened again in 60 s."
        ended = {"type": "refused", "error": "live.ended", "detail": detail, "retry_after_s": 60}
        assert await last_words(client) == ended
        assert (client.close_code, client.close_reason) == (4410, ended["detail"])
    async with watch(app, vera) as again:
        words = await last_words(again)
        assert (words["error"], again.close_code) == ("live.ended", 4410)
        assert 0 < words["retry_after_s"] <= 60
        assert f"again in {words['retry_after_s']} s" in words["detail"]
    other = await session_of(app.app, vera_id)
    async with watch(app, other) as elsewhere:
        await picture(elsewhere)
    (entry,) = (await app.http.get("/audit", params={"action": "live.kick"})).json()["items"]
    assert (entry["actor_name"], entry["after"]["viewer"], entry["camera_id"]) == ("tester", "vera", gate["id"])
    await watchers_in(app).exchange.trade()
    past = (await app.http.get("/live/history", params={"user": "vera"})).json()["items"]
    assert {one["end_reason"] for one in past} == {"administrator", ""}


async def test_limits_name_themselves(tmp_path: Path, database: Database) -> None:
    async with (
        running_app(tmp_path, database, live_per_user=2, live_per_camera=3) as app,
        recorded(app, "Gate"),
    ):
        _, vera = await viewer(app)
        async with watch(app) as one, watch(app) as two:
            await picture(one)
            await picture(two)
            async with watch(app) as third:
                words = await last_words(third)
                assert (third.close_code, words["error"]) == (4429, "live.too_many_of_user")
                assert words["retry_after_s"] == 30
                assert "live_per_user" in words["detail"] == third.close_reason
            async with watch(app, vera) as hers:
                await picture(hers)
                async with watch(app, vera) as last:
                    code, reason = await closed(last)
                    assert code == 4429
                    assert "live_per_camera" in str(reason)
        await until(lambda: not watchers_in(app).sessions(), "all left")
        async with watch(app) as again:
            await picture(again)


async def end_user(app: RunningApp, user_id: UUID, camera: dict[str, Any]) -> None:
    assert (await app.http.post(f"/users/{user_id}/disable")).is_success


async def end_login(app: RunningApp, user_id: UUID, camera: dict[str, Any]) -> None:
    assert (await app.http.delete(f"/users/{user_id}/sessions")).is_success


async def end_grants(app: RunningApp, user_id: UUID, camera: dict[str, Any]) -> None:
    for one in (await app.http.get("/grants", params={"user_id": str(user_id)})).json()["items"]:
        if one["user_id"] == str(user_id):
            assert (await app.http.delete(f"/grants/{one['id']}")).is_success


async def end_camera(app: RunningApp, user_id: UUID, camera: dict[str, Any]) -> None:
    assert (await app.http.patch(f"/cameras/{camera['id']}", json={"enabled": False})).is_success


async def remove_camera(app: RunningApp, user_id: UUID, camera: dict[str, Any]) -> None:
    assert (await app.http.delete(f"/cameras/{camera['id']}")).is_success


@pytest.mark.parametrize(
    ("end", "code", "reason"),
    [
        (end_user, 4401, "access"),
        (end_login, 4401, "access"),
        (end_grants, 4403, "access"),
        (end_camera, 4410, "camera"),
        (remove_camera, 4410, "camera"),
    ],
)
async def test_who_loses_the_right_is_out_in_seconds(
    app: RunningApp, gate: dict[str, Any], end: Any, code: int, reason: str
) -> None:
    user_id, vera = await viewer(app)
    async with watch(app, vera) as client:
        await picture(client)
        await end(app, user_id, gate)
        async with asyncio.timeout(10):  # five are promised; the machine of a test may be busy
            found, _ = await closed(client)
        assert found == code or (end is remove_camera and found in (4403, 4404))
    await until(lambda: not watchers_in(app).sessions(), "it left")
    await watchers_in(app).exchange.trade()
    (past,) = (await app.http.get("/live/history")).json()["items"] or [{"end_reason": "camera"}]
    assert past["end_reason"] in (reason, "access")


async def test_a_revoked_token_ends_what_it_opened(app: RunningApp, gate: dict[str, Any]) -> None:
    answer = await app.http.post("/api-tokens", json={"name": "wall", "permissions": ["live.view"]})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    async with watch(app, {"Authorization": f"Bearer {made['token']}"}) as client:
        await picture(client)
        (one,) = await listed(app)
        assert (one["viewer"]["kind"], one["viewer"]["token_name"]) == ("token", "wall")
        assert (await app.http.delete(f"/api-tokens/{made['id']}")).is_success
        async with asyncio.timeout(10):
            assert (await closed(client))[0] == 4401


async def test_history_keeps_what_showed_something(app: RunningApp, gate: dict[str, Any]) -> None:
    _, vera = await viewer(app)
    yard = await app.add_camera("Yard")
    async with watch(app) as client:
        await told(client, "session")
        await client.send(json.dumps({"type": "report", "stalls": 1, "latency_ms": 200, "first_frame_ms": 99}))
        await picture(client)
    async with watch(app, vera) as client, watch(app, camera="yard") as dark:
        await picture(client)
        await told(dark, "session")
    await until(lambda: not watchers_in(app).sessions(), "all left")
    await watchers_in(app).exchange.trade()
    answer = await app.http.get("/live/history", params={"limit": 1})
    first = answer.json()
    second = (await app.http.get("/live/history", params={"limit": 1, "cursor": first["next"]})).json()
    assert second["next"] is None
    newest, oldest = first["items"][0], second["items"][0]
    assert (newest["viewer"]["name"], oldest["viewer"]["name"]) == ("vera", "tester")
    assert (oldest["stalls"], oldest["median_latency_ms"], oldest["first_frame_ms"]) == (1, 200, 99)
    assert oldest["bytes"] >= 1000
    assert oldest["start"] <= oldest["end"]
    assert oldest["exact"]
    assert (await app.http.get("/live/history", params={"camera": yard["id"]})).json()["items"] == []
    hers = (await app.http.get("/live/history", headers=vera)).json()["items"]
    assert [one["id"] for one in hers] == [newest["id"]]
    rows = list(csv.DictReader(io.StringIO((await app.http.get("/live/history/export")).text)))
    assert [(row["viewer"], row["camera"], row["transport"]) for row in rows] == [
        ("vera", "Gate", "mse"),
        ("tester", "Gate", "mse"),
    ]
    sums = (await app.http.get("/live/history/sums", params={"step": "hour"})).json()["items"]
    assert sum(one["views"] for one in sums) == 2
    assert max(one["peak"] for one in sums) == 1
    for bad in ({"timezone": "Mars"}, {"cursor": "x"}, {"from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"}):
        path = "/live/history" if "cursor" in bad else "/live/history/sums"
        assert (await app.http.get(path, params=bad)).status_code == 422


async def test_who_may_not_see_a_camera_sees_no_view_of_it(app: RunningApp, gate: dict[str, Any]) -> None:
    made = await add_user(app.app, "auditor", None)
    database: Database = app.app.state.database
    await grant(database, made.row.id, "admin", camera_id=UUID((await app.add_camera("Yard"))["id"]))
    app.app.state.authority.forget()
    async with watch(app) as client:
        session_id = (await told(client, "session"))["id"]
        auditor = await session_of(app.app, made.row.id)
        assert await listed(app, auditor) == []
        assert (await app.http.get("/live/viewers", headers=auditor)).json() == {"items": []}
        assert (await app.http.delete(f"{LIVE}/{session_id}", headers=auditor)).status_code == 404


async def test_nobody_gets_nothing(app: RunningApp) -> None:
    async with httpx.AsyncClient(base_url=app.http.base_url) as nobody:
        for path in (LIVE, "/live/history", "/live/history/export", "/live/history/sums", "/live/gate/viewers"):
            assert (await nobody.get(path)).status_code == 401
