"""Holds: locks that keep footage from deletion, by retention and by people."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.core.errors import invalid
from vedette.core.ids import uuid7
from vedette.db.dialect import LOCK_HOLDS, serialise
from vedette.recordings.tables import HoldRow


@dataclass(frozen=True, slots=True)
class NewHold:
    """Footage of `camera_id` in `[start_ms, end_ms)` stays until `expires_ms`, or until it is released."""

    camera_id: UUID
    start_ms: int
    end_ms: int
    owner: str
    reason: str
    expires_ms: int | None = None


async def place(session: AsyncSession, hold: NewHold, now_ms: int) -> UUID:
    """From the commit on nothing of it is deleted: a deletion that runs at the same time comes wholly before or after.

    Raises VedetteError `hold.span` or `hold.expired`.
    """
    if hold.end_ms <= hold.start_ms:
        raise invalid("hold.span", "The end of a hold must be after its start.", field="end")
    if hold.expires_ms is not None and hold.expires_ms <= now_ms:
        raise invalid("hold.expired", "A hold must not be over before it begins.", field="expires")
    await session.run_sync(lambda sync: serialise(sync.connection(), LOCK_HOLDS))
    row = HoldRow(
        id=uuid7(now_ms),
        camera_id=hold.camera_id,
        start_ms=hold.start_ms,
        end_ms=hold.end_ms,
        owner=hold.owner,
        reason=hold.reason,
        created_ms=now_ms,
        expires_ms=hold.expires_ms,
    )
    session.add(row)
    await session.flush()
    return row.id


async def release(session: AsyncSession, hold_id: UUID) -> bool:
    """Ends a hold; False when there was none."""
    found = await session.execute(delete(HoldRow).where(HoldRow.id == hold_id).returning(HoldRow.id))
    return found.first() is not None


async def of_camera(session: AsyncSession, camera_id: UUID, start_ms: int, end_ms: int, now_ms: int) -> list[HoldRow]:
    """The holds in force on footage in `[start_ms, end_ms)`."""
    statement = (
        select(HoldRow)
        .where(HoldRow.camera_id == camera_id, HoldRow.start_ms < end_ms, HoldRow.end_ms > start_ms)
        .where(or_(HoldRow.expires_ms.is_(None), HoldRow.expires_ms > now_ms))
        .order_by(HoldRow.start_ms)
    )
    return list(await session.scalars(statement))
