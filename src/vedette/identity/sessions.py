"""Login sessions: opened, renewed, listed, ended. An end takes effect at once in this process, within `CACHE_S` in
others; access tokens alone are never enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from vedette.access.principal import CallerKind, Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, not_found
from vedette.core.ids import uuid7
from vedette.core.remembered import Remembered
from vedette.db.session import Database
from vedette.http import csrf
from vedette.identity.cookies import Presented, presented
from vedette.identity.session_tokens import ACCESS_S, SessionTokens, hash_of, invalid_token
from vedette.identity.tables import UserRow
from vedette.identity.tables_logins import SessionRow
from vedette.identity.tables_oidc import OidcProviderRow
from vedette.vault import Vault

CACHE_S = 2.0
HOUR_MS = 3_600_000
IDLE_MS = 14 * 24 * HOUR_MS
LONGEST_MS = 90 * 24 * HOUR_MS
# For how long the token before the newest one is taken: tabs that renew at once, answers that were lost.
GRACE_MS = 30_000
_MOST_CACHED = 10_000
_AGENT_LENGTH = 300
_BY_PROVIDER = "oidc:"


def method_of(slug: str) -> str:
    """The method of sessions that began with a login by this sign-in provider."""
    return f"{_BY_PROVIDER}{slug}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a login comes from."""

    address: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A session with fresh tokens; this is the only time that they are seen."""

    user_id: UUID
    session_id: UUID
    access: str
    access_expires_in_s: int
    refresh: str
    refresh_expires_ms: int


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """Whose request it is."""

    user_id: UUID
    session_id: UUID
    username: str
    must_change_password: bool
    session_expires_ms: int


class Sessions:
    """All sessions of this installation."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, access_s: int = ACCESS_S) -> None:
        self._database = database
        self._clock = clock
        self._tokens = SessionTokens(vault, access_s)
        self._access_s = access_s
        self._seen: Remembered[UUID, LoggedIn] = Remembered(clock, CACHE_S, _MOST_CACHED)

    def open(
        self, session: AsyncSession, user: UserRow, method: str, origin: Origin, longest_ms: int = LONGEST_MS
    ) -> Opened:
        """A new session, in the transaction of the login. Its id is always new: none can be fixed beforehand."""
        now = self._clock.now_ms()
        session_id = uuid7(now)
        refresh = self._tokens.first_refresh(session_id)
        row = SessionRow(
            id=session_id,
            user_id=user.id,
            method=method,
            refresh_hash=hash_of(refresh),
            key_id=self._tokens.key_id,
            rotated_ms=now,
            address=origin.address,
            user_agent=origin.user_agent[:_AGENT_LENGTH],
            created_ms=now,
            last_seen_ms=now,
            expires_ms=now + min(IDLE_MS, longest_ms),
        )
        session.add(row)
        return self._opened(row, refresh, now)

    async def refresh(self, token: str, origin: Origin) -> Opened:
        """New tokens for a refresh token, which is good once.

        Raises `auth.invalid`, `auth.expired`, `auth.revoked`. A token that was used before ends the session: either the
        one who brings it stole it, or somebody stole it from them.
        """
        session_id = self._tokens.session_of(token)
        now = self._clock.now_ms()
        async with self._database.write() as session:
            row = await session.get(SessionRow, session_id, with_for_update=True)
            user = await session.get(UserRow, row.user_id) if row is not None else None
            if row is None or user is None:
                raise _revoked()
            _check(row, user, now)
            end_ms = row.created_ms + await _longest_ms(session, row.method)
            if now >= end_ms:
                raise _expired()
            given = hash_of(token)
            if given == row.refresh_hash:
                fresh = self._tokens.next_refresh(token)
                row.previous_hash, row.refresh_hash, row.rotated_ms = given, hash_of(fresh), now
                row.key_id = self._tokens.key_id
                row.expires_ms = min(now + IDLE_MS, end_ms)
                row.last_seen_ms, row.address = now, origin.address
                row.user_agent = origin.user_agent[:_AGENT_LENGTH]
                return self._opened(row, fresh, now)
            if given == row.previous_hash and now - row.rotated_ms < GRACE_MS:
                return self._opened(row, self._tokens.next_refresh(token), now)
            row.revoked_ms, row.revoked_why = now, "reused"
            thief = Principal(CallerKind.NOBODY, user.username, address=origin.address)
            entry = Entry(
                "auth.session_reused", "denied", "session", str(row.id), user.username, detail="old refresh token"
            )
            await record(session, now, thief, entry)
        self._seen.forget(session_id)
        raise _revoked()

    async def check(self, access_token: str) -> LoggedIn:
        """Whose access token it is. Raises `auth.invalid`, `auth.expired`, `auth.revoked`."""
        access = self._tokens.read_access(access_token, self._clock.now_ms())
        found = await self._seen.get(access.session_id, lambda: self._look(access.session_id))
        if found.user_id != access.user_id:
            raise invalid_token()
        return found

    async def _look(self, session_id: UUID) -> LoggedIn:
        async with self._database.read() as session:
            row = await session.get(SessionRow, session_id)
            user = await session.get(UserRow, row.user_id) if row is not None else None
        if row is None or user is None:
            raise _revoked()
        _check(row, user, self._clock.now_ms())
        return LoggedIn(user.id, row.id, user.username, user.must_change_password, row.expires_ms)

    def session_of(self, given: Presented) -> UUID | None:
        """The session that somebody wants to leave, also with an access token that is too old."""
        try:
            if given.refresh:
                return self._tokens.session_of(given.refresh)
            if given.access:
                return self._tokens.read_access(given.access, self._clock.now_ms()).session_id
        except VedetteError:
            pass
        return None

    async def of_user(self, user_id: UUID) -> list[SessionRow]:
        """Those that are not over, newest first. What was opened with another key of the installation is over: nobody
        can come with its tokens any more."""
        async with self._database.read() as session:
            found = await session.scalars(
                select(SessionRow)
                .where(
                    SessionRow.user_id == user_id,
                    SessionRow.revoked_ms.is_(None),
                    SessionRow.expires_ms > self._clock.now_ms(),
                    or_(SessionRow.key_id.is_(None), SessionRow.key_id == self._tokens.key_id),
                )
                .order_by(SessionRow.last_seen_ms.desc(), SessionRow.id)
            )
            return list(found)

    async def end(self, session_id: UUID, user_id: UUID | None, caller: Principal, action: str, why: str) -> None:
        """Ends one session, of `user_id` where that is said. Raises `session.not_found`."""
        async with self._database.write() as session:
            row = await session.get(SessionRow, session_id)
            if row is None or row.revoked_ms is not None or user_id not in (None, row.user_id):
                raise not_found("session.not_found", "There is no such session (any more).")
            user = await session.get_one(UserRow, row.user_id)
            now = self._clock.now_ms()
            row.revoked_ms, row.revoked_why = now, why
            if caller.kind is CallerKind.NOBODY:  # who leaves with a refresh token alone
                caller = Principal(CallerKind.SESSION, user.username, user.id, row.id, address=caller.address)
            await record(session, now, caller, Entry(action, "ok", "session", str(row.id), user.username))
        self._seen.forget(session_id)

    async def end_others(self, user_id: UUID, keep: UUID, caller: Principal) -> None:
        """Ends all sessions of a user but one."""
        async with self._database.write() as session:
            await session.get(UserRow, user_id, with_for_update=True)  # first, as whoever else ends several
            ended = await self.end_all(session, user_id, "ended by its owner", keep=keep)
            for session_id in ended:
                entry = Entry("auth.session_end", "ok", "session", str(session_id), caller.name)
                await record(session, self._clock.now_ms(), caller, entry)
        self.forget(ended)

    async def end_all(
        self, session: AsyncSession, user_id: UUID, why: str, *, keep: UUID | None = None
    ) -> Sequence[UUID]:
        """Ends a user's sessions in the transaction that gives the reason; pass the answer to `forget` after it."""
        return await self._end(session, why, SessionRow.user_id == user_id, SessionRow.id != keep)

    async def end_by_provider(
        self, session: AsyncSession, slug: str, why: str, user_id: UUID | None = None
    ) -> Sequence[UUID]:
        """As `end_all`: the sessions of logins by a sign-in provider, of one user or of all."""
        whose = [SessionRow.user_id == user_id] if user_id is not None else []
        return await self._end(session, why, SessionRow.method == method_of(slug), *whose)

    async def shorten_by_provider(self, session: AsyncSession, slug: str, longest_ms: int) -> None:
        """Sessions of logins by a sign-in provider last no longer than this from their login on."""
        theirs = update(SessionRow).where(
            SessionRow.method == method_of(slug),
            SessionRow.revoked_ms.is_(None),
            SessionRow.expires_ms > SessionRow.created_ms + longest_ms,
        )
        await session.execute(theirs.values(expires_ms=SessionRow.created_ms + longest_ms))
        self._seen.clear()

    def forget(self, session_ids: Sequence[UUID]) -> None:
        """What was known of these sessions is not true any more."""
        for session_id in session_ids:
            self._seen.forget(session_id)

    async def _end(self, session: AsyncSession, why: str, *which: ColumnElement[bool]) -> Sequence[UUID]:
        ended = list(await session.scalars(select(SessionRow.id).where(SessionRow.revoked_ms.is_(None), *which)))
        change = update(SessionRow).where(SessionRow.id.in_(ended))
        await session.execute(change.values(revoked_ms=self._clock.now_ms(), revoked_why=why))
        return ended

    def _opened(self, row: SessionRow, refresh: str, now_ms: int) -> Opened:
        access = self._tokens.access(row.user_id, row.id, now_ms)
        return Opened(row.user_id, row.id, access, self._access_s, refresh, row.expires_ms)


async def principal_of_credentials(connection: HTTPConnection, sessions: Sessions) -> LoggedIn | None:
    """Who logged in with what the request brings; None when it brings neither a cookie nor an access token as bearer
    (an API token is none).

    Raises VedetteError `auth.invalid`, `auth.expired`, `auth.revoked`, and `auth.csrf` for a request with a cookie that
    another page may have made.
    """
    given = presented(connection)
    if given.access is None:
        return None
    if given.by_cookie:
        method = connection.scope["method"] if connection.scope["type"] == "http" else None
        if refused := csrf.judge(method, connection.scope["headers"]):
            raise refused
    return await sessions.check(given.access)


def _check(row: SessionRow, user: UserRow, now_ms: int) -> None:
    if row.revoked_ms is not None or user.disabled_ms is not None:
        raise _revoked()
    if now_ms >= row.expires_ms:
        raise _expired()


async def _longest_ms(session: AsyncSession, method: str) -> int:
    """How long a session can last in all. Raises `auth.revoked` where its way to log in is no more."""
    if not method.startswith(_BY_PROVIDER):
        return LONGEST_MS
    hours = await session.scalar(
        select(OidcProviderRow.session_hours).where(
            OidcProviderRow.slug == method.removeprefix(_BY_PROVIDER), OidcProviderRow.enabled
        )
    )
    if hours is None:
        raise _revoked()
    return hours * HOUR_MS


def _expired() -> VedetteError:
    return VedetteError(ErrorKind.UNAUTHENTICATED, "auth.expired", "This session is over. Log in again.")


def _revoked() -> VedetteError:
    return VedetteError(ErrorKind.UNAUTHENTICATED, "auth.revoked", "This session was ended. Log in again.")
