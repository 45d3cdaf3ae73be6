"""All SQL about bookmarks."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cases.bookmarks.tables import MAX_SPAN_MS, BookmarkRow
from vedette.identity.tables import UserRow

Key = tuple[int, UUID]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which bookmarks: None for all. Those that touch `[start_ms, end_ms)`; an instant at `start_ms` does."""

    camera_ids: Collection[UUID] | None = None
    start_ms: int | None = None
    end_ms: int | None = None


async def by_id(session: AsyncSession, bookmark_id: UUID, *, lock: bool = False) -> BookmarkRow | None:
    """The bookmark with this id."""
    return await session.get(BookmarkRow, bookmark_id, with_for_update=lock)


async def camera_of(session: AsyncSession, bookmark_id: UUID) -> UUID | None:
    """The camera that a bookmark is of."""
    return await session.scalar(select(BookmarkRow.camera_id).where(BookmarkRow.id == bookmark_id))


async def page(session: AsyncSession, wanted: Filter, limit: int, after: Key | None) -> list[BookmarkRow]:
    """At most `limit`, the newest footage first, after the sort key (start_ms, id) of the page before."""
    statement = select(BookmarkRow).order_by(BookmarkRow.start_ms.desc(), BookmarkRow.id.desc()).limit(limit)
    if wanted.camera_ids is not None:
        statement = statement.where(BookmarkRow.camera_id.in_(wanted.camera_ids))
    if wanted.start_ms is not None:
        statement = statement.where(
            BookmarkRow.start_ms >= wanted.start_ms - MAX_SPAN_MS, BookmarkRow.end_ms >= wanted.start_ms
        )
    if wanted.end_ms is not None:
        statement = statement.where(BookmarkRow.start_ms < wanted.end_ms)
    if after is not None:
        key = tuple_(literal(after[0]), literal(after[1], BookmarkRow.id.type))
        # The first condition alone finds the place in the index, the second only breaks ties.
        statement = statement.where(
            BookmarkRow.start_ms <= after[0], tuple_(BookmarkRow.start_ms, BookmarkRow.id) < key
        )
    return list(await session.scalars(statement))


async def lock_owner(session: AsyncSession, user_id: UUID) -> None:
    """New bookmarks of one person wait for each other: their number is then true until the commit."""
    await session.execute(select(UserRow.id).where(UserRow.id == user_id).with_for_update())


async def count(session: AsyncSession, user_id: UUID) -> int:
    """How many bookmarks a person has."""
    return await session.scalar(select(func.count(BookmarkRow.id)).where(BookmarkRow.owner_id == user_id)) or 0
