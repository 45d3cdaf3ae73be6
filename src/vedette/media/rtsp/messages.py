"""RTSP 1.0 messages (RFC 2326): requests are written, responses and the server's own requests are read.

Pure: bytes in, values out. Everything that is read has a limit, because the other side may be anything.
"""

import re
from dataclasses import dataclass

from vedette.media.rtsp.errors import protocol_error

MAX_HEADER_BYTES = 64 * 1024
MAX_HEADER_LINES = 256
MAX_BODY_BYTES = 256 * 1024
USER_AGENT = "Vedette"

_RESPONSE_LINE = re.compile(rb"RTSP/1\.\d (\d{3})(?: (.*))?")
_REQUEST_LINE = re.compile(rb"([A-Z_]{3,16}) (\S+) RTSP/1\.\d")
_PRINTABLE = re.compile(r"[^\x20-\x7e]")


class Headers:
    """Header fields in order; names are compared without case (RFC 2326, section 4.2)."""

    __slots__ = ("_fields",)

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self._fields = fields

    def get(self, name: str) -> str | None:
        """The first value of `name`."""
        name = name.lower()
        return next((value for key, value in self._fields if key == name), None)

    def all(self, name: str) -> list[str]:
        """Every value of `name`, in order."""
        name = name.lower()
        return [value for key, value in self._fields if key == name]


@dataclass(frozen=True, slots=True)
class Response:
    """`cseq` is None where the server left it out or wrote nonsense: some cameras do."""

    status: int
    reason: str
    headers: Headers
    body: bytes = b""

    @property
    def cseq(self) -> int | None:
        return _cseq(self.headers)


@dataclass(frozen=True, slots=True)
class ServerRequest:
    """A request that the server sends to us (RFC 2326, section 10: OPTIONS, ANNOUNCE, GET_PARAMETER, REDIRECT ...)."""

    method: str
    url: str
    headers: Headers
    body: bytes = b""

    @property
    def cseq(self) -> int | None:
        return _cseq(self.headers)


Message = Response | ServerRequest


def _cseq(headers: Headers) -> int | None:
    text = (headers.get("cseq") or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def printable(text: str, limit: int = 120) -> str:
    """`text` from the other side, made fit for a message to a person."""
    return _PRINTABLE.sub("?", text[:limit])


def read_message(data: bytes, offset: int) -> tuple[Message | None, int]:
    """The message that begins at `offset` and the offset behind it, or None and `offset` while bytes are missing.

    Raises RtspError (PROTOCOL) when a limit is passed or it is no RTSP message.
    """
    head_end, body_start = _header_end(data, offset)
    if head_end < 0:
        return None, offset
    lines = data[offset:head_end].splitlines() or [b""]
    if len(lines) > MAX_HEADER_LINES:
        raise protocol_error("header_too_long", f"The camera sent a header of more than {MAX_HEADER_LINES} lines.")
    headers = _headers(lines[1:])
    length = _content_length(headers)
    end = body_start + length
    if end > len(data):
        return None, offset
    return _message(lines[0], headers, data[body_start:end]), end


def _header_end(data: bytes, offset: int) -> tuple[int, int]:
    """Where the header ends and where the body starts; (-1, -1) while the blank line has not come."""
    limit = offset + MAX_HEADER_BYTES
    crlf = data.find(b"\r\n\r\n", offset, limit)
    bare = data.find(b"\n\n", offset, limit if crlf < 0 else crlf)  # written by a few cameras
    if bare >= 0:
        return bare, bare + 2
    if crlf >= 0:
        return crlf, crlf + 4
    if len(data) >= limit:
        raise protocol_error(
            "header_too_long", f"The camera sent an RTSP header of more than {MAX_HEADER_BYTES // 1024} KiB."
        )
    return -1, -1


def _headers(lines: list[bytes]) -> Headers:
    fields: list[tuple[str, str]] = []
    for line in lines:
        text = line.decode("utf-8", "replace")
        if text[:1] in (" ", "\t") and fields:  # folded line
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {text.strip()}")
            continue
        name, colon, value = text.partition(":")
        if colon:
            fields.append((name.strip().lower(), value.strip()))
    return Headers(fields)


def _content_length(headers: Headers) -> int:
    text = headers.get("content-length")
    if text is None:
        return 0
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > MAX_BODY_BYTES:
        raise protocol_error(
            "body_too_long",
            f"The camera announced a body of {printable(text, 24)} bytes; the limit is {MAX_BODY_BYTES // 1024} KiB.",
        )
    return int(text)


def _message(first: bytes, headers: Headers, body: bytes) -> Message:
    if found := _RESPONSE_LINE.fullmatch(first.rstrip()):
        return Response(int(found[1]), (found[2] or b"").decode("utf-8", "replace"), headers, body)
    if found := _REQUEST_LINE.fullmatch(first.rstrip()):
        return ServerRequest(found[1].decode(), found[2].decode("utf-8", "replace"), headers, body)
    raise protocol_error(
        "not_rtsp", f"The camera sent what is no RTSP message: {printable(first.decode('latin-1'), 60)!r}."
    )


def write_request(method: str, url: str, cseq: int, headers: list[tuple[str, str]]) -> bytes:
    """A request without body. `url` and the values come from SDP and headers too, so line breaks are refused here."""
    lines = [f"{method} {url} RTSP/1.0", f"CSeq: {cseq}", f"User-Agent: {USER_AGENT}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if any("\r" in line or "\n" in line for line in lines) or " " in url:
        raise protocol_error("bad_url", "The camera named an address with spaces or line breaks in it.")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def write_response(request: ServerRequest, status: int, reason: str) -> bytes:
    """The answer to a request of the server."""
    cseq = f"CSeq: {request.cseq}\r\n" if request.cseq is not None else ""
    return f"RTSP/1.0 {status} {reason}\r\n{cseq}User-Agent: {USER_AGENT}\r\n\r\n".encode()
