"""Counting requests where several api processes share a database: each counts in memory what it answers itself, and
adds what the others say that they answered. Here is the counting, in memory; `rates_exchange` carries the numbers.

Windows are the minutes of the wall clock, so that processes agree on them. (Machines whose clocks are some seconds
apart disagree for as long about which minute it is, and count alone then.) Only callers that matter are told: who has
used more than a tenth of their quota here, or is known to the others already.

Names that leave the process are keyed hashes of quota and caller. Memory is bounded like that of `rates`, and so are
the rows: once the others have `MOST_TOLD` callers in this minute, nobody new is told.
"""

import heapq
import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from vedette.core.clock import Clock
from vedette.http.rates import MOST_KEPT, WINDOW_S, Quota, Standing

# In a minute, by all processes together (by one more exchange of each, for they learn it only then).
MOST_TOLD = 2_000
_ONE_OF = 10
_WINDOW_MS = WINDOW_S * 1000


@dataclass(slots=True)
class _Count:
    """`told` of the `used` requests are in the table already."""

    name: bytes
    most: int
    used: int = 0
    told: int = 0
    refused: bool = False


@dataclass(slots=True)
class _Window:
    """`heard` is what the table says of callers, by name: their requests to all processes that told, this one too."""

    minute: int
    counts: OrderedDict[tuple[str, str], _Count] = field(default_factory=OrderedDict)
    heard: Mapping[bytes, int] = field(default_factory=dict)

    def elsewhere(self, count: _Count) -> int:
        """Requests that other processes answered. More was told than heard when the table lost rows."""
        return max(0, self.heard.get(count.name, 0) - count.told)


@dataclass(frozen=True, slots=True)
class News:
    """What is to be added for a minute, in the order of the names: whoever locks rows does it in this order."""

    minute: int
    amounts: Sequence[tuple[bytes, int]]
    _window: _Window
    _counts: Sequence[_Count]


class SharedCounters:
    """`rates.Counters` of one of several processes; bounded."""

    def __init__(self, clock: Clock, most_kept: int = MOST_KEPT, most_told: int = MOST_TOLD) -> None:
        self._clock = clock
        self._most_kept = most_kept
        self._most_told = most_told
        self._key = b""
        self._window = _Window(-1)

    def __len__(self) -> int:
        return len(self._window.counts)

    def name_with(self, key: bytes) -> None:
        """The key of the hashes, at most 64 bytes, the same in all processes; begins anew. Nothing is to be told before
        it is given."""
        self._key = key
        self._window = _Window(-1)

    async def take(self, quota: Quota, whose: str) -> Standing:
        """See `rates.Counters`."""
        now_ms = self._clock.now_ms()
        window = self._current(now_ms)
        count = self._count(window, quota, whose)
        left = quota.most - count.used - window.elsewhere(count)
        reset_s = max(1, math.ceil(((window.minute + 1) * _WINDOW_MS - now_ms) / 1000))
        if left <= 0:
            first, count.refused = not count.refused, True
            return Standing(quota, -1, reset_s, first)
        count.used += 1
        return Standing(quota, left - 1, reset_s)

    def news(self) -> News:
        """What the others should know now. Nothing of it counts as told before `learn` says so."""
        window = self._current(self._clock.now_ms())
        known, others = [], []
        for count in window.counts.values():
            if count.used == count.told:
                continue
            if count.name in window.heard:
                known.append(count)
            elif count.used * _ONE_OF > count.most:
                others.append(count)
        room = max(0, self._most_told - len(window.heard))
        told = known + heapq.nlargest(room, others, key=lambda count: count.used / count.most)
        told.sort(key=lambda count: count.name)
        return News(window.minute, [(count.name, count.used - count.told) for count in told], window, told)

    def learn(self, news: News, heard: Mapping[bytes, int]) -> None:
        """`news` are told, and `heard` are the numbers of its minute with them. What comes after the minute has no
        effect."""
        for count, (_, amount) in zip(news._counts, news.amounts, strict=True):
            count.told += amount
        news._window.heard = heard

    def _current(self, now_ms: int) -> _Window:
        minute = now_ms // _WINDOW_MS
        if self._window.minute != minute:
            self._window = _Window(minute)
        return self._window

    def _count(self, window: _Window, quota: Quota, whose: str) -> _Count:
        key = (quota.name, whose)
        count = window.counts.get(key)
        if count is None:
            count = window.counts[key] = _Count(self._name(key), quota.most)
            if len(window.counts) > self._most_kept:
                window.counts.popitem(last=False)
        window.counts.move_to_end(key)
        return count

    def _name(self, key: tuple[str, str]) -> bytes:
        return blake2b("\0".join(key).encode("utf-8", "surrogateescape"), key=self._key, digest_size=16).digest()
