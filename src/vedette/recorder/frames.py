"""The recorder's second Unix socket: single access units of the streams that somebody watches (`events/frames.py`).

Nothing is done for a stream that nobody watches. For one that is watched it costs a header of 40 bytes for each unit,
and one `writelines` for each reader and turn of the loop. It never waits: for a reader that lags units are left out
until it has caught up, and then it is told and goes on with a key frame.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import orjson

from vedette.core.logs import get_logger
from vedette.events.frames import (
    ENDED,
    LOST,
    MAX_QUESTION,
    RunTold,
    StreamTold,
    encode_run,
    encode_told,
    in_master,
    unit_head,
)
from vedette.media.units import TimedUnit
from vedette.recorder.runs import Run
from vedette.recorder.sockets import LineReader, LocalSocket

log = get_logger("recorder")

MAX_READERS = 16
MAX_WATCHED = 4096
# What one reader may have waiting: some seconds of all that a busy api watches.
UNSENT_LIMIT = 16 << 20


class StreamTap:
    """What the pipeline of a watched stream calls. It has a reader at least."""

    def __init__(self, stream_id: int) -> None:
        self.stream_id = stream_id
        self.readers: set[FrameReaderLink] = set()
        self._run: Run | None = None
        self._told = b""

    def began(self, run: Run) -> None:
        """A run began."""
        self._begin(run)
        for reader in self.readers:
            reader.begin(self.stream_id, self._told)

    def joined(self, reader: "FrameReaderLink", run: Run | None) -> None:
        """A reader more, in the midst of a run."""
        self.readers.add(reader)
        if run is None:
            return
        self._begin(run)
        reader.begin(self.stream_id, self._told)
        for unit in run.parts.waiting():
            reader.unit(self.stream_id, unit.key and unit.track == run.master, self._message(run, unit))

    def unit(self, run: Run, unit: TimedUnit) -> None:
        """A unit was placed on the run's time line."""
        message = self._message(run, unit)
        begins = unit.key and unit.track == run.master
        for reader in self.readers:
            reader.unit(self.stream_id, begins, message)

    def ended(self) -> None:
        """The run is over."""
        self._run = None
        message = encode_told(StreamTold(self.stream_id, ENDED))
        for reader in self.readers:
            reader.end(self.stream_id, message)

    def _begin(self, run: Run) -> None:
        if self._run is not run:
            self._run = run
            init = run.init
            self._told = encode_run(
                RunTold(
                    self.stream_id, str(run.id), init.tracks, run.timescale, init.digest, init.codecs, bytes(init.data)
                )
            )

    def _message(self, run: Run, unit: TimedUnit) -> list[bytes]:
        at_ms = run.line.about_ms(in_master(run.init.tracks, unit))
        return [unit_head(self.stream_id, unit, at_ms), *unit.chunks]


# Called when the first reader of a stream came (the run in progress is the answer) or the last one left (None).
Tapped = Callable[[int, StreamTap | None], Run | None]


class FrameFeed:
    """The readers and who watches what. Lives on the loop."""

    def __init__(self, tapped: Tapped, *, unsent_limit: int = UNSENT_LIMIT) -> None:
        self._tapped = tapped
        self._unsent_limit = unsent_limit
        self._taps: dict[int, StreamTap] = {}
        self._readers: set[FrameReaderLink] = set()
        self._socket = LocalSocket()
        self.dropped = 0

    async def start(self, path: Path) -> None:
        """Listens at `path`."""
        await self._socket.start(path, lambda: FrameReaderLink(self, self._unsent_limit))

    async def aclose(self) -> None:
        """Hangs up and removes the socket."""
        self._socket.close()
        for reader in list(self._readers):
            reader.hang_up()
        self._socket.remove()

    def tap_of(self, stream_id: int) -> StreamTap | None:
        """For a stream that is taken on: whether it is watched already."""
        return self._taps.get(stream_id)

    def _joined(self, reader: "FrameReaderLink") -> bool:
        if len(self._readers) >= MAX_READERS:
            log.warning("too many readers of frames, one was turned away", readers=MAX_READERS)
            return False
        self._readers.add(reader)
        return True

    def _left(self, reader: "FrameReaderLink") -> None:
        self._readers.discard(reader)
        self._watch(reader, reader.watched, frozenset())

    def _watch(self, reader: "FrameReaderLink", before: frozenset[int], now: frozenset[int]) -> None:
        for stream_id in before - now:
            tap = self._taps[stream_id]
            tap.readers.discard(reader)
            if not tap.readers:
                del self._taps[stream_id]
                self._tapped(stream_id, None)
        for stream_id in now - before:
            tap = self._taps.setdefault(stream_id, StreamTap(stream_id))
            tap.joined(reader, self._tapped(stream_id, tap))


class FrameReaderLink(LineReader):
    """One connection. What is sent in a turn of the loop goes out together."""

    def __init__(self, owner: FrameFeed, unsent_limit: int) -> None:
        super().__init__(unsent_limit=unsent_limit, question_limit=MAX_QUESTION)
        self._owner = owner
        self._sending: list[bytes] = []
        self._behind = False
        self._lost: set[int] = set()  # streams that wait for a key frame
        self._begins: dict[int, bytes] = {}  # runs that began while this reader was behind
        self.watched: frozenset[int] = frozenset()

    # What the taps tell

    def begin(self, stream_id: int, message: bytes) -> None:
        self._begins.pop(stream_id, None)
        if self._behind:
            self._begins[stream_id] = message
        else:
            self._lost.discard(stream_id)
            self._send((message,))

    def unit(self, stream_id: int, begins: bool, message: list[bytes]) -> None:
        """`begins`: a decoder can begin with it."""
        if self._behind:
            self._lost.add(stream_id)
            self._owner.dropped += 1
            return
        if stream_id in self._lost:
            if not begins:
                self._owner.dropped += 1
                return
            self._lost.discard(stream_id)
            begin = self._begins.pop(stream_id, None)
            if begin is not None:
                self._send((begin,))
            self._send((encode_told(StreamTold(stream_id, LOST)),))
        self._send(message)

    def end(self, stream_id: int, message: bytes) -> None:
        self._begins.pop(stream_id, None)
        self._lost.discard(stream_id)
        self._send((message,))

    def _send(self, pieces: list[bytes] | tuple[bytes, ...]) -> None:
        if not self._sending:
            asyncio.get_running_loop().call_soon(self._flush)
        self._sending += pieces

    def _flush(self) -> None:
        pieces, self._sending = self._sending, []
        if self.transport is not None:
            self.transport.writelines(pieces)

    # What asyncio tells

    def joined(self) -> bool:
        return self._owner._joined(self)

    def left(self) -> None:
        self._owner._left(self)

    def pause_writing(self) -> None:
        self._behind = True

    def resume_writing(self) -> None:
        self._behind = False

    def asked(self, line: bytes) -> None:
        watched = frozenset(orjson.loads(line)["watch"])
        if len(watched) > MAX_WATCHED or not all(isinstance(stream_id, int) for stream_id in watched):
            raise ValueError("not the ids of streams")
        before, self.watched = self.watched, watched
        self._owner._watch(self, before, watched)
