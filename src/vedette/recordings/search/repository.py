"""The queries of the search: everything is decided by the database, rights included.

Of one page only the ranges that fill it are read (`pieces.batches`), through `ix_segment_timeline`, or
`ix_segment_start_ms` where all cameras are meant. Sums read that index alone unless holds or gaps are asked for.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    column,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    values,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from vedette.cameras.tables import StreamRow
from vedette.identity.tables import ZoneCameraRow
from vedette.recordings import repository
from vedette.recordings.coverage import Span
from vedette.recordings.model import GapCause, Segment
from vedette.recordings.search.pieces import Piece
from vedette.recordings.search.wanted import Cameras, Range, Wanted, WantedGaps
from vedette.recordings.tables import MAX_SEGMENT_MS, GapRow, HoldRow, SegmentRow

Key = tuple[int, UUID]
GapKey = tuple[int, int]


async def streams(session: AsyncSession, wanted: Cameras) -> list[int] | None:
    """The streams that are meant, removed ones included; None for every one there is."""
    if wanted == Cameras():
        return None
    statement = select(StreamRow.id)
    for cameras in (wanted.cameras, wanted.among):
        if cameras is not None:
            statement = statement.where(StreamRow.camera_id.in_(cameras))
    if wanted.zones is not None:
        inside = select(ZoneCameraRow.camera_id).where(ZoneCameraRow.zone_id.in_(wanted.zones))
        statement = statement.where(StreamRow.camera_id.in_(inside))
    if wanted.stream is not None:
        statement = statement.where(StreamRow.kind == wanted.stream)
    return list(await session.scalars(statement))


async def zones_with(session: AsyncSession, zone_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The cameras of those of the zones that have any."""
    found: dict[UUID, set[UUID]] = {}
    statement = select(ZoneCameraRow.zone_id, ZoneCameraRow.camera_id).where(ZoneCameraRow.zone_id.in_(zone_ids))
    for zone_id, camera_id in await session.execute(statement):
        found.setdefault(zone_id, set()).add(camera_id)
    return found


async def bounds(session: AsyncSession) -> Span | None:
    """Where the first and the last segment begin: two steps in an index."""
    first = select(SegmentRow.start_ms).order_by(SegmentRow.start_ms).limit(1).scalar_subquery()
    last = select(SegmentRow.start_ms).order_by(SegmentRow.start_ms.desc()).limit(1).scalar_subquery()
    row = (await session.execute(select(first, last))).one()
    return (row[0], row[1]) if row[0] is not None else None


async def page(
    session: AsyncSession,
    wanted: Wanted,
    stream_ids: Collection[int] | None,
    batch: Sequence[Piece],
    *,
    limit: int,
    before: Key | None,
    now_ms: int,
) -> list[Segment]:
    """At most `limit` segments of one batch, newest first, before the sort key `before` = (start_ms, id)."""
    statement = _in_pieces(select(*repository.COLUMNS), batch).where(*conditions(wanted, stream_ids, now_ms))
    if before is not None:
        key = tuple_(literal(before[0]), literal(before[1], SegmentRow.id.type))
        statement = statement.where(tuple_(SegmentRow.start_ms, SegmentRow.id) < key)
    statement = statement.order_by(SegmentRow.start_ms.desc(), SegmentRow.id.desc()).limit(limit)
    return [Segment(*row) for row in await session.execute(statement)]


@dataclass(frozen=True, slots=True)
class Sums:
    """Of all recordings that were found. `first_ms` and `last_ms` bound them, None without any."""

    count: int
    duration_ms: int
    bytes: int
    first_ms: int | None
    last_ms: int | None


async def sums(
    session: AsyncSession, wanted: Wanted, stream_ids: Collection[int] | None, found: Sequence[Piece], now_ms: int
) -> Sums:
    """Counted by the database."""
    columns = (
        func.count(),
        func.coalesce(func.sum(SegmentRow.end_ms - SegmentRow.start_ms), 0),
        func.coalesce(func.sum(SegmentRow.bytes), 0),
        func.min(SegmentRow.start_ms),
        func.max(SegmentRow.end_ms),
    )
    statement = _in_pieces(select(*columns), found).where(*conditions(wanted, stream_ids, now_ms))
    count, duration, size, first, last = (await session.execute(statement)).one()
    return Sums(count, int(duration), int(size), first, last)


def conditions(wanted: Wanted, stream_ids: Collection[int] | None, now_ms: int) -> list[ColumnElement[bool]]:
    """What of `wanted` is no range of time."""
    found: list[ColumnElement[bool]] = []
    if stream_ids is not None:
        found.append(SegmentRow.stream_id.in_(stream_ids))
    found += _limits(SegmentRow.end_ms - SegmentRow.start_ms, wanted.duration_ms)
    found += _limits(SegmentRow.bytes.expression, wanted.bytes)
    if wanted.held is not None:
        held = SegmentRow.id.in_(_held(now_ms))
        found.append(held if wanted.held else ~held)
    if wanted.causes:
        sides = repository.gap_before(), repository.gap_after()
        found.append(or_(*(_touched(side, wanted.causes) for side in sides)))
    return found


def _held(now_ms: int) -> Select[*tuple[Any, ...]]:
    """What holds keep. Read once from the few holds: asked of each row it takes seconds in a year. An outer join keeps
    planners from beginning with the segments, and what they can't see through keeps it one."""
    hold = (
        select(StreamRow.id.label("stream_id"), HoldRow.start_ms, HoldRow.end_ms)
        .join(StreamRow, StreamRow.camera_id == HoldRow.camera_id)
        .where(or_(HoldRow.expires_ms.is_(None), HoldRow.expires_ms > now_ms))
        .subquery()
    )
    segment = aliased(SegmentRow)
    inside = and_(
        segment.stream_id == hold.c.stream_id,
        segment.start_ms > hold.c.start_ms - MAX_SEGMENT_MS,
        segment.start_ms < hold.c.end_ms,
        segment.end_ms > hold.c.start_ms,
    )
    found = select(segment.id).select_from(hold).outerjoin(segment, inside)
    return found.where(func.coalesce(segment.id, null()).is_not(None))


def _in_pieces(statement: Select[*tuple[Any, ...]], found: Sequence[Piece]) -> Select[*tuple[Any, ...]]:
    if not found:
        return statement.select_from(SegmentRow).where(literal(False))
    whole = SegmentRow.start_ms >= found[0].from_ms, SegmentRow.start_ms < found[-1].to_ms
    if len(found) == 1:
        return statement.select_from(SegmentRow).where(*whole, SegmentRow.end_ms > found[0].after_ms)
    piece = _table("piece", ("from_ms", "to_ms", "after_ms"), [(one.from_ms, one.to_ms, one.after_ms) for one in found])
    inside = and_(
        SegmentRow.start_ms >= piece.c.from_ms,
        SegmentRow.start_ms < piece.c.to_ms,
        SegmentRow.end_ms > piece.c.after_ms,
    )
    return statement.select_from(piece).join(SegmentRow, inside)


def _table(name: str, columns: Sequence[str], rows: Sequence[tuple[int, ...]]) -> CTE:
    """Numbers as a table of the query. Both databases name the columns of a CTE; SQLite no others."""
    return values(*(column(one, BigInteger) for one in columns), name=name).data(list(rows)).cte(name)


def _limits(measure: ColumnElement[int], limits: Range) -> list[ColumnElement[bool]]:
    found = []
    if limits.least is not None:
        found.append(measure >= limits.least)
    if limits.most is not None:
        found.append(measure <= limits.most)
    return found


def _touched(touching: ColumnElement[bool], causes: Collection[GapCause]) -> ColumnElement[bool]:
    same = GapRow.stream_id == SegmentRow.stream_id
    return exists().where(same, touching, GapRow.cause.in_(causes)).correlate(SegmentRow)


@dataclass(frozen=True, slots=True)
class FoundGap:
    """A gap with whose it is. `end_ms` is None while it lasts."""

    id: int
    camera_id: UUID
    stream: str
    start_ms: int
    end_ms: int | None
    cause: str
    detail: str


@dataclass(frozen=True, slots=True)
class GapSums:
    """How many gaps a cause has, and how long they are together, each to its own end."""

    cause: str
    count: int
    duration_ms: int


async def gaps(
    session: AsyncSession,
    wanted: WantedGaps,
    spans: Sequence[Span] | None,
    *,
    limit: int,
    before: GapKey | None,
    now_ms: int,
) -> list[FoundGap]:
    """At most `limit` gaps, those that began last first, before the sort key `before` = (start_ms, id)."""
    columns = (GapRow.id, StreamRow.camera_id, StreamRow.kind)
    more = (GapRow.start_ms, GapRow.end_ms, GapRow.cause, GapRow.detail)
    statement = await _gaps(session, select(*columns, *more), wanted, spans, now_ms)
    if before is not None:
        key = tuple_(literal(before[0]), literal(before[1]))
        statement = statement.where(GapRow.start_ms <= before[0], tuple_(GapRow.start_ms, GapRow.id) < key)
    statement = statement.order_by(GapRow.start_ms.desc(), GapRow.id.desc()).limit(limit)
    return [FoundGap(*row) for row in await session.execute(statement)]


async def gap_sums(
    session: AsyncSession, wanted: WantedGaps, spans: Sequence[Span] | None, now_ms: int
) -> list[GapSums]:
    """By cause, the longest first."""
    length = func.sum(_end(now_ms) - GapRow.start_ms)
    statement = await _gaps(session, select(GapRow.cause, func.count(), length), wanted, spans, now_ms)
    rows = await session.execute(statement.group_by(GapRow.cause).order_by(length.desc(), GapRow.cause))
    return [GapSums(cause, count, int(duration)) for cause, count, duration in rows]


async def _gaps(
    session: AsyncSession,
    statement: Select[*tuple[Any, ...]],
    wanted: WantedGaps,
    spans: Sequence[Span] | None,
    now_ms: int,
) -> Select[*tuple[Any, ...]]:
    statement = statement.select_from(GapRow).join(StreamRow, StreamRow.id == GapRow.stream_id)
    # What lasts for nothing is no gap to anybody; neither is one that begins in a moment.
    statement = statement.where(_end(now_ms) > GapRow.start_ms)
    stream_ids = await streams(session, wanted.of)
    if stream_ids is not None:
        statement = statement.where(GapRow.stream_id.in_(stream_ids))
    if wanted.end_ms is not None:
        statement = statement.where(GapRow.start_ms < wanted.end_ms)
    if wanted.start_ms is not None:
        statement = statement.where(or_(GapRow.end_ms > wanted.start_ms, GapRow.end_ms.is_(None)))
    if spans is not None:
        span = _table("span", ("start_ms", "end_ms"), list(spans) or [(0, 0)])
        reached = exists().where(span.c.start_ms < _end(now_ms), span.c.end_ms > GapRow.start_ms)
        statement = statement.where(reached)
    statement = statement.where(*_limits(_end(now_ms) - GapRow.start_ms, wanted.duration_ms))
    if wanted.causes:
        statement = statement.where(GapRow.cause.in_(wanted.causes))
    return statement


def _end(now_ms: int) -> ColumnElement[int]:
    return case((GapRow.end_ms.is_(None), literal(now_ms)), else_=GapRow.end_ms)
