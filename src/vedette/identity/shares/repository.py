"""All SQL about share links."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import String, column, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.db.base import Id
from vedette.identity.tables import UserRow
from vedette.identity.tables_logins import ShareLinkRow

# The package that owns cameras is above this one.
_camera = table("camera", column("id", Id()), column("name", String()))


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link with the names of what it is made of."""

    row: ShareLinkRow
    username: str
    camera_name: str

    def state(self, now_ms: int) -> str:
        """`active`, or why it is no good any more."""
        if self.row.revoked_ms is not None:
            return "withdrawn"
        if now_ms >= self.row.expires_ms:
            return "expired"
        most = self.row.most_views
        return "used_up" if most is not None and self.row.views >= most else "active"


async def by_id(session: AsyncSession, link_id: UUID) -> StoredLink | None:
    """The link with this id."""
    return await _one(session, ShareLinkRow.id == link_id)


async def by_hash(session: AsyncSession, token_hash: str, *, lock: bool = False) -> StoredLink | None:
    """The link whose token has this hash. `lock`: others who open it wait."""
    return await _one(session, ShareLinkRow.token_hash == token_hash, lock=lock)


async def page(session: AsyncSession, user_id: UUID | None, limit: int, after: UUID | None) -> list[StoredLink]:
    """At most `limit` links of a user or of all, the newest first, after the one with this id."""
    statement = _described().order_by(ShareLinkRow.id.desc()).limit(limit)
    if user_id is not None:
        statement = statement.where(ShareLinkRow.user_id == user_id)
    if after is not None:
        statement = statement.where(ShareLinkRow.id < after)
    return [StoredLink(*found) for found in await session.execute(statement)]


async def camera_name(session: AsyncSession, camera_id: UUID) -> str:
    """How the camera is called."""
    return str(await session.scalar(select(_camera.c.name).where(_camera.c.id == camera_id)) or "")


async def _one(session: AsyncSession, which: Any, *, lock: bool = False) -> StoredLink | None:
    statement = _described().where(which)
    found = (await session.execute(statement.with_for_update(of=ShareLinkRow) if lock else statement)).first()
    return None if found is None else StoredLink(*found)


def _described() -> Any:
    return (
        select(ShareLinkRow, UserRow.username, _camera.c.name)
        .join(UserRow, UserRow.id == ShareLinkRow.user_id)
        .join(_camera, _camera.c.id == ShareLinkRow.camera_id)
    )
