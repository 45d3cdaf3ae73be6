"""Volumes that fill up, go away and come back under a real recorder."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.burned import breaks, numbers_in
from tests.support.mounts import Mount
from tests.support.recording import Listener, RecordedCamera, Recording, recording, until
from tests.support.simulated import simulated_cameras
from vedette.access.principal import SYSTEM
from vedette.core.clock import SystemClock
from vedette.media.fmp4.segment import scan
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer
from vedette.storage.service import VolumeService
from vedette.storage.volumes import MARKER

pytestmark = pytest.mark.anyio

LOOP = LOOP_MS // 40


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], ("small",))
        yield server


@pytest.fixture
async def desk(tmp_path: Path, tmpfs: Mount) -> AsyncIterator[Recording]:
    async with recording(tmp_path / "data", volume=tmpfs.path, segment_seconds=2) as desk:
        yield desk


async def _parts(listener: Listener, camera: RecordedCamera, count: int) -> bool | None:
    return len(listener.parts(camera.stream_id)) >= count or None


async def _live_goes_on(listener: Listener, camera: RecordedCamera) -> None:
    count = len(listener.parts(camera.stream_id))
    await until("live view goes on", lambda: _parts(listener, camera, count + 3))
    numbers = [part.number for part in listener.parts(camera.stream_id)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


async def _volume_is(desk: Recording, state: str) -> bool | None:
    return (await desk.volume_row()).state == state or None


async def test_a_full_disk_stops_recording_not_live_and_recording_resumes(
    desk: Recording, tmpfs: Mount, server: SimulatorServer
) -> None:
    camera = await desk.add_camera("gate", server.url("cam-1", "small"))
    run = desk.start()
    async with await Listener().connect(run.socket) as listener:
        await listener.state(camera.stream_id, "recording")
        await desk.wait_for(camera, 1)
        tmpfs.fill()
        status = await listener.state(camera.stream_id, "blocked")
        assert status.cause == "no_disk"
        assert "full" in status.detail
        await until("the volume is shown as full", lambda: _volume_is(desk, "full"))
        await _live_goes_on(listener, camera)
        (tmpfs.path / "other-things").unlink()
        await listener.state(camera.stream_id, "recording")
        await until("the volume is well", lambda: _volume_is(desk, "ok"))
        assert listener.statuses[camera.stream_id].reconnects == 0
        rows = await desk.wait_for(camera, len(await desk.segments(camera, "closed")) + 1)
    assert await run.stop() == 0
    rows = await desk.segments(camera)
    assert {row.state for row in rows} == {"closed"}
    assert len(rows) == len(desk.files(camera))
    for row in rows:
        scanned = scan(desk.volume / row.path)
        assert scanned.finalised
        assert (scanned.torn_bytes, scanned.lost_bytes) == (0, 0)
        assert breaks(numbers_in(desk.volume / row.path), LOOP) == []
    gap = (await desk.gaps(camera))[0]
    assert gap.cause == "no_disk"
    assert gap.start_ms in {row.end_ms for row in rows}
    assert gap.end_ms in {row.start_ms for row in rows}
    assert run.logged().count("volume takes no footage") == 1


async def test_footage_never_lands_beside_a_disk_that_went_away(
    desk: Recording, tmpfs: Mount, server: SimulatorServer
) -> None:
    camera = await desk.add_camera("gate", server.url("cam-1", "small"))
    run = desk.start()
    marker = (tmpfs.path / MARKER).read_bytes()
    async with await Listener().connect(run.socket) as listener:
        await listener.state(camera.stream_id, "recording")
        tmpfs.vanish()
        status = await listener.state(camera.stream_id, "blocked")
        assert status.cause == "no_disk"
        await _live_goes_on(listener, camera)
        assert list(tmpfs.path.iterdir()) == []
        tmpfs.mount_again()
        (tmpfs.path / MARKER).write_bytes(marker)
        await listener.state(camera.stream_id, "recording")
        await until("files on the right disk", lambda: _files(desk, camera))
    assert await run.stop() == 0
    gap = (await desk.gaps(camera))[0]
    assert gap.cause == "no_disk"


async def _files(desk: Recording, camera: RecordedCamera) -> bool | None:
    return bool(desk.files(camera)) or None


async def test_a_volume_that_a_person_removed_is_no_fault(tmp_path: Path) -> None:
    """As the first page does when another place is chosen. The recorder looks at its volumes every three seconds and at
    the rows every five, so it meets each of these removals first by the one or by the other."""
    async with recording(tmp_path / "data") as desk:
        volumes = VolumeService(desk.database, SystemClock())
        spare = [await volumes.create(f"spare {n}", tmp_path / f"spare-{n}", SYSTEM, create=True) for n in range(3)]
        camera = await desk.add_camera("gate", "rtsp://127.0.0.1:9/nobody")
        run = desk.start()
        async with await Listener().connect(run.socket) as listener:
            await listener.state(camera.stream_id, "waiting")
            for volume in spare:
                await volumes.remove(volume.id, SYSTEM)
                await asyncio.sleep(1.6)

            async def let_go() -> bool | None:
                return run.logged().count("volume let go") == len(spare) or None

            await until("the recorder lets go of them", let_go)
        assert await run.stop() == 0
        assert '"level": "error"' not in run.logged()
        assert "volume takes no footage" not in run.logged()
        assert [row.state for row in await volumes.every()] == ["ok"]
