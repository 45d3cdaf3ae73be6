"""The rules of walls: whose they are, who may look at them, and what each may see in them.

A wall gives nobody a camera: whoever looks at it sees the tiles whose cameras they may see anyway, the others are empty
for them and not named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.http.access import refused
from vedette.http.etags import check_version
from vedette.identity.changes import may_see, unknown_ids
from vedette.identity.grants import roles_held
from vedette.identity.names import fold
from vedette.walls import repository
from vedette.walls.repository import Named, StoredWall, Tile, Zone
from vedette.walls.schemas import WallCreate, WallPatch, WallTile
from vedette.walls.tables import WallRow

MOST_OF_A_USER = 100
_PLAIN = ("layout", "source", "zone_id", "sequence", "sequence_seconds")


@dataclass(frozen=True, slots=True)
class SeenWall:
    """A wall as one caller may see it."""

    stored: StoredWall
    own: bool
    tiles: tuple[Tile, ...]
    hidden: int
    zone: Zone | None
    roles: tuple[Named, ...]


class WallService:
    """Each change is one transaction with its entry in the audit log. Callers have an account."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def page(self, caller: Principal, limit: int, after: UUID | None) -> tuple[list[SeenWall], UUID | None]:
        """At most `limit` of the caller's walls and those that they may look at, the oldest first, and the key after
        which the next page begins."""
        now_ms = self._clock.now_ms()
        async with self._database.read() as session:
            user_id = _account(caller)
            roles = await roles_held(session, user_id, now_ms)
            manages = caller.may(Permission.USER_MANAGE, None, now_ms)
            found = await repository.page(session, user_id, roles, manages, limit + 1, after)
        walls = [_seen(one, caller, now_ms) for one in found[:limit]]
        return walls, found[limit - 1].row.id if len(found) > limit else None

    async def get(self, wall_id: UUID, caller: Principal) -> SeenWall:
        """Raises VedetteError `wall.not_found`, also for one that is not shared with the caller."""
        now_ms = self._clock.now_ms()
        async with self._database.read() as session:
            return _seen(await self._visible(session, wall_id, caller, now_ms), caller, now_ms)

    async def zones(self, caller: Principal) -> list[Zone]:
        """Zones by name that hold a camera which the caller may see, with those cameras."""
        now_ms = self._clock.now_ms()
        async with self._database.read() as session:
            found = await repository.zones(session)
        return [seen for zone in found if (seen := _seen_zone(zone, caller, now_ms)) is not None]

    async def roles(self) -> list[Named]:
        """Those that a wall can be shared with."""
        async with self._database.read() as session:
            return await repository.roles(session)

    async def create(self, given: WallCreate, caller: Principal) -> SeenWall:
        """Raises VedetteError `wall.name_taken`, `wall.too_many`, `wall.zone_needed`, `zone.not_found`,
        `camera.not_found`, `role.not_found`, `auth.forbidden`."""
        now_ms = self._clock.now_ms()
        user_id = _account(caller)
        async with self._database.write() as session:
            await repository.lock_owner(session, user_id)
            if await repository.count(session, user_id) >= MOST_OF_A_USER:
                raise VedetteError(
                    ErrorKind.CONFLICT,
                    "wall.too_many",
                    f"A person has at most {MOST_OF_A_USER} walls. Delete those that are not used.",
                )
            await _check_name(session, user_id, given.name, None)
            await _check_zone(session, given.source, given.zone_id, True, caller, now_ms)
            row = WallRow(
                id=uuid7(now_ms),
                owner_id=user_id,
                name=given.name,
                name_key=fold(given.name),
                **{name: getattr(given, name) for name in _PLAIN},
                created_ms=now_ms,
                updated_ms=now_ms,
                version=1,
            )
            session.add(row)
            await session.flush()
            await repository.set_tiles(session, row.id, await _tiles(session, given.tiles, (), caller, now_ms))
            await _share(session, row.id, (), given.shared_with, caller, now_ms)
            made = await _existing(session, row.id)
            await record(session, now_ms, caller, _entry("wall.create", made, None, _told(made)))
        return _seen(made, caller, now_ms)

    async def update(
        self, wall_id: UUID, patch: WallPatch, expected: frozenset[int] | None, caller: Principal
    ) -> SeenWall:
        """One's own. Raises what `create` does, `wall.not_found`, `wall.not_yours`, `request.precondition`."""
        now_ms = self._clock.now_ms()
        given = patch.model_fields_set
        async with self._database.write() as session:
            await repository.lock_owner(session, _account(caller))
            before = await self._visible(session, wall_id, caller, now_ms, lock=True)
            row = before.row
            if row.owner_id != caller.user_id:
                raise VedetteError(
                    ErrorKind.FORBIDDEN,
                    "wall.not_yours",
                    f"The wall {row.name} belongs to {before.owner}. Save a copy of it to change that.",
                )
            check_version(expected, row.version, f"The wall {row.name}")
            told = _told(before)
            if patch.name is not None:
                await _check_name(session, row.owner_id, patch.name, wall_id)
                row.name, row.name_key = patch.name, fold(patch.name)
            changes = {name: getattr(patch, name) for name in _PLAIN if name in given}
            if given & {"source", "zone_id"}:
                after = {"source": row.source, "zone_id": row.zone_id} | changes
                await _check_zone(session, after["source"], after["zone_id"], "zone_id" in given, caller, now_ms)
            for name, value in changes.items():
                setattr(row, name, value)
            if patch.tiles is not None:
                tiles = await _tiles(session, patch.tiles, before.tiles, caller, now_ms)
                await repository.set_tiles(session, wall_id, tiles)
            if patch.shared_with is not None:
                await _share(session, wall_id, before.roles, patch.shared_with, caller, now_ms)
            row.updated_ms = now_ms
            row.version += 1
            await session.flush()
            changed = await _existing(session, wall_id)
            await record(session, now_ms, caller, _entry("wall.edit", changed, told, _told(changed)))
        return _seen(changed, caller, now_ms)

    async def delete(self, wall_id: UUID, expected: frozenset[int] | None, caller: Principal) -> None:
        """One's own, or a shared one for who manages users. Raises VedetteError `wall.not_found`, `wall.not_yours`,
        `request.precondition`."""
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            stored = await self._visible(session, wall_id, caller, now_ms, lock=True)
            if stored.row.owner_id != caller.user_id and not caller.may(Permission.USER_MANAGE, None, now_ms):
                raise VedetteError(
                    ErrorKind.FORBIDDEN,
                    "wall.not_yours",
                    f"The wall {stored.row.name} belongs to {stored.owner}: only they delete it.",
                )
            check_version(expected, stored.row.version, f"The wall {stored.row.name}")
            told = _told(stored)
            await session.delete(stored.row)
            await record(session, now_ms, caller, _entry("wall.delete", stored, told, None))

    async def _visible(
        self, session: AsyncSession, wall_id: UUID, caller: Principal, now_ms: int, *, lock: bool = False
    ) -> StoredWall:
        stored = await repository.by_id(session, wall_id, lock=lock)
        if stored is not None and stored.row.owner_id == caller.user_id:
            return stored
        roles = await roles_held(session, _account(caller), now_ms)
        manages = caller.may(Permission.USER_MANAGE, None, now_ms)
        if stored is None or not await repository.is_shared(session, wall_id, roles, manages):
            raise not_found("wall.not_found", f"There is no wall {wall_id}.")
        return stored


def _account(caller: Principal) -> UUID:
    if caller.user_id is None:
        raise refused(caller, None)
    return caller.user_id


async def _existing(session: AsyncSession, wall_id: UUID) -> StoredWall:
    stored = await repository.by_id(session, wall_id)
    assert stored is not None
    return stored


def _seen(stored: StoredWall, caller: Principal, now_ms: int) -> SeenWall:
    own = stored.row.owner_id == caller.user_id
    tiles = tuple(tile for tile in stored.tiles if may_see(caller, tile.camera_id, now_ms))
    zone = _seen_zone(stored.zone, caller, now_ms) if stored.zone is not None else None
    told = own or caller.may(Permission.USER_MANAGE, None, now_ms)
    return SeenWall(stored, own, tiles, len(stored.tiles) - len(tiles), zone, stored.roles if told else ())


def _seen_zone(zone: Zone, caller: Principal, now_ms: int) -> Zone | None:
    """Who may see none of its cameras does not learn of it."""
    cameras = frozenset(one for one in zone.cameras if may_see(caller, one, now_ms))
    return Zone(zone.id, zone.name, cameras) if cameras else None


async def _check_name(session: AsyncSession, user_id: UUID, name: str, besides: UUID | None) -> None:
    taken = await repository.named(session, user_id, fold(name))
    if taken is not None and taken != besides:
        raise VedetteError(
            ErrorKind.CONFLICT, "wall.name_taken", f"Another of your walls is called {name}.", field="name"
        )


async def _check_zone(
    session: AsyncSession, source: str, zone_id: UUID | None, chosen: bool, caller: Principal, now_ms: int
) -> None:
    """`chosen`: the caller names the zone, and so has to see it."""
    if source == "zone" and zone_id is None:
        raise invalid("wall.zone_needed", "Say which zone the wall shows.", field="zone_id")
    if zone_id is None or not chosen:
        return
    found = await repository.zones(session, {zone_id})
    if not found or _seen_zone(found[0], caller, now_ms) is None:
        raise unknown_ids("zone", [zone_id], "zone_id")


async def _tiles(
    session: AsyncSession, given: list[WallTile], before: Iterable[Tile], caller: Principal, now_ms: int
) -> list[Tile]:
    """What is to be stored: the given ones, and those of before that the caller could not see and puts nothing upon."""
    wanted = {tile.camera_id for tile in given}
    present = await repository.present_cameras(session, wanted)
    missing = {one for one in wanted if one not in present or not may_see(caller, one, now_ms)}
    if missing:
        raise unknown_ids("camera", missing, "tiles")
    tiles = {tile.place: tile for tile in before if not may_see(caller, tile.camera_id, now_ms)}
    tiles.update({tile.place: Tile(tile.place, tile.camera_id, tile.stream) for tile in given})
    return list(tiles.values())


async def _share(
    session: AsyncSession,
    wall_id: UUID,
    before: Iterable[Named],
    given: Iterable[UUID],
    caller: Principal,
    now_ms: int,
) -> None:
    """Sharing with more takes the permission; with fewer, who lost it can do as well."""
    present, wanted = {role.id for role in before}, set(given)
    if present == wanted:
        return
    if not wanted <= present and not caller.may(Permission.WALL_SHARE, None, now_ms):
        raise refused(caller, Permission.WALL_SHARE)
    if missing := wanted - {role.id for role in await repository.roles(session)}:
        raise unknown_ids("role", missing, "shared_with")
    await repository.set_roles(session, wall_id, wanted)


def _told(stored: StoredWall) -> dict[str, Any]:
    """For the audit log."""
    row = stored.row
    return {
        "name": row.name,
        **{name: getattr(row, name) for name in _PLAIN if name != "zone_id"},
        "zone_id": str(row.zone_id) if row.zone_id is not None else None,
        "tiles": [{"place": tile.place, "camera": str(tile.camera_id), "stream": tile.stream} for tile in stored.tiles],
        "shared_with": [role.name for role in stored.roles],
    }


def _entry(action: str, wall: StoredWall, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Entry:
    return Entry(
        action,
        object_kind="wall",
        object_id=str(wall.row.id),
        object_name=wall.row.name,
        before=before,
        after=after,
    )
