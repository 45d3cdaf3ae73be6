"""Pictures for integrations, and the addresses under which a camera is taken from here by others."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from vedette.access.permissions import Permission
from vedette.cameras.directory import find_stream
from vedette.http.access import LIVE_TICKETS, Caller, require
from vedette.http.binding import is_loopback
from vedette.http.deps import ClockDep, DatabaseDep, SettingsDep, taken
from vedette.http.lasting import Lasting
from vedette.http.problem import responses
from vedette.live.restream.deps import room_of, server_of
from vedette.live.restream.mjpeg import MAX_FPS, MjpegResponse, MjpegRoom
from vedette.live.restream.server import Port, RestreamServer
from vedette.live.router import HubDep, Kind, Pictures, newest_key_frame
from vedette.live.sessions.deps import WatchersDep, agent_of

router = APIRouter(tags=["live"])
Room = Annotated[MjpegRoom, taken(room_of)]
Server = Annotated[RestreamServer | None, taken(server_of)]


@router.get(
    "/cameras/{camera}/live.mjpeg",
    dependencies=[require(Permission.LIVE_VIEW, camera="camera", media=LIVE_TICKETS)],
    response_class=Response,
    summary="Pictures of now, one after the other",
    responses={200: {"content": {"multipart/x-mixed-replace": {}}}, **responses(404, 429, 503)},
)
async def live_mjpeg(
    request: Request,
    camera: Annotated[str, Path(max_length=100, description="Id or slug.")],
    database: DatabaseDep,
    hub: HubDep,
    pictures: Pictures,
    room: Room,
    watchers: WatchersDep,
    caller: Caller,
    clock: ClockDep,
    fps: Annotated[
        float, Query(ge=0.01, le=MAX_FPS, description="At most so many a second; there is one for each key frame.")
    ] = 1,
    width: Annotated[int | None, Query(ge=16, le=4096, description="At most this wide; the shape stays.")] = None,
    stream: Kind = "main",
) -> Response:
    """For programs that show an `<img>`. It ends when the caller may not watch any more, and when the camera has had no
    picture for half a minute."""
    async with database.read() as session:
        ref = await find_stream(session, camera, stream)
    frame = newest_key_frame(hub, ref)
    room.check(ref.stream_id)
    watchers.check(caller, ref.camera_id)
    await pictures.jpeg(frame, width)  # what can't be decoded is said before anything else
    return MjpegResponse(
        ref,
        lambda: newest_key_frame(hub, ref),
        pictures,
        room,
        watchers,
        Lasting(request, caller, clock),
        clock,
        fps=fps,
        width=width,
        agent=agent_of(request),
    )


class RtspAddress(BaseModel):
    """Where RTSP answers. `detail` says what is wrong, or should be known."""

    state: Literal["on", "off", "taken"]
    main: str | None = Field(examples=["rtsp://nvr.local:8554/front-door"])
    sub: str | None = Field(description="Null where the camera has no sub-stream.")
    detail: str = ""


class Addresses(BaseModel):
    """Under which other programs take a camera from here. None of them has a login in it."""

    rtsp: RtspAddress
    rtsps: RtspAddress = Field(description="The same by TLS.")
    hls: str
    snapshot: str
    mjpeg: str


@router.get(
    "/live/{camera}/addresses",
    dependencies=[require(Permission.LIVE_VIEW, camera="camera")],
    summary="Addresses for other programs",
    responses=responses(404),
)
async def addresses(
    request: Request,
    camera: Annotated[str, Path(max_length=100, description="Id or slug.")],
    database: DatabaseDep,
    settings: SettingsDep,
    server: Server,
) -> Addresses:
    """As the caller reaches this server. They all want a login: an API token with `live.view`."""
    async with database.read() as session:
        ref = await find_stream(session, camera, "main")
        has_sub = (await find_stream(session, camera, "sub")).kind == "sub"
    host = request.url.hostname or settings.host
    site = f"{request.url.scheme}://{request.url.netloc}/api/v1"
    outside = is_loopback(settings.host) and not is_loopback(host)

    def rtsp(*, tls: bool) -> RtspAddress:
        port = next((one for one in server.ports if one.tls is tls), None) if server is not None else None
        return _rtsp(port, host, ref.camera_slug, outside=outside, has_sub=has_sub)

    return Addresses(
        rtsp=rtsp(tls=False),
        rtsps=rtsp(tls=True),
        hls=f"{site}/live/{ref.camera_slug}/hls/index.m3u8",
        snapshot=f"{site}/cameras/{ref.camera_slug}/snapshot.jpg",
        mjpeg=f"{site}/cameras/{ref.camera_slug}/live.mjpeg",
    )


def _rtsp(port: Port | None, host: str, slug: str, *, outside: bool, has_sub: bool) -> RtspAddress:
    if port is None:
        return RtspAddress(state="off", main=None, sub=None)
    if not port.open:
        return RtspAddress(state="taken", main=None, sub=None, detail=port.told)
    scheme = "rtsps" if port.tls else "rtsp"
    main = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port.number}/{slug}"
    detail = "RTSP answers on the server's own machine only, as its host is a loopback address." if outside else ""
    return RtspAddress(state="on", main=main, sub=f"{main}/sub" if has_sub else None, detail=detail)
