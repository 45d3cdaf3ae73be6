"""Footage as the planner sees it: one file's groups of pictures as columns, and where wall clock and time line meet.

A day of one camera is up to 90 000 groups, so they are columns of integers instead of objects: a plan touches only
those where it cuts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vedette.http.ranges import ByteRange
from vedette.media.units import KeyFrameEntry

_THE_END = 1 << 62


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of pictures of one file, n of them between n + 1 boundaries: group i is the bytes from `offsets[i]` to
    `offsets[i + 1]` and begins at `dts[i]` on the run's time line. The last boundary is where the last group ends."""

    offsets: Sequence[int] = ()
    dts: Sequence[int] = ()

    def __len__(self) -> int:
        return max(0, len(self.dts) - 1)

    @staticmethod
    def of(entries: Iterable[KeyFrameEntry]) -> "Groups":
        """From entries in order."""
        offsets: list[int] = []
        dts: list[int] = []
        last: KeyFrameEntry | None = None
        for last in entries:
            offsets.append(last.offset)
            dts.append(last.dts_ticks)
        if last is None:
            return Groups()
        return Groups(
            (*offsets, last.offset + last.length),
            (*dts, last.dts_ticks + last.duration_ticks),
        )


@dataclass(frozen=True, slots=True)
class TailPart:
    """A part of a file that is being written, newer than what the index knows."""

    offset: int
    length: int
    dts: int
    duration: int
    key: bool


@dataclass(frozen=True, slots=True)
class Footage:
    """One segment with its groups. `growing`: the last group may get longer. `readable`: how many bytes of the file are
    there to be read, None where nobody looked or all are; `lack` is the code that says why the others are not."""

    segment_id: str
    run_id: str
    init: str
    timescale: int
    start_ms: int
    start_ticks: int
    groups: Groups
    open: bool = False
    growing: bool = False
    readable: int | None = None
    lack: str | None = None

    @property
    def end_ms(self) -> int:
        """Wall clock of the end of the last group."""
        return self.wall_ms(self.groups.dts[-1]) if self.groups else self.start_ms

    def wall_ms(self, dts: int) -> int:
        """Wall clock at `dts`, anchored at the segment's own start."""
        return self.start_ms + (dts - self.start_ticks) * 1000 // self.timescale

    def ticks(self, at_ms: int) -> int:
        """The first dts at or after a wall-clock time."""
        return self.start_ticks - (self.start_ms - at_ms) * self.timescale // 1000

    def group_at(self, at_ms: int) -> int:
        """The group that shows `at_ms`: the newest that begins at or before it, else the first."""
        return max(0, bisect_right(self.groups.dts, self.ticks(at_ms), 0, len(self.groups)) - 1)

    def readable_until_ms(self, readable: int) -> int | None:
        """Where the groups end of which all bytes are among the first `readable` ones; None without any."""
        whole = bisect_right(self.groups.offsets, readable) - 1
        return self.wall_ms(self.groups.dts[whole]) if whole > 0 else None

    def bytes_of(self, start_ms: int, end_ms: int) -> ByteRange | None:
        """The bytes whose groups show something of a span, from the key frame at or before its start; None when there
        are none. At the first group they begin with the file, at the last one of a closed file they end with it."""
        count = len(self.groups)
        if not count or end_ms <= self.start_ms or self.end_ms <= start_ms:
            return None
        first = self.group_at(start_ms)
        last = bisect_left(self.groups.dts, self.ticks(end_ms), 0, count)
        begin = self.groups.offsets[first] if first > 0 else 0
        return ByteRange(begin, self.groups.offsets[last] if last < count or self.open else _THE_END)

    def times_of(self, span: ByteRange) -> tuple[int, int] | None:
        """The wall clock of the groups that have some of these bytes; None where there are none: they are a head."""
        count = len(self.groups)
        first = max(0, bisect_right(self.groups.offsets, span.start, 0, count) - 1)
        last = bisect_left(self.groups.offsets, span.end, 0, count)
        if not count or last <= first or span.start >= self.groups.offsets[count]:
            return None
        return self.wall_ms(self.groups.dts[first]), self.wall_ms(self.groups.dts[last])

    def with_tail(self, parts: Sequence[TailPart]) -> "Footage":
        """With what was written since the index was: `parts` of this file in order.

        Parts that the index covers are skipped. A hole between the two is no loss: a file has parts from its head to
        its end, only the borders of the groups in between are not known, so the group before gets longer.
        """
        offsets = list(self.groups.offsets)
        dts = list(self.groups.dts)
        grown = False
        for part in parts:
            if offsets:
                if part.offset + part.length <= offsets[-1]:
                    continue
                offsets.pop()
                dts.pop()
            elif not part.key:
                continue
            if part.key:
                offsets.append(part.offset)
                dts.append(part.dts)
            offsets.append(part.offset + part.length)
            dts.append(part.dts + part.duration)
            grown = True
        return replace(self, groups=Groups(offsets, dts), growing=True) if grown else self
