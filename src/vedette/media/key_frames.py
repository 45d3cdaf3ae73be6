"""Single key frames out of parts, one decoder for all that share an init, and what is bright in a picture.

Blocks: call it in a worker thread. A 640x360 key frame costs about a millisecond, a 1080p one five to eight. PyAV lets
go of the GIL meanwhile.
"""

from fractions import Fraction
from io import BytesIO

import av
import numpy as np
from numpy.typing import NDArray

from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.samples import units_of
from vedette.media.stills import MAX_SIDE, sample_shape
from vedette.media.units import VIDEO

# Formats whose first plane is brightness, a byte for each pixel.
_BYTES_OF_LUMA = frozenset(
    {"gray", "nv12", "yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p"},
)


class KeyFrames:
    """A decoder of single key frames. For one thread at a time. `rough`: without smoothing the edges of blocks, which
    takes an eighth less CPU, for pictures that are made small. Raises `BadMedia` where the init has no video that libav
    knows."""

    def __init__(self, init: bytes, *, rough: bool = False) -> None:
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
                if rough:
                    decoder.options = {"skip_loop_filter": "all"}
        except av.FFmpegError as error:
            raise BadMedia(f"libav does not know this init: {error.strerror}") from error
        self._decoder = decoder

    @property
    def sample_shape(self) -> Fraction:
        """Width of one sample by its height, as far as that is known: better after the first picture."""
        return sample_shape(self._decoder)

    def first(self, part: bytes) -> av.VideoFrame | None:
        """The key frame that a part begins with; None where it has none, or it can't be decoded."""
        try:
            units = units_of(part, sound=False)
            if not units or units[0].track != VIDEO or not units[0].key:
                return None
            packet = av.Packet(b"".join(units[0].chunks))
            # None lets the one picture out that the decoder would otherwise keep for the sake of order.
            return next(iter([*self._decoder.decode(packet), *self._decoder.decode(None)]), None)
        except (BadMedia, av.FFmpegError):
            return None
        finally:
            self._decoder.flush_buffers()


def luma(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """How bright each pixel is, (height, width). Of common formats a view of the frame itself, for as long as the frame
    is used; neither range (16-235 or 0-255) is made the other."""
    if frame.format.name not in _BYTES_OF_LUMA:
        return frame.reformat(format="gray").to_ndarray().astype(np.uint8, copy=False)
    plane = frame.planes[0]
    data: NDArray[np.uint8] = np.frombuffer(plane, np.uint8)  # type: ignore[call-overload] # it has the buffer protocol
    return data.reshape(-1, plane.line_size)[: frame.height, : frame.width]
