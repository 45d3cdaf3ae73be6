"""Video parameter sets whatever the codec."""

from dataclasses import replace

from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.h264 import H264Sps, parse_h264_sps
from vedette.media.codecs.h265 import H265Sps, parse_h265_sps
from vedette.media.units import Codec, VideoConfig

Sps = H264Sps | H265Sps


def parse_sps(config: VideoConfig) -> Sps:
    """The first SPS of `config`. Raises `BadMedia`."""
    if not config.sps:
        raise BadMedia("there is no SPS")
    return (parse_h265_sps if config.codec is Codec.H265 else parse_h264_sps)(config.sps[0])


def with_dimensions(config: VideoConfig) -> VideoConfig:
    """`config` with the width and height that its SPS tells. Raises `BadMedia`."""
    sps = parse_sps(config)
    return replace(config, width=sps.width, height=sps.height)
