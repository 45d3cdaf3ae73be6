"""The ladder of qualities, and what has to be done to a stream to get one of them. Pure.

A rung is named by the shorter side of its picture, as people do (a corridor camera of 1080x1920 is 1080p as well).
`h264` is the rung for players that can't decode the camera's codec: as large as the camera's picture, up to 1440p; what
such a player can decode is passed on as it is, only the sound is converted.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from vedette.media.codecs.aac import AAC_LC, parse_audio_specific_config
from vedette.media.codecs.errors import BadMedia
from vedette.media.units import AudioConfig, Codec, VideoConfig


class Rung(StrEnum):
    """Qualities that can be asked for, best first."""

    H264 = "h264"
    P1440 = "1440p"
    P1080 = "1080p"
    P720 = "720p"
    P480 = "480p"
    P360 = "360p"


LARGEST: Final = 1440
# Shorter side of the picture and the most bits per second for it; still pictures take far less.
_BITRATES: Final = ((360, 600_000), (480, 1_000_000), (720, 2_000_000), (1080, 4_000_000), (1440, 7_000_000))
AUDIO_BITRATE: Final = 64_000
# Encoders refuse less, and nobody sees anything on it.
_LEAST_SIDE: Final = 16


@dataclass(frozen=True, slots=True)
class Size:
    """A picture with square samples; both sides are even."""

    width: int
    height: int

    @property
    def short(self) -> int:
        """Its shorter side."""
        return min(self.width, self.height)


def side_of(rung: Rung) -> int:
    """The most that the shorter side may have."""
    return LARGEST if rung is Rung.H264 else int(rung.value[:-1])


def below(short: int, max_height: int = LARGEST) -> list[Rung]:
    """The rungs that make a picture with this shorter side smaller, best first. Without `h264`."""
    return [rung for rung in Rung if rung is not Rung.H264 and side_of(rung) < short and side_of(rung) <= max_height]


def size_on(rung: Rung, width: int, height: int, shape: Fraction = Fraction(1), max_height: int = LARGEST) -> Size:
    """How large a picture of `width` x `height` samples becomes. `shape` is a sample's width by its height. It is never
    made larger."""
    if not Fraction(1, 4) <= shape <= 4:
        shape = Fraction(1)
    shown = width * shape
    factor = min(Fraction(1), min(side_of(rung), max_height) / min(shown, Fraction(height)))
    return Size(_even(shown * factor), _even(height * factor))


def bitrate_of(size: Size) -> int:
    """Bits per second that the video has at most."""
    return next((bits for side, bits in _BITRATES if size.short <= side), _BITRATES[-1][1])


# H.264 levels (table A-1) that hold 30 pictures a second of a size.
_LEVELS: Final = ((480, "1e"), (720, "1f"), (1080, "28"), (1440, "32"))


def codecs_of(size: Size) -> str:
    """The RFC 6381 parameter of what will come, before it comes: Main profile and AAC-LC."""
    level = next((level for side, level in _LEVELS if size.short <= side), _LEVELS[-1][1])
    return f"avc1.4d40{level},mp4a.40.2"


def passes(rung: Rung, video: VideoConfig, *, reordered: bool, max_height: int = LARGEST) -> bool:
    """Whether the video need not be touched. `reordered`: it has B-frames, which WebRTC can't carry."""
    fits = min(video.width, video.height) <= min(LARGEST, max_height)
    return rung is Rung.H264 and video.codec is Codec.H264 and fits and not reordered


def sound_passes(audio: AudioConfig) -> bool:
    """Whether every player takes the sound as it is: plain AAC."""
    if audio.codec is not Codec.AAC:
        return False
    try:
        parsed = parse_audio_specific_config(audio.extradata)
    except BadMedia:
        return False
    return parsed.signalled_type == AAC_LC and 0 < parsed.channels <= 2


def _even(side: Fraction) -> int:
    return max(round(side / 2) * 2, _LEAST_SIDE)
