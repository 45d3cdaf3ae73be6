"""AudioSpecificConfig of AAC (ISO/IEC 14496-3, section 1.6.2.1): in SDP as `config=`, in MP4 inside `esds`."""

from dataclasses import dataclass

from vedette.media.codecs.bits import BitReader, BitWriter
from vedette.media.codecs.errors import BadMedia

AAC_LC = 2
SBR = 5
PS = 29

SAMPLE_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
CHANNELS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 8, 11: 7, 12: 8, 14: 8}

# Object types whose configuration is a GASpecificConfig.
GENERAL_AUDIO = frozenset({1, 2, 3, 4, 6, 7, 17, 19, 20, 21, 22, 23})
LOW_DELAY = 23
ENHANCED_LOW_DELAY = 39


@dataclass(frozen=True, slots=True)
class AudioSpecificConfig:
    """`sample_rate` is the core's, which RTP and MP4 time stamps count; `output_rate` is twice that with explicit SBR.

    `channels` is 0 when the stream defines them itself (channel configuration 0). `frame_length` is in samples of
    `sample_rate` per access unit.
    """

    object_type: int
    sample_rate: int
    channels: int
    frame_length: int
    output_rate: int
    signalled_type: int

    @property
    def codec_string(self) -> str:
        """RFC 6381, section 3.3: the object type that is signalled first (5 for HE-AAC, 29 for HE-AACv2)."""
        return f"mp4a.40.{self.signalled_type}"


def parse_audio_specific_config(data: bytes) -> AudioSpecificConfig:
    """Raises `BadMedia`. Implicit SBR can't be seen here, by its nature."""
    r = BitReader(data[:64])
    signalled = object_type = _read_object_type(r)
    sample_rate = _read_sample_rate(r)
    channel_config = r.u(4)
    output_rate = sample_rate
    if object_type in (SBR, PS):
        output_rate = _read_sample_rate(r)
        object_type = _read_object_type(r)
    if channel_config and channel_config not in CHANNELS:
        raise BadMedia(f"AAC channel configuration {channel_config} is reserved")
    frame_length = 1024
    if object_type in GENERAL_AUDIO and r.left:
        short = r.flag()
        frame_length = (480 if short else 512) if object_type == LOW_DELAY else (960 if short else 1024)
    elif object_type == ENHANCED_LOW_DELAY and r.left:
        frame_length = 480 if r.flag() else 512
    return AudioSpecificConfig(
        object_type, sample_rate, CHANNELS.get(channel_config, 0), frame_length, output_rate, signalled
    )


def build_audio_specific_config(sample_rate: int, channels: int, object_type: int = AAC_LC) -> bytes:
    """The two-byte (five with an odd sample rate) configuration of plain AAC, for sources that give none."""
    configs = {count: config for config, count in reversed(CHANNELS.items())}
    if channels not in configs:
        raise BadMedia(f"AAC has no channel configuration for {channels} channels")
    w = BitWriter().u(object_type, 5)
    if sample_rate in SAMPLE_RATES:
        w.u(SAMPLE_RATES.index(sample_rate), 4)
    else:
        w.u(15, 4).u(sample_rate, 24)
    return w.u(configs[channels], 4).u(0, 3).bytes()


def _read_object_type(r: BitReader) -> int:
    value = r.u(5)
    return 32 + r.u(6) if value == 31 else value


def _read_sample_rate(r: BitReader) -> int:
    index = r.u(4)
    if index == 15:
        rate = r.u(24)
        if not rate:
            raise BadMedia("AAC sample rate is 0")
        return rate
    if index >= len(SAMPLE_RATES):
        raise BadMedia(f"AAC sample rate index {index} is reserved")
    return SAMPLE_RATES[index]
