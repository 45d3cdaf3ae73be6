"""Events leave a transaction through the outbox: written with the change that caused them, read after the commit."""

from typing import Any

from sqlalchemy import Connection, delete, event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.db.dialect import LOCK_OUTBOX, serialise
from vedette.events.tables import OutboxRow

# A socket that was away for longer than this gets fresh state instead of a replay.
KEEP_MS = 24 * 3_600_000


def emit(session: AsyncSession, at_ms: int, topic: str, payload: dict[str, Any]) -> None:
    """Adds an event to the transaction of `session`. `payload` is JSON without secrets; times in it are `..._ms`."""
    session.add(OutboxRow(at_ms=at_ms, topic=topic, payload=payload))


@event.listens_for(OutboxRow, "before_insert")
def _in_commit_order(_mapper: object, connection: Connection, _row: OutboxRow) -> None:
    """Ids must rise in the order of the commits: a reader that has seen id 8 never comes back for a 7 that was taken
    earlier and committed later. So only one transaction at a time may hold ids that are not committed."""
    serialise(connection, LOCK_OUTBOX)


async def newest_id(session: AsyncSession) -> int:
    """The id of the newest event, 0 when there is none."""
    return await session.scalar(select(func.max(OutboxRow.id))) or 0


async def oldest_id(session: AsyncSession) -> int:
    """The id of the oldest event that is still kept, 0 when there is none."""
    return await session.scalar(select(func.min(OutboxRow.id))) or 0


async def after(session: AsyncSession, cursor: int, limit: int, upto: int | None = None) -> list[OutboxRow]:
    """At most `limit` events with ids above `cursor` (and not above `upto`), in the order of their ids."""
    query = select(OutboxRow).where(OutboxRow.id > cursor).order_by(OutboxRow.id).limit(limit)
    if upto is not None:
        query = query.where(OutboxRow.id <= upto)
    return list(await session.scalars(query))


async def prune(session: AsyncSession, now_ms: int) -> int:
    """Deletes events older than `KEEP_MS` and says how many.

    The newest stays whatever its age: SQLite hands out ids from the highest row, and a cursor must never name another
    event than it did.
    """
    newest = await newest_id(session)
    statement = delete(OutboxRow).where(OutboxRow.at_ms < now_ms - KEEP_MS, OutboxRow.id < newest)
    result = await session.execute(statement.returning(OutboxRow.id))
    return len(result.all())
