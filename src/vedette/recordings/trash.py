"""Deleting footage. The row goes and a garbage row comes in one transaction, which judges holds in the very statement
that deletes; `recordings.garbage` unlinks the file afterwards. Whenever the process dies, either the segment is whole
or its garbage row says what is left to do.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.db.dialect import LOCK_HOLDS, serialise
from vedette.recordings import ledger, repository
from vedette.recordings.coverage import Span
from vedette.recordings.ledger import Counts, UsageChange
from vedette.recordings.model import Gap, GapCause, Segment, SegmentState
from vedette.recordings.tables import GapRow, GarbageRow, SegmentRow

# Rows per transaction: another process waits for SQLite's write lock no longer than these take (some milliseconds).
BATCH = 500
# Deletions that are this close are one gap.
NEAR_MS = 2000


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
    for stream_id, spans in sorted(by_stream.items()):
        await record_deletion(session, stream_id, spans, Gap(0, 0, cause, detail), now_ms)
    return Discarded(gone)


async def record_deletion(session: AsyncSession, stream_id: int, spans: Sequence[Span], gap: Gap, now_ms: int) -> None:
    """Writes gaps of `gap.cause` over the deleted `spans`, as few as can be.

    What retention deletes it deletes from the old end, so its gap grows: it reaches from its last end over everything
    in which no footage is left, and swallows the gaps in there. Without that, a camera that reconnects all day would
    leave rows for ever; beyond the horizon of retention the cause "deleted" is what counts. What a person deletes only
    joins what is near.
    """
    bridging = gap.cause is GapCause.DELETED_BY_RETENTION
    known = await _same_cause(session, stream_id, gap.cause, spans[0][0])
    pieces = sorted([*((row.start_ms, row.end_ms or 0) for row in known), *spans])
    left = await repository.spans(session, [stream_id], pieces[0][0], max(map(itemgetter(1), pieces)))
    merged = _merge(pieces, left[stream_id] if bridging else None)
    old = {row.id: (row.start_ms, row.end_ms) for row in known}
    kept = {span for span in merged if span in old.values()}
    await session.execute(delete(GapRow).where(GapRow.id.in_([key for key, span in old.items() if span not in kept])))
    for start_ms, end_ms in merged:
        if (start_ms, end_ms) in kept or end_ms <= start_ms:
            continue
        if bridging:
            swallowed = [GapRow.start_ms >= start_ms, GapRow.end_ms <= end_ms, GapRow.end_ms > start_ms]
            await session.execute(delete(GapRow).where(GapRow.stream_id == stream_id, *swallowed))
        row = replace(gap, start_ms=start_ms, end_ms=end_ms)
        await ledger.add_ended_gap(session, stream_id, row, now_ms)


async def _same_cause(session: AsyncSession, stream_id: int, cause: GapCause, before_ms: int) -> list[GapRow]:
    """The ended gaps of this cause that new deletions from `before_ms` on may join: those that end later, and the last
    one that ends before."""
    of_cause = select(GapRow).where(GapRow.stream_id == stream_id, GapRow.cause == cause)
    after = await session.scalars(of_cause.where(GapRow.end_ms >= before_ms))
    last = await session.scalars(of_cause.where(GapRow.end_ms < before_ms).order_by(GapRow.end_ms.desc()).limit(1))
    return [*last, *after]


def _merge(pieces: Sequence[Span], left: Sequence[Span] | None) -> list[Span]:
    """Joins pieces, in order of their starts, that are near; with `left`, the spans that still have footage, also those
    with no footage between them."""
    merged: list[Span] = []
    for start_ms, end_ms in pieces:
        if merged and _joinable(merged[-1][1], start_ms, left):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end_ms))
        else:
            merged.append((start_ms, end_ms))
    return merged


def _joinable(end_ms: int, start_ms: int, left: Sequence[Span] | None) -> bool:
    if left is None:
        return start_ms - end_ms <= NEAR_MS
    return start_ms <= end_ms or not any(a < start_ms and b > end_ms for a, b in left)
