"""Transcodes of a real recorder's streams: once per stream and quality, only while watched, whatever dies."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.live.test_feed import watched
from tests.support.burned import breaks, captured_ms, numbers_in
from tests.support.recording import RecordedCamera, recording, until
from tests.support.simulated import simulated_cameras
from vedette.cameras.directory import StreamRef
from vedette.core.clock import SystemClock
from vedette.core.errors import VedetteError
from vedette.events.announcements import StreamStatus
from vedette.live.hub import StreamHub
from vedette.live.parts import LivePiece
from vedette.live.transcode.budget import Rules
from vedette.live.transcode.job import Job
from vedette.live.transcode.process import CHILD
from vedette.live.transcode.transcodes import Transcodes
from vedette.live.viewer import Viewer
from vedette.media.codecs.strings import codecs_parameter
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer
from vedette.media.transcode.rungs import Rung

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

LOOP = LOOP_MS // 40
PHASE_MS = 205  # of cam-1
KINDS = ("h265", "bframes", "g711", "pcmu", "opus", "resolution", "small")


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], KINDS)
        yield server


def ref_of(camera: RecordedCamera, name: str = "Gate") -> StreamRef:
    return StreamRef(camera.stream_id, "main", "main", uuid4(), name.lower(), name)


def all_seen(_camera: UUID) -> bool:
    return True


async def take(viewer: Viewer, frames: int) -> list[LivePiece]:
    """So many pieces, of one run."""
    pieces: list[LivePiece] = []
    async with asyncio.timeout(60):
        while len(pieces) < frames:
            delivery = await viewer.next()
            if isinstance(delivery, LivePiece):
                if pieces and pieces[0].run_id != delivery.run_id:
                    pieces = []
                pieces.append(delivery)
    return pieces


def numbers_of(pieces: list[LivePiece]) -> list[int | None]:
    return numbers_in(pieces[0].init.data + b"".join(piece.data for piece in pieces))


def alive(pid: int | None) -> bool:
    return pid is not None and Path(f"/proc/{pid}").exists()


@asynccontextmanager
async def converting(
    tmp_path: Path,
    server: SimulatorServer,
    kind: str,
    *,
    limit: int = 2,
    linger_s: float = 10.0,
    hangs_s: float = 10.0,
    command: tuple[str, ...] = CHILD,
) -> AsyncIterator[tuple[StreamHub, Transcodes, StreamRef]]:
    async with recording(tmp_path / "data", segment_seconds=2) as desk:
        camera = await desk.add_camera("gate", server.url("cam-1", kind))
        desk.start()
        async with (
            watched(desk, camera) as hub,
            Transcodes(
                hub, SystemClock(), Rules(limit), linger_s=linger_s, hangs_s=hangs_s, command=command
            ) as transcodes,
        ):
            yield hub, transcodes, ref_of(camera)


async def running(transcodes: Transcodes) -> Job:
    async def found() -> Job | None:
        return next((job for job in transcodes.jobs if job.pid and job.codecs), None)

    return await until("the transcode runs", found)


@pytest.mark.parametrize("kind", ["h265", "bframes", "g711", "pcmu", "opus"])
async def test_numbers_are_readable_and_in_order_and_every_player_can_play_it(
    tmp_path: Path, server: SimulatorServer, kind: str
) -> None:
    async with converting(tmp_path, server, kind) as (hub, transcodes, ref):
        rung = Rung.P360 if kind == "h265" else Rung.H264
        async with hub.subscribe(transcodes.choose(ref, rung, all_seen), fine=True) as viewer:
            pieces = await take(viewer, 60)
            job = await running(transcodes)
        run = pieces[0].run
        assert run.tracks.video
        assert run.tracks.audio
        assert codecs_parameter(run.tracks).startswith("avc1.")
        assert codecs_parameter(run.tracks).endswith("mp4a.40.2")
        assert pieces[0].key
        numbers = [number for number in numbers_of(pieces) if number is not None]
        assert len(numbers) >= 40  # the rest is sound alone
        # A busy machine leaves pictures out; none comes twice or in the wrong order.
        assert all(0 < (after - before) % LOOP < LOOP // 2 for before, after in pairwise(numbers))
        # The wall clock is that of the picture, whenever it was converted.
        assert abs(pieces[0].at_ms - captured_ms(numbers[0], 40, pieces[0].at_ms, PHASE_MS)) < 500
        # What can be played already is not encoded again.
        assert (job.encoder is None) == (kind in ("g711", "pcmu", "opus"))


async def test_many_watch_one_transcode_and_it_ends_after_the_last(tmp_path: Path, server: SimulatorServer) -> None:
    async with converting(tmp_path, server, "h265", linger_s=0.5) as (hub, transcodes, ref):
        derived = transcodes.choose(ref, Rung.P360, all_seen)
        async with hub.subscribe(derived, fine=True) as first, hub.subscribe_units(derived) as units:
            await take(first, 5)
            job = await running(transcodes)
            pid = job.pid
            async with hub.subscribe(derived, fine=True) as second:
                pieces = await take(second, 5)
                assert pieces[0].key
                assert numbers_of(pieces)[0] is not None
            assert units.queued > 0
            assert len(transcodes.jobs) == 1
            assert hub.watching(derived) == 2
        # Who comes back at once finds it running.
        async with hub.subscribe(derived, fine=True) as third:
            await take(third, 2)
            assert transcodes.jobs == [job]
            assert job.pid == pid
            await asyncio.sleep(1.0)  # longer than it would have lingered
            assert alive(pid)
        await until("the process is gone", lambda: _gone(pid))

        async def left() -> bool | None:
            return hub.watching(ref.stream_id) == 0 or None

        await until("the camera is left, as soon as the process has been waited for", left)
        assert transcodes.jobs == []
        assert derived not in hub.statuses()


async def _gone(pid: int | None) -> bool | None:
    return None if alive(pid) else True


async def test_one_over_the_limit_is_refused_in_words(tmp_path: Path, server: SimulatorServer) -> None:
    async with converting(tmp_path, server, "h265", limit=2) as (hub, transcodes, ref):
        yard = StreamRef(ref.stream_id + 1_000, "main", "main", uuid4(), "yard", "Yard")
        dock = StreamRef(ref.stream_id + 2_000, "main", "main", uuid4(), "dock", "Dock")
        one = transcodes.choose(ref, Rung.P360, all_seen)
        other = transcodes.choose(yard, Rung.P720, all_seen)
        async with hub.subscribe(one), hub.subscribe(other):
            with pytest.raises(VedetteError) as refused:
                transcodes.choose(dock, Rung.P720, all_seen)
            assert refused.value.code == "transcode.limit"
            assert refused.value.message == (
                "2 of 2 transcodes are running, for Gate and Yard. Close one, or choose the original or the sub-stream."
            )
            # Of a camera that they may not see nobody learns the name.
            with pytest.raises(VedetteError) as refused:
                transcodes.choose(dock, Rung.P720, lambda camera: camera == yard.camera_id)
            assert "for Yard and 1 other." in refused.value.message
            with pytest.raises(VedetteError):
                transcodes.wanted(-(dock.stream_id * 6 + 1))
            # What runs already takes any number of viewers.
            assert transcodes.choose(yard, Rung.P720, all_seen) == other
        # Those that nobody watches any more make room at once.
        async with hub.subscribe(transcodes.choose(dock, Rung.P720, all_seen)):
            assert len(transcodes.jobs) == 2


async def test_a_killed_process_is_started_again_and_viewers_go_on(tmp_path: Path, server: SimulatorServer) -> None:
    async with converting(tmp_path, server, "h265") as (hub, transcodes, ref):
        async with hub.subscribe(transcodes.choose(ref, Rung.P360, all_seen), fine=True) as viewer:
            before = await take(viewer, 10)
            job = await running(transcodes)
            assert job.pid
            os.kill(job.pid, signal.SIGKILL)
            told: list[str] = []
            first: LivePiece | None = None
            async with asyncio.timeout(30):
                while first is None:
                    delivery = await viewer.next()
                    if isinstance(delivery, StreamStatus) and delivery.state == "waiting":
                        told.append(delivery.detail)
                    elif isinstance(delivery, LivePiece) and delivery.run_id != before[0].run_id:
                        first = delivery
            after = await take(viewer, 10)
        assert told[0] == "Converting Gate failed: it was killed. It is tried again."
        assert first.key
        assert None not in numbers_of([first, *after])
        assert job.restarts == 1
        assert job.failure == ""


async def test_a_process_that_hangs_is_killed(tmp_path: Path, server: SimulatorServer) -> None:
    hangs = (sys.executable, "-c", "import sys, time; print('thinking', file=sys.stderr, flush=True); time.sleep(60)")
    async with (
        converting(tmp_path, server, "small", hangs_s=1.0, command=hangs) as (hub, transcodes, ref),
        hub.subscribe(transcodes.choose(ref, Rung.P360, all_seen), fine=True),
    ):
        job = transcodes.jobs[0]

        async def failed() -> bool | None:
            return bool(job.failure) or None

        await until("it is given up", failed)
        assert job.failure == "no picture came out for 1 s"
        assert job.restarts >= 1


async def test_another_picture_size_in_mid_stream_begins_a_new_run(tmp_path: Path, server: SimulatorServer) -> None:
    async with converting(tmp_path, server, "resolution") as (hub, transcodes, ref):
        async with hub.subscribe(transcodes.choose(ref, Rung.P360, all_seen), fine=True) as viewer:
            runs = {(await take(viewer, 1))[0].run_id}
            async with asyncio.timeout(60):
                while len(runs) < 2:
                    delivery = await viewer.next()
                    if isinstance(delivery, LivePiece):
                        runs.add(delivery.run_id)
            pieces = await take(viewer, 10)
        assert None not in numbers_of(pieces)


async def test_the_recording_is_the_same_with_and_without_it(tmp_path: Path, server: SimulatorServer) -> None:
    """The recorder is asked for units as by any viewer; its files have every frame, and its process does no more."""
    async with recording(tmp_path / "data", segment_seconds=2) as desk:
        camera = await desk.add_camera("gate", server.url("cam-1", "h265"))
        recorder = desk.start()
        async with watched(desk, camera) as hub, Transcodes(hub, SystemClock(), Rules(1)) as transcodes:
            ref = ref_of(camera)
            async with hub.subscribe(transcodes.choose(ref, Rung.P360, all_seen), fine=True) as viewer:
                await take(viewer, 50)
                job = await running(transcodes)
                assert job.pid
                os.kill(job.pid, signal.SIGSTOP)  # nothing reads: the recorder waits for nobody
                await asyncio.sleep(3)
        await recorder.stop()
        numbers = [number for path in desk.files(camera) for number in numbers_in(path)]
        assert len(numbers) > 100
        assert breaks(numbers, LOOP) == []
