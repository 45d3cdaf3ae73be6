"""RTSP requests as a server reads them, and its answers (RFC 2326): of the re-stream and of the simulated cameras.
Deliberately not the client's code: the two must not share a misunderstanding."""

from dataclasses import dataclass, field

MAX_REQUEST = 64 * 1024
MAX_LINES = 128

REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    451: "Parameter Not Understood",
    453: "Not Enough Bandwidth",
    454: "Session Not Found",
    455: "Method Not Valid in This State",
    459: "Aggregate Operation Not Allowed",
    461: "Unsupported Transport",
    500: "Internal Server Error",
    503: "Service Unavailable",
    551: "Option Not Supported",
}


@dataclass(frozen=True, slots=True)
class Request:
    """`headers` have lower-case names."""

    method: str
    uri: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass(slots=True)
class Response:
    """An answer without its CSeq, which the connection adds. A list in `headers` is one line for each."""

    status: int
    headers: dict[str, str | list[str]] = field(default_factory=dict)
    body: bytes = b""

    def encode(self, sequence: str, server: str) -> bytes:
        """The bytes on the wire. `server` is what names itself so."""
        headers = {"CSeq": sequence, "Server": server, **self.headers}
        if self.body:
            headers["Content-Length"] = str(len(self.body))
        lines = [f"RTSP/1.0 {self.status} {REASONS[self.status]}"]
        for name, value in headers.items():
            lines += [f"{name}: {one}" for one in ([value] if isinstance(value, str) else value)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + self.body


class RequestReader:
    """Takes bytes as they come, gives whole requests; interleaved packets from the client (RTCP RR) are passed over.
    A head, and a body, may have `largest` bytes."""

    def __init__(self, largest: int = MAX_REQUEST) -> None:
        self._buffer = bytearray()
        self._largest = largest
        self.rtcp_packets = 0

    def feed(self, data: bytes) -> list[Request]:
        """Raises ValueError when the client does not speak RTSP."""
        self._buffer += data
        requests = []
        while self._buffer:
            if self._buffer[0] == 0x24:
                end = 4 + int.from_bytes(self._buffer[2:4], "big")
                if len(self._buffer) < max(4, end):
                    break
                self.rtcp_packets += 1
                del self._buffer[:end]
                continue
            request, size = self._request()
            if size == 0:
                break
            del self._buffer[:size]
            if request:
                requests.append(request)
        return requests

    def _request(self) -> tuple[Request | None, int]:
        if self._buffer.startswith(b"\r\n"):
            return None, 2  # some clients end their bodies with an empty line
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > self._largest:
                raise ValueError("request without an end")
            return None, 0
        if end > self._largest:
            raise ValueError("request too long")
        first, *lines = self._buffer[:end].decode(errors="replace").split("\r\n")
        if len(lines) > MAX_LINES:
            raise ValueError("request with too many lines")
        words = first.split()
        if len(words) != 3 or not words[2].startswith("RTSP/"):
            raise ValueError("not an RTSP request")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        length = int(headers.get("content-length", "0"))
        size = end + 4 + length
        if not 0 <= length <= self._largest:
            raise ValueError("request body too long")
        if len(self._buffer) < size:
            return None, 0
        return Request(words[0].upper(), words[1], headers, bytes(self._buffer[end + 4 : size])), size
