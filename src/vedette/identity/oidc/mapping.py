"""From groups at a provider to groups and roles here. What a provider gave it takes away again; what was given by hand
stays."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.core.errors import VedetteError
from vedette.core.ids import uuid7
from vedette.identity import admins
from vedette.identity.tables import GrantRow, GroupMemberRow, GroupRow, RoleRow, ZoneRow
from vedette.identity.tables_oidc import OidcMappingRow

Role = tuple[UUID, UUID | None]  # a role, and the zone it is limited to


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person is to have by a provider."""

    groups: frozenset[UUID]
    roles: frozenset[Role]


@dataclass(slots=True)
class Changed:
    """What a login changed, in words for the audit log."""

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: str = ""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.kept)


def wanted(mappings: Iterable[OidcMappingRow], values: Collection[str]) -> Wanted:
    """What these values of the groups claim mean. Pure."""
    meant = [one for one in mappings if one.value in values]
    return Wanted(
        frozenset(one.group_id for one in meant if one.group_id is not None),
        frozenset((one.role_id, one.zone_id) for one in meant if one.role_id is not None),
    )


async def of_provider(session: AsyncSession, provider_id: UUID) -> list[OidcMappingRow]:
    """All mappings of a provider, in the order in which they were made."""
    statement = select(OidcMappingRow).where(OidcMappingRow.provider_id == provider_id).order_by(OidcMappingRow.id)
    return list(await session.scalars(statement))


async def apply(session: AsyncSession, user_id: UUID, source: str, give: Wanted, now_ms: int) -> Changed:
    """Gives and takes away what has changed since the last login by `source` (the provider's slug).

    Nothing is taken away where that would leave nobody who may do everything.
    """
    changed = Changed()
    names = await _names(session)
    await _give(session, user_id, source, give, now_ms, changed, names)
    memberships = list(
        await session.scalars(
            select(GroupMemberRow.group_id).where(GroupMemberRow.user_id == user_id, GroupMemberRow.source == source)
        )
    )
    grants = list(await session.scalars(select(GrantRow).where(GrantRow.user_id == user_id, GrantRow.source == source)))
    left = [group for group in memberships if group not in give.groups]
    void = [row for row in grants if (row.role_id, row.zone_id) not in give.roles]
    if not left and not void:
        return changed
    removed = [_group(names, group) for group in left] + [_role(names, (row.role_id, row.zone_id)) for row in void]
    try:
        async with session.begin_nested(), admins.keep_one(session, now_ms):
            gone = delete(GroupMemberRow).where(
                GroupMemberRow.user_id == user_id, GroupMemberRow.source == source, GroupMemberRow.group_id.in_(left)
            )
            await session.execute(gone)
            await session.execute(delete(GrantRow).where(GrantRow.id.in_([row.id for row in void])))
    except VedetteError as error:
        if error.code != "user.last_admin":
            raise
        changed.kept = f"kept {', '.join(removed)}: nobody else may do everything"
        return changed
    changed.removed += removed
    return changed


async def drop(session: AsyncSession, source: str, user_id: UUID | None = None) -> None:
    """Takes away everything that `source` gave, to one person or to all. Around it: `admins.keep_one`."""
    for table in (GroupMemberRow, GrantRow):
        statement = delete(table).where(table.source == source)
        if user_id is not None:
            statement = statement.where(table.user_id == user_id)
        await session.execute(statement)


async def _give(
    session: AsyncSession, user_id: UUID, source: str, give: Wanted, now_ms: int, changed: Changed, names: "_Names"
) -> None:
    there = set(await session.scalars(select(GroupMemberRow.group_id).where(GroupMemberRow.user_id == user_id)))
    for group_id in sorted(give.groups - there):
        session.add(GroupMemberRow(group_id=group_id, user_id=user_id, source=source))
        changed.added.append(_group(names, group_id))
    rows = await session.execute(
        select(GrantRow.role_id, GrantRow.zone_id).where(GrantRow.user_id == user_id, GrantRow.source == source)
    )
    held = {(role_id, zone_id) for role_id, zone_id in rows}
    for role_id, zone_id in sorted(give.roles - held, key=str):
        made = GrantRow(
            id=uuid7(now_ms), user_id=user_id, role_id=role_id, zone_id=zone_id, source=source, created_ms=now_ms
        )
        session.add(made)
        changed.added.append(_role(names, (role_id, zone_id)))
    await session.flush()


_Names = dict[UUID, str]


async def _names(session: AsyncSession) -> _Names:
    found: _Names = {}
    for table in (GroupRow, RoleRow, ZoneRow):
        found |= dict((await session.execute(select(table.id, table.name))).all())
    return found


def _group(names: _Names, group_id: UUID) -> str:
    return f"group {names.get(group_id, group_id)}"


def _role(names: _Names, role: Role) -> str:
    role_id, zone_id = role
    return f"role {names.get(role_id, role_id)}" + (f" in zone {names.get(zone_id, zone_id)}" if zone_id else "")
