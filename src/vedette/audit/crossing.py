"""The views that reach over an edge of a period, or go on: those that the entries of the period alone tell nothing, or
too much, of. There are as many as people watched at two instants."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.audit.tables import AuditRow, OpenViewRow
from vedette.audit.views import LOST_MS
from vedette.http.instants import format_instant

_ENDS = ("live.end", "playback.end")
_BEGINNINGS = ("live.view", "playback.view")
_PIECE = 500


@dataclass(frozen=True, slots=True)
class Running:
    """A view that goes on, the entry of its beginning, and until when it is known to."""

    view_id: str
    row: AuditRow
    until_ms: int


async def begun_before(session: AsyncSession, from_ms: int, to_ms: int) -> Sequence[AuditRow]:
    """The ends in the period of views that began before it."""
    within = AuditRow.at_ms >= from_ms, AuditRow.at_ms < to_ms
    return await _ends(session, from_ms, *within)


async def ended_after(session: AsyncSession, to_ms: int) -> Sequence[AuditRow]:
    """The ends after the period of views that began in it or before."""
    return await _ends(session, to_ms, AuditRow.at_ms >= to_ms)


async def _ends(session: AsyncSession, before_ms: int, *within: ColumnElement[bool]) -> Sequence[AuditRow]:
    # Instants of this form are in the order of time as text is.
    start = AuditRow.after["start"].as_string()
    statement = select(AuditRow).where(AuditRow.action.in_(_ENDS), *within, start < format_instant(before_ms))
    return list(await session.scalars(statement.order_by(AuditRow.id)))


async def running(session: AsyncSession, to_ms: int, now_ms: int) -> list[Running]:
    """Those that began before the end of the period and go on. One whose process is silent counts until that spoke
    last."""
    open_rows = list(await session.scalars(select(OpenViewRow).where(OpenViewRow.start_ms < to_ms)))
    of_view = {row.view_id: row for row in open_rows}
    instants = sorted({row.start_ms for row in open_rows})
    found: list[Running] = []
    for index in range(0, len(instants), _PIECE):
        began = AuditRow.at_ms.in_(instants[index : index + _PIECE])
        for row in await session.scalars(select(AuditRow).where(AuditRow.action.in_(_BEGINNINGS), began)):
            view_id = (row.after or {}).get("view")
            if isinstance(view_id, str) and (going_on := of_view.get(view_id)) is not None:
                touched_ms = going_on.touched_ms
                found.append(Running(view_id, row, now_ms if now_ms - touched_ms < LOST_MS else touched_ms))
    return found
