"""The machine-readable frame number that is burned into every simulated picture, and how to read it back.

A row of 24 cells at the bottom left, light for 1 and dark for 0, from left to right: `1 0`, 16 bits of the number
(most significant first), 4 bits that are the exclusive or of the number's nibbles, `0 1`. A cell is 1/40 of the width
wide and 1/45 of the height high: 16 x 8 pixels at 640x360, which survives 300 kb/s. Everything is relative to the
picture's size, so a scaled picture reads as well.
"""

import numpy as np
import numpy.typing as npt

Luma = npt.NDArray[np.uint8]

CELLS = 24
MAX_NUMBER = 0xFFFF
DARK, LIGHT = 48, 208
_COLUMNS, _ROWS = 40, 45
_THRESHOLD = (DARK + LIGHT) // 2
_CLEAR = 24  # a cell whose mean is nearer to the threshold than this is unreadable


def cells_of(number: int) -> list[int]:
    """The 24 cells of `number`. Raises ValueError when it does not fit into 16 bits."""
    if not 0 <= number <= MAX_NUMBER:
        raise ValueError(f"frame number {number} does not fit into 16 bits")
    bits = [number >> shift & 1 for shift in range(15, -1, -1)]
    check = _checksum(number)
    return [1, 0, *bits, *(check >> shift & 1 for shift in range(3, -1, -1)), 0, 1]


def draw(luma: Luma, number: int) -> None:
    """Draws `number` into the luma plane (height x width) of a picture."""
    height, width = luma.shape
    top, bottom = _row(height)
    for index, cell in enumerate(cells_of(number)):
        left, right = _column(width, index)
        luma[top:bottom, left:right] = LIGHT if cell else DARK


def read(luma: Luma) -> int | None:
    """The number burned into a decoded picture's luma plane; None where there is none or it is damaged."""
    height, width = luma.shape
    top, bottom = _row(height)
    inset = max(1, (bottom - top) // 4)
    band = luma[top + inset : bottom - inset]
    cells: list[int] = []
    for index in range(CELLS):
        left, right = _column(width, index)
        inset = max(1, (right - left) // 4)
        mean = float(band[:, left + inset : right - inset].mean())
        if abs(mean - _THRESHOLD) < _CLEAR:
            return None
        cells.append(int(mean > _THRESHOLD))
    number = int("".join(map(str, cells[2:18])), 2)
    return number if cells == cells_of(number) else None


def area(width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the row of cells in a picture of this size."""
    top, bottom = _row(height)
    return _column(width, 0)[0], top, _column(width, CELLS - 1)[1], bottom


def _checksum(number: int) -> int:
    return (number >> 12 ^ number >> 8 ^ number >> 4 ^ number) & 15


def _row(height: int) -> tuple[int, int]:
    return height - 2 * height // _ROWS, height - height // _ROWS


def _column(width: int, index: int) -> tuple[int, int]:
    return (index + 1) * width // _COLUMNS, (index + 2) * width // _COLUMNS
