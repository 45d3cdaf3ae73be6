"""What identity knows of cameras: ids and slugs. The package that owns them is above this one."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import String, column, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.db.base import Id

_camera = table("camera", column("id", Id()), column("slug", String()))


async def find(session: AsyncSession, key: str) -> UUID | None:
    """The camera with this id or slug, removed ones included."""
    try:
        meant = _camera.c.id == UUID(key)
    except ValueError:
        if not key.isascii() or not key.isprintable():
            return None
        meant = _camera.c.slug == key
    return await session.scalar(select(_camera.c.id).where(meant))


async def slugs(session: AsyncSession) -> dict[UUID, str]:
    """Of all cameras, removed ones included."""
    found = await session.execute(select(_camera.c.id, _camera.c.slug))
    return {row.id: row.slug for row in found}


async def unknown(session: AsyncSession, camera_ids: Collection[UUID]) -> set[UUID]:
    """Those that are no cameras."""
    wanted = set(camera_ids)
    return wanted - set(await session.scalars(select(_camera.c.id).where(_camera.c.id.in_(wanted))))
