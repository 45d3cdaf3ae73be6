"""What a probe of a camera tells: the values, and for each failure what a person can do."""

from dataclasses import dataclass

from vedette.media.rtsp.tracks import Note
from vedette.media.units import Codec

# The client's error codes (without `rtsp.`) to the codes of the API; the rest is `protocol`.
_CODES = {
    "dns": "dns",
    "refused": "refused",
    "forbidden_address": "forbidden_address",
    "unreachable": "unreachable",
    "connect_timeout": "timeout",
    "timeout": "timeout",
    "unauthorized": "unauthorized",
    "login_method": "unauthorized",
    "forbidden": "unauthorized",
    "not_found": "not_found",
    "busy": "busy",
    "starting": "starting",
    "http": "not_rtsp",
    "not_rtsp": "not_rtsp",
    "tls": "tls",
    "tls_certificate": "tls",
    "scheme": "unsupported_address",
    "codec": "unsupported_codec",
    "unsupported": "unsupported_codec",
    "no_video": "no_video",
    "transport": "unsupported_transport",
    "closed": "closed",
    "teardown": "closed",
}
_REMEDIES = {
    "dns": "Check the spelling of the host, or use the camera's IP address.",
    "refused": "Check the port (usually 554) and that RTSP is switched on in the camera.",
    "forbidden_address": "Use the camera's own IP address; if its name is right, ask whoever runs the name server.",
    "unreachable": "Check the address, the cable, and that this machine is in a network that reaches the camera.",
    "timeout": "Check the address and that no firewall stands in between; restart the camera if it answers nobody.",
    "unauthorized": "Check user name and password; some cameras want an account of its own for RTSP, and lock it for "
    "some minutes after wrong attempts.",
    "not_found": "Check the path: the camera's manual or its ONVIF profile names it.",
    "busy": "Close other viewers of this camera, or raise its limit of connections.",
    "starting": "Try again in half a minute.",
    "not_rtsp": "Check the port: this one belongs to another service (the web page is usually on 80, RTSP on 554).",
    "tls": "Check that the port is the one for RTSP over TLS, or use rtsp:// instead of rtsps://.",
    "unsupported_codec": "Set the camera to H.264 or H.265: no engine records other video.",
    "unsupported_transport": "Allow RTSP over TCP in the camera, or choose the libav engine for this stream.",
    "unsupported_address": "Write an address that begins with rtsp:// or rtsps://, or choose the libav engine.",
    "no_video": "Choose a path that carries video.",
    "closed": "Try again; if it stays so, restart the camera and close other viewers.",
    "no_key_frame": "Set the key frame (I-frame) interval in the camera to 1 or 2 seconds.",
    "protocol": "Update the camera's firmware, or choose the libav engine for this stream.",
}

# Where libav is what failed, it is no way out.
_REMEDIES_OF_LIBAV = {
    "unsupported_transport": "Allow RTSP over TCP in the camera.",
    "unsupported_address": "Write an address that begins with rtsp://, rtsps://, rtmp://, http:// or udp://.",
    "protocol": "Check the address and port, and update the camera's firmware.",
}
_HTTP_REMEDIES = {
    "refused": "Check the address and port in a browser. Most cameras send video by RTSP: then write "
    "rtsp:// in place of http://.",
    "protocol": "If this is the camera's RTSP port, write rtsp:// in place of http://; else check the address in "
    "a browser.",
}


@dataclass(frozen=True, slots=True)
class VideoSeen:
    """`bitrate` in bit/s, of the video alone. `key_interval_s` is None when less than two key frames came."""

    codec: Codec
    profile: str
    width: int
    height: int
    fps: float
    bitrate: float
    key_interval_s: float | None


@dataclass(frozen=True, slots=True)
class AudioSeen:
    """The audio track that would be recorded."""

    codec: Codec
    sample_rate: int
    channels: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The first key frame: an init and one part with that frame alone."""

    init: bytes
    part: bytes


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """`code` and `remedy` are set when `ok` is false; `message` is for a person always. Nothing here is secret."""

    ok: bool
    code: str | None
    message: str
    remedy: str | None
    engine: str = "native"
    round_trip_ms: float | None = None
    setup_ms: float | None = None
    video: VideoSeen | None = None
    audio: AudioSeen | None = None
    warnings: tuple[Note, ...] = ()
    picture: Picture | None = None


def failed(code: str, message: str, round_trip_ms: float | None = None, setup_ms: float | None = None) -> ProbeResult:
    """A failure of the native client, by its error code or the reason of the end."""
    public = _public(code)
    return ProbeResult(False, public, message, _REMEDIES[public], round_trip_ms=round_trip_ms, setup_ms=setup_ms)


def failed_libav(code: str, message: str, scheme: str, setup_ms: float | None = None) -> ProbeResult:
    """A failure of the libav source at an address with this scheme."""
    public = _public(code)
    remedy = _REMEDIES_OF_LIBAV.get(public, _REMEDIES[public])
    if scheme in ("http", "https") and public in _HTTP_REMEDIES:
        remedy = _HTTP_REMEDIES[public]
    return ProbeResult(False, public, message, remedy, engine="libav", setup_ms=setup_ms)


def _public(code: str) -> str:
    return _CODES.get(code, code if code in _REMEDIES else "protocol")
