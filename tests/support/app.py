"""The real app for tests: over ASGI, or behind uvicorn on a loopback port when sockets matter."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from tests.support.accounts import signed_in
from vedette.api.app import create_app
from vedette.api.main import server_config
from vedette.core.clock import Clock
from vedette.db.session import Database
from vedette.events.announcements import Hello, StreamStatus
from vedette.http.binding import listen
from vedette.settings import Settings


@dataclass
class TestRecorders:
    """`events.recorders.Recorders` that a test speaks for."""

    __test__ = False
    connected: list[Hello] = field(default_factory=list)
    newest: dict[int, StreamStatus] = field(default_factory=dict)
    reloads: list[list[str]] = field(default_factory=list)
    watchers: list["asyncio.Queue[StreamStatus]"] = field(default_factory=list)

    def recorders(self) -> list[Hello]:
        return self.connected

    def statuses(self) -> dict[int, StreamStatus]:
        return self.newest

    def reload(self, camera_ids: list[str]) -> int:
        self.reloads.append(camera_ids)
        return len(self.connected)

    @asynccontextmanager
    async def watch_statuses(self) -> AsyncIterator[AsyncIterator[StreamStatus]]:
        queue: asyncio.Queue[StreamStatus] = asyncio.Queue(100)
        self.watchers.append(queue)

        async def told() -> AsyncIterator[StreamStatus]:
            while True:
                yield await queue.get()

        yield told()

    def tell(self, status: StreamStatus) -> None:
        """As if a recorder had announced it."""
        self.newest[status.stream_id] = status
        for queue in self.watchers:
            queue.put_nowait(status)


@pytest.fixture
def recorders() -> TestRecorders:
    """No recorder is connected until the test says so."""
    return TestRecorders()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data directory of the test's own."""
    (tmp_path / "run").mkdir()
    return Settings(data=tmp_path)


@asynccontextmanager
async def started(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app, inside its lifespan. It has logged in as nobody."""
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7070") as client:
            yield client


@pytest.fixture
async def client(database: Database, settings: Settings, recorders: TestRecorders) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator's client of the whole app, on SQLite and on PostgreSQL."""
    app = create_app(settings, database, recorders=recorders)
    async with started(app) as client:
        client.headers.update(await signed_in(app))
        yield client


@pytest.fixture
async def sqlite_client(
    sqlite_database: Database, settings: Settings, recorders: TestRecorders
) -> AsyncIterator[httpx.AsyncClient]:
    """The same on SQLite only, for what does not concern the database."""
    app = create_app(settings, sqlite_database, recorders=recorders)
    async with started(app) as client:
        client.headers.update(await signed_in(app))
        yield client


@dataclass(frozen=True, slots=True)
class Served:
    """`address` is `127.0.0.1:port`, `headers` are those of an administrator."""

    address: str
    headers: dict[str, str]


@asynccontextmanager
async def served(
    settings: Settings, database: Database, recorders: TestRecorders, clock: Clock | None = None
) -> AsyncIterator[Served]:
    """The app behind uvicorn as the api process runs it."""
    listener = listen(settings.model_copy(update={"port": 0}))
    app = create_app(settings, database, clock=clock, recorders=recorders)
    server = uvicorn.Server(server_config(app, settings))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            assert not serving.done(), serving.exception()
            await asyncio.sleep(0.01)
        host, port = listener.getsockname()
        yield Served(f"{host}:{port}", await signed_in(app))
    finally:
        server.should_exit = True
        await serving
        listener.close()


def status_of(stream: dict[str, Any], camera_id: str, state: str = "recording", **more: Any) -> StreamStatus:
    """A status for a stream as the API shows it."""
    return StreamStatus(
        stream_id=stream["id"],
        camera_id=camera_id,
        kind=stream["kind"],
        state=state,
        since_ms=1_700_000_000_000,
        **more,
    )
