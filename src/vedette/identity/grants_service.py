"""The rules of grants: given and withdrawn, never edited, so that the audit log tells of each by itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.policy import Grant
from vedette.access.principal import Principal
from vedette.audit.log import Entry, record
from vedette.core.ids import uuid7
from vedette.identity import admins, camera_keys
from vedette.identity.access_schemas import GrantCreate
from vedette.identity.changes import Workshop, as_given, check_given, permitted_by, unknown, unknown_ids
from vedette.identity.grants import of_user
from vedette.identity.hours import hours_of
from vedette.identity.tables import GrantRow, GroupMemberRow, GroupRow, RoleRow, UserRow, ZoneRow


@dataclass(frozen=True, slots=True)
class StoredGrant:
    """A grant with the names of what it is made of."""

    row: GrantRow
    subject: str
    role: str
    zone: str | None

    def in_force(self, at_ms: int) -> bool:
        """Whether the instant lies in its validity."""
        try:
            hours = hours_of(self.row.hours) if self.row.hours is not None else None
        except ValueError:
            return False
        return Grant(frozenset(), None, self.row.from_ms, self.row.until_ms, hours).in_force(at_ms)

    def told(self) -> dict[str, Any]:
        """For the audit log."""
        row = self.row
        return {
            "user_id": str(row.user_id) if row.user_id else None,
            "group_id": str(row.group_id) if row.group_id else None,
            "subject": self.subject,
            "role": self.role,
            "zone": self.zone,
            "camera_id": str(row.camera_id) if row.camera_id else None,
            "from_ms": row.from_ms,
            "until_ms": row.until_ms,
            "hours": row.hours,
            "source": row.source,
        }


@dataclass(frozen=True, slots=True)
class GrantFilter:
    """Which grants: None for all. `by_groups` adds those that reach `user_id` by a group."""

    user_id: UUID | None = None
    group_id: UUID | None = None
    role_id: UUID | None = None
    zone_id: UUID | None = None
    camera_id: UUID | None = None
    by_groups: bool = False


class GrantService:
    """Each call is one transaction with its entry in the audit log."""

    def __init__(self, workshop: Workshop) -> None:
        self._shop = workshop

    async def page(self, wanted: GrantFilter, limit: int, after: UUID | None) -> tuple[list[StoredGrant], UUID | None]:
        """At most `limit` grants, the oldest first, and the key after which the next page begins."""
        statement = _described().order_by(GrantRow.id).limit(limit + 1)
        if wanted.user_id is not None:
            own = GrantRow.user_id == wanted.user_id
            statement = statement.where(of_user(wanted.user_id) if wanted.by_groups else own)
        for name in ("group_id", "role_id", "zone_id", "camera_id"):
            value = getattr(wanted, name)
            if value is not None:
                statement = statement.where(getattr(GrantRow, name) == value)
        if after is not None:
            statement = statement.where(GrantRow.id > after)
        async with self._shop.database.read() as session:
            found = [StoredGrant(*row) for row in await session.execute(statement)]
        return found[:limit], found[limit - 1].row.id if len(found) > limit else None

    async def get(self, grant_id: UUID) -> StoredGrant:
        """Raises VedetteError `grant.not_found`."""
        async with self._shop.database.read() as session:
            return await _existing(session, grant_id)

    async def create(self, given: GrantCreate, caller: Principal) -> StoredGrant:
        """Raises VedetteError `grant.more_than_own`, and `....not_found` for what it names."""
        now_ms = self._shop.clock.now_ms()
        async with self._shop.changing() as session:
            role = await _check_parts(session, given)
            row = GrantRow(
                id=uuid7(now_ms),
                user_id=given.user_id,
                group_id=given.group_id,
                role_id=given.role_id,
                zone_id=given.zone_id,
                camera_id=given.camera_id,
                from_ms=given.valid_from,
                until_ms=given.valid_until,
                hours=given.hours.model_dump(mode="json") if given.hours is not None else None,
                created_ms=now_ms,
            )
            check_given(caller, [await _as_given(session, row, role)], now_ms)
            session.add(row)
            await session.flush()
            made = await _existing(session, row.id)
            await record(session, now_ms, caller, _entry("grant.create", made, after=made.told()))
        self._shop.changed()
        return made

    async def delete(self, grant_id: UUID, caller: Principal) -> None:
        """Raises VedetteError `grant.not_found`, `grant.more_than_own`, `user.last_admin`."""
        now_ms = self._shop.clock.now_ms()
        async with self._shop.changing() as session, admins.keep_one(session, now_ms):
            stored = await _existing(session, grant_id)
            role = await session.get_one(RoleRow, stored.row.role_id)
            check_given(caller, [await _as_given(session, stored.row, role)], now_ms)
            await session.delete(stored.row)
            await session.flush()
            await record(session, now_ms, caller, _entry("grant.delete", stored, before=stored.told()))
        self._shop.changed()


async def reaching(session: AsyncSession, user_id: UUID) -> list[StoredGrant]:
    """What a person was granted, by name and by their groups, the oldest first."""
    return [
        StoredGrant(*row) for row in await session.execute(_described().where(of_user(user_id)).order_by(GrantRow.id))
    ]


async def _as_given(session: AsyncSession, row: GrantRow, role: RoleRow) -> Grant:
    return as_given(row, (await permitted_by(session, [role]))[role.id])


async def by_user(session: AsyncSession) -> dict[UUID, list[StoredGrant]]:
    """The same of everybody who was granted anything."""
    members = list((await session.execute(select(GroupMemberRow.group_id, GroupMemberRow.user_id))).all())
    found: dict[UUID, list[StoredGrant]] = {}
    for row in await session.execute(_described().order_by(GrantRow.id)):
        grant = StoredGrant(*row)
        of = grant.row.user_id
        reached = [of] if of is not None else [one for group, one in members if group == grant.row.group_id]
        for user_id in reached:
            found.setdefault(user_id, []).append(grant)
    return found


def _described() -> Any:
    subject = func.coalesce(UserRow.username, GroupRow.name)
    return (
        select(GrantRow, subject, RoleRow.name, ZoneRow.name)
        .join(RoleRow, RoleRow.id == GrantRow.role_id)
        .outerjoin(UserRow, UserRow.id == GrantRow.user_id)
        .outerjoin(GroupRow, GroupRow.id == GrantRow.group_id)
        .outerjoin(ZoneRow, ZoneRow.id == GrantRow.zone_id)
    )


async def _existing(session: AsyncSession, grant_id: UUID) -> StoredGrant:
    row = (await session.execute(_described().where(GrantRow.id == grant_id))).first()
    if row is None:
        raise unknown("grant", grant_id)
    return StoredGrant(*row)


async def _check_parts(session: AsyncSession, given: GrantCreate) -> RoleRow:
    if given.user_id is not None and await session.get(UserRow, given.user_id) is None:
        raise unknown_ids("user", [given.user_id], "user_id")
    if given.group_id is not None and await session.get(GroupRow, given.group_id) is None:
        raise unknown_ids("group", [given.group_id], "group_id")
    if given.zone_id is not None and await session.get(ZoneRow, given.zone_id) is None:
        raise unknown_ids("zone", [given.zone_id], "zone_id")
    if given.camera_id is not None and await camera_keys.unknown(session, [given.camera_id]):
        raise unknown_ids("camera", [given.camera_id], "camera_id")
    role = await session.get(RoleRow, given.role_id)
    if role is None:
        raise unknown_ids("role", [given.role_id], "role_id")
    return role


def _entry(
    action: str, grant: StoredGrant, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> Entry:
    return Entry(
        action,
        object_kind="grant",
        object_id=str(grant.row.id),
        object_name=f"{grant.role} for {grant.subject}",
        camera_id=grant.row.camera_id,
        before=before,
        after=after,
    )
