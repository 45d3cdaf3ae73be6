"""A real recorder process on a data directory of its own, and what it left behind.

async with recording(tmp_path) as desk:
    camera = await desk.add_camera("gate", server.url("cam-1", "small"))
    recorder = desk.start()
    ...
"""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

from sqlalchemy import select, update

from vedette.cameras.tables import CameraRow, CredentialRow, StreamRow
from vedette.core.clock import SystemClock
from vedette.core.ids import uuid7
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.events.announcements import Announcement, PartWritten, Reload, StreamStatus, decode, encode
from vedette.recordings.tables import GapRow, RunRow, SegmentRow
from vedette.settings import Settings
from vedette.storage.service import VolumeService
from vedette.storage.tables import VolumeRow
from vedette.vault import open_vault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RecordedCamera:
    """One camera with one stream."""

    id: UUID
    slug: str
    stream_id: int


class RecorderRun:
    """One run of `vedette recorder`. `log` is its standard error."""

    def __init__(self, settings: Settings, engine: str, log: Path, segment_seconds: int) -> None:
        self.name = "native-0" if engine == "native" else "libav"
        self.socket = settings.run_dir / f"{self.name}.sock"
        self.log = log
        environment = {**os.environ, "VEDETTE_SEGMENT_SECONDS": str(segment_seconds)}
        if settings.database_url is not None:
            environment["VEDETTE_DATABASE_URL"] = settings.database_url
        command = [sys.executable, "-m", "vedette.cli.main", "recorder", "--data", str(settings.data)]
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "--engine", engine], stderr=output, stdout=output, env=environment
            )

    async def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self.process.wait, 20)

    async def kill(self) -> None:
        """SIGKILL, as a power cut of the process."""
        self.process.kill()
        await asyncio.to_thread(self.process.wait, 20)

    def logged(self) -> str:
        return self.log.read_text("utf-8")


class Listener:
    """A reader of a recorder's socket that keeps what it heard."""

    def __init__(self) -> None:
        self.heard: list[Announcement] = []
        self.statuses: dict[int, StreamStatus] = {}
        self.history: dict[int, list[tuple[str, str]]] = {}
        self._task: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def connect(self, path: Path) -> Self:
        """Waits until the recorder answers."""
        reader, self._writer = await until("the recorder listens", lambda: _connected(path))
        self._task = asyncio.create_task(self._listen(reader))
        return self

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._task is not None
        assert self._writer is not None
        self._writer.close()
        self._task.cancel()
        try:
            await self._task
        except asyncio.CancelledError:
            pass

    def reload(self) -> None:
        assert self._writer is not None
        self._writer.write(encode(Reload()))

    def parts(self, stream_id: int) -> list[PartWritten]:
        return [told for told in self.heard if isinstance(told, PartWritten) and told.stream_id == stream_id]

    async def state(self, stream_id: int, *wanted: str, seconds: float = 30) -> StreamStatus:
        """The status, once its state is one of `wanted`."""

        async def ask() -> StreamStatus | None:
            status = self.statuses.get(stream_id)
            return status if status is not None and status.state in wanted else None

        return await until(f"stream {stream_id} is {' or '.join(wanted)}", ask, seconds)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            told = decode(line)
            if isinstance(told, StreamStatus):
                self.statuses[told.stream_id] = told
                states = self.history.setdefault(told.stream_id, [])
                if not states or states[-1] != (told.state, told.cause):
                    states.append((told.state, told.cause))
            if told is not None:
                self.heard.append(told)


@dataclass
class Recording:
    """A data directory with a volume, and the recorders that were started on it."""

    settings: Settings
    database: Database
    volume: Path
    segment_seconds: int
    runs: list[RecorderRun] = field(default_factory=list)

    async def add_camera(
        self, slug: str, url: str, *, engine: str = "auto", login: tuple[str, str] | None = None, **more: Any
    ) -> RecordedCamera:
        """A camera with a main stream."""
        camera = CameraRow(id=uuid7(), slug=slug, name=slug, created_ms=0, updated_ms=0, **more)
        stream = StreamRow(kind="main", url=url, engine=engine)
        camera.streams.append(stream)
        async with self.database.write() as session:
            session.add(camera)
            if login is not None:
                vault = open_vault(self.settings)
                sealed = (vault.seal(camera.id, "username", login[0]), vault.seal(camera.id, "password", login[1]))
                session.add(CredentialRow(camera_id=camera.id, username_sealed=sealed[0], password_sealed=sealed[1]))
            await session.flush()
            return RecordedCamera(camera.id, slug, stream.id)

    async def change(self, camera: RecordedCamera, **values: Any) -> None:
        """Edits a camera as the API does."""
        async with self.database.write() as session:
            await session.execute(update(CameraRow).where(CameraRow.id == camera.id).values(**values))

    def start(self, engine: str = "native") -> RecorderRun:
        """Starts a recorder process."""
        log = self.settings.data / f"{engine}.log"
        self.runs.append(RecorderRun(self.settings, engine, log, self.segment_seconds))
        return self.runs[-1]

    async def segments(self, camera: RecordedCamera, state: str | None = None) -> list[SegmentRow]:
        query = select(SegmentRow).where(SegmentRow.stream_id == camera.stream_id).order_by(SegmentRow.start_ms)
        if state is not None:
            query = query.where(SegmentRow.state == state)
        async with self.database.read() as session:
            return list(await session.scalars(query))

    async def gaps(self, camera: RecordedCamera) -> list[GapRow]:
        query = select(GapRow).where(GapRow.stream_id == camera.stream_id).order_by(GapRow.start_ms, GapRow.id)
        async with self.database.read() as session:
            return list(await session.scalars(query))

    async def run_rows(self, camera: RecordedCamera) -> list[RunRow]:
        query = select(RunRow).where(RunRow.stream_id == camera.stream_id).order_by(RunRow.start_ms)
        async with self.database.read() as session:
            return list(await session.scalars(query))

    async def stream(self, camera: RecordedCamera) -> StreamRow:
        async with self.database.read() as session:
            return await session.get_one(StreamRow, camera.stream_id)

    async def volume_row(self) -> VolumeRow:
        async with self.database.read() as session:
            return (await session.scalars(select(VolumeRow))).one()

    def files(self, camera: RecordedCamera) -> list[Path]:
        return sorted((self.volume / camera.slug).rglob("*.mp4"))

    async def wait_for(
        self, camera: RecordedCamera, count: int, *, state: str = "closed", seconds: float = 40
    ) -> list[SegmentRow]:
        """The segments, once there are so many."""

        async def ask() -> list[SegmentRow] | None:
            rows = await self.segments(camera, state)
            return rows if len(rows) >= count else None

        return await until(f"{camera.slug} has {count} {state} segments", ask, seconds)


@asynccontextmanager
async def recording(
    data: Path, *, volume: Path | None = None, segment_seconds: int = 4, database_url: str | None = None
) -> AsyncIterator[Recording]:
    """A migrated data directory, with a database in it unless another is named. Recorders that still run at the end
    are killed."""
    settings = Settings(data=data, database_url=database_url)
    settings.run_dir.mkdir(parents=True)
    await migrate(settings.sqlalchemy_url)
    database = Database(settings.sqlalchemy_url)
    place = volume or settings.default_volume
    await VolumeService(database, SystemClock()).ensure_default(place)
    desk = Recording(settings, database, place.resolve(), segment_seconds)
    try:
        yield desk
    finally:
        for run in desk.runs:
            if run.process.poll() is None:
                await run.kill()
        await database.aclose()


async def until(what: str, ask: Callable[[], Awaitable[T | None]], seconds: float = 30) -> T:
    """Asks until there is an answer. Fails with `what` when there never is one."""
    deadline = time.monotonic() + seconds
    while True:
        answer = await ask()
        if answer is not None:
            return answer
        assert time.monotonic() < deadline, f"never happened: {what}"
        await asyncio.sleep(0.05)


async def _connected(path: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
    try:
        return await asyncio.open_unix_connection(path, limit=1 << 21)
    except OSError:
        return None


def contiguous(segments: Sequence[SegmentRow]) -> bool:
    """Whether each begins where the one before ended."""
    return all(before.end_ms == after.start_ms for before, after in pairwise(segments))
