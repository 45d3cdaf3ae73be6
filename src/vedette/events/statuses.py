"""What a stream is doing, as the API and the event socket tell it."""

from dataclasses import asdict
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from vedette.core.redaction import redact
from vedette.events.announcements import StreamStatus
from vedette.http.instants import InstantOut


class StreamStatusOut(BaseModel):
    """What a stream is doing, as its recorder says. `unknown`: no recorder has spoken of it yet."""

    stream_id: int
    camera_id: UUID
    kind: Literal["main", "sub"]
    state: str = Field(description="connecting, recording, live, waiting, blocked, stopped or unknown")
    since: InstantOut
    engine: str = ""
    cause: str = ""
    detail: str = ""
    retry_at: InstantOut | None = None
    run_id: str | None = None
    fps: float = 0.0
    bitrate: float = Field(default=0.0, description="Bits per second.")
    key_interval_s: float | None = None
    jitter_ms: float = 0.0
    lost_packets: int = 0
    clock_offset_ms: float | None = None
    drift_ppm: float | None = None
    reconnects: int = 0
    last_error: str = ""
    last_frame_at: InstantOut | None = None
    width: int | None = None
    height: int | None = None
    video_codec: str | None = None
    audio_codec: str | None = None


_NUMBERS = frozenset(
    {
        "fps",
        "bitrate",
        "key_interval_s",
        "jitter_ms",
        "lost_packets",
        "clock_offset_ms",
        "drift_ppm",
        "last_frame_ms",
    }
)


def status_out(status: StreamStatus) -> StreamStatusOut:
    """An announced status with the names and times of the API."""
    fields = asdict(status)
    fields["since"] = fields.pop("since_ms")
    fields["retry_at"] = fields.pop("retry_at_ms")
    fields["last_frame_at"] = fields.pop("last_frame_ms")
    for name in ("detail", "last_error"):
        fields[name] = redact(fields[name])
    return StreamStatusOut.model_validate(fields)


def same_state(one: StreamStatus, other: StreamStatus) -> bool:
    """Whether two statuses differ in their numbers at most."""
    return all(getattr(one, name) == getattr(other, name) for name in _STATE)


_STATE = tuple(name for name in StreamStatus.__slots__ if name not in _NUMBERS)
