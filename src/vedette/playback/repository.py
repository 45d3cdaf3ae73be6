"""The queries of playback. Spans are half open, `[start_ms, end_ms)`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import StreamRow
from vedette.playback.variants import Recorded
from vedette.recordings.tables import MAX_SEGMENT_MS, InitRow, SegmentIndexRow, SegmentRow
from vedette.storage.tables import VolumeRow


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A segment's row with what is needed to play it. `groups` are packed, None where there are none yet or nobody
    asked for them, and `packed_bytes` is their length; `size` is that of the file in bytes, `location` its volume's
    directory. `timescale` is that of the video track, of the audio track where there is no video."""

    id: UUID
    run_id: UUID
    state: str
    start_ms: int
    end_ms: int
    start_ticks: int
    path: str
    init: str
    timescale: int
    location: str
    volume_name: str
    volume_state: str
    volume_kind: str
    size: int
    packed_bytes: int | None
    groups: bytes | None = None


_COLUMNS = (
    SegmentRow.id,
    SegmentRow.run_id,
    SegmentRow.state,
    SegmentRow.start_ms,
    SegmentRow.end_ms,
    SegmentRow.start_ticks,
    SegmentRow.path,
    InitRow.digest,
    func.coalesce(InitRow.video_timescale, InitRow.audio_rate),
    VolumeRow.location,
    VolumeRow.name,
    VolumeRow.state,
    VolumeRow.kind,
    SegmentRow.bytes,
    func.length(SegmentIndexRow.groups),
)
_AT_ONCE = 1_000


def _files(*, groups: bool = True) -> Select[*tuple[Any, ...]]:
    """`groups` are by far the most of it."""
    return (
        select(*_COLUMNS, *([SegmentIndexRow.groups] if groups else []))
        .join(InitRow, SegmentRow.init_id == InitRow.id)
        .join(VolumeRow, SegmentRow.volume_id == VolumeRow.id)
        .outerjoin(SegmentIndexRow, SegmentIndexRow.segment_id == SegmentRow.id)
    )


def _stored(row: Row[*tuple[Any, ...]]) -> StoredFile:
    return StoredFile(*row)


async def overlapping(
    session: AsyncSession, stream_id: int, start_ms: int, end_ms: int, *, groups: bool = True
) -> list[StoredFile]:
    """The files of a stream with footage in the span, oldest first; without their groups if wanted.

    Open ones that began before its end are always among them: their rows are some seconds behind.
    """
    statement = (
        _files(groups=groups)
        .where(
            SegmentRow.stream_id == stream_id,
            SegmentRow.start_ms > start_ms - MAX_SEGMENT_MS,
            SegmentRow.start_ms < end_ms,
            or_(SegmentRow.end_ms > start_ms, SegmentRow.state == "open"),
        )
        .order_by(SegmentRow.start_ms)
    )
    return [_stored(row) for row in await session.execute(statement)]


async def beside(session: AsyncSession, stream_id: int, start_ms: int, limit: int, *, later: bool) -> list[StoredFile]:
    """The files of a stream that begin after an instant (before it with `later=False`), nearest first, without their
    groups."""
    statement = _files(groups=False).where(SegmentRow.stream_id == stream_id).limit(limit)
    if later:
        statement = statement.where(SegmentRow.start_ms > start_ms).order_by(SegmentRow.start_ms)
    else:
        statement = statement.where(SegmentRow.start_ms < start_ms).order_by(SegmentRow.start_ms.desc())
    return [_stored(row) for row in await session.execute(statement)]


async def groups_of(session: AsyncSession, segment_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """The packed groups of files; of those that have none nothing."""
    found: dict[UUID, bytes] = {}
    for first in range(0, len(segment_ids), _AT_ONCE):
        some = segment_ids[first : first + _AT_ONCE]
        statement = select(SegmentIndexRow.segment_id, SegmentIndexRow.groups).where(
            SegmentIndexRow.segment_id.in_(some)
        )
        found.update({row.segment_id: row.groups for row in await session.execute(statement)})
    return found


async def recorded(session: AsyncSession, stream_ids: Collection[int], start_ms: int, end_ms: int) -> list[Recorded]:
    """What the files with footage in the span add up to, for each stream and init."""
    length_ms = SegmentRow.end_ms - SegmentRow.start_ms
    statement = (
        select(
            SegmentRow.stream_id,
            InitRow.codecs,
            InitRow.width,
            InitRow.height,
            InitRow.audio_codec,
            func.max(SegmentRow.bytes * 8000.0 / length_ms),
            func.sum(SegmentRow.bytes),
            func.sum(length_ms),
            func.sum(SegmentRow.frames),
        )
        .join(InitRow, SegmentRow.init_id == InitRow.id)
        .where(
            SegmentRow.stream_id.in_(stream_ids),
            SegmentRow.start_ms > start_ms - MAX_SEGMENT_MS,
            SegmentRow.start_ms < end_ms,
            or_(SegmentRow.end_ms > start_ms, SegmentRow.state == "open"),
            SegmentRow.end_ms > SegmentRow.start_ms,
        )
        .group_by(SegmentRow.stream_id, InitRow.id)
    )
    found = await session.execute(statement)
    return [
        Recorded(*row[:5], float(row[5]), int(row[6]), int(row[7]), int(row[8]))  # sums come as Decimal
        for row in found
    ]


async def file(session: AsyncSession, segment_id: UUID) -> tuple[int, StoredFile] | None:
    """One file, and the stream that it is of."""
    row = (await session.execute(_files().add_columns(SegmentRow.stream_id).where(SegmentRow.id == segment_id))).first()
    return None if row is None else (row[-1], StoredFile(*row[:-1]))


async def files(session: AsyncSession, segment_ids: Collection[UUID]) -> list[tuple[int, StoredFile]]:
    """Those of them that are there, each with the stream that it is of."""
    statement = _files().add_columns(SegmentRow.stream_id).where(SegmentRow.id.in_(segment_ids))
    return [(row[-1], StoredFile(*row[:-1])) for row in await session.execute(statement)]


async def init_data(session: AsyncSession, digest: str) -> bytes | None:
    """The init with this hash."""
    return await session.scalar(select(InitRow.data).where(InitRow.digest == digest))


async def uses_init(session: AsyncSession, camera_id: UUID, digest: str) -> bool:
    """Whether footage of the camera is decoded with this init. Walks its segments until one is."""
    statement = (
        select(SegmentRow.id)
        .join(InitRow, SegmentRow.init_id == InitRow.id)
        .join(StreamRow, SegmentRow.stream_id == StreamRow.id)
        .where(StreamRow.camera_id == camera_id, InitRow.digest == digest)
        .limit(1)
    )
    return (await session.execute(statement)).first() is not None
