"""The values of the segment index, as the repository hands them out and the committer takes them in."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from vedette.media.units import Init, SegmentIndex


class GapCause(StrEnum):
    """Why there is no footage."""

    NOT_SCHEDULED = "not_scheduled"
    STOPPED = "stopped"
    CAMERA_OFFLINE = "camera_offline"
    NETWORK = "network"
    NO_DISK = "no_disk"
    WRITE_FAILURE = "write_failure"
    DELETED_BY_RETENTION = "deleted_by_retention"
    DELETED_BY_PERSON = "deleted_by_person"
    LOST = "lost"


DELETED = frozenset({GapCause.DELETED_BY_RETENTION, GapCause.DELETED_BY_PERSON})


class SegmentState(StrEnum):
    """`open` is being written; `damaged` is a closed one whose file is not what it was."""

    OPEN = "open"
    CLOSED = "closed"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Segment:
    """One row of the index. `path` is relative to the volume, `start_ticks` and `duration_ticks` are of the video
    timescale of the init."""

    id: UUID
    stream_id: int
    volume_id: int
    init_id: int
    run_id: UUID
    sequence: int
    path: str
    state: str
    start_ms: int
    end_ms: int
    start_ticks: int
    duration_ticks: int
    bytes: int
    frames: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A span without footage. `end_ms` is None while it lasts."""

    start_ms: int
    end_ms: int | None
    cause: GapCause
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a volume, a stream or everything takes. `oldest_ms` and `newest_ms` bound the footage, None without any."""

    bytes: int = 0
    files: int = 0
    duration_ms: int = 0
    oldest_ms: int | None = None
    newest_ms: int | None = None


@dataclass(frozen=True, slots=True)
class NewSegment:
    """A file that got its first part. `end_ms`, `duration_ticks`, `bytes` (of the whole file) and `frames` say how far
    it is."""

    id: UUID
    stream_id: int
    volume_id: int
    init: Init
    run_id: UUID
    sequence: int
    path: str
    start_ms: int
    end_ms: int
    start_ticks: int
    duration_ticks: int
    bytes: int
    frames: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an open file is. `groups` may be given now and then, so that the older part of a long open file can be
    played back; what is newer is known to the live hub."""

    segment_id: UUID
    end_ms: int
    duration_ticks: int
    bytes: int
    frames: int
    groups: SegmentIndex | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A finalised file. `bytes` is the size of the file as it is now, with its index; `sha256` is of the recorded bytes
    and may be None where nobody computed it."""

    segment_id: UUID
    end_ms: int
    duration_ticks: int
    bytes: int
    frames: int
    groups: SegmentIndex
    sha256: str | None


@dataclass(frozen=True, slots=True)
class HealthSample:
    """One minute of a stream. `minute` counts from the Unix epoch, `bitrate` is in bits per second."""

    stream_id: int
    minute: int
    fps: float
    bitrate: float
    key_interval_s: float | None
    jitter_ms: float
    lost_packets: int
    clock_offset_ms: float | None
    drift_ppm: float | None
    reconnects: int
    connected_s: float
