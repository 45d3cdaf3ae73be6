"""The threads of a volume. One writes: it creates, appends to and lets go of files in the order it was asked.

The recorder's loop never waits for a disk: it hands over what a tick produced in one batch, and a tick later takes the
same commands back with their outcome. A volume that hangs (a dead NFS server, a failing disk) stops only its own
threads; what may wait for it is bounded by bytes and by age, and beyond that the volume counts as stalled. Costs a
thread switch a tick; `os.write` and the hash release the interpreter lock.
"""

import asyncio
import errno
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Final, Protocol, TypeVar

from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.media.units import Part
from vedette.recorder.segment_file import SegmentFile

log = get_logger("recorder")

# Four seconds of 100 cameras of 4 Mbps; normally there is less than one tick's worth.
PENDING_LIMIT: Final = 192 << 20
STALLED_S: Final = 6.0
_DRAIN_S: Final = 0.005

T = TypeVar("T")


class Written(Protocol):
    """A segment as the writer sees it. `open_file` is called in the writer's thread before the first part; `file` and
    `error` belong to that thread until `closed` is called on the loop."""

    file: SegmentFile | None
    error: OSError | None

    def open_file(self) -> SegmentFile:
        """Makes the file. Raises OSError."""
        ...

    def appended(self, command: "Append") -> None:
        """On the loop: the part is in the file at `command.offset`, or `command.error` says why not."""
        ...

    def closed(self) -> None:
        """On the loop: the thread has let go of the file."""
        ...


class Append:
    """One part for a segment, and what became of it. `at_ms` and `end_ms` are its span on the wall clock."""

    __slots__ = ("at_ms", "end_ms", "error", "offset", "part", "segment")

    def __init__(self, segment: Written, part: Part, at_ms: int, end_ms: int) -> None:
        self.segment = segment
        self.part = part
        self.at_ms = at_ms
        self.end_ms = end_ms
        self.offset = -1
        self.error: OSError | None = None

    def execute(self) -> None:
        """In the writer's thread. A segment that failed once takes nothing more: no file has a hole in it."""
        segment = self.segment
        if segment.error is None:
            try:
                if segment.file is None:
                    segment.file = segment.open_file()
                self.offset = segment.file.append(self.part.data)
            except OSError as error:
                segment.error = error
            except Exception as error:
                log.exception("writing a part failed unexpectedly")
                segment.error = OSError(errno.EIO, f"unexpected {type(error).__name__}")
        self.error = segment.error

    def done(self) -> None:
        self.segment.appended(self)


class Close:
    """No more parts for a segment."""

    __slots__ = ("segment",)

    def __init__(self, segment: Written) -> None:
        self.segment = segment

    def execute(self) -> None:
        if self.segment.file is not None:
            self.segment.file.close()

    def done(self) -> None:
        self.segment.closed()


class VolumeWriter:
    """One thread and its queue. What is done is taken back by `collect`, each tick: waking the loop up for it would
    cost more than the 20 ms are worth."""

    def __init__(self, name: str, clock: Clock, *, limit: int = PENDING_LIMIT) -> None:
        self._clock = clock
        self._limit = limit
        self._asked: list[Append | Close] = []
        self._queue: SimpleQueue[list[Append | Close] | None] = SimpleQueue()
        self._done: deque[list[Append | Close]] = deque()
        self._pending_bytes = 0
        self._handed_over: deque[float] = deque()  # when each batch was that is not back yet
        # A daemon: a thread that hangs in a dead disk must not keep the process from ending.
        threading.Thread(target=self._run, name=f"write-{name}", daemon=True).start()

    def append(self, command: Append) -> None:
        """Writes a part to its segment's file, which is made when it is the first."""
        self._pending_bytes += len(command.part.data)
        self._asked.append(command)

    def close(self, segment: Written) -> None:
        """Lets go of the segment's file after its parts."""
        self._asked.append(Close(segment))

    def collect(self) -> None:
        """Tells the segments what was done since the last time. Called once a tick."""
        while self._done:
            self._handed_over.popleft()
            for command in self._done.popleft():
                if isinstance(command, Append):
                    self._pending_bytes -= len(command.part.data)
                command.done()

    def flush(self) -> None:
        """Hands over what was asked. Called once a tick."""
        if self._asked:
            batch, self._asked = self._asked, []
            self._handed_over.append(self._clock.monotonic())
            self._queue.put(batch)

    @property
    def stalled(self) -> bool:
        """Whether the volume does not keep up: too much waits for it, or for too long."""
        if self._pending_bytes > self._limit:
            return True
        return bool(self._handed_over) and self._clock.monotonic() - self._handed_over[0] > STALLED_S

    async def drain(self) -> None:
        """Waits until everything that was asked is done and told."""
        while True:
            self.collect()
            self.flush()
            if not self._handed_over:
                return
            await asyncio.sleep(_DRAIN_S)

    def stop(self) -> None:
        """Ends the thread after what it was asked."""
        self.flush()
        self._queue.put(None)

    def _run(self) -> None:
        while (batch := self._queue.get()) is not None:
            for command in batch:
                command.execute()
            self._done.append(batch)


class Worker:
    """A daemon thread that does one thing after the other: what may take long, or hang, beside the writing."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        threading.Thread(target=self._run, name=name, daemon=True).start()

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns or raises."""
        future: asyncio.Future[T] = self._loop.create_future()

        def settle(result: T | None, error: BaseException | None) -> None:
            if future.cancelled():
                return
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)  # type: ignore[arg-type] # work returned it

        def job() -> None:
            result, failure = None, None
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - it is raised again where it is awaited
                failure = error
            try:
                self._loop.call_soon_threadsafe(settle, result, failure)
            except RuntimeError:
                pass  # the loop is gone

        self._queue.put(job)
        return await future

    def stop(self) -> None:
        """Ends the thread after what it was asked."""
        self._queue.put(None)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            job()
