"""RTSP requests as the simulated camera reads them, and its answers (RFC 2326). Deliberately not the product's client
code: the two must not share a misunderstanding."""

import base64
import hashlib
import re
from dataclasses import dataclass, field

MAX_REQUEST = 64 * 1024
_PAIR = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')

REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    451: "Parameter Not Understood",
    455: "Method Not Valid in This State",
    461: "Unsupported Transport",
    500: "Internal Server Error",
    503: "Service Unavailable",
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
    """An answer without its CSeq, which the connection adds."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def encode(self, sequence: str) -> bytes:
        """The bytes on the wire."""
        headers = {"CSeq": sequence, "Server": "Vedette simulated camera", **self.headers}
        if self.body:
            headers["Content-Length"] = str(len(self.body))
        head = f"RTSP/1.0 {self.status} {REASONS[self.status]}\r\n"
        return (head + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n").encode() + self.body


class RequestReader:
    """Takes bytes as they come, gives whole requests; interleaved packets from the client (RTCP RR) are passed over."""

    def __init__(self) -> None:
        self._buffer = bytearray()
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
            if len(self._buffer) > MAX_REQUEST:
                raise ValueError("request without an end")
            return None, 0
        first, *lines = self._buffer[:end].decode(errors="replace").split("\r\n")
        words = first.split()
        if len(words) != 3 or not words[2].startswith("RTSP/"):
            raise ValueError("not an RTSP request")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        length = int(headers.get("content-length", "0"))
        size = end + 4 + length
        if not 0 <= length <= MAX_REQUEST:
            raise ValueError("request body too long")
        if len(self._buffer) < size:
            return None, 0
        return Request(words[0].upper(), words[1], headers, bytes(self._buffer[end + 4 : size])), size


@dataclass(frozen=True, slots=True)
class Gatekeeper:
    """Basic and Digest authentication (RFC 7617, RFC 7616) of one connection, which has its own nonce."""

    user: str
    password: str
    schemes: tuple[str, ...]  # of faults.AUTH_SCHEMES, in the order in which they are offered
    nonce: str
    realm: str = "Vedette simulator"

    def challenge(self) -> Response:
        """401 with what would be accepted, one header per scheme: joined by the connection's encoder."""
        offers = {
            "basic": f'Basic realm="{self.realm}"',
            "digest": f'Digest realm="{self.realm}", nonce="{self.nonce}", algorithm=MD5',
            "sha256": f'Digest realm="{self.realm}", nonce="{self.nonce}", algorithm=SHA-256, qop="auth"',
        }
        return Response(401, {"WWW-Authenticate": "\r\nWWW-Authenticate: ".join(offers[name] for name in self.schemes)})

    def admits(self, request: Request) -> bool:
        """Whether the request carries the right credentials."""
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic" and "basic" in self.schemes:
            return rest.strip() == base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        if scheme.lower() != "digest":
            return False
        given = {found[1].lower(): found[2] or found[3] or "" for found in _PAIR.finditer(rest)}
        name = "sha256" if given.get("algorithm", "MD5").upper() == "SHA-256" else "digest"
        if name not in self.schemes or given.get("nonce") != self.nonce or given.get("username") != self.user:
            return False
        return given.get("response") == self._digest(name, request.method, given)

    def _digest(self, scheme: str, method: str, given: dict[str, str]) -> str:
        def hashed(text: str) -> str:
            algorithm = hashlib.sha256 if scheme == "sha256" else hashlib.md5
            return algorithm(text.encode(), usedforsecurity=False).hexdigest()

        secret = hashed(f"{self.user}:{self.realm}:{self.password}")
        action = hashed(f"{method}:{given.get('uri', '')}")
        if "qop" in given:
            middle = ":".join((self.nonce, given.get("nc", ""), given.get("cnonce", ""), given["qop"]))
            return hashed(f"{secret}:{middle}:{action}")
        return hashed(f"{secret}:{self.nonce}:{action}")
