import asyncio

import pytest
from sqlalchemy import text

from vedette.db.session import Database
from vedette.events import outbox

pytestmark = pytest.mark.anyio


async def test_a_unit_that_fails_changes_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as session:
            outbox.emit(session, 1, "topic", {})
            await session.flush()
            raise ValueError("in the middle")

    with pytest.raises(ValueError, match="middle"):
        await fail()
    async with database.read() as session:
        assert await outbox.newest_id(session) == 0


async def test_units_that_read_before_they_write_wait_for_each_other(database_url: str) -> None:
    """Two pools stand for two processes."""
    databases = [Database(database_url) for _ in range(2)]

    async def add(database: Database) -> None:
        for _ in range(20):
            async with database.write() as session:
                outbox.emit(session, 1, "count", {"seen": await outbox.newest_id(session)})

    await asyncio.gather(*(add(database) for database in databases for _ in range(2)))
    async with databases[0].read() as session:
        assert len(await outbox.after(session, 0, 100)) == 80
    for database in databases:
        await database.aclose()


async def test_a_reading_unit_sees_one_moment(database: Database) -> None:
    async with database.read() as reader:
        before = await outbox.newest_id(reader)
        async with database.write() as session:
            outbox.emit(session, 1, "topic", {})
        assert await outbox.newest_id(reader) == before == 0


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgres"])
async def test_event_ids_rise_in_the_order_of_the_commits(kind: str, database: Database) -> None:
    holding, release = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with database.write() as session:
            outbox.emit(session, 1, "slow", {})
            await session.flush()
            holding.set()
            await release.wait()

    async def quick() -> None:
        await holding.wait()
        async with database.write() as session:
            outbox.emit(session, 1, "quick", {})

    tasks = [asyncio.create_task(slow()), asyncio.create_task(quick())]
    await holding.wait()
    async with database.engine.connect() as watcher:
        waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        while not await watcher.scalar(waiting):
            await asyncio.sleep(0.01)
        assert await watcher.scalar(text("SELECT count(*) FROM outbox")) == 0
    release.set()
    await asyncio.gather(*tasks)
    async with database.read() as session:
        assert [row.topic for row in await outbox.after(session, 0, 10)] == ["slow", "quick"]
