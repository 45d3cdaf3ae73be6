"""Writing to the audit log: rows in the transaction of the change that they tell of.

Writers wait for one another until they commit, for the chain has one order. So an entry is recorded last in its
transaction: locks are then always taken in the same order, and held for moments.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import Principal
from vedette.audit.tables import AuditHeadRow, AuditRow
from vedette.core.errors import ErrorKind, VedetteError
from vedette.db.dialect import LOCK_AUDIT, serialise

FIRST_HASH = "0" * 64
# Names and addresses may come from anybody who tries to log in.
_MOST_TEXT = 500
_MOST_DETAIL = 2000
_INTEGERS = range(-(2**53), 2**53 + 1)  # what every reader of JSON takes as it is


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened. `action` is dotted (`camera.edit`); `before` and `after` hold no secrets."""

    action: str
    result: str = "ok"  # ok, denied (a login), failed, refused (by the permissions)
    object_kind: str | None = None
    object_id: str | None = None
    object_name: str | None = None
    camera_id: UUID | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry with who did it, and when."""

    at_ms: int
    caller: Principal
    entry: Entry


async def record(session: AsyncSession, at_ms: int, caller: Principal, entry: Entry) -> None:
    """Adds the entry to the transaction of `session`, as the last thing that it does. Raises as `record_all`."""
    await record_all(session, [Happened(at_ms, caller, entry)])


async def record_all(session: AsyncSession, happened: Sequence[Happened]) -> None:
    """Adds entries in their order. Raises VedetteError `audit.head` where the log's head was taken away: nothing is
    changed that could not be recorded."""
    if not happened:
        return
    await session.flush()
    await take_turn(session)
    newest = await session.scalar(select(AuditHeadRow.hash).where(AuditHeadRow.id == 1))
    if newest is None:
        raise VedetteError(
            ErrorKind.DATA_LOSS,
            "audit.head",
            "The head of the audit log is gone, so nothing can be recorded in it. Restore the database from a backup.",
        )
    rows = []
    for one in happened:
        told = _told(one)
        hashed = digest(newest, told)
        rows.append({**told, "previous_hash": newest, "hash": hashed})
        newest = hashed
    await session.execute(insert(AuditRow), rows)
    head = update(AuditHeadRow).where(AuditHeadRow.id == 1)
    await session.execute(head.values(entries=AuditHeadRow.entries + len(rows), hash=newest))


async def take_turn(session: AsyncSession) -> None:
    """Waits for other writers of the log to commit. For a transaction that has to know first what others wrote."""
    connection = await session.connection()
    await connection.run_sync(serialise, LOCK_AUDIT)


# Came after the first entries were written: where they say nothing they are not hashed, so that those stay good.
_LATER = ("token_name", "share_id", "ticket")
TOLD = tuple(sorted(set(AuditRow.__table__.columns.keys()) - {"id", "hash", "previous_hash"}))


def digest(previous_hash: str, told: Mapping[Any, Any]) -> str:
    """The hash that a row must have: over the hash before it and everything that it says (`TOLD`), in canonical JSON.

    Of values that come out of a database as they went in; `_told` sees to that.
    """
    canonical = {name: told[name] for name in TOLD if name not in _LATER or told[name] is not None}
    if canonical["camera_id"] is not None:
        canonical["camera_id"] = str(canonical["camera_id"])
    data = orjson.dumps(canonical, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(previous_hash.encode() + data).hexdigest()


def _told(happened: Happened) -> dict[str, Any]:
    caller, entry = happened.caller, happened.entry
    return {
        "at_ms": happened.at_ms,
        "actor_kind": caller.kind.value,
        "actor_id": str(caller.user_id) if caller.user_id else None,
        "actor_name": _text(caller.name),
        "token_id": str(caller.token_id) if caller.token_id else None,
        "token_name": _text(caller.token_name) if caller.token_id else None,
        "share_id": str(caller.share_id) if caller.share_id else None,
        "ticket": caller.media.kind.value if caller.media else None,
        "address": _text(caller.address),
        "action": entry.action,
        "result": entry.result,
        "object_kind": entry.object_kind,
        "object_id": None if entry.object_id is None else _text(entry.object_id),
        "object_name": None if entry.object_name is None else _text(entry.object_name),
        "camera_id": entry.camera_id,
        "before": None if entry.before is None else _plain(entry.before),
        "after": None if entry.after is None else _plain(entry.after),
        "detail": _text(entry.detail, _MOST_DETAIL),
    }


def _text(text: str, most: int = _MOST_TEXT) -> str:
    """What both databases can hold: PostgreSQL's text has no NUL, and half a surrogate pair is no text at all."""
    text = text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()
    return text if len(text) <= most else text[: most - 1] + "…"


def _plain(value: Any) -> Any:
    """As JSON has it, so that what is read back is what was hashed: no NaN, no huge integers, keys are text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if value in _INTEGERS else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {_text(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return _text(str(value), _MOST_DETAIL)
