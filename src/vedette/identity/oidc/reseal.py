"""Sealing the client secrets anew with the key that is current; see `cameras.reseal`."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.identity.oidc.login_service import SEALED_KIND, SEALED_SECRET
from vedette.identity.tables_oidc import OidcProviderRow
from vedette.vault import Vault, key_id_of

_SEALED = OidcProviderRow.secret_sealed.is_not(None)


async def providers(session: AsyncSession) -> list[UUID]:
    """Those that have a secret."""
    return list(await session.scalars(select(OidcProviderRow.id).where(_SEALED).order_by(OidcProviderRow.id)))


async def key_ids(session: AsyncSession) -> list[str]:
    """The key of each secret that is stored."""
    found = await session.scalars(select(OidcProviderRow.secret_sealed).where(_SEALED))
    return [key_id_of(sealed) for sealed in found if sealed]


async def reseal(session: AsyncSession, provider_id: UUID, vault: Vault) -> int:
    """Whether (1 or 0) the secret of a provider was sealed with another key and is sealed anew.

    Raises VedetteError `credentials...` when it does not open.
    """
    row = await session.get(OidcProviderRow, provider_id, with_for_update=True)
    if row is None or row.secret_sealed is None or vault.is_current(row.secret_sealed):
        return 0
    plain = vault.open_sealed(row.id, SEALED_SECRET, row.secret_sealed, kind=SEALED_KIND)
    row.secret_sealed = vault.seal(row.id, SEALED_SECRET, plain, kind=SEALED_KIND)
    return 1
