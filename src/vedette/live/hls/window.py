"""The last seconds of one stream as HLS has them: parts of some frames, segments of some parts, numbered and bounded.

Parts are made of the hub's pieces and are never cut inside one. Their numbers run on over all segments: a number that
began anew with each segment would have to be guessed in the hint of the next part, and be wrong where a segment ends.
Where the hub has parts of files instead of frames (`LivePart`: before the first frame comes, or when none do) they
become segments without parts. Pure: no clock, no tasks.
"""

from collections import deque
from itertools import islice
from statistics import median

from vedette.live.hls.values import HlsPart, HlsSegment, PartData
from vedette.live.parts import LiveMedia, LivePart

# What a part is to have; apart from the last of a segment they may differ by 15 % (RFC 8216bis, 4.4.3.7).
PART_S = 0.2
_PART_SLACK = 1.15
# A segment ends at the first key frame after this.
SEGMENT_S = 0.95
# A distance like this between two frames is a hole in the time line, not a slow camera.
HOLE_S = 2.0
LISTED = 6
LISTED_BYTES = 24 << 20
KEPT_BYTES = 32 << 20
# A frame's duration is a guess; one after a stall is not believed.
_GUESSES = 15


class Window:
    """One per stream, for all who watch it. `window_id` stands in addresses: what is under an address never changes,
    also when another window follows. `msn` is its first media sequence number, `discontinuity` its first discontinuity
    sequence, `target_s` the target duration, which stays."""

    def __init__(self, window_id: str, msn: int, discontinuity: int, target_s: int) -> None:
        self.window_id = window_id
        self.target_s = target_s
        self.part_target_s = _rounded_up(PART_S)
        self.segments: deque[HlsSegment] = deque()  # complete; also some that are not listed any more
        self.open: HlsSegment | None = None
        self.version = 0  # of what playlists show
        self._listed = 0  # how many of the newest segments are
        self._next_msn = msn
        self._next_part = 0
        self._discontinuity = discontinuity
        self._breaks = False  # the next segment does not go on where the last one ended
        self._pending: list[bytes] = []
        self._pending_start = self._pending_end = 0
        self._pending_key = False
        self._last: LiveMedia | None = None
        self._durations: deque[int] = deque(maxlen=_GUESSES)
        self._parts: dict[int, HlsPart] = {}

    # What is asked

    @property
    def listed(self) -> list[HlsSegment]:
        """The complete segments of the playlist, oldest first."""
        return list(islice(self.segments, len(self.segments) - self._listed, None))

    @property
    def open_msn(self) -> int:
        """The number of the segment that is being made, or is made next."""
        return self._next_msn

    @property
    def hinted(self) -> int:
        """The number of the part that comes next."""
        return self._next_part

    @property
    def last(self) -> tuple[int, int | None]:
        """Number of the newest segment of the playlist, and of the newest part in it where it has parts."""
        if self.open is not None and self.open.parts:
            return self._next_msn, len(self.open.parts) - 1
        parts = len(self.segments[-1].parts) if self.segments else 0
        return self._next_msn - 1, parts - 1 if parts else None

    def has(self, msn: int, part: int | None) -> bool:
        """Whether a playlist has this segment, or this part of it (counted within the segment, from 0)."""
        if part is None or msn > self._next_msn:
            return msn < self._next_msn
        if msn < self._next_msn:
            segment = self.segment(msn)
            # What follows on the last part of a segment is the first of the next one (RFC 8216bis, 6.2.5.2).
            return segment is None or part < len(segment.parts) or self.has(msn + 1, 0)
        return self.open is not None and part < len(self.open.parts)

    def is_absurd(self, msn: int, part: int | None) -> bool:
        """Whether that is further ahead than a player may ask (RFC 8216bis, 6.2.5.2)."""
        last, last_part = self.last
        ahead = -(-3 // self.part_target_s)
        beyond = (last_part or 0) + ahead if msn == last else ahead
        return msn > last + 2 or (part is not None and msn >= last and part > beyond)

    def segment(self, msn: int) -> HlsSegment | None:
        """A complete segment, listed or just gone from the playlist."""
        if not self.segments:
            return None
        index = msn - self.segments[0].msn
        return self.segments[index] if 0 <= index < len(self.segments) else None

    def part(self, number: int) -> HlsPart | None:
        """A part that is there."""
        return self._parts.get(number)

    def init(self, digest: str) -> bytes | None:
        """An init of what is there."""
        for segment in (*self.segments, *([self.open] if self.open else [])):
            if segment.init.digest == digest:
                return segment.init.data
        return None

    # What comes

    def add(self, media: LiveMedia, data: bytes) -> None:
        """Takes what follows; `version` rises when playlists show something new."""
        before, segment = self._last, self.open
        if before is not None and _breaks(before, media):
            self._end_segment(None)
            self._breaks = True
            self._durations.clear()
        elif segment is not None and self._ends_before(segment, media):
            self._end_segment(media.dts)
        self._last = media
        segment = self.open or self._begin_segment(media)
        if segment.whole:
            segment.chunks.append(data)
            segment.size += len(data)
            segment.duration_s += media.duration / media.init.timescale
            return
        self._durations.append(media.duration)
        frame = self._frame_ticks(media)
        ticks = media.init.timescale * PART_S
        if self._pending and media.dts + frame - self._pending_start > ticks * _PART_SLACK:
            # After a stall this is not where the last frame ended.
            self._end_part(min(media.dts, self._pending_end))
        if not self._pending:
            self._pending_start, self._pending_key, self._pending_end = media.dts, media.key, media.dts
        self._pending.append(data)
        self._pending_end = max(self._pending_end, media.dts + frame)
        if self._pending_end + frame / 2 - self._pending_start >= ticks:
            self._end_part(self._pending_end)

    def settle(self) -> None:
        """Nothing more comes for the moment: what came as parts of files is shown now, and not when a key frame ends
        its segment."""
        if self.open is not None and self.open.whole and self._last is not None:
            self._end_segment(self._last.end)

    def broke(self) -> None:
        """Something is missing before what comes next."""
        self._end_segment(None)
        self._breaks = True
        self._last = None

    def _ends_before(self, segment: HlsSegment, media: LiveMedia) -> bool:
        if segment.whole is not isinstance(media, LivePart):
            return True
        span_s = (media.dts - segment.start) / media.init.timescale
        if media.key and (span_s >= SEGMENT_S or not segment.key):
            return True
        # A group of pictures that is longer than was known has to be cut: the target duration must not change.
        return span_s + media.duration / media.init.timescale >= self.target_s + 0.45

    def _begin_segment(self, media: LiveMedia) -> HlsSegment:
        breaks = self._breaks and bool(self.segments)
        self._breaks = False
        if breaks:
            self._discontinuity += 1
        whole = isinstance(media, LivePart)
        self.open = HlsSegment(
            self._next_msn, media.init, media.dts, media.at_ms, media.key, whole, breaks, self._discontinuity
        )
        return self.open

    def _frame_ticks(self, media: LiveMedia) -> int:
        return min(media.duration, 2 * int(median(self._durations)))

    def _end_part(self, end: int) -> None:
        segment = self.open
        if segment is None or not self._pending:
            return
        # A duration that was guessed wrong must not raise the target for good.
        longest = int(max(PART_S * _PART_SLACK * segment.init.timescale, median(self._durations)))
        duration_s = min(end - self._pending_start, longest) / segment.init.timescale
        part = HlsPart(self._next_part, b"".join(self._pending), duration_s, self._pending_key)
        self._pending = []
        self._next_part += 1
        self._parts[part.number] = part
        self.part_target_s = max(self.part_target_s, _rounded_up(duration_s))
        segment.parts.append(part)
        segment.size += len(part.data)
        segment.duration_s += duration_s
        self.version += 1

    def _end_segment(self, end: int | None) -> None:
        """`end`: where the next one begins, None where that says nothing."""
        segment = self.open
        if segment is None:
            return
        self._end_part(self._pending_end)
        self.open = None
        if not segment.size:
            return
        if end is not None:
            segment.duration_s = (end - segment.start) / segment.init.timescale
        segment.duration_s = min(segment.duration_s, self.target_s + 0.49)
        segment.data = b"".join(segment.chunks or [part.data for part in segment.parts])
        segment.chunks.clear()
        at = 0
        view: PartData = memoryview(segment.data)
        for part in segment.parts:
            size = len(part.data)
            part.data, at = view[at : at + size], at + size
        self.segments.append(segment)
        self._next_msn += 1
        self.version += 1
        self._trim()

    def _trim(self) -> None:
        """Lists what a player needs (three target durations, RFC 8216bis 6.2.2), keeps as much again for those who are
        late, and less of both where that is too much."""
        listed = kept = size = 0
        span_s = 0.0
        for segment in reversed(self.segments):
            size += segment.size
            if kept and size > KEPT_BYTES:
                break
            span_s += segment.duration_s
            enough = listed >= LISTED and span_s - segment.duration_s >= 3.5 * self.target_s
            if listed == kept and not enough and (not kept or size <= LISTED_BYTES):
                listed += 1
            elif kept >= 2 * listed:
                break
            kept += 1
        self._listed = listed
        while len(self.segments) > kept:
            for part in self.segments.popleft().parts:
                del self._parts[part.number]


def _breaks(before: LiveMedia, media: LiveMedia) -> bool:
    if before.run_id != media.run_id or before.init.digest != media.init.digest:
        return True
    # Sound that goes without a frame may begin a little before the last one ends.
    return abs(media.dts - before.end) > HOLE_S * media.init.timescale


def _rounded_up(duration_s: float) -> float:
    """A little above the longest part, to the millisecond: durations in playlists are rounded."""
    return (int(duration_s * 1020) + 1) / 1000
