"""RFC 6381 `codecs` values: what MSE, HLS playlists and `canPlayType` want to know."""

from vedette.media.codecs.aac import parse_audio_specific_config
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.h265 import H265Sps, parse_h265_sps
from vedette.media.units import AudioConfig, Codec, Tracks, VideoConfig


def codecs_parameter(tracks: Tracks) -> str:
    """`avc1.640028,mp4a.40.2`: the video first. Raises `BadMedia`."""
    names = []
    if tracks.video:
        names.append(video_codec_string(tracks.video))
    if tracks.audio:
        names.append(audio_codec_string(tracks.audio))
    return ",".join(names)


def video_codec_string(config: VideoConfig) -> str:
    """`avc1.PPCCLL` (RFC 6381, section 3.3) or `hvc1...` (ISO/IEC 14496-15, annex E.3)."""
    if not config.sps:
        raise BadMedia("no SPS, so the codec string is unknown")
    if config.codec is Codec.H264:
        sps = config.sps[0]
        if len(sps) < 4:
            raise BadMedia("H.264 SPS is too short")
        return f"avc1.{sps[1:4].hex()}"
    if config.codec is Codec.H265:
        return _hvc1(parse_h265_sps(config.sps[0]))
    raise BadMedia(f"{config.codec} is not a video codec")


def audio_codec_string(config: AudioConfig) -> str:
    """G.711 is recorded as FLAC (docs/decisions/g711-as-flac.md)."""
    if config.codec is Codec.AAC:
        return parse_audio_specific_config(config.extradata).codec_string
    if config.codec is Codec.OPUS:
        return "opus"
    if config.codec in (Codec.PCMA, Codec.PCMU):
        return "flac"
    raise BadMedia(f"{config.codec} is not an audio codec")


def _hvc1(sps: H265Sps) -> str:
    space = ("", "A", "B", "C")[sps.profile_space]
    # The compatibility flags are written in reverse bit order, the constraints without trailing zero bytes.
    compatibility = int(f"{sps.compatibility_flags:032b}"[::-1], 2)
    constraints = sps.constraint_flags.to_bytes(6, "big").rstrip(b"\x00")
    parts = [f"hvc1.{space}{sps.profile}", f"{compatibility:X}", f"{'H' if sps.tier else 'L'}{sps.level}"]
    return ".".join(parts + [f"{byte:X}" for byte in constraints])
