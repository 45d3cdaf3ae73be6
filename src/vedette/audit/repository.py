"""All reading of the audit log but for its verification."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.audit.tables import AuditRow
from vedette.db.session import Database

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries: None for all. `action` is a whole action or the words before a dot (`camera`, `auth.login`),
    `actor`, `object` and `token` are an id or a part of the name, `share` is an id, `text` is looked for in what people
    read."""

    actor: str | None = None
    action: str | None = None
    object: str | None = None
    camera_id: UUID | None = None
    result: str | None = None
    address: str | None = None
    from_ms: int | None = None
    to_ms: int | None = None
    text: str | None = None
    token: str | None = None
    share: str | None = None
    without: frozenset[str] | None = None  # actions

    def told(self) -> dict[str, Any]:
        """What was asked for, for people."""
        return {name: str(value) for name in self.__slots__ if (value := getattr(self, name)) is not None}


Place = tuple[int, int]
"""Where a page ends: time and number of its last entry."""


async def page(
    session: AsyncSession, wanted: Filter, limit: int, before: Place | None, newest_id: int | None = None
) -> list[AuditRow]:
    """At most `limit` entries, those that happened last first, that come after `before`. By the time of what happened:
    entries of views are written a moment or two later than others. None with a number above `newest_id`."""
    statement = _matching(wanted).order_by(AuditRow.at_ms.desc(), AuditRow.id.desc()).limit(limit)
    if before is not None:
        # The first condition alone finds the place in the index, the second only breaks ties.
        at_ms, row_id = before
        earlier = or_(AuditRow.at_ms < at_ms, and_(AuditRow.at_ms == at_ms, AuditRow.id < row_id))
        statement = statement.where(AuditRow.at_ms <= at_ms, earlier)
    if newest_id is not None:
        statement = statement.where(AuditRow.id <= newest_id)
    return list(await session.scalars(statement))


async def every(database: Database, wanted: Filter) -> AsyncIterator[AuditRow]:
    """All entries in the order of `page`. Each batch is a transaction of its own: a slow reader holds none open. What
    is written meanwhile is not seen."""
    async with database.read() as session:
        newest_id = await session.scalar(select(func.max(AuditRow.id))) or 0
    before = None
    while True:
        async with database.read() as session:
            rows = await page(session, wanted, _BATCH, before, newest_id)
        for row in rows:
            yield row
        if len(rows) < _BATCH:
            return
        before = rows[-1].at_ms, rows[-1].id


def _matching(wanted: Filter) -> Select[AuditRow]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.actor is not None:
        named = AuditRow.actor_name.icontains(wanted.actor, autoescape=True)
        conditions.append(or_(AuditRow.actor_id == wanted.actor, named))
    if wanted.action is not None:
        conditions.append(under(wanted.action))
    if wanted.object is not None:
        named = AuditRow.object_name.icontains(wanted.object, autoescape=True)
        conditions.append(or_(AuditRow.object_id == wanted.object, AuditRow.object_kind == wanted.object, named))
    if wanted.camera_id is not None:
        conditions.append(AuditRow.camera_id == wanted.camera_id)
    if wanted.result is not None:
        conditions.append(AuditRow.result == wanted.result)
    if wanted.address is not None:
        conditions.append(AuditRow.address.startswith(wanted.address, autoescape=True))
    if wanted.from_ms is not None:
        conditions.append(AuditRow.at_ms >= wanted.from_ms)
    if wanted.to_ms is not None:
        conditions.append(AuditRow.at_ms < wanted.to_ms)
    if wanted.token is not None:
        called = AuditRow.token_name.icontains(wanted.token, autoescape=True)
        conditions.append(or_(AuditRow.token_id == wanted.token, called))
    if wanted.share is not None:
        conditions.append(AuditRow.share_id == wanted.share)
    if wanted.without is not None:
        conditions.append(AuditRow.action.not_in(sorted(wanted.without)))
    if wanted.text is not None:
        looked_at = (
            AuditRow.actor_name,
            AuditRow.token_name,
            AuditRow.object_name,
            AuditRow.object_id,
            AuditRow.detail,
            AuditRow.action,
        )
        conditions.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in looked_at)))
    return select(AuditRow).where(*conditions)


def under(action: str) -> ColumnElement[bool]:
    """Actions that are `action` or begin with it and a dot."""
    prefix = action.rstrip(".")
    return or_(AuditRow.action == prefix, AuditRow.action.startswith(f"{prefix}.", autoescape=True))


@dataclass(frozen=True, slots=True)
class Tally:
    """How often somebody did something to one thing, and when first and last. `seconds` is summed from entries that
    say how long something went on."""

    action: str
    result: str
    actor_id: str | None
    actor_name: str
    token_name: str | None
    address: str | None
    camera_id: UUID | None
    object_name: str | None
    count: int
    first_ms: int
    last_ms: int
    seconds: int


async def tally(
    session: AsyncSession, from_ms: int, to_ms: int, *actions: str, by_address: bool = False
) -> list[Tally]:
    """Entries of these actions counted by who, with which token, what and result. `by_address` tells the addresses
    apart too."""
    columns = AuditRow.__table__.columns
    names = ["action", "result", "actor_id", "actor_name", "token_name", "camera_id", "object_name"]
    key = [columns[name] for name in (*names, *(["address"] if by_address else []))]
    seconds = func.sum(AuditRow.after["seconds"].as_integer())
    statement = (
        select(*key, func.count(), func.min(AuditRow.at_ms), func.max(AuditRow.at_ms), func.coalesce(seconds, 0))
        .where(and_(AuditRow.at_ms >= from_ms, AuditRow.at_ms < to_ms), or_(*(under(action) for action in actions)))
        .group_by(*key)
        .order_by(func.min(AuditRow.at_ms))
    )
    found = []
    for row in await session.execute(statement):
        action, result, actor_id, actor_name, token_name, camera_id, object_name, *rest = row
        where = rest.pop(0) if by_address else None
        who = action, result, actor_id, actor_name, token_name, where
        found.append(Tally(*who, camera_id, object_name, *map(int, rest)))
    return found
