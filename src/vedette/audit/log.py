"""Writing to the audit log: one row in the transaction of the change that it tells of."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import Principal
from vedette.audit.tables import AuditRow
from vedette.db.dialect import LOCK_AUDIT, serialise

FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened. `action` is dotted (`camera.edit`); `before` and `after` hold no secrets."""

    action: str
    result: str = "ok"  # ok, denied, failed
    object_kind: str | None = None
    object_id: str | None = None
    object_name: str | None = None
    camera_id: UUID | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    detail: str = ""


async def record(session: AsyncSession, at_ms: int, caller: Principal, entry: Entry) -> None:
    """Adds the entry to the transaction of `session`. Writers wait for one another: the chain has one order."""
    connection = await session.connection()
    await connection.run_sync(serialise, LOCK_AUDIT)
    newest = await session.scalar(select(AuditRow.hash).order_by(AuditRow.id.desc()).limit(1))
    row = AuditRow(
        at_ms=at_ms,
        actor_kind=caller.kind.value,
        actor_id=str(caller.user_id) if caller.user_id else None,
        actor_name=caller.name,
        token_id=str(caller.token_id) if caller.token_id else None,
        address=caller.address,
        action=entry.action,
        result=entry.result,
        object_kind=entry.object_kind,
        object_id=entry.object_id,
        object_name=entry.object_name,
        camera_id=entry.camera_id,
        before=entry.before,
        after=entry.after,
        detail=entry.detail,
        previous_hash=newest or FIRST_HASH,
        hash="",
    )
    row.hash = digest(row)
    session.add(row)
    await session.flush()


def digest(row: AuditRow) -> str:
    """The hash that the row must have: over the hash before it and everything that it says, in canonical JSON."""
    told = {
        name: getattr(row, name)
        for name in sorted(AuditRow.__table__.columns.keys())
        if name not in ("id", "hash", "previous_hash")
    }
    told["camera_id"] = str(row.camera_id) if row.camera_id else None
    data = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(row.previous_hash.encode() + data).hexdigest()
