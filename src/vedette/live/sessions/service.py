"""Rules of live sessions: who sees which, who ends which, what players may report.

Everybody sees and ends their own; who manages users or reads the audit log sees all of cameras that they may know of,
who manages users ends them. One that may not be seen does not exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, not_found
from vedette.db.session import Database
from vedette.live.sessions import repository
from vedette.live.sessions.exchange import LOST_MS
from vedette.live.sessions.report import Report
from vedette.live.sessions.session import LiveSession
from vedette.live.sessions.watchers import Watchers
from vedette.live.tables import LiveSessionRow


@dataclass(frozen=True, slots=True)
class Going:
    """A view that goes on. `here` is None where another process serves it."""

    row: LiveSessionRow
    here: LiveSession | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a caller may know of views: of which users (None: all), on which cameras (None: all)."""

    user_id: UUID | None
    cameras: frozenset[UUID] | None

    @classmethod
    def of(cls, caller: Principal, now_ms: int) -> "Scope":
        """Of this caller, now."""
        all_of_them = any(caller.may(one, None, now_ms) for one in (Permission.AUDIT_VIEW, Permission.USER_MANAGE))
        cameras = caller.cameras(Permission.CAMERA_VIEW, now_ms)
        return cls(None if all_of_them else caller.user_id, cameras)

    def shows(self, user_id: UUID | None, camera_id: UUID) -> bool:
        """Whether this view may be known of."""
        mine = self.user_id is None or user_id == self.user_id
        return mine and (self.cameras is None or camera_id in self.cameras)


class SessionService:
    """Over the views of all processes."""

    def __init__(self, database: Database, clock: Clock, watchers: Watchers) -> None:
        self._database = database
        self._clock = clock
        self._watchers = watchers

    async def going(self, caller: Principal) -> list[Going]:
        """Those that the caller may know of, the newest first."""
        now_ms = self._clock.now_ms()
        scope = Scope.of(caller, now_ms)
        found = [Going(self._row(one), one) for one in self._watchers.sessions()]
        if self._database.dialect != "sqlite":
            async with self._database.read() as session:
                rows = await repository.elsewhere(session, self._watchers.exchange.owner, now_ms - LOST_MS)
            found += [Going(row) for row in rows]
        shown = [one for one in found if scope.shows(one.row.user_id, one.row.camera_id)]
        return sorted(shown, key=lambda one: (one.row.start_ms, one.row.id), reverse=True)

    def may_end(self, caller: Principal, row: LiveSessionRow) -> bool:
        """Whether the caller may end this view that they may know of."""
        return _mine(caller, row) or caller.may(Permission.USER_MANAGE, None, self._clock.now_ms())

    async def kick(self, caller: Principal, session_id: UUID) -> None:
        """Ends a view, wherever it is served. Raises VedetteError `live.no_session`, `auth.forbidden`."""
        found = await self._find(caller, session_id)
        row = found.row
        own = _mine(caller, row)
        if not self.may_end(caller, row):
            words = "You may see this view but not end it: that takes the permission user.manage."
            raise VedetteError(ErrorKind.FORBIDDEN, "auth.forbidden", words)
        async with self._database.write() as session:
            if found.here is None:
                await repository.write_letter(session, session_id, kick={"own": own})
            await self._record(session, caller, row)
        if found.here is not None:
            self._watchers.roll.kick(found.here, own=own)

    async def report(self, caller: Principal, session_id: UUID, report: Report) -> None:
        """What a player says of its view: one of the caller's own. Raises VedetteError `live.no_session`."""
        here = self._watchers.roll.open.get(session_id)
        if here is not None:
            if here.caller.user_id != caller.user_id or here.caller.share_id != caller.share_id:
                raise _unknown(session_id)
            here.report(report, self._clock.monotonic())
            return
        async with self._database.write() as session:
            row = await session.get(LiveSessionRow, session_id)
            if row is None or row.end_ms is not None or not _mine(caller, row):
                raise _unknown(session_id)
            row.report = report.model_dump(exclude_none=True)

    async def _find(self, caller: Principal, session_id: UUID) -> Going:
        for one in await self.going(caller):
            if one.row.id == session_id:
                return one
        raise _unknown(session_id)

    async def _record(self, session: AsyncSession, caller: Principal, row: LiveSessionRow) -> None:
        entry = Entry(
            "live.kick",
            object_kind="camera",
            object_id=str(row.camera_id),
            object_name=row.camera_name,
            camera_id=row.camera_id,
            after={
                "view": row.view_id,
                "viewer": row.user_name,
                "transport": row.transport,
                "address": row.address,
            },
        )
        await record(session, self._clock.now_ms(), caller, entry)

    def _row(self, one: LiveSession) -> LiveSessionRow:
        now_s = self._clock.monotonic()
        row = repository.row_of(one, self._watchers.exchange.owner, self._clock.now_ms())
        row.bytes_per_s = one.rate.next(now_s, one.bytes).per_s
        return row


def _mine(caller: Principal, row: LiveSessionRow) -> bool:
    return caller.user_id is not None and row.user_id == caller.user_id and row.share_id == caller.share_id


def _unknown(session_id: UUID) -> VedetteError:
    return not_found("live.no_session", f"There is no live view {session_id}. It has ended, or is not yours.")


def filtered(found: Sequence[Going], camera_id: UUID | None, user: str | None, transport: str | None) -> list[Going]:
    """Those of a camera, a user (id, or part of the name) and a transport; None for all."""
    return [
        one
        for one in found
        if (camera_id is None or one.row.camera_id == camera_id)
        and (transport is None or one.row.transport == transport)
        and (user is None or user.casefold() in one.row.user_name.casefold() or user == str(one.row.user_id))
    ]
