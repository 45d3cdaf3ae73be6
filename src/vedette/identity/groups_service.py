"""The rules of groups of people."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import Principal
from vedette.core.ids import uuid7
from vedette.http.etags import check_version
from vedette.identity import admins
from vedette.identity.access_schemas import GroupCreate, GroupPatch
from vedette.identity.changes import (
    Workshop,
    check_given,
    check_name,
    check_unused,
    given_by,
    grants_with,
    tell,
    unknown,
    unknown_ids,
)
from vedette.identity.names import fold
from vedette.identity.tables import GrantRow, GroupMemberRow, GroupRow, UserRow

MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Person:
    """A member. `source` is `manual` or an OpenID provider."""

    user_id: UUID
    username: str
    display_name: str
    source: str


@dataclass(frozen=True, slots=True)
class StoredGroup:
    """A group, its people by name, and how many grants it has."""

    row: GroupRow
    members: list[Person]
    grants: int

    def told(self) -> dict[str, Any]:
        """For the audit log."""
        names = [member.username for member in self.members]
        return {"name": self.row.name, "description": self.row.description, "members": names}


class GroupService:
    """Each call is one transaction with its entry in the audit log."""

    def __init__(self, workshop: Workshop) -> None:
        self._shop = workshop

    async def every(self) -> list[StoredGroup]:
        """By name."""
        async with self._shop.database.read() as session:
            rows = sorted(await session.scalars(select(GroupRow)), key=lambda row: (fold(row.name), row.name))
            members = await _members(session, [row.id for row in rows])
            counted = select(GrantRow.group_id, func.count(GrantRow.id)).group_by(GrantRow.group_id)
            counts = dict((await session.execute(counted)).all())
        return [StoredGroup(row, members[row.id], counts.get(row.id, 0)) for row in rows]

    async def get(self, group_id: UUID) -> StoredGroup:
        """Raises VedetteError `group.not_found`."""
        async with self._shop.database.read() as session:
            return await _stored(session, await _existing(session, group_id))

    async def create(self, given: GroupCreate, caller: Principal) -> StoredGroup:
        """Raises VedetteError `group.name_taken`, `user.not_found`."""
        now_ms = self._shop.clock.now_ms()
        async with self._shop.changing() as session:
            await check_name(session, GroupRow, "group", given.name, None)
            row = GroupRow(
                id=uuid7(now_ms), name=given.name, description=given.description, created_ms=now_ms, version=1
            )
            session.add(row)
            await session.flush()
            await _add(session, row.id, set(given.members))
            made = await _stored(session, row)
            await tell(session, now_ms, caller, "group.create", row, None, made.told())
        return made

    async def update(
        self, group_id: UUID, patch: GroupPatch, expected: frozenset[int] | None, caller: Principal
    ) -> StoredGroup:
        """Raises what `create` does, `group.not_found`, `grant.more_than_own`, `user.last_admin`,
        `request.precondition`."""
        now_ms = self._shop.clock.now_ms()
        async with self._shop.changing() as session, admins.keep_one(session, now_ms):
            row = await _existing(session, group_id, lock=True)
            check_version(expected, row.version, f"The group {row.name}")
            before = await _stored(session, row)
            told = before.told()
            if patch.name is not None:
                await check_name(session, GroupRow, "group", patch.name, group_id)
                row.name = patch.name
            if patch.description is not None:
                row.description = patch.description
            if patch.members is not None:
                present = {member.user_id for member in before.members}
                wanted = set(patch.members)
                if wanted != present:
                    await _check_own(session, group_id, caller, now_ms)
                gone = delete(GroupMemberRow).where(
                    GroupMemberRow.group_id == group_id,
                    GroupMemberRow.source == MANUAL,
                    GroupMemberRow.user_id.in_(present - wanted),
                )
                await session.execute(gone)
                await _add(session, group_id, wanted - present)
            row.version += 1
            await session.flush()
            changed = await _stored(session, row)
            await tell(session, now_ms, caller, "group.edit", row, told, changed.told())
        self._shop.changed()
        return changed

    async def delete(self, group_id: UUID, expected: frozenset[int] | None, confirmed: bool, caller: Principal) -> None:
        """With its grants, when that is confirmed.

        Raises VedetteError `group.not_found`, `group.in_use`, `grant.more_than_own`, `user.last_admin`,
        `request.precondition`.
        """
        now_ms = self._shop.clock.now_ms()
        async with self._shop.changing() as session, admins.keep_one(session, now_ms):
            row = await _existing(session, group_id, lock=True)
            check_version(expected, row.version, f"The group {row.name}")
            stored = await _stored(session, row)
            await _check_own(session, group_id, caller, now_ms)
            people = f"its {len(stored.members)} members lose what they have by it."
            check_unused("group", row.name, people, stored.grants, confirmed)
            await session.delete(row)
            await session.flush()
            await tell(session, now_ms, caller, "group.delete", row, stored.told() | {"grants": stored.grants}, None)
        self._shop.changed()


async def _stored(session: AsyncSession, row: GroupRow) -> StoredGroup:
    members = await _members(session, [row.id])
    return StoredGroup(row, members[row.id], await grants_with(session, GrantRow.group_id, row.id))


async def _check_own(session: AsyncSession, group_id: UUID, caller: Principal, now_ms: int) -> None:
    """A member is given, and loses, everything that the group was granted."""
    check_given(caller, await given_by(session, GrantRow.group_id == group_id), now_ms)


async def _existing(session: AsyncSession, group_id: UUID, *, lock: bool = False) -> GroupRow:
    row = await session.get(GroupRow, group_id, with_for_update=lock)
    if row is None:
        raise unknown("group", group_id)
    return row


async def _members(session: AsyncSession, group_ids: Collection[UUID]) -> dict[UUID, list[Person]]:
    found: dict[UUID, list[Person]] = {group_id: [] for group_id in group_ids}
    statement = (
        select(
            GroupMemberRow.group_id,
            UserRow.id,
            UserRow.username,
            UserRow.display_name,
            GroupMemberRow.source,
        )
        .join(UserRow, UserRow.id == GroupMemberRow.user_id)
        .where(GroupMemberRow.group_id.in_(group_ids))
        .order_by(UserRow.username)
    )
    for group_id, user_id, username, display_name, source in await session.execute(statement):
        found[group_id].append(Person(user_id, username, display_name, source))
    return found


async def _add(session: AsyncSession, group_id: UUID, user_ids: set[UUID]) -> None:
    missing = user_ids - set(await session.scalars(select(UserRow.id).where(UserRow.id.in_(user_ids))))
    if missing:
        raise unknown_ids("user", missing, "members")
    session.add_all(GroupMemberRow(group_id=group_id, user_id=user_id, source=MANUAL) for user_id in user_ids)
    await session.flush()
