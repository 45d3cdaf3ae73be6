"""Somebody must always be left who may do everything and can log in: otherwise nobody could give it to anybody again.

Whatever changes accounts does so under one lock, `changing`: what it counts then stays so, and of two such changes one
waits before it holds anything that the other wants.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.core.errors import ErrorKind, VedetteError
from vedette.db.dialect import LOCK_ACCOUNTS
from vedette.db.session import Database
from vedette.identity.built_in import ADMIN_ID
from vedette.identity.tables import GrantRow, GroupMemberRow, UserRow
from vedette.identity.tables_oidc import OidcIdentityRow, OidcProviderRow


def changing(database: Database) -> AbstractAsyncContextManager[AsyncSession]:
    """A transaction that changes users, groups, roles, zones, grants or sign-in providers, or what ties them together.
    Two such transactions never run at once."""
    return database.write(LOCK_ACCOUNTS)


async def count(session: AsyncSession, now_ms: int) -> int:
    """Enabled users with the role admin everywhere, at all hours and without an end, who can log in: by a password, or
    by a sign-in provider that is switched on."""
    lasting = (
        GrantRow.role_id == ADMIN_ID,
        GrantRow.zone_id.is_(None),
        GrantRow.camera_id.is_(None),
        GrantRow.until_ms.is_(None),
        or_(GrantRow.from_ms.is_(None), GrantRow.from_ms <= now_ms),
        GrantRow.hours.is_(None),
    )
    own = select(GrantRow.user_id).where(*lasting, GrantRow.user_id.is_not(None))
    by_group = (
        select(GroupMemberRow.user_id).join(GrantRow, GrantRow.group_id == GroupMemberRow.group_id).where(*lasting)
    )
    by_provider = (
        select(OidcIdentityRow.user_id)
        .join(OidcProviderRow, OidcProviderRow.id == OidcIdentityRow.provider_id)
        .where(OidcProviderRow.enabled)
    )
    statement = select(func.count(UserRow.id)).where(
        UserRow.disabled_ms.is_(None),
        or_(UserRow.password_hash.is_not(None), UserRow.id.in_(by_provider)),
        or_(UserRow.id.in_(own), UserRow.id.in_(by_group)),
    )
    return await session.scalar(statement) or 0


@asynccontextmanager
async def keep_one(session: AsyncSession, now_ms: int) -> AsyncIterator[None]:
    """Around a change in a transaction of `changing` that could take the last one away: of users, members, grants,
    groups, or ways to log in. Raises VedetteError `user.last_admin` when it does."""
    before = await count(session, now_ms)
    yield
    await session.flush()
    if before and not await count(session, now_ms):
        raise VedetteError(
            ErrorKind.CONFLICT,
            "user.last_admin",
            "This would leave nobody who may do everything and can log in. Give another person, one with a password or "
            "a sign-in provider, the role admin everywhere first.",
        )
