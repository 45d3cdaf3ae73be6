"""/bookmarks: what people noted of footage."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.cases.bookmarks import repository
from vedette.cases.bookmarks.repository import Filter, Key
from vedette.cases.bookmarks.schemas import Bookmark, BookmarkCreate, BookmarkPatch
from vedette.cases.bookmarks.service import BookmarkService, is_own, may_delete, no_bookmark
from vedette.cases.bookmarks.tables import BookmarkRow
from vedette.core.errors import invalid
from vedette.http.access import Caller, require_of, signed_in
from vedette.http.deps import ClockDep, database_of, taken
from vedette.http.etags import IfMatch, etag, expected_versions
from vedette.http.instants import InstantIn
from vedette.http.paging import DEFAULT_LIMIT, CursorParam, Limit, Page, decode_cursor, encode_cursor
from vedette.http.problem import responses
from vedette.recordings.router import MAX_CAMERAS, CameraWord, Seen
from vedette.recordings.router import Service as Recordings

router = APIRouter(prefix="/bookmarks", tags=["bookmarks"])


def service_of(connection: HTTPConnection) -> BookmarkService:
    """The app's one."""
    service: BookmarkService = connection.app.state.bookmarks
    return service


Service = Annotated[BookmarkService, taken(service_of)]


async def _camera_of(connection: HTTPConnection, key: str) -> UUID | None:
    try:
        bookmark_id = UUID(key)
    except ValueError:
        return None
    async with database_of(connection).read() as session:
        return await repository.camera_of(session, bookmark_id)


# Of a camera whose footage the caller may not see it does not exist.
_of_bookmark = require_of(
    Permission.PLAYBACK_VIEW,
    parameter="bookmark_id",
    find=_camera_of,
    missing=no_bookmark,
    seen=Permission.PLAYBACK_VIEW,
)


def _out(row: BookmarkRow, caller: Principal, now_ms: int) -> Bookmark:
    return Bookmark(
        id=row.id,
        camera_id=row.camera_id,
        start=row.start_ms,
        end=row.end_ms,
        title=row.title,
        note=row.note,
        author=row.author,
        own=is_own(row, caller),
        deletable=may_delete(row, caller, now_ms),
        created_at=row.created_ms,
        updated_at=row.updated_ms,
    )


def _answer(row: BookmarkRow, caller: Principal, now_ms: int, response: Response) -> Bookmark:
    """With its version as the ETag."""
    response.headers["ETag"] = etag(row.version)
    return _out(row, caller, now_ms)


@router.get("", summary="List bookmarks", responses=responses(403, 404))
async def list_bookmarks(
    service: Service,
    recordings: Recordings,
    seen: Seen,
    caller: Caller,
    clock: ClockDep,
    camera_id: Annotated[
        list[CameraWord] | None,
        Query(max_length=MAX_CAMERAS, description="Id or slug. Several times for several; left out for all."),
    ] = None,
    start: Annotated[InstantIn | None, Query(description="Only those that reach this, or are after it.")] = None,
    end: Annotated[InstantIn | None, Query(description="Only those that begin before this.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: CursorParam = None,
) -> Page[Bookmark]:
    """The newest footage first; of cameras whose footage the caller may see."""
    if start is not None and end is not None and end <= start:
        raise invalid("bookmarks.span", "The end must be after the start.", field="end")
    cameras = await recordings.cameras(camera_id, seen.demand) if camera_id else seen.cameras
    found, after = await service.page(Filter(cameras, start, end), limit, _key(cursor), caller)
    now_ms = clock.now_ms()
    following = encode_cursor(after[0], str(after[1])) if after else None
    return Page(items=[_out(row, caller, now_ms) for row in found], next=following)


def _key(cursor: str | None) -> Key | None:
    if cursor is None:
        return None
    start_ms, bookmark_id = decode_cursor(cursor, int, str)
    try:
        return int(start_ms), UUID(str(bookmark_id))
    except ValueError:
        raise invalid("request.cursor", "This cursor is not one of ours.", field="cursor") from None


@router.post(
    "", status_code=201, summary="Make a bookmark", responses=responses(403, 404, 409), dependencies=[signed_in()]
)
async def create_bookmark(
    given: BookmarkCreate, service: Service, caller: Caller, clock: ClockDep, response: Response
) -> Bookmark:
    """It belongs to the caller. Takes `playback.view` of the camera."""
    row = await service.create(given, caller)
    response.headers["Location"] = f"/api/v1/bookmarks/{row.id}"
    return _answer(row, caller, clock.now_ms(), response)


@router.get(
    "/{bookmark_id}",
    summary="One bookmark",
    responses=responses(404),
    dependencies=[_of_bookmark],
)
async def get_bookmark(
    bookmark_id: UUID, service: Service, caller: Caller, clock: ClockDep, response: Response
) -> Bookmark:
    """The ETag is the version for If-Match."""
    return _answer(await service.get(bookmark_id, caller), caller, clock.now_ms(), response)


@router.patch(
    "/{bookmark_id}",
    summary="Change a bookmark",
    responses=responses(403, 404, 412),
    dependencies=[_of_bookmark],
)
async def update_bookmark(
    bookmark_id: UUID,
    patch: BookmarkPatch,
    service: Service,
    caller: Caller,
    clock: ClockDep,
    response: Response,
    if_match: IfMatch = None,
) -> Bookmark:
    """One's own. Where the start is moved without an end, the end moves with it."""
    row = await service.update(bookmark_id, patch, expected_versions(if_match), caller)
    return _answer(row, caller, clock.now_ms(), response)


@router.delete(
    "/{bookmark_id}",
    status_code=204,
    summary="Delete a bookmark",
    responses=responses(403, 404, 412),
    dependencies=[_of_bookmark],
)
async def delete_bookmark(bookmark_id: UUID, service: Service, caller: Caller, if_match: IfMatch = None) -> None:
    """One's own; who manages users every one."""
    await service.delete(bookmark_id, expected_versions(if_match), caller)
