"""What the changes of roles, groups, zones and grants share: who makes them, what they may give, and the audit log."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import BUILT_IN, OF_A_CAMERA, Permission
from vedette.access.policy import Grant
from vedette.access.principal import CallerKind, Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.db.session import Database
from vedette.identity.grants import permissions_of
from vedette.identity.tables import GrantRow, GroupRow, RoleRow, ZoneRow

Named = RoleRow | GroupRow | ZoneRow


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the services are made with. `changed` is told after each commit: what was read of grants is not so any
    more."""

    database: Database
    clock: Clock
    changed: Callable[[], None]


async def permitted_by(session: AsyncSession, roles: Iterable[RoleRow]) -> dict[UUID, frozenset[Permission]]:
    """What each of the roles permits."""
    rows = list(roles)
    custom = await permissions_of(session, {row.id for row in rows if not row.built_in})
    return custom | {row.id: BUILT_IN.get(row.name, frozenset()) for row in rows if row.built_in}


def check_own(caller: Principal, given: frozenset[Permission], now_ms: int) -> None:
    """Nobody gives what they do not have everywhere themselves, nor takes it: who could make an account small could
    then set its password, and wait until it is great again. Raises VedetteError `grant.more_than_own`."""
    _check(caller, given, now_ms, "You can give and take only what you may do yourself everywhere")


def check_above(caller: Principal, theirs: Sequence[Grant], now_ms: int) -> None:
    """Who sets the password of an account can do what it may do, so nobody manages one that may do more than they,
    be it at other times. Raises VedetteError `grant.more_than_own`."""
    held = [grant.permissions if grant.cameras is None else grant.permissions & OF_A_CAMERA for grant in theirs]
    _check(caller, frozenset[Permission]().union(*held), now_ms, "This account may do more than you")


def _check(caller: Principal, wanted: frozenset[Permission], now_ms: int, said: str) -> None:
    if caller.kind is CallerKind.SYSTEM:
        return  # the command line: whoever is on the machine may do everything
    lacking = sorted(one.value for one in wanted if not caller.may(one, None, now_ms))
    if lacking:
        raise VedetteError(ErrorKind.FORBIDDEN, "grant.more_than_own", f"{said}; you lack {', '.join(lacking)}.")


async def check_name(session: AsyncSession, kind: type[Named], what: str, name: str, besides: UUID | None) -> None:
    """Raises VedetteError `{what}.name_taken`; capital letters make no other name."""
    taken = await session.scalar(select(kind.id).where(func.lower(kind.name) == func.lower(name)).limit(1))
    if taken is not None and taken != besides:
        raise VedetteError(ErrorKind.CONFLICT, f"{what}.name_taken", f"Another {what} is called {name}.", field="name")


def unknown(what: str, key: object) -> VedetteError:
    """There is no such thing."""
    return not_found(f"{what}.not_found", f"There is no {what} {key}.")


def unknown_ids(what: str, ids: Iterable[UUID], field: str) -> VedetteError:
    """The body names things that are not there."""
    return invalid(f"{what}.not_found", f"There is no {what} {', '.join(sorted(map(str, ids)))}.", field=field)


async def grants_with(session: AsyncSession, column: Any, key: UUID) -> int:
    """How many grants name this role, group or zone."""
    return await session.scalar(select(func.count(GrantRow.id)).where(column == key)) or 0


async def permitted_together(session: AsyncSession, role_ids: Any) -> frozenset[Permission]:
    """What the roles that a query for their ids finds permit, all together."""
    permitted = await permitted_by(session, await session.scalars(select(RoleRow).where(RoleRow.id.in_(role_ids))))
    return frozenset[Permission]().union(*permitted.values())


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
