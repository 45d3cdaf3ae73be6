"""/events as a browser sees it: a real uvicorn and a real WebSocket."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from tests.support.accounts import PASSWORD, bearer, log_in
from tests.support.app import Served, TestRecorders, served, status_of
from vedette.db.session import Database
from vedette.events import outbox
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

STREAM: dict[str, Any] = {"id": 7, "kind": "main"}
CAMERA = str(uuid4())


@pytest.fixture
async def server(settings: Settings, sqlite_database: Database, recorders: TestRecorders) -> AsyncIterator[Served]:
    async with served(settings, sqlite_database, recorders) as server:
        yield server


def listen(server: Served, query: str = "", **headers: str) -> connect:
    """An administrator's socket."""
    return connect(f"ws://{server.address}/api/v1/events{query}", additional_headers={**server.headers, **headers})


async def emit(database: Database, *numbers: int) -> None:
    async with database.write() as session:
        for number in numbers:
            outbox.emit(session, 1_700_000_000_000, "test.event", {"number": number})


async def hear(socket: ClientConnection) -> dict[str, Any]:
    """The next message that is not a heartbeat."""
    while True:
        message: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 30))
        if message["topic"] != "heartbeat":
            return message


async def test_hello_then_what_happens(server: Served, sqlite_database: Database) -> None:
    async with listen(server) as socket:
        hello = await hear(socket)
        assert (hello["topic"], hello["id"]) == ("hello", 0)
        assert hello["payload"]["resumed"] is False
        await emit(sqlite_database, 1, 2)
        heard = [await hear(socket) for _ in range(2)]
    assert [(message["id"], message["payload"]["number"]) for message in heard] == [(1, 1), (2, 2)]
    assert {(message["topic"], message["at"]) for message in heard} == {("test.event", "2023-11-14T22:13:20.000Z")}


async def test_nobody_takes_all_sockets(server: Served) -> None:
    async with AsyncExitStack() as many:
        for _ in range(50):
            await hear(await many.enter_async_context(listen(server)))
        refused = await many.enter_async_context(listen(server))
        await refused.wait_closed()
        assert refused.close_code == 1013


async def test_resuming_replays_what_was_missed_once_and_in_order(server: Served, sqlite_database: Database) -> None:
    await emit(sqlite_database, *range(1, 1201))
    async with listen(server) as socket:
        while ((await hear(socket))["id"] or 0) < 1200:  # the feed has read them all
            pass
    async with listen(server, "?cursor=100") as socket:
        hello = await hear(socket)
        assert hello["payload"] | {"resumed": True, "cursor": 1200} == hello["payload"]
        assert hello["id"] == 100
        await emit(sqlite_database, 1201)
        heard = [await hear(socket) for _ in range(1101)]
    assert [message["id"] for message in heard] == list(range(101, 1202))
    assert [message["payload"]["number"] for message in heard] == list(range(101, 1202))


@pytest.mark.parametrize("cursor", ["99999999", "x", "-1", "1%20or%201=1", "٣"])
async def test_an_unknown_cursor_starts_afresh(server: Served, sqlite_database: Database, cursor: str) -> None:
    await emit(sqlite_database, 1)
    async with listen(server, f"?cursor={cursor}") as socket:
        assert (await hear(socket))["payload"]["resumed"] is False


async def test_a_cursor_older_than_what_is_kept_starts_afresh(
    settings: Settings, sqlite_database: Database, recorders: TestRecorders
) -> None:
    await emit(sqlite_database, *range(1, 6))
    async with sqlite_database.write() as session:
        assert await outbox.prune(session, 1_700_000_000_000 + outbox.KEEP_MS + 1) == 4
    async with served(settings, sqlite_database, recorders) as server:
        for cursor, resumed in ((1, False), (3, False), (4, True), (5, True)):
            async with listen(server, f"?cursor={cursor}") as socket:
                assert (await hear(socket))["payload"]["resumed"] is resumed


async def test_states_come_at_once_and_numbers_together(server: Served, recorders: TestRecorders) -> None:
    recorders.tell(status_of(STREAM, CAMERA, "connecting"))
    async with listen(server) as socket:
        await hear(socket)
        present = await hear(socket)
        assert present["topic"] == "stats"
        assert [stream["state"] for stream in present["payload"]["streams"]] == ["connecting"]
        for fps in (10.0, 20.0, 25.0):
            recorders.tell(status_of(STREAM, CAMERA, "recording", fps=fps))
        changed = await hear(socket)
        assert (changed["topic"], changed["id"]) == ("camera.status", None)
        assert (changed["payload"]["state"], changed["payload"]["camera_id"]) == ("recording", CAMERA)
        numbers = await hear(socket)
        assert numbers["topic"] == "stats"
        assert [stream["fps"] for stream in numbers["payload"]["streams"]] == [25.0]


async def test_one_bad_status_does_not_end_the_others(server: Served, recorders: TestRecorders) -> None:
    async with listen(server) as socket:
        await hear(socket)
        recorders.tell(status_of(STREAM, "no camera", "recording"))
        del recorders.newest[STREAM["id"]]
        while len(recorders.watchers) < 2:  # the feed watches again
            await asyncio.sleep(0.05)
        recorders.tell(status_of(STREAM, CAMERA, "waiting"))
        assert (await hear(socket))["payload"]["state"] == "waiting"


async def test_secrets_in_a_status_are_masked(server: Served, recorders: TestRecorders) -> None:
    async with listen(server) as socket:
        await hear(socket)
        recorders.tell(status_of(STREAM, CAMERA, "waiting", last_error="rtsp://admin:hunter2@cam/ refused"))
        text = await asyncio.wait_for(socket.recv(decode=True), 10)
        assert "camera.status" in text
        assert "hunter2" not in text


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.com"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_pages_of_other_origins_get_no_socket(server: Served, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with listen(server, **headers):
            pass
    assert refused.value.response.status_code == 403


async def test_an_own_page_gets_one(server: Served) -> None:
    headers = {"Origin": f"http://{server.address}"}
    async with listen(server, **headers) as socket:
        assert (await hear(socket))["topic"] == "hello"


async def test_there_is_no_socket_elsewhere(server: Served) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(f"ws://{server.address}/api/v1/nothing"):
            pass
    assert refused.value.response.status_code == 403


async def test_what_a_reader_says_is_ignored(server: Served, sqlite_database: Database) -> None:
    async with listen(server) as socket:
        await hear(socket)
        for said in ("hello", "{", b"\x00\xff"):
            await socket.send(said)
        await emit(sqlite_database, 1)
        assert (await hear(socket))["payload"] == {"number": 1}


async def test_readers_that_leave_are_forgotten(
    settings: Settings, sqlite_database: Database, recorders: TestRecorders
) -> None:
    async with served(settings, sqlite_database, recorders) as server:
        sockets = [await listen(server) for _ in range(5)]
        for socket in sockets[:3]:
            await socket.close()
        sockets[3].transport.abort()
        await emit(sqlite_database, 1)
        assert (await hear(sockets[4]))["topic"] == "hello"
        assert (await hear(sockets[4]))["payload"] == {"number": 1}
    # The server has stopped although one socket was still open.
    await sockets[4].wait_closed()


async def test_who_may_do_more_or_less_is_told(server: Served) -> None:
    async with httpx.AsyncClient(base_url=f"http://{server.address}", headers=server.headers) as admin:
        guard = (await admin.post("/api/v1/users", json={"username": "guard", "password": PASSWORD})).json()["id"]
        tokens = await log_in(admin, "guard")
        roles = (await admin.get("/api/v1/roles")).json()["items"]
        viewer = next(role["id"] for role in roles if role["name"] == "viewer")
        async with connect(f"ws://{server.address}/api/v1/events", additional_headers=bearer(tokens)) as socket:
            assert (await hear(socket))["topic"] == "hello"
            granted = (await admin.post("/api/v1/grants", json={"user_id": guard, "role_id": viewer})).json()["id"]
            more = await hear(socket)
            (await admin.delete(f"/api/v1/grants/{granted}")).raise_for_status()
            less = await hear(socket)
    assert [(one["topic"], one["id"], one["payload"]) for one in (more, less)] == [("access.changed", None, {})] * 2
