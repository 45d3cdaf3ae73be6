"""The queries of playback. Spans are half open, `[start_ms, end_ms)`."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import StreamRow
from vedette.recordings.tables import MAX_SEGMENT_MS, InitRow, SegmentIndexRow, SegmentRow
from vedette.storage.tables import VolumeRow


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A segment's row with what is needed to play it. `groups` are packed, None where there are none yet; `location` is
    its volume's directory. `timescale` is that of the video track, of the audio track where there is no video."""

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
    groups: bytes | None


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
    SegmentIndexRow.groups,
)


def _files() -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(InitRow, SegmentRow.init_id == InitRow.id)
        .join(VolumeRow, SegmentRow.volume_id == VolumeRow.id)
        .outerjoin(SegmentIndexRow, SegmentIndexRow.segment_id == SegmentRow.id)
    )


def _stored(row: Row[*tuple[Any, ...]]) -> StoredFile:
    return StoredFile(*row)


async def overlapping(session: AsyncSession, stream_id: int, start_ms: int, end_ms: int) -> list[StoredFile]:
    """The files of a stream with footage in the span, oldest first.

    Open ones that began before its end are always among them: their rows are some seconds behind.
    """
    statement = (
        _files()
        .where(
            SegmentRow.stream_id == stream_id,
            SegmentRow.start_ms > start_ms - MAX_SEGMENT_MS,
            SegmentRow.start_ms < end_ms,
            or_(SegmentRow.end_ms > start_ms, SegmentRow.state == "open"),
        )
        .order_by(SegmentRow.start_ms)
    )
    return [_stored(row) for row in await session.execute(statement)]


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
