"""Queries of the index at ten million segments, through the product's own code, on SQLite.

50 cameras with files of one minute make 10 million rows in 139 days. Rows are put in by bulk (that is not measured);
what is asked and committed afterwards goes the product's way.
"""

import argparse
import asyncio
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from tests.support.footage import INIT

from benchmarks.installation import Installation
from benchmarks.report import Result, Table, Timing
from vedette.cameras.schemas import CameraCreate
from vedette.cameras.tables import StreamRow
from vedette.core.clock import SystemClock
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.media.units import KeyFrameEntry, SegmentIndex
from vedette.recordings import ledger, repository, trash
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import Closing, GapCause, NewSegment
from vedette.recordings.search.service import SearchService
from vedette.recordings.search.wanted import Wanted
from vedette.recordings.service import RecordingService
from vedette.retention import repository as retention
from vedette.retention.planner import Demand, Reason
from vedette.storage.tables import VolumeRow

NAME = "index"
WHAT = "Queries and commits of the segment index at 10 million segments (50 cameras, files of one minute), SQLite."
CAMERAS = 50
MINUTE = 60_000
DAY = 1440 * MINUTE
FRAMES, SIZE = 1500, 30_000_000
TIMESCALE = 90_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="500 000 segments")
    parser.add_argument("--segments", type=int, help="instead of 10 000 000")


async def run(arguments: argparse.Namespace) -> Result:
    """Fills a database and asks it."""
    count = arguments.segments or (500_000 if arguments.quick else 10_000_000)
    directory = Path(tempfile.mkdtemp(prefix="vedette-bench-"))
    installation = Installation(directory / "data")
    try:
        await installation.prepare(
            [CameraCreate(name=f"cam-{index}", url="rtsp://127.0.0.1:1/nothing") for index in range(1, CAMERAS + 1)]
        )
        database = Database(installation.settings.sqlalchemy_url)
        try:
            end_ms = int(time.time() * 1000) // MINUTE * MINUTE
            start_ms = end_ms - count // CAMERAS * MINUTE
            index = await _Index.fill(database, installation.data / "vedette.sqlite", start_ms, end_ms)
            timings = [await index.measure(what, ask) for what, ask in index.questions().items()]
        finally:
            await database.aclose()
        size = (installation.data / "vedette.sqlite").stat().st_size
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    rows = [timing.row(2) for timing in timings]
    notes = [f"{count} segments, the database has {size / 1e9:.2f} GB. 50 random places each."]
    data = {"segments": count, "bytes": size, "timings_ms": {timing.what: timing.values for timing in timings}}
    table = Table("Index", ["", "times", "median ms", "95 % ms", "most ms"], rows, notes)
    return Result(NAME, WHAT, data, [table])


class _Index:
    """A filled database and questions to it."""

    def __init__(
        self, database: Database, streams: dict[int, UUID], volume_id: int, start_ms: int, end_ms: int
    ) -> None:
        self._database = database
        self._streams = streams
        self._volume_id = volume_id
        self._start_ms, self._end_ms = start_ms, end_ms
        self._chance = random.Random(7)
        self._service = RecordingService(database, SystemClock())
        self._search = SearchService(database, SystemClock())
        self._committer = SegmentCommitter(database, SystemClock(), "node-1")
        self._next_ms = end_ms

    @classmethod
    async def fill(cls, database: Database, path: Path, start_ms: int, end_ms: int) -> "_Index":
        """Puts a segment into every minute of every camera."""
        async with database.write() as session:
            init_id = await ledger.ensure_init(session, INIT)
            volume_id = (await session.scalars(select(VolumeRow.id))).one()
            found = await session.execute(select(StreamRow.id, StreamRow.camera_id).where(StreamRow.kind == "main"))
            streams = {row.id: row.camera_id for row in found}
        await asyncio.to_thread(_bulk, path, list(streams), volume_id, init_id, start_ms, end_ms)
        async with database.write() as session:
            await ledger.recount_usage(session)
        return cls(database, streams, volume_id, start_ms, end_ms)

    def questions(self) -> dict[str, Callable[[], Awaitable[object]]]:
        """What is asked; the last ones change the index."""
        return {
            "segment at an instant": self._at,
            "1 h of one camera": lambda: self._overlapping(DAY // 24),
            "24 h of one camera": lambda: self._overlapping(DAY),
            "coverage, 16 cameras x 24 h": self._coverage,
            "calendar, one camera, one month": lambda: self._calendar(1),
            "days of a month, 50 cameras": lambda: self._calendar(50),
            "newest 100 of all cameras": self._page,
            "storage statistics": self._service.statistics,
            "commit of a file (opened and closed)": self._commit,
            "retention: choose and delete the 200 oldest": self._discard,
        }

    async def measure(self, what: str, ask: Callable[[], Awaitable[object]], times: int = 50) -> Timing:
        """Milliseconds of each of `times` calls, after one that warms up."""
        await ask()
        values = []
        for _ in range(times):
            began = time.perf_counter()
            await ask()
            values.append((time.perf_counter() - began) * 1000)
        return Timing(what, values)

    def _instant(self, span_ms: int = 0) -> int:
        return self._chance.randrange(self._start_ms, self._end_ms - span_ms)

    def _stream(self) -> int:
        return self._chance.choice(list(self._streams))

    async def _at(self) -> object:
        async with self._database.read() as session:
            return await repository.at(session, self._stream(), self._instant())

    async def _overlapping(self, span_ms: int) -> object:
        start_ms = self._instant(span_ms)
        async with self._database.read() as session:
            return await repository.overlapping(session, self._stream(), start_ms, start_ms + span_ms)

    async def _coverage(self) -> object:
        start_ms = self._instant(DAY)
        cameras = self._chance.sample(list(self._streams.values()), 16)
        return await self._service.coverage(cameras, "main", start_ms, start_ms + DAY)

    async def _calendar(self, cameras: int) -> object:
        month = time.strftime("%Y-%m", time.gmtime(self._instant() / 1000))
        some = self._chance.sample(list(self._streams.values()), min(cameras, len(self._streams)))
        return await self._service.calendar(some, "main", month, "UTC")

    async def _page(self) -> object:
        return await self._search.page(Wanted(), 100, None)

    async def _commit(self) -> object:
        segment_id = uuid7(self._next_ms)
        duration_ticks = MINUTE * TIMESCALE // 1000
        new = NewSegment(
            id=segment_id,
            stream_id=self._stream(),
            volume_id=self._volume_id,
            init=INIT,
            run_id=UUID(int=1),
            sequence=0,
            path=f"bench/{segment_id}.mp4",
            start_ms=self._next_ms,
            end_ms=self._next_ms + 500,
            start_ticks=0,
            duration_ticks=45_000,
            bytes=250_000,
            frames=12,
        )
        self._next_ms += MINUTE
        entries = [KeyFrameEntry(4000 + n * 1_000_000, 1_000_000, n * 180_000, 180_000) for n in range(30)]
        await self._committer.opened(new)
        closing = Closing(
            segment_id, new.start_ms + MINUTE, duration_ticks, SIZE, FRAMES, SegmentIndex(TIMESCALE, entries), "0" * 64
        )
        await self._committer.closed(closing)
        return closing

    async def _discard(self) -> object:
        now_ms = self._end_ms
        demand = Demand(Reason.HEADROOM, volume_id=self._volume_id, bytes=200 * SIZE)
        async with self._database.write() as session:
            oldest = await retention.candidates(session, demand, now_ms, 200)
            ids = [candidate.id for candidate in oldest]
            return await trash.discard(session, ids, GapCause.DELETED_BY_RETENTION, "", now_ms)


def _bulk(path: Path, streams: list[int], volume_id: int, init_id: int, start_ms: int, end_ms: int) -> None:
    """Inserts without indexes, then builds those again."""
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA synchronous = OFF")
        indexes = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'segment' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            database.execute(f'DROP INDEX "{name}"')
        database.execute("BEGIN IMMEDIATE")
        database.executemany(
            "INSERT INTO segment (id, stream_id, volume_id, init_id, run_id, sequence, path, state, start_ms, end_ms,"
            " start_ticks, duration_ticks, bytes, frames, sha256) VALUES (?,?,?,?,?,?,?,'closed',?,?,?,?,?,?,?)",
            _rows(streams, volume_id, init_id, start_ms, end_ms),
        )
        database.execute("COMMIT")
        for _, definition in indexes:
            database.execute(definition)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()


def _rows(streams: list[int], volume_id: int, init_id: int, start_ms: int, end_ms: int) -> Iterator[tuple[object, ...]]:
    run = UUID(int=1).bytes
    ticks = MINUTE * TIMESCALE // 1000
    for number, at_ms in enumerate(range(start_ms, end_ms, MINUTE)):
        day = time.strftime("%Y-%m-%d/%H-%M-%S", time.gmtime(at_ms / 1000))
        for stream in streams:
            # As UUIDv7 but cheaper to make: they, too, rise with time.
            key = (at_ms << 80 | 7 << 76 | 2 << 62 | number << 16 | stream).to_bytes(16, "big")
            path = f"cam-{stream}/{day}.mp4"
            span = (at_ms, at_ms + MINUTE, number * ticks, ticks)
            yield (key, stream, volume_id, init_id, run, number, path, *span, SIZE, FRAMES, "0" * 64)
