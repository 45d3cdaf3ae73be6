"""WebRTC from a real recorder to real receivers, judged by the pictures that they decode."""

import asyncio
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from tests.live.whep.conftest import watched
from tests.support.burned import breaks
from tests.support.lossy import lossy
from tests.support.offers import offer, video
from tests.support.webrtc import SDP, webrtc_viewer
from vedette.cameras.tables import StreamRow
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

LOOP = LOOP_MS // 40


async def test_pictures_come_without_a_break_to_all_whoever_joins_when(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene, webrtc_viewer(scene.app.http, "gate") as first:
        await first.until_frames(40)
        async with webrtc_viewer(scene.app.http, "gate") as second:
            numbers = await second.until_frames(60)
            assert breaks(numbers, LOOP) == []
            assert first.answer.headers["x-vedette-stream"] == "main"
            assert "AAC" in first.answer.headers["x-vedette-silent"]
        assert breaks(await first.until_frames(120), LOOP) == []
        assert scene.app.hub.viewer_count() == 1  # one reader of the stream, however many watch
    assert scene.sessions.count == 0


@pytest.mark.parametrize(("kind", "rate"), [("g711", 8_000), ("pcmu", 8_000), ("opus", 48_000)])
async def test_sound_is_passed_through(tmp_path: Path, server: SimulatorServer, kind: str, rate: int) -> None:
    async with watched(tmp_path, server, kind) as scene:  # noqa: SIM117 # one after the other
        async with webrtc_viewer(scene.app.http, "gate", audio=True) as viewer:
            assert "x-vedette-silent" not in viewer.answer.headers
            # Sixty in a row; a machine that draws the clip beside it drops some at first.
            await viewer.until_frames(60)
            async with asyncio.timeout(30):
                while breaks(viewer.numbers[-60:], LOOP):
                    await asyncio.sleep(0.02)
            async with asyncio.timeout(20):
                while sum(frame.samples for frame in viewer.sounds) < 2 * rate:
                    await asyncio.sleep(0.05)
            assert {frame.sample_rate for frame in viewer.sounds} == {rate}
            # It is sound, not silence.
            assert max(int(np.abs(frame.to_ndarray()).max()) for frame in viewer.sounds) > 500


async def test_b_frames_are_refused(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server, "bframes") as scene:
        with pytest.raises(AssertionError, match=r"whep\.b_frames"):
            async with webrtc_viewer(scene.app.http, "gate"):
                pass
        assert scene.sessions.count == 0


async def test_a_recorder_that_died_and_came_back_with_other_pictures(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene, webrtc_viewer(scene.app.http, "gate") as viewer:
        await viewer.until_frames(30)
        small = viewer.sizes[-1]
        await scene.recorder.kill()
        async with scene.desk.database.write() as session:
            row = update(StreamRow).where(StreamRow.id == scene.camera.stream_id)
            await session.execute(row.values(url=server.url("cam-1", "bench")))
        scene.desk.start()
        async with asyncio.timeout(40):
            while viewer.sizes.count(1920) < 30:
                await asyncio.sleep(0.05)
        assert set(viewer.sizes) == {small, 1920}
        for size in (small, 1920):
            numbers = [number for number, width in zip(viewer.numbers, viewer.sizes, strict=False) if width == size]
            assert breaks(numbers, LOOP) == []


async def test_loss_is_repaired(tmp_path: Path, server: SimulatorServer) -> None:
    async with (
        watched(tmp_path, server) as scene,
        lossy(0.05) as network,
        webrtc_viewer(scene.app.http, "gate", network=network) as viewer,
    ):
        assert breaks(await viewer.until_frames(300, 60), LOOP) == []
        assert network.dropped > 10
        assert max(later - one for one, later in pairwise(viewer.came_s)) < 1  # no freeze


async def test_a_viewer_whose_network_stands_still_costs_nobody_else_anything(
    tmp_path: Path, server: SimulatorServer
) -> None:
    async with watched(tmp_path, server) as scene:
        async with (
            lossy(0) as network,
            webrtc_viewer(scene.app.http, "gate", network=network) as stuck,
            webrtc_viewer(scene.app.http, "gate") as other,
        ):
            await stuck.until_frames(10)
            await other.until_frames(10)
            network.down = True
            had = len(other.numbers)
            await other.until_frames(had + 100)
            assert scene.sessions.count == 2
            await scene.until_sessions(1)
            assert breaks(await other.until_frames(had + 150), LOOP) == []
            assert other.pc.connectionState == "connected"
        assert await scene.desk.gaps(scene.camera) == []
        assert await scene.desk.segments(scene.camera)


async def test_ports_are_those_of_the_settings(tmp_path: Path, server: SimulatorServer) -> None:
    given = {"webrtc_ports": "45120-45129", "webrtc_addresses": "203.0.113.7", "webrtc_servers": ""}
    async with watched(tmp_path, server, **given) as scene, webrtc_viewer(scene.app.http, "gate") as viewer:
        lines = [line for line in viewer.answer.text.splitlines() if line.startswith("a=candidate:")]
        assert {int(line.split()[5]) for line in lines} <= set(range(45120, 45130))
        assert any(line.split()[4] == "203.0.113.7" for line in lines)
        await viewer.until_frames(5)


async def test_an_offer_from_a_machine_that_never_comes_is_forgotten(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene:
        answer = await scene.app.http.post("/live/gate/whep", content=offer(video(), bundle="0"), headers=SDP)
        assert answer.status_code == 201
        assert scene.sessions.count == 1
        await scene.until_sessions(0, 20)
        assert scene.app.hub.viewer_count() == 0
