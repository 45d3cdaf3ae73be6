"""Small things that the worker does for the index: forgetting what nobody asks for any more, and hashing what nobody
hashed while it was recorded."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.media.fmp4.recorded_hash import hash_file
from vedette.recordings.tables import IS_UNHASHED, HealthRow, RunRow, SegmentRow, UsageRow

log = get_logger("recordings.upkeep")

DAY_MS = 86_400_000
HEALTH_DAYS = 7
RUN_DAYS = 7
# A recorder may be closing the last file of a camera that was deleted a moment ago.
FORGET_AFTER_MS = 10 * 60_000
_FOREVER_MS = 1 << 62


async def prune_health(session: AsyncSession, now_ms: int) -> int:
    """Deletes the minutes of health that are older than `HEALTH_DAYS`."""
    before = (now_ms - HEALTH_DAYS * DAY_MS) // 60_000
    # By stream: the key begins with it, and a table scan of a week of 400 streams would block writers.
    streams = (await session.scalars(select(StreamRow.id))).all()
    deleted = 0
    for stream_id in streams:
        of_stream = delete(HealthRow).where(HealthRow.stream_id == stream_id, HealthRow.minute < before)
        deleted += len((await session.execute(of_stream.returning(HealthRow.minute))).all())
    return deleted


async def prune_runs(session: AsyncSession, now_ms: int) -> int:
    """Deletes runs of which no footage is left: those that ended before the oldest footage of their stream."""
    oldest = (
        select(SegmentRow.start_ms)
        .where(SegmentRow.stream_id == RunRow.stream_id)
        .order_by(SegmentRow.start_ms)
        .limit(1)
        .correlate(RunRow)
        .scalar_subquery()
    )
    statement = delete(RunRow).where(
        RunRow.end_ms < now_ms - RUN_DAYS * DAY_MS, RunRow.end_ms < func.coalesce(oldest, _FOREVER_MS)
    )
    return len((await session.execute(statement.returning(RunRow.id))).all())


async def forget_deleted(session: AsyncSession, now_ms: int) -> int:
    """Deletes the rows of cameras and streams that were deleted and have no footage left. Returns how many cameras."""
    long_ago = now_ms - FORGET_AFTER_MS
    deleted = select(CameraRow.id).where(CameraRow.deleted_ms < long_ago)
    footage = select(SegmentRow.id).where(SegmentRow.stream_id == StreamRow.id).correlate(StreamRow).exists()
    usage = select(UsageRow.day).where(UsageRow.stream_id == StreamRow.id).correlate(StreamRow).exists()
    gone = (StreamRow.removed_ms < long_ago) | StreamRow.camera_id.in_(deleted)
    await session.execute(delete(StreamRow).where(gone, ~footage, ~usage))
    left = select(StreamRow.id).where(StreamRow.camera_id == CameraRow.id).correlate(CameraRow).exists()
    cameras = delete(CameraRow).where(CameraRow.deleted_ms < long_ago, ~left)
    return len((await session.execute(cameras.returning(CameraRow.id))).all())


class Hasher:
    """Hashes repaired and adopted files, one at a time. Remembers which can't be read: `check` tells about those."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unreadable: set[UUID] = set()

    async def run(self, places: Mapping[int, Path], limit: int) -> int:
        """Hashes at most `limit` files on the volumes in `places`, and says how many."""
        done = 0
        for segment_id, path in await self._next(places, limit):
            try:
                sha256 = await asyncio.to_thread(hash_file, path)
            except (ValueError, OSError) as error:
                self._unreadable.add(segment_id)
                log.warning("file can't be hashed", path=str(path), error=str(error))
                continue
            async with self._database.write() as session:
                of_row = update(SegmentRow).where(SegmentRow.id == segment_id, IS_UNHASHED)
                await session.execute(of_row.values(sha256=sha256))
            done += 1
        return done

    async def _next(self, places: Mapping[int, Path], limit: int) -> Sequence[tuple[UUID, Path]]:
        statement = (
            select(SegmentRow.id, SegmentRow.volume_id, SegmentRow.path)
            .where(IS_UNHASHED, SegmentRow.volume_id.in_(list(places)))
            .limit(limit + len(self._unreadable))
        )
        async with self._database.read() as session:
            rows = (await session.execute(statement)).all()
        found = [(key, places[volume] / path) for key, volume, path in rows if key not in self._unreadable]
        return found[:limit]
