"""Counts that several processes share: what is told, what is learnt. The numbers' way here is a dictionary."""

from collections import Counter

import pytest

from vedette.core.clock import ManualClock
from vedette.http.rates import Quota
from vedette.http.rates_shared import SharedCounters

pytestmark = pytest.mark.anyio

QUOTA = Quota("anonymous", 100)
START_MS = 28_333_333 * 60_000


class Table:
    """What the database does for them, in memory."""

    def __init__(self) -> None:
        self.minutes: dict[int, Counter[bytes]] = {}

    def exchange(self, *processes: SharedCounters) -> None:
        for process in processes:
            news = process.news()
            minute = self.minutes.setdefault(news.minute, Counter())
            minute.update(dict(news.amounts))
            process.learn(news, dict(minute))


def process(clock: ManualClock, **more: int) -> SharedCounters:
    made = SharedCounters(clock, **more)
    made.name_with(b"the same in all")
    return made


async def ask(counters: SharedCounters, times: int, whose: str = "a", quota: Quota = QUOTA) -> int:
    """How many were answered."""
    return sum([not (await counters.take(quota, whose)).refused for _ in range(times)])


async def test_what_one_answered_the_others_know_after_an_exchange() -> None:
    clock, table = ManualClock(START_MS), Table()
    one, two = process(clock), process(clock)
    assert await ask(one, 60) == 60
    assert await ask(two, 30) == 30
    table.exchange(one, two, one)
    assert (await one.take(QUOTA, "a")).left == 9
    assert await ask(two, 50) == 10
    table.exchange(two, one, two)
    assert list(table.minutes[START_MS // 60_000].values()) == [101]
    assert await ask(one, 5) == await ask(two, 5) == 0
    assert await ask(one, 5, "b") == 5


async def test_a_process_that_meets_a_caller_for_the_first_time_knows_them_already() -> None:
    clock, table = ManualClock(START_MS), Table()
    one, two = process(clock), process(clock)
    await ask(one, 100)
    table.exchange(one, two)
    assert await ask(two, 5) == 0
    restarted = process(clock)
    table.exchange(restarted)
    assert await ask(restarted, 5) == 0


async def test_as_much_more_as_fits_between_two_exchanges() -> None:
    clock, table = ManualClock(START_MS), Table()
    processes = [process(clock) for _ in range(5)]
    answered = 0
    for _ in range(40):
        for one in processes:
            answered += await ask(one, 2)
        table.exchange(*processes)
    assert 100 <= answered <= 100 + 5 * 2 * 2


async def test_who_used_little_is_told_only_when_others_know_them() -> None:
    clock, table = ManualClock(START_MS), Table()
    one, two = process(clock), process(clock)
    await ask(one, 10)
    assert not one.news().amounts
    await ask(one, 1)
    assert [amount for _, amount in one.news().amounts] == [11]
    await ask(two, 3)
    table.exchange(one, two, two, one)
    assert (await one.take(QUOTA, "a")).left == 85
    assert not two.news().amounts
    assert [amount for _, amount in one.news().amounts] == [1]


async def test_the_window_is_the_minute_of_the_clock() -> None:
    clock, table = ManualClock(START_MS), Table()
    one, two = process(clock), process(clock)
    clock.advance(48.5)
    await ask(one, 100)
    refused = await one.take(QUOTA, "a")
    assert (refused.headers()["RateLimit"], refused.headers()["Retry-After"]) == ('"anonymous";r=0;t=12', "12")
    table.exchange(one, two)
    clock.advance(11.499)
    assert await ask(two, 1) == 0
    clock.advance(0.001)
    assert (await two.take(QUOTA, "a")).headers()["RateLimit"] == '"anonymous";r=99;t=60'
    assert await ask(one, 101) == 100


async def test_numbers_that_come_after_their_minute_have_no_effect() -> None:
    clock = ManualClock(START_MS)
    one = process(clock)
    await ask(one, 50)
    late = one.news()
    clock.advance(60)
    await ask(one, 20)
    one.learn(late, dict(late.amounts))
    assert (await one.take(QUOTA, "a")).left == 79
    assert [amount for _, amount in one.news().amounts] == [21]


async def test_news_that_did_not_get_through_are_told_again_with_what_came_since() -> None:
    clock, table = ManualClock(START_MS), Table()
    one = process(clock)
    await ask(one, 20)
    one.news()
    await ask(one, 5)
    news = one.news()
    assert [amount for _, amount in news.amounts] == [25]
    await ask(one, 5)
    table.exchange(one)
    assert (await one.take(QUOTA, "a")).left == 69


async def test_the_first_one_too_many_is_known_as_such_also_when_others_answered() -> None:
    clock, table = ManualClock(START_MS), Table()
    one, two = process(clock), process(clock)
    await ask(one, 100)
    table.exchange(one, two)
    assert [(await two.take(QUOTA, "a")).first for _ in range(3)] == [True, False, False]


async def test_names_tell_nobody_who_it_is() -> None:
    clock = ManualClock(START_MS)
    one, other = process(clock), SharedCounters(clock)
    other.name_with(b"another installation")
    for counters in (one, other):
        await ask(counters, 50, "192.0.2.7")
        await ask(counters, 50, "192.0.2.7", Quota("media", 100))
    names = [name for counters in (one, other) for name, _ in counters.news().amounts]
    assert len(set(names)) == 4
    assert not [name for name in names if len(name) != 16 or b"192" in name]


async def test_as_many_are_kept_and_told_as_fit_and_those_who_used_most_first() -> None:
    clock, table = ManualClock(START_MS), Table()
    one = process(clock, most_kept=200, most_told=50)
    two = process(clock, most_told=50)
    for number in range(1000):
        await ask(one, 20 + number % 2, f"{number}")
    await ask(one, 90, "worst")
    assert len(one) == 200
    news = one.news()
    assert sorted(amount for _, amount in news.amounts) == [21] * 49 + [90]
    assert [name for name, _ in news.amounts] == sorted(name for name, _ in news.amounts)
    table.exchange(one, two)
    await ask(two, 20, "new")
    await ask(two, 5, "worst")
    assert [amount for _, amount in two.news().amounts] == [5]
