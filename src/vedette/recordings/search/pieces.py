"""Spans of time as ranges of beginnings, for queries. Pure.

A segment has footage in one of many spans when it begins in one, or a little before and ends in it. As no segment is
longer than `longest_ms` both are one range of `start_ms` for each span; the ranges are apart from each other, so each
segment is found once, by the index, in the order of its beginning.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vedette.recordings.coverage import Span

DAY_MS = 86_400_000
# Of one query: it is given three numbers for each.
MOST = 64


@dataclass(frozen=True, slots=True)
class Piece:
    """Segments that begin in `[from_ms, to_ms)` and end after `after_ms`."""

    from_ms: int
    to_ms: int
    after_ms: int


def pieces(spans: Iterable[Span], longest_ms: int) -> list[Piece]:
    """The ranges of these spans, which are in order and apart from each other."""
    found: list[Piece] = []
    before_ms: int | None = None
    for start_ms, end_ms in spans:
        from_ms = start_ms - longest_ms
        if before_ms is not None:
            from_ms = max(from_ms, before_ms)
        found.append(Piece(from_ms, end_ms, start_ms))
        before_ms = end_ms
    return found


def within(found: Iterable[Piece], from_ms: int, to_ms: int) -> list[Piece]:
    """What of them begins in `[from_ms, to_ms)`."""
    cut = (replace(one, from_ms=max(one.from_ms, from_ms), to_ms=min(one.to_ms, to_ms)) for one in found)
    return [one for one in cut if one.to_ms > one.from_ms]


def batches(found: Sequence[Piece]) -> Iterator[list[Piece]]:
    """All of them, the newest first, in portions that are one query each: a day, then twice as much each time. A list
    is full after the first ones, and however rare what is looked for: they are few."""
    rest = list(found)
    room = DAY_MS
    while rest:
        batch: list[Piece] = []
        left = room
        while rest and left > 0 and len(batch) < MOST:
            one = rest.pop()
            if one.to_ms - one.from_ms > left:
                cut = one.to_ms - left
                rest.append(replace(one, to_ms=cut))
                one = replace(one, from_ms=cut)
            left -= one.to_ms - one.from_ms
            batch.append(one)
        yield batch[::-1]
        room *= 2
