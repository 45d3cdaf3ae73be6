"""What a process has of media tickets, put together, and how routes get at it."""

from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from vedette.access.principal import NOBODY, CallerKind
from vedette.core.clock import Clock
from vedette.db.session import Database
from vedette.http.deps import taken
from vedette.identity.api_tokens.deps import ApiTokens
from vedette.identity.authority import AccessAuthority
from vedette.identity.tickets.lasting import BearerWatch, Held
from vedette.identity.tickets.service import TicketService
from vedette.identity.tickets.ticket import Bearer, TicketKeys
from vedette.identity.tickets.views import TicketViews
from vedette.identity.tickets.way_in import TicketWayIn
from vedette.vault import Vault


@dataclass(frozen=True, slots=True)
class Tickets:
    """The keys, what tickets last as long as, and the rules."""

    keys: TicketKeys
    watch: BearerWatch
    service: TicketService
    views: TicketViews

    @classmethod
    def open(
        cls,
        database: Database,
        clock: Clock,
        vault: Vault,
        authority: AccessAuthority,
        tokens: ApiTokens,
        life_s: int,
    ) -> "Tickets":
        """Lets the authority know callers with tickets: before other ways in, for a ticket says what was meant."""
        keys, watch, views = TicketKeys(vault), BearerWatch(database, clock), TicketViews(clock)

        async def of_token(session: AsyncSession, token_id: UUID, address: str) -> Held | None:
            found = await tokens.way.lasts(session, replace(NOBODY, token_id=token_id, address=address))
            return Held(found.policy, found.name) if found is not None else None

        watch.looks[Bearer.TOKEN] = of_token
        others = authority.ways
        way = TicketWayIn(clock, keys, watch, views, lambda: others[1:])
        others.insert(0, way.way_in)
        for kind in (CallerKind.TICKET, CallerKind.SHARE):
            authority.renewals[kind] = way.renewal
        return cls(keys, watch, TicketService(database, clock, keys, life_s), views)


def views_of(connection: HTTPConnection) -> TicketViews:
    """The app's one."""
    tickets: Tickets = connection.app.state.tickets
    return tickets.views


def service_of(connection: HTTPConnection) -> TicketService:
    """The app's one."""
    tickets: Tickets = connection.app.state.tickets
    return tickets.service


Service = Annotated[TicketService, taken(service_of)]
