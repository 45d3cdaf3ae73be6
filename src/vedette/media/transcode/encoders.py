"""The H.264 encoders of libav, and which of them work here: found out by encoding a picture, never by a name in a list.

A build of libav names NVENC, Quick Sync, AMF and V4L2 on every machine; whether there is such hardware, a driver and
the right to use it shows only when an encoder is opened and gives a frame.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import av
from av.codec.context import Flags
from av.logging import Capture
from av.video.frame import PictureType

from vedette.media.transcode.rungs import Size, bitrate_of

RATE: Final = 90_000
KEY_S: Final = 1
_PROBE = Size(640, 360)
_PROBE_FRAMES: Final = 8


@dataclass(frozen=True, slots=True)
class Encoder:
    """`name` is libav's, `label` what people call it. `options` make it encode at once, without B-frames."""

    name: str
    label: str
    hardware: bool
    pixels: str
    options: dict[str, str]


# In order of preference: what costs this machine the least comes first.
ENCODERS: Final = (
    Encoder(
        "h264_nvenc",
        "NVIDIA NVENC",
        True,
        "yuv420p",
        {"preset": "p3", "tune": "ull", "zerolatency": "1", "delay": "0", "forced-idr": "1", "rc": "vbr"},
    ),
    Encoder(
        "h264_qsv", "Intel Quick Sync", True, "nv12", {"preset": "veryfast", "async_depth": "1", "forced_idr": "1"}
    ),
    Encoder("h264_amf", "AMD AMF", True, "nv12", {"usage": "ultralowlatency", "forced_idr": "1"}),
    Encoder("h264_v4l2m2m", "Video4Linux", True, "yuv420p", {}),
    Encoder(
        "libx264",
        "x264",
        False,
        "yuv420p",
        {"preset": "superfast", "tune": "zerolatency", "crf": "23", "forced-idr": "1", "x264-params": "scenecut=0"},
    ),
)
BY_NAME: Final = {encoder.name: encoder for encoder in ENCODERS}


@dataclass(frozen=True, slots=True)
class Tried:
    """Whether an encoder works; `why` not, for a person."""

    encoder: Encoder
    works: bool
    why: str = ""


def in_order(preferred: str | None) -> list[Encoder]:
    """All encoders, the preferred one first, x264 always among them."""
    first = [encoder for encoder in ENCODERS if encoder.name == preferred]
    return [*first, *(encoder for encoder in ENCODERS if encoder.name != preferred)]


def try_all() -> list[Tried]:
    """Encodes a few frames with each. Takes well under a second without hardware."""
    return [_try(encoder) for encoder in ENCODERS]


def open_encoder(encoder: Encoder, size: Size, fps: float) -> av.VideoCodecContext:
    """An open encoder; times are in 90 kHz. Raises av.FFmpegError, OSError or ValueError where it won't."""
    context = av.CodecContext.create(encoder.name, "w")
    assert isinstance(context, av.VideoCodecContext)
    rate = Fraction(min(max(round(fps), 1), 60))
    bitrate = bitrate_of(size)
    context.width, context.height, context.pix_fmt = size.width, size.height, encoder.pixels
    context.time_base, context.framerate = Fraction(1, RATE), rate
    context.gop_size = int(rate) * KEY_S * (1 if encoder.hardware else 4)  # key frames are asked for; see `Picture`
    context.max_b_frames = 0
    context.profile = "Main"
    context.flags |= Flags.global_header | Flags.low_delay
    limits = {"maxrate": str(bitrate), "bufsize": str(bitrate)}
    if encoder.hardware:
        context.bit_rate = bitrate
    else:
        context.thread_count = 1 if size.short <= 720 else 2
    context.options = {**encoder.options, **limits}
    context.open()
    return context


def open_first(encoders: Sequence[Encoder], size: Size, fps: float) -> tuple[Encoder, av.VideoCodecContext]:
    """The first that opens for this size. Raises ValueError with all the reasons when none does."""
    reasons = []
    for encoder in encoders:
        try:
            with _quiet():
                return encoder, open_encoder(encoder, size, fps)
        except (av.FFmpegError, OSError, ValueError) as error:
            reasons.append(f"{encoder.label}: {_reason(error)}")
    raise ValueError("no encoder works here (" + "; ".join(reasons) + ")")


def _try(encoder: Encoder) -> Tried:
    said: list[str] = []
    try:
        with _quiet() as said:
            context = open_encoder(encoder, _PROBE, 25)
            grey = av.VideoFrame(_PROBE.width, _PROBE.height, encoder.pixels)
            for plane in grey.planes:
                plane.update(bytes([128]) * plane.buffer_size)
            packets = []
            for number in range(_PROBE_FRAMES):
                grey.pts, grey.time_base = number * RATE // 25, Fraction(1, RATE)
                grey.pict_type = PictureType.NONE
                packets += context.encode(grey)
            if not packets:
                return Tried(encoder, False, "it gave no picture")
    except (av.FFmpegError, OSError, ValueError) as error:
        return Tried(encoder, False, said[-1] if said else _reason(error))
    return Tried(encoder, True)


@contextmanager
def _quiet() -> Iterator[list[str]]:
    """What libav logs meanwhile is kept from the terminal; it often has the reason that the error does not tell."""
    lines: list[str] = []
    level = av.logging.get_level()
    av.logging.set_level(av.logging.ERROR)
    try:
        with Capture() as logs:
            try:
                yield lines
            finally:
                lines += [text.strip() for _level, _name, text in logs if text.strip()]
    finally:
        av.logging.set_level(level)


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)
