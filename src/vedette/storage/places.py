"""What a directory would be good for, before it becomes a volume. Blocking, and makes nothing."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from vedette.core.errors import VedetteError
from vedette.storage import volumes
from vedette.storage.tables import HEADROOM_PERCENT
from vedette.storage.volumes import Space

_FOUR_MBPS = 4_000_000 // 8


@dataclass(frozen=True, slots=True)
class LocationCheck:
    """What a directory would be good for.

    `problem` says why it can't become a volume and what to do, and is empty when it can. `room_bytes`: what footage may
    fill before the oldest makes room, free space without the usual headroom. `days_at_4mbps`: how long one camera of
    4 Mb/s takes for that.
    """

    exists: bool
    writable: bool
    free_bytes: int | None
    total_bytes: int | None
    room_bytes: int | None
    marker: UUID | None
    days_at_4mbps: float | None
    problem: str = ""


def look(location: Path) -> LocationCheck:
    """Judges `location`, which need not exist."""
    try:
        # The nearest thing that is there tells about a directory that is to be made.
        place = next((path for path in (location, *location.parents) if path.exists()), Path("/"))
        if not place.is_dir():
            return _unfit(f"{place} is a file. Choose a directory.")
        found = volumes.space(place)
    except OSError as error:
        return _unfit(f"{location} can't be read: {error.strerror}. Choose another directory.")
    exists = place == location
    marker = _marker(location) if exists else None
    writable = volumes.writable(place)
    room = room_bytes(found)
    days = round(room / _FOUR_MBPS / 86_400, 1)
    problem = _problem(location, place, marker, writable)
    return LocationCheck(exists, writable, found.free_bytes, found.total_bytes, room, marker, days, problem)


def room_bytes(space: Space, headroom_percent: int = HEADROOM_PERCENT) -> int:
    """What may still be written before retention has to make room."""
    return max(0, space.free_bytes - space.total_bytes * headroom_percent // 100)


def _marker(location: Path) -> UUID | None:
    try:
        return volumes.identify(location).marker
    except VedetteError:
        return None


def _problem(location: Path, place: Path, marker: UUID | None, writable: bool) -> str:
    if not writable:
        what = "there" if place == location else f"to {place}, so {location} can't be made"
        return f"Vedette may not write {what}. Give its user the right to, or choose another directory."
    if place == location and marker is None:
        try:
            return volumes.crowded(location)
        except OSError as error:
            return f"{location} can't be read: {error.strerror}. Choose another directory."
    return ""


def _unfit(problem: str) -> LocationCheck:
    return LocationCheck(False, False, None, None, None, None, None, problem)
