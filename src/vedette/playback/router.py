"""/playback: playlists over recorded footage and the bytes that they name."""

import gzip
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.audit.deps import FileViewsDep, ViewsDep
from vedette.cameras.directory import seen_of
from vedette.http.access import PLAYBACK_TICKETS, Caller, authority_of, check_range, out_of_range, require
from vedette.http.deps import ClockDep, DatabaseDep, taken
from vedette.http.instants import InstantIn, format_instant
from vedette.http.media import IMMUTABLE
from vedette.http.problem import responses
from vedette.http.ranges import tag_matches
from vedette.identity.tickets.way_in import PARAMETER
from vedette.playback.playlist import MEDIA_TYPE, render
from vedette.playback.schemas import InstantFootage
from vedette.playback.service import PlaybackService
from vedette.recordings.access import of_recording
from vedette.recordings.files import find_file, respond

router = APIRouter(prefix="/playback", tags=["playback"])

# The past may still lose footage to retention, so a playlist is not kept for long.
_PAST = "private, max-age=30"


def service_of(connection: HTTPConnection) -> PlaybackService:
    """The process's one."""
    service: PlaybackService = connection.app.state.playback
    return service


# A playlist shrinks to a seventh. Small ones are not worth the trouble.
_WORTH_PACKING = 16 * 1024

Service = Annotated[PlaybackService, taken(service_of)]
Camera = Annotated[str, Path(max_length=100, description="Id or slug.")]
Kind = Annotated[Literal["main", "sub"], Query(description="`sub` gives the main stream where there is no sub-stream.")]
_VIDEO = {"content": {"video/mp4": {}}, "description": "Fragmented MP4."}


@router.get(
    "/{camera}/index.m3u8",
    response_class=Response,
    summary="Playlist of a span",
    responses={200: {"content": {MEDIA_TYPE: {}}}, **responses(404, 422)},
    dependencies=[require(Permission.PLAYBACK_VIEW, camera="camera", media=PLAYBACK_TICKETS)],
)
async def playlist(
    request: Request,
    camera: Camera,
    service: Service,
    views: ViewsDep,
    caller: Caller,
    start: Annotated[InstantIn, Query()],
    end: Annotated[InstantIn | None, Query(description="At most 31 days after the start; by default 4 hours.")] = None,
    stream: Kind = "main",
) -> Response:
    """HLS with byte ranges of the recorded files. Gaps are skipped; while the end lies in the future it is an EVENT
    playlist that grows with the recording. What was asked for with a ticket has it in its addresses, too."""
    if caller.media is not None:
        end = caller.media.end_ms if end is None else end
        check_range(caller, start, start if end is None else end)
    plan = await service.playlist(camera, stream, start, end)
    await views.playback(caller, seen_of(await service.stream(camera, stream)), _span(start, end))
    headers = {"Cache-Control": _PAST if plan.ended else "no-store", "Vary": "Accept-Encoding"}
    text = render(plan, ticket=request.query_params.get(PARAMETER) or "" if caller.media is not None else "").encode()
    if len(text) >= _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        text = gzip.compress(text, 1, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(text, media_type=MEDIA_TYPE, headers=headers)


@router.get(
    "/{camera}/at",
    summary="Which footage shows an instant",
    responses=responses(404, 422),
    dependencies=[require(Permission.PLAYBACK_VIEW, camera="camera")],
)
async def instant(
    camera: Camera, service: Service, t: Annotated[InstantIn, Query()], stream: Kind = "main"
) -> InstantFootage:
    """In a gap it says why, and where footage goes on."""
    return InstantFootage.of(await service.at(camera, stream, t))


@router.get(
    "/{camera}/init/{digest}.mp4",
    response_class=Response,
    summary="Initialisation of a playlist",
    responses={200: _VIDEO, **responses(404)},
    dependencies=[require(Permission.PLAYBACK_VIEW, camera="camera", media=PLAYBACK_TICKETS)],
)
async def init(
    camera: Camera,
    digest: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
    request: Request,
    service: Service,
    caller: Caller,
    clock: ClockDep,
) -> Response:
    """The same bytes for ever: the name is their hash."""
    everywhere = caller.cameras(Permission.PLAYBACK_VIEW, clock.now_ms()) is None
    data = await service.init(digest, None if everywhere else await authority_of(request).camera_id(camera))
    headers = {"Cache-Control": IMMUTABLE, "ETag": f'"{digest}"'}
    if tag_matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type="video/mp4", headers=headers)


@router.head(
    "/segments/{segment_id}.mp4",
    include_in_schema=False,
    dependencies=[of_recording(Permission.PLAYBACK_VIEW, "segment_id", media=PLAYBACK_TICKETS)],
)
@router.get(
    "/segments/{segment_id}.mp4",
    response_class=Response,
    summary="Bytes of a segment",
    responses={200: _VIDEO, 206: _VIDEO, **responses(404, 416, 503)},
    dependencies=[of_recording(Permission.PLAYBACK_VIEW, "segment_id", media=PLAYBACK_TICKETS)],
)
async def segment(
    segment_id: UUID, database: DatabaseDep, service: Service, views: FileViewsDep, caller: Caller
) -> Response:
    """Whole or a range. A closed segment never changes; an open one is served as far as it is. With a ticket only the
    bytes that show its range."""
    within = None
    media = caller.media
    if media is not None:
        if media.start_ms is None or media.end_ms is None:
            raise out_of_range()
        within = await service.bytes_of(segment_id, media.start_ms, media.end_ms)
    file = await find_file(database, segment_id)
    return await respond(file, await views.playback(caller, file.seen), within)


def _span(start_ms: int, end_ms: int | None) -> dict[str, str]:
    """As an entry has it."""
    return {"from": format_instant(start_ms)} | ({} if end_ms is None else {"to": format_instant(end_ms)})
