"""What has to go: decisions on plain data, without a clock or a database.

A sweep has three phases, and each looks at usage anew: footage beyond its days goes, then what cameras have beyond
their bytes, then what volumes have beyond their bytes or must free for their headroom. Within a demand the oldest goes
first, and never more than is asked for. Open and held segments are not candidates; what they keep from being met is a
shortfall (docs/retention.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

DAY_MS = 86_400_000
# Freed beyond the headroom, as a share of the volume: a nearly full disk is not swept for every file.
HYSTERESIS_SHARE = 100


class Reason(StrEnum):
    """Why footage goes."""

    DISCARDED = "discarded"  # its camera was deleted together with its footage
    DAYS = "days"
    CAMERA_BYTES = "camera_bytes"
    VOLUME_BYTES = "volume_bytes"
    HEADROOM = "headroom"


@dataclass(frozen=True, slots=True)
class CameraPolicy:
    """Limits of one camera; None for none. `discard`: deleted, and its footage is to go as well."""

    camera_id: UUID
    keep_days: int | None = None
    keep_bytes: int | None = None
    discard: bool = False


@dataclass(frozen=True, slots=True)
class VolumePolicy:
    """Limits of one volume, and how it is. `pending_bytes` are deleted but not unlinked yet, and as good as free."""

    volume_id: int
    keep_days: int | None = None
    keep_bytes: int | None = None
    headroom_percent: int = 10
    free_bytes: int = 0
    total_bytes: int = 0
    pending_bytes: int = 0

    @property
    def headroom_bytes(self) -> int:
        """What is to stay free."""
        return self.total_bytes * self.headroom_percent // 100

    @property
    def under_pressure(self) -> bool:
        """Whether less than the headroom is free."""
        return self.free_bytes + self.pending_bytes < self.headroom_bytes


@dataclass(frozen=True, slots=True)
class Demand:
    """Delete the oldest of a camera (or of a volume): all that ended before `before_ms`, or `bytes` of them."""

    reason: Reason
    camera_id: UUID | None = None
    volume_id: int | None = None
    before_ms: int | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A closed segment that nothing holds."""

    id: UUID
    camera_id: UUID
    start_ms: int
    end_ms: int
    bytes: int


Usage = Mapping[tuple[int, UUID], int]


def by_age(cameras: Iterable[CameraPolicy], volumes: Iterable[VolumePolicy], now_ms: int) -> list[Demand]:
    """First phase: what is beyond its days."""
    demands = []
    for camera in cameras:
        if camera.discard:
            demands.append(Demand(Reason.DISCARDED, camera_id=camera.camera_id, before_ms=now_ms))
        elif camera.keep_days is not None:
            before_ms = now_ms - camera.keep_days * DAY_MS
            demands.append(Demand(Reason.DAYS, camera_id=camera.camera_id, before_ms=before_ms))
    for volume in volumes:
        if volume.keep_days is not None:
            before_ms = now_ms - volume.keep_days * DAY_MS
            demands.append(Demand(Reason.DAYS, volume_id=volume.volume_id, before_ms=before_ms))
    return demands


def by_camera_bytes(cameras: Iterable[CameraPolicy], usage: Usage) -> list[Demand]:
    """Second phase: what cameras have beyond their bytes, on all volumes together."""
    sums: dict[UUID, int] = {}
    for (_, camera_id), size in usage.items():
        sums[camera_id] = sums.get(camera_id, 0) + size
    demands = []
    for camera in cameras:
        excess = sums.get(camera.camera_id, 0) - camera.keep_bytes if camera.keep_bytes is not None else 0
        if excess > 0:
            demands.append(Demand(Reason.CAMERA_BYTES, camera_id=camera.camera_id, bytes=excess))
    return demands


def by_volume(volumes: Iterable[VolumePolicy], usage: Usage) -> list[Demand]:
    """Third phase: what volumes have beyond their bytes, and what must go for their headroom; the larger of the two."""
    sums: dict[int, int] = {}
    for (volume_id, _), size in usage.items():
        sums[volume_id] = sums.get(volume_id, 0) + size
    demands = []
    for volume in volumes:
        excess = sums.get(volume.volume_id, 0) - volume.keep_bytes if volume.keep_bytes is not None else 0
        wanted = pressure_bytes(volume)
        reason = Reason.HEADROOM if wanted >= excess else Reason.VOLUME_BYTES
        if max(excess, wanted) > 0:
            demands.append(Demand(reason, volume_id=volume.volume_id, bytes=max(excess, wanted)))
    return demands


def pressure_bytes(volume: VolumePolicy) -> int:
    """What must be freed so that the headroom is there again, with some to spare; 0 while it is there."""
    if not volume.under_pressure:
        return 0
    goal = volume.headroom_bytes + volume.total_bytes // HYSTERESIS_SHARE
    return goal - volume.free_bytes - volume.pending_bytes


def choose(demand: Demand, candidates: Sequence[Candidate], freed_bytes: int = 0) -> list[Candidate]:
    """What to delete of `candidates`, the oldest first, when `freed_bytes` of the demand were deleted already."""
    chosen: list[Candidate] = []
    for candidate in candidates:
        if demand.bytes is not None and freed_bytes >= demand.bytes:
            break
        if demand.before_ms is not None and candidate.end_ms > demand.before_ms:
            continue
        chosen.append(candidate)
        freed_bytes += candidate.bytes
    return chosen


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A promise that can't be kept. `key` names it for as long as it lasts, `detail` is a sentence for a person."""

    key: str
    detail: str
    camera_id: UUID | None = None
    volume_id: int | None = None


def unmet(demand: Demand, missing_bytes: int) -> Shortfall:
    """A demand of which `missing_bytes` could not be deleted."""
    size = megabytes(missing_bytes)
    if demand.camera_id is not None:
        return Shortfall(
            f"camera:{demand.camera_id}:bytes",
            f"The camera has {size} more than it may keep, and all of it is held or being recorded."
            " End holds, or let it keep more.",
            camera_id=demand.camera_id,
        )
    if demand.reason is Reason.HEADROOM:
        return Shortfall(
            f"volume:{demand.volume_id}:headroom",
            f"The volume lacks {size} of the free space that it should have, and no footage on it may be deleted."
            " End holds, remove other files from the disk, or add a volume.",
            volume_id=demand.volume_id,
        )
    return Shortfall(
        f"volume:{demand.volume_id}:bytes",
        f"The volume has {size} more footage than it may keep, and all of it is held or being recorded."
        " End holds, or let it keep more.",
        volume_id=demand.volume_id,
    )


def too_short(camera_id: UUID, keep_days: int, oldest_ms: int, now_ms: int) -> Shortfall:
    """A camera whose footage had to go before its days were over."""
    days = max(0, (now_ms - oldest_ms) // DAY_MS)
    return Shortfall(
        f"camera:{camera_id}:days",
        f"The camera should keep {keep_days} days and has room for {days}: its volume is full. Add a volume, record"
        " less, or keep fewer days.",
        camera_id=camera_id,
    )


def megabytes(size: int) -> str:
    """`size` in a unit that people read."""
    value = float(size)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"
