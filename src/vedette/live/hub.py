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
from vedette.live.files import PartFiles
from vedette.live.link import RecorderLink
from vedette.live.parts import LiveInit, LivePart, LiveSegment, OpenEnd
from vedette.live.stream import LiveStream
from vedette.live.viewer import Viewer
from vedette.live.watch import StatusWatch


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
        self._watches: set[StatusWatch] = set()
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
            for viewer in stream.viewers:
                viewer.close()
        for watch in self._watches:
            watch.close()
        self._files.close()

    # What others ask

    def recorders(self) -> list[Hello]:
        """The recorders that are connected now."""
        return [link.hello for link in self._links.values() if link.hello is not None]

    def statuses(self) -> dict[int, StreamStatus]:
        """The newest status of every stream that a recorder has spoken of, by stream id."""
        return {stream.stream_id: stream.status for stream in self._streams.values() if stream.status is not None}

    def status(self, stream_id: int) -> StreamStatus | None:
        stream = self._streams.get(stream_id)
        return stream.status if stream else None

    def viewer_count(self) -> int:
        return sum(len(stream.viewers) for stream in self._streams.values())

    def dropped_parts(self) -> int:
        """Parts left out for viewers that lagged, since the process began."""
        present = sum(viewer.dropped for stream in self._streams.values() for viewer in stream.viewers)
        return self._dropped_before + present

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

    def read(self, part: LivePart) -> bytes:
        """The bytes of a part. Raises OSError or EOFError when its file is gone or torn."""
        return self._files.read(part)

    def reload(self, camera_ids: list[str]) -> int:
        """Tells the recorders that these cameras changed; they look at once instead of within seconds.

        Returns how many were told.
        """
        return sum(link.poke(camera_ids) for link in self._links.values())

    @asynccontextmanager
    async def subscribe(self, stream_id: int) -> AsyncIterator[Viewer]:
        """A viewer of a stream, from its newest group of pictures on. The stream may be unknown yet."""
        stream = self._stream(stream_id)
        viewer = stream.subscribe(self._clock.monotonic())
        try:
            yield viewer
        finally:
            stream.viewers.discard(viewer)
            self._dropped_before += viewer.dropped
            if stream.idle:
                self._streams.pop(stream_id, None)

    @asynccontextmanager
    async def watch_statuses(self) -> AsyncIterator[StatusWatch]:
        """Every change of a status from now on; slow watchers see the newest of each stream."""
        watch = StatusWatch()
        self._watches.add(watch)
        try:
            yield watch
        finally:
            self._watches.discard(watch)

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
        try:
            await link.run()
        except Exception:  # noqa: BLE001 - one recorder's link must not end the others; the directory is looked at again
            self._log.exception("link to a recorder failed", recorder=link.name)
        finally:
            self._links.pop(link.path, None)
            self._tasks.pop(link.path, None)

    def _stream(self, stream_id: int) -> LiveStream:
        stream = self._streams.get(stream_id)
        if stream is None:
            stream = self._streams[stream_id] = LiveStream(stream_id)
        return stream

    def _on_message(self, link: RecorderLink, message: Announcement) -> None:
        if isinstance(message, PartWritten):
            if not self._stream(message.stream_id).add_part(message, self._clock.monotonic()):
                link.resync()
        elif isinstance(message, StreamStatus):
            self._stream(message.stream_id).recorder = link.name
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
