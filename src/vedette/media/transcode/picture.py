"""Video decoded, made smaller and encoded as H.264, frame by frame, with nothing kept back. Blocks: 5 to 40 ms a frame.

Times: presentation, in the 90 kHz of the run that goes in. What comes out has no B-frames, so decoding and presentation
are one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import av
from av.codec.context import Flags, ThreadType
from av.video.frame import PictureType
from av.video.reformatter import Interpolation

from vedette.media.codecs.errors import BadMedia
from vedette.media.libav_tracks import VideoTrack, length_prefixed
from vedette.media.transcode.encoders import KEY_S, RATE, Encoder, open_first
from vedette.media.transcode.rungs import LARGEST, Rung, Size, size_on
from vedette.media.units import AccessUnit, Codec, TimedUnit, VideoConfig

_START: Final = b"\0\0\0\1"
_LIBAV: Final = {Codec.H264: "h264", Codec.H265: "hevc"}
# Larger pictures are decoded by two threads, which costs one frame of delay; smaller ones need no help.
_LARGE: Final = 1920 * 1088
_MAX_SIDE: Final = 8192
_GUESSED_FPS: Final = 25.0


class Decoder:
    """Decodes the units of one run from a key frame on. Damaged ones are counted in `damaged` and left out."""

    def __init__(self, config: VideoConfig, *, reordered: bool) -> None:
        self.damaged = 0
        self._sets = b"".join(_START + nal for nal in (*config.vps, *config.sps, *config.pps))
        context = av.CodecContext.create(_LIBAV[config.codec], "r")
        assert isinstance(context, av.VideoCodecContext)
        large = config.width * config.height > _LARGE
        context.thread_count = 2 if large else 1
        context.thread_type = ThreadType.FRAME if large else ThreadType.SLICE
        if not reordered:
            context.flags |= Flags.low_delay
        self._context = context

    @property
    def shape(self) -> Fraction:
        """Width of a sample by its height."""
        return self._context.sample_aspect_ratio or Fraction(1)

    def decode(self, unit: TimedUnit) -> list[av.VideoFrame]:
        """The pictures that the unit completes, with `pts` in 90 kHz. Raises BadMedia for absurdly large ones."""
        nals = length_prefixed(b"".join(unit.chunks), 4)
        data = b"".join(_START + nal for nal in nals)
        packet = av.Packet(self._sets + data if unit.key else data)
        packet.pts, packet.dts, packet.time_base = unit.pts_ticks, unit.dts_ticks, Fraction(1, RATE)
        try:
            frames = self._context.decode(packet)
        except av.FFmpegError:
            self.damaged += 1
            return []
        if any(frame.width > _MAX_SIDE or frame.height > _MAX_SIDE for frame in frames):
            raise BadMedia(f"a picture of {frames[0].width}x{frames[0].height} is too large")
        return [frame for frame in frames if frame.pts is not None]

    def flush(self) -> None:
        """Forgets everything: what follows begins with a key frame."""
        self._context.flush_buffers()


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a frame has to be like for the encoder that is open."""

    width: int
    height: int
    shape: Fraction


class Encoding:
    """Encodes frames for one rung; another encoder is opened where frames of another size come."""

    def __init__(self, rung: Rung, encoders: Sequence[Encoder], *, max_height: int = LARGEST) -> None:
        self.encoder: Encoder | None = None
        self.size: Size | None = None
        self._rung, self._encoders, self._max_height = rung, encoders, max_height
        self._context: av.VideoCodecContext | None = None
        self._track: VideoTrack | None = None
        self._shown: _Shown | None = None
        self._last = self._last_key = -1

    def fits(self, frame: av.VideoFrame, shape: Fraction) -> bool:
        """Whether the open encoder takes this frame; if not a new run begins with it."""
        return self._shown == _Shown(frame.width, frame.height, shape)

    def open(self, frame: av.VideoFrame, shape: Fraction, fps: float | None = None) -> None:
        """An encoder for frames like this one. Raises ValueError when none works."""
        self._shown = _Shown(frame.width, frame.height, shape)
        self.size = size_on(self._rung, frame.width, frame.height, shape, self._max_height)
        self.encoder, self._context = open_first(self._encoders, self.size, fps or _GUESSED_FPS)
        self._track = VideoTrack(Codec.H264, bytes(self._context.extradata or b""), Fraction(1, RATE))
        self._last = self._last_key = -1

    def encode(self, frame: av.VideoFrame, *, key: bool = False) -> Iterator[AccessUnit]:
        """What the encoder gives for it; key frames come every second of video, and where `key` asks for one."""
        context, track, size, encoder = self._context, self._track, self.size, self.encoder
        assert context is not None
        assert track is not None
        assert size is not None
        assert encoder is not None
        pts = frame.pts
        if pts is None or pts <= self._last:
            return
        # Bicubic costs twice as much and looks no better at half the size.
        picture = frame.reformat(size.width, size.height, encoder.pixels, interpolation=Interpolation.FAST_BILINEAR)
        begins = key or self._last_key < 0 or pts - self._last_key >= KEY_S * RATE - RATE // 100
        picture.pts, picture.time_base = pts, Fraction(1, RATE)
        # What the camera's encoder made of this frame is nothing to ours.
        picture.pict_type = PictureType.I if begins else PictureType.NONE
        self._last = pts
        if begins:
            self._last_key = pts
        for packet in context.encode(picture):
            unit = track.unit(bytes(packet), packet.pts, packet.pts, packet.is_keyframe, 0.0)
            if unit is not None:
                yield unit

    @property
    def config(self) -> VideoConfig | None:
        """The parameter sets, once they are known."""
        return self._track.config if self._track is not None and self._track.config.complete else None
