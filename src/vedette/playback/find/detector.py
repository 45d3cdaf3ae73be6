"""Tells when a region changed, from looks at key frames in their order. Pure.

A look is compared with a background that follows slowly (`_FOLLOWS_S`), so that what goes on gradually - daylight,
shadows - is no change, and noise averages out. What the light does to the whole picture at once is taken out before.
While a change lasts the background waits: either the picture comes back to it, or it stands still for `SETTLES_MS` and
is the new background. So something that is put down is one change, and its removal another one.

The first look may have something in it that just passes, such as a car. Then the picture does not come back to it, and
in traffic it never stands still; but it comes to what is `usual` in the minute after it, which will do as well.

A cell counts as changed when it differs by more than the sensitivity's levels and by more than it usually does (its
noise): leaves, water and a clock that runs within the region are learned in some minutes and then ignored.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from vedette.playback.find.looks import Look

Place = TypeVar("Place")

SETTLES_MS = 10_000
_FOLLOWS_S = 30.0
_LEARNS_S = 60.0
# How much more than usual a cell must differ.
_TIMES_NOISE = 5.0
# A single difference is believed up to this many times the noise (and a little, to begin with): a cell in which
# something is going on less than a third of the time stays as sensitive as it is.
_BELIEVED, _A_LITTLE = 3.0, 2.0
_FIRST_NOISE, _MOST_FIRST_NOISE = 2.0, 8.0
# The mean of what noise differs by, in terms of its median (of a normal distribution).
_MEAN_OF_MEDIAN = 1.18
# A light that makes everything lighter or darker by more than this is a change.
_MOST_GAIN = 1.33
_GAIN_OF = (20.0, 235.0)
_LEAST_FOR_GAIN = 0.25
# Regions of fewer cells are too small to ask a changed cell for a changed neighbour.
_FEW_CELLS = 9
_MOST_LEVELS, _LEAST_LEVELS = 30.0, 5.0
_MOST_SHARE, _LEAST_SHARE = 0.06, 0.002


@dataclass(frozen=True, slots=True)
class Rules:
    """What a change is: at least this `share` of the region (0 to 1) differs by more than `levels` (of 255)."""

    levels: float
    share: float

    @staticmethod
    def of(sensitivity: int) -> "Rules":
        """Of 1 (large, clear changes only) to 100 (the slightest); in between by equal factors."""
        by = (sensitivity - 1) / 99
        return Rules(
            _MOST_LEVELS * (_LEAST_LEVELS / _MOST_LEVELS) ** by, _MOST_SHARE * (_LEAST_SHARE / _MOST_SHARE) ** by
        )


@dataclass(frozen=True, slots=True)
class Began(Generic[Place]):
    """A change: the look at `before` was still like the background `reference`, that at `at` is not. `share` of the
    region differs."""

    before: Place
    at: Place
    reference: Look
    share: float


@dataclass(frozen=True, slots=True)
class Ended(Generic[Place]):
    """Its end: since `at` all looks are like `reference`, that at `before` was not."""

    before: Place
    at: Place
    reference: Look


@dataclass(frozen=True, slots=True)
class _Seen(Generic[Place]):
    place: Place
    at_ms: int
    look: Look


class Detector(Generic[Place]):
    """Of one region on pictures of one size; `counted` says which cells are of it. A place is whatever says where a
    look was taken. `usual` may be the background after the first change."""

    def __init__(self, rules: Rules, counted: NDArray[np.bool_], usual: Look | None = None) -> None:
        self._rules = rules
        self._counted = counted
        cells = int(counted.sum())
        self._cells = cells
        self._least = max(2 if cells >= _FEW_CELLS else 1, round(rules.share * cells))
        self._noise = np.full(counted.shape, _FIRST_NOISE, np.float32)
        self._background: Look | None = None
        self._usual = usual
        self._looks = 0
        self._last: _Seen[Place] | None = None
        # While a change lasts: the newest look that differed from the one before it, and that one's place.
        self._moved: tuple[Place, _Seen[Place]] | None = None

    @property
    def background(self) -> Look | None:
        """What looks are compared with, None before the first one."""
        return self._background

    @property
    def changing(self) -> bool:
        """Whether a change has begun and not ended."""
        return self._moved is not None

    def push(self, place: Place, at_ms: int, look: Look) -> Began[Place] | Ended[Place] | None:
        """The next look. Says what it shows: a change that begins, one that has ended, or nothing new."""
        last, seen = self._last, _Seen(place, at_ms, look)
        self._last = seen
        self._looks += 1
        if last is None or self._background is None:
            self._background = look
            return None
        passed_s = max(0.0, at_ms - last.at_ms) / 1000
        step = difference(look, last.look)
        away = difference(look, self._background)
        if self._looks == 2:
            middle = _MEAN_OF_MEDIAN * float(np.median(away[self._counted]))
            self._noise[:] = min(max(_FIRST_NOISE, middle), _MOST_FIRST_NOISE)
        if self._moved is None:
            share = self.share(away)
            if share:
                self._moved = last.place, seen
                return Began(last.place, place, self._background, share)
            self._learn(away, passed_s)
            self._follow(look, passed_s)
            return None
        ended = self._while_changing(last, seen, moving=self.share(step) > 0, away=self.share(away) > 0)
        self._learn(step, passed_s)
        return ended

    def share(self, differs: NDArray[np.float32]) -> float:
        """How much of the region differs so much that it is a change, 0 to 1; 0 where that is too little."""
        hot = self._counted & (differs > np.maximum(self._rules.levels, _TIMES_NOISE * self._noise))
        if self._cells >= _FEW_CELLS:
            hot &= _beside(hot)
        count = int(hot.sum())
        return count / self._cells if count >= self._least else 0.0

    def _while_changing(
        self, last: _Seen[Place], seen: _Seen[Place], *, moving: bool, away: bool
    ) -> Ended[Place] | None:
        assert self._moved is not None
        if not away:
            self._moved = None
            return Ended(last.place, seen.place, seen.look)
        if moving:
            self._moved = last.place, seen
            return None
        before, moved = self._moved
        usual = self._usual is not None and not self.share(difference(seen.look, self._usual))
        if seen.at_ms - moved.at_ms < SETTLES_MS and not usual:
            return None
        self._moved = self._usual = None
        self._background = seen.look
        return Ended(before, moved.place, moved.look)

    def _learn(self, differs: NDArray[np.float32], passed_s: float) -> None:
        by = self._weight(passed_s, _LEARNS_S)
        believed = np.minimum(differs, _BELIEVED * self._noise + _A_LITTLE)
        self._noise = (self._noise + by * (believed - self._noise)).astype(np.float32)

    def _weight(self, passed_s: float, constant_s: float) -> np.float32:
        """Of the newest look. The first ones count alike: a mean of few is better than any one of them."""
        return np.float32(max(1 - np.exp(-passed_s / constant_s), 1 / self._looks))

    def _follow(self, look: Look, passed_s: float) -> None:
        assert self._background is not None
        by = self._weight(passed_s, _FOLLOWS_S)
        cells, whole = self._background
        self._background = Look(cells + by * (look.cells - cells), whole + by * (look.whole - whole))


def difference(now: Look, then: Look) -> NDArray[np.float32]:
    """How much each cell differs, in levels, once what happened to the whole picture's brightness is taken out."""
    return np.abs(now.cells - gain(now, then) * then.cells).astype(np.float32)


def gain(now: Look, then: Look) -> np.float32:
    """By which factor the whole picture is brighter: the middle of its cells' factors, which half of the picture can't
    change. 1 where too much of it is black or white to say, and where it is a change by itself."""
    low, high = _GAIN_OF
    usable = (then.whole > low) & (then.whole < high) & (now.whole < high)
    if usable.sum() < _LEAST_FOR_GAIN * len(usable):
        return np.float32(1)
    found = np.median(now.whole[usable] / then.whole[usable])
    return np.float32(found) if 1 / _MOST_GAIN <= found <= _MOST_GAIN else np.float32(1)


def _beside(hot: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells with a hot neighbour above, below or at a side."""
    found = np.zeros_like(hot)
    found[1:] |= hot[:-1]
    found[:-1] |= hot[1:]
    found[:, 1:] |= hot[:, :-1]
    found[:, :-1] |= hot[:, 1:]
    return found
