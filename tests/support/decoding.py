"""Decodes access units with FFmpeg's decoders, to prove that they are whole."""

from collections.abc import Sequence

import av

from vedette.media.units import AccessUnit, AudioConfig, Codec, VideoConfig

_START_CODE = b"\0\0\0\1"
_DECODERS = {Codec.H264: "h264", Codec.H265: "hevc", Codec.AAC: "aac", Codec.OPUS: "libopus", Codec.PCMA: "pcm_alaw"}


def nal_units(unit: AccessUnit) -> list[bytes]:
    """The NAL units of a video access unit, after checking that the lengths add up."""
    data = b"".join(unit.chunks)
    assert len(data) == unit.size
    found = []
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        found.append(data[at + 4 : at + 4 + length])
        assert len(found[-1]) == length
        at += 4 + length
    return found


def decode_video(config: VideoConfig, units: Sequence[AccessUnit]) -> list[av.VideoFrame]:
    """The pictures of `units`, which begin with a key frame. A decoder that finds fault raises."""
    decoder = av.CodecContext.create(_DECODERS[config.codec], "r")
    assert isinstance(decoder, av.VideoCodecContext)
    decoder.options = {"err_detect": "explode"}
    pictures: list[av.VideoFrame] = []
    head = [*config.vps, *config.sps, *config.pps]
    for number, unit in enumerate(units):
        nals = (head if not number else []) + nal_units(unit)
        packet = av.Packet(b"".join(_START_CODE + nal for nal in nals))
        packet.pts = unit.pts_ticks
        pictures += decoder.decode(packet)
    pictures += decoder.decode(None)
    assert not any(picture.is_corrupt for picture in pictures)
    return pictures


def decode_audio(config: AudioConfig, units: Sequence[AccessUnit]) -> int:
    """How many samples per channel the frames hold."""
    decoder = av.CodecContext.create(_DECODERS[config.codec], "r")
    assert isinstance(decoder, av.AudioCodecContext)
    decoder.options = {"err_detect": "explode"}
    if config.codec is Codec.AAC:
        decoder.extradata = config.extradata
    decoder.sample_rate = config.sample_rate
    decoder.layout = "mono" if config.channels == 1 else "stereo"
    samples = 0
    for unit in units:
        assert sum(map(len, unit.chunks)) == unit.size
        for frame in decoder.decode(av.Packet(b"".join(unit.chunks))):
            samples += frame.samples
    return samples
