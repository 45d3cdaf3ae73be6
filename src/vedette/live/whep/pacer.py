"""Large frames go out in bursts that a receiver's socket takes, a moment apart: a key frame of 180 KB is 150 datagrams,
and a socket's usual buffer holds 90. Small ones go out at once."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

# 48 datagrams every 2 ms are 230 Mbit/s.
BURST: Final = 48
GAP_S: Final = 0.002
# A key frame of 4K has 2 MB; more than some of those in a row can only be late.
MOST_WAITING: Final = 8_192


class Pacer:
    """Of one viewer; `send` never waits. Used on one event loop."""

    def __init__(self, send: Callable[[Sequence[bytes]], None]) -> None:
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[bytes] = deque()
        self._left = BURST
        self._renewed_s = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.dropped = 0

    @property
    def busy(self) -> bool:
        """Whether something waits."""
        return bool(self._waiting)

    def send(self, packets: Sequence[bytes]) -> None:
        """Now, or as soon as what came before is out."""
        if not self._waiting:
            now = self._loop.time()
            if now - self._renewed_s >= GAP_S:
                self._left, self._renewed_s = BURST, now
            if len(packets) <= self._left:
                self._left -= len(packets)
                self._send(packets)
                return
            self._send(packets[: self._left])
            packets = packets[self._left :]
            self._left = 0
            self._timer = self._loop.call_later(GAP_S, self._go_on)
        room = MOST_WAITING - len(self._waiting)
        self.dropped += max(0, len(packets) - room)
        self._waiting.extend(packets[:room])

    def close(self) -> None:
        """Forgets what waits."""
        self._waiting.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _go_on(self) -> None:
        waiting = self._waiting
        some = list(islice(waiting, BURST))
        for _ in some:
            waiting.popleft()
        self._left, self._renewed_s = BURST - len(some), self._loop.time()
        if waiting:
            self._timer = self._loop.call_later(GAP_S, self._go_on)
        self._send(some)
