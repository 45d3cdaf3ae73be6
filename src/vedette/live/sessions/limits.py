"""How many streams may be watched at once. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from vedette.access.principal import Principal
from vedette.core.errors import ErrorKind, VedetteError


@dataclass(frozen=True, slots=True)
class Limits:
    """The most streams at once; 0 is no limit. A wall counts each of its tiles."""

    per_user: int = 64
    per_camera: int = 100
    per_address: int = 256


@dataclass(frozen=True, slots=True)
class Place:
    """What a view counts for. `whose` is a user, or a share link."""

    whose: str
    camera_id: UUID
    address: str


def place_of(caller: Principal, camera_id: UUID) -> Place:
    """What a view of this caller counts for."""
    return Place(str(caller.share_id or caller.user_id or ""), camera_id, caller.address)


def check_room(place: Place, limits: Limits, taken: Collection[Place]) -> None:
    """Whether one more view has room beside the views that are `taken`. Raises VedetteError `live.too_many_of_user`,
    `live.too_many_of_camera` or `live.too_many_of_address`: the first limit that is reached. Its text fits into a close
    frame (123 bytes)."""
    if 0 < limits.per_user <= sum(one.whose == place.whose for one in taken):
        raise _full("user", f"You watch {limits.per_user} streams, the most for one user. Close some (live_per_user).")
    if 0 < limits.per_camera <= sum(one.camera_id == place.camera_id for one in taken):
        words = f"{limits.per_camera} streams of this camera are watched, the most. Try later (live_per_camera)."
        raise _full("camera", words)
    if 0 < limits.per_address <= sum(one.address == place.address for one in taken):
        words = f"{limits.per_address} streams go to this address, the most. Close some (live_per_address)."
        raise _full("address", words)


def _full(what: str, words: str) -> VedetteError:
    return VedetteError(ErrorKind.TOO_MANY, f"live.too_many_of_{what}", words, retry_after_s=30)
