"""The offer of a WHEP player (SDP, RFC 8866 and 8829), as far as a sender needs it. Pure; made for bad input."""

import re
from dataclasses import dataclass, field
from typing import Final

from vedette.core.errors import VedetteError, invalid

MAX_OFFER: Final = 64 * 1024
_MAX_LINES: Final = 2_000
_MAX_MEDIA: Final = 32
_MAX_CANDIDATES: Final = 32

_TOKEN: Final = re.compile(r"[!-~]{1,64}")
_UFRAG: Final = re.compile(r"[A-Za-z0-9+/]{4,256}")
_PWD: Final = re.compile(r"[A-Za-z0-9+/]{22,256}")
_FINGERPRINT: Final = re.compile(r"(sha-256|sha-384|sha-512) ([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31,63})")
_PROFILES: Final = frozenset({"UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "RTP/SAVPF"})


@dataclass(slots=True)
class Format:
    """One payload type of a section."""

    payload_type: int
    name: str = ""  # lower case
    rate: int = 0
    channels: int = 1
    parameters: dict[str, str] = field(default_factory=dict)
    feedback: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Ice:
    """Of a section or of the whole session: `setup` is the offerer's DTLS role."""

    ufrag: str = ""
    pwd: str = ""
    setup: str = ""
    fingerprints: list[tuple[str, str]] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """One `m=` section. `formats` in the order of preference."""

    kind: str
    profile: str
    wanted: tuple[str, ...]
    mid: str = ""
    direction: str = "sendrecv"
    refused: bool = False
    mux: bool = False
    formats: dict[int, Format] = field(default_factory=dict)
    ice: Ice = field(default_factory=Ice)

    @property
    def receives(self) -> bool:
        """Whether something can be sent for it."""
        return (
            not self.refused and self.mux and self.profile in _PROFILES and self.direction in ("recvonly", "sendrecv")
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """`bundle` are the mids that share one transport."""

    sections: tuple[Section, ...]
    bundle: tuple[str, ...]
    session: Ice

    def ice_of(self, section: Section) -> Ice:
        """The transport of a section: what it does not say itself the session says."""
        own, session = section.ice, self.session
        return Ice(
            own.ufrag or session.ufrag,
            own.pwd or session.pwd,
            own.setup or session.setup or "actpass",
            own.fingerprints or session.fingerprints,
            own.candidates or session.candidates,
        )


def parse_offer(text: str) -> Offer:
    """Raises VedetteError `whep.bad_offer`, with the reason."""
    if len(text) > MAX_OFFER:
        raise bad_offer(f"is longer than {MAX_OFFER // 1024} KB")
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if len(lines) > _MAX_LINES:
        raise bad_offer(f"has more than {_MAX_LINES} lines")
    if lines[0] != "v=0":
        raise bad_offer("does not begin with v=0")
    sections: list[Section] = []
    session = Ice()
    bundle: tuple[str, ...] = ()
    for line in lines[1:]:
        if len(line) < 2 or line[1] != "=":
            raise bad_offer("has a line that is not SDP")
        kind, value = line[0], line[2:].strip()
        if kind == "m":
            if len(sections) >= _MAX_MEDIA:
                raise bad_offer(f"has more than {_MAX_MEDIA} media sections")
            sections.append(_section(value))
        elif kind == "a":
            name, _, rest = value.partition(":")
            _ice(sections[-1].ice if sections else session, name, rest)
            if sections:
                _attribute(sections[-1], name, rest)
            elif name == "group" and rest.startswith("BUNDLE ") and not bundle:
                bundle = tuple(rest.split()[1:])
    mids = [section.mid for section in sections]
    if len(set(mids)) != len(mids):
        raise bad_offer("names two media sections alike (a=mid)")
    return Offer(tuple(sections), bundle, session)


def bad_offer(reason: str) -> VedetteError:
    """An offer that can't be answered."""
    return invalid("whep.bad_offer", f"The offer {reason}. Send the SDP offer of an RTCPeerConnection.")


def _section(value: str) -> Section:
    words = value.split()
    if len(words) < 4 or not words[1].split("/")[0].isdigit():
        raise bad_offer("has a media section without kind, port, protocol and format")
    kind, port, profile, *wanted = words
    return Section(kind, profile, tuple(wanted[:128]), refused=int(port.split("/")[0][:6]) == 0)


def _ice(ice: Ice, name: str, value: str) -> None:
    if name == "ice-ufrag" and _UFRAG.fullmatch(value):
        ice.ufrag = value
    elif name == "ice-pwd" and _PWD.fullmatch(value):
        ice.pwd = value
    elif name == "setup" and value in ("actpass", "active", "passive"):
        ice.setup = value
    elif name == "fingerprint" and (found := _FINGERPRINT.fullmatch(value)) and len(ice.fingerprints) < 4:
        ice.fingerprints.append((found[1], found[2].upper()))
    elif name == "candidate" and len(ice.candidates) < _MAX_CANDIDATES:
        ice.candidates.append(value)


def _attribute(section: Section, name: str, value: str) -> None:
    if name in ("sendrecv", "recvonly", "sendonly", "inactive") and not value:
        section.direction = name
    elif name == "rtcp-mux":
        section.mux = True
    elif name == "mid":
        if not _TOKEN.fullmatch(value):
            raise bad_offer("has a media section with an impossible name (a=mid)")
        section.mid = value
    elif name in ("rtpmap", "fmtp", "rtcp-fb"):
        word, _, rest = value.partition(" ")
        if word in section.wanted and word.isdigit() and int(word) < 128:
            _format(section.formats.setdefault(int(word), Format(int(word))), name, rest.strip())


def _format(form: Format, name: str, value: str) -> None:
    if name == "rtpmap":
        encoding, _, rest = value.partition("/")
        rate, _, channels = rest.partition("/")
        if rate.isdigit():
            form.name, form.rate = encoding.lower(), int(rate[:9])
            form.channels = int(channels[:3]) if channels.isdigit() else 1
    elif name == "fmtp":
        for part in value.split(";"):
            key, _, given = part.strip().partition("=")
            form.parameters[key.lower()] = given
    else:
        form.feedback.add(value)
