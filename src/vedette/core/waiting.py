"""Waiting for an event, but not for ever."""

import asyncio


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
