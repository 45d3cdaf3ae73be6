"""A segment file while it is being written, and where and when segments begin.

Blocking file calls of one thread (the volume's writer). A part is one `os.write`; a part that does not fit is taken
back, so that the file ends on a whole part after every error, and after `kill -9` at the latest one part is torn.
"""

import errno
import hashlib
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.tables import SegmentTables

_DAY_MS: Final = 86_400_000
_MINUTE_MS: Final = 60_000
# A stream that never sends another key frame is cut anyway this long past its boundary: rows have a greatest span.
OVERDUE_MS: Final = 4 * _MINUTE_MS
_MAX_COLLISIONS: Final = 1000


def next_boundary_ms(start_ms: int, period_ms: int) -> int:
    """Where a segment that begins at `start_ms` should end: the next multiple of `period_ms` since midnight UTC, or
    midnight, so that no file belongs to two days."""
    midnight = start_ms - start_ms % _DAY_MS
    return min(midnight + (start_ms - midnight) // period_ms * period_ms + period_ms, midnight + _DAY_MS)


def relative_path(camera_slug: str, kind: str, start_ms: int, attempt: int = 1) -> str:
    """`{camera-slug}/{YYYY-MM-DD}/{HH-MM-SS}[-sub][-2..].mp4`, UTC; `attempt` counts names that are taken."""
    at = datetime.fromtimestamp(start_ms // 1000, UTC)
    suffix = ("" if kind == "main" else f"-{kind}") + ("" if attempt == 1 else f"-{attempt}")
    return f"{camera_slug}/{at:%Y-%m-%d}/{at:%H-%M-%S}{suffix}.mp4"


class SegmentFile:
    """One open file. `length` is that of the head and the whole parts in it; bytes beyond it were taken back.

    Every method raises OSError as the system gives it; after that the file is only good for `close()`.
    """

    __slots__ = ("_fd", "_hash", "length", "path", "relative", "tables")

    def __init__(
        self, path: Path, relative: str, head: bytes, *, tables: SegmentTables | None = None, hashed: bool = True
    ) -> None:
        """Makes the file, which must not exist, and writes its head. Nothing is left behind when that fails.

        `tables` take note of every part, so that nobody has to read the file again to finalise it.
        """
        self.path = path
        self.relative = relative
        self.length = 0
        self.tables: SegmentTables | None = None
        self._hash = hashlib.sha256() if hashed else None
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
        try:
            self.append(head)
        except OSError:
            self.close()
            with suppress(OSError):
                path.unlink()
            raise
        self.tables = tables

    @classmethod
    def create(
        cls,
        volume: Path,
        camera_slug: str,
        kind: str,
        start_ms: int,
        head: bytes,
        tables: SegmentTables | None = None,
    ) -> "SegmentFile":
        """The first free name in the volume's directory of camera and day. Never makes the volume itself."""
        directory = (volume / relative_path(camera_slug, kind, start_ms)).parent
        for missing in (directory.parent, directory):
            with suppress(FileExistsError):
                missing.mkdir(mode=0o750)
        for attempt in range(1, _MAX_COLLISIONS):
            relative = relative_path(camera_slug, kind, start_ms, attempt)
            with suppress(FileExistsError):
                return cls(volume / relative, relative, head, tables=tables)
        raise FileExistsError(errno.EEXIST, "too many segments begin in the same second", str(directory))

    def append(self, data: bytes) -> int:
        """Writes one part and returns its offset."""
        offset = self.length
        try:
            written = os.write(self._fd, data)
            while written < len(data):  # a nearly full disk, or a signal
                written += os.write(self._fd, memoryview(data)[written:])
        except OSError:
            with suppress(OSError):  # what can't be taken back now is cut off when the file is finalised
                os.ftruncate(self._fd, offset)
                os.lseek(self._fd, offset, os.SEEK_SET)
            raise
        if self._hash is not None:
            self._hash.update(data)
        if self.tables is not None:
            try:
                self.tables.add(offset, data)
            except BadMedia:
                self.tables = None  # finalising will look for itself
        self.length = offset + len(data)
        return offset

    def sync(self) -> None:
        """Waits until what was written is on the disk."""
        os.fdatasync(self._fd)

    @property
    def sha256(self) -> str | None:
        """Of the bytes as captured: the whole file, before it is finalised."""
        return self._hash.hexdigest() if self._hash is not None else None

    def close(self) -> None:
        """Lets go of the file; harmless when repeated."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
