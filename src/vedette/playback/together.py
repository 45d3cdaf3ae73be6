"""Playlists of one camera's streams with one time line, so that players can change between them. Pure.

Players take the same place in two playlists for the same instant (RFC 8216, section 6.2.4: variant streams). Streams
begin, break off and go on at instants of their own, and a playlist has no gaps in its time: so what only another stream
has footage of is listed as a hole, and what none has is left out in all.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from vedette.playback.cutting import JOIN_MS, Cut, Stretch
from vedette.playback.planner import Hole, Plan, Whole

Span = tuple[int, int]
# Less than half a frame at 50 fps is no hole.
_LEAST_MS = 10


class SharedTime:
    """The time that any stream has footage of, without the gaps that all have. `spans` in any order, milliseconds of
    the wall clock; the first one begins the time line."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[Span] = []
        for start_ms, end_ms in sorted(spans):
            if merged and start_ms <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(merged[-1][1], end_ms)
            elif end_ms > start_ms:
                merged.append((start_ms, end_ms))
        self._spans = merged
        self._before = list(accumulate((end_ms - start_ms for start_ms, end_ms in merged), initial=0))

    def place(self, at_ms: int) -> int:
        """Where an instant is, milliseconds after the beginning; in a gap that of its end."""
        index = bisect_right(self._spans, at_ms, key=lambda span: span[0]) - 1
        if index < 0:
            return 0
        start_ms, end_ms = self._spans[index]
        return self._before[index] + min(at_ms, end_ms) - start_ms


def aligned(plan: Plan, shared: SharedTime, start_ms: int) -> Plan:
    """The plan with holes, so that each file begins where `shared` has it. `start_ms` is the asked start.

    Within a run small differences are let be: a hole would be worse than a frame's difference. After its last file a
    stream has no hole: players would wait there for more.
    """
    parts: list[Cut | Whole | Hole] = []
    at_ms = 0.0
    before: Stretch | None = None
    for part in plan.parts:
        assert not isinstance(part, Hole)
        stretch = part.stretch
        missing_ms = shared.place(stretch.at_ms) - at_ms
        if missing_ms > (JOIN_MS if before is not None and stretch.follows(before) else _LEAST_MS):
            parts.append(Hole(missing_ms / 1000))
            at_ms += missing_ms
        parts.append(part)
        at_ms += (stretch.last_ticks - stretch.first_ticks) * 1000 / stretch.timescale
        before = stretch
    return Plan(parts, plan.ended, shared.place(start_ms) / 1000)


def spans_of(stretches: Sequence[Stretch]) -> list[Span]:
    """Of the wall clock."""
    return [(stretch.at_ms, stretch.end_ms) for stretch in stretches]
