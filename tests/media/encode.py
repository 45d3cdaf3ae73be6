"""Media made in memory by PyAV's encoders, in the form a source delivers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import av
import numpy as np

from vedette.media.codecs.h265 import NAL_PPS, NAL_SPS, NAL_VPS
from vedette.media.codecs.opus import dops_from_opus_head
from vedette.media.codecs.video import with_dimensions
from vedette.media.simulator import counter
from vedette.media.units import AUDIO, VIDEO, AudioConfig, Codec, TimedUnit, VideoConfig


@dataclass(frozen=True)
class EncodedVideo:
    config: VideoConfig
    units: list[TimedUnit]


@dataclass(frozen=True)
class EncodedAudio:
    config: AudioConfig
    units: list[TimedUnit]


def split_annex_b(data: bytes) -> list[bytes]:
    """NAL units of a byte stream with start codes."""
    return [piece.rstrip(b"\x00") for piece in data.split(b"\x00\x00\x01")[1:]]


def _nal_kind(codec: Codec, nal: bytes) -> int:
    return nal[0] >> 1 & 63 if codec is Codec.H265 else nal[0] & 31


@cache
def encode_video(
    codec: Codec = Codec.H264,
    *,
    seconds: float = 2.0,
    fps: int = 25,
    width: int = 320,
    height: int = 180,
    gop: int = 25,
    b_frames: int = 0,
    pix_fmt: str = "yuv420p",
    extra: str = "",
    numbered: bool = False,
) -> EncodedVideo:
    """A moving gradient, `numbered` with each frame's number burned in. The dts of the first unit is 0, so pts leads by
    the reordering delay."""
    count = round(seconds * fps)
    frames = (_frame(i, width, height, pix_fmt, fps, numbered=numbered) for i in range(count))
    return encode_frames(frames, codec, fps, width, height, gop=gop, b_frames=b_frames, pix_fmt=pix_fmt, extra=extra)


def encode_frames(
    frames: Iterable[av.VideoFrame],
    codec: Codec,
    fps: int,
    width: int,
    height: int,
    *,
    gop: int,
    b_frames: int = 0,
    pix_fmt: str = "yuv420p",
    extra: str = "",
) -> EncodedVideo:
    """Frames whose pts count them. See `encode_video`."""
    context = av.CodecContext.create("libx265" if codec is Codec.H265 else "libx264", "w")
    assert isinstance(context, av.VideoCodecContext)
    context.width, context.height, context.pix_fmt = width, height, pix_fmt
    context.time_base, context.framerate = Fraction(1, fps), Fraction(fps)
    name = "x265-params" if codec is Codec.H265 else "x264-params"
    params = f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes={b_frames}"
    if codec is Codec.H265:
        params += ":log-level=none:pools=1"
    context.options = {"preset": "ultrafast", name: params + extra}
    context.thread_count = 1
    packets = [p for frame in frames for p in context.encode(frame)] + list(context.encode(None))
    nals = split_annex_b(bytes(packets[0]))  # without a global header they stand before the first key frame
    kinds = (NAL_SPS, NAL_PPS, NAL_VPS) if codec is Codec.H265 else (7, 8, -1)
    sps, pps, vps = (tuple(nal for nal in nals if _nal_kind(codec, nal) == kind) for kind in kinds)
    config = with_dimensions(VideoConfig(codec, sps, pps, vps))
    first = packets[0].dts
    assert first is not None
    ticks = 90_000 // fps
    units = []
    for packet in packets:
        assert packet.dts is not None
        assert packet.pts is not None
        chunks: list[bytes] = []
        for nal in split_annex_b(bytes(packet)):
            if _nal_kind(codec, nal) not in kinds:
                chunks += [len(nal).to_bytes(4, "big"), nal]
        size = sum(map(len, chunks))
        dts, pts = (packet.dts - first) * ticks, (packet.pts - first) * ticks
        units.append(TimedUnit(VIDEO, dts, pts, packet.is_keyframe, chunks, size))
    return EncodedVideo(config, units)


def _frame(index: int, width: int, height: int, pix_fmt: str, fps: int, *, numbered: bool) -> av.VideoFrame:
    row = (np.arange(width, dtype=np.uint32) * 255 // width + index * 7) % 256
    grey = np.broadcast_to(row.astype(np.uint8), (height, width)).copy()
    if numbered:
        counter.draw(grey, index)
    frame = av.VideoFrame.from_ndarray(grey, format="gray").reformat(format=pix_fmt)
    frame.pts, frame.time_base = index, Fraction(1, fps)
    return frame


@cache
def encode_audio(codec: Codec, *, seconds: float = 2.0, channels: int = 1, rate: int = 48_000) -> EncodedAudio:
    """A sine of 440 Hz. The dts of the first unit is 0."""
    time = np.arange(round(seconds * rate)) / rate
    samples = (np.sin(2 * np.pi * 440 * time) * 12_000).astype(np.int16)
    if codec in (Codec.PCMA, Codec.PCMU):
        return _g711(codec, samples, rate)
    context = av.CodecContext.create({Codec.AAC: "aac", Codec.OPUS: "libopus"}[codec], "w")
    assert isinstance(context, av.AudioCodecContext)
    context.sample_rate, context.layout = rate, "mono" if channels == 1 else "stereo"
    context.format = "fltp" if codec is Codec.AAC else "s16"
    context.options = {"strict": "experimental"}
    if codec is Codec.AAC:
        context.flags |= 1 << 22  # AV_CODEC_FLAG_GLOBAL_HEADER: the configuration comes apart from the frames
    context.open()
    packets = []
    step = context.frame_size or 960
    for start in range(0, len(samples) - step + 1, step):
        frame = _audio_frame(samples[start : start + step], context, channels, start, rate)
        packets += context.encode(frame)
    packets += context.encode(None)
    extradata = bytes(context.extradata or b"")
    config = AudioConfig(codec, rate, channels, dops_from_opus_head(extradata) if codec is Codec.OPUS else extradata)
    units = []
    for index, packet in enumerate(packets):
        units.append(TimedUnit(AUDIO, index * step, index * step, True, [bytes(packet)], packet.size))
    return EncodedAudio(config, units)


def _audio_frame(
    samples: "np.ndarray[tuple[int], np.dtype[np.int16]]",
    context: av.AudioCodecContext,
    channels: int,
    start: int,
    rate: int,
) -> av.AudioFrame:
    layout = "mono" if channels == 1 else "stereo"
    if context.format.name == "fltp":
        planes = np.tile((samples / 32768).astype(np.float32), (channels, 1))
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=layout)
    else:
        frame = av.AudioFrame.from_ndarray(np.repeat(samples, channels)[None, :], format="s16", layout=layout)
    frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
    return frame


def _g711(codec: Codec, samples: "np.ndarray[tuple[int], np.dtype[np.int16]]", rate: int) -> EncodedAudio:
    context = av.CodecContext.create("pcm_alaw" if codec is Codec.PCMA else "pcm_mulaw", "w")
    assert isinstance(context, av.AudioCodecContext)
    context.sample_rate, context.layout, context.format = rate, "mono", "s16"
    step = rate // 50
    units = []
    for start in range(0, len(samples) - step + 1, step):
        frame = _audio_frame(samples[start : start + step], context, 1, start, rate)
        data = b"".join(bytes(packet) for packet in context.encode(frame))
        units.append(TimedUnit(AUDIO, start, start, True, [data], len(data)))
    return EncodedAudio(AudioConfig(codec, rate, 1), units)
