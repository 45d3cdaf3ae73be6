"""Video usability information: the few fields that Vedette uses, and the table that H.264 and H.265 share."""

from dataclasses import dataclass

from vedette.media.codecs.bits import BitReader

EXTENDED_SAR = 255

# ITU-T H.264 table E-1, H.265 table E.1: aspect_ratio_idc to width:height of one sample.
SAMPLE_ASPECT_RATIOS = (
    (1, 1), (1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11),
    (80, 33), (18, 11), (15, 11), (64, 33), (160, 99), (4, 3), (3, 2), (2, 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colour:
    """Code points of H.273; 2 means unspecified."""

    full_range: bool = False
    primaries: int = 2
    transfer: int = 2
    matrix: int = 2


def read_aspect_ratio(r: BitReader) -> tuple[int, int]:
    """`aspect_ratio_info_present_flag` and what follows it: (width, height) of one sample, 1:1 if not told."""
    if not r.flag():
        return 1, 1
    idc = r.u(8)
    if idc == EXTENDED_SAR:
        width, height = r.u(16), r.u(16)
        return (width, height) if width and height else (1, 1)
    return SAMPLE_ASPECT_RATIOS[idc] if idc < len(SAMPLE_ASPECT_RATIOS) else (1, 1)


def read_signal_type(r: BitReader) -> Colour | None:
    """From `overscan_info_present_flag` to the chroma location: the colour, if it is told."""
    if r.flag():
        r.skip(1)  # overscan_appropriate_flag
    colour = None
    if r.flag():
        r.skip(3)  # video_format
        full_range = r.flag()
        colour = Colour(full_range, r.u(8), r.u(8), r.u(8)) if r.flag() else Colour(full_range)
    if r.flag():
        r.ue()  # chroma_sample_loc_type_top_field
        r.ue()
    return colour


def frame_rate(scale: int, units: int) -> float | None:
    """Frames per second, None where the numbers make no sense: cameras are known to fill them with anything."""
    if not units or not scale / 1000 <= units <= scale * 100:
        return None
    return scale / units
