"""A 5 x 7 dot-matrix font for the name and clock in simulated pictures: no font file, no text library."""

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

WIDTH, HEIGHT = 5, 7

# Seven rows of five dots per glyph, top to bottom, one hexadecimal pair per row.
_GLYPHS = {
    " ": "00000000000000",
    "-": "0000001f000000",
    ".": "00000000000c0c",
    ":": "000c0c000c0c00",
    "/": "01010204081010",
    "#": "0a0a1f0a1f0a0a",
    "+": "0004041f040400",
    "0": "0e11131519110e",
    "1": "040c040404040e",
    "2": "0e11010204081f",
    "3": "1f02040201110e",
    "4": "02060a121f0202",
    "5": "1f101e0101110e",
    "6": "0608101e11110e",
    "7": "1f010204080808",
    "8": "0e11110e11110e",
    "9": "0e11110f01020c",
    "A": "0e11111f111111",
    "B": "1e11111e11111e",
    "C": "0e11101010110e",
    "D": "1c12111111121c",
    "E": "1f10101e10101f",
    "F": "1f10101e101010",
    "G": "0e11101711110f",
    "H": "1111111f111111",
    "I": "0e04040404040e",
    "J": "0702020202120c",
    "K": "11121418141211",
    "L": "1010101010101f",
    "M": "111b1515111111",
    "N": "11111915131111",
    "O": "0e11111111110e",
    "P": "1e11111e101010",
    "Q": "0e11111115120d",
    "R": "1e11111e141211",
    "S": "0f10100e01011e",
    "T": "1f040404040404",
    "U": "1111111111110e",
    "V": "11111111110a04",
    "W": "1111111515150a",
    "X": "11110a040a1111",
    "Y": "1111110a040404",
    "Z": "1f01020408101f",
}


def render(text: str, scale: int) -> Mask:
    """`text` in capitals as a mask of `7 * scale` rows; a character that the font lacks is a blank."""
    dots = np.zeros((HEIGHT, len(text) * (WIDTH + 1)), dtype=np.bool_)
    for index, character in enumerate(text.upper()):
        rows = bytes.fromhex(_GLYPHS.get(character, _GLYPHS[" "]))
        left = index * (WIDTH + 1)
        for row, value in enumerate(rows):
            dots[row, left : left + WIDTH] = [value >> shift & 1 for shift in range(WIDTH - 1, -1, -1)]
    return dots.repeat(scale, axis=0).repeat(scale, axis=1)
