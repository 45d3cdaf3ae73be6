"""Asking for footage to be moved, following it, calling it off. The worker does it (`moving.mover`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from vedette.access.principal import Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.http.instants import format_instant
from vedette.recordings.moving import repository
from vedette.recordings.tables_moving import MoveRow
from vedette.storage import repository as volumes

MOST_LISTED = 100
_MOST_WAITING = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be moved: closed footage that ended before `end_ms`, to the volume `volume_id`."""

    volume_id: int
    end_ms: int
    start_ms: int | None = None
    camera_id: UUID | None = None
    from_volume_id: int | None = None


class MoveService:
    """Each call is one transaction, with its entry in the audit log."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def ask(self, wish: Wish, caller: Principal) -> MoveRow:
        """Raises VedetteError `move.volume`, `move.span`, `move.nothing`, `move.too_many`."""
        now_ms = self._clock.now_ms()
        if wish.start_ms is not None and wish.end_ms <= wish.start_ms:
            raise invalid("move.span", "The end must be after the start.", field="end")
        async with self._database.write() as session:
            for field, key in (("volume_id", wish.volume_id), ("from_volume_id", wish.from_volume_id)):
                if key is not None and await volumes.get(session, key) is None:
                    raise invalid("move.volume", f"There is no volume {key}.", field=field)
            if wish.from_volume_id == wish.volume_id:
                raise invalid("move.volume", "Choose two different volumes.", field="volume_id")
            if len(await repository.unfinished(session)) >= _MOST_WAITING:
                message = f"{_MOST_WAITING} moves wait already. Call one off, or wait."
                raise VedetteError(ErrorKind.CONFLICT, "move.too_many", message)
            row = MoveRow(
                id=uuid7(now_ms),
                volume_id=wish.volume_id,
                from_volume_id=wish.from_volume_id,
                camera_id=wish.camera_id,
                start_ms=wish.start_ms,
                end_ms=min(wish.end_ms, now_ms),
                asked_by=caller.name,
                state="waiting",
                detail="",
                created_ms=now_ms,
                files=0,
                bytes=0,
            )
            row.files, row.bytes = await repository.extent(session, row)
            if not row.files:
                raise invalid("move.nothing", "No closed recording of this lies on another volume.", field="end")
            session.add(row)
            await record(session, now_ms, caller, _entry("recording.move", row))
            return row

    async def every(self) -> Sequence[MoveRow]:
        """The newest first, at most `MOST_LISTED`."""
        async with self._database.read() as session:
            return await repository.moves(session, MOST_LISTED)

    async def get(self, move_id: UUID) -> MoveRow:
        """Raises VedetteError `move.not_found`."""
        async with self._database.read() as session:
            return _existing(await repository.get(session, move_id), move_id)

    async def cancel(self, move_id: UUID, caller: Principal) -> MoveRow:
        """What is moved stays moved; the file under way stays where it was. Calling off what has ended changes nothing.

        Raises VedetteError `move.not_found`.
        """
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            row = _existing(await repository.get(session, move_id, lock=True), move_id)
            if row.state in repository.UNFINISHED:
                row.state, row.ended_ms = "cancelled", now_ms
                await record(session, now_ms, caller, _entry("recording.move_cancel", row))
            return row


def _existing(row: MoveRow | None, move_id: UUID) -> MoveRow:
    if row is None:
        raise not_found("move.not_found", f"There is no move {move_id}. It may have ended long ago.")
    return row


def _entry(action: str, row: MoveRow) -> Entry:
    told = {
        "to": row.volume_id,
        "from": row.from_volume_id,
        "start": format_instant(row.start_ms) if row.start_ms is not None else None,
        "end": format_instant(row.end_ms),
        "files": row.files,
        "bytes": row.bytes,
        "done": row.files_done or 0,
    }
    return Entry(action, object_kind="volume", object_id=str(row.volume_id), camera_id=row.camera_id, after=told)
