"""All SQL about moving footage."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import StreamRow
from vedette.recordings import repository
from vedette.recordings.model import Segment, SegmentState
from vedette.recordings.tables import GarbageRow, SegmentRow
from vedette.recordings.tables_moving import MoveCopyRow, MoveRow

UNFINISHED = ("waiting", "running")


def _wanted(move: MoveRow) -> list[ColumnElement[bool]]:
    conditions = [
        SegmentRow.state != SegmentState.OPEN,
        SegmentRow.volume_id != move.volume_id,
        SegmentRow.end_ms <= move.end_ms,
        SegmentRow.start_ms < move.end_ms,
    ]
    if move.start_ms is not None:
        conditions.append(SegmentRow.start_ms >= move.start_ms)
    if move.from_volume_id is not None:
        conditions.append(SegmentRow.volume_id == move.from_volume_id)
    if move.camera_id is not None:
        conditions.append(SegmentRow.stream_id.in_(select(StreamRow.id).where(StreamRow.camera_id == move.camera_id)))
    return conditions


async def extent(session: AsyncSession, move: MoveRow) -> tuple[int, int]:
    """Files and bytes that there are to move."""
    statement = select(func.count(), func.coalesce(func.sum(SegmentRow.bytes), 0)).where(*_wanted(move))
    files, size = (await session.execute(statement)).one()
    return int(files), int(size)


async def following(
    session: AsyncSession, move: MoveRow, after: tuple[int, UUID] | None, limit: int
) -> Sequence[Segment]:
    """The next segments to move, oldest first, of which no copy is being made."""
    claimed = select(MoveCopyRow.segment_id).where(MoveCopyRow.segment_id == SegmentRow.id).exists()
    statement = select(*repository.COLUMNS).where(*_wanted(move), ~claimed)
    if after is not None:
        start_ms, key = after
        later = and_(SegmentRow.start_ms == start_ms, SegmentRow.id > key)
        statement = statement.where(or_(SegmentRow.start_ms > start_ms, later))
    rows = await session.execute(statement.order_by(SegmentRow.start_ms, SegmentRow.id).limit(limit))
    return [Segment(*row) for row in rows]


async def taken(session: AsyncSession, volume_id: int, path: str, start_ms: int) -> bool:
    """Whether a path on a volume belongs to a segment, to garbage or to another copy."""
    segment = select(SegmentRow.id).where(
        SegmentRow.volume_id == volume_id,
        SegmentRow.path == path,
        # The path says the second of the start; without this the whole volume would be searched.
        SegmentRow.start_ms.between(start_ms - 1000, start_ms + 1000),
    )
    garbage = select(GarbageRow.id).where(GarbageRow.volume_id == volume_id, GarbageRow.path == path)
    copy = select(MoveCopyRow.segment_id).where(MoveCopyRow.volume_id == volume_id, MoveCopyRow.path == path)
    found = [await session.scalar(statement.limit(1)) for statement in (segment, garbage, copy)]
    return any(one is not None for one in found)


async def is_copy(session: AsyncSession, volume_id: int, path: str) -> bool:
    """Whether a file is a copy that is being made."""
    copy = select(MoveCopyRow.segment_id).where(MoveCopyRow.volume_id == volume_id, MoveCopyRow.path == path)
    return await session.scalar(copy.limit(1)) is not None


async def touch(session: AsyncSession, segment_id: UUID, path: str, at_ms: int) -> bool:
    """Says that a copy is still being made; false when another process took it for left behind."""
    statement = (
        update(MoveCopyRow)
        .where(MoveCopyRow.segment_id == segment_id, MoveCopyRow.path == path)
        .values(touched_ms=at_ms)
        .returning(MoveCopyRow.segment_id)
    )
    return (await session.execute(statement)).first() is not None


async def release(session: AsyncSession, segment_id: UUID, path: str) -> bool:
    """Ends a claim; false when it was not there any more."""
    statement = delete(MoveCopyRow).where(MoveCopyRow.segment_id == segment_id, MoveCopyRow.path == path)
    return (await session.execute(statement.returning(MoveCopyRow.segment_id))).first() is not None


async def stale(session: AsyncSession, before_ms: int) -> Sequence[MoveCopyRow]:
    """Copies that nobody touched since then."""
    return list(await session.scalars(select(MoveCopyRow).where(MoveCopyRow.touched_ms < before_ms)))


async def live(session: AsyncSession, move_id: UUID) -> bool:
    """Whether somebody makes a copy for this move."""
    statement = select(MoveCopyRow.segment_id).where(MoveCopyRow.move_id == move_id).limit(1)
    return await session.scalar(statement) is not None


async def throw_away(
    session: AsyncSession, volume_id: int, path: str, start_ms: int, size: int, reason: str, now_ms: int
) -> None:
    """A file that must go: `recordings.garbage` deletes it."""
    row = {
        "volume_id": volume_id,
        "path": path,
        "start_ms": start_ms,
        "bytes": size,
        "reason": reason,
        "created_ms": now_ms,
    }
    await session.execute(insert(GarbageRow).values(row))


async def moves(session: AsyncSession, limit: int) -> Sequence[MoveRow]:
    """The newest first."""
    return list(await session.scalars(select(MoveRow).order_by(MoveRow.id.desc()).limit(limit)))


async def unfinished(session: AsyncSession) -> Sequence[MoveRow]:
    """The oldest first."""
    return list(await session.scalars(select(MoveRow).where(MoveRow.state.in_(UNFINISHED)).order_by(MoveRow.id)))


async def get(session: AsyncSession, move_id: UUID, *, lock: bool = False) -> MoveRow | None:
    """One move."""
    return await session.get(MoveRow, move_id, with_for_update=lock or None)


async def count_failed(session: AsyncSession, move_id: UUID) -> None:
    """One file more that could not be moved."""
    await session.execute(update(MoveRow).where(MoveRow.id == move_id).values(files_failed=MoveRow.files_failed + 1))


async def count_done(session: AsyncSession, move_id: UUID, size: int) -> None:
    """One file more that is moved."""
    done = {"files_done": MoveRow.files_done + 1, "bytes_done": MoveRow.bytes_done + size}
    await session.execute(update(MoveRow).where(MoveRow.id == move_id).values(done))


async def set_detail(session: AsyncSession, move_id: UUID, detail: str) -> None:
    """What a move waits for, or complains of."""
    await session.execute(update(MoveRow).where(MoveRow.id == move_id, MoveRow.detail != detail).values(detail=detail))


async def prune(session: AsyncSession, before_ms: int) -> None:
    """Forgets moves that ended long ago."""
    await session.execute(delete(MoveRow).where(MoveRow.ended_ms < before_ms))
