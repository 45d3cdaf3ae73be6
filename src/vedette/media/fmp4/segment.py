"""Segment files: their head, what is in them, and finalising in place, which is also the repair.

While it is written a file is  `ftyp` `free`(16) `moov` `uuid` (`moof` `mdat`)*  : fragmented MP4 that plays at once and
survives any crash. Finalised it is  `ftyp` `mdat`[ all that was there ] `moov`  : the 16 reserved bytes became the
header of one large `mdat`, and a complete `moov` follows. No byte of a part ever moves. That makes it a plain MP4 for
every player, whose parts can still be served by their offsets (docs/decisions/hybrid-mp4.md).

Order on the disk: cut a torn tail, append `moov`, fdatasync, write the 16 bytes, fdatasync. After a crash at any step
the parts are as they were and `finalise` begins anew. Everything here blocks and belongs in a worker thread.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Protocol

import orjson

from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.boxes import MAX_HEAD, BoxSpan, body_of, box, read_box
from vedette.media.fmp4.fragment import MDAT_HEADER
from vedette.media.fmp4.init import read_init
from vedette.media.fmp4.movie import build_movie
from vedette.media.fmp4.tables import FragmentRead, SegmentTables, moof_size, read_fragment
from vedette.media.units import VIDEO, Init, SegmentIndex, SegmentMetadata

METADATA_UUID = bytes.fromhex("0bd9a4f87e5d4f0f8a9a3d1c5e7f7a11")
RESERVED = 16
FREE = struct.pack(">I4s8x", RESERVED, b"free")

_HEAD_GUESS = 8192
_MOOF_GUESS = 2048
_SEARCH_STEP = 1 << 20
# Places that look like a part and are none: past this many, a file is not worth the search.
_MAX_CANDIDATES = 10_000
_MAX_MS = 253_402_300_800_000  # the year 10 000


@dataclass(frozen=True, slots=True)
class Head:
    """What a file begins with. `reserved` is the offset of the 16 reserved bytes, `length` where parts begin."""

    init: Init
    metadata: SegmentMetadata
    reserved: int
    length: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """What is in a file. `media_end` is the offset after the last whole part; `torn_bytes` follow it and are no part
    (nor the closing `moov`); `lost_bytes` lie between parts and can't be read."""

    head: Head
    tables: SegmentTables
    media_end: int
    file_bytes: int
    torn_bytes: int
    lost_bytes: int
    finalised: bool

    @property
    def metadata(self) -> SegmentMetadata:
        return self.head.metadata

    @property
    def init(self) -> Init:
        return self.head.init

    @property
    def index(self) -> SegmentIndex:
        return self.tables.index

    @property
    def frames(self) -> int:
        return self.tables.frames


@dataclass(frozen=True, slots=True)
class Finalised:
    """A file that is a plain MP4 now. `bytes` is its size; times are ticks of the run's time line."""

    metadata: SegmentMetadata
    init: Init
    index: SegmentIndex
    bytes: int
    media_end: int
    frames: int
    start_ticks: int
    duration_ticks: int
    timescale: int
    torn_bytes: int
    lost_bytes: int

    @property
    def empty(self) -> bool:
        """No whole part was in it: the file was left as a head alone and holds nothing worth keeping."""
        return not self.index.groups


class Disk(Protocol):
    """The writes of `finalise`, so that a test can stop between any two of them."""

    def truncate(self, fd: int, length: int) -> None: ...

    def write_at(self, fd: int, data: bytes, offset: int) -> None: ...

    def sync(self, fd: int) -> None: ...


class SystemDisk:
    """The system's calls."""

    __slots__ = ()

    def truncate(self, fd: int, length: int) -> None:
        os.ftruncate(fd, length)

    def write_at(self, fd: int, data: bytes, offset: int) -> None:
        view = memoryview(data)
        while view:
            written = os.pwrite(fd, view, offset)
            view, offset = view[written:], offset + written

    def sync(self, fd: int) -> None:
        os.fdatasync(fd)


def head_bytes(init: Init, metadata: SegmentMetadata) -> bytes:
    """What a new file begins with: `ftyp`, the reserved bytes, `moov`, and the metadata as JSON in a `uuid` box."""
    ftyp = read_box(init.data, 0, len(init.data)).end
    return b"".join(
        (init.data[:ftyp], FREE, init.data[ftyp:], box(b"uuid", METADATA_UUID, orjson.dumps(asdict(metadata))))
    )


def read_head(file: Path | int) -> Head:
    """Raises `BadMedia` for a file that does not begin as ours do, and OSError."""
    with _opened(file, os.O_RDONLY) as fd:
        return _read_head(fd)


def scan(file: Path | int) -> Scanned:
    """Reads the head and the `moof` of every part, and no payload (unless a part is damaged: then the next whole one is
    searched). `file` may be a descriptor, which stays open, and may be one that is still being written.

    Raises `BadMedia` for a file that does not begin as ours do, and OSError. A damaged part raises nothing.
    """
    with _opened(file, os.O_RDONLY) as fd:
        return _scan(fd)


def is_finalised(file: Path | int, head: Head) -> bool:
    """Whether a file with this head was closed as `finalise` closes it. Reads 24 bytes. Raises OSError."""
    with _opened(file, os.O_RDONLY) as fd:
        return _closing_moov(fd, head, os.fstat(fd).st_size) is not None


def finalise(path: Path, *, tables: SegmentTables | None = None, disk: Disk | None = None) -> Finalised:
    """Makes a file a plain MP4, in place; cuts off a torn tail. Does nothing to a file that is one already.

    `tables` are those of a writer that saw every part go in; without them the file is scanned. A file without one whole
    part is cut to its head and stays fragmented. Raises `BadMedia` as `scan` does, and OSError; where the disk is too
    full for the `moov`, the file is left as it was.
    """
    disk = disk or SystemDisk()
    with _opened(path, os.O_RDWR) as fd:
        scanned = _taken_from(fd, tables) or _scan(fd)
        size = scanned.file_bytes
        if not scanned.finalised:
            size = _close(fd, scanned, disk)
    tables = scanned.tables
    return Finalised(
        metadata=scanned.metadata,
        init=scanned.init,
        index=scanned.index,
        bytes=size,
        media_end=scanned.media_end,
        frames=scanned.frames,
        start_ticks=tables.start_ticks,
        duration_ticks=tables.duration_ticks,
        timescale=tables.timescale,
        torn_bytes=scanned.torn_bytes,
        lost_bytes=scanned.lost_bytes,
    )


def mdat_header(head: Head, media_end: int) -> bytes:
    """What the reserved bytes become: the header of an `mdat` with a 64-bit size that ends at `media_end`."""
    return struct.pack(">I4sQ", 1, b"mdat", media_end - head.reserved)


def closing(scanned: Scanned) -> tuple[bytes, bytes]:
    """What would make a file that is still written a plain MP4 as far as it is: the 16 bytes at `head.reserved`, and
    what follows at `media_end`. With these in place a copy of it begins at 0 and is as long as its footage."""
    return mdat_header(scanned.head, scanned.media_end), build_movie(scanned.tables, scanned.metadata)


def _close(fd: int, scanned: Scanned, disk: Disk) -> int:
    end = scanned.media_end
    movie = build_movie(scanned.tables, scanned.metadata)
    if scanned.file_bytes != end:
        disk.truncate(fd, end)
    if not scanned.tables.master.samples:
        return end
    try:
        disk.write_at(fd, movie, end)
    except OSError:
        disk.truncate(fd, end)
        raise
    disk.sync(fd)
    disk.write_at(fd, mdat_header(scanned.head, end), scanned.head.reserved)
    disk.sync(fd)
    return end + len(movie)


def _taken_from(fd: int, tables: SegmentTables | None) -> Scanned | None:
    """The scan that a writer's tables spare, if the file ends where they say."""
    size = os.fstat(fd).st_size
    if tables is None or size != tables.media_end:
        return None
    return Scanned(_read_head(fd), tables, size, size, 0, tables.lost, False)


def _read_head(fd: int) -> Head:
    data = os.pread(fd, _HEAD_GUESS, 0)
    ftyp = _box_at(data, 0)
    moov_at = ftyp.end + RESERVED
    declared = int.from_bytes(data[moov_at : moov_at + 4], "big")
    if moov_at + declared + _HEAD_GUESS // 2 > len(data):
        data = os.pread(fd, min(moov_at + declared + _HEAD_GUESS, MAX_HEAD), 0)
    moov = _box_at(data, moov_at)
    extra = _box_at(data, moov.end)
    if (ftyp.kind, moov.kind, extra.kind) != (b"ftyp", b"moov", b"uuid"):
        raise BadMedia("the file does not begin with ftyp, 16 reserved bytes, moov and uuid")
    init = read_init(data[: ftyp.end] + data[moov.start : moov.end])
    return Head(init, _read_metadata(body_of(data, extra)), ftyp.end, extra.end)


def _box_at(data: bytes, offset: int) -> BoxSpan:
    return read_box(data, min(offset, len(data)), len(data))


def _read_metadata(body: bytes) -> SegmentMetadata:
    if body[:16] != METADATA_UUID:
        raise BadMedia("the file has no metadata of ours")
    try:
        values: Any = orjson.loads(body[16:])
    except orjson.JSONDecodeError as error:
        raise BadMedia("the file's metadata is not JSON") from error
    # A later version may add names; those that we know must be there and of their type.
    known: dict[str, Any] = {}
    for entry in fields(SegmentMetadata):
        value = values.get(entry.name) if isinstance(values, dict) else None
        if type(value) is not entry.type:
            raise BadMedia(f"the file's metadata has no valid {entry.name!r}")
        known[entry.name] = value
    metadata = SegmentMetadata(**known)
    if not 0 <= metadata.start_ms < _MAX_MS or not metadata.start_ticks >= 0:
        raise BadMedia("the file's metadata has an impossible time")
    return metadata


def _scan(fd: int) -> Scanned:
    size = os.fstat(fd).st_size
    head = _read_head(fd)
    tables = SegmentTables(head.init.tracks, head.length)
    closing = _closing_moov(fd, head, size)
    end = size if closing is None else closing
    offset: int | None = head.length
    budget = _MAX_CANDIDATES
    while offset is not None and offset < end:
        try:
            fragment = _read_part(fd, offset, end)
            if closing is None:
                _check_written(fd, offset, fragment)
            tables.take(offset, fragment)
            offset += fragment.length
        except BadMedia:
            offset, budget = _next_part(fd, offset + 1, end, budget)
    if closing is None:
        media_end, torn, lost = tables.media_end, size - tables.media_end, tables.lost
    else:
        media_end, torn, lost = closing, 0, tables.lost + closing - tables.media_end
    return Scanned(head, tables, media_end, size, torn, lost, closing is not None)


def _closing_moov(fd: int, head: Head, size: int) -> int | None:
    """Where the `moov` of a finalised file begins; None for a file that is not finalised."""
    reserved = os.pread(fd, RESERVED, head.reserved)
    end = head.reserved + int.from_bytes(reserved[8:], "big")
    if reserved != mdat_header(head, end) or not head.length <= end <= size - 8:
        return None
    moov = os.pread(fd, 8, end)
    return end if moov[4:] == b"moov" and end + int.from_bytes(moov[:4], "big") == size else None


def _read_part(fd: int, offset: int, end: int) -> FragmentRead:
    """The part at `offset`, if it is whole. Raises `BadMedia`."""
    data = os.pread(fd, _MOOF_GUESS, offset)
    needed = moof_size(data) + MDAT_HEADER
    if needed > len(data):
        data = os.pread(fd, needed, offset)
    fragment = read_fragment(data)
    if offset + fragment.length > end:
        raise BadMedia("a part is torn")
    return fragment


def _check_written(fd: int, offset: int, fragment: FragmentRead) -> None:
    """After a power cut a file may be as long as it was, with zeros where data never reached the disk. A frame begins
    with the length of a NAL unit, which is not 0. Raises `BadMedia`."""
    run = fragment.runs[0]
    last_frame = run.data + run.payload - int.from_bytes(run.sizes[-4:], "big")
    if run.track == VIDEO and os.pread(fd, 4, offset + last_frame) == b"\0\0\0\0":
        raise BadMedia("a part's bytes were never written")


def _next_part(fd: int, offset: int, end: int, budget: int) -> tuple[int | None, int]:
    """The next whole part from `offset` on, or None, and what is left of the `budget` of places to try."""
    while offset < end and budget:
        data = os.pread(fd, min(_SEARCH_STEP, end - offset), offset)
        at = data.find(b"moof", 4)
        while at >= 0 and budget:
            budget -= 1
            try:
                _read_part(fd, offset + at - 4, end)
            except BadMedia:
                at = data.find(b"moof", at + 4)
            else:
                return offset + at - 4, budget
        offset += max(len(data) - 7, 1)
    return None, budget


@contextmanager
def _opened(file: Path | int, flags: int) -> Iterator[int]:
    if isinstance(file, int):
        yield file
        return
    fd = os.open(file, flags | os.O_CLOEXEC)
    try:
        # What is read of a file lies hundreds of kilobytes apart: reading ahead would read all of it.
        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_RANDOM)
        yield fd
    finally:
        os.close(fd)
