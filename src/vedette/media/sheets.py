"""Many small pictures in one JPEG: the key frames of a stretch of footage, side by side in rows.

Blocks, as `media.stills` does: call it in a worker thread. One decoder serves all pictures; a 640x360 key frame costs
about a millisecond, a 1080p one five to eight.
"""

from collections.abc import Iterable

import av
import numpy as np
from av.video.reformatter import ColorRange, Interpolation
from numpy.typing import NDArray

from vedette.media.codecs.errors import BadMedia
from vedette.media.key_frames import KeyFrames
from vedette.media.stills import encode

_QUALITY = 60
# Video black: luma 16 in the limited range becomes 0 in the full one.
_BLACK = (0, 128, 128)


def sheet(init: bytes, parts: Iterable[bytes | None], *, width: int, columns: int) -> tuple[bytes, int]:
    """The key frames that `parts` begin with, each `width` pixels wide, `columns` in a row, as one JPEG; and how many
    of them are pictures. None, and what can't be decoded, leaves its place black.

    `width` is even. All tiles have the shape of the first picture; the very same part twice in a row is decoded once.
    Raises `BadMedia` when there is no picture at all.
    """
    # A tile of 160 pixels out of 1080p differs by 3 of 255 at most for it.
    key_frames = KeyFrames(init, rough=True)
    tiles: list[NDArray[np.uint8] | None] = []
    height = 0
    last: bytes | None = None
    for part in parts:
        if part is not None and part is last:
            tiles.append(tiles[-1])
            continue
        last = part
        frame = key_frames.first(part) if part is not None else None
        if frame is None:
            tiles.append(None)
            continue
        if not height:
            height = max(2, round(frame.height * width / (frame.width * key_frames.sample_shape) / 2) * 2)
        tiles.append(_small(frame, width, height))
    if not height:
        raise BadMedia("there is no picture in these parts")
    return encode(_joined(tiles, width, height, columns), _QUALITY), sum(tile is not None for tile in tiles)


def _small(frame: av.VideoFrame, width: int, height: int) -> NDArray[np.uint8]:
    small = frame.reformat(
        width, height, format="yuvj420p", interpolation=Interpolation.AREA, dst_color_range=ColorRange.JPEG
    )
    return small.to_ndarray().astype(np.uint8, copy=False)


def _joined(tiles: list[NDArray[np.uint8] | None], width: int, height: int, columns: int) -> av.VideoFrame:
    """Planar 4:2:0: the luma of all tiles, below it both chromas as `to_ndarray` lays them out."""
    across = min(columns, len(tiles))
    rows = -(-len(tiles) // across)
    planes = [
        np.full((rows * height // part, across * width // part), value, np.uint8)
        for part, value in zip((1, 2, 2), _BLACK, strict=True)
    ]
    for number, tile in enumerate(tiles):
        if tile is None:
            continue
        row, column = divmod(number, across)
        half = (height // 2, width // 2)
        luma = tile[:height]
        chroma = tile[height:].reshape(2, *half)
        for plane, picture in zip(planes, (luma, *chroma), strict=True):
            tall, wide = picture.shape
            plane[row * tall : (row + 1) * tall, column * wide : (column + 1) * wide] = picture
    flat = np.concatenate([plane.ravel() for plane in planes]).reshape(-1, across * width)
    joined = av.VideoFrame.from_ndarray(flat, format="yuvj420p")
    joined.color_range = ColorRange.JPEG
    return joined
