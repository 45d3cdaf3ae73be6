"""What a person was granted, in their own name and by their groups, as the policy wants it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import BUILT_IN, Permission
from vedette.access.policy import Grant, Hours
from vedette.core.logs import get_logger
from vedette.identity.hours import hours_of
from vedette.identity.tables import GrantRow, GroupMemberRow, RolePermissionRow, RoleRow, UserRow, ZoneCameraRow

log = get_logger("access")

_NOWHERE: dict[UUID, frozenset[UUID]] = {}
_KNOWN = frozenset(one.value for one in Permission)


@dataclass(frozen=True, slots=True)
class Account:
    """An enabled account. `name` is the user name: nobody else has it, and its owner can't change it."""

    user_id: UUID
    name: str
    grants: tuple[Grant, ...]


def of_user(user_id: UUID) -> ColumnElement[bool]:
    """The condition for grants that reach a person."""
    groups = select(GroupMemberRow.group_id).where(GroupMemberRow.user_id == user_id)
    return or_(GrantRow.user_id == user_id, GrantRow.group_id.in_(groups))


async def load(session: AsyncSession, user_id: UUID) -> Account | None:
    """The account with its grants, whether they are in force now or not; None when it is gone or disabled."""
    user = (
        await session.execute(select(UserRow.username).where(UserRow.id == user_id, UserRow.disabled_ms.is_(None)))
    ).first()
    if user is None:
        return None
    return Account(user_id, user.username, await grants_of(session, user_id))


async def grants_of(session: AsyncSession, user_id: UUID) -> tuple[Grant, ...]:
    """Every grant that reaches a person, whether it is in force now or not, and whether they are disabled or not."""
    statement = select(GrantRow, RoleRow.name, RoleRow.built_in).join(RoleRow, RoleRow.id == GrantRow.role_id)
    rows = list(await session.execute(statement.where(of_user(user_id))))
    custom = await permissions_of(session, {grant.role_id for grant, _, built_in in rows if not built_in})
    zones = await cameras_of(session, {grant.zone_id for grant, _, _ in rows if grant.zone_id is not None})
    found = []
    for grant, role, built_in in rows:
        permitted = BUILT_IN.get(role, frozenset()) if built_in else custom[grant.role_id]
        made = _grant(grant, permitted, zones)
        if made is not None:
            found.append(made)
    return tuple(found)


async def roles_held(session: AsyncSession, user_id: UUID, at_ms: int) -> frozenset[UUID]:
    """The roles that a person holds at an instant, anywhere."""
    rows = await session.scalars(select(GrantRow).where(of_user(user_id)))
    made = ((row.role_id, _grant(row, frozenset(), _NOWHERE)) for row in rows)
    return frozenset(role_id for role_id, grant in made if grant is not None and grant.in_force(at_ms))


async def permissions_of(session: AsyncSession, role_ids: set[UUID]) -> dict[UUID, frozenset[Permission]]:
    """What custom roles permit. Names that this version does not know (any more) permit nothing."""
    found: dict[UUID, set[Permission]] = {role_id: set() for role_id in role_ids}
    if role_ids:
        statement = select(RolePermissionRow.role_id, RolePermissionRow.permission)
        for role_id, name in await session.execute(statement.where(RolePermissionRow.role_id.in_(role_ids))):
            if name in _KNOWN:
                found[role_id].add(Permission(name))
    return {role_id: frozenset(permitted) for role_id, permitted in found.items()}


async def cameras_of(session: AsyncSession, zone_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The cameras of each of the zones; none for one that is not there."""
    found: dict[UUID, set[UUID]] = {zone_id: set() for zone_id in zone_ids}
    if zone_ids:
        statement = select(ZoneCameraRow.zone_id, ZoneCameraRow.camera_id)
        for zone_id, camera_id in await session.execute(statement.where(ZoneCameraRow.zone_id.in_(zone_ids))):
            found[zone_id].add(camera_id)
    return {zone_id: frozenset(cameras) for zone_id, cameras in found.items()}


def _grant(row: GrantRow, permitted: frozenset[Permission], zones: dict[UUID, frozenset[UUID]]) -> Grant | None:
    cameras = None
    if row.zone_id is not None:
        cameras = zones.get(row.zone_id, frozenset())
    elif row.camera_id is not None:
        cameras = frozenset({row.camera_id})
    hours: Hours | None = None
    if row.hours is not None:
        try:
            hours = hours_of(row.hours)
        except ValueError as error:
            log.warning("a grant's hours can't be read, so it grants nothing", grant=str(row.id), error=str(error))
            return None
    return Grant(permitted, cameras, row.from_ms, row.until_ms, hours)
