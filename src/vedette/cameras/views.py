"""Rows and live states put together into what the API shows."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from vedette.access.permissions import Permission
from vedette.cameras.plan import RecordingPlan, decide
from vedette.cameras.schemas import Camera, CameraStatus, Capabilities, RecordingStatus, StreamOut
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.redaction import redact
from vedette.events.announcements import StreamStatus
from vedette.events.statuses import StreamStatusOut, status_out


def present_streams(camera: CameraRow) -> list[StreamRow]:
    """The streams that were not removed, main first."""
    return [stream for stream in camera.streams if stream.removed_ms is None]


def stream_of(camera: CameraRow, kind: str) -> StreamRow | None:
    """The present stream of this kind."""
    return next((stream for stream in present_streams(camera) if stream.kind == kind), None)


def shown_url(url: str) -> str:
    """A stored URL as people see it: some cameras take the password as a parameter, which is masked."""
    return redact(url)


def unknown_status(camera_id: UUID, stream: StreamRow, since_ms: int) -> StreamStatusOut:
    """The state of a stream that no recorder has spoken of since `since_ms`."""
    return StreamStatusOut.model_validate(
        {
            "stream_id": stream.id,
            "camera_id": camera_id,
            "kind": stream.kind,
            "state": "unknown",
            "since": since_ms,
            "detail": "No recorder has reported on this stream yet.",
        }
    )


def stream_statuses(
    camera: CameraRow, statuses: Mapping[int, StreamStatus], unknown_since_ms: int
) -> list[StreamStatusOut]:
    """The states of the camera's streams, main first."""
    return [
        status_out(found) if (found := statuses.get(stream.id)) else unknown_status(camera.id, stream, unknown_since_ms)
        for stream in present_streams(camera)
    ]


def camera_out(
    camera: CameraRow,
    has_credentials: bool,
    login_lost: bool,
    statuses: Mapping[int, StreamStatus],
    unknown_since_ms: int,
    allowed: Iterable[Permission],
) -> Camera:
    """A camera as the API shows it to somebody who is allowed that much of it. Where it is in the network is for who
    may change it."""
    held = frozenset(allowed)
    states = {status.kind: status for status in stream_statuses(camera, statuses, unknown_since_ms)}
    return Camera.model_validate(
        {
            "id": camera.id,
            "slug": camera.slug,
            "name": camera.name,
            "enabled": camera.enabled,
            "recording_mode": camera.recording_mode,
            "recording_override": camera.recording_override,
            "schedule": camera.schedule,
            "segment_minutes": camera.segment_minutes,
            "keep_days": camera.keep_days,
            "keep_bytes": camera.keep_bytes,
            "volume_id": camera.volume_id,
            "simulated": camera.simulated,
            "notes": camera.notes,
            "created_at": camera.created_ms,
            "updated_at": camera.updated_ms,
            "has_credentials": has_credentials,
            "login_lost": login_lost,
            "streams": [
                StreamOut.model_validate(
                    {
                        "id": stream.id,
                        "kind": stream.kind,
                        "url": shown_url(stream.url) if Permission.CAMERA_EDIT in held else None,
                        "engine": stream.engine,
                        "fallback": stream.fallback,
                        "record": stream.record,
                    }
                )
                for stream in present_streams(camera)
            ],
            "status": CameraStatus(main=states.get("main"), sub=states.get("sub")),
            "capabilities": capabilities_of(camera),
            "allowed": sorted(held),
        }
    )


def capabilities_of(_camera: CameraRow) -> Capabilities:
    """What the device can do. Nothing tells of that yet: a stream's address says only where the pictures are."""
    return Capabilities()


def plan_of(camera: CameraRow) -> RecordingPlan:
    """What people set about recording this camera."""
    return RecordingPlan(camera.recording_mode, camera.recording_override, camera.schedule, camera.enabled)


def recording_out(
    camera: CameraRow, statuses: Mapping[int, StreamStatus], unknown_since_ms: int, now_ms: int
) -> RecordingStatus:
    """Whether the camera is to be recorded at `now_ms`, and what its streams do."""
    decision = decide(plan_of(camera), now_ms)
    return RecordingStatus.model_validate(
        {
            "mode": camera.recording_mode,
            "override": camera.recording_override,
            "wanted": decision.record,
            "reason": decision.detail,
            "streams": stream_statuses(camera, statuses, unknown_since_ms),
        }
    )
