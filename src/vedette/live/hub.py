"""The live fan-out of the api process: what the recorders announce, kept per stream and handed to viewers.

Costs: one line of JSON per part and no media at all; the bytes are read from the page cache by whoever sends them.
Everything runs on one event loop. A recorder that dies, comes back or appears is found by looking at the directory of
sockets every `look_s` seconds.
"""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.events.announcements import (
    Announcement,
    Hello,
    InitAnnounced,
    Lagged,
    PartWritten,
    SegmentClosed,
    SegmentOpened,
    StreamStatus,
)
from vedette.events.frames import FRAMES_SUFFIX, Told
from vedette.live.feed_link import FeedLink
from vedette.live.files import PartFiles
from vedette.live.link import RecorderLink
from vedette.live.parts import LiveInit, LiveMedia, LivePart, LivePiece, LiveSegment, OpenEnd
from vedette.live.stream import LiveStream
from vedette.live.unit_viewer import UnitViewer
from vedette.live.viewer import Viewer
from vedette.live.watch import StatusWatch


class Derived(Protocol):
    """Who makes the streams that no recorder has: those with negative ids."""

    def wanted(self, stream_id: int) -> None:
        """Somebody is about to watch it. Raises VedetteError where it can't be made."""
        ...

    def unwanted(self, stream_id: int) -> None:
        """The last viewer has left."""
        ...


class StreamHub:
    """Connects to every `{run_dir}/*.sock`. Use as `async with`, or call `start()` and `aclose()`."""

    def __init__(self, run_dir: Path, clock: Clock, *, look_s: float = 1.0) -> None:
        self._run_dir = run_dir
        self._clock = clock
        self._look_s = look_s
        self._files = PartFiles()
        self._dropped_before = 0  # of viewers that have left
        self._streams: dict[int, LiveStream] = {}
        self._links: dict[Path, RecorderLink] = {}
        self._tasks: dict[Path, asyncio.Task[None]] = {}
        self._feeds: dict[str, FeedLink] = {}
        self._watches: set[StatusWatch] = set()
        self.derived: Derived | None = None
        self._looking: asyncio.Task[None] | None = None
        self._log = get_logger("live")

    async def __aenter__(self) -> "StreamHub":
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def start(self) -> None:
        """Begins to look for recorders."""
        if self._looking is None:
            self._looking = asyncio.create_task(self._look(), name="live-hub")

    async def aclose(self) -> None:
        """Ends every connection and every subscription."""
        tasks = [task for task in (self._looking, *self._tasks.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._looking = None
        self._tasks.clear()
        for stream in self._streams.values():
            stream.close()
        for watch in self._watches:
            watch.close()
        self._files.close()

    # What others ask

    def recorders(self) -> list[Hello]:
        """The recorders that are connected now."""
        return [link.hello for link in self._links.values() if link.hello is not None]

    def statuses(self) -> dict[int, StreamStatus]:
        """The newest status of every stream that a recorder has spoken of, by stream id."""
        return {
            stream.stream_id: stream.status
            for stream in self._streams.values()
            if stream.status is not None and stream.stream_id >= 0
        }

    def status(self, stream_id: int) -> StreamStatus | None:
        stream = self._streams.get(stream_id)
        return stream.status if stream else None

    def viewer_count(self) -> int:
        return sum(stream.watching for stream in self._streams.values())

    def dropped_parts(self) -> int:
        """Parts left out for viewers that lagged, since the process began."""
        return self._dropped_before + sum(stream.dropped for stream in self._streams.values())

    def watching(self, stream_id: int) -> int:
        """How many watch a stream, in whatever way."""
        stream = self._streams.get(stream_id)
        return stream.watching if stream else 0

    def viewers(self, stream_id: int) -> list[Viewer]:
        """Who watches a stream."""
        stream = self._streams.get(stream_id)
        return list(stream.viewers) if stream else []

    def tail(self, stream_id: int) -> list[LivePart]:
        """The parts of about the last minute, oldest first, of recorded and unrecorded segments."""
        stream = self._streams.get(stream_id)
        return stream.parts if stream else []

    def newest_group(self, stream_id: int) -> list[LivePart]:
        """The parts from the newest key frame on; empty when there is no picture of just now."""
        stream = self._streams.get(stream_id)
        return stream.newest_group(self._clock.monotonic()) if stream else []

    def open_ends(self, stream_id: int) -> list[OpenEnd]:
        """How far the recorded segments reach that were not announced as closed, oldest first: usually one, two while
        a closed file is being finalised."""
        stream = self._streams.get(stream_id)
        return stream.open_ends() if stream else []

    def end_of(self, stream_id: int) -> int | None:
        """Wall clock of the newest recorded frame's end in an open segment, milliseconds."""
        ends = self.open_ends(stream_id)
        return ends[-1].end_ms if ends else None

    def read(self, part: LiveMedia) -> bytes:
        """The bytes of a part or piece. Raises OSError or EOFError when a part's file is gone or torn."""
        return part.data if isinstance(part, LivePiece) else self._files.read(part)

    def reload(self, camera_ids: list[str]) -> int:
        """Tells the recorders that these cameras changed; they look at once instead of within seconds.

        Returns how many were told.
        """
        return sum(link.poke(camera_ids) for link in self._links.values())

    @asynccontextmanager
    async def subscribe(self, stream_id: int, *, fine: bool = False) -> AsyncIterator[Viewer]:
        """A viewer of a stream, from its newest group of pictures on. The stream may be unknown yet. `fine`: single
        frames as they come, instead of parts of half a second; a derived stream has nothing else."""
        fine = fine or stream_id < 0
        stream = self._watched(stream_id)
        viewer = stream.subscribe(self._clock.monotonic(), fine=fine)
        self._choose_feeds()
        try:
            yield viewer
        finally:
            stream.viewers.discard(viewer)
            self._left(stream, viewer.dropped)

    @asynccontextmanager
    async def subscribe_units(self, stream_id: int) -> AsyncIterator[UnitViewer]:
        """A reader of a stream's single access units, from its newest key frame on."""
        stream = self._watched(stream_id)
        viewer = stream.subscribe_units()
        self._choose_feeds()
        try:
            yield viewer
        finally:
            stream.unit_viewers.discard(viewer)
            self._left(stream, viewer.dropped)

    def _watched(self, stream_id: int) -> LiveStream:
        """The stream, for somebody who comes to watch it."""
        if stream_id < 0 and self.derived is not None:
            self.derived.wanted(stream_id)
        return self._stream(stream_id)

    def _left(self, stream: LiveStream, dropped: int) -> None:
        self._dropped_before += dropped
        self._choose_feeds()
        if stream.stream_id < 0 and not stream.watching and self.derived is not None:
            self.derived.unwanted(stream.stream_id)
        if stream.idle:
            self._streams.pop(stream.stream_id, None)

    @asynccontextmanager
    async def watch_statuses(self) -> AsyncIterator[StatusWatch]:
        """Every change of a status from now on; slow watchers see the newest of each stream."""
        watch = StatusWatch()
        self._watches.add(watch)
        try:
            yield watch
        finally:
            self._watches.discard(watch)

    # Derived streams

    def give(self, stream_id: int, told: Told) -> None:
        """What the maker of a derived stream has made."""
        self._stream(stream_id).told(told, self._clock.monotonic())

    def explain(self, stream_id: int, status: StreamStatus) -> None:
        """What the viewers of a derived stream are told of it. `status` is that of the stream it is made of."""
        self._stream(stream_id).set_status(status)

    def end_derived(self, stream_id: int) -> None:
        """It is made no more: who still watches waits for its next picture."""
        stream = self._streams.get(stream_id)
        if stream is not None:
            stream.feed_lost()
            stream.status = None
            if stream.idle:
                del self._streams[stream_id]

    # What the recorders tell

    async def _look(self) -> None:
        while True:
            for path in sorted(self._run_dir.glob("*.sock")):
                if path not in self._tasks:
                    link = RecorderLink(path, self._clock, self._on_message, self._on_lost)
                    self._links[path] = link
                    self._tasks[path] = asyncio.create_task(self._run_link(link), name=f"link-{link.name}")
            await self._clock.sleep(self._look_s)

    async def _run_link(self, link: RecorderLink) -> None:
        feed = FeedLink(link.path.with_suffix(FRAMES_SUFFIX), self._clock, self._on_told, self._on_feed_lost)
        self._feeds[link.name] = feed
        feeding = asyncio.create_task(feed.run(), name=f"feed-{link.name}")
        self._choose_feeds()
        try:
            await link.run()
        except Exception:  # noqa: BLE001 - one recorder's link must not end the others; the directory is looked at again
            self._log.exception("link to a recorder failed", recorder=link.name)
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)
            self._feeds.pop(link.name, None)
            self._on_feed_lost(link.name)
            self._links.pop(link.path, None)
            self._tasks.pop(link.path, None)

    def _stream(self, stream_id: int) -> LiveStream:
        stream = self._streams.get(stream_id)
        if stream is None:
            stream = self._streams[stream_id] = LiveStream(stream_id, self._files.read)
        return stream

    def _on_message(self, link: RecorderLink, message: Announcement) -> None:
        if isinstance(message, PartWritten):
            if not self._stream(message.stream_id).add_part(message, self._clock.monotonic()):
                link.resync()
        elif isinstance(message, StreamStatus):
            stream = self._stream(message.stream_id)
            if stream.recorder != link.name:
                stream.recorder = link.name
                stream.feed_lost()
                self._choose_feeds()
            self._set_status(message)
        elif isinstance(message, InitAnnounced):
            init = LiveInit(
                message.digest, message.codecs, message.timescale, base64.b64decode(message.data, validate=True)
            )
            self._stream(message.stream_id).add_init(init)
        elif isinstance(message, SegmentOpened):
            self._open_segment(message)
        elif isinstance(message, SegmentClosed):
            self._stream(message.stream_id).close_segment(message.segment_id)
        elif isinstance(message, Lagged):
            self._log.warning("the hub lagged behind a recorder", recorder=link.name, dropped=message.dropped)

    def _choose_feeds(self) -> None:
        """Tells each recorder whose single units are wanted."""
        wanted: dict[str, set[int]] = {name: set() for name in self._feeds}
        for stream in self._streams.values():
            if stream.stream_id < 0:
                continue  # its maker ends it
            stream.fed = stream.wants_units
            if not stream.fed:
                stream.fine.off()
            elif stream.recorder in wanted:
                wanted[stream.recorder].add(stream.stream_id)
        for name, feed in self._feeds.items():
            feed.watch(frozenset(wanted[name]))

    def _on_told(self, told: Told) -> None:
        stream = self._streams.get(told.stream_id)
        if stream is not None and stream.fed:
            stream.told(told, self._clock.monotonic())

    def _on_feed_lost(self, recorder: str) -> None:
        for stream in self._streams.values():
            if stream.recorder == recorder:
                stream.feed_lost()

    def _open_segment(self, message: SegmentOpened) -> None:
        stream = self._stream(message.stream_id)
        init = stream.init_of(message.init)
        if init is None:
            return  # its announcement was lost; the first part of the segment makes us ask again
        stream.open_segment(
            LiveSegment(
                message.segment_id,
                message.run_id,
                message.path,
                init,
                message.start_ms,
                message.start_ticks,
                message.recorded,
            )
        )

    def _set_status(self, status: StreamStatus) -> None:
        self._stream(status.stream_id).set_status(status)
        for watch in self._watches:
            watch.put(status)

    def _on_lost(self, link: RecorderLink) -> None:
        """The recorder died or hung up: its streams are not being recorded until it is back and says so."""
        for stream in list(self._streams.values()):
            if stream.recorder != link.name or stream.status is None:
                continue
            stream.segment = None
            self._set_status(
                replace(
                    stream.status,
                    state="waiting",
                    cause="internal",
                    detail=f"The recorder process {link.name} is not running. It is being started again.",
                    since_ms=self._clock.now_ms(),
                    retry_at_ms=None,
                    run_id=None,
                    fps=0.0,
                    bitrate=0.0,
                )
            )
