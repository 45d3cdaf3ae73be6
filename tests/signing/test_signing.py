"""The installation's signing keys, on both databases."""

import asyncio
import os

import jwt
import pytest
from sqlalchemy import select

from vedette.core.clock import ManualClock
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.signing import reseal
from vedette.signing.jws import SignatureError, decode, encode, public_jwk, sign, thumbprint, verify
from vedette.signing.service import SigningKeys
from vedette.signing.tables import SigningKeyRow
from vedette.vault import Vault

pytestmark = pytest.mark.anyio

OLD, NEW = os.urandom(32), os.urandom(32)


async def test_one_key_is_made_and_sealed(database: Database) -> None:
    keys = [SigningKeys(database, ManualClock(1), Vault(OLD)) for _ in range(4)]
    made = await asyncio.gather(*(one.current() for one in keys))
    assert len({one.kid for one in made}) == 1
    (public,) = await keys[0].public()
    assert public.public == made[0].private.public_key().public_bytes_raw()
    async with database.read() as session:
        row = (await session.scalars(select(SigningKeyRow))).one()
    secret = encode(made[0].private.private_bytes_raw())
    assert row.private_sealed.startswith("v1:")
    assert secret not in row.private_sealed
    with pytest.raises(VedetteError) as refused:
        await SigningKeys(database, ManualClock(1), Vault(NEW)).current()
    assert refused.value.code == "credentials.other_key"


async def test_it_is_sealed_anew(database: Database) -> None:
    before = await SigningKeys(database, ManualClock(1), Vault(OLD)).current()
    both = Vault(NEW, OLD)
    async with database.write() as session:
        (key_id,) = await reseal.keys(session)
        assert await reseal.reseal(session, key_id, both) == 1
        assert await reseal.reseal(session, key_id, both) == 0
        assert await reseal.key_ids(session) == [both.key_id]
    after = await SigningKeys(database, ManualClock(1), Vault(NEW)).current()
    assert after.kid == before.kid
    keys = {before.kid: before.private.public_key().public_bytes_raw()}
    assert verify(b"document", sign(b"document", "kind", after), "kind", keys) == before.kid


async def test_signatures_are_what_others_read(sqlite_database: Database) -> None:
    """RFC 8037 has the thumbprint of its key; PyJWT reads the compact form, with the payload put back."""
    assert thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo") == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    signing = SigningKeys(sqlite_database, ManualClock(1), Vault(OLD))
    key = await signing.current()
    signature = sign(b"a document", "kind", key)
    header, tail = signature.split("..")
    public = jwt.PyJWK(public_jwk((await signing.public())[0].public))
    whole = f"{header}.{encode(b'a document')}.{tail}"
    assert jwt.api_jws.decode(whole, public.key, algorithms=["EdDSA"]) == b"a document"
    with pytest.raises(SignatureError):
        verify(b"another", signature, "kind", {key.kid: decode(public_jwk(b"\0" * 32)["x"])})
