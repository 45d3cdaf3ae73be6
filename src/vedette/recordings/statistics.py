"""Storage statistics: exact, from the usage rows, without a sum over segments. What is oldest and newest comes from the
ends of the index, one step per stream."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import StreamRow
from vedette.recordings.model import Usage
from vedette.recordings.tables import SegmentRow, UsageRow


@dataclass(frozen=True, slots=True)
class Statistics:
    """What all footage takes, and each camera's and volume's share; those without any are left out."""

    total: Usage
    cameras: Mapping[UUID, Usage]
    volumes: Mapping[int, Usage]


async def measure(session: AsyncSession) -> Statistics:
    """The statistics of this moment."""
    columns = (func.sum(UsageRow.bytes), func.sum(UsageRow.files), func.sum(UsageRow.duration_ms))
    statement = select(UsageRow.volume_id, StreamRow.camera_id, *columns).join(
        StreamRow, StreamRow.id == UsageRow.stream_id
    )
    total = Usage()
    cameras: dict[UUID, Usage] = {}
    volumes: dict[int, Usage] = {}
    for volume_id, camera_id, size, files, duration in await session.execute(
        statement.group_by(UsageRow.volume_id, StreamRow.camera_id)
    ):
        share = Usage(int(size), int(files), int(duration))
        total = _plus(total, share)
        cameras[camera_id] = _plus(cameras.get(camera_id, Usage()), share)
        volumes[volume_id] = _plus(volumes.get(volume_id, Usage()), share)
    for camera_id, bounds in await _camera_bounds(session):
        if camera_id in cameras:
            cameras[camera_id] = _within(cameras[camera_id], *bounds)
            total = _within(total, *bounds)
    for volume_id, usage in volumes.items():
        volumes[volume_id] = _within(usage, *await _volume_bounds(session, volume_id))
    return Statistics(total, cameras, volumes)


Bounds = tuple[int | None, int | None]


async def _camera_bounds(session: AsyncSession) -> list[tuple[UUID, Bounds]]:
    of_stream = select(SegmentRow.start_ms).where(SegmentRow.stream_id == StreamRow.id).correlate(StreamRow)
    oldest = of_stream.order_by(SegmentRow.start_ms).limit(1).scalar_subquery()
    newest = (
        select(SegmentRow.end_ms)
        .where(SegmentRow.stream_id == StreamRow.id)
        .correlate(StreamRow)
        .order_by(SegmentRow.start_ms.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = await session.execute(select(StreamRow.camera_id, oldest, newest))
    return [(camera_id, (first, last)) for camera_id, first, last in rows]


async def _volume_bounds(session: AsyncSession, volume_id: int) -> Bounds:
    of_volume = SegmentRow.volume_id == volume_id
    oldest = select(SegmentRow.start_ms).where(of_volume).order_by(SegmentRow.start_ms).limit(1)
    newest = select(SegmentRow.end_ms).where(of_volume).order_by(SegmentRow.start_ms.desc()).limit(1)
    return await session.scalar(oldest), await session.scalar(newest)


def _plus(a: Usage, b: Usage) -> Usage:
    return Usage(a.bytes + b.bytes, a.files + b.files, a.duration_ms + b.duration_ms, a.oldest_ms, a.newest_ms)


def _within(usage: Usage, oldest_ms: int | None, newest_ms: int | None) -> Usage:
    if oldest_ms is None or newest_ms is None:
        return usage
    return replace(
        usage,
        oldest_ms=oldest_ms if usage.oldest_ms is None else min(usage.oldest_ms, oldest_ms),
        newest_ms=newest_ms if usage.newest_ms is None else max(usage.newest_ms, newest_ms),
    )
