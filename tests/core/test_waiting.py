"""Waiting with a limit."""

import asyncio

import pytest

from vedette.core.waiting import set_within

pytestmark = pytest.mark.anyio


async def test_it_says_whether_the_event_came() -> None:
    event = asyncio.Event()
    assert await set_within(event, 0.01) is False
    asyncio.get_running_loop().call_soon(event.set)
    assert await set_within(event, 10) is True
    assert await set_within(event, 0) is True


@pytest.mark.parametrize("turns", range(5))
async def test_a_cancellation_is_never_lost_to_the_event(turns: int) -> None:
    event = asyncio.Event()

    async def work() -> None:
        while True:
            await set_within(event, 10)
            event.clear()

    task = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    event.set()
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    done, _ = await asyncio.wait({task}, timeout=5)
    assert done, "the task goes on"
