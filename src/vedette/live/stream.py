"""The live state of one stream: its status, its open segment, its last minute of parts and who watches it."""

from collections import deque
from collections.abc import Sequence

from vedette.events.announcements import PartWritten, StreamStatus
from vedette.events.frames import LOST, RunTold, StreamTold, Told
from vedette.live.fine import Feeding, FineFeed, ReadPart
from vedette.live.parts import LiveInit, LiveMedia, LivePart, LiveSegment, OpenEnd
from vedette.live.unit_viewer import UnitViewer
from vedette.live.viewer import Viewer

KEEP_MS = 60_000
# Bounds memory whatever the wall clock does; parts are never shorter than 100 ms on purpose.
MAX_PARTS = 1_200
_MAX_INITS = 4
# What came last before this is not live any more.
STALE_S = 10.0


class LiveStream:
    """Fed with announcements by the hub; hands parts to its viewers. No I/O."""

    def __init__(self, stream_id: int, read: ReadPart) -> None:
        self.stream_id = stream_id
        self.recorder: str | None = None
        self.status: StreamStatus | None = None
        self.segment: LiveSegment | None = None
        self.viewers: set[Viewer] = set()
        self.unit_viewers: set[UnitViewer] = set()
        self.fine = FineFeed(read)
        self.fed = False  # whether its single units are asked for
        self._inits: dict[str, LiveInit] = {}
        self._parts: deque[LivePart] = deque()
        self._fed_s = 0.0
        self._closed: deque[str] = deque(maxlen=8)

    @property
    def idle(self) -> bool:
        """Whether nothing is known of it and nobody watches."""
        known = self.status is not None or bool(self._parts) or self.fine.run is not None
        return not known and not self.viewers and not self.unit_viewers

    @property
    def watching(self) -> int:
        """How many watch it."""
        return len(self.viewers) + len(self.unit_viewers)

    @property
    def dropped(self) -> int:
        """What was left out for those who watch now."""
        return sum(viewer.dropped for viewer in self.viewers) + sum(reader.dropped for reader in self.unit_viewers)

    def close(self) -> None:
        """Ends the deliveries of all who watch."""
        for viewer in self.viewers:
            viewer.close()
        for reader in self.unit_viewers:
            reader.close()

    @property
    def wants_units(self) -> bool:
        """Whether somebody watches who wants single frames."""
        return bool(self.unit_viewers) or any(viewer.fine for viewer in self.viewers)

    @property
    def parts(self) -> list[LivePart]:
        """The parts of the last minute, oldest first."""
        return list(self._parts)

    def subscribe(self, now_s: float, *, fine: bool = False) -> Viewer:
        """A viewer that begins with the newest group of pictures, if that is of just now. How many there may be say the
        limits of `live.sessions`."""
        viewer = Viewer(self._backlog(now_s, fine=fine), self.status, fine=fine)
        self.viewers.add(viewer)
        return viewer

    def subscribe_units(self) -> UnitViewer:
        """A reader of single units, from the newest key frame on."""
        viewer = UnitViewer()
        if self.fine.feeding is Feeding.ON and self.fine.decodable:
            viewer.begin(self.fine.units)
        self.unit_viewers.add(viewer)
        return viewer

    def _backlog(self, now_s: float, *, fine: bool) -> Sequence[LiveMedia]:
        group = self.newest_group(now_s)
        pieces = self.fine.pieces
        if not fine or self.fine.feeding is not Feeding.ON or not pieces:
            return group
        first = pieces[0]
        if first.key:
            return list(pieces)
        before = [part for part in group if part.run_id == first.run_id and part.dts < first.dts]
        return [*before, *pieces] if before else ()

    # Single units

    def told(self, told: Told, now_s: float) -> None:
        """A message of the recorder's feed of frames."""
        fine = self.fine
        if isinstance(told, RunTold):
            fine.began(told)
        elif isinstance(told, StreamTold):
            fine.broke(told)
            if told.kind == LOST:
                for reader in self.unit_viewers:
                    reader.broke()
        else:
            made = fine.push(told)
            if fine.feeding is Feeding.JOINING:
                self._meet(now_s)
            elif made is not None and fine.feeding is Feeding.ON:
                unit, piece = made
                for reader in self.unit_viewers:
                    reader.put(unit)
                if piece is not None:
                    for viewer in self.viewers:
                        if viewer.fine:
                            viewer.put(piece)

    def feed_lost(self) -> None:
        """No single units come any more: viewers go on with parts, from the next key frame on."""
        if self.fine.feeding is not Feeding.OFF:
            for viewer in self.viewers:
                if viewer.fine and self.fine.feeding is Feeding.ON:
                    viewer.broke()
            for reader in self.unit_viewers:
                reader.broke()
            self.fine.off()

    def _meet(self, now_s: float) -> None:
        """Changes over from parts to single frames, where they meet."""
        fine = self.fine
        following = fine.meets(self._parts)
        if following is None:
            return
        fine.put_before(self.newest_group(now_s))
        for viewer in self.viewers:
            if viewer.fine:
                for piece in following:
                    viewer.put(piece)
        if fine.decodable:
            for reader in self.unit_viewers:
                reader.begin(fine.units)

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
        joined = self.fine.feeding is Feeding.ON
        for viewer in self.viewers:
            if not (joined and viewer.fine):
                viewer.put(part)
        if self.fine.feeding is Feeding.JOINING:
            self._meet(now_s)
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
