"""Which key frames a search looks at, and in which order. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vedette.core.errors import invalid
from vedette.playback.footage import Footage

HOUR_MS = 3_600_000
MAX_SPAN_MS = 7 * 24 * HOUR_MS
# So much of the index is in memory at once.
WINDOW_MS = 4 * HOUR_MS
# The sub-stream connects a little later than the main one, and is cut at key frames of its own.
_LATE_MS = 3_000


class Stretch(NamedTuple):
    """The groups of pictures `[first, last)` of a file, of the stream `kind` (main or sub)."""

    piece: Footage
    kind: str
    first: int
    last: int

    @property
    def start_ms(self) -> int:
        """Where the first begins."""
        return self.piece.wall_ms(self.piece.groups.dts[self.first])

    @property
    def end_ms(self) -> int:
        """Where the last ends."""
        return self.piece.wall_ms(self.piece.groups.dts[self.last])


def check_span(start_ms: int, end_ms: int, now_ms: int) -> int:
    """The end of what can be searched: the present, where the asked end is later. Raises VedetteError `find.span`,
    `find.future`, `find.span_too_long`."""
    if end_ms <= start_ms:
        raise invalid("find.span", "The end must be after the start.", field="end")
    if start_ms >= now_ms:
        raise invalid("find.future", "Nothing was recorded after now. Choose an earlier start.", field="start")
    if min(end_ms, now_ms) - start_ms > MAX_SPAN_MS:
        raise invalid("find.span_too_long", "One search spans at most 7 days. Ask for less at once.", field="end")
    return min(end_ms, now_ms)


def windows(start_ms: int, end_ms: int) -> Iterator[tuple[int, int]]:
    """The span in pieces whose index fits into memory."""
    for begin in range(start_ms, end_ms, WINDOW_MS):
        yield begin, min(begin + WINDOW_MS, end_ms)


def stretches(
    sub: Sequence[Footage], main: Sequence[Footage], start_ms: int, end_ms: int, *, first: bool
) -> list[Stretch]:
    """What shows `[start_ms, end_ms)`, oldest first: the sub-stream's footage, and the main stream's where there is
    none. With `first` also the key frame before the start, which is what the start is compared with."""
    found = [one for piece in sub if (one := of_piece(piece, "sub", start_ms, end_ms, first=first))]
    for begin, end in _holes(found, start_ms, end_ms):
        found += [
            one for piece in main if (one := of_piece(piece, "main", begin, end, first=first and begin == start_ms))
        ]
    return sorted(found, key=lambda one: one.start_ms)


def of_piece(piece: Footage, kind: str, start_ms: int, end_ms: int, *, first: bool = False) -> Stretch | None:
    """The groups of one file that begin in a span; with `first` also the one that is shown at its start."""
    count = len(piece.groups)
    begin = bisect_left(piece.groups.dts, piece.ticks(start_ms), 0, count)
    if first and begin > 0 and piece.wall_ms(piece.groups.dts[begin]) > start_ms:
        begin -= 1
    end = bisect_left(piece.groups.dts, piece.ticks(end_ms), 0, count)
    return Stretch(piece, kind, begin, end) if begin < end else None


def _holes(found: Sequence[Stretch], start_ms: int, end_ms: int) -> list[tuple[int, int]]:
    """Where the stretches show nothing, but for moments."""
    holes = []
    reached_ms = start_ms
    for one in sorted(found, key=lambda one: one.start_ms):
        if one.start_ms - reached_ms > _LATE_MS:
            holes.append((reached_ms, one.start_ms))
        reached_ms = max(reached_ms, one.end_ms)
    if end_ms - reached_ms > _LATE_MS:
        holes.append((reached_ms, end_ms))
    return holes
