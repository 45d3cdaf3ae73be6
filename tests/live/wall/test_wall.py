"""The wall's socket, read by a real WebSocket client."""

import asyncio
import contextlib
import json
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.recorder_twin import RecorderTwin, StreamTwin, until
from tests.support.running import RunningApp, running_app
from vedette.db.session import Database
from vedette.live.closing import CLOSE_NOT_READING
from vedette.live.wall.sender import WallSender
from vedette.live.wall.tile import Tile
from vedette.live.wall.wall import ASKED_AT_ONCE

pytestmark = pytest.mark.anyio


@pytest.fixture
async def app(tmp_path: Path, sqlite_database: Database) -> AsyncIterator[RunningApp]:
    async with running_app(tmp_path, sqlite_database, wall_tiles=8) as app:
        yield app


@pytest.fixture
async def recorder(app: RunningApp) -> AsyncIterator[RecorderTwin]:
    async with RecorderTwin(app.data / "run") as recorder:
        await until(app.hub.recorders, "the hub connects")
        yield recorder


class Client:
    """The other end of a wall's socket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def _next(self) -> str | bytes:
        async with asyncio.timeout(10):
            return await self.socket.recv()

    async def say(self, kind: str, tile: int, **more: Any) -> None:
        await self.socket.send(json.dumps({"type": kind, "tile": tile, **more}))

    async def show(self, tile: int, camera: str, **more: Any) -> None:
        await self.say("show", tile, camera=camera, **more)

    async def text(self, *kinds: str) -> dict[str, Any]:
        """The next message of these kinds; others that are no media are passed over."""
        while True:
            message = await self._next()
            assert isinstance(message, str), message[:20]
            decoded: dict[str, Any] = json.loads(message)
            if decoded["type"] in kinds:
                return decoded

    async def media(self) -> tuple[int, int, bytes]:
        """Tile, wall clock and bytes of the next binary message."""
        while isinstance(message := await self._next(), str):
            pass
        return int.from_bytes(message[:2], "big"), int.from_bytes(message[2:10], "big"), message[10:]

    async def until_came(self, wanted: bytes) -> bool:
        """Whether the next media are these bytes, in one message or in several."""
        came = b""
        while len(came) < len(wanted):
            came += (await self.media())[2]
        return came == wanted


class _Wall:
    def __init__(self, app: RunningApp) -> None:
        url = f"ws://{app.address}/api/v1/live/wall"
        self._connect = connect(url, additional_headers=app.headers, compression=None, max_size=None)

    async def __aenter__(self) -> Client:
        client = Client(await self._connect.__aenter__())
        hello = json.loads(await client.socket.recv())
        assert (hello["type"], hello["tiles"]) == ("hello", 8)
        assert abs(hello["now_ms"] - time.time() * 1000) < 60_000
        return client

    async def __aexit__(self, *given: Any) -> None:
        await self._connect.__aexit__(*given)


async def camera(app: RunningApp, recorder: RecorderTwin, name: str) -> StreamTwin:
    """A camera that is being recorded."""
    made = await app.add_camera(name)
    stream = recorder.stream(made["streams"][0]["id"], app.data)
    stream.set_status("recording")
    stream.set_init(b"init of " + name.encode(), digest=name)
    stream.open(f"segment-{name}")
    return stream


async def test_many_cameras_on_one_socket_each_with_its_number(app: RunningApp, recorder: RecorderTwin) -> None:
    streams = {name: await camera(app, recorder, name) for name in ("gate", "yard")}
    async with _Wall(app) as wall:
        for tile, name in enumerate(streams):
            await wall.show(tile + 7, name, stream="main")
            assert (await wall.text("status"))["tile"] == tile + 7
        for at, (name, stream) in enumerate(streams.items()):
            stream.write(b"of " + name.encode(), key=True, at_ms=1000 + at)
            init = await wall.text("init")
            assert (init["tile"], init["mime"], init["mode"]) == (7 + at, 'video/mp4; codecs="avc1.640028"', "all")
            assert (init["stream"], init["requested"], init["run"]) == ("main", "main", "run-1")
            assert await wall.media() == (7 + at, 0, b"init of " + name.encode())
            assert await wall.media() == (7 + at, 1000 + at, b"of " + name.encode())
        await wall.say("hide", 7)
        await until(lambda: app.hub.viewer_count() == 1, "one tile is hidden")
        streams["gate"].write(b"unseen", key=True, at_ms=2000)
        streams["yard"].write(b"seen", key=False, at_ms=2000)
        assert await wall.media() == (8, 2000, b"seen")
    await until(lambda: app.hub.viewer_count() == 0, "the viewers are forgotten")


async def test_what_comes_within_a_batch_goes_together(app: RunningApp, recorder: RecorderTwin) -> None:
    stream = await camera(app, recorder, "gate")
    async with _Wall(app) as wall:
        await wall.show(1, "gate", batch_ms=300)
        await wall.text("status")
        # Five pieces of a tenth of a second, at once: the first pictures wait for nothing but one another.
        for number in range(5):
            stream.write(b"%d" % number, key=number == 0, at_ms=1000 + number * 100, duration=9_000)
        await wall.media()
        assert await wall.media() == (1, 1000, b"01234")


async def test_key_frames_only_and_back(app: RunningApp, recorder: RecorderTwin) -> None:
    stream = await camera(app, recorder, "gate")
    async with _Wall(app) as wall:
        await wall.show(1, "gate", mode="keys")
        await wall.text("status")
        for number in range(6):
            stream.write(b"%d" % number, key=number % 3 == 0, at_ms=number)
        assert [(await wall.media())[2] for _ in range(3)] == [b"init of gate", b"0", b"3"]
        await wall.say("mode", 1, mode="all")
        await wall.say("report", 1, stalls=2, dropped=5)
        await until_reported(app)
        for number in range(6, 9):
            stream.write(b"%d" % number, key=number == 7, at_ms=number)
        init = await wall.text("init")
        assert (init["tile"], init["mode"]) == (1, "all")
        assert (await wall.media())[2] == b"init of gate"
        assert await wall.until_came(b"78")


async def until_reported(app: RunningApp) -> None:
    """The server has read on to the client's report."""
    for _ in range(500):
        metrics = (await app.http.get(f"http://{app.address}/metrics")).text
        if "\nvedette_live_wall_dropped_frames_total 5.0\n" in metrics:
            assert "\nvedette_live_walls 1.0\n" in metrics
            assert "\nvedette_live_wall_tiles 1.0\n" in metrics
            assert "\nvedette_live_wall_stalls_total 2.0\n" in metrics
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the report was not counted")


async def test_a_tile_that_is_shown_again_shows_the_other_camera(app: RunningApp, recorder: RecorderTwin) -> None:
    gate, yard = await camera(app, recorder, "gate"), await camera(app, recorder, "yard")
    async with _Wall(app) as wall:
        await wall.show(1, "gate")
        await wall.text("status")
        await wall.show(1, "yard")
        await wall.text("status")
        await until(lambda: app.hub.viewer_count() == 1, "only the second is watched")
        gate.write(b"gate", key=True, at_ms=1)
        yard.write(b"yard", key=True, at_ms=2)
        assert await wall.media() == (1, 0, b"init of yard")
        assert await wall.media() == (1, 2, b"yard")


async def test_a_camera_that_comes_round_in_a_sequence_is_one_view(app: RunningApp, recorder: RecorderTwin) -> None:
    gate, yard = await camera(app, recorder, "gate"), await camera(app, recorder, "yard")

    async def views() -> dict[str, tuple[str, int]]:
        found = (await app.http.get("/live/sessions")).json()["items"]
        return {one["camera_name"]: (one["id"], one["bytes"]) for one in found}

    async def pictures(wall: Client, stream: StreamTwin, name: str) -> None:
        await wall.show(1, name)
        await wall.text("status")
        stream.write(b"k" * 1000, key=True, at_ms=5)
        assert await wall.until_came(f"init of {name}".encode() + b"k" * 1000)

    async with _Wall(app) as wall:
        await pictures(wall, gate, "gate")
        first = await views()
        await wall.say("hide", 1, back_in_s=60)
        await pictures(wall, yard, "yard")
        assert (await views()).keys() == {"gate", "yard"}
        await wall.say("hide", 1, back_in_s=1)
        await pictures(wall, gate, "gate")
        again = await views()
        assert again["gate"][0] == first["gate"][0]
        assert again["gate"][1] >= first["gate"][1] + 1000  # what went out before is not forgotten
        async with asyncio.timeout(20):
            while "yard" in await views():  # it did not come back in time
                await asyncio.sleep(0.1)
        await wall.say("hide", 1, back_in_s=60)
    async with asyncio.timeout(20):
        while await views():  # nor does anything rest where the socket has gone
            await asyncio.sleep(0.1)


async def test_what_is_not_there_ends_its_tile_alone(app: RunningApp, recorder: RecorderTwin) -> None:
    stream = await camera(app, recorder, "gate")
    async with _Wall(app) as wall:
        await wall.show(1, "gate")
        await wall.text("status")
        for name in ("nobody", "0190b0a0-0000-7000-8000-00000000dead", "\x00", "../gate"):
            await wall.show(2, name)
            closed = await wall.text("closed")
            assert (closed["tile"], closed["code"]) == (2, 4404)
            assert closed["reason"].startswith("There is no camera")
        stream.write(b"on", key=True, at_ms=5)
        assert await wall.media() == (1, 0, b"init of gate")
        assert await wall.media() == (1, 5, b"on")


async def test_a_wall_has_so_many_tiles_and_no_more(app: RunningApp, recorder: RecorderTwin) -> None:
    await camera(app, recorder, "gate")
    async with _Wall(app) as wall:
        for tile in range(9):
            await wall.show(tile, "gate")
        closed = await wall.text("closed")
        assert (closed["tile"], closed["code"]) == (8, 4429)
        assert "at most 8 tiles" in closed["reason"]
        await until(lambda: app.hub.viewer_count() == 8, "the others are shown")
        await wall.say("hide", 3)
        await wall.show(8, "gate")
        assert (await wall.text("status", "closed"))["type"] == "status"


async def test_nonsense_is_answered_and_passed_over(app: RunningApp, recorder: RecorderTwin) -> None:
    stream = await camera(app, recorder, "gate")
    async with _Wall(app) as wall:
        for nonsense in ("hello", "", "{}", b"\x00" * 1000, '{"type":"show","tile":70000,"camera":"gate"}'):
            await wall.socket.send(nonsense)
            assert (await wall.text("refused"))["reason"]
        for unknown in ("hide", "report"):
            await wall.say(unknown, 5)
        await wall.say("mode", 5, mode="keys")
        await wall.show(1, "gate")
        await wall.text("status")
        stream.write(b"on", key=True, at_ms=5)
        assert await wall.media() == (1, 0, b"init of gate")


async def test_who_asks_on_and_on_is_ended(app: RunningApp, recorder: RecorderTwin) -> None:
    await camera(app, recorder, "gate")
    asked = 0
    async with _Wall(app) as wall:
        with contextlib.suppress(ConnectionClosed):
            for _ in range(10_000):
                await wall.show(1, "gate")
                asked += 1
        await wall.socket.wait_closed()
        assert wall.socket.close_code == 4429
    assert asked >= ASKED_AT_ONCE
    await until(lambda: app.hub.viewer_count() == 0, "nothing of it is left")
    async with _Wall(app) as wall:
        await wall.show(1, "gate")
        await wall.text("status")


async def test_one_that_never_reads_lags_alone_and_others_go_on(app: RunningApp, recorder: RecorderTwin) -> None:
    streams = [await camera(app, recorder, name) for name in ("gate", "yard")]
    asleep = socket.create_connection(("127.0.0.1", int(app.address.split(":")[1])))
    asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    request = (
        f"GET /api/v1/live/wall HTTP/1.1\r\nHost: {app.address}\r\nUpgrade: websocket\r\n"
        f"Authorization: {app.headers['Authorization']}\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    await asyncio.to_thread(asleep.sendall, request.encode())
    assert b"101" in await asyncio.to_thread(asleep.recv, 512)
    for tile, name in enumerate(("gate", "yard")):
        await asyncio.to_thread(asleep.sendall, masked({"type": "show", "tile": tile, "camera": name}))
    await until(lambda: app.hub.viewer_count() == 2, "its tiles are open")
    async with _Wall(app) as awake:
        for tile, name in enumerate(("gate", "yard")):
            await awake.show(tile, name)
        await until(lambda: app.hub.viewer_count() == 4, "both watch")
        data = bytes(300_000)
        for number in range(60):
            for tile, stream in enumerate(streams):
                stream.write(data, key=number % 4 == 0, at_ms=number * 500 + 1)
                got = await awake.media()
                if number == 0:
                    assert got[1] == 0
                    got = await awake.media()
                assert got == (tile, number * 500 + 1, data)
        for stream in streams:
            slow = max(app.hub.viewers(stream.stream_id), key=lambda viewer: viewer.dropped)
            assert slow.dropped > 30
            assert slow.queued < 20
    asleep.close()
    await until(lambda: app.hub.viewer_count() == 0, "all are forgotten")


def masked(message: dict[str, Any]) -> bytes:
    """A text frame of a client (RFC 6455, section 5.2), masked with zeros."""
    text = json.dumps(message).encode()
    return bytes([0x81, 0x80 | len(text)]) + bytes(4) + text


class StuckSocket:
    """A socket whose peer does not read."""

    async def send_text(self, data: str) -> None:
        await asyncio.Event().wait()

    async def send_bytes(self, data: bytes) -> None:
        await asyncio.Event().wait()


async def test_a_peer_that_takes_nothing_is_given_up() -> None:
    tiles: dict[int, Tile] = {}
    sender = WallSender(StuckSocket(), tiles, clock=asyncio.get_running_loop().time, stuck_s=0.05)
    sender.say("hello")
    assert (await sender.run()).code == CLOSE_NOT_READING


async def test_a_recorder_that_comes_back_goes_on_by_itself(app: RunningApp, recorder: RecorderTwin) -> None:
    stream = await camera(app, recorder, "gate")
    async with _Wall(app) as wall:
        await wall.show(1, "gate")
        await wall.text("status")
        stream.write(b"before", key=True, at_ms=1)
        await wall.media()
        assert (await wall.media())[2] == b"before"
        await recorder.stop()
        assert (await wall.text("status"))["state"] == "waiting"
        stream.segment = None
        await recorder.start()
        await until(app.hub.recorders, "the hub connects again")
        stream.set_status("recording")
        stream.open("segment-again", run_id="run-2")
        stream.write(b"after", key=True, at_ms=2)
        assert (await wall.text("init"))["run"] == "run-2"
        assert [(await wall.media())[2] for _ in range(2)] == [b"init of gate", b"after"]
