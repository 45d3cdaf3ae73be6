"""All SQL about volumes."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.storage.tables import BucketRow, VolumeKind, VolumeRow


async def every(session: AsyncSession) -> list[VolumeRow]:
    """All volumes, the oldest first."""
    return list(await session.scalars(select(VolumeRow).order_by(VolumeRow.id)))


async def get(session: AsyncSession, volume_id: int) -> VolumeRow | None:
    """One volume."""
    return await session.get(VolumeRow, volume_id)


async def at(session: AsyncSession, location: Path) -> VolumeRow | None:
    """The volume whose location this is."""
    return await session.scalar(select(VolumeRow).where(VolumeRow.location == str(location)))


async def marked(session: AsyncSession, marker: UUID) -> VolumeRow | None:
    """The volume with this marker."""
    return await session.scalar(select(VolumeRow).where(VolumeRow.marker == marker))


async def named(session: AsyncSession, name: str) -> VolumeRow | None:
    """The volume of this name; capital letters make no other name."""
    return await session.scalar(select(VolumeRow).where(func.lower(VolumeRow.name) == func.lower(name)).limit(1))


async def set_state(session: AsyncSession, volume_id: int, state: str, detail: str, at_ms: int) -> bool:
    """Changes the state if it is another; returns whether it was."""
    changed = await session.execute(
        update(VolumeRow)
        .where(VolumeRow.id == volume_id, VolumeRow.state != state)
        .values(state=state, state_detail=detail, state_since_ms=at_ms)
        .returning(VolumeRow.id)
    )
    return changed.first() is not None


async def count_directories(session: AsyncSession) -> int:
    """How many volumes recorders may write to."""
    counted = select(func.count()).select_from(VolumeRow).where(VolumeRow.kind == VolumeKind.DIRECTORY)
    return await session.scalar(counted) or 0


async def bucket(session: AsyncSession, volume_id: int) -> BucketRow | None:
    """Where a volume of the kind `s3` is."""
    return await session.get(BucketRow, volume_id)


async def buckets(session: AsyncSession) -> dict[int, BucketRow]:
    """Those of all, by volume."""
    return {row.volume_id: row for row in await session.scalars(select(BucketRow))}
