"""The connection to one recorder's socket: connects, reads bounded lines, connects again when it breaks."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from vedette.core.backoff import Backoff
from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.events.announcements import MAX_LINE, Announcement, Hello, Reload, decode, encode

_MAX_UNSENT = 1 << 18
# A connection that lasted this long was a good one; what breaks sooner is asked again ever more slowly.
_GOOD_S = 5.0


class RecorderLink:
    """One socket file. `run()` returns when the file is gone; the hub starts another link when it comes back.

    `on_message` gets each announcement, `on_lost` is called once after each connection that had said hello.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        on_message: Callable[["RecorderLink", Announcement], None],
        on_lost: Callable[["RecorderLink"], None],
    ) -> None:
        self.path = path
        self.hello: Hello | None = None
        self._clock = clock
        self._on_message = on_message
        self._on_lost = on_lost
        self._writer: asyncio.StreamWriter | None = None
        self._log = get_logger("live")

    @property
    def name(self) -> str:
        """The recorder's name."""
        return self.path.stem

    @property
    def connected(self) -> bool:
        """Whether the recorder has said hello on the present connection."""
        return self.hello is not None

    async def run(self) -> None:
        """Connects and reads until the socket file is gone."""
        backoff = Backoff(first_s=0.1, limit_s=2.0)
        while True:
            began = self._clock.monotonic()
            try:
                await self._read_all()
            except FileNotFoundError:
                return
            except (OSError, ValueError, TypeError, AttributeError) as error:
                # A dead recorder refuses; one that speaks nonsense is left and asked again later.
                if not isinstance(error, OSError):
                    self._log.warning("recorder sent an unreadable message", recorder=self.name, error=str(error))
            if self._clock.monotonic() - began > _GOOD_S:
                backoff.reset()
            await self._clock.sleep(backoff.next_s())

    def resync(self) -> None:
        """Drops the connection: on the next one the recorder tells again what is open."""
        if self._writer is not None:
            self._writer.transport.abort()

    def poke(self, camera_ids: list[str]) -> bool:
        """Asks the recorder to look at these cameras now. False when it could not be told."""
        writer = self._writer
        if writer is None or writer.is_closing() or writer.transport.get_write_buffer_size() > _MAX_UNSENT:
            return False
        writer.write(encode(Reload(camera_ids)))
        return True

    async def _read_all(self) -> None:
        reader, writer = await asyncio.open_unix_connection(self.path, limit=MAX_LINE)
        self._writer = writer
        try:
            while line := await reader.readline():
                message = decode(line)
                if isinstance(message, Hello):
                    self.hello = message
                    self._log.info("recorder connected", recorder=self.name, pid=message.pid)
                if message is not None:
                    self._on_message(self, message)
        finally:
            self._writer = None
            writer.transport.abort()
            if self.hello is not None:
                self.hello = None
                self._log.warning("recorder lost", recorder=self.name)
                self._on_lost(self)
