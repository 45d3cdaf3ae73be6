"""Deleting footage. The row goes and a garbage row comes in one transaction, which judges holds in the very statement
that deletes; `recordings.garbage` unlinks the file afterwards. Whenever the process dies, either the segment is whole
or its garbage row says what is left to do.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.db.dialect import LOCK_HOLDS, serialise
from vedette.recordings import deletion_gaps, repository
from vedette.recordings.coverage import Span
from vedette.recordings.ledger import Counts, UsageChange
from vedette.recordings.model import Gap, GapCause, Segment, SegmentState
from vedette.recordings.tables import GarbageRow, SegmentRow

# Rows per transaction: another process waits for SQLite's write lock no longer than these take (some milliseconds).
BATCH = 500


@dataclass(frozen=True, slots=True)
class Discarded:
    """What left the index. What was asked for and is missing here was held, open, or gone already."""

    segments: Sequence[Segment]

    @property
    def bytes(self) -> int:
        """What unlinking the files will free."""
        return sum(segment.bytes for segment in self.segments)


async def discard(
    session: AsyncSession, segment_ids: Collection[UUID], cause: GapCause, detail: str, now_ms: int
) -> Discarded:
    """Deletes those of at most `BATCH` segments that are neither open nor held.

    `cause` is one of the two deletions, `detail` says why in words. The gaps that remain are recorded, usage follows.
    """
    assert len(segment_ids) <= BATCH
    await session.run_sync(lambda sync: serialise(sync.connection(), LOCK_HOLDS))
    statement = (
        delete(SegmentRow)
        .where(SegmentRow.id.in_(segment_ids), SegmentRow.state != SegmentState.OPEN, ~repository.held(now_ms))
        .returning(*repository.COLUMNS)
    )
    gone = sorted((Segment(*row) for row in await session.execute(statement)), key=lambda row: row.start_ms)
    if not gone:
        return Discarded(())
    garbage = [
        {
            "volume_id": row.volume_id,
            "path": row.path,
            "start_ms": row.start_ms,
            "bytes": row.bytes,
            "reason": cause,
            "created_ms": now_ms,
        }
        for row in gone
    ]
    await session.execute(insert(GarbageRow), garbage)
    usage = UsageChange()
    by_stream: dict[int, list[Span]] = {}
    for row in gone:
        counts = Counts(-row.bytes, -1, row.start_ms - row.end_ms)
        usage.add(row.volume_id, row.stream_id, row.start_ms, counts)
        by_stream.setdefault(row.stream_id, []).append((row.start_ms, row.end_ms))
    await usage.apply(session)
    await deletion_gaps.record(session, dict(sorted(by_stream.items())), Gap(0, 0, cause, detail), now_ms)
    return Discarded(gone)
