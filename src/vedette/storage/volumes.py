"""Directories that hold footage, each with an identity marker.

The marker `.vedette-volume` says which volume a directory is. Without it nothing is written: the mount point of a disk
that is not mounted is an ordinary directory of the root disk, and footage must never land there. Functions here are
blocking and may hang with a hung disk; `storage.service` gives them a thread and a time limit.
"""

import errno
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from vedette.core.errors import ErrorKind, VedetteError, invalid
from vedette.core.ids import uuid7

MARKER = ".vedette-volume"
# The cameras' settings, copied there (storage/copies.py).
COPY = ".vedette-cameras.json"
_MARKER_MAX_BYTES = 4096
# What a fresh file system or a desktop puts into a directory that is otherwise empty.
_NOT_FOOTAGE = frozenset({"lost+found", ".Trash-1000", ".DS_Store", "System Volume Information"})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})

# Recording stops with this much left, whatever retention could not free: 1 % of the volume, at most 1 GiB.
RESERVE_SHARE = 100
RESERVE_MAX_BYTES = 1 << 30
RESUME_SHARE = 200


class VolumeState(StrEnum):
    """Only `ok` is recorded to. The value is what the database, the API and the UI's texts are keyed by."""

    OK = "ok"
    MISSING = "missing"  # not there, or there without its marker: not mounted
    FOREIGN = "foreign"  # another volume is mounted there
    READ_ONLY = "read_only"
    FULL = "full"
    FAILING = "failing"  # the disk answers with errors, or not at all


@dataclass(frozen=True, slots=True)
class VolumeIdentity:
    """What the marker says."""

    marker: UUID
    name: str
    created_ms: int


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes of the file system that a volume is on; `free` is what we may still take. `device` tells file systems
    apart: volumes with the same one share their free space."""

    free_bytes: int
    total_bytes: int
    device: int = 0

    @property
    def reserve_bytes(self) -> int:
        """Recording stops when less than this is free."""
        return min(self.total_bytes // RESERVE_SHARE, RESERVE_MAX_BYTES)

    @property
    def resume_bytes(self) -> int:
        """A volume that was full takes footage again when this much is free, or it would be full again at once."""
        return self.reserve_bytes + self.total_bytes // RESUME_SHARE


@dataclass(frozen=True, slots=True)
class Probe:
    """How a volume is. `detail` and `remedy` are sentences for a person, empty when all is well; `space` is None where
    it could not be read."""

    state: VolumeState
    detail: str = ""
    remedy: str = ""
    space: Space | None = None

    @property
    def usable(self) -> bool:
        """Whether files can be read and deleted there; a full volume is the one most in need of it."""
        return self.state in (VolumeState.OK, VolumeState.FULL)


def space(location: Path) -> Space:
    """Free and total bytes. Raises OSError."""
    found = os.statvfs(location)
    device = location.stat().st_dev
    return Space(found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize, device)


def identify(location: Path) -> VolumeIdentity:
    """What volume is at `location`.

    Raises VedetteError `volume.missing` (no such directory), `volume.unmarked` (no marker in it) or `volume.failing`
    (it can't be read).
    """
    try:
        with (location / MARKER).open("rb") as file:
            fields = json.loads(file.read(_MARKER_MAX_BYTES))
        return VolumeIdentity(UUID(fields["marker"]), str(fields["name"]), int(fields["created_ms"]))
    except (FileNotFoundError, NotADirectoryError) as error:
        if location.is_dir():
            raise _unmarked(location) from error
        raise VedetteError(
            ErrorKind.UNAVAILABLE, "volume.missing", f"{location} does not exist. Is the disk connected and mounted?"
        ) from error
    except OSError as error:
        raise VedetteError(
            ErrorKind.UNAVAILABLE, "volume.failing", f"{location} can't be read: {error.strerror}. Check the disk."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise VedetteError(
            ErrorKind.DATA_LOSS, "volume.failing", f"The marker {location / MARKER} is damaged. Check the disk."
        ) from error


def marked(location: Path) -> bool:
    """Whether a marker is there now. A file that is not found is only gone if its volume is not."""
    return (location / MARKER).exists()


def _unmarked(location: Path) -> VedetteError:
    return VedetteError(
        ErrorKind.UNAVAILABLE,
        "volume.unmarked",
        f"{location} has no {MARKER} in it: the disk is not mounted there, or it is not one of our volumes.",
    )


def crowded(location: Path) -> str:
    """Why a directory with other things in it can't become a volume; empty when it can. Raises OSError."""
    others = sorted({path.name for path in location.iterdir()} - _NOT_FOOTAGE)
    if not others:
        return ""
    return f"{location} is not empty ({others[0]} is in it). Choose an empty directory, or make one in it."


def create(location: Path, name: str, now_ms: int, *, marker: UUID | None = None) -> VolumeIdentity:
    """Makes `location` a volume: the directory, if need be, and the marker, synced.

    Raises VedetteError `volume.location` (not absolute, can't be made or written), `volume.not_empty` (other things are
    in it) or `volume.exists` (it is a volume already; adopt it instead).
    """
    require_absolute(location)
    identity = VolumeIdentity(marker or uuid7(now_ms), name, now_ms)
    text = json.dumps({"marker": str(identity.marker), "name": name, "created_ms": now_ms}) + "\n"
    try:
        if not location.is_dir():
            location.mkdir(parents=True)
        if (location / MARKER).exists():
            raise VedetteError(ErrorKind.CONFLICT, "volume.exists", f"{location} is a volume already. Add it as it is.")
        if crowd := crowded(location):
            raise VedetteError(ErrorKind.CONFLICT, "volume.not_empty", crowd, field="location")
        _write_synced(location / MARKER, text)
    except OSError as error:
        raise invalid(
            "volume.location",
            f"{location} can't be used: {error.strerror}. Choose a directory that Vedette may write to.",
            field="location",
        ) from error
    return identity


def require_absolute(location: Path) -> None:
    """Raises VedetteError `volume.location` unless `location` is an absolute path without `..`."""
    if not location.is_absolute() or ".." in location.parts or "\0" in str(location):
        raise invalid("volume.location", "Give the whole path of the directory, beginning with /.", field="location")


def _write_synced(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o644)
    try:
        os.write(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Makes names made in or removed from `directory` survive a power cut. Raises OSError."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def probe(location: Path, marker: UUID) -> Probe:
    """How the volume `marker` at `location` is: identity, space, and whether a file can be made there."""
    try:
        identity = identify(location)
    except VedetteError as error:
        return _unidentified(location, marker, error)
    if identity.marker != marker:
        return Probe(
            VolumeState.FOREIGN,
            f"Another volume ({identity.name}) is at {location}.",
            "Mount the right disk there, or add the other volume under a location of its own.",
        )
    try:
        found = space(location)
        if found.free_bytes < found.reserve_bytes:
            return full(location, found)
        _try_to_write(location)
    except OSError as error:
        return _refused(location, error)
    return Probe(VolumeState.OK, space=found)


def _unidentified(location: Path, marker: UUID, error: VedetteError) -> Probe:
    if error.code == "volume.unmarked":
        return Probe(
            VolumeState.MISSING,
            f"{location} has no {MARKER} in it: its disk is not mounted.",
            f"Mount it. If this is the right disk and the file was deleted, write {MARKER} again with"
            f' {{"marker": "{marker}", "name": "", "created_ms": 0}} in it.',
        )
    if error.code == "volume.missing":
        return Probe(VolumeState.MISSING, f"{location} does not exist.", "Connect and mount the disk.")
    return Probe(VolumeState.FAILING, error.message, "Look at the system's log for errors of the disk.")


def full(location: Path, found: Space | None) -> Probe:
    """The answer for a volume without room."""
    return Probe(
        VolumeState.FULL,
        f"{location} is full.",
        "Retention frees space where it may. Lower the days or bytes to keep, or remove other files.",
        found,
    )


def _refused(location: Path, error: OSError) -> Probe:
    try:
        found = space(location)
    except OSError:
        found = None
    if error.errno in _FULL:
        return full(location, found)
    if error.errno in _READ_ONLY:
        return Probe(
            VolumeState.READ_ONLY,
            f"{location} can't be written: {error.strerror}.",
            "A file system that met an error is often remounted read-only: look at the system's log. Or give the user"
            " that Vedette runs as the right to write there.",
            found,
        )
    return failing(location, error.strerror or str(error), found)


def failing(location: Path, complaint: str, found: Space | None = None) -> Probe:
    """The answer for a disk that does not do what it should."""
    return Probe(
        VolumeState.FAILING,
        f"{location} answers with an error: {complaint}.",
        "Look at the system's log for errors of the disk, its cable or the network.",
        found,
    )


def unmark(location: Path) -> None:
    """Takes the marker away, and the directory when nothing else is in it. What can't be done stays."""
    with suppress(OSError):
        (location / MARKER).unlink()
        (location / COPY).unlink(missing_ok=True)
        location.rmdir()


def classify(error: OSError, location: Path) -> Probe:
    """What an error that was met while writing to a volume says about the volume."""
    return _refused(location, error)


def writable(location: Path) -> bool:
    """Whether a file can be made in `location`."""
    try:
        _try_to_write(location)
    except OSError:
        return False
    return True


def _try_to_write(location: Path) -> None:
    """A file system may say that it is fine and still refuse: only writing shows. Not synced, since it runs often."""
    path = location / f".vedette-probe-{uuid7()}"
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, bytes(4096))
    finally:
        os.close(descriptor)
        with suppress(OSError):
            path.unlink()
