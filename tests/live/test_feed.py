"""Single frames from a real recorder: nothing missing, nothing twice, whoever joins when; and readers that are bad."""

import asyncio
import json
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.burned import breaks, numbers_in
from tests.support.recording import RecordedCamera, Recording, recording, until
from tests.support.simulated import simulated_cameras
from vedette.core.clock import SystemClock
from vedette.events.frames import FRAMES_SUFFIX, LOST, FrameReader, RunTold, StreamTold, Told, UnitTold
from vedette.live.hub import StreamHub
from vedette.live.parts import LivePart, LivePiece, LiveUnit
from vedette.live.unit_viewer import UnitViewer
from vedette.live.viewer import Viewer
from vedette.media.fmp4.samples import units_of
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer
from vedette.media.units import VIDEO

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

LOOP = LOOP_MS // 40
KINDS = ("small", "bframes", "g711", "bench")


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], KINDS)
        yield server


@asynccontextmanager
async def watched(desk: Recording, camera: RecordedCamera) -> AsyncIterator[StreamHub]:
    """A hub beside a running recorder that records the camera."""
    async with StreamHub(desk.settings.run_dir, SystemClock(), look_s=0.05) as hub:

        async def recorded() -> bool | None:
            return len(hub.tail(camera.stream_id)) > 2 or None

        await until("parts come", recorded)
        yield hub


async def take(viewer: Viewer, frames: int) -> tuple[bytes, int, int]:
    """(init and fragments of at least so many pieces, parts, pieces)."""
    media = b""
    parts = pieces = 0
    async with asyncio.timeout(90):
        while pieces < frames:
            delivery = await viewer.next()
            if isinstance(delivery, LivePart | LivePiece):
                if not media:
                    media = delivery.init.data
                parts += isinstance(delivery, LivePart)
                pieces += isinstance(delivery, LivePiece)
                media += delivery.data if isinstance(delivery, LivePiece) else await asyncio.to_thread(_read, delivery)
    return media, parts, pieces


def _read(part: LivePart) -> bytes:
    with Path(part.segment.path).open("rb") as file:
        file.seek(part.offset)
        return file.read(part.length)


async def take_units(viewer: UnitViewer, frames: int) -> list[LiveUnit]:
    units: list[LiveUnit] = []
    async with asyncio.timeout(30):
        while sum(unit.unit.track == VIDEO for unit in units) < frames:
            delivery = await viewer.next()
            assert isinstance(delivery, LiveUnit)
            units.append(delivery)
    return units


@pytest.mark.parametrize("kind", ["small", "bframes", "g711"])
async def test_frames_follow_on_the_parts_without_loss_or_repetition(
    tmp_path: Path, server: SimulatorServer, kind: str
) -> None:
    async with recording(tmp_path / "data", segment_seconds=2) as desk:
        camera = await desk.add_camera("gate", server.url("cam-1", kind))
        desk.start()
        async with watched(desk, camera) as hub:
            async with hub.subscribe(camera.stream_id, fine=True) as first:
                media, parts, pieces = await take(first, 60)
                assert parts <= 10 < pieces  # what was written already, then frames
                assert breaks(numbers_in(media, cut=True), LOOP) == []
                # Who comes while others watch begins at once, and with a key frame.
                async with hub.subscribe(camera.stream_id, fine=True) as second:
                    media, _, _ = await take(second, 40)
                    assert breaks(numbers_in(media, cut=True), LOOP) == []
                # And who wants parts gets nothing else.
                async with hub.subscribe(camera.stream_id) as coarse:
                    delivery = None
                    while not isinstance(delivery, LivePart):
                        delivery = await coarse.next()
                        assert not isinstance(delivery, LivePiece)
            # Nobody watches any more: the feed ends, and begins again for the next one.
            async with hub.subscribe(camera.stream_id, fine=True) as third:
                media, _, _ = await take(third, 40)
                assert breaks(numbers_in(media, cut=True), LOOP) == []


async def test_units_begin_with_the_newest_key_frame_and_are_those_of_the_parts(
    tmp_path: Path, server: SimulatorServer
) -> None:
    async with recording(tmp_path / "data", segment_seconds=10) as desk:
        camera = await desk.add_camera("gate", server.url("cam-1", "small"))
        desk.start()
        async with watched(desk, camera) as hub, hub.subscribe_units(camera.stream_id) as viewer:
            units = await take_units(viewer, 60)
            async with hub.subscribe_units(camera.stream_id) as late:
                assert late.queued
                joined = await take_units(late, 30)
            for some in (units, joined):
                assert (some[0].unit.key, some[0].unit.track) == (True, VIDEO)
                frames = [unit for unit in some if unit.unit.track == VIDEO]
                steps = {b.unit.dts_ticks - a.unit.dts_ticks for a, b in pairwise(frames)}
                assert all(abs(step - 3600) < 400 for step in steps), steps
                walls = [unit.at_ms for unit in frames]
                assert walls == sorted(walls)
            assert any(unit.unit.track != VIDEO for unit in units)
            # The same samples are in the file.
            await asyncio.sleep(1)
            written = {
                (unit.track, unit.dts_ticks): b"".join(unit.chunks)
                for part in hub.tail(camera.stream_id)
                for unit in units_of(hub.read(part))
            }
            for unit in units:
                key = (unit.unit.track, unit.unit.dts_ticks)
                assert written[key] == b"".join(unit.unit.chunks)


async def test_a_killed_recorder_is_followed_by_the_next_one(tmp_path: Path, server: SimulatorServer) -> None:
    async with recording(tmp_path / "data", segment_seconds=10) as desk:
        camera = await desk.add_camera("gate", server.url("cam-1", "small"))
        recorder = desk.start()
        async with watched(desk, camera) as hub, hub.subscribe(camera.stream_id, fine=True) as viewer:
            first, _, _ = await take(viewer, 20)
            run_id = hub.tail(camera.stream_id)[-1].run_id
            await recorder.kill()
            desk.start()
            pieces: list[LivePiece] = []
            async with asyncio.timeout(40):
                while len(pieces) < 20:
                    delivery = await viewer.next()
                    if isinstance(delivery, LivePiece) and delivery.run_id != run_id:
                        pieces.append(delivery)
            assert len({piece.run_id for piece in pieces}) == 1
        assert breaks(numbers_in(first, cut=True), LOOP) == []


async def test_a_reader_that_never_reads_costs_nobody_else_anything(tmp_path: Path, server: SimulatorServer) -> None:
    async with recording(tmp_path / "data", segment_seconds=10) as desk:
        camera = await desk.add_camera("gate", server.url("cam-1", "bench"))
        recorder = desk.start()
        async with watched(desk, camera) as hub:
            path = recorder.socket.with_suffix(FRAMES_SUFFIX)
            reader, writer = await asyncio.open_unix_connection(path, limit=1 << 16)
            writer.write(json.dumps({"watch": [camera.stream_id]}).encode() + b"\n")
            await writer.drain()
            async with hub.subscribe(camera.stream_id, fine=True) as viewer:
                # 4 Mbit/s fill what the recorder keeps for a reader (16 MB) in half a minute.
                numbers: list[int] = []
                async with asyncio.timeout(90):
                    while len(numbers) < 1000:
                        delivery = await viewer.next()
                        if isinstance(delivery, LivePiece):
                            numbers.append(delivery.number)
            assert numbers == list(range(numbers[0], numbers[0] + 1000))
            assert viewer.dropped == 0
            # The lazy one wakes up: it is told what it missed, and goes on with a key frame.
            frames = FrameReader()
            first: Told | None = None
            after: list[Told] = []
            async with asyncio.timeout(60):
                while len(after) < 30:
                    for message in frames.push(await reader.read(1 << 16)):
                        first = first or message
                        if after or message == StreamTold(camera.stream_id, LOST):
                            after.append(message)
            assert isinstance(first, RunTold)
            begins = next(one for one in after if isinstance(one, UnitTold))
            assert (begins.unit.key, begins.unit.track) == (True, VIDEO)
            writer.close()


@pytest.mark.parametrize("nonsense", [b"hello\n", b'{"watch": "all"}\n', b'{"watch": [1e99]}\n', b"x" * 400_000])
async def test_nonsense_ends_the_connection_and_nothing_else(
    tmp_path: Path, server: SimulatorServer, nonsense: bytes
) -> None:
    async with recording(tmp_path / "data", segment_seconds=10) as desk:
        camera = await desk.add_camera("gate", server.url("cam-1", "small"))
        recorder = desk.start()
        async with watched(desk, camera) as hub, hub.subscribe(camera.stream_id, fine=True) as viewer:
            reader, writer = await asyncio.open_unix_connection(recorder.socket.with_suffix(FRAMES_SUFFIX))
            writer.write(nonsense)
            async with asyncio.timeout(10):
                try:
                    assert await reader.read() == b""
                except ConnectionError:
                    pass
            writer.close()
            await take(viewer, 10)


@pytest.mark.parametrize(
    "message",
    [
        struct.pack(">IB", 0, 2),
        struct.pack(">IB", 1 << 30, 2),
        struct.pack(">IB", 2, 2) + b"x",
        struct.pack(">IB", 3, 1) + b"{}",
        struct.pack(">IB", 2, 9) + b"x",
    ],
)
def test_what_no_recorder_sends_is_refused(message: bytes) -> None:
    with pytest.raises(ValueError):
        list(FrameReader().push(message))
