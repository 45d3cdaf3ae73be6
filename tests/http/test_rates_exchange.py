"""Counts of requests on their way through PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Self

import pytest
from sqlalchemy import make_url, select, text
from structlog.testing import capture_logs

from tests.support.postgres import PostgresServer
from vedette.core.clock import ManualClock
from vedette.db.session import Database
from vedette.http.rates import Quota
from vedette.http.rates_exchange import RatesExchange
from vedette.http.rates_shared import SharedCounters
from vedette.http.tables import RequestCountRow

pytestmark = [pytest.mark.anyio, pytest.mark.postgres, pytest.mark.parametrize("kind", ["postgres"])]

QUOTA = Quota("anonymous", 100)
MINUTE = 28_333_333


class Process:
    """One api process's part of it, with connections of its own."""

    def __init__(self, url: str, clock: ManualClock) -> None:
        self.database = Database(url, pool_size=1)
        self.counters = SharedCounters(clock)
        self.counters.name_with(b"the same in all")
        self.exchange = RatesExchange(self.database, self.counters)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.database.aclose()

    async def ask(self, times: int, whose: str = "a") -> int:
        """How many were answered."""
        return sum([not (await self.counters.take(QUOTA, whose)).refused for _ in range(times)])


async def rows(database: Database) -> list[tuple[int, int]]:
    async with database.read() as session:
        found = await session.execute(select(RequestCountRow.minute, RequestCountRow.used).order_by("minute", "used"))
        return [(row.minute, row.used) for row in found]


@pytest.fixture
async def two_processes(database: Database, database_url: str) -> AsyncIterator[tuple[Process, Process, ManualClock]]:
    """Both on one database, and the clock of both, at the beginning of `MINUTE`."""
    clock = ManualClock(MINUTE * 60_000)
    async with Process(database_url, clock) as one, Process(database_url, clock) as two:
        yield one, two, clock


async def test_numbers_add_up_and_go_when_they_are_over(
    database: Database, two_processes: tuple[Process, Process, ManualClock]
) -> None:
    one, two, clock = two_processes
    await one.ask(60)
    await one.ask(70, "b")
    await one.ask(3, "little")
    await two.ask(30)
    for process in (one, two, one):
        assert await process.exchange.exchange()
    assert await rows(database) == [(MINUTE, 70), (MINUTE, 90)]
    assert (await one.ask(50), await two.ask(50, "b")) == (10, 30)
    clock.advance(60)
    assert await two.ask(200) == 100
    await two.exchange.exchange()
    assert await rows(database) == [(MINUTE, 70), (MINUTE, 90), (MINUTE + 1, 100)]
    assert await one.ask(20) == 20
    clock.advance(60)
    await one.exchange.exchange()
    assert await rows(database) == [(MINUTE + 1, 100)]


async def test_many_at_once_lose_nothing(database: Database, database_url: str) -> None:
    clock = ManualClock(MINUTE * 60_000)
    callers = [f"caller {number}" for number in range(100)]
    answered = 0
    async with AsyncExitStack() as open_ones:
        processes = [await open_ones.enter_async_context(Process(database_url, clock)) for _ in range(5)]
        for times in (11, 1, 1):
            for number, process in enumerate(processes):
                for caller in callers[number:] + callers[:number]:  # each meets them in another order
                    answered += await process.ask(times, caller)
            assert all(await asyncio.gather(*(process.exchange.exchange() for process in processes)))
    assert [used for _, used in await rows(database)] == [5 * (11 + 1 + 1)] * 100
    assert answered == 100 * 5 * (11 + 1 + 1)


async def test_while_the_database_is_away_each_counts_alone_and_says_so_once(
    postgres_server: PostgresServer, database_url: str, two_processes: tuple[Process, Process, ManualClock]
) -> None:
    one, two, clock = two_processes
    name = make_url(database_url).database
    await one.ask(40)
    assert await one.exchange.exchange()
    with capture_logs() as logs:
        postgres_server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        postgres_server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        for _ in range(3):
            assert not await one.exchange.exchange()
            assert not await two.exchange.exchange()
        assert (await one.ask(100), await two.ask(200)) == (60, 100)
        clock.advance(60)
        assert (await one.ask(70), await two.ask(70)) == (70, 70)
        postgres_server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        for process in (one, two, one):
            assert await process.exchange.exchange()
    assert (await one.ask(1), await two.ask(1)) == (0, 0)
    assert [log["log_level"] for log in logs] == ["warning"] * 2 + ["info"] * 2


async def test_a_database_that_hangs_is_left(
    database: Database, two_processes: tuple[Process, Process, ManualClock]
) -> None:
    one, *_ = two_processes
    await one.ask(50)
    async with database.write() as session:
        await session.execute(text("LOCK TABLE request_count"))
        async with asyncio.timeout(30):
            assert not await RatesExchange(one.database, one.counters, patience_s=0.2).exchange()
    assert await one.exchange.exchange()
    assert await rows(database) == [(MINUTE, 50)]


async def test_the_table_needs_no_log(database: Database) -> None:
    async with database.read() as session:
        kind = await session.scalar(text("SELECT relpersistence FROM pg_class WHERE relname = 'request_count'"))
    assert kind in ("u", b"u")


async def test_the_task_tells_by_itself_and_ends(
    database: Database, two_processes: tuple[Process, Process, ManualClock]
) -> None:
    one, *_ = two_processes
    async with asyncio.timeout(30), RatesExchange(one.database, one.counters, every_s=0.05):
        await one.ask(50)
        while not await rows(database):
            await asyncio.sleep(0.01)
