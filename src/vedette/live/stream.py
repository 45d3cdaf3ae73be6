"""The live state of one stream: its status, its open segment, its last minute of parts and who watches it."""

from collections import deque

from vedette.core.errors import ErrorKind, VedetteError
from vedette.events.announcements import PartWritten, StreamStatus
from vedette.live.parts import LiveInit, LivePart, LiveSegment, OpenEnd
from vedette.live.viewer import Viewer

KEEP_MS = 60_000
# Bounds memory whatever the wall clock does; parts are never shorter than 100 ms on purpose.
MAX_PARTS = 1_200
MAX_VIEWERS = 100
_MAX_INITS = 4
# What came last before this is not live any more.
STALE_S = 10.0


class LiveStream:
    """Fed with announcements by the hub; hands parts to its viewers. No I/O."""

    def __init__(self, stream_id: int) -> None:
        self.stream_id = stream_id
        self.recorder: str | None = None
        self.status: StreamStatus | None = None
        self.segment: LiveSegment | None = None
        self.viewers: set[Viewer] = set()
        self._inits: dict[str, LiveInit] = {}
        self._parts: deque[LivePart] = deque()
        self._fed_s = 0.0
        self._closed: deque[str] = deque(maxlen=8)

    @property
    def idle(self) -> bool:
        """Whether nothing is known of it and nobody watches."""
        return not self.viewers and self.status is None and not self._parts

    @property
    def parts(self) -> list[LivePart]:
        """The parts of the last minute, oldest first."""
        return list(self._parts)

    def subscribe(self, now_s: float) -> Viewer:
        """A viewer that begins with the newest group of pictures, if that is of just now.

        Raises VedetteError `live.too_many_viewers` over MAX_VIEWERS.
        """
        if len(self.viewers) >= MAX_VIEWERS:
            raise VedetteError(
                ErrorKind.EXHAUSTED,
                "live.too_many_viewers",
                f"{MAX_VIEWERS} viewers watch this stream already. Close one and try again.",
            )
        viewer = Viewer(self.newest_group(now_s), self.status)
        self.viewers.add(viewer)
        return viewer

    def set_status(self, status: StreamStatus) -> None:
        self.status = status
        for viewer in self.viewers:
            viewer.put_status(status)

    def add_init(self, init: LiveInit) -> None:
        self._inits.pop(init.digest, None)
        self._inits[init.digest] = init
        while len(self._inits) > _MAX_INITS:
            del self._inits[next(iter(self._inits))]

    def init_of(self, digest: str) -> LiveInit | None:
        return self._inits.get(digest)

    def open_segment(self, segment: LiveSegment) -> None:
        """A file began, or is open since before we connected."""
        if self.segment is None or self.segment.segment_id != segment.segment_id:
            self.segment = segment

    def close_segment(self, segment_id: str) -> None:
        self._closed.append(segment_id)
        if self.segment is not None and self.segment.segment_id == segment_id:
            self.segment = None

    def add_part(self, written: PartWritten, now_s: float) -> bool:
        """Takes a part into the ring and to the viewers. False when its segment was never announced to us. `now_s` is
        the monotonic time."""
        segment = self.segment
        if segment is None or segment.segment_id != written.segment_id:
            segment = self._recent_segment(written.segment_id)
            if segment is None:
                return False
        part = LivePart(
            segment,
            written.number,
            written.offset,
            written.length,
            written.dts,
            written.duration,
            written.at_ms,
            written.key,
        )
        self._parts.append(part)
        self._fed_s = now_s
        while len(self._parts) > MAX_PARTS or self._parts[0].at_ms < part.at_ms - KEEP_MS:
            self._parts.popleft()
        for viewer in self.viewers:
            viewer.put(part)
        return True

    def newest_group(self, now_s: float) -> list[LivePart]:
        """The parts from the newest key frame on; empty when one of them was missed, or when the last came so long ago
        that showing them as live would be a lie."""
        if now_s - self._fed_s > STALE_S:
            return []
        group: deque[LivePart] = deque()
        for part in reversed(self._parts):
            if group and (part.number + 1 != group[0].number or part.segment.run_id != group[0].segment.run_id):
                return []
            group.appendleft(part)
            if part.key:
                return list(group)
        return []

    def open_ends(self) -> list[OpenEnd]:
        """How far the recorded segments of the last minute reach that are not known to be closed, oldest first."""
        ends: dict[str, OpenEnd] = {}
        for part in self._parts:
            segment = part.segment
            if segment.recorded and segment.segment_id not in self._closed:
                ends[segment.segment_id] = OpenEnd(segment.segment_id, segment.start_ms, part.end_ms)
        return list(ends.values())

    def _recent_segment(self, segment_id: str) -> LiveSegment | None:
        for part in reversed(self._parts):
            if part.segment.segment_id == segment_id:
                return part.segment
        return None
