"""A recorder process under its operator: killed, stopped, told what to record, with readers good and bad."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.burned import breaks, lost, numbers_in
from tests.support.recording import Listener, RecordedCamera, RecorderRun, Recording, contiguous, recording, until
from tests.support.simulated import simulated_cameras
from vedette.media.fmp4.segment import scan
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer

pytestmark = pytest.mark.anyio

LOOP = LOOP_MS // 40


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], ("small",))
        yield server


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Recording]:
    async with recording(tmp_path / "data", segment_seconds=2) as desk:
        yield desk


async def test_kill_9_costs_at_most_one_part_and_is_mended(
    tmp_path: Path, database_url: str, server: SimulatorServer
) -> None:
    async with recording(tmp_path / "data", segment_seconds=2, database_url=database_url) as desk:
        await _killed_and_mended(desk, server)


async def _killed_and_mended(desk: Recording, server: SimulatorServer) -> None:
    camera = await desk.add_camera("gate", server.url("cam-1", "small"))
    first = desk.start()
    async with await Listener().connect(first.socket) as listener:
        rows = await desk.wait_for(camera, 1)
        parts = len(listener.parts(camera.stream_id))
        await until("parts follow", lambda: _more(listener, camera.stream_id, parts + 3))
        await first.kill()
    last = listener.parts(camera.stream_id)[-1]
    torn = desk.files(camera)[-1]
    # as it is: playable up to the last part that was announced
    assert scan(torn).media_end >= last.offset + last.length
    numbers = numbers_in(torn)
    assert len(numbers) > 10
    assert breaks(numbers, LOOP) == []
    second = desk.start()
    rows = await desk.wait_for(camera, len(rows) + 3)
    assert await second.stop() == 0
    rows = await desk.segments(camera)
    assert {row.state for row in rows} == {"closed"}
    mended = next(row for row in rows if desk.volume / row.path == torn)
    # what was lost is less than a part and what came while nobody recorded
    assert mended.end_ms >= last.at_ms + last.duration // 90 - 5
    gaps = await desk.gaps(camera)
    assert [gap.cause for gap in gaps] == ["lost", "stopped"]
    assert gaps[0].start_ms == pytest.approx(mended.end_ms, abs=2)
    assert gaps[0].end_ms == rows[rows.index(mended) + 1].start_ms
    assert "killed" in gaps[0].detail


async def _more(listener: Listener, stream_id: int, count: int) -> bool | None:
    return len(listener.parts(stream_id)) >= count or None


async def test_a_stop_finalises_everything_and_the_next_start_goes_on(desk: Recording, server: SimulatorServer) -> None:
    camera = await desk.add_camera("gate", server.url("cam-1", "small"))
    pieces = []
    for _ in range(2):
        run = desk.start()
        async with await Listener().connect(run.socket) as listener:
            await listener.state(camera.stream_id, "recording")
            await until("parts", lambda: _more(listener, camera.stream_id, 4))
        assert await run.stop() == 0
        rows = await desk.segments(camera)
        assert {row.state for row in rows} == {"closed"}
        assert not list(desk.settings.run_dir.glob("*.sock"))
    pieces = [numbers_in(desk.volume / row.path) for row in await desk.segments(camera)]
    assert all(breaks(piece, LOOP) == [] for piece in pieces)
    gaps = await desk.gaps(camera)
    assert [gap.cause for gap in gaps] == ["stopped", "stopped"]
    assert [run_row.end_reason for run_row in await desk.run_rows(camera)] == ["stopped", "stopped"]


async def test_by_hand_and_by_schedule(desk: Recording, server: SimulatorServer) -> None:
    camera = await desk.add_camera("gate", server.url("cam-1", "small"), recording_mode="off")
    run = desk.start()
    async with await Listener().connect(run.socket) as listener:
        status = await listener.state(camera.stream_id, "live")
        assert status.cause == "stopped"
        await until("live parts", lambda: _more(listener, camera.stream_id, 3))
        assert desk.files(camera) == []
        shown = listener.parts(camera.stream_id)[0]

        await desk.change(camera, recording_override="start")
        listener.reload()
        await listener.state(camera.stream_id, "recording")
        await desk.wait_for(camera, 1)
        await desk.change(camera, recording_override="stop")
        listener.reload()
        status = await listener.state(camera.stream_id, "live")
        assert "by hand" in status.detail
        await until("a second gap", lambda: _gaps(desk, camera, 2))

        now = datetime.now(UTC)
        closed: list[list[str]] = [[] for _ in range(7)]
        await desk.change(
            camera,
            recording_override=None,
            recording_mode="schedule",
            schedule={"timezone": "UTC", "week": closed},
        )
        listener.reload()
        await until("the schedule is in force", lambda: _cause(listener, camera.stream_id, "not_scheduled"))
        await until("a third gap", lambda: _gaps(desk, camera, 3))
        around = [(now - timedelta(minutes=2)).strftime("%H:%M"), (now + timedelta(minutes=10)).strftime("%H:%M")]
        await desk.change(camera, schedule={"timezone": "UTC", "week": [[around]] * 7})
        listener.reload()
        await listener.state(camera.stream_id, "recording")
        # the same connection all the time, and live view without a hole
        assert listener.statuses[camera.stream_id].reconnects == 0
        parts = listener.parts(camera.stream_id)
        assert [part.number for part in parts] == list(range(shown.number, shown.number + len(parts)))
        ticks = [(part.dts, part.dts + part.duration) for part in parts]
        assert all(before[1] == after[0] for before, after in pairwise(ticks))
    assert await run.stop() == 0
    assert [gap.cause for gap in await desk.gaps(camera)] == ["stopped", "stopped", "not_scheduled", "stopped"]
    assert len({row.run_id for row in await desk.segments(camera)}) == 1


async def _gaps(desk: Recording, camera: RecordedCamera, count: int) -> bool | None:
    return len(await desk.gaps(camera)) >= count or None


async def _cause(listener: Listener, stream_id: int, cause: str) -> bool | None:
    return listener.statuses[stream_id].cause == cause or None


async def test_cameras_come_change_and_go(desk: Recording, server: SimulatorServer) -> None:
    run = desk.start()
    async with await Listener().connect(run.socket) as listener:
        camera = await desk.add_camera("gate", server.url("cam-1", "small", "speak=http"))
        listener.reload()
        await listener.state(camera.stream_id, "waiting")
        async with desk.database.write() as session:
            stream = await session.get_one(type(await desk.stream(camera)), camera.stream_id)
            stream.url = server.url("cam-1", "small")
        listener.reload()
        await listener.state(camera.stream_id, "recording")
        await desk.change(camera, enabled=False)
        listener.reload()
        await listener.state(camera.stream_id, "stopped")
        await desk.change(camera, enabled=True)
        listener.reload()
        await listener.state(camera.stream_id, "recording")
        await desk.change(camera, deleted_ms=1)
        listener.reload()
        await until("the stream is let go", lambda: _logged(run.log, "stream let go"))
        rows = await desk.wait_for(camera, 2)
    assert await run.stop() == 0
    assert contiguous(rows[:1])
    assert lost([numbers_in(desk.volume / row.path) for row in rows[:1]], LOOP) == 0


async def _logged(log: Path, text: str) -> bool | None:
    return text in log.read_text() or None


async def test_a_reader_that_never_reads_disturbs_nobody(desk: Recording, server: SimulatorServer) -> None:
    cameras = [await desk.add_camera(f"gate-{number}", server.url(f"cam-{number}", "small")) for number in range(1, 9)]
    run = desk.start()
    async with await Listener().connect(run.socket) as listener:
        stuck = socket.socket(socket.AF_UNIX)
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.connect(str(run.socket))
        for camera in cameras:
            await desk.wait_for(camera, 2)
        for camera in cameras:
            numbers = [part.number for part in listener.parts(camera.stream_id)]
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        stuck.close()
    assert await run.stop() == 0


async def test_there_is_one_recorder_of_a_name(desk: Recording) -> None:
    first = desk.start()
    async with await Listener().connect(first.socket):
        second = desk.start()
        assert await asyncio.to_thread(second.process.wait, 20) != 0
        assert first.process.poll() is None
        assert "already running" in second.logged()
    assert await first.stop() == 0


async def test_a_native_recorder_loads_neither_pyav_nor_the_web(desk: Recording, server: SimulatorServer) -> None:
    camera = await desk.add_camera("gate", server.url("cam-1", "small"))
    run = desk.start()
    async with await Listener().connect(run.socket) as listener:
        await listener.state(camera.stream_id, "recording")
        maps = Path(f"/proc/{run.process.pid}/maps").read_text()
    assert await run.stop() == 0
    for library in ("libavcodec", "libavformat", "numpy", "httptools"):
        assert library not in maps
    assert json.loads(run.logged().splitlines()[0])["event"] == "recorder started"


async def test_a_camera_that_is_away_stays_away_since_then_over_restarts(desk: Recording) -> None:
    camera = await desk.add_camera("gate", "rtsp://127.0.0.1:9/nobody")
    away: list[int] = []
    for end in (RecorderRun.stop, RecorderRun.kill, RecorderRun.stop):
        run = desk.start()
        async with await Listener().connect(run.socket) as listener:
            status = await listener.state(camera.stream_id, "waiting")
            assert status.cause == "refused"
            away.append(status.since_ms)

            async def told() -> bool | None:  # the gap is written after a second
                return bool(await desk.gaps(camera)) or None

            await until("the gap is in the index", told)
            await end(run)
    [gap] = await desk.gaps(camera)
    assert away[1:] == [gap.start_ms] * 2
    assert gap.start_ms <= away[0]
