"""The services of OpenID providers put together, and how routes get at them."""

from dataclasses import dataclass
from typing import Annotated

from starlette.requests import HTTPConnection

from vedette.core.clock import Clock
from vedette.db.session import Database
from vedette.http.deps import taken
from vedette.identity.changes import Workshop
from vedette.identity.oidc.discovery import Directory
from vedette.identity.oidc.exchange import Exchange
from vedette.identity.oidc.identities_service import Identities
from vedette.identity.oidc.login_service import OidcLogins
from vedette.identity.oidc.outbound import Outbound
from vedette.identity.oidc.providers_service import ProviderService
from vedette.identity.sessions import Sessions
from vedette.vault import Vault


@dataclass(frozen=True, slots=True)
class Oidc:
    """What one process needs. Close it with `aclose()`."""

    outbound: Outbound
    directory: Directory
    exchange: Exchange
    logins: OidcLogins
    identities: Identities
    providers: ProviderService

    @classmethod
    def open(cls, database: Database, clock: Clock, vault: Vault, sessions: Sessions, workshop: Workshop) -> "Oidc":
        """All of them over one database."""
        outbound = Outbound()
        directory = Directory(outbound, clock)
        exchange = Exchange(outbound, directory, clock)
        return cls(
            outbound,
            directory,
            exchange,
            OidcLogins(database, clock, vault, sessions, directory, exchange),
            Identities(database, clock, sessions),
            ProviderService(workshop, vault, sessions),
        )

    async def aclose(self) -> None:
        """Closes connections to providers."""
        await self.outbound.aclose()


def oidc_of(connection: HTTPConnection) -> Oidc:
    """The app's ones."""
    oidc: Oidc = connection.app.state.oidc
    return oidc


OidcDep = Annotated[Oidc, taken(oidc_of)]
