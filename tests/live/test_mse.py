"""The MSE socket, read by a real WebSocket client."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.recorder_twin import RecorderTwin, StreamTwin, until
from tests.support.running import RunningApp, running_app
from vedette.access.principal import CallerKind, Principal
from vedette.audit.views import Seen
from vedette.core.clock import SystemClock
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.live.closing import CLOSE_NOT_READING, CLOSE_OFFLINE, Close
from vedette.live.hub import StreamHub
from vedette.live.mse import MseSender
from vedette.live.sessions.session import LiveSession, Transport

pytestmark = pytest.mark.anyio


@pytest.fixture
async def app(tmp_path: Path, sqlite_database: Database) -> AsyncIterator[RunningApp]:
    async with running_app(tmp_path, sqlite_database) as app:
        yield app


@pytest.fixture
async def recorder(app: RunningApp) -> AsyncIterator[RecorderTwin]:
    async with RecorderTwin(app.data / "run") as recorder:
        await until(app.hub.recorders, "the hub connects")
        yield recorder


async def begin(app: RunningApp, recorder: RecorderTwin, **camera: Any) -> tuple[dict[str, Any], StreamTwin]:
    """A camera that is being recorded."""
    made = await app.add_camera("Front door", **camera)
    stream = recorder.stream(made["streams"][0]["id"], app.data)
    stream.set_status("recording", since_ms=1_700_000_000_000)
    stream.set_init(b"the init")
    stream.open("segment-1")
    return made, stream


def watch(app: RunningApp, camera: str, query: str = "") -> connect:
    url = f"ws://{app.address}/api/v1/live/{camera}/mse{query}"
    return connect(url, additional_headers=app.headers, compression=None, max_size=None)


async def text(client: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of this type; status messages may come at any time."""
    while True:
        message = await client.recv()
        assert isinstance(message, str), message[:20]
        decoded: dict[str, Any] = json.loads(message)
        if decoded["type"] == kind:
            return decoded
        assert decoded["type"] in ("session", "status")


async def binary(client: ClientConnection) -> bytes:
    while isinstance(message := await client.recv(), str):
        assert json.loads(message)["type"] in ("session", "status")
    return message


async def test_it_begins_with_the_newest_group_at_once(app: RunningApp, recorder: RecorderTwin) -> None:
    camera, stream = await begin(app, recorder)
    for number in range(7):
        stream.write(b"part%d" % number, key=number % 4 == 0, at_ms=1_700_000_000_000 + number * 500)
    await until(lambda: len(app.hub.tail(stream.stream_id)) == 7, "the parts arrive")
    async with watch(app, camera["id"]) as client:
        status = await text(client, "status")
        assert (status["state"], status["since"]) == ("recording", "2023-11-14T22:13:20.000Z")
        init = await text(client, "init")
        assert init == {
            "type": "init",
            "codecs": "avc1.640028",
            "mime": 'video/mp4; codecs="avc1.640028"',
            "timescale": 90_000,
            "run": "run-1",
            "stream": "main",
            "requested": "main",
        }
        assert await binary(client) == b"the init"
        for number in (4, 5, 6):
            assert await binary(client) == (1_700_000_000_000 + number * 500).to_bytes(8, "big") + b"part%d" % number
        stream.write(b"part7", key=False, at_ms=1_700_000_003_500)
        assert (await binary(client))[8:] == b"part7"
    await until(lambda: app.hub.viewer_count() == 0, "the viewer is forgotten")


async def test_viewers_are_in_the_metrics(app: RunningApp, recorder: RecorderTwin) -> None:
    camera, _ = await begin(app, recorder)
    async with watch(app, camera["id"]) as client:
        await text(client, "status")
        metrics = (await app.http.get(f"http://{app.address}/metrics")).text
    assert '\nvedette_live_viewers{transport="mse"} 1.0\n' in metrics
    assert "\nvedette_live_parts_dropped_total 0.0\n" in metrics


async def test_a_camera_is_found_by_its_slug(app: RunningApp, recorder: RecorderTwin) -> None:
    camera, stream = await begin(app, recorder)
    assert camera["slug"] == "front-door"
    stream.write(b"x", key=True, at_ms=0)
    async with watch(app, "front-door") as client:
        await text(client, "init")


async def test_a_new_file_of_a_run_goes_on_and_a_new_run_begins_anew(app: RunningApp, recorder: RecorderTwin) -> None:
    camera, stream = await begin(app, recorder)
    stream.write(b"a", key=True, at_ms=0)
    async with watch(app, camera["id"]) as client:
        await text(client, "init")
        assert [await binary(client), (await binary(client))[8:]] == [b"the init", b"a"]
        stream.open("segment-2")
        stream.write(b"b", key=True, at_ms=500)
        assert (await binary(client))[8:] == b"b"
        stream.open("segment-3", run_id="run-2")
        stream.write(b"c", key=True, at_ms=1000)
        assert (await text(client, "init"))["run"] == "run-2"
        assert [await binary(client), (await binary(client))[8:]] == [b"the init", b"c"]
        stream.set_init(b"another", digest="d2", codecs="hvc1.1.6.L93.B0,mp4a.40.2")
        stream.open("segment-4", run_id="run-2")
        stream.write(b"d", key=True, at_ms=1500)
        assert (await text(client, "init"))["mime"] == 'video/mp4; codecs="hvc1.1.6.L93.B0,mp4a.40.2"'
        assert [await binary(client), (await binary(client))[8:]] == [b"another", b"d"]


async def test_without_a_sub_stream_the_main_one_is_shown_and_said(app: RunningApp, recorder: RecorderTwin) -> None:
    camera, stream = await begin(app, recorder)
    stream.write(b"a", key=True, at_ms=0)
    async with watch(app, camera["id"], "?stream=sub") as client:
        init = await text(client, "init")
        assert (init["stream"], init["requested"]) == ("main", "sub")
        assert "no sub stream" in init["notice"]


async def test_the_sub_stream(app: RunningApp, recorder: RecorderTwin) -> None:
    camera, _ = await begin(app, recorder, sub_url="rtsp://127.0.0.1:1/sub")
    sub_id = next(stream["id"] for stream in camera["streams"] if stream["kind"] == "sub")
    sub = recorder.stream(sub_id, app.data)
    sub.set_init(b"sub init")
    sub.open("sub-1")
    sub.write(b"small", key=True, at_ms=0)
    async with watch(app, camera["id"], "?stream=sub") as client:
        init = await text(client, "init")
        assert (init["stream"], "notice" in init) == ("sub", False)
        assert [await binary(client), (await binary(client))[8:]] == [b"sub init", b"small"]


UNKNOWN = ["nobody", "0190b0a0-0000-7000-8000-00000000dead", "%00", "x" * 3000]


async def test_an_unknown_camera_is_told(app: RunningApp) -> None:
    for camera in UNKNOWN:
        async with watch(app, camera) as client:
            assert (await text(client, "refused"))["error"] == "camera.not_found"
            with pytest.raises(ConnectionClosed):
                await client.recv()
            assert client.close_code == 4404
            assert client.close_reason is not None
            assert client.close_reason.startswith("There is no camera")


async def test_an_offline_camera_keeps_the_socket_and_tells_its_state(app: RunningApp, recorder: RecorderTwin) -> None:
    camera, stream = await begin(app, recorder)
    async with watch(app, camera["id"]) as client:
        assert (await text(client, "status"))["state"] == "recording"
        stream.set_status("waiting", cause="refused", detail="The camera refused the connection.")
        status = await text(client, "status")
        assert (status["state"], status["cause"]) == ("waiting", "refused")
        stream.set_status("recording")
        assert (await text(client, "status"))["state"] == "recording"
        stream.write(b"back", key=True, at_ms=0)
        await text(client, "init")
        assert [await binary(client), (await binary(client))[8:]] == [b"the init", b"back"]


async def test_a_camera_that_the_recorder_learns_of_later(app: RunningApp, recorder: RecorderTwin) -> None:
    made = await app.add_camera("Yard")
    async with watch(app, made["id"]) as client:
        stream = recorder.stream(made["streams"][0]["id"], app.data)
        stream.set_status("connecting")
        assert (await text(client, "status"))["state"] == "connecting"
        stream.set_init()
        stream.open("segment-1")
        stream.write(b"first", key=True, at_ms=0)
        await text(client, "init")
        assert [await binary(client), (await binary(client))[8:]] == [b"init", b"first"]


async def test_a_file_that_is_gone_skips_to_the_next_key_frame(app: RunningApp, recorder: RecorderTwin) -> None:
    camera, stream = await begin(app, recorder)
    async with watch(app, camera["id"]) as client:
        await until(lambda: app.hub.viewer_count() == 1, "it is watched")
        first = stream.write(b"w", key=True, at_ms=0, announce=False)
        (app.data / "segment-1.mp4").unlink()
        recorder.tell(first)
        stream.open("segment-2")
        stream.write(b"x", key=False, at_ms=500)
        stream.write(b"y", key=True, at_ms=1000)
        stream.write(b"z", key=False, at_ms=1500)
        await text(client, "init")
        assert await binary(client) == b"the init"
        assert [(await binary(client))[8:] for _ in range(2)] == [b"y", b"z"]


async def test_what_the_viewer_says_is_ignored(app: RunningApp, recorder: RecorderTwin) -> None:
    camera, stream = await begin(app, recorder)
    stream.write(b"a", key=True, at_ms=0)
    async with watch(app, camera["id"]) as client:
        await client.send("hello")
        await client.send(b"\x00" * 1000)
        await text(client, "init")


async def test_a_viewer_that_never_reads_lags_alone(app: RunningApp, recorder: RecorderTwin) -> None:
    camera, stream = await begin(app, recorder)
    raw = socket.create_connection(("127.0.0.1", int(app.address.split(":")[1])))
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    request = (
        f"GET /api/v1/live/{camera['id']}/mse HTTP/1.1\r\nHost: {app.address}\r\nUpgrade: websocket\r\n"
        f"Authorization: {app.headers['Authorization']}\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    await asyncio.to_thread(raw.sendall, request.encode())
    await until(lambda: app.hub.viewer_count() == 1, "it is watched")
    async with watch(app, camera["id"]) as awake:
        await until(lambda: app.hub.viewer_count() == 2, "both watch")
        data = bytes(300_000)
        for number in range(80):
            stream.write(data, key=number % 4 == 0, at_ms=number * 500)
            if number == 0:
                await text(awake, "init")
                assert await binary(awake) == b"the init"
            assert (await binary(awake))[:8] == (number * 500).to_bytes(8, "big")
        # It waits with one part in hand and at most a few seconds of metadata.
        asleep = max(app.hub.viewers(stream.stream_id), key=lambda viewer: viewer.dropped)
        assert asleep.dropped > 40
        assert asleep.queued < 20
    raw.close()
    await until(lambda: app.hub.viewer_count() == 0, "both are forgotten")


def of_a_session() -> tuple[LiveSession, SystemClock]:
    seen = Seen(uuid7(), "Front door", "main")
    session = LiveSession(Principal(CallerKind.SESSION, "tester"), seen, Transport.MSE, start_ms=0, now_s=0)
    return session, SystemClock()


class StuckSocket:
    """A socket whose peer does not read."""

    async def send_text(self, data: str) -> None:
        await asyncio.Event().wait()

    async def send_bytes(self, data: bytes) -> None:
        await asyncio.Event().wait()


class QuickSocket:
    """A socket that takes everything."""

    def __init__(self) -> None:
        self.sent: list[str | bytes] = []

    async def send_text(self, data: str) -> None:
        self.sent.append(data)

    async def send_bytes(self, data: bytes) -> None:
        self.sent.append(data)


async def test_a_peer_that_takes_nothing_is_given_up(app: RunningApp, recorder: RecorderTwin) -> None:
    _, stream = await begin(app, recorder)
    stream.write(b"a", key=True, at_ms=0)
    await until(lambda: app.hub.tail(stream.stream_id), "the part arrives")
    async with app.hub.subscribe(stream.stream_id) as viewer:
        sender = MseSender(
            StuckSocket(), viewer, app.hub, *of_a_session(), stream="main", requested="main", stuck_s=0.05
        )
        assert (await sender.run()).code == CLOSE_NOT_READING


async def test_nothing_to_show_for_long_ends_with_the_reason(app: RunningApp, recorder: RecorderTwin) -> None:
    _, stream = await begin(app, recorder)
    stream.set_status("waiting", cause="refused", detail="The camera refused the connection.")
    await until(lambda: (found := app.hub.status(stream.stream_id)) and found.state == "waiting", "the state arrives")
    peer = QuickSocket()
    async with app.hub.subscribe(stream.stream_id) as viewer:
        sender = MseSender(peer, viewer, app.hub, *of_a_session(), stream="main", requested="main", offline_s=0.05)
        close = await sender.run()
    assert close.code == CLOSE_OFFLINE
    assert "refused the connection" in close.reason
    assert [json.loads(text)["type"] for text in peer.sent] == ["session", "status"]


async def test_the_server_stops(tmp_path: Path) -> None:
    peer = QuickSocket()
    async with StreamHub(tmp_path, SystemClock()) as hub, hub.subscribe(1) as viewer:
        sending = asyncio.create_task(
            MseSender(peer, viewer, hub, *of_a_session(), stream="main", requested="main").run()
        )
        await hub.aclose()
        assert (await sending).code == 1012


def test_a_close_reason_fits_into_its_frame() -> None:
    close = Close(4503, "ü" * 200)
    assert len(close.frame_reason.encode()) <= 123
    assert close.frame_reason == "ü" * 61
