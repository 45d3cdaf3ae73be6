"""/playback: playlists over recorded footage and the bytes that they name."""

import gzip
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.audit.deps import FileViewsDep, ViewsDep
from vedette.cameras.directory import seen_of
from vedette.http.access import PLAYBACK_TICKETS, Caller, authority_of, check_range, out_of_range, require
from vedette.http.deps import ClockDep, DatabaseDep, taken
from vedette.http.instants import InstantIn, format_instant
from vedette.http.media import IMMUTABLE
from vedette.http.problem import responses, sees_storage
from vedette.http.ranges import tag_matches
from vedette.identity.tickets.way_in import PARAMETER
from vedette.playback.playlist import MEDIA_TYPE, pack, render, size_of
from vedette.playback.playlists import Playlists
from vedette.playback.schemas import InstantFootage, SpanStreams, StreamOfSpan
from vedette.playback.service import PlaybackService
from vedette.playback.variants import exchangeable, render_master
from vedette.recordings.access import of_recording
from vedette.recordings.files import find_file, respond
from vedette.storage.deps import BucketsDep

router = APIRouter(prefix="/playback", tags=["playback"])

# The past may still lose footage to retention, so a playlist is not kept for long.
_PAST = "private, max-age=30"


def service_of(connection: HTTPConnection) -> PlaybackService:
    """The process's one."""
    service: PlaybackService = connection.app.state.playback
    return service


def playlists_of(connection: HTTPConnection) -> Playlists:
    """The process's one."""
    playlists: Playlists = connection.app.state.playlists
    return playlists


# A playlist shrinks to a seventh. Small ones are not worth the trouble.
_WORTH_PACKING = 16 * 1024

Service = Annotated[PlaybackService, taken(service_of)]
ListsDep = Annotated[Playlists, taken(playlists_of)]
Camera = Annotated[str, Path(max_length=100, description="Id or slug.")]
Kind = Annotated[Literal["main", "sub"], Query(description="`sub` gives the main stream where there is no sub-stream.")]
Start = Annotated[InstantIn, Query()]
End = Annotated[InstantIn | None, Query(description="At most 31 days after the start; by default 4 hours.")]
_PLAYLIST: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}}, **responses(404, 422)}
# Main and sub-stream break at places of their own. Numbers that have nothing in common keep players from taking the
# break of one for that of the other: they align the two by the wall clock (RFC 8216, section 6.2.4).
_FIRST_BREAKS = {"main": 0, "sub": 1_000_000}
_ELSEWHERE = {"description": "At a presigned address of its bucket, for the same `Range`."}
_VIDEO = {"content": {"video/mp4": {}}, "description": "Fragmented MP4."}


@router.get(
    "/{camera}/index.m3u8",
    response_class=Response,
    summary="Playlist of a span",
    responses=_PLAYLIST,
    dependencies=[require(Permission.PLAYBACK_VIEW, camera="camera", media=PLAYBACK_TICKETS)],
)
async def playlist(
    request: Request,
    camera: Camera,
    playlists: ListsDep,
    views: ViewsDep,
    caller: Caller,
    start: Start,
    end: End = None,
    stream: Kind = "main",
    aligned: Annotated[
        bool, Query(description="On one time line with the camera's other stream, as master playlists need it.")
    ] = False,
    bare: Annotated[bool, Query(description="Without the ticket in its addresses.")] = False,
) -> Response:
    """HLS with byte ranges of the recorded files. Gaps are skipped; while the end lies in the future it is an EVENT
    playlist that grows with the recording. What was asked for with a ticket has it in its addresses, too. A file that
    can't be had is listed as a gap, with a date range that says why."""
    end = _end_for(caller, start, end)
    asked = await playlists.look(camera, stream, start, end, with_others=aligned)
    headers = {"Cache-Control": _PAST if asked.ended else "no-store", "Vary": "Accept-Encoding"}
    if asked.tag is not None:
        headers["ETag"] = f'W/"{asked.tag}"'
        if tag_matches(request.headers.get("if-none-match"), headers["ETag"]):
            await views.playback(caller, seen_of(asked.stream), _span(start, end))
            return Response(status_code=304, headers=headers)
    plan = await playlists.make(asked)
    await views.playback(caller, seen_of(asked.stream), _span(start, end))
    first_break = _FIRST_BREAKS[asked.stream.kind]
    ticket = "" if bare else _ticket_of(request, caller)
    if size_of(plan) < _WORTH_PACKING or "gzip" not in request.headers.get("accept-encoding", ""):
        text = render(plan, first_break=first_break, ticket=ticket)
    else:
        headers["Content-Encoding"] = "gzip"
        if ticket:
            text = gzip.compress(render(plan, first_break=first_break, ticket=ticket), 1, mtime=0)
        else:
            text = pack(plan, first_break=first_break)
    return Response(text, media_type=MEDIA_TYPE, headers=headers)


@router.get(
    "/{camera}/master.m3u8",
    response_class=Response,
    summary="Playlist of the streams of a span",
    responses=_PLAYLIST,
    dependencies=[require(Permission.PLAYBACK_VIEW, camera="camera", media=PLAYBACK_TICKETS)],
)
async def master(
    request: Request, camera: Camera, playlists: ListsDep, caller: Caller, start: Start, end: End = None
) -> Response:
    """HLS between whose streams a player chooses by its bandwidth, the main stream first. They are aligned by the wall
    clock. A stream that has sound where the main one has none, or none where that one has it, is left out: players
    can't change between the two."""
    end = _end_for(caller, start, end)
    found = exchangeable(await playlists.variants(camera, start, end))
    found = await playlists.with_peaks(camera, found, start, end)
    query = {"start": format_instant(start)} | ({} if end is None else {"end": format_instant(end)})
    if len(found) > 1:
        query["aligned"] = "true"
    if ticket := _ticket_of(request, caller):
        query[PARAMETER] = ticket
    return Response(render_master(found, query), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


@router.get(
    "/{camera}/streams",
    summary="The streams of a span",
    responses=responses(404, 422),
    dependencies=[require(Permission.PLAYBACK_VIEW, camera="camera", media=PLAYBACK_TICKETS)],
)
async def streams(camera: Camera, playlists: ListsDep, caller: Caller, start: Start, end: End = None) -> SpanStreams:
    """What each of them takes and shows, the main one first: for players that choose by themselves."""
    found = await playlists.variants(camera, start, _end_for(caller, start, end))
    return SpanStreams(streams=[StreamOfSpan.of(one) for one in found])


@router.get(
    "/{camera}/at",
    summary="Which footage shows an instant",
    responses=responses(404, 422),
    dependencies=[require(Permission.PLAYBACK_VIEW, camera="camera")],
)
async def instant(
    request: Request, camera: Camera, service: Service, t: Annotated[InstantIn, Query()], stream: Kind = "main"
) -> InstantFootage:
    """In a gap it says why, and where footage goes on."""
    return InstantFootage.of(await service.at(camera, stream, t), places=sees_storage(request.scope))


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
    responses={200: _VIDEO, 206: _VIDEO, 307: _ELSEWHERE, **responses(404, 416, 503)},
    dependencies=[of_recording(Permission.PLAYBACK_VIEW, "segment_id", media=PLAYBACK_TICKETS)],
)
async def segment(
    segment_id: UUID,
    database: DatabaseDep,
    buckets: BucketsDep,
    service: Service,
    views: FileViewsDep,
    caller: Caller,
    via: Annotated[
        Literal["server"] | None,
        Query(description="`server`: from here, for a player that could not read at the bucket where it was sent."),
    ] = None,
) -> Response:
    """Whole or a range. A closed segment never changes; an open one is served as far as it is. With a ticket only the
    bytes that show its range. One in a bucket whose volume is set up so answers 307: the range is at a presigned
    address there for a minute."""
    within = None
    media = caller.media
    if media is not None:
        if media.start_ms is None or media.end_ms is None:
            raise out_of_range()
        within = await service.bytes_of(segment_id, media.start_ms, media.end_ms)
    file = await find_file(database, segment_id, buckets)
    if via is not None and file.bucket is not None:
        file.bucket.detour()
    return await respond(file, await views.playback(caller, file.seen), within, may_redirect=via is None)


def _end_for(caller: Principal, start: int, end: int | None) -> int | None:
    """The end, for who comes with a ticket that of the ticket unless it is asked for. Raises `ticket.range`."""
    if caller.media is not None:
        end = caller.media.end_ms if end is None else end
        check_range(caller, start, start if end is None else end)
    return end


def _ticket_of(request: Request, caller: Principal) -> str:
    """What goes into the addresses of a playlist, empty for who came in by something else."""
    return request.query_params.get(PARAMETER) or "" if caller.media is not None else ""


def _span(start_ms: int, end_ms: int | None) -> dict[str, str]:
    """As an entry has it."""
    return {"from": format_instant(start_ms)} | ({} if end_ms is None else {"to": format_instant(end_ms)})
