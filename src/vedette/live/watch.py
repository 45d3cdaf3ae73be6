"""Status changes for those who watch all streams."""

import asyncio

from vedette.events.announcements import StreamStatus


class StatusWatch:
    """The newest unseen status of each stream: bounded by the number of streams, and never behind.

    An async iterator that ends when the hub closes.
    """

    def __init__(self) -> None:
        self._unseen: dict[int, StreamStatus] = {}
        self._closed = False
        self._wake = asyncio.Event()

    def put(self, status: StreamStatus) -> None:
        self._unseen[status.stream_id] = status
        self._wake.set()

    def close(self) -> None:
        self._closed = True
        self._wake.set()

    def __aiter__(self) -> "StatusWatch":
        return self

    async def __anext__(self) -> StreamStatus:
        while not self._unseen:
            if self._closed:
                raise StopAsyncIteration
            self._wake.clear()
            await self._wake.wait()
        return self._unseen.pop(next(iter(self._unseen)))
