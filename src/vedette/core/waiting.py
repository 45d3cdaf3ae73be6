"""Waiting for an event, but not for ever."""

import asyncio
from typing import Any


async def set_within(event: asyncio.Event, timeout_s: float) -> bool:
    """Waits until `event` is set, at most `timeout_s`; whether it is.

    Not by `asyncio.wait_for`: until Python 3.12 that one swallows a cancellation that comes at the same moment as the
    event, and a task that goes round in a loop then never ends.
    """
    try:
        async with asyncio.timeout(timeout_s):
            await event.wait()
    except TimeoutError:
        return event.is_set()
    return True


def overheard(task: "asyncio.Task[Any]") -> None:
    """For `add_done_callback`: what fails when nobody waits any more is not worth a complaint."""
    if not task.cancelled():
        task.exception()
