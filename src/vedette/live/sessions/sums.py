"""Past views summed up by hours or days of a calendar. Pure."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from vedette.core.errors import invalid

Step = Literal["hour", "day"]
HOUR_MS = 3_600_000
# Three months of hours.
MOST = 2_300


@dataclass(slots=True)
class Sum:
    """Of the time from `start_ms` to `end_ms`: views that began in it, how long was watched in it, the most views at
    once, and bytes, of which a view gives each moment as many."""

    start_ms: int
    end_ms: int
    views: int = 0
    watched_ms: int = 0
    peak: int = 0
    bytes: int = 0


def buckets(from_ms: int, to_ms: int, step: Step, zone: ZoneInfo) -> list[Sum]:
    """Whole hours or days by the clock of `zone`, the first and the last one cut to the span. A day has 23 or 25 hours
    where clocks change. Raises VedetteError `live.span` for more than `MOST`."""
    edges = [from_ms]
    while edges[-1] < to_ms:
        if len(edges) > MOST:
            raise invalid("live.span", f"That is more than {MOST} of this step. Ask for less time, or for days.")
        edges.append(min(to_ms, _next_edge(edges[-1], step, zone)))
    return [Sum(start, end) for start, end in pairwise(edges)]


def _next_edge(at_ms: int, step: Step, zone: ZoneInfo) -> int:
    local = datetime.fromtimestamp(at_ms // 1000, UTC).astimezone(zone)
    if step == "day":
        after = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return round(after.timestamp() * 1000)
    # Hours are steps of real time: where clocks are set back one comes twice. Some zones are off by half an hour.
    into_ms = (local.minute * 60 + local.second) * 1000 + at_ms % 1000
    return at_ms - into_ms + HOUR_MS


async def summed(spans: AsyncIterator[tuple[int, int, int]], sums: Sequence[Sum]) -> Sequence[Sum]:
    """Adds views (begin, end, bytes; in the order of their beginning) to sums that follow one another."""
    going_on: list[int] = []  # ends
    entered = -1
    async for start_ms, end_ms, size in spans:
        while entered + 1 < len(sums) and sums[entered + 1].start_ms <= start_ms:
            entered += 1
            _enter(sums[entered], going_on)
        if start_ms >= sums[-1].end_ms:
            break
        if entered >= 0:
            while going_on and going_on[0] <= start_ms:
                heappop(going_on)
            sums[entered].views += 1
            sums[entered].peak = max(sums[entered].peak, len(going_on) + 1)
        heappush(going_on, end_ms)
        _spread(start_ms, end_ms, size, sums[max(0, entered) :])
    for one in sums[entered + 1 :]:
        _enter(one, going_on)
    return sums


def _enter(one: Sum, going_on: list[int]) -> None:
    """Those that began before and go on are at once there, too."""
    while going_on and going_on[0] <= one.start_ms:
        heappop(going_on)
    one.peak = max(one.peak, len(going_on))


def _spread(start_ms: int, end_ms: int, size: int, sums: Sequence[Sum]) -> None:
    length = max(1, end_ms - start_ms)
    for one in sums:
        if one.start_ms >= end_ms:
            break
        within = min(end_ms, one.end_ms) - max(start_ms, one.start_ms)
        if within > 0:
            one.watched_ms += within
            one.bytes += size * within // length
