"""What was read a moment ago, and need not be read again: kept for a fixed time, and read once for all who ask at once.

Twenty players wake with the same picture and ask for the next one within a millisecond: without this each of them finds
the same answer too old, and reads it from the database for itself.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from vedette.core.clock import Clock
from vedette.core.waiting import overheard

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """At most `most` answers, each for `fresh_s` from the moment on that it was asked for. Used on one event loop."""

    def __init__(self, clock: Clock, fresh_s: float, most: int) -> None:
        self._clock = clock
        self._fresh_s = fresh_s
        self._most = most
        self._known: OrderedDict[Key, tuple[float, Value]] = OrderedDict()
        self._asking: dict[Key, asyncio.Task[Value]] = {}

    def __len__(self) -> int:
        return len(self._known)

    async def get(self, key: Key, read: Callable[[], Awaitable[Value]]) -> Value:
        """The answer: the one that is known, the one that somebody is reading just now, or what `read` gives.

        What `read` raises everybody gets who waits for it, and it is not remembered.
        """
        known = self._known.get(key)
        if known is not None and self._clock.monotonic() - known[0] < self._fresh_s:
            return known[1]
        asking = self._asking.get(key)
        if asking is None:
            # A task of its own: who asked first may leave, and the others still wait.
            asking = self._asking[key] = asyncio.create_task(self._ask(key, read))
            asking.add_done_callback(overheard)
        return await asyncio.shield(asking)

    def forget(self, key: Key) -> None:
        """The answer is not true any more. One that is being read may be old as well: who waits for it gets it, and
        nobody after."""
        self._known.pop(key, None)
        self._asking.pop(key, None)

    def clear(self) -> None:
        """Forgets all."""
        self._known.clear()
        self.doubt()

    def doubt(self) -> None:
        """What is being read just now may be old."""
        self._asking.clear()

    def items(self) -> list[tuple[Key, Value]]:
        """What is known, old or not."""
        return [(key, value) for key, (_, value) in self._known.items()]

    async def _ask(self, key: Key, read: Callable[[], Awaitable[Value]]) -> Value:
        asked_s = self._clock.monotonic()
        mine = asyncio.current_task()
        self._known.pop(key, None)
        try:
            value = await read()
        finally:
            current = self._asking.get(key) is mine
            if current:
                del self._asking[key]
        if current:
            self._known[key] = (asked_s, value)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return value
