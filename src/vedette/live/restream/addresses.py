"""The addresses of re-streams: `rtsp://host/{camera}` and `rtsp://host/{camera}/sub`, and their tracks. Pure.

A quality is asked for as everywhere (`?quality=720p`), or in the way that HLS names it (`/{camera}/main-720p`), which
is how the answers do: clients put the names of tracks behind what they are told.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

from vedette.media.rtsp_server.description import TRACK

KINDS: Final = ("main", "sub")
_MAX_ADDRESS: Final = 2048
_TRACK = re.compile(rf"{re.escape(TRACK)}(\d{{1,3}})", re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9.:\[\]_-]{1,300}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request is about. `quality` is what was written, empty for the stream as it is; `base` is the stream's own
    address, with the host as the client wrote it and without a login."""

    camera: str
    kind: str
    quality: str
    track: int | None
    base: str


def asked(uri: str) -> Asked | None:
    """None for what can't be an address of a stream; `*` is none."""
    if len(uri) > _MAX_ADDRESS:
        return None
    try:
        parts = urlsplit(uri)
        # Clients that don't mind what they are told put the name of a track behind the query.
        query, _, after = parts.query.partition("/")
        wanted = parse_qs(query, max_num_fields=20).get("quality", [""])[-1]
    except ValueError:
        return None
    pieces = [unquote(piece) for piece in (*parts.path.split("/"), *after.split("/")) if piece]
    track = None
    if pieces and (found := _TRACK.fullmatch(pieces[-1])):
        track = int(found[1])
        pieces.pop()
    if not 1 <= len(pieces) <= 2:
        return None
    kind, _, quality = (pieces[1] if len(pieces) == 2 else "main").partition("-")
    host = parts.netloc.rpartition("@")[2]
    if kind not in KINDS or parts.scheme.lower() not in ("rtsp", "rtsps") or not _HOST.fullmatch(host):
        return None
    quality = quality or wanted
    own = [piece for piece in parts.path.split("/") if piece][:1]
    if quality or len(pieces) == 2:
        own.append(f"{kind}-{quote(quality, safe='')}" if quality else kind)
    return Asked(pieces[0], kind, quality, track, f"{parts.scheme.lower()}://{host}/{'/'.join(own)}/")


@dataclass(frozen=True, slots=True)
class Transport:
    """What SETUP asks for: interleaved channels, None where the server is to choose."""

    channel: int | None


_INTERLEAVED = re.compile(r"interleaved\s*=\s*(\d{1,3})(?:\s*-\s*(\d{1,3}))?", re.IGNORECASE)


def transport_of(header: str) -> Transport | None:
    """The first of the offers that is possible: RTP over the RTSP connection, to be played. None where none is."""
    for offer in header.split(","):
        words = [word.strip() for word in offer.split(";")]
        if words[0].upper() != "RTP/AVP/TCP" or any(
            word.lower().replace('"', "").replace(" ", "") == "mode=record" for word in words
        ):
            continue
        found = _INTERLEAVED.search(offer)
        if found is None:
            return Transport(None)
        if int(found[1]) <= 254:
            return Transport(int(found[1]))
    return None
