"""The recorder of a process: the streams that are its own, and what they share.

One thread, one event loop. Every 20 ms all sockets are read and what became whole is handed to the writing threads;
each second the streams are looked at; every few seconds the cameras are read again, the volumes looked at and the open
segments told to the index.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from vedette.core.clock import Clock
from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.events.announcements import SegmentClosed
from vedette.media.clocks import HostClock
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.segment import Finalised, finalise
from vedette.media.units import SourceSink
from vedette.recorder.announcer import Announcer
from vedette.recorder.assignment import Assignment
from vedette.recorder.disks import Disk, Disks
from vedette.recorder.frames import FrameFeed, StreamTap
from vedette.recorder.journal import Journal
from vedette.recorder.pipeline import StreamAnnouncement
from vedette.recorder.process import Source, StreamProcess, StreamSpec
from vedette.recorder.reactor import Reactor, Readable
from vedette.recorder.ring import Ring
from vedette.recorder.runs import Run
from vedette.recorder.segments import OpenSegment
from vedette.recordings.model import Closing, GapCause, HealthSample
from vedette.recordings.standing import Standing

log = get_logger("recorder")

# The index is told of the groups of an open segment this often, for playback of what the live hub no longer has.
GROUPS_EVERY_MS = 30_000
FINALISE_AGAIN_S = 5.0
GONE_AFTER = 3

OpenSource = Callable[[StreamSpec, SourceSink], Source]
FallBack = Callable[[StreamSpec, str], Coroutine[Any, Any, None]]


class Recorder:
    """`StreamServices` for its streams. `start_streams` may be called again and again; `stop` ends everything."""

    def __init__(
        self,
        *,
        node: str,
        part_ms: int,
        clock: Clock,
        announcer: Announcer,
        journal: Journal,
        disks: Disks,
        ring: Ring,
        open_source: OpenSource,
        fall_back: FallBack,
    ) -> None:
        self.frames = FrameFeed(self._tapped)
        self.node = node
        self.part_ms = part_ms
        self.clock = clock
        self.host = HostClock(clock)
        self.ring = ring
        self._announcer = announcer
        self._journal = journal
        self._disks = disks
        self._open_source = open_source
        self._fall_back = fall_back
        self._reactor = Reactor(clock, self._after_tick)
        self._streams: dict[int, StreamProcess] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._open: set[OpenSegment] = set()
        self._unfinished: set[OpenSegment] = set()
        self._background: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begins to read sockets."""
        self._reactor.start()

    # Streams

    @property
    def stream_ids(self) -> frozenset[int]:
        """Those that are taken on."""
        return frozenset(self._streams)

    def usable_places(self) -> dict[int, Path]:
        """The volumes whose files can be read and mended."""
        return {disk.spec.id: disk.spec.root for disk in self._disks if disk.probe.usable}

    def unfinished(self) -> frozenset[UUID]:
        """Segments that are open, or being finalised."""
        return frozenset(segment.id for segment in self._unfinished)

    async def assign(self, assignment: Assignment, before: Mapping[int, Standing] | None = None) -> None:
        """Starts, changes and stops streams so that they are those of `assignment`. `before` is how those that are new
        here stood."""
        self._disks.update(assignment.volumes)
        wanted = {spec.stream_id: spec for spec in assignment.streams}
        await asyncio.gather(*(self._stop_stream(stream_id) for stream_id in self._streams.keys() - wanted.keys()))
        for stream_id, spec in wanted.items():
            present = self._streams.get(stream_id)
            if present is None:
                self._start_stream(spec, before.get(stream_id) if before else None)
            elif present.spec != spec:
                present.update(spec)

    def _start_stream(self, spec: StreamSpec, before: Standing | None) -> None:
        stream = StreamProcess(spec, self, before)
        stream.pipeline.tap = self.frames.tap_of(spec.stream_id)
        self._streams[spec.stream_id] = stream
        name = f"{spec.camera_slug}/{spec.kind}"
        self._tasks[spec.stream_id] = asyncio.create_task(stream.run(), name=name)
        log.info("stream taken on", camera=spec.camera_slug, stream=spec.kind, engine=spec.engine)

    async def _stop_stream(self, stream_id: int) -> None:
        stream = self._streams.pop(stream_id)
        task = self._tasks.pop(stream_id)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        self._announcer.forget(stream_id)
        self.ring.forget(stream_id)
        log.info("stream let go", camera=stream.spec.camera_slug, stream=stream.spec.kind)

    def _tapped(self, stream_id: int, tap: StreamTap | None) -> Run | None:
        """Shows the units of a stream to `tap` from now on; gives the run in progress."""
        stream = self._streams.get(stream_id)
        if stream is None:
            return None  # perhaps it comes
        stream.pipeline.tap = tap
        return stream.pipeline.run

    # Each tick, each second, every few seconds

    def _after_tick(self) -> None:
        self._disks.tick()
        self.ring.writer.collect()
        self.ring.writer.flush()

    def each_second(self) -> None:
        """Timers of sources, schedules, gaps, health."""
        jumped_ms = self.host.sample()
        if jumped_ms:
            log.warning("the wall clock was set", by_ms=round(jumped_ms))
        self._reactor.on_timer()
        minutes = []
        for stream_id, stream in self._streams.items():
            minute = stream.look()
            if minute is not None:
                minutes.append(HealthSample(stream_id=stream_id, **asdict(minute)))
        if minutes:
            self._journal.health(minutes)

    def tell_statuses(self) -> None:
        """Fresh numbers for whoever listens."""
        if self._announcer.readers:
            for stream in self._streams.values():
                self._announcer.announce(stream.status())

    def tell_progress(self) -> None:
        """How far all open segments are."""
        now_ms = self.clock.now_ms()
        progress = []
        for segment in self._open:
            with_groups = abs(now_ms - segment.groups_told_ms) >= GROUPS_EVERY_MS
            if with_groups:
                segment.groups_told_ms = now_ms
            progress.append(segment.as_progress(with_groups=with_groups))
        if progress:
            self._journal.progressed(progress)

    async def look_at_disks(self) -> None:
        """Whether the volumes take footage."""
        await self._disks.look()

    # What the streams ask for

    def announce(self, message: StreamAnnouncement) -> None:
        if message.stream_id in self._streams:  # what still comes of a stream that was let go is nobody's business
            self._announcer.announce(message)

    def run_started(self, run_id: UUID, stream_id: int, engine: str, start_ms: int) -> None:
        self._journal.run_started(run_id, stream_id, engine, start_ms)

    def run_ended(self, run_id: UUID, end_ms: int, reason: str, detail: str) -> None:
        self._journal.run_ended(run_id, end_ms, reason, detail)

    def gap_opened(self, stream_id: int, start_ms: int, cause: GapCause, detail: str) -> None:
        self._journal.gap_opened(stream_id, start_ms, cause, detail)

    def disk(self, volume_id: int | None) -> Disk | None:
        return self._disks.get(volume_id)

    def open_source(self, spec: StreamSpec, sink: SourceSink) -> Source:
        return self._open_source(spec, sink)

    def watch(self, source: Source, on_error: Callable[[Exception], None]) -> Callable[[], None]:
        """Sources with a socket of their own are read by the reactor; the others run by themselves."""
        if not isinstance(source, Readable):
            return lambda: None
        key = self._reactor.add(source, on_error)
        return lambda: self._reactor.remove(key)

    def fall_back(self, spec: StreamSpec, detail: str) -> None:
        self._spawn(self._fall_back(spec, detail))

    def segment_began(self, segment: OpenSegment) -> None:
        assert segment.file is not None, "its first part is in it"
        if isinstance(segment.place, Disk):
            self._open.add(segment)
            self._unfinished.add(segment)
            self._journal.opened(segment.as_new(segment.place.spec.id, segment.file.relative))
        else:
            self.ring.keep(segment.stream_id, segment.file.path)

    def segment_ended(self, segment: OpenSegment) -> None:
        self._open.discard(segment)
        if segment.file is None:
            return
        if isinstance(segment.place, Disk):
            self._spawn(self._finish(segment, segment.place))
        else:
            self._tell_closed(segment)

    # Ending segments

    async def _finish(self, segment: OpenSegment, disk: Disk) -> None:
        """Finalises a file and closes its row. While the disk is full or away it is tried again."""
        assert segment.file is not None
        path, tables = segment.file.path, segment.file.tables
        if not segment.bytes:  # the first part did not fit: a head alone is no footage
            await disk.finisher.run(lambda: path.unlink(missing_ok=True))
            return
        tried = 0
        while True:
            try:
                done = await disk.finisher.run(lambda: finalise(path, tables=tables))
            except BadMedia as error:
                log.error("a segment can't be read back, see vedette check", path=str(path), error=str(error))
                self._unfinished.discard(segment)
                return
            except OSError as error:
                if not tried:
                    log.warning("a segment could not be finalised yet", path=str(path), error=str(error))
                tried += 1
                if tried >= GONE_AFTER and isinstance(error, FileNotFoundError) and not disk.blocked:
                    # The disk is there and the file is not: recovery makes a gap of it.
                    self._unfinished.discard(segment)
                    return
                await self.clock.sleep(FINALISE_AGAIN_S)
                continue
            self._journal.closed(_closing(segment, done), lambda: self._tell_closed(segment))
            return

    def _tell_closed(self, segment: OpenSegment) -> None:
        self._unfinished.discard(segment)
        self.announce(SegmentClosed(segment.stream_id, segment.metadata.segment_id, segment.end_ms))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_logged(work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    # The end

    async def stop(self, limit_s: float) -> None:
        """Writes out and finalises what is open, as far as `limit_s` allows; recovery mends the rest. A disk that
        hangs takes its share of the time and leaves the others theirs."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        written = await _within(limit_s * 0.4, self._disks.drain())
        for stream in self._streams.values():
            stream.account_for_stop()
        finalised = await _within(limit_s * 0.4, self._all_finished())
        if not (written and finalised and await _within(limit_s * 0.2, self._journal.drain())):
            log.warning("not everything could be finished in time, the next start will", left=len(self._unfinished))
        self._reactor.close()
        for work in self._background:
            work.cancel()
        self._disks.stop()
        self.ring.stop()

    async def _all_finished(self) -> None:
        while self._background:
            await asyncio.wait(self._background)


async def _within(seconds: float, work: Coroutine[Any, Any, None]) -> bool:
    """Whether `work` was done in time."""
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        return False
    return True


def _closing(segment: OpenSegment, done: Finalised) -> Closing:
    assert segment.file is not None
    return Closing(
        segment_id=segment.id,
        end_ms=segment.end_ms,
        duration_ticks=done.duration_ticks,
        bytes=done.bytes,
        frames=done.frames,
        groups=done.index,
        sha256=segment.file.sha256,
    )


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except (VedetteError, OSError) as error:
        log.error("work of the recorder failed", error=str(error))
    except Exception:
        log.exception("work of the recorder failed unexpectedly")
