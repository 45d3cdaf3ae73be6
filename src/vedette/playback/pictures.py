"""Key frames out of recorded files."""

from dataclasses import dataclass

from vedette.core.errors import ErrorKind, VedetteError
from vedette.http.media import MediaFile
from vedette.recordings.files import RecordingFile, damaged_words, open_file

# A part is at most half a second; this is one of 1 Gbit/s.
_MAX_PART = 64 << 20
_HEADER = 8


@dataclass(frozen=True, slots=True)
class RecordedKeyFrame:
    """A part that begins with a key frame, and what decodes it."""

    name: str
    init: bytes
    part: bytes
    at_ms: int


async def read_part(source: RecordingFile, offset: int) -> bytes:
    """The part (`moof` + `mdat`) that begins at `offset` of a file.

    Raises VedetteError `recording.file_missing`, and `recording.damaged` when there is no such part.
    """
    file = await open_file(source)
    try:
        moof = await _box(file, offset, b"moof")
        mdat = await _box(file, offset + moof, b"mdat")
        return await file.read_exactly(offset, moof + mdat)
    except (OSError, EOFError, ValueError) as error:
        raise _damaged(source) from error
    finally:
        file.close()


def read_part_now(file: MediaFile, offset: int) -> bytes | None:
    """The same, for a thread that may wait for the disk; None when there is no such part."""
    at = offset
    try:
        for kind in (b"moof", b"mdat"):
            header = file.read_now(at, _HEADER)
            at += _size(header, kind, at)
        part = file.read_now(offset, at - offset)
    except (OSError, ValueError, VedetteError):
        return None
    return part if len(part) == at - offset else None


async def _box(file: MediaFile, offset: int, kind: bytes) -> int:
    """The size of the box at `offset`, which must be of this kind."""
    return _size(await file.read_exactly(offset, _HEADER), kind, offset)


def _size(header: bytes, kind: bytes, offset: int) -> int:
    size = int.from_bytes(header[:4], "big")
    if header[4:] != kind or not _HEADER <= size <= _MAX_PART:
        raise ValueError(f"no {kind.decode()} box at {offset}")
    return size


def _damaged(source: RecordingFile) -> VedetteError:
    return VedetteError(
        ErrorKind.NOT_FOUND,
        "recording.damaged",
        damaged_words(source.seen.camera_name, source.start_ms),
        place=str(source.path),
    )
