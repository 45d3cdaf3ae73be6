"""What the changes of roles, groups, zones and grants share: who makes them, what they may give, and the audit log."""

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import BUILT_IN, OF_A_CAMERA, Permission
from vedette.access.policy import Grant, lacking
from vedette.access.principal import CallerKind, Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.db.session import Database
from vedette.identity import admins
from vedette.identity.grants import permissions_of
from vedette.identity.hours import hours_of
from vedette.identity.names import fold
from vedette.identity.tables import GrantRow, GroupRow, RoleRow, ZoneRow
from vedette.identity.tables_oidc import OidcMappingRow

Named = RoleRow | GroupRow | ZoneRow


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the services are made with. `changed` is told after each commit: what was read of grants is not so any
    more."""

    database: Database
    clock: Clock
    changed: Callable[[], None]

    def changing(self) -> AbstractAsyncContextManager[AsyncSession]:
        """See `admins.changing`."""
        return admins.changing(self.database)


async def permitted_by(session: AsyncSession, roles: Iterable[RoleRow]) -> dict[UUID, frozenset[Permission]]:
    """What each of the roles permits."""
    rows = list(roles)
    custom = await permissions_of(session, {row.id for row in rows if not row.built_in})
    return custom | {row.id: BUILT_IN.get(row.name, frozenset()) for row in rows if row.built_in}


def check_own(caller: Principal, permissions: frozenset[Permission], now_ms: int) -> None:
    """Nobody makes a role of what they do not have everywhere themselves. Raises VedetteError `grant.more_than_own`."""
    lacks = [one for one in permissions if not caller.may(one, None, now_ms)]
    if caller.kind is not CallerKind.SYSTEM and lacks:
        raise _more_than_own(f"{_OWN}; you lack {_listed(lacks)}.")


def check_given(caller: Principal, given: Iterable[Grant], now_ms: int) -> None:
    """Nobody gives what they do not have everywhere themselves, nor for longer or at other hours than they have it, and
    nobody takes it: who could make an account small could then set its password, and wait until it is great again.
    Raises VedetteError `grant.more_than_own`."""
    _check(caller, given, now_ms, _OWN)


def check_above(caller: Principal, theirs: Iterable[Grant], now_ms: int) -> None:
    """Who sets the password of an account can do what it may do, so nobody manages one that may do more than they,
    be it at other times. Raises VedetteError `grant.more_than_own`."""
    held = [
        grant if grant.cameras is None else replace(grant, permissions=grant.permissions & OF_A_CAMERA)
        for grant in theirs
        if grant.until_ms is None or grant.until_ms > now_ms
    ]
    _check(caller, held, now_ms, "This account may do more than you")


_OWN = "You can give and take only what you may do yourself everywhere"


def _check(caller: Principal, given: Iterable[Grant], now_ms: int, said: str) -> None:
    if caller.kind is CallerKind.SYSTEM:
        return  # the command line: whoever is on the machine may do everything
    missing = lacking(caller.grants, given, now_ms, caller.limits)
    if lacks := [one for one in missing if not caller.may(one, None, now_ms)]:
        raise _more_than_own(f"{said}; you lack {_listed(lacks)}.")
    if missing:
        raise _more_than_own(
            f"{said}, and no longer than you: {_listed(missing)} you have until a certain day or at certain hours, and "
            "this would reach beyond them. Set an end and hours within yours, in the same time zone."
        )


def _more_than_own(message: str) -> VedetteError:
    return VedetteError(ErrorKind.FORBIDDEN, "grant.more_than_own", message)


def _listed(permissions: Iterable[Permission]) -> str:
    return ", ".join(sorted(one.value for one in permissions))


def may_see(caller: Principal, camera_id: UUID, now_ms: int) -> bool:
    """Whether the caller may know of the camera. The command line may."""
    return caller.kind is CallerKind.SYSTEM or caller.may(Permission.CAMERA_VIEW, camera_id, now_ms)


async def check_name(session: AsyncSession, kind: type[Named], what: str, name: str, besides: UUID | None) -> None:
    """Raises VedetteError `{what}.name_taken`; capital letters make no other name. In a transaction of `changing`, so
    that nobody else gives it."""
    taken = await named(session, kind, name)
    if taken is not None and taken != besides:
        raise VedetteError(ErrorKind.CONFLICT, f"{what}.name_taken", f"Another {what} is called {name}.", field="name")


async def named(session: AsyncSession, kind: type[Named], name: str) -> UUID | None:
    """The one with this name, however it is written. Compared here: SQLite folds no letters but ASCII, PostgreSQL those
    of its locale."""
    wanted = fold(name)
    found = await session.execute(select(kind.id, kind.name))
    return next((key for key, present in found if fold(present) == wanted), None)


def unknown(what: str, key: object) -> VedetteError:
    """There is no such thing."""
    return not_found(f"{what}.not_found", f"There is no {what} {key}.")


def unknown_ids(what: str, ids: Iterable[UUID], field: str) -> VedetteError:
    """The body names things that are not there."""
    return invalid(f"{what}.not_found", f"There is no {what} {', '.join(sorted(map(str, ids)))}.", field=field)


async def grants_with(session: AsyncSession, column: Any, key: UUID) -> int:
    """How many grants name this role, group or zone."""
    return await session.scalar(select(func.count(GrantRow.id)).where(column == key)) or 0


async def given_by(session: AsyncSession, which: ColumnElement[bool]) -> list[Grant]:
    """What grants give, each for as long as it does; where makes no difference to who gives it."""
    statement = select(GrantRow, RoleRow).join(RoleRow, RoleRow.id == GrantRow.role_id).where(which)
    rows = list(await session.execute(statement))
    permitted = await permitted_by(session, {role.id: role for _, role in rows}.values())
    return [as_given(row, permitted[role.id]) for row, role in rows]


def as_given(row: GrantRow, permitted: frozenset[Permission]) -> Grant:
    """One of them. Hours that can't be read are taken to be all, for another version may read them."""
    hours = None
    if row.hours is not None:
        with suppress(ValueError):
            hours = hours_of(row.hours)
    return Grant(permitted, None, row.from_ms, row.until_ms, hours)


async def mapped_by(session: AsyncSession, which: ColumnElement[bool]) -> list[Grant]:
    """What mappings of OpenID providers give: roles without an end."""
    role_ids = select(OidcMappingRow.role_id).where(which)
    permitted = await permitted_by(session, await session.scalars(select(RoleRow).where(RoleRow.id.in_(role_ids))))
    return [Grant(one) for one in permitted.values()]


def check_unused(what: str, name: str, effect: str, grants: int, confirmed: bool) -> None:
    """Raises VedetteError `{what}.in_use` for a deletion that takes grants with it and was not confirmed."""
    if grants and not confirmed:
        count = f"{grants} grant{'s' if grants > 1 else ''}"
        raise VedetteError(
            ErrorKind.CONFLICT,
            f"{what}.in_use",
            f"With the {what} {name} {count} would be withdrawn: {effect} Repeat with confirm=true to do it.",
        )


async def tell(
    session: AsyncSession,
    at_ms: int,
    caller: Principal,
    action: str,
    row: Named,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    """Writes the change of a role, group or zone to the audit log."""
    kind = action.partition(".")[0]
    entry = Entry(action, object_kind=kind, object_id=str(row.id), object_name=row.name, before=before, after=after)
    await record(session, at_ms, caller, entry)
