"""Session descriptions (RFC 8866) of simulated streams, and descriptions that no camera should give."""

import base64

from vedette.media.simulator.catalogue import Kind
from vedette.media.simulator.nals import nal_units
from vedette.media.simulator.sound import Sound
from vedette.media.simulator.track import Track

_NAMES = {"h264": "H264", "h265": "H265", "mjpeg": "JPEG", "pcma": "PCMA", "pcmu": "PCMU"}


def video_media(track: Track, kind: Kind, key_frame: bytes, fps: int, bitrate: int) -> list[str]:
    """The lines of a video track, without its control. `key_frame` is where the parameter sets are taken from."""
    number = track.payload_type
    lines = [f"m=video 0 RTP/AVP {number}", f"b=AS:{bitrate // 1000}"]
    lines.append(f"a=rtpmap:{number} {kind.encoding or _NAMES[track.codec]}/90000")
    if track.codec == "h264":
        parameters = ["packetization-mode=1"]
        if kind.sprop:
            sets = [unit for unit in nal_units(key_frame) if unit[0] & 31 in (7, 8)]
            parameters.append(f"profile-level-id={sets[0][1:4].hex().upper()}")
            parameters.append("sprop-parameter-sets=" + ",".join(_base64(unit) for unit in sets))
        lines.append(f"a=fmtp:{number} " + "; ".join(parameters))
    elif track.codec == "h265" and kind.sprop:
        names = {32: "sprop-vps", 33: "sprop-sps", 34: "sprop-pps"}
        kinds = [(unit[0] >> 1 & 63, unit) for unit in nal_units(key_frame)]
        parameters = [f"{names[sort]}={_base64(unit)}" for sort, unit in kinds if sort in names]
        lines.append(f"a=fmtp:{number} " + "; ".join(parameters))
    lines.append(f"a=framerate:{fps}")
    return lines


def audio_media(track: Track, sound: Sound) -> list[str]:
    """The lines of an audio track, without its control."""
    number = track.payload_type
    lines = [f"m=audio 0 RTP/AVP {number}"]
    if sound.codec == "aac":
        lines.append(f"a=rtpmap:{number} MPEG4-GENERIC/{sound.sample_rate}/1")
        lines.append(
            f"a=fmtp:{number} streamtype=5; profile-level-id=1; mode=AAC-hbr; sizelength=13; indexlength=3; "
            f"indexdeltalength=3; config={sound.extradata.hex().upper()}"
        )
    elif sound.codec == "opus":
        lines += [f"a=rtpmap:{number} opus/48000/2", f"a=fmtp:{number} sprop-stereo=0"]
    else:
        lines.append(f"a=rtpmap:{number} {_NAMES[sound.codec]}/8000/1")
    return lines


def session(name: str, media: list[list[str]], control: str) -> bytes:
    """The whole description. `control` holds `{track}` where the number of a track goes."""
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", f"s={name}", "c=IN IP4 0.0.0.0", "t=0 0", "a=tool:vedette simulate"]
    lines += ["a=range:npt=now-", "a=control:*"]
    for number, section in enumerate(media):
        lines += [*section, "a=control:" + control.format(track=number)]
    return "\r\n".join([*lines, ""]).encode()


def absurd(fault: str) -> bytes:
    """A description of the kind named in `faults.SDP_FAULTS`."""
    if fault == "empty":
        return b""
    if fault == "nomedia":
        return b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=nothing to see\r\nt=0 0\r\n"
    if fault == "huge":
        return b"v=0\r\ns=huge\r\n" + b"a=padding:" + b"x" * (8 << 20) + b"\r\n"
    if fault == "binary":
        return bytes(range(256)) * 16
    lines = ["v=-1", "o=", "s=", "m=video 99999999999999999999 RTP/AVP 999 -1 96 abc", "a=rtpmap:96 H264/0"]
    lines += ["a=fmtp:96 sprop-parameter-sets=!!!!,====,,,; packetization-mode=banana; ;;=;", "a=control:"]
    lines += ["m=audio", "a=rtpmap:", "a=rtpmap:97", "a=rtpmap:97 MPEG4-GENERIC/-48000/0", "a=fmtp:97 config=zz"]
    lines += ["m=video 0 RTP/AVP 96"] * 2000 + ["=", "a", "", "a=control:http://[::1"]
    return "\n".join(lines).encode()


def _base64(unit: bytes) -> str:
    return base64.b64encode(unit).decode()
