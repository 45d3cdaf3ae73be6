"""Reads all sockets of the native sources: one epoll, looked at every 20 ms.

A camera sends a frame as dozens of packets; waking up for each costs several times the work itself. Whatever came in
20 ms is read at once, so the whole process wakes up about 50 times a second however many cameras it has.
"""

import asyncio
import select
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol, runtime_checkable

from vedette.core.clock import Clock
from vedette.core.logs import get_logger

log = get_logger("recorder")

TICK_S: Final = 0.02


@runtime_checkable
class Readable(Protocol):
    """A source that is driven from here. It never blocks, and reads a bounded amount."""

    def fileno(self) -> int: ...

    def on_readable(self, now_s: float) -> None: ...

    def on_timer(self, now_s: float) -> None: ...


class Reactor:
    """`after_tick` is called when everything that had come was read."""

    def __init__(self, clock: Clock, after_tick: Callable[[], None]) -> None:
        self._clock = clock
        self._after_tick = after_tick
        self._epoll = select.epoll()
        self._sources: dict[int, tuple[Readable, Callable[[Exception], None]]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._due_s = 0.0

    def start(self) -> None:
        """Begins to tick on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._due_s = self._loop.time()
        self._tick()

    def close(self) -> None:
        """Stops ticking."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._epoll.close()

    def add(self, source: Readable, on_error: Callable[[Exception], None]) -> int:
        """Reads `source` from now on; `on_error` gets what it raises. Returns the key for `remove`."""
        key = source.fileno()
        self._sources[key] = (source, on_error)
        self._epoll.register(key, select.EPOLLIN | select.EPOLLRDHUP)
        return key

    def remove(self, key: int) -> None:
        """Stops reading it. To be called before a new socket can get the number of one that the source closed, that is
        without awaiting anything in between. Harmless when repeated."""
        if self._sources.pop(key, None) is not None:
            # A closed socket has left by itself, and its number may be that of a file by now.
            with suppress(OSError, ValueError):
                self._epoll.unregister(key)

    def on_timer(self) -> None:
        """Each second: keep-alives, reports, idle limits."""
        now_s = self._clock.monotonic()
        for source, on_error in list(self._sources.values()):
            try:
                source.on_timer(now_s)
            except Exception as error:  # noqa: BLE001 - one camera must not stop the others
                on_error(error)

    def _tick(self) -> None:
        now_s = self._clock.monotonic()
        for key, _ in self._epoll.poll(0):
            entry = self._sources.get(key)
            if entry is None:
                continue
            try:
                entry[0].on_readable(now_s)
            except Exception as error:  # noqa: BLE001 - one camera must not stop the others
                entry[1](error)
        self._after_tick()
        # From the time it was due, so that ticks do not drift; never in a row to make up for lost ones.
        self._due_s = max(self._due_s + TICK_S, self._loop.time() + TICK_S / 4)
        self._timer = self._loop.call_at(self._due_s, self._tick)
