"""Who comes by RTSP: with an API token as the password, by Digest, or by Basic where nobody can read along.

Why not with a person's own password stands in docs/decisions/rtsp-login.md. A wrong login is counted and makes its
address wait as at the login page; a good token is let in even then, for it can't be guessed.
"""

import base64
import binascii
from collections import OrderedDict
from typing import Final

from vedette.access.principal import CallerKind, Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.db.session import Database
from vedette.identity import attempts
from vedette.identity.api_tokens.digest import REALM
from vedette.identity.api_tokens.way_in import TokenWayIn
from vedette.identity.authority import AccessAuthority, Credential
from vedette.media.rtsp_server.digest import Algorithm, Answer, challenge

USE: Final = "RTSP /{camera}"
_LABEL: Final = "rtsp:"  # no user is called so
_MOST_WAITING: Final = 1_000
_HOW: Final = (
    "The password is an API token with live.view, the user name its first ten characters. Tokens are made in Vedette "
    "under your profile."
)


class RtspLogin:
    """One per process."""

    def __init__(self, tokens: TokenWayIn, authority: AccessAuthority, database: Database, clock: Clock) -> None:
        self._tokens = tokens
        self._authority = authority
        self._database = database
        self._clock = clock
        self._until: OrderedDict[str, int] = OrderedDict()

    def challenges(self, nonce: str, *, private: bool, stale: bool = False) -> list[str]:
        """Values of `WWW-Authenticate`, the best last: many clients take the last one that they know, and those know
        MD5 only."""
        basic = [f'Basic realm="{REALM}"'] if private else []
        algorithms = (Algorithm.SHA256, Algorithm.MD5)
        return [*basic, *(challenge(algorithm, REALM, nonce, stale=stale) for algorithm in algorithms)]

    async def caller(self, header: str, method: str, nonce: str, address: str, *, private: bool) -> Principal:
        """Who sends this `Authorization`. `private`: by TLS or on this machine.

        Raises VedetteError `auth.needed` without one, `auth.stale` for another nonce, `auth.failed` for a wrong one,
        `auth.clear` for Basic where others could read it, `auth.expired`, `token.address`.
        """
        if not header:
            raise VedetteError(ErrorKind.UNAUTHENTICATED, "auth.needed", f"Log in first. {_HOW}")
        try:
            credential = await self._credential(header, method, nonce, address, private)
        except VedetteError as error:
            if error.code == "auth.invalid":
                await self._count(header, address)
                raise VedetteError(ErrorKind.UNAUTHENTICATED, "auth.failed", f"The login is wrong. {_HOW}") from error
            raise
        return await self._authority.admitted(credential, address)

    async def _credential(self, header: str, method: str, nonce: str, address: str, private: bool) -> Credential:
        if header.partition(" ")[0].lower() == "basic":
            if not private:
                text = "The token would be sent in clear. Log in by Digest, or use rtsps."
                raise VedetteError(ErrorKind.UNAUTHENTICATED, "auth.clear", text)
            return await self._tokens.by_secret(_basic(header)[1], address, USE)
        answer = Answer.of(header)
        if answer is None:
            raise VedetteError(ErrorKind.UNAUTHENTICATED, "auth.invalid", "This way to log in is not known.")
        if answer.nonce != nonce:
            raise VedetteError(ErrorKind.UNAUTHENTICATED, "auth.stale", "The login was for another connection.")
        return await self._tokens.by_digest(answer, method, address, USE)

    async def _count(self, header: str, address: str) -> None:
        now_ms = self._clock.now_ms()
        if now_ms < self._until.get(address, 0):
            return  # it has to wait anyway
        answer = Answer.of(header)
        name = (answer.username if answer else _basic(header)[0])[:100]
        async with self._database.write() as session:
            attempt = await attempts.begin_from(session, now_ms, _LABEL, address)
            outcome = attempts.LOCKED if attempt.locked else attempts.PASSWORD
            if not attempt.locked:
                await attempts.finish(session, attempt, outcome)
            caller = Principal(CallerKind.NOBODY, name, address=address)
            result = "denied" if attempt.locked else "failed"
            entry = Entry("auth.login", result, "api_token", None, name, detail=f"rtsp {outcome}")
            await record(session, now_ms, caller, entry)
        self._until[address] = attempt.next_ms
        self._until.move_to_end(address)
        if len(self._until) > _MOST_WAITING:
            self._until.popitem(last=False)


def _basic(header: str) -> tuple[str, str]:
    """User name and password (RFC 7617); empty for what is none."""
    scheme, _, text = header.strip().partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(text.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return name, password
