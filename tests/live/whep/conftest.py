"""Cameras of the simulator, and the api beside a recorder that records one of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.recording import RecordedCamera, RecorderRun, Recording, recording, until
from tests.support.running import RunningApp, running_app
from tests.support.simulated import simulated_cameras
from vedette.live.whep.sessions import WhepSessions
from vedette.media.simulator.server import SimulatorServer

KINDS = ("small", "bframes", "g711", "pcmu", "opus", "h265", "bench")


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], KINDS)
        yield server


@dataclass
class Scene:
    """`gate` is recorded and can be watched."""

    app: RunningApp
    desk: Recording
    camera: RecordedCamera
    recorder: RecorderRun

    @property
    def sessions(self) -> WhepSessions:
        sessions: WhepSessions = self.app.app.state.whep
        return sessions

    async def until_sessions(self, count: int, seconds: float = 30) -> None:
        async def counted() -> bool | None:
            return self.sessions.count == count or None

        await until(f"there are {count} sessions", counted, seconds)


@asynccontextmanager
async def watched(
    tmp_path: Path, server: SimulatorServer, kind: str = "small", **settings: Any
) -> AsyncIterator[Scene]:
    """A scene; `settings` are the api's."""
    async with recording(tmp_path / "data", segment_seconds=10) as desk:
        camera = await desk.add_camera("gate", server.url("cam-1", kind))
        recorder = desk.start()
        async with running_app(desk.settings.data, desk.database, **settings) as app:

            async def recorded() -> bool | None:
                return len(app.hub.tail(camera.stream_id)) > 2 or None

            await until("parts come", recorded)
            yield Scene(app, desk, camera, recorder)
