"""Time as a thing that is passed in, so that tests own it."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """What domain code may know of time."""

    def now_ms(self) -> int:
        """Wall clock, milliseconds since the Unix epoch in UTC. It can jump."""
        ...

    def monotonic(self) -> float:
        """Seconds since an arbitrary point. It never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits on the monotonic clock."""
        ...


class SystemClock:
    """The machine's clocks."""

    __slots__ = ()

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class ManualClock:
    """A clock for tests: it moves when told, and `sleep` moves it."""

    __slots__ = ("_monotonic", "_now_ms")

    def __init__(self, now_ms: int = 1_700_000_000_000) -> None:
        self._now_ms = now_ms
        self._monotonic = 0.0

    def now_ms(self) -> int:
        return self._now_ms

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Both clocks move on together."""
        self._monotonic += seconds
        self._now_ms += round(seconds * 1000)

    def jump(self, seconds: float) -> None:
        """Only the wall clock moves, as when an operator or NTP sets it."""
        self._now_ms += round(seconds * 1000)

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)
        await asyncio.sleep(0)
