"""What must hold for an ID token (OpenID Connect Core 1.0, section 3.1.3.7). Pure; the signature is PyJWT's work."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from vedette.core.errors import ErrorKind, VedetteError

# Signatures with a key pair. `none` is no signature; with HS256 the "key" would be what everybody can read.
KEY_TYPES = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
    "EdDSA": "OKP",
}
LEEWAY_S = 60
_SHORTEST_RSA = 2048
_LONGEST_TOKEN = 100_000
_LONGEST_SUBJECT = 255
_MOST_TRIED = 10


class UnknownKeyError(Exception):
    """The token names a key that is not among the given ones: there may be new ones."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token must say."""

    issuer: str
    client_id: str
    nonce: str


def verify(token: str, keys: Sequence[Mapping[str, Any]], expected: Expected, now_s: int) -> dict[str, Any]:
    """The claims of a good token. Raises VedetteError `oidc.token_invalid` that says what is wrong with it, and
    UnknownKeyError."""
    claims = signed_claims(token, keys)
    check_claims(claims, expected, now_s)
    return claims


def signed_claims(token: str, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The claims of a token that one of the keys has signed; raises as `verify`."""
    if len(token) > _LONGEST_TOKEN:
        raise token_invalid("it is too long")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError as error:
        raise token_invalid("it is not a signed token") from error
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in KEY_TYPES:
        raise token_invalid(f"it is signed with {str(algorithm)[:20]}, which is not accepted")
    candidates = [key for key in keys if _fits(key, algorithm, header.get("kid"))]
    if not candidates:
        raise UnknownKeyError
    # Times are compared below, by the given clock; everything else is looked at there too, in words for people.
    unchecked: Any = {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}
    for key in candidates[:_MOST_TRIED]:
        try:
            made = jwt.PyJWK(dict(key), algorithm=algorithm)
            if isinstance(made.key, RSAPublicKey) and made.key.key_size < _SHORTEST_RSA:
                raise token_invalid(f"its RSA key is shorter than {_SHORTEST_RSA} bits")
            claims: dict[str, Any] = jwt.decode(token, made.key, algorithms=[algorithm], options=unchecked)
        except (jwt.PyJWTError, ValueError, TypeError, KeyError):
            continue
        return claims
    raise token_invalid("its signature is wrong")


def _fits(key: Mapping[str, Any], algorithm: str, kid: object) -> bool:
    if key.get("kty") != KEY_TYPES[algorithm] or key.get("use", "sig") != "sig":
        return False
    if key.get("alg", algorithm) != algorithm:
        return False
    return kid is None or key.get("kid") == kid


def check_claims(claims: Mapping[str, Any], expected: Expected, now_s: int) -> None:
    """Raises VedetteError `oidc.token_invalid`."""
    if claims.get("iss") != expected.issuer:
        raise token_invalid("another issuer made it")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT or not subject.isprintable():
        raise token_invalid("it does not say who it is about")
    audience = claims.get("aud")
    meant = [audience] if isinstance(audience, str) else audience
    if not isinstance(meant, list) or expected.client_id not in meant:
        raise token_invalid("it is for another application")
    party = claims.get("azp")
    if party is None and len(meant) > 1:
        raise token_invalid("it is for several applications and does not say which one asked")
    if party is not None and party != expected.client_id:
        raise token_invalid("another application asked for it")
    if _instant(claims, "exp", needed=True) + LEEWAY_S <= now_s:
        raise token_invalid("it has expired. Compare the clocks of Vedette and the provider")
    ahead = max(_instant(claims, "iat", needed=True), _instant(claims, "nbf", needed=False))
    if ahead - LEEWAY_S > now_s:
        raise token_invalid("it is from the future. Compare the clocks of Vedette and the provider")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(errors="replace"), expected.nonce.encode()):
        raise token_invalid("it was not made for this login")


def _instant(claims: Mapping[str, Any], name: str, *, needed: bool) -> float:
    value = claims.get(name)
    if value is None and not needed:
        return 0.0
    # A bool is an int to Python, and NaN is neither before nor after anything.
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        raise token_invalid(f"its {name} is not a time")
    return float(value)


def token_invalid(why: str) -> VedetteError:
    """The provider's token can't be taken."""
    return VedetteError(ErrorKind.UNAUTHENTICATED, "oidc.token_invalid", f"The provider's ID token was refused: {why}.")
