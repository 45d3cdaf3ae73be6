"""The rules of bookmarks: who sees the footage sees what is noted of it, and whose it is changes it."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.audit.log import Entry, record
from vedette.cases.bookmarks import repository
from vedette.cases.bookmarks.repository import Filter, Key
from vedette.cases.bookmarks.schemas import BookmarkCreate, BookmarkPatch
from vedette.cases.bookmarks.tables import MAX_SPAN_MS, BookmarkRow
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.http.access import no_camera, refused
from vedette.http.etags import check_version
from vedette.http.instants import format_instant
from vedette.recordings.repository import cameras_created

MOST_OF_A_USER = 10_000
# A browser's clock may be that much ahead of the server's.
_AHEAD_MS = 60_000


class BookmarkService:
    """Each change is one transaction with its entry in the audit log.

    Only for accounts: a share link gives footage, and nothing that was noted of it. Raises `auth.forbidden` for others.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def page(
        self, wanted: Filter, limit: int, after: Key | None, caller: Principal
    ) -> tuple[list[BookmarkRow], Key | None]:
        """At most `limit` bookmarks, the newest footage first, and the key after which the next page begins."""
        _account(caller)
        async with self._database.read() as session:
            found = await repository.page(session, wanted, limit + 1, after)
        more = len(found) > limit
        return found[:limit], (found[limit - 1].start_ms, found[limit - 1].id) if more else None

    async def get(self, bookmark_id: UUID, caller: Principal) -> BookmarkRow:
        """Raises VedetteError `bookmark.not_found`."""
        _account(caller)
        async with self._database.read() as session:
            return await _require(session, bookmark_id)

    async def create(self, given: BookmarkCreate, caller: Principal) -> BookmarkRow:
        """Of footage that the caller may see.

        Raises VedetteError `camera.not_found`, `auth.forbidden`, `bookmark.span`, `bookmark.too_long`,
        `bookmark.future`, `bookmark.too_many`.
        """
        now_ms = self._clock.now_ms()
        user_id = _account(caller)
        _check_camera(caller, given.camera_id, now_ms)
        end_ms = given.start if given.end is None else given.end
        _check_span(given.start, end_ms, now_ms)
        async with self._database.write() as session:
            if given.camera_id not in await cameras_created(session, [given.camera_id]):
                raise no_camera(str(given.camera_id))
            await repository.lock_owner(session, user_id)
            if await repository.count(session, user_id) >= MOST_OF_A_USER:
                text = f"A person has at most {MOST_OF_A_USER} bookmarks. Delete those that are not needed any more."
                raise VedetteError(ErrorKind.CONFLICT, "bookmark.too_many", text)
            row = BookmarkRow(
                id=uuid7(now_ms),
                camera_id=given.camera_id,
                owner_id=user_id,
                author=caller.name,
                start_ms=given.start,
                end_ms=end_ms,
                title=given.title,
                note=given.note,
                created_ms=now_ms,
                updated_ms=now_ms,
                version=1,
            )
            session.add(row)
            await record(session, now_ms, caller, _entry("bookmark.create", row, None, _told(row)))
        return row

    async def update(
        self, bookmark_id: UUID, patch: BookmarkPatch, expected: frozenset[int] | None, caller: Principal
    ) -> BookmarkRow:
        """One's own. Raises what `create` does of spans, `bookmark.not_found`, `bookmark.not_yours`,
        `request.precondition`."""
        _account(caller)
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            row = await _require(session, bookmark_id, lock=True)
            if not is_own(row, caller):
                raise _not_yours(row, "change")
            check_version(expected, row.version, f"The bookmark {row.title}")
            before = _told(row)
            if patch.start is not None:
                # Moved as a whole, where its end is not told.
                row.end_ms += patch.start - row.start_ms if patch.end is None else 0
                row.start_ms = patch.start
            row.end_ms = patch.end if patch.end is not None else row.end_ms
            _check_span(row.start_ms, row.end_ms, now_ms)
            row.title = patch.title if patch.title is not None else row.title
            row.note = patch.note if patch.note is not None else row.note
            row.updated_ms = now_ms
            row.version += 1
            await record(session, now_ms, caller, _entry("bookmark.edit", row, before, _told(row)))
        return row

    async def delete(self, bookmark_id: UUID, expected: frozenset[int] | None, caller: Principal) -> None:
        """One's own, or any for who manages users. Raises as `update`."""
        _account(caller)
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            row = await _require(session, bookmark_id, lock=True)
            if not may_delete(row, caller, now_ms):
                raise _not_yours(row, "delete")
            check_version(expected, row.version, f"The bookmark {row.title}")
            entry = _entry("bookmark.delete", row, _told(row), None)
            await session.delete(row)
            await record(session, now_ms, caller, entry)


def is_own(row: BookmarkRow, caller: Principal) -> bool:
    """Whether the caller made it."""
    return row.owner_id is not None and row.owner_id == caller.user_id


def may_delete(row: BookmarkRow, caller: Principal, now_ms: int) -> bool:
    """Whether it is the caller's, or they manage users."""
    return is_own(row, caller) or caller.may(Permission.USER_MANAGE, None, now_ms)


def no_bookmark(key: object) -> VedetteError:
    """What is said of a bookmark that is not there, and of one that the caller may not see."""
    return not_found("bookmark.not_found", f"There is no bookmark {str(key)[:100]}. It may have been deleted.")


async def _require(session: AsyncSession, bookmark_id: UUID, *, lock: bool = False) -> BookmarkRow:
    row = await repository.by_id(session, bookmark_id, lock=lock)
    if row is None:
        raise no_bookmark(bookmark_id)
    return row


def _account(caller: Principal) -> UUID:
    if caller.user_id is None:
        raise refused(caller, Permission.PLAYBACK_VIEW)
    return caller.user_id


def _check_camera(caller: Principal, camera_id: UUID, now_ms: int) -> None:
    if caller.may(Permission.PLAYBACK_VIEW, camera_id, now_ms):
        return
    if caller.may(Permission.CAMERA_VIEW, camera_id, now_ms):
        raise refused(caller, Permission.PLAYBACK_VIEW, camera_id)
    raise no_camera(str(camera_id))


def _check_span(start_ms: int, end_ms: int, now_ms: int) -> None:
    if end_ms < start_ms:
        raise invalid("bookmark.span", "The end must not be before the start.", field="end")
    if end_ms - start_ms > MAX_SPAN_MS:
        raise invalid("bookmark.too_long", "A bookmark spans at most a week.", field="end")
    if start_ms > now_ms + _AHEAD_MS:
        raise invalid("bookmark.future", "The start has not come yet.", field="start")


def _not_yours(row: BookmarkRow, does: str) -> VedetteError:
    text = f"The bookmark {row.title} is {row.author}'s: only they {does} it."
    return VedetteError(ErrorKind.FORBIDDEN, "bookmark.not_yours", text)


def _told(row: BookmarkRow) -> dict[str, Any]:
    """For the audit log."""
    return {
        "start": format_instant(row.start_ms),
        "end": format_instant(row.end_ms),
        "title": row.title,
        "note": row.note,
        "author": row.author,
    }


def _entry(action: str, row: BookmarkRow, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Entry:
    return Entry(
        action,
        object_kind="bookmark",
        object_id=str(row.id),
        object_name=row.title,
        camera_id=row.camera_id,
        before=before,
        after=after,
    )
