"""What waits for a slow reader."""

import pytest

from vedette.events.backlog import Backlog

pytestmark = pytest.mark.anyio


async def test_newer_numbers_take_the_place_of_older_ones() -> None:
    backlog = Backlog(limit=10)
    for turn in range(3):
        backlog.put("stats", f"stats {turn}")
        backlog.put(turn, f"event {turn}")
    assert [await backlog.take(1) for _ in range(4)] == [
        ("event 0", 0),
        ("event 1", 0),
        ("stats 2", 0),
        ("event 2", 0),
    ]


async def test_the_oldest_are_dropped_and_counted_once() -> None:
    backlog = Backlog(limit=3)
    for number in range(10):
        backlog.put(number, str(number))
    assert await backlog.take(1) == ("7", 7)
    assert await backlog.take(1) == ("8", 0)


async def test_nothing_comes_after_the_timeout() -> None:
    assert await Backlog().take(0.01) == (None, 0)
