"""A login on its way: what the browser keeps of it while the person is at the provider. Pure but for randomness.

It is in a cookie, sealed with the installation's key: nothing is stored here for whoever only looks at the login page.
The cookie is what binds the way back to the browser that began (a login that somebody else began elsewhere is not
finished here: login CSRF), and it says which provider was asked (mix-up), and with what.
"""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from vedette.core.errors import ErrorKind, VedetteError
from vedette.identity.oidc.discovery import Metadata
from vedette.vault import Vault

LIFETIME_MS = 10 * 60_000
LONGEST_NEXT = 1000
_LONGEST_COOKIE = 8000
_KIND, _FIELD = "oidc", "login"
_OURS = UUID(int=0)  # the cookie belongs to no row


@dataclass(frozen=True, slots=True)
class Begun:
    """A login that began. With `user_id` it is an account's link that is to be made, by the session that asked."""

    provider_id: UUID
    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    next: str
    expires_ms: int
    user_id: UUID | None = None
    session_id: UUID | None = None


def begin(
    provider_id: UUID,
    redirect_uri: str,
    wanted: str | None,
    now_ms: int,
    *,
    user_id: UUID | None = None,
    session_id: UUID | None = None,
) -> Begun:
    """A fresh one, with 256 random bits in each of its secrets (RFC 7636, section 7.1)."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    page, until = safe_next(wanted), now_ms + LIFETIME_MS
    return Begun(provider_id, state, nonce, verifier, redirect_uri, page, until, user_id, session_id)


def seal(begun: Begun, vault: Vault) -> str:
    """For the cookie."""
    told = {name: str(value) if isinstance(value, UUID) else value for name, value in asdict(begun).items()}
    return vault.seal(_OURS, _FIELD, json.dumps(told), kind=_KIND)


def unseal(cookie: str | None, vault: Vault, provider_id: UUID, state: str, now_ms: int) -> Begun:
    """The login that this answer belongs to. Raises VedetteError `oidc.state` when it is none of this browser's."""
    try:
        if not cookie or len(cookie) > _LONGEST_COOKIE:
            raise ValueError
        told = json.loads(vault.open_sealed(_OURS, _FIELD, cookie, kind=_KIND))
        for name in ("provider_id", "user_id", "session_id"):
            told[name] = UUID(told[name]) if told[name] else None
        begun = Begun(**told)
    except (VedetteError, ValueError, TypeError, KeyError) as error:
        raise _not_begun_here() from error
    same = hmac.compare_digest(begun.state.encode(), state.encode())
    if not same or begun.provider_id != provider_id or now_ms >= begun.expires_ms:
        raise _not_begun_here()
    return begun


def _not_begun_here() -> VedetteError:
    return VedetteError(
        ErrorKind.UNAUTHENTICATED,
        "oidc.state",
        "This login did not begin in this browser, or it took longer than ten minutes, or it was finished already. "
        "Log in again.",
    )


def state_hash(state: str) -> str:
    """What is kept of a login that is over."""
    return hashlib.sha256(state.encode()).hexdigest()


def authorization_url(metadata: Metadata, client_id: str, scopes: str, begun: Begun, acr: str = "") -> str:
    """Where the browser is sent (OpenID Connect Core, section 3.1.2.1; PKCE: RFC 7636)."""
    challenge = urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": begun.redirect_uri,
        "scope": scopes,
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if acr:
        asked["acr_values"] = acr
    endpoint = metadata.authorization_endpoint
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"


def safe_next(wanted: str | None) -> str:
    """The page to go to afterwards, when it is one of ours; else the first one. Browsers take `//host`, `/\\host` and
    tabs in between for other sites."""
    if not wanted or len(wanted) > LONGEST_NEXT or not wanted.startswith("/") or wanted.startswith("//"):
        return "/"
    if "\\" in wanted or any(not character.isprintable() for character in wanted):
        return "/"
    parts = urlsplit(wanted)
    return "/" if parts.scheme or parts.netloc or parts.path.startswith("/api/") else wanted


def check_issuer(metadata: Metadata, said: str | None) -> None:
    """That the answer comes from the provider that was asked (RFC 9207). Raises VedetteError `oidc.mix_up`."""
    if said is None and not metadata.names_itself:
        return
    if said != metadata.issuer:
        raise VedetteError(
            ErrorKind.UNAUTHENTICATED,
            "oidc.mix_up",
            "The answer is not from the provider that was asked. Log in again, and tell your administrator.",
        )
