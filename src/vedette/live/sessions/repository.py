"""All SQL of live sessions and their history."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import CameraRow
from vedette.db.session import Database
from vedette.live.sessions.limits import Place
from vedette.live.sessions.session import EndReason, LiveSession, login_of
from vedette.live.tables import LiveSessionRow as Row

_BATCH = 500
_MOST_TEXT = 200


async def add(session: AsyncSession, begun: Sequence[LiveSession], owner: str, now_ms: int) -> None:
    """Stores views that were not stored yet."""
    if begun:
        await session.execute(insert(Row), [{**_who(one), **_state(one, owner, now_ms)} for one in begun])


def row_of(one: LiveSession, owner: str, now_ms: int) -> Row:
    """A view as its row would be now; it is not stored."""
    return Row(**_who(one), **_state(one, owner, now_ms))


async def renew(session: AsyncSession, known: Sequence[LiveSession], owner: str, now_ms: int) -> None:
    """Stores how views stand. One that was taken for lost meanwhile goes on again."""
    if not known:
        return
    table = Row.__table__
    names = list(_state(known[0], owner, now_ms))
    statement = update(table).where(table.c.id == bindparam("row_id"))  # type: ignore[arg-type] # it is a table
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    rows = [
        {"row_id": one.id, **{f"new_{name}": value for name, value in _state(one, owner, now_ms).items()}}
        for one in known
    ]
    connection = await session.connection()
    await connection.execute(statement.values(**values), rows)


async def remove(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Forgets views."""
    if ids:
        await session.execute(delete(Row).where(Row.id.in_(ids)))


def _who(one: LiveSession) -> dict[str, Any]:
    caller = one.caller
    return {
        "id": one.id,
        "start_ms": one.start_ms,
        "kind": caller.kind.value,
        "user_id": caller.user_id,
        "user_name": _text(caller.name),
        "token_id": caller.token_id,
        "token_name": _text(caller.token_name),
        "share_id": caller.share_id,
        "login": login_of(caller),
        "address": _text(caller.address),
        "agent": _text(one.agent),
        "camera_id": one.seen.camera_id,
        "camera_name": _text(one.seen.camera_name),
        "transport": one.transport.value,
    }


def _state(one: LiveSession, owner: str, now_ms: int) -> dict[str, Any]:
    told = one.told
    return {
        "owner": owner,
        "touched_ms": now_ms,
        "stream": one.stream,
        "quality": one.quality,
        "end_ms": one.end_ms,
        "lost": False,
        "end_reason": one.end_reason,
        "kicked_ms": one.kicked_ms,
        "view_id": one.view_id,
        "bytes": one.bytes,
        "bytes_per_s": one.rate.per_s,
        "parts_dropped": one.parts_dropped,
        "stalls": told.stalls,
        "frames_dropped": told.frames_dropped,
        "latency_ms": told.latency_ms,
        "median_latency_ms": told.median_latency_ms,
        "fps": told.fps,
        "first_frame_ms": told.first_frame_ms,
    }


def _text(text: str) -> str:
    """What both databases can hold."""
    return text.replace("\x00", "").encode(errors="replace").decode()[:_MOST_TEXT]


# Between processes


async def switched_off(session: AsyncSession, camera_ids: Collection[UUID]) -> set[UUID]:
    """Which of these cameras are disabled or removed."""
    if not camera_ids:
        return set()
    on = select(CameraRow.id).where(
        CameraRow.id.in_(camera_ids), CameraRow.enabled.is_(True), CameraRow.deleted_ms.is_(None)
    )
    return set(camera_ids) - set(await session.scalars(on))


async def places_elsewhere(session: AsyncSession, owner: str, fresh_ms: int) -> list[Place]:
    """What other processes serve."""
    found = await session.execute(
        select(Row.share_id, Row.user_id, Row.camera_id, Row.address).where(*_fresh(owner, fresh_ms))
    )
    return [Place(str(row.share_id or row.user_id or ""), row.camera_id, row.address) for row in found]


async def kicked_since(session: AsyncSession, since_ms: int) -> list[tuple[str, UUID, int, bool]]:
    """Login, camera, when, and whether it was its owner, of views that were ended by somebody."""
    recent = or_(Row.end_ms.is_(None), Row.end_ms >= since_ms)  # the index is of this
    columns = Row.login, Row.camera_id, Row.kicked_ms, Row.end_reason
    found = await session.execute(select(*columns).where(recent, Row.kicked_ms >= since_ms))
    return [(row.login, row.camera_id, row.kicked_ms, row.end_reason == EndReason.OWN) for row in found]


@dataclass(frozen=True, slots=True)
class Letter:
    """What another process wants of a session that this one serves."""

    session_id: UUID
    kick: dict[str, Any] | None
    report: dict[str, Any] | None


def _for(owner: str) -> tuple[ColumnElement[bool], ...]:
    return Row.owner == owner, Row.end_ms.is_(None), or_(Row.kick.is_not(None), Row.report.is_not(None))


async def letters(session: AsyncSession, owner: str) -> bool:
    """Whether there are any."""
    return (await session.execute(select(Row.id).where(*_for(owner)).limit(1))).first() is not None


async def take_letters(session: AsyncSession, owner: str) -> list[Letter]:
    """Takes them away."""
    rows = list(await session.scalars(select(Row).where(*_for(owner)).with_for_update()))
    found = [Letter(row.id, row.kick, row.report) for row in rows]
    for row in rows:
        row.kick = row.report = None
    return found


async def write_letter(
    session: AsyncSession,
    session_id: UUID,
    *,
    kick: dict[str, Any] | None = None,
    report: dict[str, Any] | None = None,
) -> None:
    """Leaves a letter with a session that another process serves."""
    values = {name: value for name, value in (("kick", kick), ("report", report)) if value is not None}
    await session.execute(update(Row).where(Row.id == session_id, Row.end_ms.is_(None)).values(**values))


def _lost(owner: str, before_ms: int | None) -> tuple[ColumnElement[bool], ...]:
    left = Row.end_ms.is_(None), Row.owner != owner
    return left if before_ms is None else (*left, Row.touched_ms < before_ms)


async def lost(session: AsyncSession, owner: str, before_ms: int | None) -> Sequence[UUID]:
    """Views of other processes that said nothing since `before_ms` (None: all of them)."""
    return list(await session.scalars(select(Row.id).where(*_lost(owner, before_ms))))


async def end_lost(session: AsyncSession, owner: str, before_ms: int | None) -> None:
    """They ended when they were heard of last; what showed nothing by then goes."""
    gone = _lost(owner, before_ms)
    await session.execute(delete(Row).where(*gone, Row.bytes == 0))
    await session.execute(update(Row).where(*gone).values(end_ms=Row.touched_ms, lost=True, bytes_per_s=0))


def _fresh(owner: str, fresh_ms: int) -> tuple[ColumnElement[bool], ...]:
    return Row.end_ms.is_(None), Row.owner != owner, Row.touched_ms >= fresh_ms


async def elsewhere(session: AsyncSession, owner: str, fresh_ms: int) -> list[Row]:
    """The views that other processes serve."""
    return list(await session.scalars(select(Row).where(*_fresh(owner, fresh_ms))))


# History


@dataclass(frozen=True, slots=True)
class Filter:
    """Which past views: None for all. `cameras` are those that may be seen. A view belongs to a span when any of it
    does."""

    cameras: frozenset[UUID] | None = None
    camera_id: UUID | None = None
    user_id: UUID | None = None
    user: str | None = None  # id, or part of the name
    transport: str | None = None
    from_ms: int | None = None
    to_ms: int | None = None


def within(wanted: Filter, from_ms: int, to_ms: int) -> Filter:
    """The same of another span."""
    return replace(wanted, from_ms=from_ms, to_ms=to_ms)


async def page(session: AsyncSession, wanted: Filter, limit: int, before: tuple[int, UUID] | None) -> list[Row]:
    """At most `limit` that have ended, those that began last first, that come after `before`."""
    statement = _matching(wanted).order_by(Row.start_ms.desc(), Row.id.desc()).limit(limit)
    if before is not None:
        start_ms, row_id = before
        earlier = or_(Row.start_ms < start_ms, and_(Row.start_ms == start_ms, Row.id < row_id))
        statement = statement.where(Row.start_ms <= start_ms, earlier)
    return list(await session.scalars(statement))


async def every(database: Database, wanted: Filter) -> AsyncIterator[Row]:
    """All in the order of `page`. Each batch is a transaction of its own: a slow reader holds none open."""
    before = None
    while True:
        async with database.read() as session:
            rows = await page(session, wanted, _BATCH, before)
        for row in rows:
            yield row
        if len(rows) < _BATCH:
            return
        before = rows[-1].start_ms, rows[-1].id


async def spans(database: Database, wanted: Filter, now_ms: int) -> AsyncIterator[tuple[int, int, int]]:
    """Begin, end and bytes of all views in the order of their beginning; those that go on end now."""
    after: tuple[int, UUID] | None = None
    while True:
        statement = select(Row.start_ms, Row.end_ms, Row.bytes, Row.id).where(*_conditions(wanted))
        if after is not None:
            start_ms, row_id = after
            later = or_(Row.start_ms > start_ms, and_(Row.start_ms == start_ms, Row.id > row_id))
            statement = statement.where(Row.start_ms >= start_ms, later)
        async with database.read() as session:
            rows = list(await session.execute(statement.order_by(Row.start_ms, Row.id).limit(_BATCH * 10)))
        for row in rows:
            yield row.start_ms, now_ms if row.end_ms is None else row.end_ms, row.bytes
        if len(rows) < _BATCH * 10:
            return
        after = rows[-1].start_ms, rows[-1].id


async def forget(session: AsyncSession, before_ms: int) -> None:
    """Past views that ended before an instant."""
    await session.execute(delete(Row).where(Row.end_ms < before_ms))


def _matching(wanted: Filter) -> Select[Row]:
    return select(Row).where(Row.end_ms.is_not(None), *_conditions(wanted))


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.cameras is not None:
        conditions.append(Row.camera_id.in_(sorted(wanted.cameras)))
    if wanted.camera_id is not None:
        conditions.append(Row.camera_id == wanted.camera_id)
    if wanted.user_id is not None:
        conditions.append(Row.user_id == wanted.user_id)
    if wanted.user is not None:
        named = Row.user_name.icontains(wanted.user, autoescape=True)
        conditions.append(named if (by_id := _uuid(wanted.user)) is None else or_(named, Row.user_id == by_id))
    if wanted.transport is not None:
        conditions.append(Row.transport == wanted.transport)
    if wanted.from_ms is not None:
        conditions.append(or_(Row.end_ms.is_(None), Row.end_ms > wanted.from_ms))
    if wanted.to_ms is not None:
        conditions.append(Row.start_ms < wanted.to_ms)
    return conditions


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
