"""Live pictures: the MSE socket, and snapshots of now and of the past."""

import asyncio
import contextlib
from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request, Response, WebSocket, WebSocketDisconnect
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.access.principal import MediaKind
from vedette.audit.deps import ViewsDep
from vedette.cameras.directory import StreamRef, find_stream, seen_of
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.core.words import sentences
from vedette.http.access import (
    LIVE_TICKETS,
    Caller,
    Demand,
    authority_of,
    check_kind,
    check_range,
    demand_camera,
    marked,
    require,
)
from vedette.http.deps import ClockDep, DatabaseDep, taken
from vedette.http.instants import InstantIn, format_instant
from vedette.http.lasting import Lasting
from vedette.http.problem import responses
from vedette.http.ranges import tag_matches
from vedette.live.closing import Close, close_of
from vedette.live.hub import StreamHub
from vedette.live.mse import MseSender
from vedette.live.sessions.deps import WatchersDep, agent_of
from vedette.live.sessions.session import EndReason, LiveSession, Transport
from vedette.live.snapshots import KeyFrame, LiveKeyFrame, RecordedPictures, Snapshots, picture_name
from vedette.live.transcode.deps import Quality, TranscodesDep, chosen

router = APIRouter(tags=["live"])
log = get_logger("live")

# How long a peer that may not be there is given to take the closing frame.
_CLOSING_S = 2.0


def hub_of(connection: HTTPConnection) -> StreamHub:
    """The process's hub."""
    hub: StreamHub = connection.app.state.hub
    return hub


def pictures_of(connection: HTTPConnection) -> Snapshots:
    """The process's one."""
    snapshots: Snapshots = connection.app.state.snapshots
    return snapshots


def past_of(connection: HTTPConnection) -> RecordedPictures:
    """The process's playback."""
    past: RecordedPictures = connection.app.state.playback
    return past


Pictures = Annotated[Snapshots, taken(pictures_of)]
Past = Annotated[RecordedPictures, taken(past_of)]
HubDep = Annotated[StreamHub, taken(hub_of)]
Kind = Annotated[Literal["main", "sub"], Query(description="`sub` gives the main stream where there is no sub-stream.")]


@router.websocket(
    "/live/{camera}/mse", dependencies=[require(Permission.LIVE_VIEW, camera="camera", media=LIVE_TICKETS)]
)
async def mse(
    socket: WebSocket,
    camera: str,
    database: DatabaseDep,
    hub: HubDep,
    watchers: WatchersDep,
    caller: Caller,
    clock: ClockDep,
    transcodes: TranscodesDep,
    stream: Kind = "main",
    quality: Quality = None,
) -> None:
    """One stream as fragmented MP4; the messages are described in `live.mse`. Who loses the permission meanwhile is
    closed out with 4401 or 4403, whose view was ended with 4410; 4429 for who watches too many streams, and where no
    more transcodes can run."""
    await socket.accept()
    try:
        async with database.read() as session:
            ref = await find_stream(session, camera, stream)
        stream_id = chosen(transcodes, ref, quality, caller, clock.now_ms())
        agent = agent_of(socket)
        async with (
            watchers.enter(caller, seen_of(ref), Transport.MSE, agent=agent, quality=quality or "") as session,
            hub.subscribe(stream_id, fine=True) as viewer,
        ):
            sender = MseSender(
                socket, viewer, hub, session, clock, stream=ref.kind, requested=ref.requested, quality=quality
            )
            reason = await _show(socket, sender, session, Lasting(socket, caller, clock))
    except VedetteError as error:
        reason = close_of(error)
    except (WebSocketDisconnect, OSError):
        return
    with contextlib.suppress(TimeoutError, RuntimeError, WebSocketDisconnect, OSError):
        async with asyncio.timeout(_CLOSING_S):
            if reason.told:
                await socket.send_text(orjson.dumps({"type": "refused", **reason.told}).decode())
            await socket.close(reason.code, reason.frame_reason)


_STILL_TICKETS = frozenset({MediaKind.STILL})


async def _may_see_picture(request: Request, caller: Caller, clock: ClockDep) -> None:
    """A picture of now is live, one of then is playback."""
    check_kind(caller, _STILL_TICKETS)
    permission = Permission.PLAYBACK_VIEW if "at" in request.query_params else Permission.LIVE_VIEW
    await demand_camera(authority_of(request), caller, permission, request.path_params["camera"], clock.now_ms())


@router.get(
    "/cameras/{camera}/snapshot.jpg",
    dependencies=[Depends(marked(_may_see_picture, Demand(Permission.LIVE_VIEW, "camera", media=_STILL_TICKETS)))],
    response_class=Response,
    summary="One picture",
    responses={
        200: {"content": {"image/jpeg": {}}},
        204: {"description": "There is no picture, and `missing=empty` was asked for."},
        **responses(404, 503),
    },
)
async def snapshot(
    request: Request,
    camera: Annotated[str, Path(max_length=100, description="Id or slug.")],
    database: DatabaseDep,
    hub: HubDep,
    pictures: Pictures,
    past: Past,
    views: ViewsDep,
    caller: Caller,
    width: Annotated[int | None, Query(ge=16, le=4096, description="At most this wide; the shape stays.")] = None,
    at: Annotated[InstantIn | None, Query(description="An instant that was recorded; by default now.")] = None,
    missing: Annotated[
        Literal["error", "empty"],
        Query(
            description="Without a picture: an error that says why, or 204, for pages that show one if there is one."
        ),
    ] = "error",
    stream: Kind = "main",
) -> Response:
    """The newest key frame, or the one that was shown at an instant. `X-Captured-At` says when it was taken."""
    if at is not None:
        check_range(caller, at, at)
    async with database.read() as session:
        ref = await find_stream(session, camera, stream, past=at is not None)
    try:
        frame = newest_key_frame(hub, ref) if at is None else await past.key_frame(camera, stream, at)
        picture = await _unless_known(request, pictures, frame, width)
    except VedetteError:
        if missing == "error":
            raise
        # The browser's console takes every other answer to an <img> for a fault of the page.
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    moment = "now" if at is None else format_instant(at)
    await views.once(caller, "snapshot.view", seen_of(ref), what=moment)
    headers = {
        "ETag": f'"{picture_name(frame, width)}"',
        "Cache-Control": "no-cache" if at is None else "private, max-age=300",
        "X-Captured-At": format_instant(frame.at_ms),
    }
    if picture is None:
        return Response(status_code=304, headers=headers)
    return Response(picture, media_type="image/jpeg", headers=headers)


async def _unless_known(request: Request, pictures: Snapshots, frame: KeyFrame, width: int | None) -> bytes | None:
    """The picture; None where the caller has it already. Raises VedetteError as `Snapshots.jpeg` does."""
    if tag_matches(request.headers.get("if-none-match"), f'"{picture_name(frame, width)}"'):
        return None
    return await pictures.jpeg(frame, width)


def newest_key_frame(hub: StreamHub, ref: StreamRef) -> LiveKeyFrame:
    """The newest key frame of a stream. Raises VedetteError `snapshot.no_picture` when there is none of just now."""
    group = hub.newest_group(ref.stream_id)
    if group:
        part = group[0]
        with contextlib.suppress(OSError, EOFError):
            name = f"{part.segment.segment_id}-{part.offset}"
            return LiveKeyFrame(name, part.segment.init.data, hub.read(part), part.at_ms)
    status = hub.status(ref.stream_id)
    reason = status.detail if status and status.detail else "The stream has not delivered a picture yet."
    raise VedetteError(
        ErrorKind.UNAVAILABLE,
        "snapshot.no_picture",
        sentences(
            f"There is no live picture of {ref.camera_name}", reason, "Add ?at= for a recorded one, or try again"
        ),
    )


async def _show(socket: WebSocket, sender: MseSender, session: LiveSession, access: Lasting) -> Close:
    """Sends until there is a reason to close. Raises WebSocketDisconnect when the viewer left."""
    sending = asyncio.create_task(sender.run())
    leaving = asyncio.create_task(_until_left(socket, sender))
    losing = asyncio.create_task(access.until_lost(Permission.LIVE_VIEW, session.seen.camera_id))
    ending = asyncio.create_task(session.until_ended())
    tasks = (sending, leaving, losing, ending)
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if not losing.cancelled():
        session.end_reason = EndReason.ACCESS
        return close_of(losing.result())
    if not ending.cancelled():
        return close_of(ending.result())
    if sending.cancelled():
        raise WebSocketDisconnect
    return sending.result()


async def _until_left(socket: WebSocket, sender: MseSender) -> None:
    """Reads what the viewer says, until it left."""
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        await sender.heard(message.get("text") or "")
