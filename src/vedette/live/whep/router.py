"""WHEP (draft-ietf-wish-whep): an offer is posted, the answer comes back, and a DELETE ends the view."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.cameras.directory import find_stream, seen_of
from vedette.core.ids import uuid7
from vedette.http.access import LIVE_TICKETS, Caller, require
from vedette.http.deps import ClockDep, DatabaseDep, taken
from vedette.http.lasting import Lasting
from vedette.http.problem import problem, render, responses
from vedette.live.deps import live_service
from vedette.live.router import HubDep, Kind
from vedette.live.sessions.deps import SESSION_HEADER, WatchersDep, agent_of
from vedette.live.sessions.session import Transport
from vedette.live.transcode.deps import Quality, TranscodesDep, chosen
from vedette.live.whep.answer import needed
from vedette.live.whep.offer import MAX_OFFER, bad_offer, parse_offer
from vedette.live.whep.sessions import WhepSessions

router = APIRouter(tags=["live"])

_SDP: Final = "application/sdp"
_DEMAND: Final = require(Permission.LIVE_VIEW, camera="camera", media=LIVE_TICKETS)


def whep_of(connection: HTTPConnection) -> WhepSessions:
    """The process's one."""
    return live_service(connection, "whep", WhepSessions)


WhepDep = Annotated[WhepSessions, taken(whep_of)]
Camera = Annotated[str, Path(max_length=100, description="Id or slug.")]
SessionId = Annotated[str, Path(max_length=64, description="From `Location` of the answer.")]


@router.post(
    "/live/{camera}/whep",
    dependencies=[_DEMAND],
    status_code=201,
    response_class=Response,
    summary="Watch by WebRTC",
    openapi_extra={"requestBody": {"required": True, "content": {_SDP: {"schema": {"type": "string"}}}}},
    responses={
        201: {
            "description": "The answer. `Location` is the session, for DELETE. `X-Vedette-Stream` is the stream that "
            "is shown, `X-Vedette-Quality` to what it is converted, `X-Vedette-Session` the live session that begins "
            "when the player connects, `X-Vedette-Silent` says why there is no sound.",
            "content": {_SDP: {"schema": {"type": "string"}}},
        },
        **responses(404, 415, 429, 503, 507),
    },
)
async def whep_open(
    request: Request,
    camera: Camera,
    database: DatabaseDep,
    whep: WhepDep,
    watchers: WatchersDep,
    caller: Caller,
    clock: ClockDep,
    hub: HubDep,
    transcodes: TranscodesDep,
    stream: Kind = "main",
    quality: Quality = None,
) -> Response:
    """Takes an SDP offer and answers it. Pictures are H.264 as the camera sends them, without B-frames, or converted:
    to `quality`, and those of an H.265 camera in any case. Sound is Opus or G.711. No trickle: our candidates are in
    the answer."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != _SDP:
        found = problem(415, "whep.content_type", f"Send the offer as {_SDP}.")
        return render(found, {"Accept-Post": _SDP})
    offer = parse_offer(await _offer_of(request))
    async with database.read() as session:
        ref = await find_stream(session, camera, stream)
    watchers.check(caller, ref.camera_id)
    access, agent, session_id = Lasting(request, caller, clock), agent_of(request), uuid7()
    status = hub.status(ref.stream_id)
    rung = needed(quality, status.video_codec if status else None)
    opened = await whep.open(
        ref,
        chosen(transcodes, ref, rung, caller, clock.now_ms()),
        offer,
        caller,
        lambda: watchers.enter(
            caller, seen_of(ref), Transport.WHEP, agent=agent, quality=rung or "", session_id=session_id
        ),
        lambda: access.until_lost(Permission.LIVE_VIEW, ref.camera_id),
    )
    answer = Response(opened.text, status_code=201, media_type=_SDP)
    answer.headers["Location"] = f"{request.url.path}/{opened.id}"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Vedette-Stream"] = ref.kind
    answer.headers[SESSION_HEADER] = str(session_id)
    if rung is not None:
        answer.headers["X-Vedette-Quality"] = rung.value
    if opened.silent:
        answer.headers["X-Vedette-Silent"] = opened.silent
    for link in whep.options.links:
        answer.headers.append("Link", link)
    return answer


@router.options(
    "/live/{camera}/whep",
    dependencies=[_DEMAND],
    status_code=204,
    summary="What WHEP takes here",
    responses=responses(404),
)
async def whep_options(camera: Camera, whep: WhepDep) -> Response:  # the path has it
    """`Accept-Post`, and the STUN and TURN servers that players should use."""
    answer = Response(status_code=204, headers={"Accept-Post": _SDP, "Allow": "OPTIONS, POST"})
    for link in whep.options.links:
        answer.headers.append("Link", link)
    return answer


@router.delete(
    "/live/{camera}/whep/{session_id}",
    dependencies=[_DEMAND],
    status_code=204,
    summary="End a view by WebRTC",
    responses=responses(404),
)
async def whep_close(
    camera: Camera, session_id: SessionId, database: DatabaseDep, whep: WhepDep, caller: Caller
) -> None:
    """Only who opened a session can end it."""
    async with database.read() as session:
        ref = await find_stream(session, camera, "main")
    whep.close(session_id, ref, caller)


@router.patch("/live/{camera}/whep/{session_id}", dependencies=[_DEMAND], include_in_schema=False)
async def whep_patch(camera: Camera, session_id: SessionId) -> Response:  # the path has them
    """The answer has all candidates, and none are needed of the player: it is known by where it sends from."""
    found = problem(
        405,
        "whep.no_trickle",
        "Candidates can't be added later, and ICE can't be restarted. Send a new offer for a new session.",
    )
    return render(found, {"Allow": "DELETE"})


async def _offer_of(request: Request) -> str:
    body = await request.body()
    if len(body) > MAX_OFFER:
        raise bad_offer(f"is longer than {MAX_OFFER // 1024} KB")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise bad_offer("is not text in UTF-8") from None
