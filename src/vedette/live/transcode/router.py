"""What converts streams, what runs for whom, and in which qualities a stream can be had."""

from typing import Annotated

from fastapi import APIRouter, Path

from vedette.access.permissions import Permission
from vedette.cameras.directory import StreamRef, find_stream
from vedette.http.access import LIVE_TICKETS, Caller, require
from vedette.http.deps import ClockDep, DatabaseDep
from vedette.http.problem import responses
from vedette.live.router import HubDep, Kind
from vedette.live.sessions.deps import WatchersDep
from vedette.live.sessions.watchers import LiveSession
from vedette.live.transcode.deps import TranscodesDep
from vedette.live.transcode.job import Job
from vedette.live.transcode.schemas import EncoderOut, EncodersOut, QualitiesOut, RenditionOut, TranscodeOut
from vedette.live.transcode.transcodes import Transcodes, derived_id
from vedette.media.transcode.encoders import ENCODERS
from vedette.media.transcode.rungs import AUDIO_BITRATE, Rung, below, bitrate_of, size_on

router = APIRouter(tags=["live"])


@router.get("/live/encoders", dependencies=[require(Permission.SYSTEM_VIEW)], summary="Encoders and running transcodes")
async def list_encoders(
    transcodes: TranscodesDep, watchers: WatchersDep, caller: Caller, clock: ClockDep
) -> EncodersOut:
    """Each encoder was tried with a small picture; `why` says what is missing."""
    found = await transcodes.detection.found()
    jobs, sessions = transcodes.jobs, watchers.sessions()
    now_ms = clock.now_ms()
    return EncodersOut(
        limit=transcodes.rules.limit,
        running=len(jobs),
        max_height=transcodes.rules.max_height,
        encoders=[
            EncoderOut.of(one, found.get(one.name, "it was not tried"), sum(job.encoder == one.name for job in jobs))
            for one in ENCODERS
        ],
        transcodes=[
            TranscodeOut.of(job, sum(_watches(session, job) for session in sessions))
            for job in jobs
            if caller.may(Permission.CAMERA_VIEW, job.ref.camera_id, now_ms)
        ],
    )


@router.get(
    "/live/{camera}/qualities",
    dependencies=[require(Permission.LIVE_VIEW, camera="camera", media=LIVE_TICKETS)],
    summary="Qualities of a stream",
    responses=responses(404),
)
async def list_qualities(
    camera: Annotated[str, Path(max_length=100, description="Id or slug.")],
    database: DatabaseDep,
    transcodes: TranscodesDep,
    hub: HubDep,
    stream: Kind = "main",
) -> QualitiesOut:
    """For a menu: what `quality` of the live routes can be for this stream now."""
    async with database.read() as session:
        ref = await find_stream(session, camera, stream)
    status = hub.status(ref.stream_id)
    width, height = (status.width, status.height) if status else (None, None)
    return QualitiesOut(
        stream="sub" if ref.kind == "sub" else "main",
        width=width,
        height=height,
        codec=status.video_codec if status else None,
        spare=transcodes.spare(),
        renditions=[] if not width or not height else renditions(transcodes, ref, width, height),
    )


def _watches(session: LiveSession, job: Job) -> bool:
    """Whether this view is of what the job makes. (HLS names a converted stream as it does in its addresses.)"""
    seen, kind = session.seen, job.ref.kind
    named = seen.stream == f"{kind}-{job.rung}" or (seen.stream == kind and session.quality == job.rung)
    return named and seen.camera_id == job.ref.camera_id


def renditions(transcodes: Transcodes, ref: StreamRef, width: int, height: int) -> list[RenditionOut]:
    """The qualities that a picture of this size can be had in, best first."""
    if not transcodes.rules.limit:
        return []
    running = {job.derived for job in transcodes.jobs}
    made = []
    for rung in (Rung.H264, *below(min(width, height), transcodes.rules.max_height)):
        size = size_on(rung, width, height, max_height=transcodes.rules.max_height)
        made.append(
            RenditionOut(
                quality=rung,
                width=size.width,
                height=size.height,
                bitrate=bitrate_of(size) + AUDIO_BITRATE,
                running=derived_id(ref.stream_id, rung) in running,
            )
        )
    return made
