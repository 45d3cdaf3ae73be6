"""The recorder's Unix socket: tells readers what is written (`events/announcements.py`), and hears their `reload`.

Costs one JSON line per message, and one `send` per reader and turn of the loop: what a tick of the recorder announces
goes out together, because waking a reader costs more than a message. It never waits for a reader: what a reader does
not take in time is dropped, counted, and followed by `lagged` and the present state of all streams.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from vedette.core.logs import get_logger
from vedette.events.announcements import (
    Announcement,
    Hello,
    InitAnnounced,
    Lagged,
    Reload,
    SegmentClosed,
    SegmentOpened,
    StreamStatus,
    decode,
    encode,
)
from vedette.recorder.sockets import LineReader, LocalSocket

log = get_logger("recorder")

MAX_READERS = 32
# What one reader may have waiting. The state of 400 streams is about 1.3 MB.
UNSENT_LIMIT = 4 << 20
_MAX_QUESTION = 64 << 10


class Announcer:
    """The readers and what a new one must be told. Lives on the loop; `announce` returns at once."""

    def __init__(
        self, hello: Hello, on_reload: Callable[[list[str]], None], *, unsent_limit: int = UNSENT_LIMIT
    ) -> None:
        self._hello = hello
        self._on_reload = on_reload
        self._unsent_limit = unsent_limit
        self._readers: set[_Reader] = set()
        self._state: dict[int, dict[str, bytes]] = {}
        self._open: dict[int, str] = {}
        self._waiting: list[bytes] = []  # announced in this turn of the loop
        self._socket = LocalSocket()
        self.dropped = 0

    @property
    def readers(self) -> int:
        """How many are connected."""
        return len(self._readers)

    async def start(self, path: Path) -> None:
        """Listens at `path`."""
        await self._socket.start(path, lambda: _Reader(self, self._unsent_limit))

    async def aclose(self) -> None:
        """Hangs up and removes the socket."""
        self._socket.close()
        self._send()
        for reader in list(self._readers):
            reader.hang_up()
        self._socket.remove()

    def announce(self, message: Announcement) -> None:
        """Tells every reader, in the next turn of the loop."""
        self._remember(message)
        if self._readers:
            if not self._waiting:
                asyncio.get_running_loop().call_soon(self._send)
            self._waiting.append(encode(message))

    def _send(self) -> None:
        if self._waiting:
            count, lines = len(self._waiting), b"".join(self._waiting)
            self._waiting.clear()
            for reader in self._readers:
                reader.send(lines, count)

    def forget(self, stream_id: int) -> None:
        """The stream is no longer ours."""
        self._state.pop(stream_id, None)
        self._open.pop(stream_id, None)

    def _remember(self, message: Announcement) -> None:
        """Keeps what a new reader needs: per stream the status, the init and the open segment."""
        if isinstance(message, SegmentClosed):
            if self._open.get(message.stream_id) == message.segment_id:
                del self._open[message.stream_id]
                self._state[message.stream_id].pop(SegmentOpened.T, None)
        elif isinstance(message, StreamStatus | InitAnnounced | SegmentOpened):
            self._state.setdefault(message.stream_id, {})[message.T] = encode(message)
            if isinstance(message, SegmentOpened):
                self._open[message.stream_id] = message.segment_id

    def _snapshot(self) -> list[bytes]:
        kinds = (StreamStatus.T, InitAnnounced.T, SegmentOpened.T)
        return [state[kind] for state in self._state.values() for kind in kinds if kind in state]

    def _joined(self, reader: "_Reader") -> bool:
        if len(self._readers) >= MAX_READERS:
            log.warning("too many readers on the recorder's socket, one was turned away", readers=MAX_READERS)
            return False
        self._send()  # what the state that it is told holds already
        reader.greet(encode(self._hello), self._snapshot())
        self._readers.add(reader)
        return True


class _Reader(LineReader):
    """One connection."""

    def __init__(self, owner: Announcer, unsent_limit: int) -> None:
        super().__init__(unsent_limit=unsent_limit, question_limit=_MAX_QUESTION)
        self._owner = owner
        self._behind = False
        self._dropped = 0

    def joined(self) -> bool:
        return self._owner._joined(self)

    def left(self) -> None:
        self._owner._readers.discard(self)

    def greet(self, hello: bytes, snapshot: list[bytes]) -> None:
        assert self.transport is not None
        self.transport.write(b"".join((hello, *snapshot)))

    def send(self, lines: bytes, count: int) -> None:
        if self._behind:
            self._dropped += count
            self._owner.dropped += count
        elif self.transport is not None:
            self.transport.write(lines)

    def pause_writing(self) -> None:
        self._behind = True

    def resume_writing(self) -> None:
        self._behind = False
        if self._dropped and self.transport is not None:
            lagged = encode(Lagged(self._dropped))
            self._dropped = 0
            self.transport.write(b"".join((lagged, *self._owner._snapshot())))

    def asked(self, line: bytes) -> None:
        message = decode(line)
        if isinstance(message, Reload):
            self._owner._on_reload(message.cameras)
