"""Basic (RFC 7617) and Digest (RFC 2617, RFC 7616) authentication as RTSP cameras use them. Pure."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from vedette.media.credentials import Credentials

_SCHEME = re.compile(r"(?:^|,)\s*(Basic|Digest)(?=\s|,|$)", re.IGNORECASE)
_PARAMETER = re.compile(r"([a-zA-Z][\w-]*)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s,\"]+))")
_ESCAPED = re.compile(r"\\(.)")
_HASHES: dict[str, Callable[[bytes], str]] = {
    "md5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
    "sha-256": lambda data: hashlib.sha256(data).hexdigest(),
}
_RANK = {"sha-256": 3, "md5": 2, "basic": 1}


@dataclass(frozen=True, slots=True)
class Challenge:
    """One way to log in that a server offered. `algorithm` is `basic`, `md5` or `sha-256`; `named` is how the server
    wrote it, None where it left it out."""

    algorithm: str
    realm: str = ""
    nonce: str = ""
    opaque: str | None = None
    qop: bool = False
    session: bool = False
    stale: bool = False
    named: str | None = None


def parse_challenges(values: Iterable[str]) -> list[Challenge]:
    """The usable challenges of `WWW-Authenticate` headers, best first. What we can't answer is left out."""
    found: list[Challenge] = []
    for value in values:
        starts = list(_SCHEME.finditer(_blank_quoted(value)))
        for number, start in enumerate(starts):
            end = starts[number + 1].start() if number + 1 < len(starts) else len(value)
            challenge = _challenge(start[1].lower(), value[start.end() : end])
            if challenge:
                found.append(challenge)
    return sorted(found, key=lambda challenge: -_RANK[challenge.algorithm])


def _blank_quoted(value: str) -> str:
    """`value` with the insides of quoted strings blanked, so that a realm can't look like a scheme."""
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"", lambda quoted: '"' + "_" * (len(quoted[0]) - 2) + '"', value)


def _challenge(scheme: str, text: str) -> Challenge | None:
    parameters = {
        name.lower(): _ESCAPED.sub(r"\1", quoted) if quoted else bare for name, quoted, bare in _PARAMETER.findall(text)
    }
    realm = parameters.get("realm", "")
    if scheme == "basic":
        return Challenge("basic", realm)
    algorithm = parameters.get("algorithm", "MD5").lower()
    session = algorithm.endswith("-sess")
    algorithm = algorithm.removesuffix("-sess")
    offered = [token.strip().lower() for token in parameters.get("qop", "").split(",") if token.strip()]
    if algorithm not in _HASHES or "nonce" not in parameters or (offered and "auth" not in offered):
        return None
    return Challenge(
        algorithm,
        realm,
        parameters["nonce"],
        parameters.get("opaque"),
        qop=bool(offered),
        session=session,
        stale=parameters.get("stale", "").lower() == "true",
        named=parameters.get("algorithm"),
    )


@dataclass(slots=True)
class Authenticator:
    """Answers challenges with one pair of credentials, for the life of a connection.

    `new_cnonce` gives a fresh client nonce."""

    credentials: Credentials
    new_cnonce: Callable[[], str]
    _challenge: Challenge | None = field(default=None, init=False)
    _count: int = field(default=0, init=False)

    def accept(self, challenges: list[Challenge]) -> bool:
        """Takes the best challenge for the requests that follow; false when none can be answered."""
        self._challenge = challenges[0] if challenges else None
        self._count = 0
        return self._challenge is not None

    def authorization(self, method: str, url: str) -> str | None:
        """The `Authorization` value for a request, None before the first challenge."""
        challenge = self._challenge
        if challenge is None:
            return None
        if challenge.algorithm == "basic":
            pair = f"{self.credentials.username}:{self.credentials.password}".encode()
            return f"Basic {base64.b64encode(pair).decode()}"
        return self._digest(challenge, method, url)

    def _digest(self, challenge: Challenge, method: str, url: str) -> str:
        """RFC 7616, section 3.4; without `qop` as RFC 2069 wrote it, which most cameras still ask for."""
        digest = _HASHES[challenge.algorithm]
        cnonce = self.new_cnonce() if challenge.qop or challenge.session else ""
        secret = digest(f"{self.credentials.username}:{challenge.realm}:{self.credentials.password}".encode())
        if challenge.session:
            secret = digest(f"{secret}:{challenge.nonce}:{cnonce}".encode())
        request = digest(f"{method}:{url}".encode())
        parts = {
            "username": self.credentials.username,
            "realm": challenge.realm,
            "nonce": challenge.nonce,
            "uri": url,
        }
        if challenge.qop:
            self._count += 1
            count = f"{self._count:08x}"
            response = digest(f"{secret}:{challenge.nonce}:{count}:{cnonce}:auth:{request}".encode())
        else:
            response = digest(f"{secret}:{challenge.nonce}:{request}".encode())
        parts["response"] = response
        if challenge.opaque is not None:
            parts["opaque"] = challenge.opaque
        text = ", ".join(f'{name}="{_quote(value)}"' for name, value in parts.items())
        if challenge.named:  # cameras that know only RFC 2069 stumble over an algorithm they did not name
            text += f", algorithm={challenge.named}"
        if challenge.qop:
            text += f', qop=auth, nc={count}, cnonce="{cnonce}"'
        elif challenge.session:
            text += f', cnonce="{cnonce}"'
        return f"Digest {text}"


def _quote(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
