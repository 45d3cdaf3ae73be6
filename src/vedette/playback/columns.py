"""Packed groups of pictures to boundaries, with numpy: a day of one camera takes 5 ms instead of 25 ms.

Apart from `recordings.packing`, whose format this reads, because recorders import that and have no use for numpy.
"""

import numpy as np
from numpy.typing import NDArray

from vedette.playback.footage import Groups
from vedette.recordings.packing import PLAIN, columns


def boundaries(packed: bytes) -> tuple[int, Groups]:
    """The timescale and the groups in `packed`. Raises ValueError when it is not what `packing.pack` makes."""
    if not packed or packed[0] != PLAIN:
        return _with_holes(packed)
    numbers = _decode(packed)
    timescale, count, offset, dts = (int(number) for number in numbers[:4])
    if len(numbers) != 4 + 2 * count:
        raise ValueError(f"group index with {len(numbers)} numbers instead of {4 + 2 * count}")
    if not count:
        return timescale, Groups()
    lengths = numbers[4 : 4 + count]
    steps = numbers[4 + count :]
    durations = np.cumsum((steps >> 1) ^ -(steps & 1))
    return timescale, Groups(_running(offset, lengths), _running(dts, durations))


def _running(first: int, steps: NDArray[np.int64]) -> list[int]:
    """`first`, and the sum after each step."""
    sums = np.empty(len(steps) + 1, np.int64)
    sums[0] = 0
    np.cumsum(steps, out=sums[1:])
    listed: list[int] = (sums + first).tolist()
    return listed


def _decode(packed: bytes) -> NDArray[np.int64]:
    """The unsigned LEB128 numbers after the first byte."""
    cells = np.frombuffer(packed, np.uint8)[1:]
    ends = np.flatnonzero(cells < 0x80)
    if len(ends) < 4 or ends[-1] != len(cells) - 1:
        raise ValueError("group index cut short")
    starts = np.empty_like(ends)
    starts[0] = 0
    starts[1:] = ends[:-1] + 1
    widths = ends - starts + 1
    if widths.max() > 9:
        raise ValueError("group index with a number that is too large")
    shifts = 7 * (np.arange(len(cells)) - np.repeat(starts, widths))
    numbers: NDArray[np.int64] = np.add.reduceat((cells & 0x7F).astype(np.int64) << shifts, starts)
    return numbers


def _with_holes(packed: bytes) -> tuple[int, Groups]:
    """Files with something between their groups: the bytes belong to the group before, and so does the time."""
    timescale, offsets, lengths, dts, durations = columns(packed)
    if not offsets:
        return timescale, Groups()
    return timescale, Groups((*offsets, offsets[-1] + lengths[-1]), (*dts, dts[-1] + durations[-1]))
