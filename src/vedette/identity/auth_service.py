"""The rules of logging in, changing one's own password, and one's second factor."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import CallerKind, Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid
from vedette.db.session import Database
from vedette.identity import attempts, totp
from vedette.identity import users_repository as users
from vedette.identity.attempts import Attempt
from vedette.identity.names import fold
from vedette.identity.passwords import Passwords, Verdict, check_new_password
from vedette.identity.sessions import LoggedIn, Opened, Origin, Sessions
from vedette.identity.tables import UserRow
from vedette.vault import Vault

PENDING_MS = 10 * 60_000
_KIND, _TOTP, _PENDING = "user", "totp", "totp pending"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor that was not confirmed yet: nothing of it is kept here, `pending` is sealed."""

    secret: str
    uri: str
    pending: str


class AuthService:
    """Logins. Every attempt is counted before the password is looked at, and is in the audit log."""

    def __init__(
        self, database: Database, clock: Clock, vault: Vault, passwords: Passwords, sessions: Sessions
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._passwords = passwords
        self._sessions = sessions

    async def log_in(self, username: str, password: str, code: str | None, origin: Origin) -> Opened:
        """A new session.

        Raises `auth.failed` for whatever is wrong with name or password (it says the same, in the same time, of unknown
        users, disabled ones and locked ones), `auth.code_needed` and `auth.code_wrong` once the password was right,
        `auth.busy`.
        """
        name = fold(username)[:200]
        attempt, verdict = await self._verify(name, password, origin)
        failure: VedetteError | None = None
        opened = None
        async with self._database.write() as session:
            now = self._clock.now_ms()
            user = await users.by_name(session, name, lock=True)
            outcome = await self._judge(session, user, verdict, code)
            await attempts.finish(session, attempt, outcome)
            if outcome == attempts.OK:
                assert user is not None
                method = "password+totp" if user.totp_sealed else "password"
                opened = self._sessions.open(session, user, method, origin)
                user.last_login_ms = now
                if verdict.rehashed:
                    user.password_hash = verdict.rehashed
                caller = Principal(
                    CallerKind.SESSION, user.username, user.id, opened.session_id, address=origin.address
                )
                await record(session, now, caller, Entry("auth.login", "ok", "user", str(user.id), name, detail=method))
            else:
                failure = _failure(outcome, _wait_s(attempt, now))
                await self._audit_failure(session, name, user, outcome, origin)
        if opened is None:
            raise failure or _failed()
        return opened

    async def change_password(self, who: LoggedIn, present: str, new: str, caller: Principal) -> None:
        """Sets one's own password and ends one's other sessions. Raises `auth.failed`, `auth.password_weak`."""
        check_new_password(new, who.username)
        if new == present:
            raise invalid("auth.password_weak", "The new password is the present one.", field="new_password")
        await self._confirm(who, present, caller)
        hashed = await self._passwords.hash(new)
        async with self._database.write() as session:
            user = await self._user(session, who.user_id)
            now = self._clock.now_ms()
            user.password_hash, user.password_changed_ms, user.must_change_password = hashed, now, False
            user.updated_ms, user.version = now, user.version + 1
            ended = await self._sessions.end_all(session, user.id, "password changed", keep=who.session_id)
            await record(session, now, caller, Entry("auth.password", "ok", "user", str(user.id), user.username))
        self._sessions.forget([*ended, who.session_id])

    async def confirm(self, who: LoggedIn, password: str, caller: Principal) -> None:
        """That it is still the person, for what could be used to stay in: their password, where they have one. Raises
        `auth.password_wrong`."""
        async with self._database.read() as session:
            user = await self._user(session, who.user_id)
        if user.password_hash is not None:
            await self._confirm(who, password, caller)

    async def begin_totp(self, who: LoggedIn, password: str, caller: Principal) -> Enrolment:
        """A fresh secret to put into an app. Raises `auth.failed`, `totp.already`."""
        await self._confirm(who, password, caller)
        async with self._database.read() as session:
            if (await self._user(session, who.user_id)).totp_sealed is not None:
                raise VedetteError(
                    ErrorKind.CONFLICT, "totp.already", "The second factor is on. Switch it off before a new one."
                )
        secret = totp.new_secret()
        until = self._clock.now_ms() + PENDING_MS
        pending = self._vault.seal(who.user_id, _PENDING, f"{until} {secret}", kind=_KIND)
        return Enrolment(secret, totp.uri(secret, who.username), pending)

    async def confirm_totp(self, who: LoggedIn, pending: str, code: str, caller: Principal) -> list[str]:
        """Switches the second factor on after a first good code; gives the recovery codes, this once.

        Raises `totp.pending` for an enrolment that is too old or not this user's, `auth.code_wrong`, `totp.already`.
        """
        now = self._clock.now_ms()
        secret = self._open_pending(who.user_id, pending, now)
        step = totp.accepted_step(secret, code, now, None)
        if step is None:
            raise _failure(attempts.TOTP)
        codes = totp.new_recovery_codes()
        async with self._database.write() as session:
            user = await self._user(session, who.user_id, lock=True)
            if user.totp_sealed is not None:
                raise VedetteError(ErrorKind.CONFLICT, "totp.already", "The second factor is on already.")
            user.totp_sealed = self._vault.seal(user.id, _TOTP, secret, kind=_KIND)
            user.totp_last_step = step
            user.updated_ms, user.version = now, user.version + 1
            await users.set_recovery_codes(session, user.id, [totp.recovery_hash(one) for one in codes])
            await record(session, now, caller, Entry("auth.totp_on", "ok", "user", str(user.id), user.username))
        return codes

    async def disable_totp(self, who: LoggedIn, password: str, code: str, caller: Principal) -> None:
        """Switches the second factor off. Raises `auth.failed`, `auth.code_wrong`, `totp.off`."""
        attempt = await self._confirm(who, password, caller, pending=True)
        async with self._database.write() as session:
            user = await self._user(session, who.user_id, lock=True)
            if user.totp_sealed is None:
                await attempts.finish(session, attempt, attempts.CODE_NEEDED)
                problem: VedetteError | None = VedetteError(ErrorKind.CONFLICT, "totp.off", "There is none to disable.")
            elif not await self._take_code(session, user, code):
                await attempts.finish(session, attempt, attempts.TOTP)
                problem = _failure(attempts.TOTP)
            else:
                problem = None
                now = self._clock.now_ms()
                await attempts.finish(session, attempt, attempts.CODE_NEEDED)
                user.totp_sealed = user.totp_last_step = None
                user.updated_ms, user.version = now, user.version + 1
                await users.set_recovery_codes(session, user.id, [])
                await record(session, now, caller, Entry("auth.totp_off", "ok", "user", str(user.id), user.username))
        if problem is not None:
            raise problem

    async def _verify(self, name: str, password: str, origin: Origin) -> tuple[Attempt, Verdict]:
        """The attempt, pending, and what is to be said of the password. Raises `auth.failed` when it is locked."""
        now = self._clock.now_ms()
        async with self._database.write() as session:
            user = await users.by_name(session, name)
            attempt = await attempts.begin(session, now, name, origin.address)
            if attempt.locked:
                await self._audit_failure(session, name, user, attempts.LOCKED, origin)
            stored = user.password_hash if user is not None else None
        if attempt.locked:
            raise _failed(_wait_s(attempt, now))
        try:
            verdict = await self._passwords.verify(password, stored)
        except VedetteError:  # the password was not looked at: this is no failure
            async with self._database.write() as session:
                await attempts.finish(session, attempt, attempts.DELAYED)
            raise
        return attempt, verdict

    async def _confirm(self, who: LoggedIn, password: str, caller: Principal, *, pending: bool = False) -> Attempt:
        """That it is still the person: their password again, counted as at a login. `pending`: the attempt stays open
        for a second factor."""
        attempt, verdict = await self._verify(who.username, password, Origin(caller.address, ""))
        outcome = attempts.CODE_NEEDED if verdict.ok else attempts.PASSWORD
        if not (verdict.ok and pending):
            async with self._database.write() as session:
                await attempts.finish(session, attempt, outcome)
                if not verdict.ok:
                    entry = Entry("auth.confirm", "failed", "user", str(who.user_id), who.username, detail=outcome)
                    await record(session, self._clock.now_ms(), caller, entry)
        if not verdict.ok:
            raise VedetteError(
                ErrorKind.FORBIDDEN,
                "auth.password_wrong",
                "The password is wrong, or there were too many attempts: then wait some minutes.",
                field="password",
                retry_after_s=_wait_s(attempt, self._clock.now_ms()),
            )
        return attempt

    async def _judge(self, session: AsyncSession, user: UserRow | None, verdict: Verdict, code: str | None) -> str:
        if user is None:
            return attempts.UNKNOWN
        if not verdict.ok:
            return attempts.PASSWORD
        if user.disabled_ms is not None:
            return attempts.DISABLED
        if user.totp_sealed is None:
            return attempts.OK
        if not code:
            return attempts.CODE_NEEDED
        return attempts.OK if await self._take_code(session, user, code) else attempts.TOTP

    async def _take_code(self, session: AsyncSession, user: UserRow, code: str) -> bool:
        """Uses up a code of the app or a recovery code. The user's row is locked."""
        assert user.totp_sealed is not None
        now = self._clock.now_ms()
        plain = "".join(code.split())
        if not totp.is_code(plain):
            return await users.take_recovery_code(session, user.id, totp.recovery_hash(code), now)
        secret = self._vault.open_sealed(user.id, _TOTP, user.totp_sealed, kind=_KIND)
        step = totp.accepted_step(secret, plain, now, user.totp_last_step)
        if step is not None:
            user.totp_last_step = step
        return step is not None

    def _open_pending(self, user_id: UUID, pending: str, now_ms: int) -> str:
        try:
            until, _, secret = self._vault.open_sealed(user_id, _PENDING, pending, kind=_KIND).partition(" ")
        except VedetteError:
            until, secret = "0", ""
        if now_ms >= int(until):
            raise invalid("totp.pending", "This enrolment is too old, or not yours. Begin again.", field="pending")
        return secret

    async def _user(self, session: AsyncSession, user_id: UUID, *, lock: bool = False) -> UserRow:
        user = await users.by_id(session, user_id, lock=lock)
        if user is None:
            raise VedetteError(ErrorKind.UNAUTHENTICATED, "auth.revoked", "This account is gone.")
        return user

    async def _audit_failure(
        self, session: AsyncSession, name: str, user: UserRow | None, outcome: str, origin: Origin
    ) -> None:
        """Who failed to log in is nobody, whatever name they gave. Whose password was right is asked for the code: that
        is a step of its own, and no failure."""
        caller = Principal(CallerKind.NOBODY, name, address=origin.address)
        if outcome == attempts.CODE_NEEDED:
            asked = Entry("auth.code_asked", "ok", "user", str(user.id) if user else None, name)
            await record(session, self._clock.now_ms(), caller, asked)
            return
        result = "denied" if outcome in (attempts.LOCKED, attempts.DISABLED) else "failed"
        object_id = str(user.id) if user is not None else None
        entry = Entry("auth.login", result, "user", object_id, name, detail=outcome)
        await record(session, self._clock.now_ms(), caller, entry)


def _wait_s(attempt: Attempt, now_ms: int) -> int | None:
    """In how many seconds the next attempt is looked at. It is the same for names that nobody has."""
    return -((now_ms - attempt.next_ms) // 1000) if attempt.next_ms > now_ms else None


def _failure(outcome: str, wait_s: int | None = None) -> VedetteError:
    if outcome == attempts.CODE_NEEDED:
        return VedetteError(
            ErrorKind.UNAUTHENTICATED, "auth.code_needed", "Enter the code of your authenticator app.", field="code"
        )
    if outcome == attempts.TOTP:
        return VedetteError(
            ErrorKind.UNAUTHENTICATED,
            "auth.code_wrong",
            "The code is wrong, or was used before. Take the next one.",
            field="code",
            retry_after_s=wait_s,
        )
    return _failed(wait_s)


def _failed(wait_s: int | None = None) -> VedetteError:
    return VedetteError(
        ErrorKind.UNAUTHENTICATED,
        "auth.failed",
        "User name or password are wrong, or there were too many attempts: then wait some minutes.",
        retry_after_s=wait_s,
    )
