"""All SQL about walls."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import CameraRow
from vedette.identity.tables import RoleRow, UserRow, ZoneCameraRow, ZoneRow
from vedette.walls.tables import WallRoleRow, WallRow, WallTileRow


@dataclass(frozen=True, slots=True)
class Tile:
    """A camera at a place."""

    place: int
    camera_id: UUID
    stream: str


@dataclass(frozen=True, slots=True)
class Named:
    """A role or a zone, for people."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone with its present cameras."""

    id: UUID
    name: str
    cameras: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class StoredWall:
    """A wall with all that belongs to it, whoever looks. `tiles` by place, without removed cameras."""

    row: WallRow
    owner: str
    tiles: tuple[Tile, ...]
    roles: tuple[Named, ...]
    zone: Zone | None


async def by_id(session: AsyncSession, wall_id: UUID, *, lock: bool = False) -> StoredWall | None:
    """The wall with this id."""
    row = await session.get(WallRow, wall_id, with_for_update=lock)
    return None if row is None else (await _described(session, [row]))[0]


async def page(
    session: AsyncSession, user_id: UUID, role_ids: Collection[UUID], every: bool, limit: int, after: UUID | None
) -> list[StoredWall]:
    """At most `limit` walls of a person and of those shared with the roles (`every`: with any), the oldest first, after
    the one with this id."""
    statement = select(WallRow).where(or_(WallRow.owner_id == user_id, _shared(role_ids, every)))
    if after is not None:
        statement = statement.where(WallRow.id > after)
    return await _described(session, list(await session.scalars(statement.order_by(WallRow.id).limit(limit))))


async def is_shared(session: AsyncSession, wall_id: UUID, role_ids: Collection[UUID], every: bool) -> bool:
    """Whether a wall is shared with one of the roles (`every`: with any)."""
    found = select(WallRow.id).where(WallRow.id == wall_id, _shared(role_ids, every))
    return await session.scalar(found) is not None


def _shared(role_ids: Collection[UUID], every: bool) -> ColumnElement[bool]:
    shared = select(WallRoleRow.wall_id)
    return WallRow.id.in_(shared if every else shared.where(WallRoleRow.role_id.in_(role_ids)))


async def lock_owner(session: AsyncSession, user_id: UUID) -> None:
    """Changes of one person's walls wait for each other: names and their number are then true until the commit."""
    await session.execute(select(UserRow.id).where(UserRow.id == user_id).with_for_update())


async def count(session: AsyncSession, user_id: UUID) -> int:
    """How many walls a person has."""
    return await session.scalar(select(func.count(WallRow.id)).where(WallRow.owner_id == user_id)) or 0


async def named(session: AsyncSession, user_id: UUID, name_key: str) -> UUID | None:
    """The wall of a person that has this folded name."""
    found = select(WallRow.id).where(WallRow.owner_id == user_id, WallRow.name_key == name_key)
    return await session.scalar(found)


async def set_tiles(session: AsyncSession, wall_id: UUID, tiles: Iterable[Tile]) -> None:
    """Instead of those that it has."""
    await session.execute(delete(WallTileRow).where(WallTileRow.wall_id == wall_id))
    session.add_all(
        WallTileRow(wall_id=wall_id, place=tile.place, camera_id=tile.camera_id, stream=tile.stream) for tile in tiles
    )
    await session.flush()


async def set_roles(session: AsyncSession, wall_id: UUID, role_ids: Iterable[UUID]) -> None:
    """Instead of those that it is shared with."""
    await session.execute(delete(WallRoleRow).where(WallRoleRow.wall_id == wall_id))
    session.add_all(WallRoleRow(wall_id=wall_id, role_id=role_id) for role_id in role_ids)
    await session.flush()


async def roles(session: AsyncSession) -> list[Named]:
    """Every role, built-in ones first, then by name."""
    found = await session.execute(select(RoleRow.id, RoleRow.name).order_by(RoleRow.built_in.desc(), RoleRow.name))
    return [Named(row.id, row.name) for row in found]


async def present_cameras(session: AsyncSession, camera_ids: Collection[UUID]) -> set[UUID]:
    """Those that are cameras and were not removed."""
    found = select(CameraRow.id).where(CameraRow.id.in_(camera_ids), CameraRow.deleted_ms.is_(None))
    return set(await session.scalars(found))


async def zones(session: AsyncSession, zone_ids: Collection[UUID] | None = None) -> list[Zone]:
    """Every zone or those with these ids, by name, with their present cameras."""
    statement = select(ZoneRow.id, ZoneRow.name).order_by(ZoneRow.name)
    inside = (
        select(ZoneCameraRow.zone_id, ZoneCameraRow.camera_id)
        .join(CameraRow, CameraRow.id == ZoneCameraRow.camera_id)
        .where(CameraRow.deleted_ms.is_(None))
    )
    if zone_ids is not None:
        statement = statement.where(ZoneRow.id.in_(zone_ids))
        inside = inside.where(ZoneCameraRow.zone_id.in_(zone_ids))
    named = list(await session.execute(statement))
    cameras: dict[UUID, set[UUID]] = {row.id: set() for row in named}
    for zone_id, camera_id in await session.execute(inside):
        cameras.setdefault(zone_id, set()).add(camera_id)
    return [Zone(row.id, row.name, frozenset(cameras[row.id])) for row in named]


async def _described(session: AsyncSession, rows: list[WallRow]) -> list[StoredWall]:
    ids = [row.id for row in rows]
    owners = select(UserRow.id, UserRow.username).where(UserRow.id.in_({row.owner_id for row in rows}))
    names = {row.id: row.username for row in await session.execute(owners)}
    tiles: dict[UUID, list[Tile]] = {wall_id: [] for wall_id in ids}
    placed = (
        select(WallTileRow.wall_id, WallTileRow.place, WallTileRow.camera_id, WallTileRow.stream)
        .join(CameraRow, CameraRow.id == WallTileRow.camera_id)
        .where(WallTileRow.wall_id.in_(ids), CameraRow.deleted_ms.is_(None))
        .order_by(WallTileRow.place)
    )
    for wall_id, place, camera_id, stream in await session.execute(placed):
        tiles[wall_id].append(Tile(place, camera_id, stream))
    shared: dict[UUID, list[Named]] = {wall_id: [] for wall_id in ids}
    with_names = (
        select(WallRoleRow.wall_id, RoleRow.id, RoleRow.name)
        .join(RoleRow, RoleRow.id == WallRoleRow.role_id)
        .where(WallRoleRow.wall_id.in_(ids))
        .order_by(RoleRow.name)
    )
    for wall_id, role_id, name in await session.execute(with_names):
        shared[wall_id].append(Named(role_id, name))
    found = {zone.id: zone for zone in await zones(session, {row.zone_id for row in rows if row.zone_id is not None})}
    return [
        StoredWall(
            row,
            names[row.owner_id],
            tuple(tiles[row.id]),
            tuple(shared[row.id]),
            found.get(row.zone_id) if row.zone_id is not None else None,
        )
        for row in rows
    ]
