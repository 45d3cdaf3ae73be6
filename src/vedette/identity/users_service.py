"""The rules of making, changing and removing users. Each change is one transaction with its entry in the audit log."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import Permission
from vedette.access.policy import Grant, allowed_cameras
from vedette.access.principal import Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.http.etags import check_version
from vedette.identity import admins
from vedette.identity import users_repository as users
from vedette.identity.api_tokens import service as tokens
from vedette.identity.changes import check_above, check_given, permitted_by
from vedette.identity.grants import grants_of
from vedette.identity.names import new_username
from vedette.identity.passwords import Passwords, check_new_password
from vedette.identity.sessions import Sessions
from vedette.identity.tables import UserRow

_EDITABLE = ("display_name", "email", "must_change_password")


@dataclass(frozen=True, slots=True)
class Stored:
    """A user with the names of the roles held everywhere and of those held in zones or on cameras only, and of the
    groups."""

    row: UserRow
    roles: Sequence[str]
    limited_roles: Sequence[str] = ()
    groups: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NewUser:
    """What a user begins with. Without a password they can come by OIDC only."""

    username: str
    password: str | None
    role: str | None = None
    display_name: str = ""
    email: str | None = None
    must_change_password: bool = False


@dataclass(frozen=True, slots=True)
class Permitted:
    """A permission and the cameras that a user has it on; None is everywhere."""

    permission: Permission
    cameras: frozenset[UUID] | None


class UserService:
    """Users of this installation."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords, sessions: Sessions) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._sessions = sessions
        # Told which API tokens ended, after each commit.
        self.tokens_ended: Callable[[Collection[UUID]], None] = _nobody_knows_tokens

    async def page(self, limit: int, after: str | None, query: str | None) -> tuple[list[Stored], str | None]:
        """At most `limit` users by name, and the name after which the next page begins."""
        async with self._database.read() as session:
            rows = await users.page(session, limit + 1, after, query)
            shown = await _described(session, rows[:limit])
        last = shown[-1].row.username if len(rows) > limit else None
        return shown, last

    async def get(self, user_id: UUID) -> Stored:
        """One user. Raises `user.not_found`."""
        async with self._database.read() as session:
            return await _stored(session, await _existing(session, user_id))

    async def permitted(self, user_id: UUID, at_ms: int | None) -> tuple[int, list[Permitted]]:
        """What a user may do at an instant (now), and that instant. Who is disabled may do nothing, and is told as if
        they were let in again. Raises `user.not_found`."""
        at = self._clock.now_ms() if at_ms is None else at_ms
        async with self._database.read() as session:
            await _existing(session, user_id)
            held = await grants_of(session, user_id)
        return at, [Permitted(one, allowed_cameras(held, one, at)) for one in Permission]

    async def named(self, username: str) -> Stored:
        """One user by folded name. Raises `user.not_found`."""
        async with self._database.read() as session:
            row = await users.by_name(session, username)
            if row is None:
                raise not_found("user.not_found", f"There is no user {username[:100]}.")
            return await _stored(session, row)

    async def create(self, given: NewUser, caller: Principal, *, first: bool = False) -> Stored:
        """Adds a user. `first` is how the first administrator is made, when there is nobody yet.

        Raises `user.name`, `user.name_taken`, `user.role_unknown`, `auth.password_weak`,
        `auth.setup_done`, and `grant.more_than_own` for a role that is more than the caller's.
        """
        username = new_username(given.username)
        hashed = None
        if given.password is not None:
            check_new_password(given.password, username)
            hashed = await self._passwords.hash(given.password)
        try:
            async with admins.changing(self._database) as session:
                await self._check_order(session, given, first=first)
                return await self._insert(session, given, username, hashed, caller)
        except IntegrityError as error:  # someone else took the name between our look and our insert
            raise _name_taken(username) from error

    async def update(
        self, user_id: UUID, changes: dict[str, Any], expected: frozenset[int] | None, caller: Principal
    ) -> Stored:
        """Sets the given ones of display_name, email, must_change_password. Raises `user.not_found`,
        `request.precondition`, `grant.more_than_own`."""
        async with admins.changing(self._database) as session:
            row = await self._theirs(session, user_id, expected, caller)
            wanted = {name: value for name, value in changes.items() if name in _EDITABLE}
            before = {name: getattr(row, name) for name in wanted}
            for name, value in wanted.items():
                setattr(row, name, value)
            self._touch(row)
            await self._audit(session, caller, "user.edit", row, before=before, after=wanted)
            return await _stored(session, row)

    async def rename(self, user_id: UUID, display_name: str, caller: Principal) -> None:
        """Changes one's own name, as others read it."""
        async with admins.changing(self._database) as session:
            row = await _existing(session, user_id, lock=True)
            before, row.display_name = row.display_name, display_name
            self._touch(row)
            names = {"before": {"display_name": before}, "after": {"display_name": display_name}}
            await self._audit(session, caller, "user.edit", row, **names)

    async def delete(self, user_id: UUID, expected: frozenset[int] | None, caller: Principal) -> None:
        """Removes a user with grants, sessions and tokens. Raises as `update`, and `user.last_admin`."""
        async with admins.changing(self._database) as session:
            row = await self._theirs(session, user_id, expected, caller)
            ended = await self._sessions.end_all(session, row.id, "user deleted")
            async with admins.keep_one(session, self._clock.now_ms()):
                await session.delete(row)
            await self._audit(session, caller, "user.delete", row)
        self._sessions.forget(ended)

    async def set_enabled(
        self,
        user_id: UUID,
        enabled: bool,
        expected: frozenset[int] | None,
        caller: Principal,
        *,
        revoke_tokens: bool = False,
    ) -> Stored:
        """Lets a user in or keeps them out; who is kept out loses every session. Their API tokens rest meanwhile, or
        are revoked for good. Raises as `delete`."""
        ended: Sequence[UUID] = ()
        revoked: Sequence[UUID] = ()
        async with admins.changing(self._database) as session:
            row = await self._theirs(session, user_id, expected, caller)
            if enabled != (row.disabled_ms is None):
                now = self._clock.now_ms()
                if not enabled:
                    ended = await self._sessions.end_all(session, row.id, "user disabled")
                async with admins.keep_one(session, now):
                    row.disabled_ms = None if enabled else now
                    self._touch(row)
                await self._audit(session, caller, "user.enable" if enabled else "user.disable", row)
            if revoke_tokens:
                revoked = await tokens.revoke_all(session, row.id, caller, self._clock.now_ms())
            stored = await _stored(session, row)
        self._sessions.forget(ended)
        self.tokens_ended(revoked)
        return stored

    async def set_password(
        self,
        user_id: UUID,
        password: str,
        must_change: bool,
        caller: Principal,
        *,
        end_sessions: bool = True,
        revoke_tokens: bool = False,
    ) -> None:
        """Sets somebody's password and ends what they came in by before, as far as is said: whoever knew the old one
        may have a session, or have made a token. Raises as `update`, and `auth.password_weak`."""
        ended: Sequence[UUID] = ()
        revoked: Sequence[UUID] = ()
        check_new_password(password, (await self.get(user_id)).row.username)
        hashed = await self._passwords.hash(password)
        async with admins.changing(self._database) as session:
            row = await self._theirs(session, user_id, None, caller)
            row.password_hash, row.password_changed_ms = hashed, self._clock.now_ms()
            row.must_change_password = must_change
            self._touch(row)
            if end_sessions:
                ended = await self._sessions.end_all(session, row.id, "password set by an administrator")
            await self._audit(session, caller, "user.password", row)
            if revoke_tokens:
                revoked = await tokens.revoke_all(session, row.id, caller, self._clock.now_ms())
        self._sessions.forget(ended)
        self.tokens_ended(revoked)

    async def reset_totp(self, user_id: UUID, caller: Principal) -> None:
        """Takes the second factor away, for somebody who lost it. Raises as `update`."""
        async with admins.changing(self._database) as session:
            row = await self._theirs(session, user_id, None, caller)
            row.totp_sealed = row.totp_last_step = None
            await users.set_recovery_codes(session, row.id, [])
            self._touch(row)
            await self._audit(session, caller, "user.totp_reset", row)

    async def end_session(self, user_id: UUID, session_id: UUID, caller: Principal) -> None:
        """Ends one session of somebody. Raises `session.not_found`, `grant.more_than_own`."""
        async with self._database.read() as session:
            await _may_manage(session, await _existing(session, user_id), caller, self._clock.now_ms())
        await self._sessions.end(session_id, user_id, caller, "user.session_end", "ended by an administrator")

    async def end_sessions(self, user_id: UUID, caller: Principal) -> None:
        """Ends every session of somebody. Raises as `update`."""
        async with admins.changing(self._database) as session:
            row = await self._theirs(session, user_id, None, caller)
            ended = await self._sessions.end_all(session, row.id, "ended by an administrator")
            await self._audit(session, caller, "user.sessions_end", row)
        self._sessions.forget(ended)

    async def _check_order(self, session: AsyncSession, given: NewUser, *, first: bool) -> None:
        if not first:
            return  # who calls has an account, or is on the command line and has looked
        if await users.count(session) > 0:
            raise VedetteError(ErrorKind.CONFLICT, "auth.setup_done", "There are accounts already. Log in.")
        if given.role != "admin":
            raise invalid("user.role", "The first account must have the role admin.", field="role")

    async def _insert(
        self, session: AsyncSession, given: NewUser, username: str, hashed: str | None, caller: Principal
    ) -> Stored:
        now = self._clock.now_ms()
        if await users.by_name(session, username) is not None:
            raise _name_taken(username)
        row = UserRow(
            id=uuid7(now),
            username=username,
            display_name=given.display_name,
            email=given.email,
            password_hash=hashed,
            password_changed_ms=now if hashed else None,
            must_change_password=given.must_change_password,
            created_ms=now,
            updated_ms=now,
            version=1,
        )
        session.add(row)
        await session.flush()
        if given.role is not None:
            role = await users.role(session, given.role, now)
            if role is None:
                raise invalid("user.role_unknown", f"There is no role {given.role[:100]}.", field="role")
            check_given(caller, [Grant((await permitted_by(session, [role]))[role.id])], now)
            users.grant_everywhere(session, row.id, role.id, now)
        after = {"username": username, "role": given.role}
        await self._audit(session, caller, "user.create", row, after=after)
        return Stored(row, [given.role] if given.role else [])

    async def _theirs(
        self, session: AsyncSession, user_id: UUID, expected: frozenset[int] | None, caller: Principal
    ) -> UserRow:
        """The row, locked, when this caller may change it."""
        row = await _existing(session, user_id, lock=True)
        await _may_manage(session, row, caller, self._clock.now_ms())
        check_version(expected, row.version, row.username)
        return row

    def _touch(self, row: UserRow) -> None:
        row.updated_ms = self._clock.now_ms()
        row.version += 1

    async def _audit(
        self,
        session: AsyncSession,
        caller: Principal,
        action: str,
        row: UserRow,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        entry = Entry(action, "ok", "user", str(row.id), row.username, before=before, after=after)
        await record(session, self._clock.now_ms(), caller, entry)


def _nobody_knows_tokens(_: Collection[UUID]) -> None:
    """The command line: running servers look at a token again within a second."""


async def _stored(session: AsyncSession, row: UserRow) -> Stored:
    return (await _described(session, [row]))[0]


async def _described(session: AsyncSession, rows: Sequence[UserRow]) -> list[Stored]:
    ids = [row.id for row in rows]
    everywhere, limited = await users.roles_of(session, ids)
    groups = await users.groups_of(session, ids)
    return [Stored(row, everywhere.get(row.id, []), limited.get(row.id, []), groups.get(row.id, [])) for row in rows]


async def _existing(session: AsyncSession, user_id: UUID, *, lock: bool = False) -> UserRow:
    row = await users.by_id(session, user_id, lock=lock)
    if row is None:
        raise not_found("user.not_found", f"There is no user {user_id}.")
    return row


async def _may_manage(session: AsyncSession, row: UserRow, caller: Principal, now_ms: int) -> None:
    check_above(caller, await grants_of(session, row.id), now_ms)


def _name_taken(username: str) -> VedetteError:
    return VedetteError(ErrorKind.CONFLICT, "user.name_taken", f"Another user is called {username}.", field="username")
