"""Carries live views between memory and the database, beside the views: every `EVERY_S` one look.

New views and ended ones are stored at once, counters every `STORE_S`. Where several api processes share a PostgreSQL,
each learns what the others serve (for the limits) and finds there what is meant for it: kicks and reports that came in
at another one. A process that said nothing for `LOST_MS` is gone, and its views have ended.
"""

import asyncio
from collections.abc import Sequence

from pydantic import ValidationError

from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.live.sessions import repository
from vedette.live.sessions.report import Report
from vedette.live.sessions.roll import BAR_MS, Roll
from vedette.live.sessions.session import EndReason, LiveSession, ViewEndedError

log = get_logger("live.sessions")

EVERY_S = 2.0
STORE_S = 10.0
LOST_MS = 40_000
SWEEP_S = 20.0


class Exchange:
    """Of one process, whose rows have the name `owner`."""

    def __init__(self, database: Database, clock: Clock, roll: Roll, *, owner: str) -> None:
        self.owner = owner
        self.closing = False
        self._database = database
        self._clock = clock
        self._roll = roll
        # SQLite has one api process: whatever is open at its start was left by one that is gone.
        self._alone = database.dialect == "sqlite"
        self._stored: set[object] = set()
        self._touched_s = clock.monotonic()
        self._swept_s: float | None = None
        self._turn = asyncio.Lock()

    async def trade(self) -> None:
        """Stores and learns, now. Raises what the database raises: it is tried again then."""
        async with self._turn:
            await self._store()
            if not self.closing:
                await self._learn()
            await self._sweep()

    async def _store(self) -> None:
        now_ms, now_s = self._clock.now_ms(), self._clock.monotonic()
        roll, due = self._roll, now_s - self._touched_s >= STORE_S
        gone = list(roll.gone)
        going_on = list(roll.open.values())
        begun = [one for one in going_on if one.id not in self._stored]
        if due:
            for one in going_on:
                one.rate = one.rate.next(now_s, one.bytes)
        kept = [one for one in going_on if one.id in self._stored] if due else []
        ended = [one for one in gone if one.bytes]
        # What never showed anything is no view that anybody looks for later.
        empty = [one.id for one in gone if not one.bytes and one.id in self._stored]
        if begun or kept or ended or empty:
            async with self._database.write() as session:
                new = [*begun, *(one for one in ended if one.id not in self._stored)]
                await repository.add(session, new, self.owner, now_ms)
                known = [*kept, *(one for one in ended if one.id in self._stored)]
                await repository.renew(session, known, self.owner, now_ms)
                await repository.remove(session, empty)
        if due:
            self._touched_s = now_s
        self._stored = {one.id for one in going_on}
        del roll.gone[: len(gone)]

    async def _learn(self) -> None:
        here = self._roll.open
        if not here and self._alone:
            return
        async with self._database.read() as session:
            off = await repository.switched_off(session, {one.seen.camera_id for one in here.values()})
            if not self._alone:
                now_ms = self._clock.now_ms()
                self._roll.elsewhere = await repository.places_elsewhere(session, self.owner, now_ms - LOST_MS)
                for login, camera_id, since_ms, own in await repository.kicked_since(session, now_ms - BAR_MS):
                    self._roll.bar(login, camera_id, since_ms, EndReason.OWN if own else EndReason.ADMINISTRATOR)
        for one in list(here.values()):
            if one.seen.camera_id in off:
                one.end(ViewEndedError(EndReason.CAMERA))
        if not self._alone:
            await self._read_letters()

    async def _read_letters(self) -> None:
        async with self._database.read() as session:
            waiting = await repository.letters(session, self.owner)
        if not waiting:
            return
        async with self._database.write() as session:
            letters = await repository.take_letters(session, self.owner)
        for letter in letters:
            found = self._roll.open.get(letter.session_id)
            if found is None:
                continue
            if letter.kick is not None:
                self._roll.kick(found, own=bool(letter.kick.get("own")))
            if letter.report is not None:
                self._take_report(found, letter.report)

    def _take_report(self, session: LiveSession, told: dict[str, object]) -> None:
        try:
            session.report(Report.model_validate(told), self._clock.monotonic())
        except ValidationError:
            log.warning("a report that another process took makes no sense", session=str(session.id))

    async def _sweep(self) -> None:
        """Ends what processes that are gone have left."""
        now_s = self._clock.monotonic()
        if self._swept_s is not None and (self._alone or now_s - self._swept_s < SWEEP_S):
            return
        before_ms = None if self._alone else self._clock.now_ms() - LOST_MS
        async with self._database.read() as session:
            lost: Sequence[object] = await repository.lost(session, self.owner, before_ms)
        if lost:
            async with self._database.write() as session:
                await repository.end_lost(session, self.owner, before_ms)
        self._swept_s = now_s
