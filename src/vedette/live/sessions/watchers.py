"""Who watches live in this process, by whatever transport.

A transport says `async with watchers.enter(caller, seen, Transport.MSE, agent=...) as session`, adds up what it sends
with `session.sent(n)`, and stops when `session.ended` is set. The view is in the audit log for as long (`audit.views`).
What has to be known elsewhere is carried by `exchange`, beside all this.
"""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from vedette.access.principal import Principal
from vedette.audit.views import Seen, ViewLog
from vedette.core.clock import Clock
from vedette.core.ids import uuid7
from vedette.db.batches import BatchWriter
from vedette.db.session import Database
from vedette.live.sessions.exchange import EVERY_S, Exchange
from vedette.live.sessions.limits import Limits, check_room, place_of
from vedette.live.sessions.roll import Roll
from vedette.live.sessions.session import LiveSession, Transport

__all__ = ["LiveSession", "Transport", "Watchers"]


@dataclass(slots=True)
class Totals:
    """Since the process began, by transport."""

    bytes: Counter[str] = field(default_factory=Counter)
    stalls: Counter[str] = field(default_factory=Counter)

    def add(self, session: LiveSession) -> None:
        """One that has ended, or goes on."""
        self.bytes[session.transport] += session.bytes
        self.stalls[session.transport] += session.told.stalls or 0


class Watchers:
    """One per api process, used as an asynchronous context."""

    def __init__(self, database: Database, clock: Clock, views: ViewLog, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.roll = Roll(clock)
        self._clock = clock
        self._views = views
        self._past = Totals()
        self.exchange = Exchange(database, clock, self.roll, owner=str(uuid7()))
        self._writer = BatchWriter(self.exchange.trade, every_s=EVERY_S, what="live views")

    async def __aenter__(self) -> Self:
        self._writer.wake()  # what a crash left open is ended now
        await self._writer.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        for session in self.sessions():
            self._leave(session)
        self.exchange.closing = True
        await self._writer.__aexit__()

    @asynccontextmanager
    async def enter(
        self,
        caller: Principal,
        seen: Seen,
        transport: Transport,
        *,
        agent: str = "",
        quality: str = "",
        session_id: UUID | None = None,
    ) -> AsyncIterator[LiveSession]:
        """A live view, for as long as the block. `quality` names a transcoded one, `session_id` is for who told it
        already.

        Raises VedetteError `live.too_many_of_...` where a limit is reached, and ViewEndedError shortly after this
        caller's view of this camera was ended.
        """
        self.check(caller, seen.camera_id)
        now_ms, now_s = self._clock.now_ms(), self._clock.monotonic()
        session = LiveSession(
            caller,
            seen,
            transport,
            start_ms=now_ms,
            now_s=now_s,
            agent=agent,
            quality=quality,
            session_id=session_id,
        )
        self.roll.open[session.id] = session
        self._writer.wake()
        try:
            async with self._views.live(caller, seen) as session.view_id:
                yield session
        finally:
            self._leave(session)

    def check(self, caller: Principal, camera_id: UUID) -> None:
        """Whether a view could begin now, for who answers a question before it does. Raises as `enter`."""
        self.roll.check_barred(caller, camera_id)
        taken = [place_of(one.caller, one.seen.camera_id) for one in self.sessions()]
        check_room(place_of(caller, camera_id), self.limits, [*taken, *self.roll.elsewhere])

    def sessions(self) -> Sequence[LiveSession]:
        """Those that go on in this process."""
        return list(self.roll.open.values())

    def wake(self) -> None:
        """Something is to be carried to the other processes now."""
        self._writer.wake()

    def watching(self, camera_id: UUID) -> int:
        """How many watch a camera, as `counts` has it."""
        return self.counts()[camera_id]

    def counts(self) -> Counter[UUID]:
        """How many watch each camera that is watched, in all processes. Who has it on a wall and large beside it is
        one, at one address."""
        here = (place_of(session.caller, session.seen.camera_id) for session in self.roll.open.values())
        return Counter(place.camera_id for place in {*here, *self.roll.elsewhere})

    def totals(self) -> Totals:
        """Of all that this process has served."""
        totals = Totals(Counter(self._past.bytes), Counter(self._past.stalls))
        for session in self.roll.open.values():
            totals.add(session)
        return totals

    def _leave(self, session: LiveSession) -> None:
        if self.roll.open.pop(session.id, None) is None:
            return  # the stop of the process was faster
        session.end_ms = max(session.start_ms, self._clock.now_ms())
        self._past.add(session)
        self.roll.gone.append(session)
        self._writer.wake()
