"""The gaps that deletions leave, as few rows as can be.

What retention deletes it deletes from the old end, so its gap grows: it reaches from its last end over everything in
which no footage is left, and swallows the gaps in there. Without that, a camera that reconnects all day would leave
rows for ever; beyond the horizon of retention the cause "deleted" is what counts. What a person deletes only joins what
is near.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.recordings import ledger, repository
from vedette.recordings.coverage import Span
from vedette.recordings.model import Gap, GapCause
from vedette.recordings.tables import GapRow

# Deletions that are this close are one gap.
NEAR_MS = 2000
# Ids per statement: PostgreSQL and SQLite take some 32 000 parameters.
_IDS = 5000


async def record(session: AsyncSession, deleted: Mapping[int, Sequence[Span]], gap: Gap, now_ms: int) -> None:
    """Writes gaps with the cause and detail of `gap` over what was deleted of each stream (spans in order).

    A few statements, however many streams: the write lock is held meanwhile.
    """
    bridging = gap.cause is GapCause.DELETED_BY_RETENTION
    known = await _same_cause(session, deleted, gap.cause)
    pieces = {stream_id: sorted([*known[stream_id].values(), *spans]) for stream_id, spans in deleted.items()}
    left: Mapping[int, Sequence[Span]] = {}
    if bridging:
        left = await repository.spans(session, list(deleted), *_extent(pieces.values()))
    grown: dict[int, list[Span]] = {}
    for stream_id, of_stream in pieces.items():
        merged = merge(of_stream, left.get(stream_id, ()) if bridging else None)
        before = set(known[stream_id].values())
        if new := [span for span in merged if span not in before and span[1] > span[0]]:
            grown[stream_id] = new
    if not grown:
        return
    obsolete = [
        key for stream_id, spans in grown.items() for key, span in known[stream_id].items() if _within(span, spans)
    ]
    if bridging:
        obsolete += await _swallowed(session, grown)
    for start in range(0, len(obsolete), _IDS):
        await session.execute(delete(GapRow).where(GapRow.id.in_(obsolete[start : start + _IDS])))
    rows = [
        (stream_id, replace(gap, start_ms=start_ms, end_ms=end_ms))
        for stream_id, spans in grown.items()
        for start_ms, end_ms in spans
    ]
    await ledger.add_ended_gaps(session, rows, now_ms)


async def _same_cause(
    session: AsyncSession, stream_ids: Collection[int], cause: GapCause
) -> dict[int, dict[int, Span]]:
    """The ended gaps of this cause, by stream and key. Each is joined with its neighbours, so these are few."""
    found: dict[int, dict[int, Span]] = {stream_id: {} for stream_id in stream_ids}
    statement = select(GapRow.stream_id, GapRow.id, GapRow.start_ms, GapRow.end_ms).where(
        GapRow.stream_id.in_(stream_ids), GapRow.cause == cause, GapRow.end_ms.is_not(None)
    )
    for stream_id, key, start_ms, end_ms in await session.execute(statement):
        found[stream_id][key] = (start_ms, end_ms or start_ms)
    return found


async def _swallowed(session: AsyncSession, grown: Mapping[int, Sequence[Span]]) -> list[int]:
    """The gaps of any cause that lie within the new ones."""
    from_ms, upto_ms = _extent(grown.values())
    statement = select(GapRow.stream_id, GapRow.id, GapRow.start_ms, GapRow.end_ms).where(
        GapRow.stream_id.in_(grown), GapRow.end_ms > from_ms, GapRow.end_ms <= upto_ms
    )
    rows = await session.execute(statement)
    return [key for stream_id, key, start_ms, end_ms in rows if _within((start_ms, end_ms or 0), grown[stream_id])]


def _extent(spans: Iterable[Sequence[Span]]) -> Span:
    every = [span for of_stream in spans for span in of_stream]
    return min(start_ms for start_ms, _ in every), max(end_ms for _, end_ms in every)


def merge(pieces: Iterable[Span], left: Sequence[Span] | None) -> list[Span]:
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


def _within(span: Span, others: Sequence[Span]) -> bool:
    return any(start_ms <= span[0] and span[1] <= end_ms for start_ms, end_ms in others)
