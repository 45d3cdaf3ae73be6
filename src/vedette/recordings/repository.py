"""Queries of the segment index. What changes it is in `recordings.ledger`.

Every range query bounds both sides of `start_ms` (no segment is longer than `MAX_SEGMENT_MS`): 36 times faster at ten
million rows than `start < b AND end > a`. Spans are half open, `[start_ms, end_ms)`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.slug import is_slug
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.recordings.model import Gap, GapCause, HealthSample, Segment
from vedette.recordings.tables import (
    IS_OPEN,
    MAX_SEGMENT_MS,
    GapRow,
    HealthRow,
    HoldRow,
    InitRow,
    RunRow,
    SegmentIndexRow,
    SegmentRow,
)
from vedette.storage.tables import VolumeRow

# Queries read columns instead of mapped objects: a third of the time for a day of rows.
COLUMNS = tuple(getattr(SegmentRow, field.name) for field in fields(Segment))
# What rounding to milliseconds may put between two files of one run.
_ROUNDING_MS = 5
_FOREVER_MS = 1 << 62
# A gap and footage touch where they are no further apart: the seam between two runs is told to the second.
TOUCHING_MS = 2000


def _segment(row: Iterable[Any]) -> Segment:
    return Segment(*row)


def overlaps(start_ms: int, end_ms: int) -> ColumnElement[bool]:
    """The condition for segments that have footage in `[start_ms, end_ms)`."""
    return and_(
        SegmentRow.start_ms > start_ms - MAX_SEGMENT_MS, SegmentRow.start_ms < end_ms, SegmentRow.end_ms > start_ms
    )


async def get(session: AsyncSession, segment_id: UUID) -> Segment | None:
    """One segment."""
    row = (await session.execute(select(*COLUMNS).where(SegmentRow.id == segment_id))).first()
    return _segment(row) if row else None


async def overlapping(session: AsyncSession, stream_id: int, start_ms: int, end_ms: int) -> list[Segment]:
    """The segments of a stream with footage in `[start_ms, end_ms)`, oldest first."""
    statement = (
        select(*COLUMNS)
        .where(SegmentRow.stream_id == stream_id, overlaps(start_ms, end_ms))
        .order_by(SegmentRow.start_ms)
    )
    return [_segment(row) for row in await session.execute(statement)]


async def groups(session: AsyncSession, segment_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """The packed groups of pictures (`recordings.packing`) of those segments that have them."""
    statement = select(SegmentIndexRow.segment_id, SegmentIndexRow.groups).where(
        SegmentIndexRow.segment_id.in_(segment_ids)
    )
    return {row.segment_id: row.groups for row in await session.execute(statement)}


async def at(session: AsyncSession, stream_id: int, at_ms: int) -> Segment | None:
    """The segment that shows `at_ms`; where two overlap, the one that began later."""
    statement = (
        select(*COLUMNS)
        .where(SegmentRow.stream_id == stream_id, overlaps(at_ms, at_ms + 1))
        .order_by(SegmentRow.start_ms.desc())
        .limit(1)
    )
    row = (await session.execute(statement)).first()
    return _segment(row) if row else None


async def newest(session: AsyncSession, stream_id: int) -> Segment | None:
    """The segment that began last."""
    return await neighbour(session, stream_id, _FOREVER_MS, later=False)


async def neighbour(session: AsyncSession, stream_id: int, at_ms: int, *, later: bool) -> Segment | None:
    """The first segment that begins at or after `at_ms`, or with `later=False` the last that begins before it."""
    statement = select(*COLUMNS).where(SegmentRow.stream_id == stream_id).limit(1)
    if later:
        statement = statement.where(SegmentRow.start_ms >= at_ms).order_by(SegmentRow.start_ms)
    else:
        statement = statement.where(SegmentRow.start_ms < at_ms).order_by(SegmentRow.start_ms.desc())
    row = (await session.execute(statement)).first()
    return _segment(row) if row else None


async def spans(
    session: AsyncSession, stream_ids: Sequence[int], start_ms: int, end_ms: int
) -> dict[int, list[tuple[int, int]]]:
    """The recorded spans of each stream that reach into `[start_ms, end_ms)`, not cut to it, in order of their starts.

    Segments that touch or overlap are joined by the database already: a month of files comes back as the few spans
    between its gaps, which is what a timeline and a calendar want. Only the index is read.
    """
    inside = and_(SegmentRow.stream_id.in_(stream_ids), overlaps(start_ms, end_ms))
    before = func.max(SegmentRow.end_ms).over(
        partition_by=SegmentRow.stream_id, order_by=SegmentRow.start_ms, rows=(None, -1)
    )
    inner = select(SegmentRow.stream_id, SegmentRow.start_ms, before.label("before_ms")).where(inside).subquery()
    row = inner.c
    # Where a span begins; the latest end before it is where the span before it ends.
    begins = (
        select(row.stream_id, row.start_ms, row.before_ms)
        .where(or_(row.before_ms.is_(None), row.before_ms < row.start_ms - _ROUNDING_MS))
        .order_by(row.stream_id, row.start_ms)
    )
    ends = select(SegmentRow.stream_id, func.max(SegmentRow.end_ms)).where(inside).group_by(SegmentRow.stream_id)
    result: dict[int, list[tuple[int, int]]] = {stream_id: [] for stream_id in stream_ids}
    begun: dict[int, int] = {}
    for stream_id, at_ms, before_ms in await session.execute(begins):
        if stream_id in begun:
            result[stream_id].append((begun[stream_id], before_ms))
        begun[stream_id] = at_ms
    for stream_id, last_ms in await session.execute(ends):
        result[stream_id].append((begun[stream_id], last_ms))
    return result


async def gaps(session: AsyncSession, stream_ids: Sequence[int], start_ms: int, end_ms: int) -> dict[int, list[Gap]]:
    """The gaps of each stream that reach into `[start_ms, end_ms)`, not cut to it, in order of their starts."""
    columns = (GapRow.stream_id, GapRow.start_ms, GapRow.end_ms, GapRow.cause, GapRow.detail)
    of_streams = and_(GapRow.stream_id.in_(stream_ids), GapRow.start_ms < end_ms)
    ended = select(*columns).where(of_streams, GapRow.end_ms > start_ms)
    lasting = select(*columns).where(of_streams, GapRow.end_ms.is_(None))
    found: dict[int, list[Gap]] = {stream_id: [] for stream_id in stream_ids}
    for stream_id, gap_start, gap_end, cause, detail in await session.execute(ended.union_all(lasting)):
        found[stream_id].append(Gap(gap_start, gap_end, GapCause(cause), detail))
    for of_stream in found.values():
        of_stream.sort(key=lambda gap: gap.start_ms)
    return found


async def cameras_by_word(session: AsyncSession, words: Collection[str]) -> dict[str, UUID]:
    """The cameras with these ids or slugs, deleted ones included; words that mean none are left out."""
    ids = {word: found for word in words if (found := _uuid(word)) is not None}
    slugs = [word for word in words if word not in ids and is_slug(word)]
    statement = select(CameraRow.id, CameraRow.slug).where(
        or_(CameraRow.id.in_(set(ids.values())), CameraRow.slug.in_(slugs))
    )
    rows = list(await session.execute(statement))
    known = {row.id for row in rows}
    by_slug = {row.slug: row.id for row in rows}
    return {
        **{word: by_slug[word] for word in slugs if word in by_slug},
        **{word: camera_id for word, camera_id in ids.items() if camera_id in known},
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


async def cameras_created(session: AsyncSession, camera_ids: Collection[UUID]) -> dict[UUID, int]:
    """When each of the cameras was made, deleted ones included; those that never were are left out."""
    statement = select(CameraRow.id, CameraRow.created_ms).where(CameraRow.id.in_(camera_ids))
    return {row.id: row.created_ms for row in await session.execute(statement)}


async def cameras_removed(session: AsyncSession, camera_ids: Collection[UUID]) -> dict[UUID, int]:
    """When those of the cameras that were deleted were."""
    statement = select(CameraRow.id, CameraRow.deleted_ms).where(
        CameraRow.id.in_(camera_ids), CameraRow.deleted_ms.is_not(None)
    )
    return {row.id: row.deleted_ms for row in await session.execute(statement)}


async def streams(
    session: AsyncSession,
    *,
    camera_ids: Collection[UUID] | None = None,
    kind: str | None = None,
    keys: Collection[int] | None = None,
) -> dict[int, tuple[UUID, str]]:
    """Camera and kind of the streams that match, removed ones included."""
    statement = select(StreamRow.id, StreamRow.camera_id, StreamRow.kind)
    if camera_ids is not None:
        statement = statement.where(StreamRow.camera_id.in_(camera_ids))
    if kind is not None:
        statement = statement.where(StreamRow.kind == kind)
    if keys is not None:
        statement = statement.where(StreamRow.id.in_(keys))
    return {row.id: (row.camera_id, row.kind) for row in await session.execute(statement)}


@dataclass(frozen=True, slots=True)
class StreamPlace:
    """A stream and the name of its camera's directory."""

    id: int
    camera_id: UUID
    kind: str
    slug: str


async def stream_places(session: AsyncSession, stream_ids: Collection[int]) -> list[StreamPlace]:
    """Where the footage of those streams is on a volume."""
    statement = (
        select(StreamRow.id, StreamRow.camera_id, StreamRow.kind, CameraRow.slug)
        .join(CameraRow, CameraRow.id == StreamRow.camera_id)
        .where(StreamRow.id.in_(stream_ids))
        .order_by(StreamRow.id)
    )
    return [StreamPlace(*row) for row in await session.execute(statement)]


async def paths_since(session: AsyncSession, camera_id: UUID, start_ms: int) -> set[tuple[int, str]]:
    """Volume and path of a camera's files that began at or after `start_ms`."""
    statement = (
        select(SegmentRow.volume_id, SegmentRow.path)
        .join(StreamRow, StreamRow.id == SegmentRow.stream_id)
        .where(StreamRow.camera_id == camera_id, SegmentRow.start_ms >= start_ms)
    )
    return {(row.volume_id, row.path) for row in await session.execute(statement)}


async def slugs(session: AsyncSession) -> set[str]:
    """The slugs of all cameras, deleted ones included."""
    return set(await session.scalars(select(CameraRow.slug)))


async def gap_lasts(session: AsyncSession, stream_id: int) -> bool:
    """Whether a gap of the stream has no end yet."""
    statement = select(GapRow.id).where(GapRow.stream_id == stream_id, GapRow.end_ms.is_(None))
    return await session.scalar(statement) is not None


async def accounted_until(session: AsyncSession, stream_id: int) -> int | None:
    """The end of the newest footage or ended gap; None where there is neither."""
    last = await newest(session, stream_id)
    gap_ms = await session.scalar(select(func.max(GapRow.end_ms)).where(GapRow.stream_id == stream_id))
    ends = [end for end in (last.end_ms if last else None, gap_ms) if end is not None]
    return max(ends, default=None)


async def unended_runs(session: AsyncSession, stream_id: int) -> dict[UUID, int]:
    """Runs without an end, each with the end of its footage so far (its start without any)."""
    footage = (
        select(func.max(SegmentRow.end_ms))
        .where(
            SegmentRow.stream_id == RunRow.stream_id,
            SegmentRow.start_ms >= RunRow.start_ms,
            SegmentRow.run_id == RunRow.id,
        )
        .correlate(RunRow)
        .scalar_subquery()
    )
    statement = select(RunRow.id, RunRow.start_ms, footage).where(RunRow.stream_id == stream_id)
    rows = await session.execute(statement.where(RunRow.end_ms.is_(None)))
    return {run_id: max(start_ms, end_ms or start_ms) for run_id, start_ms, end_ms in rows}


@dataclass(frozen=True, slots=True)
class Located:
    """Where the file of a segment is, and whose footage it is. `path` is relative to the volume's `location`."""

    path: str
    state: str
    start_ms: int
    bytes: int
    location: str
    volume_id: int
    volume_kind: str
    volume_name: str
    volume_state: str
    camera_slug: str
    camera_id: UUID
    camera_name: str
    stream: str


async def located(session: AsyncSession, segment_id: UUID) -> Located | None:
    """Where the file of one segment is."""
    statement = (
        select(
            SegmentRow.path,
            SegmentRow.state,
            SegmentRow.start_ms,
            SegmentRow.bytes,
            VolumeRow.location,
            VolumeRow.id,
            VolumeRow.kind,
            VolumeRow.name,
            VolumeRow.state,
            CameraRow.slug,
            CameraRow.id,
            CameraRow.name,
            StreamRow.kind,
        )
        .join(VolumeRow, SegmentRow.volume_id == VolumeRow.id)
        .join(StreamRow, SegmentRow.stream_id == StreamRow.id)
        .join(CameraRow, StreamRow.camera_id == CameraRow.id)
        .where(SegmentRow.id == segment_id)
    )
    row = (await session.execute(statement)).first()
    return Located(*list(row)) if row else None


async def camera_of(session: AsyncSession, segment_id: UUID) -> UUID | None:
    """The camera whose footage a segment is."""
    statement = select(StreamRow.camera_id).join(SegmentRow, SegmentRow.stream_id == StreamRow.id)
    return await session.scalar(statement.where(SegmentRow.id == segment_id))


async def open_segments(session: AsyncSession, stream_ids: Collection[int] | None = None) -> list[Segment]:
    """The segments that are being written, or were when their recorder died."""
    statement = select(*COLUMNS).where(IS_OPEN).order_by(SegmentRow.stream_id, SegmentRow.start_ms)
    if stream_ids is not None:
        statement = statement.where(SegmentRow.stream_id.in_(stream_ids))
    return [_segment(row) for row in await session.execute(statement)]


async def bounds(session: AsyncSession, stream_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Where the footage of each stream begins and ends; streams without any are left out."""
    found = {}
    for stream_id in stream_ids:
        of_stream = SegmentRow.stream_id == stream_id
        # Two walks to an end of the index; min() and max() in one SELECT would read all of it on SQLite.
        oldest = select(SegmentRow.start_ms).where(of_stream).order_by(SegmentRow.start_ms).limit(1)
        newest = select(SegmentRow.end_ms).where(of_stream).order_by(SegmentRow.start_ms.desc()).limit(1)
        row = (await session.execute(select(oldest.scalar_subquery(), newest.scalar_subquery()))).one()
        if row[0] is not None:
            found[stream_id] = (row[0], row[1])
    return found


async def init(session: AsyncSession, digest: str) -> InitRow | None:
    """The init with this hash."""
    return await session.scalar(select(InitRow).where(InitRow.digest == digest))


async def inits(session: AsyncSession, init_ids: Collection[int]) -> dict[int, InitRow]:
    """Inits by their keys."""
    rows = await session.scalars(select(InitRow).where(InitRow.id.in_(init_ids)))
    return {row.id: row for row in rows}


async def run(session: AsyncSession, run_id: UUID) -> RunRow | None:
    """One run."""
    return await session.get(RunRow, run_id)


async def health(session: AsyncSession, stream_id: int, since_minute: int, until_minute: int) -> list[HealthSample]:
    """The minutes of a stream in `[since, until)`, oldest first."""
    columns = tuple(getattr(HealthRow, field.name) for field in fields(HealthSample))
    statement = (
        select(*columns)
        .where(HealthRow.stream_id == stream_id, HealthRow.minute >= since_minute, HealthRow.minute < until_minute)
        .order_by(HealthRow.minute)
    )
    return [HealthSample(*row) for row in await session.execute(statement)]


def held(now_ms: int) -> ColumnElement[bool]:
    """The condition for segments that a hold keeps at `now_ms`. In a DELETE it is judged in the same statement."""
    return (
        select(HoldRow.id)
        .join(StreamRow, StreamRow.camera_id == HoldRow.camera_id)
        .where(
            StreamRow.id == SegmentRow.stream_id,
            HoldRow.start_ms < SegmentRow.end_ms,
            HoldRow.end_ms > SegmentRow.start_ms,
            or_(HoldRow.expires_ms.is_(None), HoldRow.expires_ms > now_ms),
        )
        .correlate(SegmentRow)
        .exists()
    )


async def held_among(session: AsyncSession, segment_ids: Collection[UUID], now_ms: int) -> set[UUID]:
    """Those of the segments that a hold keeps."""
    statement = select(SegmentRow.id).where(SegmentRow.id.in_(segment_ids), held(now_ms))
    return set(await session.scalars(statement))


def gap_before() -> ColumnElement[bool]:
    """Gaps that end where the segment begins."""
    near = SegmentRow.start_ms
    return and_(GapRow.end_ms >= near - TOUCHING_MS, GapRow.end_ms <= near + TOUCHING_MS)


def gap_after() -> ColumnElement[bool]:
    """Gaps that begin where the segment ends."""
    near = SegmentRow.end_ms
    return and_(GapRow.start_ms >= near - TOUCHING_MS, GapRow.start_ms <= near + TOUCHING_MS)


async def causes_at(session: AsyncSession, segment_ids: Collection[UUID]) -> dict[UUID, tuple[str | None, str | None]]:
    """The causes of the gaps before and after each of some segments; those that touch none are left out."""
    found: dict[UUID, tuple[str | None, str | None]] = {}
    for number, touching in enumerate((gap_before(), gap_after())):
        statement = (
            select(SegmentRow.id, GapRow.cause)
            .join(GapRow, and_(GapRow.stream_id == SegmentRow.stream_id, touching))
            .where(SegmentRow.id.in_(segment_ids))
        )
        for segment_id, cause in await session.execute(statement):
            known = found.get(segment_id, (None, None))
            found[segment_id] = (cause, known[1]) if number == 0 else (known[0], cause)
    return found
