"""Sheets on the disk: made once, kept as long as their footage is there and there is room."""

import os
import re
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

_NAME = re.compile(r"([0-9a-f-]{36})-(\d{1,6})-(\d{1,4})\.jpg")


class Kept(NamedTuple):
    """A sheet on the shelf. `used_s` is when it was last asked for, seconds since 1970."""

    path: Path
    segment_id: UUID
    bytes: int
    used_s: float


class Shelf:
    """One directory, which may be deleted at any time. Its calls block."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def read(self, name: str) -> bytes | None:
        """The sheet called so. That it was used is remembered."""
        path = self._path(name)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        with suppress(OSError):  # gone meanwhile, or a disk that takes no more writes
            os.utime(path)
        return data

    def write(self, name: str, data: bytes) -> None:
        """Keeps a sheet, whole or not at all. Raises OSError."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}.new")
        try:
            new.write_bytes(data)
            new.replace(path)
        except OSError:
            with suppress(OSError):
                new.unlink()
            raise

    def all(self) -> list[Kept]:
        """What is on it, in no order."""
        found = []
        for path in self._directory.glob("??/*.jpg"):
            named = _NAME.fullmatch(path.name)
            with suppress(OSError, ValueError):
                if named:
                    status = path.stat()
                    found.append(Kept(path, UUID(named[1]), status.st_size, status.st_mtime))
        return found

    def _path(self, name: str) -> Path:
        return self._directory / name[34:36] / name


def name_of(segment_id: UUID, step_ms: int, number: int) -> str:
    """What a sheet's file is called."""
    return f"{segment_id}-{step_ms}-{number}.jpg"


def superfluous(kept: Collection[Kept], there: Collection[UUID], limit_bytes: int) -> list[Kept]:
    """What has to go: sheets whose footage is gone, and of the others those unused longest beyond the limit."""
    gone = [one for one in kept if one.segment_id not in there]
    size = 0
    for one in sorted((one for one in kept if one.segment_id in there), key=lambda one: one.used_s, reverse=True):
        size += one.bytes
        if size > limit_bytes:
            gone.append(one)
    return gone
