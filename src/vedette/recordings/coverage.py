"""What is recorded of a span of time, and why the rest is not. Pure.

Every millisecond of the accounted range is in exactly one span or one gap. The accounted range is the asked one without
the future, without the time before the stream existed, and without the last seconds that an open file's row may be
behind (`PENDING_MS`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter, itemgetter

from vedette.recordings.model import DELETED, Gap, GapCause

Span = tuple[int, int]

# Files of one run meet to the millisecond, and a hole of less than a second without a word is no gap to anybody.
TOLERANCE_MS = 1000
# Recorders tell how far an open file is every few seconds.
PENDING_MS = 15_000
# A camera that was just made is found by its recorder within seconds, and at the next start of the whole product.
TAKEN_ON_MS = 60_000

UNEXPLAINED = "No recorder says what happened; it may have been killed, or files were removed by hand."


@dataclass(frozen=True, slots=True)
class CoveredGap:
    """A span without footage, cut to the accounted range."""

    start_ms: int
    end_ms: int
    cause: GapCause
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How much was recorded of what should have been: the one measure behind every percentage that people see.

    `due_ms` is the time that has passed, in which the camera existed, and in which its plan had recording on. Time in
    which it was stopped by hand, away or deleted again is due and missing.
    """

    recorded_ms: int
    due_ms: int

    @property
    def percent(self) -> float | None:
        """None where nothing should have been recorded; 100 only for all of it."""
        if self.due_ms <= 0:
            return None
        if self.recorded_ms >= self.due_ms:
            return 100.0
        return min(99.999, round(100 * self.recorded_ms / self.due_ms, 3))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Spans and gaps in order, disjoint, together the accounted range `[start_ms, end_ms)`."""

    start_ms: int
    end_ms: int
    spans: Sequence[Span]
    gaps: Sequence[CoveredGap]
    share: Share

    def within(self, start_ms: int, end_ms: int) -> Share:
        """The share of a part of it, a day say. Exact unless it was `reduced`."""
        start_ms, end_ms = max(start_ms, self.start_ms), min(end_ms, self.end_ms)
        recorded = 0
        for a, b in self.spans[bisect_right(self.spans, start_ms, key=itemgetter(1)) :]:
            if a >= end_ms:
                break
            recorded += min(b, end_ms) - max(a, start_ms)
        planned_off = self.missing(start_ms, end_ms).get(GapCause.NOT_SCHEDULED, 0)
        return Share(recorded, max(0, end_ms - start_ms - planned_off))

    def missing(self, start_ms: int, end_ms: int) -> dict[GapCause, int]:
        """The milliseconds without footage in a part of it, by their cause."""
        found: dict[GapCause, int] = {}
        for gap in self.gaps[bisect_right(self.gaps, start_ms, key=attrgetter("end_ms")) :]:
            if gap.start_ms >= end_ms:
                break
            found[gap.cause] = found.get(gap.cause, 0) + min(gap.end_ms, end_ms) - max(gap.start_ms, start_ms)
        return found


def account(
    spans: Iterable[Span], gaps: Sequence[Gap], start_ms: int, end_ms: int, *, now_ms: int, since_ms: int
) -> Coverage:
    """The coverage of `[start_ms, end_ms)`.

    `spans` and `gaps` are in order of their starts and may reach beyond the range and overlap. Footage wins over a gap;
    of two gaps a deletion wins, else the one that began later. Time before `since_ms`, when the stream was made, counts
    only from the first footage on. Where the range begins in the stream's first `TAKEN_ON_MS`, spans and gaps have to
    be those since `since_ms`.
    """
    present = list(_merged(spans))
    gaps = [_ended_by(gap, present) for gap in gaps]
    first_ms = present[0][0] if present else since_ms
    since_ms = min(since_ms, first_ms)
    start_ms = max(start_ms, _taken_on(present, gaps, since_ms, now_ms))
    end_ms = max(start_ms, min(end_ms, now_ms))
    present = [(max(a, start_ms), min(b, end_ms)) for a, b in present if a < end_ms and b > start_ms]
    if present and now_ms - PENDING_MS <= present[-1][1] and not _explained(gaps, present[-1][1], end_ms):
        end_ms = present[-1][1]
    causes = _Causes(gaps)
    found: list[CoveredGap] = []
    for hole in _complement(present, start_ms, end_ms):
        pieces = causes.explain(hole)
        whole = len(pieces) == 1 and pieces[0].cause is GapCause.LOST and pieces[0].detail == UNEXPLAINED
        if not (whole and present and hole[1] - hole[0] <= TOLERANCE_MS):
            found += pieces
    found = _join_alike(found)
    recorded = list(_complement([(gap.start_ms, gap.end_ms) for gap in found], start_ms, end_ms))
    whole_range = Coverage(start_ms, end_ms, recorded, found, Share(0, 0))
    return replace(whole_range, share=whole_range.within(start_ms, end_ms))


def _ended_by(gap: Gap, spans: Sequence[Span]) -> Gap:
    """An open gap ends where footage begins again: live ends are known a moment before the gap's row is closed."""
    if gap.end_ms is not None:
        return gap
    after = bisect_left(spans, (gap.start_ms + 1, 0))
    return replace(gap, end_ms=spans[after][0]) if after < len(spans) else gap


def _taken_on(spans: Sequence[Span], gaps: Sequence[Gap], since_ms: int, now_ms: int) -> int:
    """When something is known of a new stream for the first time: a recorder needs a moment to take it on."""
    known = [start for start, _ in spans[:1]] + [gap.start_ms for gap in gaps]
    first_ms = min(known, default=now_ms)
    return first_ms if since_ms <= first_ms <= since_ms + TAKEN_ON_MS else since_ms


def reduced(coverage: Coverage, resolution_ms: int) -> Coverage:
    """The same for a picture in which less than `resolution_ms` can't be seen.

    Gaps that touch become one with the cause of the longest, unless both can be seen. Of the short gaps that begin in
    the same `resolution_ms` the longest stays, where it is: wherever footage is missing something shows it, and there
    is at most about one gap per `resolution_ms`. `share` stays exact.
    """
    chains: list[CoveredGap] = []
    for gap in coverage.gaps:
        if chains and chains[-1].end_ms == gap.start_ms and min(_length(chains[-1]), _length(gap)) < resolution_ms:
            longer = max(chains[-1], gap, key=_length)
            chains[-1] = replace(longer, start_ms=chains[-1].start_ms, end_ms=gap.end_ms)
        else:
            chains.append(gap)
    kept: list[CoveredGap] = []
    for gap in chains:
        short = _length(gap) < resolution_ms
        same_bucket = kept and kept[-1].start_ms // resolution_ms == gap.start_ms // resolution_ms
        if short and same_bucket:
            if _length(kept[-1]) < _length(gap):
                kept[-1] = gap
        else:
            kept.append(gap)
    spans = list(_complement([(gap.start_ms, gap.end_ms) for gap in kept], coverage.start_ms, coverage.end_ms))
    return replace(coverage, spans=spans, gaps=kept)


def _length(gap: CoveredGap) -> int:
    return gap.end_ms - gap.start_ms


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Overlapping and touching spans as one; empty ones left out."""
    start_ms = end_ms = None
    for a, b in spans:
        if b <= a:
            continue
        if start_ms is None or end_ms is None:
            start_ms, end_ms = a, b
        elif a <= end_ms:
            end_ms = max(end_ms, b)
        else:
            yield start_ms, end_ms
            start_ms, end_ms = a, b
    if start_ms is not None and end_ms is not None:
        yield start_ms, end_ms


def _complement(spans: Sequence[Span], start_ms: int, end_ms: int) -> Iterator[Span]:
    at = start_ms
    for a, b in spans:
        if a > at:
            yield at, a
        at = max(at, b)
    if at < end_ms:
        yield at, end_ms


def _explained(gaps: Sequence[Gap], start_ms: int, end_ms: int) -> bool:
    return any(gap.start_ms < end_ms and (gap.end_ms is None or gap.end_ms > start_ms) for gap in gaps)


class _Causes:
    """Finds what the gaps say about a hole."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        self._gaps = sorted(gaps, key=lambda gap: gap.start_ms)
        self._starts = [gap.start_ms for gap in self._gaps]
        # The latest end among the gaps up to each: how far back a hole has to look.
        self._reach: list[int] = []
        latest = 0
        for gap in self._gaps:
            latest = max(latest, _end(gap))
            self._reach.append(latest)

    def explain(self, hole: Span) -> list[CoveredGap]:
        """Pieces that fill the hole. Unexplained ones that are too short to matter go to their neighbour."""
        pieces = list(self._pieces(hole))
        merged: list[CoveredGap] = []
        for piece in pieces:
            if merged and _too_short(piece):
                merged[-1] = replace(merged[-1], end_ms=piece.end_ms)
            elif merged and _too_short(merged[-1]):
                merged[-1] = replace(piece, start_ms=merged[-1].start_ms)
            else:
                merged.append(piece)
        return merged

    def _pieces(self, hole: Span) -> Iterator[CoveredGap]:
        start_ms, end_ms = hole
        upto = bisect_left(self._starts, end_ms)
        first = bisect_left(self._reach, start_ms + 1, 0, upto)
        candidates = [gap for gap in self._gaps[first:upto] if _end(gap) > start_ms]
        cuts = {start_ms, end_ms}
        for gap in candidates:
            cuts.add(max(start_ms, gap.start_ms))
            cuts.add(min(end_ms, _end(gap)))
        edges = sorted(cuts)
        for a, b in pairwise(edges):
            covering = [gap for gap in candidates if gap.start_ms <= a and _end(gap) >= b]
            best = max(covering, key=lambda gap: (gap.cause in DELETED, gap.start_ms), default=None)
            if best is None:
                yield CoveredGap(a, b, GapCause.LOST, UNEXPLAINED)
            else:
                yield CoveredGap(a, b, best.cause, best.detail)


def _too_short(piece: CoveredGap) -> bool:
    return piece.detail == UNEXPLAINED and _length(piece) <= TOLERANCE_MS


def _end(gap: Gap) -> int:
    return gap.end_ms if gap.end_ms is not None else 1 << 62


def _join_alike(gaps: Iterable[CoveredGap]) -> list[CoveredGap]:
    joined: list[CoveredGap] = []
    for gap in gaps:
        last = joined[-1] if joined else None
        if last and last.end_ms == gap.start_ms and (last.cause, last.detail) == (gap.cause, gap.detail):
            joined[-1] = replace(last, end_ms=gap.end_ms)
        else:
            joined.append(gap)
    return joined
