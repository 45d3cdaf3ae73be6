"""API tokens as a way in: in the header `Authorization: Bearer vdt_...`, and as the password of RTSP, nowhere else. An
address with a token in it would stand in histories and logs."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from vedette.access.policy import Limits
from vedette.access.principal import CallerKind, Principal
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.remembered import Remembered
from vedette.db.session import Database
from vedette.http.routes import route_template
from vedette.identity import grants
from vedette.identity.api_tokens import digest
from vedette.identity.api_tokens.limits import TokenLimits
from vedette.identity.api_tokens.secret import PREFIX, is_token
from vedette.identity.api_tokens.usage import Refusal, TokenUsage
from vedette.identity.authority import Credential, address_of
from vedette.identity.session_tokens import hash_of
from vedette.identity.tables import UserRow
from vedette.identity.tables_logins import ApiTokenRow
from vedette.media.rtsp_server.digest import Answer
from vedette.vault import Vault

# For how long what was read of a token is taken to be so still. Changes made in this process count at once.
CACHE_S = 1.0
_MOST_CACHED = 5_000


@dataclass(frozen=True, slots=True)
class KnownToken:
    """A token that was not revoked, with what the way in needs of it. Its owner is enabled."""

    token_id: UUID
    token_hash: str
    name: str
    user_id: UUID
    username: str
    limits: TokenLimits
    policy: Limits
    expires_ms: int | None

    def good_at(self, now_ms: int) -> bool:
        """Whether it has not expired."""
        return self.expires_ms is None or now_ms < self.expires_ms


class TokenWayIn:
    """For the authority, and what open sockets ask."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, usage: TokenUsage) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._usage = usage
        self._seen: Remembered[str, KnownToken] = Remembered(clock, CACHE_S, _MOST_CACHED)

    async def way_in(self, connection: HTTPConnection) -> Credential | None:
        """Whose token the request brings. Raises VedetteError `auth.invalid`, `auth.expired`, `token.address`."""
        scheme, _, text = connection.headers.get("authorization", "").partition(" ")
        text = text.strip()
        if scheme.lower() != "bearer" or not text.startswith(PREFIX):
            return None
        method = connection.scope.get("method", "WS")
        what = f"{method} {route_template(connection.scope)}"
        return await self.by_secret(text, address_of(connection), what)

    async def by_secret(self, text: str, address: str, what: str) -> Credential:
        """Whose token `text` is. `what` it is used for is counted. Raises as `way_in`."""
        return self._let_in(await self._known(text) if is_token(text) else None, address, what)

    async def by_digest(self, answer: Answer, method: str, address: str, what: str) -> Credential:
        """Whose token it is that the client knows. Raises as `way_in`."""
        async with self._database.read() as session:
            token_id = await digest.proven(session, self._vault, answer, method)
            found = await _find(session, ApiTokenRow.id == token_id) if token_id is not None else None
        return self._let_in(found, address, what)

    def _let_in(self, found: KnownToken | None, address: str, what: str) -> Credential:
        if found is None:
            raise VedetteError(
                ErrorKind.UNAUTHENTICATED,
                "auth.invalid",
                "This API token is not valid: it was mistyped or revoked, or its owner is disabled.",
            )
        if not found.good_at(self._clock.now_ms()):
            raise VedetteError(
                ErrorKind.UNAUTHENTICATED,
                "auth.expired",
                f"The API token {found.name} has expired. Its owner can give it a later end, or make another one.",
            )
        if not found.limits.let_in(address):
            self._usage.refused(Refusal(found.token_id, found.name, found.user_id, found.username, address))
            raise VedetteError(
                ErrorKind.FORBIDDEN,
                "token.address",
                f"The API token {found.name} can't be used from {address or 'here'}: its list of networks does not "
                "have this address.",
            )
        self._usage.used(found.token_id, what, address)
        return Credential(
            CallerKind.TOKEN,
            found.user_id,
            token_id=found.token_id,
            limits=found.policy,
            token_name=found.name,
        )

    async def lasts(self, session: AsyncSession, principal: Principal) -> KnownToken | None:
        """The token as it is now, asked for without the cache; None when it is over, or was moved out of the caller's
        network."""
        found = await _find(session, ApiTokenRow.id == principal.token_id)
        if found is None or not found.good_at(self._clock.now_ms()) or not found.limits.let_in(principal.address):
            return None
        return found

    def forget(self, token_ids: Collection[UUID] | None = None) -> None:
        """What was known of these tokens, or of all, is not true any more."""
        for token_hash, known in self._seen.items():
            if token_ids is None or known.token_id in token_ids:
                self._seen.forget(token_hash)
        self._seen.doubt()

    async def _known(self, text: str) -> KnownToken | None:
        token_hash = hash_of(text)

        async def read() -> KnownToken:
            async with self._database.read() as session:
                found = await _find(session, ApiTokenRow.token_hash == token_hash)
            if found is None or not hmac.compare_digest(found.token_hash, token_hash):
                raise LookupError  # what is no token is not remembered: there is no end of it
            return found

        try:
            return await self._seen.get(token_hash, read)
        except LookupError:
            return None


async def _find(session: AsyncSession, which: ColumnElement[bool]) -> KnownToken | None:
    statement = (
        select(ApiTokenRow, UserRow.username)
        .join(UserRow, UserRow.id == ApiTokenRow.user_id)
        .where(which, ApiTokenRow.revoked_ms.is_(None), UserRow.disabled_ms.is_(None))
    )
    found = (await session.execute(statement)).first()
    if found is None:
        return None
    row, username = found
    limits = TokenLimits.of(row.limits)
    policy = limits.policy(await grants.cameras_of(session, limits.zones or ()))
    return KnownToken(row.id, row.token_hash, row.name, row.user_id, username, limits, policy, row.expires_ms)
