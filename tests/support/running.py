"""The api process's app on a real server, over a test's database and run directory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from tests.support.accounts import signed_in
from tests.support.serving import serve
from vedette.api.app import create_app
from vedette.core.clock import Clock, SystemClock
from vedette.db.session import Database
from vedette.live.hub import StreamHub
from vedette.live.restream.deps import RtspEnds
from vedette.settings import Settings


class StillClock(SystemClock):
    """The wall clock stands at `wall_ms` until a test moves it; the monotonic clock is the machine's and what tests
    added to it, so that what the app does in the background keeps its pace."""

    __slots__ = ("_ahead_s", "wall_ms")

    def __init__(self, wall_ms: int) -> None:
        self.wall_ms = wall_ms
        self._ahead_s = 0.0

    def now_ms(self) -> int:
        return self.wall_ms

    def monotonic(self) -> float:
        return super().monotonic() + self._ahead_s

    def advance(self, seconds: float) -> None:
        """Both clocks move on together."""
        self._ahead_s += seconds
        self.wall_ms += round(seconds * 1000)


@dataclass(frozen=True, slots=True)
class RunningApp:
    """`http` asks it as an administrator, whose `headers` are for other clients; `address` is `127.0.0.1:port`, `hub`
    and `app` are the server's own."""

    http: httpx.AsyncClient
    headers: dict[str, str]
    address: str
    hub: StreamHub
    data: Path
    app: FastAPI

    @property
    def cookies(self) -> dict[str, str]:
        """As `headers`, for a browser."""
        return {"vedette_access": self.headers["Authorization"].removeprefix("Bearer ")}

    async def add_camera(self, name: str, **more: Any) -> dict[str, Any]:
        """A camera as POST /cameras answers it. Nothing is at its address."""
        given = {"name": name, "url": "rtsp://127.0.0.1:1/stream", **more}
        answer = await self.http.post("/cameras", json=given)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made


@asynccontextmanager
async def running_app(
    data: Path, database: Database, clock: Clock | None = None, *, rtsp: RtspEnds | None = None, **more: Any
) -> AsyncIterator[RunningApp]:
    """Serves the product's app; `more` are settings. Recorders are looked for in `{data}/run`. It listens for RTSP only
    with `rtsp`."""
    settings = Settings(data=data, **more)
    settings.run_dir.mkdir(parents=True, exist_ok=True)
    time = clock or SystemClock()
    async with StreamHub(settings.run_dir, time, look_s=0.05) as hub:
        app = create_app(settings, database, clock=time, recorders=hub, rtsp=rtsp)
        async with (
            serve(app) as address,
            httpx.AsyncClient(base_url=f"http://{address}/api/v1", timeout=30) as http,
        ):
            headers = await signed_in(app)
            http.headers.update(headers)
            yield RunningApp(http, headers, address, hub, data, app)
