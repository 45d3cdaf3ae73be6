"""The session description (RFC 8866) of a recorded stream's tracks, as RTSP's DESCRIBE gives it. Pure."""

import base64
from collections.abc import Iterable

from vedette.media.units import AUDIO, VIDEO, AudioConfig, Codec, Tracks, VideoConfig

VIDEO_CLOCK = 90_000
TRACK = "trackID="
_G711 = {Codec.PCMU: ("PCMU", 0), Codec.PCMA: ("PCMA", 8)}


def payload_type(config: VideoConfig | AudioConfig) -> int:
    """As RFC 3551 has it, or from its dynamic range."""
    if isinstance(config, VideoConfig):
        return 96
    static = _G711.get(config.codec)
    return static[1] if static and config.sample_rate == 8000 and config.channels == 1 else 97


def clock_rate(config: VideoConfig | AudioConfig) -> int:
    """RTP ticks in a second. Opus has 48000 whatever it was made of (RFC 7587, section 4.1)."""
    return VIDEO_CLOCK if isinstance(config, VideoConfig) else config.sample_rate


def describe(name: str, tracks: Tracks, session_id: int) -> bytes:
    """The whole description. The tracks' controls are relative: `trackID=0` is the video, `trackID=1` the sound."""
    lines = ["v=0", f"o=- {session_id} 1 IN IP4 0.0.0.0", f"s={_line(name) or '-'}", "c=IN IP4 0.0.0.0", "t=0 0"]
    lines += ["a=tool:Vedette", "a=type:broadcast", "a=control:*", "a=range:npt=now-"]
    if tracks.video is not None:
        lines += [*_video(tracks.video), f"a=control:{TRACK}{VIDEO}"]
    if tracks.audio is not None:
        lines += [*_audio(tracks.audio), f"a=control:{TRACK}{AUDIO}"]
    return ("\r\n".join(lines) + "\r\n").encode()


def _video(config: VideoConfig) -> list[str]:
    number = payload_type(config)
    if config.codec is Codec.H264:
        encoding, parameters = "H264", ["packetization-mode=1"]
        if config.sps:
            parameters.append(f"profile-level-id={config.sps[0][1:4].hex().upper()}")
        parameters.append(f"sprop-parameter-sets={_sets((*config.sps, *config.pps))}")
    else:
        encoding = "H265"
        sets = (("vps", config.vps), ("sps", config.sps), ("pps", config.pps))
        parameters = [f"sprop-{kind}={_sets(given)}" for kind, given in sets]
    lines = [f"m=video 0 RTP/AVP {number}", f"a=rtpmap:{number} {encoding}/{VIDEO_CLOCK}"]
    lines.append(f"a=fmtp:{number} " + "; ".join(parameters))
    if config.width and config.height:
        lines.append(f"a=framesize:{number} {config.width}-{config.height}")
    return lines


def _audio(config: AudioConfig) -> list[str]:
    number = payload_type(config)
    lines = [f"m=audio 0 RTP/AVP {number}"]
    if config.codec is Codec.AAC:
        lines.append(f"a=rtpmap:{number} MPEG4-GENERIC/{config.sample_rate}/{config.channels}")
        lines.append(
            f"a=fmtp:{number} streamtype=5; profile-level-id=1; mode=AAC-hbr; sizelength=13; indexlength=3; "
            f"indexdeltalength=3; config={config.extradata.hex().upper()}"
        )
    elif config.codec is Codec.OPUS:
        lines.append(f"a=rtpmap:{number} opus/48000/2")
        lines.append(f"a=fmtp:{number} sprop-stereo={int(config.channels > 1)}")
    else:
        lines.append(f"a=rtpmap:{number} {_G711[config.codec][0]}/{config.sample_rate}/{config.channels}")
    return lines


def _sets(units: Iterable[bytes]) -> str:
    return ",".join(base64.b64encode(unit).decode() for unit in units)


def _line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
