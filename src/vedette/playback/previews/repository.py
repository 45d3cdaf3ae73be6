"""The queries of previews."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.recordings.tables import MAX_SEGMENT_MS, SegmentRow

_AT_ONCE = 500


class Piece(NamedTuple):
    """A closed segment."""

    segment_id: UUID
    start_ms: int
    end_ms: int


async def closed(session: AsyncSession, stream_id: int, start_ms: int, end_ms: int, most: int) -> list[Piece]:
    """At most `most` closed segments of a stream with footage in `[start_ms, end_ms)`, oldest first."""
    statement = (
        select(SegmentRow.id, SegmentRow.start_ms, SegmentRow.end_ms)
        .where(
            SegmentRow.stream_id == stream_id,
            SegmentRow.start_ms > start_ms - MAX_SEGMENT_MS,
            SegmentRow.start_ms < end_ms,
            SegmentRow.end_ms > start_ms,
            SegmentRow.state == "closed",
        )
        .order_by(SegmentRow.start_ms)
        .limit(most)
    )
    return [Piece(*row) for row in await session.execute(statement)]


async def being_written(session: AsyncSession, stream_id: int, end_ms: int) -> UUID | None:
    """The open segment of a stream, if it began before an instant."""
    statement = select(SegmentRow.id).where(
        SegmentRow.stream_id == stream_id, SegmentRow.start_ms < end_ms, SegmentRow.state == "open"
    )
    return await session.scalar(statement.order_by(SegmentRow.start_ms.desc()).limit(1))


async def existing(session: AsyncSession, segment_ids: Collection[UUID]) -> set[UUID]:
    """Those of them that are there."""
    wanted = list(segment_ids)
    found: set[UUID] = set()
    for first in range(0, len(wanted), _AT_ONCE):
        among = SegmentRow.id.in_(wanted[first : first + _AT_ONCE])
        found.update(await session.scalars(select(SegmentRow.id).where(among)))
    return found
