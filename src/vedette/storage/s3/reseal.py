"""Sealing the secret keys of buckets anew with the key that is current; see `cameras.reseal`."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.storage.s3.buckets import SEALED_KIND, SEALED_SECRET
from vedette.storage.tables import BucketRow, VolumeRow
from vedette.vault import Vault, key_id_of


async def volumes(session: AsyncSession) -> list[UUID]:
    """The markers of volumes that have a secret."""
    statement = select(VolumeRow.marker).join(BucketRow, BucketRow.volume_id == VolumeRow.id)
    return list(await session.scalars(statement.order_by(VolumeRow.id)))


async def key_ids(session: AsyncSession) -> list[str]:
    """The key of each secret that is stored."""
    return [key_id_of(sealed) for sealed in await session.scalars(select(BucketRow.secret_sealed))]


async def reseal(session: AsyncSession, marker: UUID, vault: Vault) -> int:
    """Whether (1 or 0) the secret of a volume was sealed with another key and is sealed anew.

    Raises VedetteError `credentials...` when it does not open.
    """
    statement = select(BucketRow).join(VolumeRow, VolumeRow.id == BucketRow.volume_id).where(VolumeRow.marker == marker)
    row = await session.scalar(statement.with_for_update(of=BucketRow))
    if row is None or vault.is_current(row.secret_sealed):
        return 0
    plain = vault.open_sealed(marker, SEALED_SECRET, row.secret_sealed, kind=SEALED_KIND)
    row.secret_sealed = vault.seal(marker, SEALED_SECRET, plain, kind=SEALED_KIND)
    return 1
