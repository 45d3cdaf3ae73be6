"""The region of the picture that is searched: polygons in fractions of the picture. Pure."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.core.errors import invalid

Point = tuple[float, float]
Polygon = Sequence[Point]
# A region of less than this is less than a pixel or two of a small sub-stream.
LEAST_SIDE = 0.005
# Cells that the whole picture would have; a region has its share of them, and small ones have finer cells.
_ACROSS, _DOWN = 80, 45
_LEAST_CELLS = 6
# A cell with less of the region in it says too little.
_LEAST_COVERED = 0.25
_SAMPLED = 6


class Box(NamedTuple):
    """What encloses a region, in fractions of the picture."""

    left: float
    top: float
    right: float
    bottom: float


class Cells(NamedTuple):
    """A region on pictures of one size. `rows` and `columns` are where its cells begin, in pixels of the picture, with
    the end of the last one. `inside` (rows, columns of the enclosing box in pixels) is 1 in the region; None: all of
    the box is. `covered` is how many pixels of each cell `sums` looks at, `counted` which cells have enough of it."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    inside: NDArray[np.uint8] | None
    covered: NDArray[np.float32]
    counted: NDArray[np.bool_]


def box_of(region: Sequence[Polygon]) -> Box:
    """The least box around all of it."""
    xs = [x for polygon in region for x, _ in polygon]
    ys = [y for polygon in region for _, y in polygon]
    return Box(min(xs), min(ys), max(xs), max(ys))


def check_region(region: Sequence[Polygon]) -> None:
    """Raises VedetteError `find.region` where a polygon encloses nothing to speak of."""
    for number, polygon in enumerate(region):
        box = box_of([polygon])
        if box.right - box.left < LEAST_SIDE or box.bottom - box.top < LEAST_SIDE or _area(polygon) < LEAST_SIDE**2:
            raise invalid(
                "find.region",
                "This part of the region encloses nothing. Draw it larger: at least half a percent of the picture's"
                " width and height.",
                field=f"region.{number}",
            )


def cells_of(region: Sequence[Polygon], width: int, height: int) -> Cells:
    """The region on pictures of this size. What lies outside of it is in no cell, to the pixel."""
    box = box_of(region)
    columns = _edges(box.left, box.right, width, _ACROSS)
    rows = _edges(box.top, box.bottom, height, _DOWN)
    inside = None
    if not (len(region) == 1 and _is_box(region[0])):
        inside = _inside(region, columns, rows, width, height)
    everything = np.ones((rows[-1] - rows[0], columns[-1] - columns[0]), np.uint8)
    whole = sums(everything, rows - rows[0], columns - columns[0]).astype(np.float32)
    if inside is None or not inside.any():  # a sliver between the middles of pixels: all of its box is searched
        return Cells(rows, columns, None, whole, np.ones(whole.shape, np.bool_))
    covered = sums(inside, rows - rows[0], columns - columns[0]).astype(np.float32)
    counted = covered >= _LEAST_COVERED * whole
    return Cells(rows, columns, inside, covered, counted if counted.any() else covered > 0)


def sums(pixels: NDArray[np.uint8], rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.uint32]:
    """The sum over each cell; `rows` and `columns` are edges within `pixels`, whose ends are the last ones. Of tall
    cells only about `_SAMPLED` rows are looked at.

    Row by row: `reduceat` of bytes along both axes takes three times as long.
    """
    tall = np.empty((len(rows) - 1, pixels.shape[1]), np.uint16)
    for number, (begin, end) in enumerate(pairwise(rows.tolist())):
        each = max(1, (end - begin) // _SAMPLED)
        np.add.reduce(pixels[begin:end:each], axis=0, dtype=np.uint16, out=tall[number])
    return np.add.reduceat(tall, columns[:-1], axis=1, dtype=np.uint32)


def _edges(start: float, end: float, size: int, whole: int) -> NDArray[np.intp]:
    """Pixel edges of cells over `[start, end)` of a side with `size` pixels, of which the whole would have `whole`."""
    first = min(int(start * size + 0.5), size - 1)
    last = max(first + 1, min(size, int(end * size + 0.5)))
    count = min(max(_LEAST_CELLS, round((end - start) * whole)), max(1, (last - first) // 2))
    return np.linspace(first, last, count + 1).astype(np.intp)


def _is_box(polygon: Polygon) -> bool:
    """Whether it is a rectangle whose sides lie as the picture's."""
    corners = set(polygon)
    box = box_of([polygon])
    return len(polygon) == 4 and corners == {
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    }


def _inside(
    region: Sequence[Polygon], columns: NDArray[np.intp], rows: NDArray[np.intp], width: int, height: int
) -> NDArray[np.uint8]:
    """1 for each pixel of the enclosing box whose middle is in one of the polygons (even-odd in each)."""
    xs = (np.arange(columns[0], columns[-1]) + 0.5) / width
    ys = (np.arange(rows[0], rows[-1]) + 0.5) / height
    found = np.zeros((len(ys), len(xs)), np.bool_)
    for polygon in region:
        within = np.zeros_like(found)
        for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
            if y0 == y1:
                continue
            crossed = (ys >= min(y0, y1)) & (ys < max(y0, y1))
            at = x0 + (ys[crossed] - y0) * ((x1 - x0) / (y1 - y0))
            within[crossed] ^= xs[None, :] >= at[:, None]
        found |= within
    return found.astype(np.uint8)


def _area(polygon: Polygon) -> float:
    """What it encloses, by the shoelace formula."""
    following = [*polygon[1:], polygon[0]]
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(polygon, following, strict=True))) / 2
