"""The rules of roles: built-in ones stay as they are, custom ones hold what their maker has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.ids import uuid7
from vedette.http.etags import check_version
from vedette.identity import admins
from vedette.identity.access_schemas import RoleCreate, RolePatch
from vedette.identity.changes import (
    Workshop,
    check_given,
    check_name,
    check_own,
    check_unused,
    given_by,
    grants_with,
    mapped_by,
    permitted_by,
    tell,
    unknown,
)
from vedette.identity.names import fold
from vedette.identity.tables import GrantRow, RolePermissionRow, RoleRow
from vedette.identity.tables_oidc import OidcMappingRow


@dataclass(frozen=True, slots=True)
class StoredRole:
    """A role, what it permits, and how many grants give it."""

    row: RoleRow
    permissions: frozenset[Permission]
    grants: int

    def told(self) -> dict[str, Any]:
        """For the audit log."""
        return {
            "name": self.row.name,
            "description": self.row.description,
            "permissions": sorted(one.value for one in self.permissions),
        }


class RoleService:
    """Each call is one transaction with its entry in the audit log."""

    def __init__(self, workshop: Workshop) -> None:
        self._shop = workshop

    async def every(self) -> list[StoredRole]:
        """Built-in ones first, then by name."""
        async with self._shop.database.read() as session:
            rows = sorted(
                await session.scalars(select(RoleRow)), key=lambda row: (not row.built_in, fold(row.name), row.name)
            )
            counted = select(GrantRow.role_id, func.count(GrantRow.id)).group_by(GrantRow.role_id)
            counts = dict((await session.execute(counted)).all())
            permitted = await permitted_by(session, rows)
        return [StoredRole(row, permitted[row.id], counts.get(row.id, 0)) for row in rows]

    async def get(self, role_id: UUID) -> StoredRole:
        """Raises VedetteError `role.not_found`."""
        async with self._shop.database.read() as session:
            return await _stored(session, await _existing(session, role_id))

    async def create(self, given: RoleCreate, caller: Principal) -> StoredRole:
        """Raises VedetteError `role.name_taken`, `grant.more_than_own`."""
        now_ms = self._shop.clock.now_ms()
        check_own(caller, frozenset(given.permissions), now_ms)
        async with self._shop.changing() as session:
            await check_name(session, RoleRow, "role", given.name, None)
            row = RoleRow(
                id=uuid7(now_ms), name=given.name, description=given.description, created_ms=now_ms, version=1
            )
            session.add(row)
            await session.flush()
            await _permit(session, row.id, given.permissions)
            made = await _stored(session, row)
            await tell(session, now_ms, caller, "role.create", row, None, made.told())
        return made

    async def update(
        self, role_id: UUID, patch: RolePatch, expected: frozenset[int] | None, caller: Principal
    ) -> StoredRole:
        """Raises what `create` does, `role.not_found`, `role.built_in`, `request.precondition`."""
        now_ms = self._shop.clock.now_ms()
        async with self._shop.changing() as session:
            row = await _custom(session, role_id)
            check_version(expected, row.version, f"The role {row.name}")
            before = await _stored(session, row)
            told = before.told()
            if patch.name is not None:
                await check_name(session, RoleRow, "role", patch.name, role_id)
                row.name = patch.name
            if patch.description is not None:
                row.description = patch.description
            if patch.permissions is not None:
                await _check_own(session, role_id, before.permissions ^ frozenset(patch.permissions), caller, now_ms)
                await session.execute(delete(RolePermissionRow).where(RolePermissionRow.role_id == role_id))
                await _permit(session, role_id, patch.permissions)
            row.version += 1
            await session.flush()
            changed = await _stored(session, row)
            await tell(session, now_ms, caller, "role.edit", row, told, changed.told())
        self._shop.changed()
        return changed

    async def delete(self, role_id: UUID, expected: frozenset[int] | None, confirmed: bool, caller: Principal) -> None:
        """With its grants, when that is confirmed.

        Raises VedetteError `role.not_found`, `role.built_in`, `role.in_use`, `grant.more_than_own`,
        `request.precondition`.
        """
        now_ms = self._shop.clock.now_ms()
        async with self._shop.changing() as session, admins.keep_one(session, now_ms):
            row = await _custom(session, role_id)
            check_version(expected, row.version, f"The role {row.name}")
            stored = await _stored(session, row)
            await _check_own(session, role_id, stored.permissions, caller, now_ms)
            check_unused("role", row.name, "those whom they are for lose its permissions.", stored.grants, confirmed)
            await session.delete(row)
            await session.flush()
            await tell(session, now_ms, caller, "role.delete", row, stored.told() | {"grants": stored.grants}, None)
        self._shop.changed()


async def _stored(session: AsyncSession, row: RoleRow) -> StoredRole:
    permitted = await permitted_by(session, [row])
    return StoredRole(row, permitted[row.id], await grants_with(session, GrantRow.role_id, row.id))


async def _check_own(
    session: AsyncSession, role_id: UUID, changed: frozenset[Permission], caller: Principal, now_ms: int
) -> None:
    """Everybody who has the role is given, or loses, what is changed of it."""
    check_own(caller, changed, now_ms)
    granted = await given_by(session, GrantRow.role_id == role_id)
    mapped = await mapped_by(session, OidcMappingRow.role_id == role_id)
    check_given(caller, [replace(one, permissions=changed) for one in (*granted, *mapped)], now_ms)


async def _existing(session: AsyncSession, role_id: UUID) -> RoleRow:
    row = await session.get(RoleRow, role_id)
    if row is None:
        raise unknown("role", role_id)
    return row


async def _custom(session: AsyncSession, role_id: UUID) -> RoleRow:
    row = await session.get(RoleRow, role_id, with_for_update=True)
    if row is None:
        raise unknown("role", role_id)
    if row.built_in:
        message = f"{row.name} is built in and stays as it is. Make a role of your own beside it."
        raise VedetteError(ErrorKind.CONFLICT, "role.built_in", message)
    return row


async def _permit(session: AsyncSession, role_id: UUID, permissions: Sequence[Permission]) -> None:
    session.add_all(RolePermissionRow(role_id=role_id, permission=one.value) for one in set(permissions))
    await session.flush()
