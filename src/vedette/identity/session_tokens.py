"""The two tokens of a login session. Pure but for randomness.

The access token is a JWT (RFC 7519), HS256 only, good for minutes; it names the session and the user. The refresh token
is opaque to its owner: the session's id, a nonce, and a MAC that says that we made it. Each use replaces it by one that
is computed from it, so that two requests at once, or a repeated one whose answer was lost, get the same successor. One
that we made and that is no more the newest was stolen, or its successor was.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt

from vedette.core.errors import ErrorKind, VedetteError
from vedette.vault import Vault

ACCESS_S = 10 * 60
_ALGORITHM = "HS256"
_AUDIENCE = "vedette"
_NONCE_BYTES = 16
_MAC_BYTES = 32
_TOKEN_BYTES = 16 + _NONCE_BYTES + _MAC_BYTES
_LONGEST_JWT = 2048
_MOST_READ = 1_000


@dataclass(frozen=True, slots=True)
class Access:
    """What an access token says."""

    user_id: UUID
    session_id: UUID
    expires_s: int


class SessionTokens:
    """Makes and reads both kinds with keys of their own, derived from the installation's, which `key_id` names."""

    def __init__(self, vault: Vault, access_s: int = ACCESS_S) -> None:
        self._access_s = access_s
        self.key_id = vault.deriving_id
        self._access_key = vault.derive("access tokens")
        self._read: OrderedDict[str, Access] = OrderedDict()  # what was found to be ours: it stays so until it ends
        self._refresh_key = vault.derive("refresh tokens")

    def access(self, user_id: UUID, session_id: UUID, now_ms: int) -> str:
        """An access token."""
        issued = now_ms // 1000
        claims = {"aud": _AUDIENCE, "sub": str(user_id), "sid": str(session_id), "iat": issued}
        return jwt.encode({**claims, "exp": issued + self._access_s}, self._access_key, algorithm=_ALGORITHM)

    def read_access(self, token: str, now_ms: int) -> Access:
        """What it says. Raises VedetteError `auth.invalid`, or `auth.expired` by the given clock."""
        access = self._read.get(token)
        if access is None:
            access = self._verified(token)
            self._read[token] = access
            if len(self._read) > _MOST_READ:
                self._read.popitem(last=False)
        if now_ms // 1000 >= access.expires_s:
            raise VedetteError(
                ErrorKind.UNAUTHENTICATED, "auth.expired", "The access token is too old. Get a new one: /auth/refresh."
            )
        return access

    def _verified(self, token: str) -> Access:
        if len(token) > _LONGEST_JWT:
            raise invalid_token()
        # Times are compared below: the library asks the machine's clock.
        options: Any = {"verify_exp": False, "verify_iat": False, "require": ["aud", "sub", "sid", "iat", "exp"]}
        try:
            said = jwt.decode(token, self._access_key, algorithms=[_ALGORITHM], audience=_AUDIENCE, options=options)
            return Access(UUID(said["sub"]), UUID(said["sid"]), int(said["exp"]))
        except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError) as error:
            raise invalid_token() from error

    def first_refresh(self, session_id: UUID) -> str:
        """The refresh token that a session begins with."""
        return self._refresh(session_id, os.urandom(_NONCE_BYTES))

    def next_refresh(self, token: str) -> str:
        """The one that follows a good one."""
        nonce = hmac.digest(self._refresh_key, b"next " + token.encode(), "sha256")[:_NONCE_BYTES]
        return self._refresh(self.session_of(token), nonce)

    def session_of(self, token: str) -> UUID:
        """The session that we made a refresh token for. Raises VedetteError `auth.invalid` for what we did not make."""
        try:
            data = urlsafe_b64decode(token.encode("ascii"))
        except (UnicodeEncodeError, NotBase64, ValueError) as error:
            raise invalid_token() from error
        body, mac = data[:-_MAC_BYTES], data[-_MAC_BYTES:]
        if len(data) != _TOKEN_BYTES or not hmac.compare_digest(mac, self._mac(body)):
            raise invalid_token()
        return UUID(bytes=body[:16])

    def _refresh(self, session_id: UUID, nonce: bytes) -> str:
        body = session_id.bytes + nonce
        return urlsafe_b64encode(body + self._mac(body)).decode()

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._refresh_key, b"made " + body, "sha256")


def hash_of(token: str) -> str:
    """What is kept of a token: it can't be guessed, so that a plain SHA-256 (hex) is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def invalid_token() -> VedetteError:
    """It is not one of ours, or was altered."""
    return VedetteError(ErrorKind.UNAUTHENTICATED, "auth.invalid", "This login is not valid. Log in again.")
