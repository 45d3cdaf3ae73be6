"""The bytes of one file from a volume to another, in pieces: neither side's kind matters. Local calls go to threads."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from vedette.storage.objects import ObjectVolume
from vedette.storage.paths import inside
from vedette.storage.volumes import sync_directory

_PIECE = 4 << 20

Place = Path | ObjectVolume
Beat = Callable[[], Awaitable[None]]


class Differs(Exception):  # noqa: N818 - it is a finding about a file
    """The copy, or the file itself, is not what it should be; the text says what."""


async def copy(source: Place, path: str, target: Place, new_path: str, size: int, beat: Beat) -> None:
    """Copies a file of `size` bytes and reads the copy again. `beat` is awaited after every piece, and stops it by what
    it raises.

    Raises Differs, FileNotFoundError (no such file), FileExistsError, OSError, VedetteError.
    """
    digest = hashlib.sha256()
    sent = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        async for piece in _read(source, path, size):
            digest.update(piece)
            sent += len(piece)
            await beat()
            yield piece

    await _put(target, new_path, pieces())
    if sent != size:
        raise Differs(f"it has {sent} bytes, the index says {size}")
    back = hashlib.sha256()
    received = 0
    async for piece in _read(target, new_path, size + 1):
        back.update(piece)
        received += len(piece)
        await beat()
    if received != size or back.digest() != digest.digest():
        raise Differs("its copy reads differently from what was written; look at the target")


async def _read(place: Place, path: str, most: int) -> AsyncIterator[bytes]:
    """At most `most` bytes from the beginning."""
    if not isinstance(place, Path):
        offset = 0
        # One that is as long as it should be ends where the next piece would begin.
        size = await place.size(path)
        if size is None:
            raise FileNotFoundError(path)
        most = min(most, size)
        while offset < most:
            piece = await place.read(path, offset, min(offset + _PIECE, most))
            if not piece:
                return
            offset += len(piece)
            yield piece
        return
    descriptor = await asyncio.to_thread(os.open, inside(place, path), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        offset = 0
        while offset < most:
            piece = await asyncio.to_thread(os.pread, descriptor, min(_PIECE, most - offset), offset)
            if not piece:
                return
            offset += len(piece)
            yield piece
    finally:
        os.close(descriptor)


async def _put(place: Place, path: str, pieces: AsyncIterator[bytes]) -> None:
    if not isinstance(place, Path):
        await place.put(path, pieces)
        return
    absolute = inside(place, path)
    await asyncio.to_thread(absolute.parent.mkdir, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = await asyncio.to_thread(os.open, absolute, flags, 0o640)
    try:
        async for piece in pieces:
            await asyncio.to_thread(_write, descriptor, piece)
        await asyncio.to_thread(os.fsync, descriptor)
        # What is read back must come from the disk, not from memory.
        with suppress(OSError, AttributeError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)
    for directory in (absolute.parent, absolute.parent.parent):
        await asyncio.to_thread(sync_directory, directory)


def _write(descriptor: int, piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        view = view[os.write(descriptor, view) :]
