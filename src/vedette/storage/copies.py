"""The copy of the cameras' settings on a volume, as a file: replaced as a whole, read with a limit. Blocking."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from vedette.storage.volumes import COPY, sync_directory

MAX_BYTES = 16 << 20


def read(root: Path) -> bytes | None:
    """The file's content, None where there is none.

    Raises ValueError for what is no plain file of a sensible size, and OSError.
    """
    try:
        # O_NONBLOCK: a pipe of that name must not make anybody wait.
        descriptor = os.open(root / COPY, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise ValueError("It is no plain file.")
        if found.st_size > MAX_BYTES:
            raise ValueError(f"It has {found.st_size} bytes; a copy of cameras' settings is smaller.")
        return file.read(MAX_BYTES)


def write(root: Path, data: bytes) -> None:
    """Replaces the file; a power cut leaves the old one or the new one. Raises OSError."""
    new = root / f"{COPY}.new"
    with suppress(FileNotFoundError):
        new.unlink()
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o640)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        new.replace(root / COPY)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
    sync_directory(root)


def directories(root: Path) -> set[str]:
    """The names of what lies on the volume. Raises OSError."""
    return {path.name for path in root.iterdir()}
