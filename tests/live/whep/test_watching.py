"""WebRTC from a real recorder to a real receiver, judged by the pictures that it decodes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.burned import breaks
from tests.support.recording import RecordedCamera, Recording, recording, until
from tests.support.running import RunningApp, running_app
from tests.support.simulated import simulated_cameras
from tests.support.webrtc import webrtc_viewer
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

LOOP = LOOP_MS // 40
KINDS = ("small", "bframes", "g711", "bench")


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], KINDS)
        yield server


@asynccontextmanager
async def watched(
    tmp_path: Path, server: SimulatorServer, kind: str
) -> AsyncIterator[tuple[RunningApp, Recording, RecordedCamera]]:
    """The api beside a recorder that records `gate`."""
    async with recording(tmp_path / "data", segment_seconds=10) as desk:
        camera = await desk.add_camera("gate", server.url("cam-1", kind))
        desk.start()
        async with running_app(desk.settings.data, desk.database) as app:

            async def recorded() -> bool | None:
                return len(app.hub.tail(camera.stream_id)) > 2 or None

            await until("parts come", recorded)
            yield app, desk, camera


async def test_pictures_come_without_a_break(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server, "small") as (app, _, _), webrtc_viewer(app.http, "gate") as viewer:
        numbers = await viewer.until_frames(100)
        assert breaks(numbers, LOOP) == []
