"""/live/{camera}/hls: live pictures as HLS, for players that know nothing of Vedette."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.access.principal import CallerKind, Principal
from vedette.core.errors import ErrorKind, VedetteError, not_found
from vedette.http.access import LIVE_TICKETS, Caller, Demand, check_kind, marked, no_camera, principal_of, refused
from vedette.http.deps import ClockDep, clock_of, taken
from vedette.http.lasting import Lasting
from vedette.http.problem import from_error, problem, render, responses
from vedette.identity.tickets.deps import views_of
from vedette.identity.tickets.way_in import PARAMETER
from vedette.live.deps import live_service
from vedette.live.hls.by_hand import QuickRoute, by_hand, part_wanted, playlist_wanted
from vedette.live.hls.playlist import MEDIA_TYPE, render_master, with_ticket
from vedette.live.hls.renditions import Ladder, Rendition
from vedette.live.hls.service import HlsService
from vedette.live.sessions.deps import SESSION_HEADER, agent_of

router = APIRouter(prefix="/live/{camera}/hls", tags=["live"], route_class=QuickRoute)

# A playlist is true for the moment. What is under the address of media never changes, and is gone after a while.
_NOW = "no-store"
_MEDIA_S = 60

_PLAYLIST: dict[str, Any] = {"content": {MEDIA_TYPE: {}}}
_VIDEO: dict[str, Any] = {"content": {"video/mp4": {}}, "description": "Fragmented MP4."}


def service_of(connection: HTTPConnection) -> HlsService:
    """The process's one."""
    return live_service(connection, "hls", HlsService)


Service = Annotated[HlsService, taken(service_of)]
Camera = Annotated[str, Path(max_length=100, description="Id or slug.")]
Name = Annotated[str, Path(pattern="^[a-z0-9-]{1,20}$", description="`main` or `sub`.")]
WindowId = Annotated[str, Path(pattern="^[0-9a-f]{1,16}$", description="As it stands in the playlist.")]
Still = Callable[[], Awaitable[None]]


async def _check(camera: Camera, caller: Caller, clock: ClockDep, service: Service) -> None:
    """As `require`, but with the camera that the service remembers for a moment: a player asks ten times a second."""
    check_kind(caller, LIVE_TICKETS)
    if caller.kind is CallerKind.NOBODY:
        raise refused(caller, Permission.LIVE_VIEW)
    try:
        camera_id = (await service.ladder(camera)).camera_id
    except VedetteError as error:
        if error.kind is not ErrorKind.NOT_FOUND:
            raise
        raise no_camera(camera) from error
    if not caller.may(Permission.LIVE_VIEW, camera_id, clock.now_ms()):
        raise (
            refused(caller, Permission.LIVE_VIEW)
            if caller.may(Permission.CAMERA_VIEW, camera_id, clock.now_ms())
            else no_camera(camera)
        )


_MAY = [Depends(marked(_check, Demand(Permission.LIVE_VIEW, "camera", media=LIVE_TICKETS)))]


async def _still(request: Request, camera: Camera, caller: Caller, clock: ClockDep, service: Service) -> Still:
    """For what waits: raises when the caller has lost the permission meanwhile."""
    access = Lasting(request, caller, clock)

    async def check() -> None:
        ladder = await service.ladder(camera)
        await access.demand(Permission.LIVE_VIEW, ladder.camera_id)

    return check


StillDep = Annotated[Still, Depends(_still)]


async def _let_in(request: Request, camera: str) -> dict[str, Any]:
    """What `_MAY` demands and `Caller`, `Service` and `StillDep` give, for requests that are read by hand."""
    caller = await principal_of(request)
    service, clock = service_of(request), clock_of(request)
    await _check(camera, caller, clock, service)
    return {"caller": caller, "service": service, "still": await _still(request, camera, caller, clock, service)}


@router.get(
    "/index.m3u8",
    dependencies=_MAY,
    response_class=Response,
    summary="Live as HLS",
    responses={200: _PLAYLIST, **responses(404, 503)},
)
async def live_hls(
    request: Request,
    camera: Camera,
    service: Service,
    caller: Caller,
    still: StillDep,
    stream: Annotated[
        Literal["main", "sub"] | None, Query(description="Only this one, or main where there is none. By default all.")
    ] = None,
    low_latency: Annotated[
        Literal["yes", "no"], Query(description="`no`: whole segments only, for old players and for CDNs.")
    ] = "yes",
) -> Response:
    """The qualities of a camera. Its media playlists are low-latency HLS (RFC 8216bis): old players take them as plain
    HLS. What was asked for with a ticket has it in its addresses, too."""
    ladder = await service.ladder(camera)
    wanted = ladder.renditions if stream is None else ladder.only(stream)
    found = await service.variants(ladder, wanted, still)
    return _text(render_master(found, low_latency=low_latency == "yes"), request, caller)


@router.get(
    "/{rendition}/index.m3u8",
    dependencies=_MAY,
    response_class=Response,
    summary="Live playlist of one stream",
    responses={200: _PLAYLIST, **responses(400, 404, 503)},
)
@by_hand(playlist_wanted, _let_in)
async def live_playlist(
    request: Request,
    camera: Camera,
    rendition: Name,
    service: Service,
    caller: Caller,
    still: StillDep,
    msn: Annotated[int | None, Query(alias="_HLS_msn", ge=0, description="Answer when this segment is there.")] = None,
    part: Annotated[int | None, Query(alias="_HLS_part", ge=0, description="Or this part of it, from 0.")] = None,
) -> Response:
    """Low-latency HLS: parts of about 0.2 s, and requests that wait for the next one. A first request starts the
    stream; half a minute after the last one it ends."""
    ladder = await service.ladder(camera)
    found = ladder.find(rendition)
    try:
        text = await service.playlist(caller, ladder, found, still, low_latency=True, msn=msn, part=part)
    except VedetteError as error:
        if error.kind is ErrorKind.INVALID:
            # RFC 8216bis, 6.2.5.2, wants this one.
            return render(problem(400, error.code, error.message, field=error.field))
        raise
    return await _seen(text, request, service, caller, ladder, found)


@router.get(
    "/{rendition}/plain.m3u8",
    dependencies=_MAY,
    response_class=Response,
    summary="Live playlist without parts",
    responses={200: _PLAYLIST, **responses(404, 503)},
)
async def live_plain_playlist(
    request: Request, camera: Camera, rendition: Name, service: Service, caller: Caller, still: StillDep
) -> Response:
    """Plain HLS of whole segments, some seconds behind."""
    ladder = await service.ladder(camera)
    found = ladder.find(rendition)
    text = await service.playlist(caller, ladder, found, still, low_latency=False)
    return await _seen(text, request, service, caller, ladder, found)


@router.get(
    "/{rendition}/{window}/init/{digest}.mp4",
    dependencies=_MAY,
    response_class=Response,
    summary="Initialisation of a live playlist",
    responses={200: _VIDEO, **responses(404)},
)
async def live_init(
    camera: Camera,
    rendition: Name,
    window: WindowId,
    digest: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
    service: Service,
    caller: Caller,
) -> Response:
    """What decodes the segments and parts that follow it in the playlist."""
    kept = service.window((await service.ladder(camera)).find(rendition), window)
    return _media(kept.init(digest) if kept is not None else None, caller)


@router.get(
    "/{rendition}/{window}/segment/{msn}.m4s",
    dependencies=_MAY,
    response_class=Response,
    summary="A live segment",
    responses={200: _VIDEO, **responses(404)},
)
async def live_segment(
    camera: Camera,
    rendition: Name,
    window: WindowId,
    msn: Annotated[int, Path(ge=0, description="Its media sequence number.")],
    service: Service,
    caller: Caller,
) -> Response:
    """A whole segment, for as long as it is in the playlist and as long again."""
    ladder = await service.ladder(camera)
    kept = service.window(ladder.find(rendition), window)
    found = kept.segment(msn) if kept is not None else None
    if found is not None:
        service.viewers.sent(caller, ladder.camera_id, len(found.data))
    return _media(found.data if found is not None else None, caller)


@router.get(
    "/{rendition}/{window}/part/{number}.m4s",
    dependencies=_MAY,
    response_class=Response,
    summary="A part of a live segment",
    responses={200: _VIDEO, **responses(404, 503)},
)
@by_hand(part_wanted, _let_in)
async def live_part(
    camera: Camera,
    rendition: Name,
    window: WindowId,
    number: Annotated[int, Path(ge=0, description="Counted over all segments.")],
    service: Service,
    caller: Caller,
    still: StillDep,
) -> Response:
    """Some frames. The one that the playlist hints at is waited for."""
    ladder = await service.ladder(camera)
    data = await service.part(caller, ladder, ladder.find(rendition), window, number, still)
    service.viewers.sent(caller, ladder.camera_id, len(data or b""))
    return _media(data, caller)


async def _seen(
    text: str, request: Request, service: HlsService, caller: Principal, ladder: Ladder, shown: Rendition
) -> Response:
    """A media playlist, once the view is noted; `X-Vedette-Session` names it, for the player's reports."""
    quality = shown.rung.value if shown.rung is not None else ""
    ticket = _ticket(request, caller)
    try:
        session = await service.viewers.saw(caller, ladder.seen(shown), agent_of(request), quality)
    except VedetteError:
        views_of(request).forget(ticket)
        raise
    if ticket:
        views_of(request).keep(ticket)
    answer = _text(text, request, caller)
    answer.headers[SESSION_HEADER] = str(session.id)
    return answer


def _ticket(request: Request, caller: Principal) -> str:
    return request.query_params.get(PARAMETER) or "" if caller.media is not None else ""


def _text(text: str, request: Request, caller: Principal) -> Response:
    return Response(with_ticket(text, _ticket(request, caller)), media_type=MEDIA_TYPE, headers={"Cache-Control": _NOW})


def _media(data: bytes | memoryview | None, caller: Principal) -> Response:
    if data is None:
        gone = not_found(
            "live.gone", "This piece of the live picture is gone, or not there yet. Read the playlist again."
        )
        return render(from_error(gone), {"Cache-Control": _NOW})
    # An address with a ticket may be answered by whoever has the answer; one that a cookie opens must not be.
    whose = "public" if caller.media is not None else "private"
    headers = {"Cache-Control": f"{whose}, max-age={_MEDIA_S}, immutable"}
    return Response(data, media_type="video/mp4", headers=headers)
