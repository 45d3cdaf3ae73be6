"""What one event socket has still to send: bounded, and newer numbers take the place of older ones."""

import asyncio
from collections.abc import Hashable

from vedette.core.waiting import set_within

MAX_WAITING = 1000


class Backlog:
    """Messages of one reader, by key: a message whose key is already waiting takes its place at the end.

    When more than `limit` different ones wait, the oldest is dropped and counted.
    """

    def __init__(self, limit: int = MAX_WAITING) -> None:
        self._limit = limit
        self._waiting: dict[Hashable, str] = {}
        self._dropped = 0
        self._wake = asyncio.Event()

    def put(self, key: Hashable, text: str) -> None:
        """Never waits."""
        self._waiting.pop(key, None)
        self._waiting[key] = text
        if len(self._waiting) > self._limit:
            del self._waiting[next(iter(self._waiting))]
            self._dropped += 1
        self._wake.set()

    async def take(self, timeout_s: float) -> tuple[str | None, int]:
        """The oldest message (None after `timeout_s` without one), and how many were dropped since the last call."""
        if not self._waiting:
            self._wake.clear()
            if not await set_within(self._wake, timeout_s):
                return None, 0
        text = self._waiting.pop(next(iter(self._waiting)))
        dropped, self._dropped = self._dropped, 0
        return text, dropped
