"""The connection to one recorder's frames: says which streams are watched, hands on their units."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import cast

import orjson

from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.events.frames import FrameReader, Told

_AGAIN_S = 1.0
log = get_logger("live")


class FeedLink:
    """One socket file. `on_told` gets each message; `on_lost` is called when a connection ended."""

    def __init__(
        self, path: Path, clock: Clock, on_told: Callable[[Told], None], on_lost: Callable[[str], None]
    ) -> None:
        self.path = path
        self._clock = clock
        self._on_told = on_told
        self._on_lost = on_lost
        self._watched: frozenset[int] = frozenset()
        self._connection: _Connection | None = None
        self._wanted = asyncio.Event()

    @property
    def name(self) -> str:
        """The recorder's name."""
        return self.path.stem

    def watch(self, stream_ids: frozenset[int]) -> None:
        """From now on these streams' units come, and no others."""
        if stream_ids == self._watched:
            return
        self._watched = stream_ids
        if stream_ids:
            self._wanted.set()
        if self._connection is not None:
            self._connection.ask(stream_ids)

    async def run(self) -> None:
        """Connects when something is watched, and again after each end, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await self._wanted.wait()
            connection = _Connection(self._on_told)
            try:
                await loop.create_unix_connection(lambda made=connection: made, str(self.path))  # type: ignore[misc]
                self._connection = connection
                connection.ask(self._watched)
                await connection.ended
            except OSError:
                pass  # it is being started, or is an old one: viewers get parts
            finally:
                self._connection = None
                connection.hang_up()
            if connection.was_made:
                log.warning("the feed of frames ended", recorder=self.name)
                self._on_lost(self.name)
            await self._clock.sleep(_AGAIN_S)
            if not self._watched:
                self._wanted.clear()


class _Connection(asyncio.Protocol):
    def __init__(self, on_told: Callable[[Told], None]) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.was_made = False
        self._on_told = on_told
        self._reader = FrameReader()
        self._transport: asyncio.Transport | None = None

    def ask(self, stream_ids: frozenset[int]) -> None:
        if self._transport is not None:
            self._transport.write(orjson.dumps({"watch": sorted(stream_ids)}) + b"\n")

    def hang_up(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self.was_made = True

    def data_received(self, data: bytes) -> None:
        try:
            for told in self._reader.push(data):
                self._on_told(told)
        except ValueError as error:
            log.warning("a recorder sent an unreadable frame", error=str(error))
            self.hang_up()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if not self.ended.done():
            self.ended.set_result(None)
