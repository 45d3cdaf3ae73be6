"""Limits of requests where several api processes share a database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from tests.support.app import TestRecorders, started
from vedette.api.app import create_app
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.http.rates_exchange import RatesExchange
from vedette.http.tables import RequestCountRow
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

ON_POSTGRESQL = pytest.mark.parametrize("kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
OPEN_TO_ALL = "/api/v1/auth/setup"
QUOTA = 60


class LongMinute(SystemClock):
    """The minute ends when the test says so; everything else goes on."""

    minute = 28_333_333

    def now_ms(self) -> int:
        return self.minute * 60_000 + 15_000


@dataclass(frozen=True, slots=True)
class Way:
    """A caller's way to one of the processes."""

    client: httpx.AsyncClient
    exchange: RatesExchange


@asynccontextmanager
async def two_processes(data: Path, database_url: str, clock: LongMinute) -> AsyncIterator[tuple[Way, Way]]:
    """As they run, with a task each that exchanges."""
    (data / "run").mkdir(exist_ok=True)
    settings = Settings(data=data, rate_anonymous=QUOTA)
    async with AsyncExitStack() as owned:
        ways = []
        for _ in range(2):
            database = Database(database_url)
            owned.push_async_callback(database.aclose)
            app = create_app(settings, database, clock=clock, recorders=TestRecorders())
            ways.append(Way(await owned.enter_async_context(started(app)), app.state.rates_exchange))
        yield ways[0], ways[1]


async def answered(client: httpx.AsyncClient) -> bool:
    status = (await client.get(OPEN_TO_ALL)).status_code
    assert status in (200, 429)
    return status == 200


@ON_POSTGRESQL
async def test_who_spreads_requests_over_processes_gets_about_one_quota(
    kind: str, database_url: str, tmp_path: Path
) -> None:
    clock = LongMinute()
    async with two_processes(tmp_path, database_url, clock) as ways:
        total = 0
        for _ in range(QUOTA // 5):
            total += sum([await answered(way.client) for way in ways * 5])
            for way in ways:
                assert await way.exchange.exchange()
        assert QUOTA <= total <= QUOTA + 2 * 5 * 2
        for way in ways:
            refused = await way.client.get(OPEN_TO_ALL)
            assert (refused.status_code, refused.headers["retry-after"]) == (429, "45")
        clock.minute += 1
        assert [await answered(way.client) for way in ways] == [True, True]


@ON_POSTGRESQL
async def test_processes_learn_by_themselves(kind: str, database_url: str, tmp_path: Path) -> None:
    async with two_processes(tmp_path, database_url, LongMinute()) as (one, two):
        assert sum([await answered(one.client) for _ in range(QUOTA + 5)]) == QUOTA
        there = 0
        while await answered(two.client):
            there += 1
            await asyncio.sleep(0.5)
        assert there < QUOTA


async def test_one_process_on_sqlite_shares_nothing(
    sqlite_database: Database, settings: Settings, recorders: TestRecorders
) -> None:
    app = create_app(settings.model_copy(update={"rate_anonymous": QUOTA}), sqlite_database, recorders=recorders)
    async with started(app) as client:
        assert sum([await answered(client) for _ in range(QUOTA + 5)]) == QUOTA
        assert not hasattr(app.state, "rates_exchange")
        async with sqlite_database.read() as session:
            assert await session.scalar(select(func.count()).select_from(RequestCountRow)) == 0
