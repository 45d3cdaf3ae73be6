"""Queries that go through the whole index, for `check` and `reindex`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import StreamRow
from vedette.recordings import repository
from vedette.recordings.inspection import Expected
from vedette.recordings.ledger import DAY_MS
from vedette.recordings.model import Segment
from vedette.recordings.tables import GarbageRow, InitRow, SegmentIndexRow, SegmentRow, UsageRow

# What a clock may be corrected by between two files without a word.
OVERLAP_MS = 1000
_MOST = 1000


class Overlap(NamedTuple):
    """Two files of a stream that show the same time."""

    path: str
    next_path: str
    overlap_ms: int


async def count_files(session: AsyncSession, volume_id: int | None = None) -> int:
    """How many segments there are, in all or on one volume, from the usage rows."""
    statement = select(func.sum(UsageRow.files))
    if volume_id is not None:
        statement = statement.where(UsageRow.volume_id == volume_id)
    return int(await session.scalar(statement) or 0)


async def volume_span(session: AsyncSession, volume_id: int) -> tuple[int, int] | None:
    """The starts of the first and the last segment of a volume."""
    of_volume = select(SegmentRow.start_ms).where(SegmentRow.volume_id == volume_id).limit(1)
    first = await session.scalar(of_volume.order_by(SegmentRow.start_ms))
    last = await session.scalar(of_volume.order_by(SegmentRow.start_ms.desc()))
    return (first, last) if first is not None and last is not None else None


async def rows_of_day(session: AsyncSession, volume_id: int, start_ms: int, end_ms: int) -> list[Expected]:
    """The segments of a volume that begin in `[start_ms, end_ms)`, with what their files should say."""
    statement = (
        select(*repository.COLUMNS, StreamRow.camera_id, StreamRow.kind, InitRow.digest, SegmentIndexRow.groups)
        .join(StreamRow, StreamRow.id == SegmentRow.stream_id)
        .join(InitRow, InitRow.id == SegmentRow.init_id)
        .outerjoin(SegmentIndexRow, SegmentIndexRow.segment_id == SegmentRow.id)
        .where(SegmentRow.volume_id == volume_id, SegmentRow.start_ms >= start_ms, SegmentRow.start_ms < end_ms)
        .order_by(SegmentRow.start_ms)
    )
    rows = await session.execute(statement)
    return [Expected(Segment(*row[:-4]), *row[-4:]) for row in rows]


async def rows_at(session: AsyncSession, volume_id: int, paths: Sequence[str]) -> list[Expected]:
    """The segments of a volume at these paths, which are of one directory: `camera/2026-11-21`."""
    found: list[Expected] = []
    for day in {_day_of(path) for path in paths}:
        rows = await rows_of_day(session, volume_id, *day) if day is not None else []
        found += [row for row in rows if row.row.path in set(paths)]
    return found


def _day_of(path: str) -> tuple[int, int] | None:
    """The UTC day that a path names; None where it names none."""
    try:
        begins = datetime.fromisoformat(PurePosixPath(path).parent.name).replace(tzinfo=UTC)
    except ValueError:
        return None
    start_ms = round(begins.timestamp() * 1000)
    return start_ms, start_ms + DAY_MS


async def old_garbage(session: AsyncSession, volume_id: int, before_ms: int) -> list[str]:
    """Files of a volume that should be gone since `before_ms`."""
    statement = select(GarbageRow.path).where(GarbageRow.volume_id == volume_id, GarbageRow.created_ms < before_ms)
    return list(await session.scalars(statement.order_by(GarbageRow.id)))


async def inits(session: AsyncSession) -> list[InitRow]:
    """Every init."""
    return list(await session.scalars(select(InitRow).order_by(InitRow.id)))


async def files_with_init(session: AsyncSession, init_id: int) -> list[Segment]:
    """Some segments that are decoded with an init."""
    statement = select(*repository.COLUMNS).where(SegmentRow.init_id == init_id).limit(10)
    return [Segment(*row) for row in await session.execute(statement)]


async def overlaps(session: AsyncSession) -> list[Overlap]:
    """Neighbours in a stream that overlap by more than `OVERLAP_MS`, at most a thousand."""
    stream, start = SegmentRow.stream_id, SegmentRow.start_ms
    next_path = func.lead(SegmentRow.path).over(partition_by=stream, order_by=start)
    next_ms = func.lead(start).over(partition_by=stream, order_by=start)
    inner = select(
        SegmentRow.path, next_path.label("next_path"), (SegmentRow.end_ms - next_ms).label("overlap_ms")
    ).subquery()
    statement = select(inner).where(inner.c.overlap_ms > OVERLAP_MS).limit(_MOST)
    return [Overlap(*row) for row in await session.execute(statement)]


async def usage(session: AsyncSession) -> list[dict[str, int]]:
    """The usage rows as they are."""
    names = ("volume_id", "stream_id", "day", "bytes", "files", "duration_ms")
    rows = await session.execute(select(*(getattr(UsageRow, name) for name in names)))
    return [dict(zip(names, row, strict=True)) for row in rows]
