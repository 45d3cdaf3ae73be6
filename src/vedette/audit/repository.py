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
    `actor` and `object` are an id or a part of the name, `text` is looked for in what people read."""

    actor: str | None = None
    action: str | None = None
    object: str | None = None
    camera_id: UUID | None = None
    result: str | None = None
    address: str | None = None
    from_ms: int | None = None
    to_ms: int | None = None
    text: str | None = None

    def told(self) -> dict[str, Any]:
        """What was asked for, for people."""
        return {name: str(value) for name in self.__slots__ if (value := getattr(self, name)) is not None}


async def page(session: AsyncSession, wanted: Filter, limit: int, before_id: int | None) -> list[AuditRow]:
    """At most `limit` entries, the newest first, older than the entry `before_id`."""
    statement = _matching(wanted).order_by(AuditRow.id.desc()).limit(limit)
    if before_id is not None:
        statement = statement.where(AuditRow.id < before_id)
    return list(await session.scalars(statement))


async def every(database: Database, wanted: Filter) -> AsyncIterator[AuditRow]:
    """All entries, the newest first. Each batch is a transaction of its own: a slow reader holds none open. What is
    written meanwhile is newer than where this began, and is not seen."""
    before_id = None
    while True:
        async with database.read() as session:
            rows = await page(session, wanted, _BATCH, before_id)
        for row in rows:
            yield row
        if len(rows) < _BATCH:
            return
        before_id = rows[-1].id


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
    if wanted.text is not None:
        looked_at = (AuditRow.actor_name, AuditRow.object_name, AuditRow.object_id, AuditRow.detail, AuditRow.action)
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
    """Entries of these actions counted by who, what and result. `by_address` tells the addresses apart too."""
    columns = AuditRow.__table__.columns
    names = ["action", "result", "actor_id", "actor_name", "camera_id", "object_name"]
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
        action, result, actor_id, actor_name, camera_id, object_name, *rest = row
        where = rest.pop(0) if by_address else None
        count, first_ms, last_ms, took = rest
        found.append(
            Tally(
                action, result, actor_id, actor_name, where, camera_id, object_name, count, first_ms, last_ms, int(took)
            )
        )
    return found
