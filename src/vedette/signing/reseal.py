"""Sealing the private signing keys anew with the key that is current; see `cameras.reseal`."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.signing.service import SEALED_FIELD, SEALED_KIND
from vedette.signing.tables import SigningKeyRow
from vedette.vault import Vault, key_id_of


async def keys(session: AsyncSession) -> list[UUID]:
    """All of them."""
    return list(await session.scalars(select(SigningKeyRow.id).order_by(SigningKeyRow.id)))


async def key_ids(session: AsyncSession) -> list[str]:
    """The key of each secret that is stored."""
    return [key_id_of(sealed) for sealed in await session.scalars(select(SigningKeyRow.private_sealed))]


async def reseal(session: AsyncSession, key_id: UUID, vault: Vault) -> int:
    """Whether (1 or 0) it was sealed with another key and is sealed anew.

    Raises VedetteError `credentials...` when it does not open.
    """
    row = await session.get(SigningKeyRow, key_id, with_for_update=True)
    if row is None or vault.is_current(row.private_sealed):
        return 0
    plain = vault.open_sealed(key_id, SEALED_FIELD, row.private_sealed, kind=SEALED_KIND)
    row.private_sealed = vault.seal(key_id, SEALED_FIELD, plain, kind=SEALED_KIND)
    return 1
