"""All SQL about users and the roles that they hold everywhere."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import BUILT_IN
from vedette.core.ids import uuid7
from vedette.identity import built_in
from vedette.identity.tables import GrantRow, GroupMemberRow, GroupRow, RecoveryCodeRow, RoleRow, UserRow


async def count(session: AsyncSession) -> int:
    """How many users there are, disabled ones too."""
    return await session.scalar(select(func.count()).select_from(UserRow)) or 0


async def by_id(session: AsyncSession, user_id: UUID, *, lock: bool = False) -> UserRow | None:
    """The user with this id. `lock` makes other editors wait for this one (PostgreSQL)."""
    statement = select(UserRow).where(UserRow.id == user_id)
    return await session.scalar(statement.with_for_update() if lock else statement)


async def by_name(session: AsyncSession, username: str, *, lock: bool = False) -> UserRow | None:
    """The user with this folded name."""
    statement = select(UserRow).where(UserRow.username == username)
    return await session.scalar(statement.with_for_update() if lock else statement)


async def page(session: AsyncSession, limit: int, after: str | None, query: str | None) -> list[UserRow]:
    """At most `limit` users by name, after the name `after`."""
    statement = select(UserRow).order_by(UserRow.username).limit(limit)
    if after is not None:
        statement = statement.where(UserRow.username > after)
    if query:
        columns = (UserRow.username, UserRow.display_name, UserRow.email)
        statement = statement.where(or_(*(column.icontains(query, autoescape=True) for column in columns)))
    return list(await session.scalars(statement))


Names = dict[UUID, list[str]]


async def roles_of(session: AsyncSession, user_ids: Sequence[UUID]) -> tuple[Names, Names]:
    """The names of the roles that each of the users was granted by name: for everything, and those that they have in
    zones or on cameras only."""
    statement = (
        select(GrantRow.user_id, RoleRow.name, GrantRow.zone_id.is_(None) & GrantRow.camera_id.is_(None))
        .join(RoleRow, RoleRow.id == GrantRow.role_id)
        .where(GrantRow.user_id.in_(user_ids))
        .order_by(RoleRow.name)
    )
    everywhere: Names = {}
    limited: Names = {}
    for user_id, name, for_all in await session.execute(statement):
        if user_id is not None:
            names = (everywhere if for_all else limited).setdefault(user_id, [])
            if name not in names:
                names.append(name)
    for user_id, names in limited.items():
        limited[user_id] = [name for name in names if name not in everywhere.get(user_id, [])]
    return everywhere, limited


async def groups_of(session: AsyncSession, user_ids: Sequence[UUID]) -> Names:
    """The names of the groups of each of the users."""
    statement = (
        select(GroupMemberRow.user_id, GroupRow.name)
        .join(GroupRow, GroupRow.id == GroupMemberRow.group_id)
        .where(GroupMemberRow.user_id.in_(user_ids))
        .order_by(GroupRow.name)
    )
    found: Names = {}
    for user_id, name in await session.execute(statement):
        found.setdefault(user_id, []).append(name)
    return found


async def role(session: AsyncSession, name: str, now_ms: int) -> RoleRow | None:
    """The role with this name; a built-in ones are made where they were never needed before."""
    if name in BUILT_IN:
        await built_in.ensure(session, now_ms)
    return await session.scalar(select(RoleRow).where(RoleRow.name == name))


def grant_everywhere(session: AsyncSession, user_id: UUID, role_id: UUID, now_ms: int) -> None:
    """Gives a user a role for everything, without an end."""
    session.add(GrantRow(id=uuid7(now_ms), user_id=user_id, role_id=role_id, created_ms=now_ms))


async def set_recovery_codes(session: AsyncSession, user_id: UUID, hashes: Sequence[str]) -> None:
    """Replaces a user's recovery codes."""
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id))
    session.add_all(RecoveryCodeRow(user_id=user_id, code_hash=one) for one in hashes)


async def take_recovery_code(session: AsyncSession, user_id: UUID, code_hash: str, now_ms: int) -> bool:
    """Uses a code up; whether there was such an unused one. Call it with the user's row locked."""
    row = await session.get(RecoveryCodeRow, (user_id, code_hash))
    if row is None or row.used_ms is not None:
        return False
    row.used_ms = now_ms
    return True


async def recovery_codes_left(session: AsyncSession, user_id: UUID) -> int:
    """How many codes are unused."""
    statement = select(func.count()).where(RecoveryCodeRow.user_id == user_id, RecoveryCodeRow.used_ms.is_(None))
    return await session.scalar(statement) or 0
