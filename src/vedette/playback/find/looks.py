"""What a search keeps of a picture: how bright the cells of its region are, and, coarsely, the whole of it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.playback.find.region import Cells, Polygon, cells_of, sums

# Cells of the whole picture, for what the light does everywhere. Every fourth pixel is enough for that.
_WHOLE_ACROSS, _WHOLE_DOWN, _EACH = 20, 12, 4


class Look(NamedTuple):
    """`cells` (rows, columns) is the mean brightness, 0 to 255, of each cell of the region, `whole` that of coarse
    cells of the whole picture."""

    cells: NDArray[np.float32]
    whole: NDArray[np.float32]


class Eye:
    """Makes looks of pictures of one size."""

    def __init__(self, region: Sequence[Polygon], width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells: Cells = cells_of(region, width, height)
        tall, wide = -(-height // _EACH), -(-width // _EACH)
        self._rows, self._columns = _edges(tall, _WHOLE_DOWN), _edges(wide, _WHOLE_ACROSS)
        everything = np.ones((tall, wide), np.uint8)
        self._whole = sums(everything, self._rows, self._columns).astype(np.float32)
        self._covered = np.maximum(self._cells.covered, 1)

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Which cells are of the region."""
        return self._cells.counted

    def look(self, luma: NDArray[np.uint8]) -> Look:
        """At a picture of that size, (height, width)."""
        rows, columns, inside, _, _ = self._cells
        box = luma[rows[0] : rows[-1], columns[0] : columns[-1]]
        if inside is not None:
            box = box * inside
        cells = sums(box, rows - rows[0], columns - columns[0]) / self._covered
        whole = sums(luma[::_EACH, ::_EACH], self._rows, self._columns) / self._whole
        return Look(cells.astype(np.float32), whole.astype(np.float32).ravel())


def _edges(size: int, most: int) -> NDArray[np.intp]:
    """Of `most` cells, or of one for each pixel where there are fewer."""
    return np.linspace(0, size, min(most, size) + 1).astype(np.intp)
