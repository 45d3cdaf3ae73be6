"""Whether what a ticket lasts as long as is still good: a login session, an API token, a share link."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.policy import UNLIMITED, Limits
from vedette.core.clock import Clock
from vedette.core.remembered import Remembered
from vedette.db.session import Database
from vedette.identity.authority import session_lasts
from vedette.identity.tickets.ticket import Bearer, Ticket

# For how long an answer counts: segments of footage are asked for many times a second.
CACHE_S = 1.0
_MOST_CACHED = 10_000


@dataclass(frozen=True, slots=True)
class Held:
    """What is good: what it leaves of its owner's grants, and what an API token is called."""

    limits: Limits = UNLIMITED
    token_name: str = ""


# What it is now; None when it is over. The second is its id, the third where the caller is.
Look = Callable[[AsyncSession, UUID, str], Awaitable[Held | None]]


class BearerWatch:
    """Of one process. `looks` has one way to look for each kind; sessions are known here."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.looks: dict[Bearer, Look] = {Bearer.SESSION: self._session}
        self._seen: Remembered[tuple[Bearer, UUID, str], Held | None] = Remembered(clock, CACHE_S, _MOST_CACHED)

    async def held(self, ticket: Ticket, address: str) -> Held | None:
        """What it is now; None when it is over. At most `CACHE_S` old."""

        async def read() -> Held | None:
            async with self._database.read() as session:
                return await self.look(session, ticket.bearer, ticket.bearer_id, address)

        return await self._seen.get((ticket.bearer, ticket.bearer_id, address), read)

    async def look(self, session: AsyncSession, bearer: Bearer, bearer_id: UUID, address: str) -> Held | None:
        """The same, asked for now."""
        look = self.looks.get(bearer)
        return await look(session, bearer_id, address) if look is not None else None

    async def _session(self, session: AsyncSession, session_id: UUID, _address: str) -> Held | None:
        return Held() if await session_lasts(session, session_id, self._clock.now_ms()) else None
