"""Simulated cameras, a recorder, and the app that gives their live streams on by RTSP."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.product import free_port
from tests.support.recording import RecordedCamera, RecorderRun, Recording, recording, until
from tests.support.running import RunningApp, running_app
from tests.support.simulated import simulated_cameras
from vedette.live.restream.deps import RtspEnds
from vedette.media.simulator.server import SimulatorServer


@dataclass(frozen=True, slots=True)
class Token:
    """An API token, and the name that goes with it."""

    id: str
    secret: str

    @property
    def user(self) -> str:
        return self.secret[:10]


@dataclass(frozen=True, slots=True)
class Place:
    """`cameras` by the kind of their stream, which is their slug, too."""

    simulator: SimulatorServer
    desk: Recording
    recorder: RecorderRun
    app: RunningApp
    port: int
    tls_port: int
    cameras: dict[str, RecordedCamera]

    def url(self, path: str, token: Token | None = None, *, tls: bool = False) -> str:
        """With the login of the token in it."""
        login = f"{token.user}:{token.secret}@" if token else ""
        scheme, port = ("rtsps", self.tls_port) if tls else ("rtsp", self.port)
        return f"{scheme}://{login}127.0.0.1:{port}/{path}"

    async def token(self, **limits: Any) -> Token:
        """One that may watch everything live, but for the limits."""
        given = {"name": "player", "permissions": ["live.view", "camera.view"], **limits}
        answer = await self.app.http.post("/api-tokens", json=given)
        assert answer.status_code == 201, answer.text
        return Token(answer.json()["id"], answer.json()["token"])

    async def recorded(self, slug: str) -> None:
        """Waits until the hub has parts of the camera."""
        stream_id = self.cameras[slug].stream_id

        async def ask() -> bool | None:
            return len(self.app.hub.tail(stream_id)) > 2 or None

        await until(f"{slug} is recorded", ask, 60)


@asynccontextmanager
async def restreamed(
    data: Path,
    kinds: Sequence[str],
    *,
    tls: ssl.SSLContext | None = None,
    database_url: str | None = None,
    **more: Any,
) -> AsyncIterator[Place]:
    """One camera of each kind, recorded. `tls` is the server's certificate; `more` are settings."""
    async with (
        simulated_cameras() as simulator,
        recording(data, segment_seconds=5, database_url=database_url) as desk,
    ):
        await simulator.prepare(["cam-1"], tuple(kinds))
        cameras = {kind: await desk.add_camera(kind, simulator.url("cam-1", kind)) for kind in kinds}
        recorder = desk.start()
        port, tls_port = free_port(), free_port()
        given = {"rtsp_port": port, "rtsps_port": tls_port, **more}
        async with running_app(data, desk.database, rtsp=RtspEnds(tls), **given) as app:
            place = Place(simulator, desk, recorder, app, port, tls_port, cameras)
            await asyncio.gather(*(place.recorded(kind) for kind in kinds))
            yield place
