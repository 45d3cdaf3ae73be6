"""Somebody must always be left who may do everything: otherwise nobody could give it to anybody again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.core.errors import ErrorKind, VedetteError
from vedette.db.dialect import lock_table
from vedette.identity.built_in import ADMIN_ID
from vedette.identity.tables import GrantRow, GroupMemberRow, UserRow


async def count(session: AsyncSession, now_ms: int) -> int:
    """Enabled users with the role admin everywhere, at all hours and without an end."""
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
    statement = select(func.count(UserRow.id)).where(
        UserRow.disabled_ms.is_(None), or_(UserRow.id.in_(own), UserRow.id.in_(by_group))
    )
    return await session.scalar(statement) or 0


@asynccontextmanager
async def keep_one(session: AsyncSession, now_ms: int) -> AsyncIterator[None]:
    """Around a change in the transaction of `session` that could take the last one away: of users, members, grants or
    groups. Raises VedetteError `user.last_admin` when it does."""
    await lock_table(session, GrantRow)
    before = await count(session, now_ms)
    yield
    await session.flush()
    if before and not await count(session, now_ms):
        raise VedetteError(
            ErrorKind.CONFLICT,
            "user.last_admin",
            "This would leave nobody who may do everything. Give another person the role admin everywhere first.",
        )
