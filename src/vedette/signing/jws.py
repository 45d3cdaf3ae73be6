"""Signatures of documents: JWS (RFC 7515) with Ed25519 (RFC 8037) and a detached payload (RFC 7515, appendix F). Pure.

A signature is `{header}..{signature}`: the document stands beside it. Its header names the key by its thumbprint (RFC
7638) and what kind of document was signed, so that a signature of one kind is none of another.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass

import jwt
import orjson
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "EdDSA"
_MOST_SIGNATURE = 2000


class SignatureError(Exception):
    """Why a signature is none: a sentence for a person."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key pair with its id."""

    kid: str
    private: Ed25519PrivateKey


def new_key() -> Ed25519PrivateKey:
    """A new key pair."""
    return Ed25519PrivateKey.generate()


def public_jwk(public: bytes) -> dict[str, str]:
    """A public key as others take it (RFC 8037), with its id."""
    x = encode(public)
    return {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": thumbprint(x), "use": "sig", "alg": ALGORITHM}


def thumbprint(x: str) -> str:
    """RFC 7638: the hash of the required members in order, without blanks."""
    members = orjson.dumps({"crv": "Ed25519", "kty": "OKP", "x": x})
    return encode(hashlib.sha256(members).digest())


def canonical(value: object) -> bytes:
    """JSON as everybody writes it (RFC 8785). Raises ValueError for what has no such form."""
    return rfc8785.dumps(value)  # type: ignore[arg-type] # it says itself what it can't take


def sign(payload: bytes, kind: str, key: SigningKey) -> str:
    """The detached signature of `payload`."""
    header, _, signature = jwt.api_jws.encode(
        payload, key.private, algorithm=ALGORITHM, headers={"kid": key.kid, "typ": kind}
    ).split(".")
    return f"{header}..{signature}"


def verify(payload: bytes, signature: str, kind: str, keys: Mapping[str, bytes]) -> str:
    """The id of the key that signed `payload`. `keys` are the public ones that are trusted, by their ids.

    Raises SignatureError.
    """
    header, gap, tail = signature.partition("..")
    if not gap or len(signature) > _MOST_SIGNATURE or not signature.isascii():
        raise SignatureError("The signature can't be read.")
    told = _header(header)
    kid = told.get("kid")
    if told.get("typ") != kind or told.get("alg") != ALGORITHM or not isinstance(kid, str):
        raise SignatureError("The signature is of another kind.")
    if kid not in keys:
        raise SignatureError(f"It was signed with a key that is not known here ({kid}).")
    try:
        public = Ed25519PublicKey.from_public_bytes(keys[kid])
        jwt.api_jws.decode(f"{header}.{encode(payload)}.{tail}", public, algorithms=[ALGORITHM])
    except (jwt.InvalidTokenError, ValueError) as error:
        raise SignatureError("The signature does not fit: something was changed after it was signed.") from error
    return kid


def _header(text: str) -> dict[str, object]:
    try:
        told = orjson.loads(decode(text))
    except ValueError as error:
        raise SignatureError("The signature can't be read.") from error
    if not isinstance(told, dict):
        raise SignatureError("The signature can't be read.")
    return told


def encode(data: bytes) -> str:
    """URL-safe base64 without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
