"""Where the parts of streams go that are shown but not recorded: two short files per stream, in memory if possible.

Readers take parts from files, recorded or not, so live view needs no second path. The files live in a directory of this
recorder alone, which is emptied when it starts and ends.
"""

import hashlib
import os
import shutil
import stat
from collections import deque
from contextlib import suppress
from pathlib import Path

from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.recorder.segment_file import SegmentFile
from vedette.recorder.segments import OpenSegment
from vedette.recorder.writer import VolumeWriter

log = get_logger("recorder")

PERIOD_MS = 60_000
FILES = 2
_SHM = Path("/dev/shm")  # noqa: S108 - memory, not a place for temporary files; the directory is ours alone
# Containers give 64 MB by default: not enough for more than one stream.
_SHM_LEAST_FREE = 1 << 30


class Ring:
    """The directory, what is in it, and the thread that writes there. A `segments.Place`."""

    recorded = False

    def __init__(self, directory: Path, clock: Clock) -> None:
        self.directory = directory
        self.writer = VolumeWriter("ring", clock)
        self._files: dict[int, deque[Path]] = {}
        self._failing = False

    def prepare(self) -> None:
        """Makes the directory, empty. Raises OSError."""
        shutil.rmtree(self.directory, ignore_errors=True)
        self.directory.mkdir(parents=True, mode=0o700)

    def create(self, segment: OpenSegment) -> SegmentFile:
        """In the writer's thread."""
        name = f"{segment.stream_id}-{segment.metadata.segment_id}.mp4"
        return SegmentFile(self.directory / name, name, segment.head, hashed=False)

    def failed(self, error: OSError) -> None:
        """A file can't be written: there is no live view of streams that are not recorded. Said once."""
        if not self._failing:
            self._failing = True
            log.error("the ring of live streams can't be written", directory=str(self.directory), error=str(error))

    def keep(self, stream_id: int, path: Path) -> None:
        """A file was begun: the oldest of its stream goes when there are more than two."""
        self._failing = False
        files = self._files.setdefault(stream_id, deque())
        files.append(path)
        while len(files) > FILES:
            _unlink(files.popleft())

    def forget(self, stream_id: int) -> None:
        """The stream is no longer ours."""
        for path in self._files.pop(stream_id, ()):
            _unlink(path)

    def stop(self) -> None:
        """At the end of the process."""
        self.writer.stop()
        shutil.rmtree(self.directory, ignore_errors=True)


def ring_directory(data: Path, run_dir: Path, name: str) -> Path:
    """In shared memory where there is enough of it and it is writable, else in the run directory."""
    with suppress(OSError):
        free = os.statvfs(_SHM)
        place = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:12]
        ours = _SHM / f"vedette-{os.getuid()}-{place}"
        if free.f_bavail * free.f_frsize >= _SHM_LEAST_FREE and _is_private(ours):
            return ours / name
    return run_dir / "live" / name


def _is_private(directory: Path) -> bool:
    """Makes it. False when somebody else was first: everybody may write to shared memory, and live pictures are not
    everybody's business. Raises OSError."""
    with suppress(FileExistsError):
        directory.mkdir(mode=0o700)
    found = directory.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def _unlink(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.unlink()
