"""Session descriptions (RFC 4566, RFC 8866): the subset that RTSP servers use to describe a stream. Pure.

Lenient where cameras are sloppy (missing `v=`, unknown lines, stray spaces), strict where a number would be used.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from vedette.media.rtsp.errors import protocol_error
from vedette.media.rtsp.messages import printable

MAX_LINES = 2000
MAX_MEDIA = 32
MAX_CLOCK_RATE = 10_000_000

_RTPMAP = re.compile(r"(\d{1,3})\s+([^/\s]+)/(\d{1,9})(?:/(\d{1,3}))?\s*")
_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_DIRECTIONS = frozenset({"sendrecv", "sendonly", "recvonly", "inactive"})

# Payload types that need no rtpmap (RFC 3551, tables 4 and 5): those that a camera may send.
_STATIC = {
    0: ("PCMU", 8000, 1),
    8: ("PCMA", 8000, 1),
    9: ("G722", 8000, 1),
    14: ("MPA", 90_000, None),
    26: ("JPEG", 90_000, None),
    32: ("MPV", 90_000, None),
    33: ("MP2T", 90_000, None),
}


@dataclass(frozen=True, slots=True)
class PayloadFormat:
    """One format of a media section. `encoding` is upper-case, `parameters` the `fmtp` with lower-case names."""

    payload_type: int
    encoding: str
    clock_rate: int
    channels: int | None
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Media:
    """One `m=` section. `formats` are in the order of the `m=` line; those that nobody explains are left out."""

    kind: str
    formats: tuple[PayloadFormat, ...]
    control: str | None
    direction: str


@dataclass(frozen=True, slots=True)
class SessionDescription:
    """`control` is the session's own, for the aggregate."""

    name: str
    control: str | None
    media: tuple[Media, ...]


@dataclass(slots=True)
class _Section:
    kind: str = ""
    payload_types: list[int] = field(default_factory=list)
    rtpmaps: dict[int, tuple[str, int, int | None]] = field(default_factory=dict)
    parameters: dict[int, dict[str, str]] = field(default_factory=dict)
    control: str | None = None
    direction: str = ""

    def media(self) -> Media:
        formats = []
        for payload_type in self.payload_types:
            known = self.rtpmaps.get(payload_type) or _STATIC.get(payload_type)
            if known:
                encoding, rate, channels = known
                formats.append(
                    PayloadFormat(payload_type, encoding, rate, channels, self.parameters.get(payload_type, {}))
                )
        return Media(self.kind, tuple(formats), self.control, self.direction or "sendrecv")


def parse(body: bytes) -> SessionDescription:
    """Reads a session description. Raises RtspError (PROTOCOL) for what is none, or an absurd one."""
    lines = body.decode("utf-8", "replace").splitlines()
    if len(lines) > MAX_LINES:
        raise _absurd(f"it has more than {MAX_LINES} lines")
    session = _Section()
    sections: list[_Section] = []
    name = ""
    for line in lines:
        kind, equals, value = line.strip().partition("=")
        if not equals or len(kind) != 1:
            continue
        value = value.strip()
        if kind == "m":
            if len(sections) == MAX_MEDIA:
                raise _absurd(f"it has more than {MAX_MEDIA} media sections")
            sections.append(_media_line(value))
        elif kind == "s" and not sections:
            name = printable(value)
        elif kind == "a":
            _attribute(sections[-1] if sections else session, value)
    if not sections:
        raise _absurd("it names no media")
    for section in sections:
        section.direction = section.direction or session.direction
    return SessionDescription(name, session.control, tuple(section.media() for section in sections))


def _media_line(value: str) -> _Section:
    """`m=video 0 RTP/AVP 96 97`."""
    words = value.split()
    if len(words) < 3:
        raise _absurd(f"its media line is incomplete: {printable(value, 60)!r}")
    types = [
        int(word) for word in words[3:] if word.isascii() and word.isdigit() and len(word) <= 3 and int(word) < 128
    ]
    return _Section(kind=words[0].lower(), payload_types=types)


def _attribute(section: _Section, value: str) -> None:
    name, _, text = value.partition(":")
    name, text = name.strip().lower(), text.strip()
    if name in _DIRECTIONS:
        section.direction = name
    elif name == "control":
        section.control = text
    elif name == "rtpmap":
        _rtpmap(section, text)
    elif name == "fmtp":
        _fmtp(section, text)


def _rtpmap(section: _Section, text: str) -> None:
    found = _RTPMAP.fullmatch(text)
    if not found:
        return
    rate = int(found[3])
    if not 0 < rate <= MAX_CLOCK_RATE:
        raise _absurd(f"its clock rate is {rate}")
    channels = int(found[4]) if found[4] else None
    section.rtpmaps[int(found[1])] = (found[2].upper(), rate, channels)


def _fmtp(section: _Section, text: str) -> None:
    payload_type, _, rest = text.partition(" ")
    if not (payload_type.isascii() and payload_type.isdigit() and len(payload_type) <= 3):
        return
    parameters = section.parameters.setdefault(int(payload_type), {})
    for pair in rest.split(";"):
        key, equals, value = pair.strip().partition("=")
        if equals:
            parameters[key.strip().lower()] = value.strip()


def _absurd(why: str) -> Exception:
    return protocol_error("bad_sdp", f"The camera's description of its stream (SDP) can't be used: {why}.")


def base_url(request_url: str, content_base: str | None, content_location: str | None) -> str:
    """What relative control addresses stand on (RFC 2326, appendix C.1.1)."""
    for candidate in (content_base, content_location):
        if candidate and _ABSOLUTE.match(candidate):
            return candidate
    return request_url


def control_url(base: str, control: str | None) -> str:
    """The address of a track (or, with the session's control, of the aggregate).

    Cameras leave out the slash at the end of the base and put queries into it, and mean `base/control` all the same:
    a relative address is appended, not resolved as RFC 3986 would, which would cut the last piece of the path off.
    """
    if not control or control == "*":
        return base
    if _ABSOLUTE.match(control):
        return control
    if control.startswith("/"):
        parts = urlsplit(base)
        return urljoin(f"{parts.scheme}://{parts.netloc}/", control)
    return f"{base}{'' if base.endswith('/') else '/'}{control}"
