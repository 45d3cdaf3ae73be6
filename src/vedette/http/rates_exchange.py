"""Carries the counts of requests between api processes on one PostgreSQL, beside the requests: every `EVERY_S` one
transaction adds what was counted here since, and reads what all have counted.

While that fails, each process counts alone: what it knew holds to the end of the minute. If a connection breaks after
the commit and before its answer, what was told is told again, and its callers are refused that much too early, for the
rest of the minute.
"""

import asyncio
from typing import Self

from sqlalchemy import delete, select

from vedette.core.logs import get_logger
from vedette.core.waiting import set_within
from vedette.db.dialect import LOCK_REQUEST_COUNTS, serialise, upsert
from vedette.db.session import Database
from vedette.http.rates_shared import News, SharedCounters
from vedette.http.tables import RequestCountRow

log = get_logger("http.rates")

EVERY_S = 2.0
# A database that does not answer must not hold the others' rows for long.
_PATIENCE_S = 5.0
# Minutes that stay: a process whose clock is behind may still be in the last one.
_KEPT = 2


class RatesExchange:
    """One per api process, used as an asynchronous context."""

    def __init__(
        self,
        database: Database,
        counters: SharedCounters,
        *,
        every_s: float = EVERY_S,
        patience_s: float = _PATIENCE_S,
    ) -> None:
        self._database = database
        self._counters = counters
        self._every_s = every_s
        self._patience_s = patience_s
        self._swept = -1
        self._alone = False
        self._one_at_a_time = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._stopping.set()
        await self._task

    async def exchange(self) -> bool:
        """Tells and learns, now; whether that worked. That it does not, and does again, is logged once each."""
        async with self._one_at_a_time:
            news = self._counters.news()
            try:
                async with asyncio.timeout(self._patience_s):
                    self._counters.learn(news, await self._trade(news))
                    await self._sweep(news.minute)
            except Exception as error:  # noqa: BLE001 - a task's edge; drivers have kinds of their own for connections
                if not self._alone:
                    why = str(error) or type(error).__name__
                    log.warning("requests can't be counted together, each api process counts alone", error=why)
                self._alone = True
                return False
            if self._alone:
                log.info("requests are counted together again")
            self._alone = False
            return True

    async def _trade(self, news: News) -> dict[bytes, int]:
        async with self._database.write() as session:
            if news.amounts:
                added = upsert(session, RequestCountRow)
                more = {"used": RequestCountRow.used + added.excluded.used}
                rows = [{"minute": news.minute, "caller": name, "used": amount} for name, amount in news.amounts]
                await session.execute(added.on_conflict_do_update(index_elements=["minute", "caller"], set_=more), rows)
            all_of_it = select(RequestCountRow.caller, RequestCountRow.used)
            found = await session.execute(all_of_it.where(RequestCountRow.minute == news.minute))
            return {row.caller: row.used for row in found}

    async def _sweep(self, minute: int) -> None:
        """Once a minute: removes what is over. One process at a time, or they could wait for each other's rows."""
        if minute == self._swept:
            return
        async with self._database.write() as session:
            await session.run_sync(lambda sync: serialise(sync.connection(), LOCK_REQUEST_COUNTS))
            await session.execute(delete(RequestCountRow).where(RequestCountRow.minute <= minute - _KEPT))
        self._swept = minute

    async def _run(self) -> None:
        while not self._stopping.is_set():
            await self.exchange()
            await set_within(self._stopping, self._every_s)
