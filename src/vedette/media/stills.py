"""Pictures out of parts: JPEGs for thumbnails, snapshots and posters.

Decoding takes 20 ms of CPU for 1080p and blocks: call it in a worker thread. PyAV lets go of the GIL meanwhile. Every
call has a decoder of its own, so any number of threads may call at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from io import BytesIO

import av
from av.container import InputContainer
from av.video.reformatter import ColorRange

from vedette.media.codecs.errors import BadMedia

MAX_INPUT = 64 << 20
MAX_SIDE = 8192
# Of one call: a group of pictures longer than a minute at 25 fps is not decoded to its end.
MAX_FRAMES = 1500
DEFAULT_QUALITY = 75


def jpeg(
    init: bytes,
    parts: bytes,
    width: int | None = None,
    *,
    quality: int = DEFAULT_QUALITY,
    at_ticks: int | None = None,
) -> bytes:
    """The first key frame of `parts` as JPEG, or with `at_ticks` the last frame shown not after that instant.

    `parts` are whole parts that begin with a key frame; `at_ticks` counts on the run's time line in the video's
    timescale. `width` makes the picture smaller, never larger, and keeps its shape. `quality` is 1 to 100. Raises
    `BadMedia` when there is no picture in it.
    """
    chosen: av.VideoFrame | None = None
    with _opened(init, parts) as container:
        for frame in _decode(container, key_frames_only=at_ticks is None):
            if chosen is not None and frame.pts is not None and at_ticks is not None and frame.pts > at_ticks:
                break
            chosen = frame
            if at_ticks is None:
                break
        if chosen is None:
            raise BadMedia("there is no picture in these parts")
        return encode(_scaled(chosen, sample_shape(container.streams.video[0].codec_context), width), quality)


def small_jpeg(frame: av.VideoFrame, shape: Fraction, width: int, *, quality: int = DEFAULT_QUALITY) -> bytes:
    """A decoded frame as JPEG, at most `width` pixels wide. `shape` is that of its samples (`sample_shape`)."""
    return encode(_scaled(frame, shape, width), quality)


def decode_frames(init: bytes, parts: bytes, *, key_frames_only: bool = False) -> Iterator[av.VideoFrame]:
    """The video frames in the order they are shown; their `pts` are ticks of the run's time line. Raises `BadMedia`."""
    with _opened(init, parts) as container:
        yield from _decode(container, key_frames_only=key_frames_only)


@contextmanager
def _opened(init: bytes, parts: bytes) -> Iterator[InputContainer]:
    """Raises `BadMedia` for input that is too large, and for whatever libav refuses while it is open."""
    if len(init) + len(parts) > MAX_INPUT:
        raise BadMedia(f"{len(parts)} bytes of parts are more than a picture needs")
    try:
        with av.open(BytesIO(init + parts), "r", format="mp4") as container:
            yield container
    except av.FFmpegError as error:
        raise BadMedia(f"libav can't decode these parts: {error.strerror}") from error


def _decode(container: InputContainer, *, key_frames_only: bool) -> Iterator[av.VideoFrame]:
    if not container.streams.video:
        return
    stream = container.streams.video[0]
    decoder = stream.codec_context
    # One thread: frame threads would only delay the first picture, and callers have threads of their own.
    decoder.thread_count = 1
    if decoder.width > MAX_SIDE or decoder.height > MAX_SIDE:
        raise BadMedia(f"a picture of {decoder.width}x{decoder.height} is too large")
    if key_frames_only:
        decoder.skip_frame = "NONKEY"
    for count, frame in enumerate(container.decode(stream)):
        if count >= MAX_FRAMES:
            return
        yield frame


def sample_shape(decoder: av.VideoCodecContext) -> Fraction:
    """Width of one sample by its height. Absurd ones are not believed."""
    shape = decoder.sample_aspect_ratio
    return shape if shape is not None and Fraction(1, 4) <= shape <= 4 else Fraction(1)


def _scaled(frame: av.VideoFrame, shape: Fraction, width: int | None) -> av.VideoFrame:
    shown = round(frame.width * shape)
    target_width = max(min(width or shown, shown, MAX_SIDE) // 2 * 2, 2)
    target_height = max(round(frame.height * target_width / shown / 2) * 2, 2)
    # JPEG has the full range of values; libav's encoder wants that said by the pixel format.
    return frame.reformat(target_width, target_height, format="yuvj420p", dst_color_range=ColorRange.JPEG)


def encode(picture: av.VideoFrame, quality: int) -> bytes:
    """A frame of the pixel format yuvj420p as JPEG; `quality` is 1 to 100."""
    picture.pts = 0
    encoder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = picture.width, picture.height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    encoder.thread_count = 1
    # libav counts the other way round: 2 is the best, 31 the worst.
    encoder.qmin = encoder.qmax = round(31 - (min(max(quality, 1), 100) - 1) * 29 / 99)
    return b"".join(bytes(packet) for packet in (*encoder.encode(picture), *encoder.encode(None)))
