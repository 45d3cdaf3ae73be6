"""/signing-keys: the public keys, for whoever has to judge what this installation signed."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.requests import HTTPConnection

from vedette.http.access import signed_in
from vedette.http.deps import taken
from vedette.http.instants import InstantOut
from vedette.signing.jws import public_jwk
from vedette.signing.service import SigningKeys

router = APIRouter(tags=["reports"])


def signing_of(connection: HTTPConnection) -> SigningKeys:
    """The process's one."""
    keys: SigningKeys = connection.app.state.signing
    return keys


Signing = Annotated[SigningKeys, taken(signing_of)]


class SigningKeyOut(BaseModel):
    """A public key as a JSON web key (RFC 7517, RFC 8037)."""

    kty: str
    crv: str
    x: str
    kid: str = Field(description="Its thumbprint (RFC 7638).")
    use: str
    alg: str
    created: InstantOut


class SigningKeySet(BaseModel):
    """A JSON web key set."""

    keys: list[SigningKeyOut]


@router.get("/signing-keys", summary="The keys that documents are signed with", dependencies=[signed_in()])
async def list_signing_keys(signing: Signing) -> SigningKeySet:
    """The newest signs; former ones judge what was signed before."""
    found = await signing.public()
    return SigningKeySet(keys=[SigningKeyOut(**public_jwk(one.public), created=one.created_ms) for one in found])
