"""/playback/.../previews: small pictures of recorded footage, for timelines and scrubbing."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.audit.deps import FileViewsDep
from vedette.http.access import Caller, require
from vedette.http.deps import DatabaseDep, taken
from vedette.http.instants import InstantIn
from vedette.http.media import IMMUTABLE
from vedette.http.problem import responses
from vedette.http.ranges import tag_matches
from vedette.playback.previews.schemas import Previews
from vedette.playback.previews.service import PreviewService
from vedette.recordings.access import of_recording
from vedette.recordings.files import find_file
from vedette.storage.deps import BucketsDep

router = APIRouter(prefix="/playback", tags=["playback"])


def service_of(connection: HTTPConnection) -> PreviewService:
    """The process's one."""
    service: PreviewService = connection.app.state.previews
    return service


Service = Annotated[PreviewService, taken(service_of)]
_STEP = "Milliseconds between two pictures: 2000, 10000 or 60000."
_SHEET = {"content": {"image/jpeg": {}}, "description": "The sheet."}


@router.get(
    "/{camera}/previews",
    summary="Previews of a span",
    responses=responses(404, 422),
    dependencies=[require(Permission.PLAYBACK_VIEW, camera="camera")],
)
async def list_previews(
    camera: Annotated[str, Path(max_length=100, description="Id or slug.")],
    service: Service,
    start: Annotated[InstantIn, Query()],
    end: Annotated[InstantIn, Query()],
    step_ms: Annotated[int, Query(description=_STEP)] = 10_000,
    stream: Annotated[
        Literal["main", "sub"] | None, Query(description="By default the sub-stream where it was recorded.")
    ] = None,
) -> Previews:
    """Where the pictures of a span are. Sheets are made when they are first asked for. Of a file that is being written
    there is what stays as it is; single pictures of the last seconds are at `/cameras/{camera}/snapshot.jpg?at=`."""
    found = await service.sheets(camera, stream, start, end, step_ms)
    return Previews.of(found, start, end, step_ms)


@router.get(
    "/segments/{segment_id}/previews/{step_ms}-{number}.jpg",
    response_class=Response,
    summary="A sheet of previews",
    responses={200: _SHEET, **responses(404, 422, 503)},
    dependencies=[of_recording(Permission.PLAYBACK_VIEW, "segment_id")],
)
async def preview_sheet(
    segment_id: UUID,
    step_ms: Annotated[int, Path(ge=1, le=3_600_000, description=_STEP)],
    number: Annotated[int, Path(ge=0, le=10_000, description="Counted from the recording's start.")],
    request: Request,
    service: Service,
    database: DatabaseDep,
    buckets: BucketsDep,
    views: FileViewsDep,
    caller: Caller,
    tiles: Annotated[
        int | None, Query(ge=1, le=200, description="Only its first pictures: of a recording that is being written.")
    ] = None,
) -> Response:
    """Ten pictures in a row, 160 pixels wide each. It never changes."""
    file = await find_file(database, segment_id, buckets)
    found = await service.sheet(file, step_ms, number, tiles)
    playing = await views.playback(caller, file.seen)
    if playing is not None:
        playing.fetched(segment_id, *found.shown)
    headers = {"Cache-Control": IMMUTABLE, "ETag": f'"{found.name}"'}
    if tag_matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(found.data, media_type="image/jpeg", headers=headers)
