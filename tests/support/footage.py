"""Rows of cameras, streams, volumes and segments for tests that need an index but no files."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.media.units import AudioConfig, Codec, Init, KeyFrameEntry, SegmentIndex, Tracks, VideoConfig
from vedette.recordings import repository
from vedette.recordings.model import NewSegment, Segment
from vedette.recordings.tables import SegmentRow
from vedette.storage.tables import VolumeRow

TIMESCALE = 90_000
# 2023-11-14 22:13:20 UTC, where ManualClock begins.
T0 = 1_700_000_000_000
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

INIT = Init(
    data=b"ftyp+moov",
    digest="ab" * 32,
    codecs="avc1.640028,mp4a.40.2",
    tracks=Tracks(
        VideoConfig(Codec.H264, (b"\x67",), (b"\x68",), width=1920, height=1080),
        AudioConfig(Codec.AAC, 16_000, 1, b"\x14\x08"),
    ),
)


async def add_volume(database: Database, location: Path | str = "/nowhere/footage", name: str = "footage") -> int:
    """A volume row; no directory is made."""
    async with database.write() as session:
        row = VolumeRow(marker=uuid7(), name=name, location=str(location), state_since_ms=T0, created_ms=T0)
        session.add(row)
        await session.flush()
        return row.id


async def add_stream(
    database: Database, slug: str = "gate", kind: str = "main", camera_id: UUID | None = None, **camera: object
) -> int:
    """A stream, with a camera of its own unless one is named."""
    async with database.write() as session:
        if camera_id is None:
            camera_id = uuid7()
            session.add(CameraRow(id=camera_id, slug=slug, name=slug, created_ms=T0, updated_ms=T0, **camera))
            await session.flush()
        stream = StreamRow(camera_id=camera_id, kind=kind, url="rtsp://127.0.0.1/x")
        session.add(stream)
        await session.flush()
        return stream.id


async def camera_of(database: Database, stream_id: int) -> UUID:
    """The camera of a stream."""
    async with database.read() as session:
        return (await session.get_one(StreamRow, stream_id)).camera_id


def new_segment(
    stream_id: int, volume_id: int, start_ms: int, duration_ms: int = MINUTE, **changes: object
) -> NewSegment:
    """A segment with 1 byte per millisecond and 25 frames per second."""
    segment_id = uuid7()
    segment = NewSegment(
        id=segment_id,
        stream_id=stream_id,
        volume_id=volume_id,
        init=INIT,
        run_id=UUID(int=7),
        sequence=0,
        path=f"camera-{stream_id}/{start_ms}.mp4",
        start_ms=start_ms,
        end_ms=start_ms + duration_ms,
        start_ticks=0,
        duration_ticks=duration_ms * 90,
        bytes=duration_ms,
        frames=duration_ms // 40,
    )
    return replace(segment, **changes)  # type: ignore[arg-type]


def groups_of(segment: NewSegment, every_ms: int = 2000) -> SegmentIndex:
    """Groups of pictures that fill a segment."""
    index = SegmentIndex(TIMESCALE)
    duration_ms = segment.end_ms - segment.start_ms
    for at in range(0, duration_ms, every_ms):
        length = min(every_ms, duration_ms - at)
        index.groups.append(KeyFrameEntry(at, length, segment.start_ticks + at * 90, length * 90))
    return index


async def every_segment(session: AsyncSession) -> list[Segment]:
    """What the index has, newest first."""
    newest_first = select(*repository.COLUMNS).order_by(SegmentRow.start_ms.desc(), SegmentRow.id.desc())
    return [Segment(*row) for row in await session.execute(newest_first)]
