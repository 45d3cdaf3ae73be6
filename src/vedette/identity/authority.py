"""Who the callers are: the one implementation of `http.access.Authority` in the product.

A caller is who its session or token says, or nobody. Until there is an account there is only nobody: what is public
answers, the set-up page with its token among it, and all the rest says that set-up comes first. Accounts that are all
disabled do not lead back to that; `vedette user` on the server's machine mends it.
"""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from vedette.access.policy import UNLIMITED, Limits
from vedette.access.principal import NOBODY, CallerKind, Media, Principal
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.remembered import Remembered
from vedette.db.session import Database
from vedette.identity import camera_keys, grants
from vedette.identity.grants import Account
from vedette.identity.tables import UserRow
from vedette.identity.tables_logins import SessionRow

# For how long what was read of an account is taken to be so still. Changes made in this process count at once.
FRESH_S = 1.0
_MOST_ACCOUNTS = 1000
_MOST_LASTING = 5000
_SETUP_NEEDED = (
    "Vedette has no accounts yet. Make the first administrator at the address that it printed at its start, or with "
    "`vedette user create NAME --role admin` on its machine."
)


@dataclass(frozen=True, slots=True)
class Credential:
    """What a request brought, found to be good: whose it is, and what it is limited to."""

    kind: CallerKind
    user_id: UUID
    session_id: UUID | None = None
    token_id: UUID | None = None
    limits: Limits = UNLIMITED
    media: Media | None = None
    share_id: UUID | None = None
    token_name: str = ""


# Looks for one kind of credential in a request: None when there is none of it. Raises VedetteError for a bad one.
WayIn = Callable[[HTTPConnection], Awaitable[Credential | None]]
# What a caller that came in some time ago is limited to now; None when what it came with is over.
Renewal = Callable[[AsyncSession, Principal], Awaitable[Limits | None]]


def address_of(connection: HTTPConnection) -> str:
    """Where the caller is."""
    return connection.client.host if connection.client else ""


class AccessAuthority:
    """The callers of one process. `ways` are tried in turn; more can be added. `renewals` says for each kind of caller
    whether it lasts; login sessions are known here."""

    def __init__(self, database: Database, clock: Clock, ways: Sequence[WayIn] = ()) -> None:
        self._database = database
        self._clock = clock
        self.ways = list(ways)
        self.renewals: dict[CallerKind, Renewal] = {CallerKind.SESSION: self._session_limits}
        self._has_accounts = False
        self._looked_s: float | None = None
        self._accounts: Remembered[UUID, Account | None] = Remembered(clock, FRESH_S, _MOST_ACCOUNTS)
        self._lasting: Remembered[Hashable, Limits | None] = Remembered(clock, FRESH_S, _MOST_LASTING)

    async def principal(self, connection: HTTPConnection) -> Principal:
        """See `http.access.Authority`."""
        address = address_of(connection)
        for way in self.ways:
            credential = await way(connection)
            if credential is not None:
                return await self.admitted(credential, address)
        if not await self.has_accounts():
            raise VedetteError(ErrorKind.UNAUTHENTICATED, "auth.setup_needed", _SETUP_NEEDED)
        return replace(NOBODY, address=address)

    async def renewed(self, principal: Principal) -> Principal:
        """See `http.access.Authority`."""
        gone = replace(NOBODY, address=principal.address)
        renewal = self.renewals.get(principal.kind)
        if principal.user_id is None or renewal is None:
            return gone

        async def read() -> Limits | None:
            async with self._database.read() as session:
                return await renewal(session, principal)

        # A thousand requests that wait for the same part ask at the same moment, a few for each login.
        limits = await self._lasting.get(_who(principal), read)
        account = await self._account(principal.user_id) if limits is not None else None
        if account is None or limits is None:
            return gone
        return replace(principal, name=account.name, grants=account.grants, limits=limits)

    async def camera_id(self, key: str) -> UUID | None:
        """See `http.access.Authority`."""
        async with self._database.read() as session:
            return await camera_keys.find(session, key)

    async def has_accounts(self) -> bool:
        """Whether there is any. Once true it stays so."""
        now_s = self._clock.monotonic()
        if not self._has_accounts and (self._looked_s is None or now_s - self._looked_s >= FRESH_S):
            async with self._database.read() as session:
                self._has_accounts = (await session.execute(select(UserRow.id).limit(1))).first() is not None
            self._looked_s = now_s
        return self._has_accounts

    def forget(self) -> None:
        """This process changed an account, a grant or what a grant is made of: look again."""
        self._looked_s = None
        self._accounts.clear()
        self._lasting.clear()

    async def admitted(self, credential: Credential, address: str) -> Principal:
        """The caller with this credential, from there; nobody where its account is gone."""
        account = await self._account(credential.user_id)
        if account is None:
            return replace(NOBODY, address=address)
        return Principal(
            credential.kind,
            f"share link of {account.name}" if credential.kind is CallerKind.SHARE else account.name,
            account.user_id,
            credential.session_id,
            credential.token_id,
            account.grants,
            credential.limits,
            address,
            credential.media,
            credential.share_id,
            credential.token_name,
        )

    async def _account(self, user_id: UUID) -> Account | None:
        async def read() -> Account | None:
            async with self._database.read() as session:
                return await grants.load(session, user_id)

        return await self._accounts.get(user_id, read)

    async def _session_limits(self, session: AsyncSession, principal: Principal) -> Limits | None:
        if principal.session_id is None:
            return principal.limits
        lasts = await session_lasts(session, principal.session_id, self._clock.now_ms())
        return principal.limits if lasts else None


def _who(principal: Principal) -> Hashable:
    """What a renewal goes by."""
    came_by = principal.session_id, principal.token_id, principal.share_id
    return principal.kind, principal.user_id, came_by, principal.address, principal.limits


async def session_lasts(session: AsyncSession, session_id: UUID, now_ms: int) -> bool:
    """Whether a login session is neither ended nor too old."""
    statement = select(SessionRow.id).where(
        SessionRow.id == session_id, SessionRow.revoked_ms.is_(None), SessionRow.expires_ms > now_ms
    )
    return (await session.execute(statement)).first() is not None
