"""/recordings/{id}, /coverage, /calendar: what was recorded, and its files. Lists are in `recordings.search`."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import StringConstraints
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.audit.deps import FileViewsDep
from vedette.core.errors import invalid
from vedette.http.access import Caller, Visible, visible
from vedette.http.deps import DatabaseDep, taken
from vedette.http.instants import InstantIn
from vedette.http.problem import responses
from vedette.recordings import days
from vedette.recordings.access import of_recording
from vedette.recordings.files import download, find_file, respond
from vedette.recordings.schemas import Calendar, CalendarDay, CameraCoverage, Coverage, CoverageDays, Recording
from vedette.recordings.service import RecordingService
from vedette.storage.deps import BucketsDep

router = APIRouter(tags=["recordings"])

MAX_CAMERAS = 64
# A year and a day: the longest view a timeline has.
MAX_COVERAGE_MS = 366 * 86_400_000


def service_of(connection: HTTPConnection) -> RecordingService:
    """The process's one."""
    service: RecordingService = connection.app.state.recordings
    return service


Service = Annotated[RecordingService, taken(service_of)]
Kind = Literal["main", "sub"]
CameraWord = Annotated[str, StringConstraints(max_length=100)]
OneCamera = Annotated[CameraWord, Query(description="Id or slug.")]
ManyCameras = Annotated[
    list[CameraWord],
    Query(min_length=1, max_length=MAX_CAMERAS, description="Id or slug. Several times for several."),
]
Start = Annotated[InstantIn, Query(description="Inclusive.")]
End = Annotated[InstantIn, Query(description="Exclusive.")]
Seen = Annotated[Visible, visible(Permission.PLAYBACK_VIEW)]
Zone = Annotated[str, Query(max_length=64, description="IANA name, as Europe/Vienna.")]
_ELSEWHERE = {"description": "At a presigned address of its bucket, for the same `Range`."}
_FILE = {"content": {"video/mp4": {}}, "description": "The file."}


@router.get(
    "/recordings/{recording_id}",
    summary="One recording",
    responses=responses(404),
    dependencies=[of_recording(Permission.PLAYBACK_VIEW)],
)
async def get_recording(recording_id: UUID, service: Service) -> Recording:
    """Its row in the index."""
    return Recording.of(await service.get(recording_id))


@router.delete(
    "/recordings/{recording_id}",
    status_code=204,
    summary="Delete a recording",
    responses=responses(404, 409),
    dependencies=[of_recording(Permission.RECORDING_DELETE)],
)
async def delete_recording(recording_id: UUID, service: Service, caller: Caller) -> None:
    """Refused while it is being written or held. A gap stays in its place and says that a person deleted it."""
    await service.delete(recording_id, caller)


@router.head(
    "/recordings/{recording_id}/download",
    include_in_schema=False,
    dependencies=[of_recording(Permission.EXPORT_CREATE)],
)
@router.get(
    "/recordings/{recording_id}/download",
    response_class=Response,
    summary="Download a recording",
    responses={200: _FILE, 206: _FILE, **responses(404, 416, 503)},
    dependencies=[of_recording(Permission.EXPORT_CREATE)],
)
async def download_recording(
    recording_id: UUID,
    database: DatabaseDep,
    buckets: BucketsDep,
    views: FileViewsDep,
    caller: Caller,
    timezone: Zone = "UTC",
) -> Response:
    """As a file named after the camera and the local time of its start. Can be resumed once it is closed; one that is
    still written is a plain MP4 as far as it is, whose time begins at 0."""
    zone = days.zone(timezone)
    file = await find_file(database, recording_id, buckets)
    await views.once(caller, "recording.download", file.seen, recording=recording_id)
    # RFC 6266: slugs, digits and signs need no quoting beyond the quotes.
    return await download(file, f'attachment; filename="{file.download_name(zone)}"')


@router.head(
    "/recordings/{recording_id}/stream", include_in_schema=False, dependencies=[of_recording(Permission.PLAYBACK_VIEW)]
)
@router.get(
    "/recordings/{recording_id}/stream",
    response_class=Response,
    summary="Play a recording",
    responses={200: _FILE, 206: _FILE, 307: _ELSEWHERE, **responses(404, 416, 503)},
    dependencies=[of_recording(Permission.PLAYBACK_VIEW)],
)
async def stream_recording(
    recording_id: UUID, database: DatabaseDep, buckets: BucketsDep, views: FileViewsDep, caller: Caller
) -> Response:
    """Its bytes with ranges, to be played in place by players that take plain MP4. An open one is fragmented MP4 as far
    as it is. Who may watch can keep what was sent, here as with any player; a file under its own name is `download`."""
    file = await find_file(database, recording_id, buckets)
    return await respond(file, await views.playback(caller, file.seen), disposition="inline")


@router.get("/coverage", summary="What is recorded of a span", responses=responses(403, 404))
async def get_coverage(
    service: Service,
    seen: Seen,
    camera_id: ManyCameras,
    start: Start,
    end: End,
    stream: Kind = "main",
    resolution_ms: Annotated[
        int,
        Query(ge=0, le=86_400_000, description="Gaps shorter than this may be left out, as on a zoomed-out timeline."),
    ] = 0,
) -> Coverage:
    """Recorded spans, and gaps with their causes, up to this moment."""
    if end <= start:
        raise invalid("coverage.span", "The end must be after the start.", field="end")
    if end - start > MAX_COVERAGE_MS:
        raise invalid("coverage.span_too_long", "Ask for at most 366 days at once.", field="end")
    found = await service.coverage(await service.cameras(camera_id, seen.demand), stream, start, end, resolution_ms)
    return Coverage(start=start, end=end, cameras=[CameraCoverage.of(one) for one in found])


@router.get("/calendar", summary="Which days have footage", responses=responses(403, 404))
async def get_calendar(
    service: Service,
    seen: Seen,
    camera_id: OneCamera,
    month: Annotated[str, Query(max_length=7, examples=["2026-11"])],
    timezone: Zone = "UTC",
    stream: Kind = "main",
) -> Calendar:
    """Every day of a month."""
    cameras = await service.cameras([camera_id], seen.demand)
    ((_, found),) = await service.calendar(cameras, stream, month, timezone)
    return Calendar(month=month, timezone=timezone, days=[CalendarDay.of(day) for day in found])


@router.get("/coverage/days", summary="How much of each day is recorded", responses=responses(403, 404))
async def get_coverage_days(
    service: Service,
    seen: Seen,
    camera_id: ManyCameras,
    month: Annotated[str, Query(max_length=7, examples=["2026-11"])],
    timezone: Zone = "UTC",
    stream: Kind = "main",
) -> CoverageDays:
    """Every day of a month, of several cameras: columns in the order of `dates`."""
    cameras = await service.cameras(camera_id, seen.demand)
    found = await service.calendar(cameras, stream, month, timezone)
    return CoverageDays.of(month, timezone, found)
