"""Decoding times for streams that carry only presentation times (RTP): needed where a camera sends B-frames.

With a reorder depth of N (at most N frames are decoded before, and shown after, any frame), the decoding time of a
frame is the least of the last N + 1 presentation times: it never passes the presentation time, and it rises.
"""

from bisect import insort
from collections import deque
from itertools import pairwise
from typing import Final

# Deeper reordering than this is not made by cameras; what looks like it is a clock that stepped back.
MAX_DEPTH: Final = 4
_MEMORY: Final = 16
_CONFIRM_WITHIN: Final = 60


class Reorder:
    """Infers decoding times. `depth` is 0 for the streams of nearly all cameras, which costs one comparison.

    A depth that nobody announced is learned: a single step back is a glitch, two within a few groups of frames are
    B-frames. Until then such frames are placed right after their predecessor.
    """

    __slots__ = ("_recent", "_since_step", "_waiting", "_worst", "depth")

    def __init__(self, depth: int = 0) -> None:
        self.depth = min(max(depth, 0), MAX_DEPTH)
        self._waiting: list[int] = []
        self._recent: deque[int] = deque(maxlen=_MEMORY)
        self._worst = 0
        self._since_step = _CONFIRM_WITHIN

    @property
    def needed(self) -> int:
        """How many frames `prime` wants: with one more than the depth, the least distance is that of neighbours."""
        return self.depth + 2

    def prime(self, stamps: list[int]) -> list[int]:
        """Decoding times of a run's first `needed` frames, given their presentation times in decoding order.

        Those before the least presentation time are made up at the distance of neighbours; the first is the run's zero.
        """
        ordered = sorted(stamps)
        distance = max(1, min(after - before for before, after in pairwise(ordered)))
        shown = sorted(stamps[: self.depth + 1])
        decoding = [shown[0] - (self.depth - index) * distance for index in range(self.depth + 1)]
        self._waiting = shown[1:]
        self._recent.extend(stamps[: self.depth + 1])
        return decoding + [self.push(stamp) for stamp in stamps[self.depth + 1 :]]

    def push(self, pts: int) -> int:
        """The decoding time of a frame shown at `pts`. It may fail to rise where the depth was found too small."""
        recent = self._recent
        if not self.depth:
            in_order = not recent or pts > recent[-1]
            self._since_step += 1
            if in_order:
                recent.append(pts)
                return pts
            self._learn(pts)
        elif pts < self._waiting[-1]:
            self._since_step += 1
            self._learn(pts)
        recent.append(pts)
        if not self.depth:
            return pts
        insort(self._waiting, pts)
        return self._waiting.pop(0)

    def _learn(self, pts: int) -> None:
        distance = sum(stamp > pts for stamp in self._recent)
        if not self.depth < distance <= MAX_DEPTH:
            return
        self._worst = max(self._worst, distance)
        if self._since_step < _CONFIRM_WITHIN:
            self.depth = self._worst
            self._waiting = sorted(self._recent)[-self.depth :]
        self._since_step = 0
