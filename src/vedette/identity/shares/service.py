"""The rules of share links: made and withdrawn by people who have an account, opened by people who have none.

A link is as good as who made it: it shows nothing when they are disabled, or may not share or watch this camera (now).
"""

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import Permission
from vedette.access.policy import allowed
from vedette.access.principal import CallerKind, MediaKind, Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.http.access import no_camera, refused, session_needed
from vedette.http.refusals import Refused
from vedette.identity import attempts, camera_keys, grants
from vedette.identity.passwords import Passwords
from vedette.identity.session_tokens import hash_of
from vedette.identity.shares import repository
from vedette.identity.shares.repository import StoredLink
from vedette.identity.shares.schemas import ShareLinkCreate
from vedette.identity.tables_logins import ShareLinkRow
from vedette.identity.tickets.lasting import Held
from vedette.identity.tickets.ticket import Bearer, Ticket, TicketKeys

_TOKEN_BYTES = 32
_LONGEST_TOKEN = 100
DAY_MS = 86_400_000
# A view goes on when its page was asleep for so long.
RENEWABLE_S = 3_600
_NEEDED = (Permission.SHARE_CREATE, Permission.PLAYBACK_VIEW)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open link, and a ticket to what it shows."""

    link: StoredLink
    ticket: str
    life_s: int


@dataclass(frozen=True, slots=True)
class ShareRules:
    """`life_s`: how long tickets are good; `most_days`: how long a link is at most."""

    life_s: int
    most_days: int


class ShareService:
    """Each change is one transaction with its entry in the audit log."""

    def __init__(
        self, database: Database, clock: Clock, keys: TicketKeys, passwords: Passwords, rules: ShareRules
    ) -> None:
        self._database = database
        self._clock = clock
        self._keys = keys
        self._passwords = passwords
        self._rules = rules

    async def page(self, user_id: UUID | None, limit: int, after: UUID | None) -> tuple[list[StoredLink], UUID | None]:
        """At most `limit` links of a user or of all, the newest first, and the key after which the next page begins."""
        async with self._database.read() as session:
            found = await repository.page(session, user_id, limit + 1, after)
        return found[:limit], found[limit - 1].row.id if len(found) > limit else None

    async def create(self, given: ShareLinkCreate, caller: Principal) -> tuple[StoredLink, str]:
        """The new link and its token, which is never seen again.

        Raises VedetteError `auth.session_needed`, `camera.not_found`, `auth.forbidden`, `share.expiry`, `share.future`,
        `auth.busy`.
        """
        if caller.kind is not CallerKind.SESSION or caller.user_id is None:
            raise session_needed()
        now = self._clock.now_ms()
        self._check_times(given, now)
        password = given.password.get_secret_value() if given.password is not None else None
        hashed = await self._passwords.hash(password) if password is not None else None
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        async with self._database.write() as session:
            camera_id = await camera_keys.find(session, given.camera)
            if camera_id is None or not caller.may(Permission.CAMERA_VIEW, camera_id, now):
                raise Refused.hidden(no_camera(given.camera), Permission.SHARE_CREATE, camera_id)
            for permission in _NEEDED:
                if not caller.may(permission, camera_id, now):
                    raise refused(caller, permission, camera_id)
            row = ShareLinkRow(
                id=uuid7(now),
                token_hash=hash_of(token),
                user_id=caller.user_id,
                camera_id=camera_id,
                start_ms=given.start,
                end_ms=given.end,
                note=given.note,
                password_hash=hashed,
                expires_ms=given.expires_at,
                most_views=given.most_views,
                created_ms=now,
            )
            session.add(row)
            await session.flush()
            made = await repository.by_id(session, row.id)
            assert made is not None
            await record(session, now, caller, _entry("share.create", made, after=_told(row)))
        return made, token

    async def withdraw(self, link_id: UUID, caller: Principal) -> None:
        """Ends a link for good: one's own, or anybody's for who manages users. Raises `share.not_found`."""
        now = self._clock.now_ms()
        async with self._database.write() as session:
            link = await repository.by_id(session, link_id)
            manages = caller.may(Permission.USER_MANAGE, None, now)
            if link is None or (link.row.user_id != caller.user_id and not manages):
                raise not_found("share.not_found", f"There is no share link {link_id}.")
            if link.row.revoked_ms is None:
                link.row.revoked_ms = now
                await record(session, now, caller, _entry("share.withdraw", link))

    async def password_needed(self, token: str) -> bool:
        """Whether opening takes a password. Raises `share.not_found`, `share.expired`, `share.withdrawn`,
        `share.used_up`, `share.over`."""
        async with self._database.read() as session:
            link = await self._good(session, token)
        return link.row.password_hash is not None

    async def open(self, token: str, password: str | None, address: str) -> Opened:
        """A view: counted, and in the audit log. Raises as `password_needed`, and `share.password_needed`,
        `share.password_wrong` (it says the same while one has to wait after failures), `auth.busy`."""
        async with self._database.read() as session:
            link = await self._good(session, token)
        attempt = None
        if link.row.password_hash is not None:
            if password is None:
                raise _password("share.password_needed", "This link asks for a password.")
            attempt = await self._try_password(link, password, address)
        now = self._clock.now_ms()
        async with self._database.write() as session:
            link = await self._good(session, token, lock=True)
            link.row.views += 1
            link.row.last_view_ms = now
            if attempt is not None:
                await attempts.finish(session, attempt, attempts.OK)
            await record(session, now, _viewer(link, address), _entry("share.open", link))
        return self._opened(link, address)

    async def go_on(self, token: str, ticket: str, address: str) -> Opened:
        """The next ticket of a view that goes on. Raises as `password_needed`, and `ticket.invalid`, `ticket.expired`,
        `ticket.address`."""
        async with self._database.read() as session:
            link = await self._good(session, token, again=True)
        read = self._keys.read(ticket)
        if read.bearer is not Bearer.SHARE or read.bearer_id != link.row.id:
            raise VedetteError(ErrorKind.FORBIDDEN, "ticket.of_another", "This ticket is not of this link.")
        if self._clock.now_ms() // 1000 >= read.expires_s + RENEWABLE_S:
            raise VedetteError(ErrorKind.UNAUTHENTICATED, "ticket.expired", "This view is over. Open the link again.")
        if not self._keys.is_at_home(read, address):
            raise VedetteError(ErrorKind.FORBIDDEN, "ticket.address", "You are elsewhere now. Open the link again.")
        return self._opened(link, address)

    async def look(self, session: AsyncSession, link_id: UUID, _address: str) -> Held | None:
        """For tickets: whether the link still holds."""
        link = await repository.by_id(session, link_id)
        if link is None or link.state(self._clock.now_ms()) not in ("active", "used_up"):
            return None  # the view that used it up goes on
        return Held() if await self._maker_may(session, link) else None

    async def _good(self, session: AsyncSession, token: str, *, lock: bool = False, again: bool = False) -> StoredLink:
        found = None
        if len(token) <= _LONGEST_TOKEN and token.isascii():
            found = await repository.by_hash(session, hash_of(token), lock=lock)
        if found is None:
            raise not_found("share.not_found", "There is no such link. Was all of it copied?")
        state = found.state(self._clock.now_ms())
        if state == "withdrawn":
            raise not_found("share.withdrawn", "This link was withdrawn by who made it.")
        if state == "expired":
            raise not_found("share.expired", "This link has expired. Ask for a new one.")
        if state == "used_up" and not again:
            raise not_found("share.used_up", "This link was opened as often as it could be. Ask for a new one.")
        if not await self._maker_may(session, found):
            raise not_found("share.over", "This link is no good any more. Ask for a new one.")
        return found

    async def _maker_may(self, session: AsyncSession, link: StoredLink) -> bool:
        account = await grants.load(session, link.row.user_id)
        now = self._clock.now_ms()
        return account is not None and all(
            allowed(account.grants, permission, link.row.camera_id, now) for permission in _NEEDED
        )

    async def _try_password(self, link: StoredLink, password: str, address: str) -> attempts.Attempt:
        """Counted before it is looked at, as a login is."""
        now = self._clock.now_ms()
        async with self._database.write() as session:
            attempt = await attempts.begin(session, now, f"share link {link.row.id}", address)
        right = False
        if not attempt.locked:
            try:
                right = (await self._passwords.verify(password, link.row.password_hash)).ok
            except VedetteError:  # the password was not looked at: this is no failure
                async with self._database.write() as session:
                    await attempts.finish(session, attempt, attempts.DELAYED)
                raise
        if right:
            return attempt
        outcome = attempts.LOCKED if attempt.locked else attempts.PASSWORD
        async with self._database.write() as session:
            await attempts.finish(session, attempt, outcome)
            result = "denied" if attempt.locked else "failed"
            entry = _entry("share.open", link, result=result, detail=outcome)
            await record(session, self._clock.now_ms(), _viewer(link, address), entry)
        raise _password(
            "share.password_wrong", "The password is wrong, or there were too many attempts: then wait some minutes."
        )

    def _opened(self, link: StoredLink, address: str) -> Opened:
        row = link.row
        now_s = self._clock.now_ms() // 1000
        expires_s = min(now_s + self._rules.life_s, row.expires_ms // 1000)
        ticket = Ticket(
            MediaKind.PLAYBACK,
            row.user_id,
            Bearer.SHARE,
            row.id,
            row.camera_id,
            expires_s,
            row.start_ms,
            row.end_ms,
        )
        return Opened(link, self._keys.sign(ticket, address), max(1, expires_s - now_s))

    def _check_times(self, given: ShareLinkCreate, now_ms: int) -> None:
        if not now_ms < given.expires_at <= now_ms + self._rules.most_days * DAY_MS:
            raise invalid(
                "share.expiry",
                f"The link's end must lie in the future, at most {self._rules.most_days} days from now.",
                field="expires_at",
            )
        if given.end > now_ms + 60_000:  # clocks differ
            raise invalid(
                "share.future", "Only footage that there is can be shared: end it now or earlier.", field="end"
            )


def _viewer(link: StoredLink, address: str) -> Principal:
    return Principal(CallerKind.SHARE, f"share link of {link.username}", address=address, share_id=link.row.id)


def _told(row: ShareLinkRow) -> dict[str, Any]:
    return {
        "start_ms": row.start_ms,
        "end_ms": row.end_ms,
        "expires_ms": row.expires_ms,
        "password": row.password_hash is not None,
        "most_views": row.most_views,
        "note": row.note,
    }


def _entry(
    action: str, link: StoredLink, *, result: str = "ok", detail: str = "", after: dict[str, Any] | None = None
) -> Entry:
    row = link.row
    return Entry(
        action,
        result,
        object_kind="share_link",
        object_id=str(row.id),
        object_name=link.camera_name,
        camera_id=row.camera_id,
        after=after,
        detail=detail,
    )


def _password(code: str, message: str) -> VedetteError:
    return VedetteError(ErrorKind.UNAUTHENTICATED, code, message, field="password")
