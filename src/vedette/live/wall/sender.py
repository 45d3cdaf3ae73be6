"""Sends what the tiles of one wall have, each in its turn: a tile with a lot to say keeps no other one waiting.

There is one writer per socket and nothing is queued behind it: while a client does not read, its tiles' viewers fill
and skip to key frames, each for itself.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

from vedette.core.waiting import set_within
from vedette.live.closing import CLOSE_NOT_READING, CLOSE_RESTART, Close
from vedette.live.mse import STUCK_S, TextAndBytes
from vedette.live.wall.tile import Tile

# Answers that a client does not read while it asks for more.
MAX_WORDS: Final = 1024
_LONGEST_S: Final = 60.0


class WallSender:
    """`tiles` is the wall's own table, by number; tiles come and go between two turns."""

    def __init__(
        self,
        socket: TextAndBytes,
        tiles: Mapping[int, Tile],
        *,
        clock: Callable[[], float],
        stuck_s: float = STUCK_S,
    ) -> None:
        self.sent_bytes = 0
        self._socket = socket
        self._tiles = tiles
        self._clock = clock
        self._stuck_s = stuck_s
        self._words: deque[str] = deque()
        self._wake = asyncio.Event()
        self._sleeps_until = 0.0

    def say(self, text: str) -> bool:
        """Before any media. False when too much was not read yet."""
        if len(self._words) >= MAX_WORDS:
            return False
        self._words.append(text)
        self._wake.set()
        return True

    def due(self, at_s: float) -> None:
        """A tile has something to send at this time."""
        if at_s < self._sleeps_until:
            self._wake.set()

    async def run(self) -> Close:
        """Returns the reason to close. Raises what the socket raises when the peer is gone."""
        try:
            while True:
                if not await self._round():
                    return Close(CLOSE_RESTART, "The server is restarting.")
                await self._sleep()
        except TimeoutError:
            return Close(CLOSE_NOT_READING, "Nothing was read from this connection for too long.")

    async def _round(self) -> bool:
        """One turn for every tile that is due. False when the server stops."""
        await self._say_all()
        now = self._clock()
        for number, tile in list(self._tiles.items()):
            if tile.due is None or tile.due > now:
                continue
            for message in tile.take():
                if self._tiles.get(number) is not tile:
                    break  # hidden meanwhile: nothing of it may come after that was answered
                await self._send(message)
            if tile.ended:
                return False
            await self._say_all()
        return True

    async def _say_all(self) -> None:
        while self._words:
            await self._send(self._words.popleft())

    async def _send(self, message: str | bytes) -> None:
        async with asyncio.timeout(self._stuck_s):
            if isinstance(message, str):
                await self._socket.send_text(message)
            else:
                await self._socket.send_bytes(message)
        self.sent_bytes += len(message)

    async def _sleep(self) -> None:
        now = self._clock()
        self._wake.clear()
        next_s = min((tile.due for tile in self._tiles.values() if tile.due is not None), default=now + _LONGEST_S)
        if next_s <= now or self._words:
            await asyncio.sleep(0)  # the socket's reader has its turn, too
            return
        self._sleeps_until = next_s
        await set_within(self._wake, next_s - now)
        self._sleeps_until = 0.0
