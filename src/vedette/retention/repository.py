"""All SQL of retention."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import CameraRow, StreamRow
from vedette.events import outbox
from vedette.recordings import repository as recordings
from vedette.recordings.model import SegmentState
from vedette.recordings.tables import SegmentRow, UsageRow
from vedette.retention.planner import CameraPolicy, Candidate, Demand, Shortfall
from vedette.retention.tables import ShortfallRow
from vedette.storage.tables import VolumeRow


async def camera_policies(session: AsyncSession) -> list[CameraPolicy]:
    """The limits of every camera that has any, deleted ones included."""
    rows = await session.execute(
        select(
            CameraRow.id, CameraRow.keep_days, CameraRow.keep_bytes, CameraRow.deleted_ms, CameraRow.discard_footage
        ).order_by(CameraRow.id)
    )
    policies = [
        CameraPolicy(camera_id, keep_days, keep_bytes, deleted_ms is not None and discard)
        for camera_id, keep_days, keep_bytes, deleted_ms, discard in rows
    ]
    return [policy for policy in policies if policy.discard or policy.keep_days or policy.keep_bytes]


async def names(session: AsyncSession, camera_ids: Collection[UUID]) -> dict[UUID, str]:
    """What cameras are called, deleted ones included."""
    rows = await session.execute(select(CameraRow.id, CameraRow.name).where(CameraRow.id.in_(camera_ids)))
    return dict(rows.all())


async def usage(session: AsyncSession) -> dict[tuple[int, UUID], int]:
    """Bytes per volume and camera."""
    statement = (
        select(UsageRow.volume_id, StreamRow.camera_id, func.sum(UsageRow.bytes))
        .join(StreamRow, StreamRow.id == UsageRow.stream_id)
        .group_by(UsageRow.volume_id, StreamRow.camera_id)
    )
    return {(volume_id, camera_id): int(size) for volume_id, camera_id, size in await session.execute(statement)}


async def candidates(session: AsyncSession, demand: Demand, now_ms: int, limit: int) -> list[Candidate]:
    """The oldest segments that a demand may take: closed, not held, of its camera or volume."""
    if demand.volume_id is not None:
        return await _oldest(session, demand, now_ms, limit, volume_id=demand.volume_id)
    streams = await session.scalars(select(StreamRow.id).where(StreamRow.camera_id == demand.camera_id))
    found: list[Candidate] = []
    for stream_id in streams.all():
        # Each stream by its own index; one query over both would sort all of their rows.
        found += await _oldest(session, demand, now_ms, limit, stream_id=stream_id)
    found.sort(key=lambda candidate: candidate.start_ms)
    return found[:limit]


async def _oldest(session: AsyncSession, demand: Demand, now_ms: int, limit: int, **where: int) -> list[Candidate]:
    statement = (
        select(SegmentRow.id, StreamRow.camera_id, SegmentRow.start_ms, SegmentRow.end_ms, SegmentRow.bytes)
        .join(StreamRow, StreamRow.id == SegmentRow.stream_id)
        .where(SegmentRow.state != SegmentState.OPEN, ~recordings.held(now_ms))
        .order_by(SegmentRow.start_ms)
        .limit(limit)
    )
    for name, value in where.items():
        statement = statement.where(getattr(SegmentRow, name) == value)
    if demand.before_ms is not None:
        statement = statement.where(SegmentRow.start_ms < demand.before_ms, SegmentRow.end_ms <= demand.before_ms)
    return [Candidate(*row) for row in await session.execute(statement)]


async def oldest_ms(session: AsyncSession, camera_ids: Collection[UUID]) -> dict[UUID, int]:
    """Where the footage of each camera begins; cameras without any are left out."""
    streams = await recordings.streams(session, camera_ids=camera_ids)
    found: dict[UUID, int] = {}
    for stream_id, (start_ms, _) in (await recordings.bounds(session, list(streams))).items():
        camera_id = streams[stream_id][0]
        found[camera_id] = min(found.get(camera_id, start_ms), start_ms)
    return found


async def shortfalls(session: AsyncSession) -> list[ShortfallRow]:
    """The promises that can't be kept now."""
    return list(await session.scalars(select(ShortfallRow).order_by(ShortfallRow.since_ms, ShortfallRow.key)))


async def warnings(session: AsyncSession) -> list[str]:
    """The promises that can't be kept now, each as a sentence that names its camera or volume."""
    name = func.coalesce(CameraRow.name, VolumeRow.name)
    statement = (
        select(name, ShortfallRow.detail)
        .outerjoin(CameraRow, CameraRow.id == ShortfallRow.camera_id)
        .outerjoin(VolumeRow, VolumeRow.id == ShortfallRow.volume_id)
        .order_by(ShortfallRow.since_ms, ShortfallRow.key)
    )
    return [f"{subject}: {detail}" for subject, detail in await session.execute(statement)]


async def replace_shortfalls(
    session: AsyncSession, present: Iterable[Shortfall], scope: Collection[str] | None, now_ms: int
) -> list[Shortfall]:
    """Makes the rows what is `present`, and tells what came and what went. Returns what came.

    With a `scope`, only rows with those keys are removed: a sweep of one volume knows nothing of the others.
    """
    wanted = {shortfall.key: shortfall for shortfall in present}
    known = {row.key: row for row in await shortfalls(session)}
    for key, row in known.items():
        if key not in wanted and (scope is None or key in scope):
            await session.execute(delete(ShortfallRow).where(ShortfallRow.key == key))
            _tell(session, Shortfall(key, row.detail, row.camera_id, row.volume_id), now_ms, lasts=False)
        elif key in wanted:
            row.detail = wanted[key].detail
    new = [shortfall for key, shortfall in wanted.items() if key not in known]
    for shortfall in new:
        session.add(
            ShortfallRow(
                key=shortfall.key,
                camera_id=shortfall.camera_id,
                volume_id=shortfall.volume_id,
                detail=shortfall.detail,
                since_ms=now_ms,
            )
        )
        _tell(session, shortfall, now_ms, lasts=True)
    return new


def _tell(session: AsyncSession, shortfall: Shortfall, now_ms: int, *, lasts: bool) -> None:
    payload = {
        "kind": "shortfall",
        "key": shortfall.key,
        "lasts": lasts,
        "detail": shortfall.detail,
        "camera_id": str(shortfall.camera_id) if shortfall.camera_id else None,
        "volume_id": shortfall.volume_id,
    }
    outbox.emit(session, now_ms, "storage", payload)
