"""One viewer's bounded queue: it drops instead of making anybody wait, and resumes at a key frame."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from vedette.events.announcements import StreamStatus
from vedette.live.parts import Dropped, LiveMedia, LivePart, LivePiece

# A viewer further behind than this skips ahead; a group of pictures twice as long is allowed for, since it is sent at
# the start.
LAG_MS = 6_000
MAX_QUEUED = 512

Delivery = LiveMedia | StreamStatus | Dropped


class Viewer:
    """What one subscriber of a stream has still to see. Parts are metadata only; pieces are shared by all viewers.

    `fine`: it gets single frames as they come, where the recorder gives them, instead of parts. `next` yields the
    newest status, media in order, and `Dropped` where some was left out. Used on one event loop; `put` never blocks.
    Who reads many viewers at once sets `on_waiting`, which is called when there is something to take, and takes.
    """

    def __init__(self, backlog: Sequence[LiveMedia], status: StreamStatus | None, *, fine: bool = False) -> None:
        self.fine = fine
        self.dropped = 0
        self.closed = False
        self.on_waiting: Callable[[], None] | None = None
        self._queue: deque[LiveMedia | Dropped] = deque(backlog)
        self._queued_ms = sum(part.duration_ms for part in backlog)
        self._limit_ms = max(LAG_MS, 2 * self._queued_ms)
        self._status = status
        self._last: LiveMedia | None = backlog[-1] if backlog else None
        self._needs_key = not backlog
        self._untold = 0
        self._wake = asyncio.Event()

    @property
    def queued(self) -> int:
        """Deliveries that wait to be taken."""
        return len(self._queue)

    def put(self, part: LiveMedia) -> None:
        """Queues `part`, or drops it when the viewer waits for a key frame."""
        missing = self._missing_before(part)
        if missing:
            self._needs_key = True
            self._drop(missing)
        self._last = part
        if self._needs_key and not part.key:
            if self._untold:  # before its first picture a viewer has lost nothing
                self._drop(1)
            return
        if self._untold:
            self._queue.append(Dropped(self._untold))
            self._untold = 0
        self._needs_key = False
        self._queue.append(part)
        self._queued_ms += part.duration_ms
        if self._queued_ms > self._limit_ms or len(self._queue) > MAX_QUEUED:
            self._skip_ahead()
        self._tell()

    def broke(self) -> None:
        """Something is missing that nobody counted: the next one must begin with a key frame."""
        if not self._needs_key:
            self._needs_key = True
            self._drop(1)

    def put_status(self, status: StreamStatus) -> None:
        """Only the newest status is kept."""
        self._status = status
        self._tell()

    def close(self) -> None:
        """Ends the deliveries after what is queued."""
        self.closed = True
        self._tell()

    async def next(self) -> Delivery | None:
        """The next delivery; None at the end. When it is cancelled nothing is lost."""
        while (delivery := self.take()) is None and not self.closed:
            self._wake.clear()
            await self._wake.wait()
        return delivery

    def take(self) -> Delivery | None:
        """What `next` would return, without waiting; None when there is nothing."""
        if self._status is not None:
            status, self._status = self._status, None
            return status
        if not self._queue:
            return None
        delivery = self._queue.popleft()
        if isinstance(delivery, LivePart | LivePiece):
            self._queued_ms -= delivery.duration_ms
        return delivery

    def _tell(self) -> None:
        self._wake.set()
        if self.on_waiting is not None:
            self.on_waiting()

    def _missing_before(self, part: LiveMedia) -> int:
        """How many between the last one and this never came to us."""
        last = self._last
        if last is None or part.run_id != last.run_id or type(part) is not type(last):
            return 0  # a run begins with a key frame and with an init of its own
        return max(0, part.number - last.number - 1)

    def _skip_ahead(self) -> None:
        """Keeps what begins with the newest queued key frame when that catches up; otherwise waits for the next one."""
        kept: deque[LiveMedia] = deque()
        dropped = 0
        for delivery in reversed(self._queue):
            if isinstance(delivery, Dropped):
                dropped += delivery.parts
                self.dropped -= delivery.parts  # counted once already
            elif kept and kept[0].key:
                dropped += 1
            else:
                kept.appendleft(delivery)
        kept_ms = sum(part.duration_ms for part in kept)
        if not kept or not kept[0].key or kept_ms > self._limit_ms // 2:
            dropped += len(kept)
            kept.clear()
            kept_ms = 0
            self._needs_key = True
        self._queue.clear()
        self._drop(dropped)
        if kept:
            self._queue.append(Dropped(self._untold))
            self._untold = 0
            self._queue.extend(kept)
        self._queued_ms = kept_ms

    def _drop(self, count: int) -> None:
        self.dropped += count
        self._untold += count
