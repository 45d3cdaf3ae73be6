"""The installation's signing keys: made at the first use, private parts sealed in the vault."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import SYSTEM
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.ids import uuid7
from vedette.db.dialect import LOCK_SIGNING
from vedette.db.session import Database
from vedette.signing.jws import SigningKey, decode, encode, new_key, thumbprint
from vedette.signing.tables import SigningKeyRow
from vedette.vault import Vault

SEALED_KIND, SEALED_FIELD = "signing key", "private"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What others need to judge a signature. `public` are its 32 bytes."""

    kid: str
    public: bytes
    created_ms: int


class SigningKeys:
    """Each call is one unit of work."""

    def __init__(self, database: Database, clock: Clock, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault

    async def current(self) -> SigningKey:
        """The key that signs. Raises VedetteError `credentials...` when it can't be opened."""
        async with self._database.read() as session:
            row = await _newest(session)
        if row is None:
            row = await self._make()
        private = decode(self._vault.open_sealed(row.id, SEALED_FIELD, row.private_sealed, kind=SEALED_KIND))
        return SigningKey(row.kid, Ed25519PrivateKey.from_private_bytes(private))

    async def public(self) -> list[PublicKey]:
        """All there ever were, the newest first; the first one is made for that."""
        if (found := await self._public()) == []:
            await self._make()
            found = await self._public()
        return found

    async def _public(self) -> list[PublicKey]:
        async with self._database.read() as session:
            rows = await session.scalars(select(SigningKeyRow).order_by(SigningKeyRow.created_ms.desc()))
            return [PublicKey(row.kid, decode(row.public), row.created_ms) for row in rows]

    async def _make(self) -> SigningKeyRow:
        """Of processes that begin at once one makes it."""
        now_ms = self._clock.now_ms()
        async with self._database.write(LOCK_SIGNING) as session:
            if (known := await _newest(session)) is not None:
                return known
            private = new_key()
            public = encode(private.public_key().public_bytes_raw())
            key_id = uuid7(now_ms)
            sealed = self._vault.seal(key_id, SEALED_FIELD, encode(private.private_bytes_raw()), kind=SEALED_KIND)
            row = SigningKeyRow(
                id=key_id, kid=thumbprint(public), public=public, private_sealed=sealed, created_ms=now_ms
            )
            session.add(row)
            entry = Entry("signing_key.create", object_kind="key", object_id=row.kid)
            await record(session, now_ms, SYSTEM, entry)
        return row


async def _newest(session: AsyncSession) -> SigningKeyRow | None:
    return await session.scalar(select(SigningKeyRow).order_by(SigningKeyRow.created_ms.desc()).limit(1))
