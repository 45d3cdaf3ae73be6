"""Digest authentication as a server of RTSP checks it (RFC 2617, RFC 7616). Pure.

What a server has to keep is HA1, the hash of user name, realm and password: it lets in by Digest in this realm, and
says nothing of a password that can't be guessed.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

_PAIR = re.compile(r'([a-zA-Z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_ESCAPED = re.compile(r"\\(.)")


class Algorithm(StrEnum):
    """How it is hashed. MD5 is all that many players and recorders know."""

    MD5 = "MD5"
    SHA256 = "SHA-256"

    def digest(self, text: str) -> str:
        """In lower-case hex."""
        if self is Algorithm.MD5:
            return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
        return hashlib.sha256(text.encode()).hexdigest()


def ha1(algorithm: Algorithm, username: str, realm: str, password: str) -> str:
    """What a password is checked by."""
    return algorithm.digest(f"{username}:{realm}:{password}")


def challenge(algorithm: Algorithm, realm: str, nonce: str, *, stale: bool = False) -> str:
    """The value of a `WWW-Authenticate` header. MD5 is asked for as RFC 2069 wrote it: those who know nothing better
    know no `qop` either. `stale`: only the nonce was too old."""
    text = f'Digest realm="{realm}", nonce="{nonce}", algorithm={algorithm.value}'
    if algorithm is Algorithm.SHA256:
        text += ', qop="auth"'
    return text + (", stale=true" if stale else "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a client sent in `Authorization`."""

    algorithm: Algorithm
    username: str
    nonce: str
    uri: str
    response: str
    qop: str = ""
    nc: str = ""
    cnonce: str = ""

    @staticmethod
    def of(header: str) -> "Answer | None":
        """None for what is no Digest, or one of another algorithm."""
        scheme, _, rest = header.strip().partition(" ")
        if scheme.lower() != "digest":
            return None
        given = {
            name.lower(): _ESCAPED.sub(r"\1", quoted) if quoted else bare for name, quoted, bare in _PAIR.findall(rest)
        }
        try:
            algorithm = Algorithm(given.get("algorithm", "MD5").upper())
        except ValueError:
            return None
        return Answer(
            algorithm,
            *(given.get(name, "") for name in ("username", "nonce", "uri", "response", "qop", "nc", "cnonce")),
        )

    def proves(self, method: str, secret: str) -> bool:
        """Whether who sent it knows the password that `secret`, its HA1, was made of. The address it was made for is
        the one that the client says: proxies and players write it in ways of their own."""
        digest = self.algorithm.digest
        request = digest(f"{method}:{self.uri}")
        middle = f"{self.nonce}:{self.nc}:{self.cnonce}:{self.qop}" if self.qop else self.nonce
        expected = digest(f"{secret}:{middle}:{request}")
        return hmac.compare_digest(expected.encode(), self.response.lower().encode())
