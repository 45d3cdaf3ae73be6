"""One file against its row: reading (blocks) and comparing (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.recorded_hash import hash_file
from vedette.media.fmp4.segment import Head, Scanned, is_finalised, read_head, scan
from vedette.recordings.findings import Code
from vedette.recordings.model import Segment, SegmentState
from vedette.recordings.packing import unpack


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file is. `head` is None where it does not begin as ours do (`problem` says why); `scanned` and `sha256`
    are there after a thorough look only."""

    size: int
    mtime_ms: int
    head: Head | None = None
    finalised: bool = False
    problem: str = ""
    scanned: Scanned | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """A row with what belongs to it."""

    row: Segment
    camera_id: UUID
    stream: str
    init_digest: str
    groups: bytes | None


Disagreement = tuple[Code, str]


def look(path: Path, *, thorough: bool) -> Facts | None:
    """Reads a file's head, or with `thorough` all of it. None when there is no such file. Raises OSError."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    size, mtime_ms = status.st_size, status.st_mtime_ns // 1_000_000
    try:
        head = read_head(path)
        require_ids(head)
        finalised = is_finalised(path, head)
        if not thorough:
            return Facts(size, mtime_ms, head, finalised)
        return Facts(size, mtime_ms, head, finalised, "", scan(path), hash_file(path))
    except BadMedia as error:
        return Facts(size, mtime_ms, problem=str(error))


def require_ids(head: Head) -> None:
    """Raises BadMedia where the ids that a file tells are none."""
    told = head.metadata
    try:
        for text in (told.segment_id, told.camera_id, told.run_id):
            UUID(text)
    except ValueError as error:
        raise BadMedia("the file's metadata has an id that is none") from error


def compare(expected: Expected, facts: Facts) -> Iterator[Disagreement]:
    """What a closed row and its file disagree on."""
    row, head = expected.row, facts.head
    if head is None:
        yield Code.UNREADABLE, f"The file does not begin as a segment does: {facts.problem}."
        return
    told = head.metadata
    if told.segment_id != str(row.id):
        yield Code.METADATA, f"The file is segment {told.segment_id}, the row is {row.id}."
        return
    if (told.camera_id, told.stream) != (str(expected.camera_id), expected.stream):
        yield Code.METADATA, f"The file is of {told.camera_slug} ({told.stream}), the row of another stream."
    if not facts.finalised:
        yield Code.UNFINISHED, "The file was not finished: it plays, but an ordinary player seeks badly in it."
    elif facts.size != row.bytes:
        yield Code.SIZE, f"The file has {facts.size} bytes, the row says {row.bytes}."
    if head.init.digest != expected.init_digest:
        yield Code.CONTENT, "The file is decoded with another init than the row says."
    elif abs(told.start_ms - row.start_ms) > 1000 or told.start_ticks != row.start_ticks:
        yield Code.CONTENT, f"The file begins at {told.start_ms} ms, the row says {row.start_ms}."
    if facts.finalised:
        yield from _compare_groups(expected, facts)
    if facts.finalised and facts.scanned is not None:
        yield from _compare_content(row, facts.scanned, facts.sha256)


def _compare_groups(expected: Expected, facts: Facts) -> Iterator[Disagreement]:
    if expected.groups is None:
        yield Code.GROUPS, "The row has no key frames: the recording can't be played back."
        return
    try:
        index = unpack(expected.groups)
    except ValueError as error:
        yield Code.GROUPS, f"The key frames of the row can't be read: {error}."
        return
    if facts.scanned is not None:
        if index != facts.scanned.index:
            yield Code.GROUPS, "The key frames of the row are not those of the file."
    elif not index.groups or index.groups[-1].offset + index.groups[-1].length > facts.size:
        yield Code.GROUPS, "The key frames of the row reach beyond the file."


def _compare_content(row: Segment, scanned: Scanned, sha256: str | None) -> Iterator[Disagreement]:
    if scanned.lost_bytes:
        yield Code.HOLES, f"{scanned.lost_bytes} bytes in the middle of the file can't be read as video."
    elif (scanned.frames, scanned.tables.duration_ticks) != (row.frames, row.duration_ticks):
        yield Code.CONTENT, f"The file has {scanned.frames} frames, the row says {row.frames}."
    if row.sha256 is not None and sha256 != row.sha256 and row.state != SegmentState.DAMAGED:
        yield Code.HASH, "The recorded bytes have another hash than when they were recorded."
