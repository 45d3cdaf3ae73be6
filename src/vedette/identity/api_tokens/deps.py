"""What a process has of API tokens, put together, and how routes get at it."""

from dataclasses import dataclass
from typing import Annotated

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from vedette.access.policy import Limits
from vedette.access.principal import CallerKind, Principal
from vedette.core.clock import Clock
from vedette.db.session import Database
from vedette.http.deps import taken
from vedette.identity.api_tokens.service import TokenService
from vedette.identity.api_tokens.usage import TokenUsage
from vedette.identity.api_tokens.way_in import TokenWayIn
from vedette.identity.authority import AccessAuthority
from vedette.vault import Vault


@dataclass(frozen=True, slots=True)
class ApiTokens:
    """The rules and the way in."""

    service: TokenService
    way: TokenWayIn

    @classmethod
    def open(
        cls, database: Database, clock: Clock, vault: Vault, usage: TokenUsage, authority: AccessAuthority
    ) -> "ApiTokens":
        """Lets the authority know callers with tokens."""
        way = TokenWayIn(database, clock, vault, usage)

        async def renewal(session: AsyncSession, principal: Principal) -> Limits | None:
            found = await way.lasts(session, principal)
            return found.policy if found is not None else None

        authority.ways.append(way.way_in)
        authority.renewals[CallerKind.TOKEN] = renewal
        return cls(TokenService(database, clock, vault, way.forget), way)


def service_of(connection: HTTPConnection) -> TokenService:
    """The app's one."""
    tokens: ApiTokens = connection.app.state.api_tokens
    return tokens.service


Service = Annotated[TokenService, taken(service_of)]
