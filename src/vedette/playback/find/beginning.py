"""What a picture usually is in the first minute of a search, and after each gap. Pure."""

from collections.abc import Iterator

import numpy as np

from vedette.playback.find.detector import Detector, difference
from vedette.playback.find.looks import Look

PEEK_MS = 60_000
_LOOKS = 12
# So many looks in a row that are alike: nothing moves.
_STILL = 3


def peeks(first: int, last: int) -> Iterator[int]:
    """Which of the groups `[first, last)` to look at: the first ones, which may be enough, then some all over them."""
    still = min(first + _STILL, last)
    yield from range(first, still)
    step = max(1, (last - still) // (_LOOKS - _STILL))
    yield from range(still + step - 1, last, step)


def usual(looks: Iterator[Look], detector: Detector[int]) -> Look | None:
    """The middle, cell by cell, of the looks at `peeks`; None where nothing moves in the first ones.
    `detector` says what is a change."""
    found: list[Look] = []
    for look in looks:
        found.append(look)
        if len(found) == _STILL and not any(detector.share(difference(one, found[0])) for one in found[1:]):
            return None
    if len(found) < _STILL:
        return None
    cells = np.median([look.cells for look in found], axis=0).astype(np.float32)
    whole = np.median([look.whole for look in found], axis=0).astype(np.float32)
    return Look(cells, whole)
