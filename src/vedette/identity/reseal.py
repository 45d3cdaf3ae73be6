"""Sealing the second factors anew with the key that is current; see `cameras.reseal`."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.identity.tables import UserRow
from vedette.vault import Vault, key_id_of

SEALED_KIND, SEALED_TOTP = "user", "totp"  # as identity.auth_service binds them
_SEALED = UserRow.totp_sealed.is_not(None)


async def users(session: AsyncSession) -> list[UUID]:
    """Those who have a second factor."""
    return list(await session.scalars(select(UserRow.id).where(_SEALED).order_by(UserRow.id)))


async def key_ids(session: AsyncSession) -> list[str]:
    """The key of each secret that is stored."""
    return [key_id_of(sealed) for sealed in await session.scalars(select(UserRow.totp_sealed).where(_SEALED)) if sealed]


async def reseal(session: AsyncSession, user_id: UUID, vault: Vault) -> int:
    """Whether (1 or 0) the second factor of a user was sealed with another key and is sealed anew.

    Raises VedetteError `credentials...` when it does not open.
    """
    user = await session.get(UserRow, user_id, with_for_update=True)
    if user is None or user.totp_sealed is None or vault.is_current(user.totp_sealed):
        return 0
    plain = vault.open_sealed(user_id, SEALED_TOTP, user.totp_sealed, kind=SEALED_KIND)
    user.totp_sealed = vault.seal(user_id, SEALED_TOTP, plain, kind=SEALED_KIND)
    return 1
