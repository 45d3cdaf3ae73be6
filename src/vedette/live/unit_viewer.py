"""One reader of single access units: a bounded queue that drops instead of making anybody wait."""

import asyncio
from collections import deque
from collections.abc import Sequence

from vedette.live.parts import Dropped, LiveRun, LiveUnit

# About six seconds of 30 fps and sound; the units are shared with all other readers of the stream.
MAX_WAITING = 512


class UnitViewer:
    """Yields units from a key frame on, with `Dropped` where some were left out; what follows that begins with a key
    frame. A unit's `run` tells when another run begins. Used on one event loop; `put` never blocks."""

    def __init__(self) -> None:
        self.dropped = 0
        self._queue: deque[LiveUnit | Dropped] = deque()
        self._needs_key = True
        self._run: LiveRun | None = None
        self._untold = 0
        self._closed = False
        self._wake = asyncio.Event()

    @property
    def queued(self) -> int:
        """Deliveries that wait to be taken."""
        return len(self._queue)

    def begin(self, units: Sequence[LiveUnit]) -> None:
        """What came since the newest key frame; the queue's limit does not count for it."""
        if units:
            self._queue.extend(units)
            self._needs_key = False
            self._run = units[-1].run
            self._wake.set()

    def put(self, unit: LiveUnit) -> None:
        """Queues `unit`, or drops it when the reader waits for a key frame."""
        begins = unit.begins
        if unit.run is not self._run:
            self._run = unit.run
            self._needs_key = True
        if self._needs_key and not begins:
            self._drop(1 if self._untold else 0)
            return
        if len(self._queue) >= MAX_WAITING:
            if not begins:
                self._drop(1)
                self._needs_key = True
                return
            self._drop(len(self._queue))
            self._queue.clear()
        self._needs_key = False
        if self._untold:
            self._queue.append(Dropped(self._untold))
            self._untold = 0
        self._queue.append(unit)
        self._wake.set()

    def broke(self) -> None:
        """Units are missing: the next one must be a key frame."""
        self._needs_key = True
        self._drop(1)

    def close(self) -> None:
        """Ends the deliveries after what is queued."""
        self._closed = True
        self._wake.set()

    async def next(self) -> LiveUnit | Dropped | None:
        """The next delivery; None at the end. When it is cancelled nothing is lost."""
        while not self._queue:
            if self._closed:
                return None
            self._wake.clear()
            await self._wake.wait()
        return self._queue.popleft()

    def take(self) -> list[LiveUnit | Dropped]:
        """All that waits now, without waiting."""
        taken = list(self._queue)
        self._queue.clear()
        return taken

    def _drop(self, count: int) -> None:
        self.dropped += count
        self._untold += count
