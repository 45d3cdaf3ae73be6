"""What was read a moment ago: once for all who ask at once, while it is fresh, and not after it was forgotten."""

import asyncio

import pytest

from vedette.core.clock import ManualClock
from vedette.core.remembered import Remembered

pytestmark = pytest.mark.anyio


class Source:
    """Counts how often it is read. Answers when it is let, with what it was when it was asked."""

    def __init__(self) -> None:
        self.value = "first"
        self.reads = 0
        self.answers = asyncio.Event()
        self.broken = False

    async def read(self) -> str:
        self.reads += 1
        found = self.value
        await self.answers.wait()
        if self.broken:
            raise LookupError(found)
        return found


async def all_waiting() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_who_asks_at_once_shares_one_reading() -> None:
    source, clock = Source(), ManualClock()
    kept: Remembered[int, str] = Remembered(clock, 1.0, 10)
    asking = [asyncio.create_task(kept.get(1, source.read)) for _ in range(50)]
    await all_waiting()
    source.answers.set()
    assert set(await asyncio.gather(*asking)) == {"first"}
    assert source.reads == 1
    assert await kept.get(1, source.read) == "first"
    assert await kept.get(2, source.read) == "first"
    assert source.reads == 2


async def test_it_is_fresh_from_the_asking_on() -> None:
    source, clock = Source(), ManualClock()
    kept: Remembered[int, str] = Remembered(clock, 1.0, 10)
    asking = asyncio.create_task(kept.get(1, source.read))
    await all_waiting()
    clock.advance(0.7)  # the database is slow
    source.answers.set()
    assert await asking == "first"
    source.value = "second"
    clock.advance(0.2)
    assert await kept.get(1, source.read) == "first"
    clock.advance(0.11)
    assert await kept.get(1, source.read) == "second"


async def test_what_was_forgotten_is_read_again_also_while_it_is_being_read() -> None:
    source, clock = Source(), ManualClock()
    kept: Remembered[int, str] = Remembered(clock, 1.0, 10)
    before = asyncio.create_task(kept.get(1, source.read))
    await all_waiting()
    source.value = "changed"
    kept.forget(1)
    after = asyncio.create_task(kept.get(1, source.read))
    await all_waiting()
    source.answers.set()
    assert (await before, await after) == ("first", "changed")
    assert await kept.get(1, source.read) == "changed"
    for forget in (kept.clear, lambda: kept.forget(1)):
        reads = source.reads
        forget()
        await kept.get(1, source.read)
        assert source.reads == reads + 1


async def test_a_failure_is_told_to_all_and_not_remembered() -> None:
    source, clock = Source(), ManualClock()
    kept: Remembered[int, str] = Remembered(clock, 1.0, 10)
    source.broken = True
    asking = [asyncio.create_task(kept.get(1, source.read)) for _ in range(3)]
    await all_waiting()
    source.answers.set()
    found = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(one) for one in found] == [LookupError] * 3
    source.broken = False
    assert await kept.get(1, source.read) == "first"


async def test_who_asked_first_may_leave() -> None:
    source, clock = Source(), ManualClock()
    kept: Remembered[int, str] = Remembered(clock, 1.0, 10)
    first, second = (asyncio.create_task(kept.get(1, source.read)) for _ in range(2))
    await all_waiting()
    first.cancel()
    await all_waiting()
    assert first.cancelled()
    source.answers.set()
    assert await second == "first"
    assert source.reads == 1


async def test_it_is_bounded() -> None:
    source, clock = Source(), ManualClock()
    source.answers.set()
    kept: Remembered[int, str] = Remembered(clock, 1.0, 10)
    for key in range(100):
        await kept.get(key, source.read)
    assert [key for key, _ in kept.items()] == list(range(90, 100))
