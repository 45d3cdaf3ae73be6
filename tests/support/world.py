"""A running app with one camera, a volume to put footage on, and a recorder that a test speaks for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.support.footage import T0, add_stream, camera_of
from tests.support.library import Clip, Library, RecordedFile, clip
from tests.support.recorder_twin import RecorderTwin, StreamTwin, until
from tests.support.running import RunningApp, StillClock, running_app
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.events.announcements import PartWritten, SegmentOpened
from vedette.http.instants import format_instant

# Some minutes after what tests record.
NOW = T0 + 600_000


@dataclass
class World:
    """The camera `gate`, and an empty volume."""

    app: RunningApp
    library: Library
    database: Database
    stream_id: int
    camera_id: UUID
    clock: StillClock

    @property
    def http(self) -> httpx.AsyncClient:
        return self.app.http

    async def playlist(self, start_ms: int, end_ms: int | None, camera: str = "gate") -> httpx.Response:
        params = {"start": format_instant(start_ms)}
        if end_ms is not None:
            params["end"] = format_instant(end_ms)
        return await self.http.get(f"/playback/{camera}/index.m3u8", params=params)

    async def at(self, at_ms: int) -> dict[str, Any]:
        answer = await self.http.get("/playback/gate/at", params={"t": format_instant(at_ms)})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
async def world(tmp_path: Path, sqlite_database: Database) -> AsyncIterator[World]:
    """On SQLite only."""
    async with make_world(tmp_path, sqlite_database) as world:
        yield world


@pytest.fixture
async def any_world(tmp_path: Path, database: Database) -> AsyncIterator[World]:
    """On both databases: for what asks the index something new."""
    async with make_world(tmp_path, database) as world:
        yield world


@pytest.fixture
async def today(tmp_path: Path, sqlite_database: Database) -> AsyncIterator[World]:
    """As `any_today`, on SQLite only."""
    async with make_world(tmp_path, sqlite_database, SystemClock().now_ms()) as world:
        yield world


@pytest.fixture
async def any_today(tmp_path: Path, database: Database) -> AsyncIterator[World]:
    """One whose clock is right, on both databases: requests to an object storage are signed for the minute."""
    async with make_world(tmp_path, database, SystemClock().now_ms()) as world:
        yield world


@pytest.fixture
async def gate_twin(world: World) -> AsyncIterator[StreamTwin]:
    """The recorder of `world`'s camera."""
    async with RecorderTwin(world.app.data / "run") as recorder:
        await until(world.app.hub.recorders, "the hub connects")
        yield recorder.stream(world.stream_id, world.app.data)


@asynccontextmanager
async def make_world(tmp_path: Path, database: Database, now_ms: int = NOW) -> AsyncIterator[World]:
    stream_id = await add_stream(database)
    library = await Library.make(database, tmp_path / "footage")
    clock = StillClock(now_ms)
    async with running_app(tmp_path, database, clock) as app:
        yield World(app, library, database, stream_id, await camera_of(database, stream_id), clock)


def announce(
    stream: StreamTwin, file: RecordedFile, upto: int = 1 << 30, *, first: int = 0, of: Clip | None = None
) -> None:
    """Tells the hub of parts of a file that the library has written out of the clip `of`."""
    init = (of or clip()).init
    if first == 0:
        stream.set_init(init.data, digest=init.digest, codecs=init.codecs)
        start_ticks = file.parts[0][1].dts_ticks
        stream.segment = SegmentOpened(
            stream.stream_id,
            str(file.id),
            str(file.run_id),
            str(file.path),
            init.digest,
            file.start_ms,
            start_ticks,
            recorded=True,
        )
        stream.recorder.tell(stream.segment)
    for offset, part in file.parts[first:upto]:
        stream.number += 1
        at_ms = file.start_ms + (part.dts_ticks - file.parts[0][1].dts_ticks) // 90
        told = PartWritten(
            stream.stream_id,
            str(file.id),
            stream.number,
            offset,
            len(part.data),
            part.dts_ticks,
            part.duration_ticks,
            at_ms,
            part.key,
        )
        stream.recorder.tell(told)
