"""Many small pictures in one JPEG: the key frames of a stretch of footage, side by side in rows.

Blocks, as `media.stills` does: call it in a worker thread. One decoder serves all pictures; a 640x360 key frame costs
about a millisecond, a 1080p one five to eight.
"""

from collections.abc import Iterable
from io import BytesIO

import av
import numpy as np
from av.video.reformatter import ColorRange, Interpolation
from numpy.typing import NDArray

from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.samples import units_of
from vedette.media.stills import MAX_SIDE, encode, sample_shape
from vedette.media.units import VIDEO

_QUALITY = 60
# Video black: luma 16 in the limited range becomes 0 in the full one.
_BLACK = (0, 128, 128)


def sheet(init: bytes, parts: Iterable[bytes | None], *, width: int, columns: int) -> tuple[bytes, int]:
    """The key frames that `parts` begin with, each `width` pixels wide, `columns` in a row, as one JPEG; and how many
    of them are pictures. None, and what can't be decoded, leaves its place black.

    `width` is even. All tiles have the shape of the first picture; the very same part twice in a row is decoded once.
    Raises `BadMedia` when there is no picture at all.
    """
    decoder = _decoder(init)
    tiles: list[NDArray[np.uint8] | None] = []
    height = 0
    last: bytes | None = None
    for part in parts:
        if part is not None and part is last:
            tiles.append(tiles[-1])
            continue
        last = part
        frame = _first(decoder, part) if part is not None else None
        if frame is None:
            tiles.append(None)
            continue
        if not height:
            height = max(2, round(frame.height * width / (frame.width * sample_shape(decoder)) / 2) * 2)
        tiles.append(_small(frame, width, height))
    if not height:
        raise BadMedia("there is no picture in these parts")
    return encode(_joined(tiles, width, height, columns), _QUALITY), sum(tile is not None for tile in tiles)


def _decoder(init: bytes) -> av.VideoCodecContext:
    """A decoder of single key frames."""
    try:
        with av.open(BytesIO(init), "r", format="mp4") as container:
            if not container.streams.video:
                raise BadMedia("there is no video in this recording")
            told = container.streams.video[0].codec_context
            if told.width > MAX_SIDE or told.height > MAX_SIDE:
                raise BadMedia(f"a picture of {told.width}x{told.height} is too large")
            decoder = av.CodecContext.create(told.name, "r")
            assert isinstance(decoder, av.VideoCodecContext)
            decoder.extradata = told.extradata
            decoder.thread_count = 1
            return decoder
    except av.FFmpegError as error:
        raise BadMedia(f"libav does not know this init: {error.strerror}") from error


def _first(decoder: av.VideoCodecContext, part: bytes) -> av.VideoFrame | None:
    try:
        units = units_of(part, sound=False)
        if not units or units[0].track != VIDEO or not units[0].key:
            return None
        packet = av.Packet(b"".join(units[0].chunks))
        # None lets the one picture out that the decoder would otherwise keep for the sake of order.
        return next(iter([*decoder.decode(packet), *decoder.decode(None)]), None)
    except (BadMedia, av.FFmpegError):
        return None
    finally:
        decoder.flush_buffers()


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
