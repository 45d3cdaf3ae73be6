"""ISO base media file format boxes (ISO/IEC 14496-12, section 4.2): making them, and walking over bytes from a disk."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from vedette.media.codecs.errors import BadMedia

_HEADER = struct.Struct(">I4s")
_LARGE = struct.Struct(">Q")

# Of real inits, `moov` has 0.6 to 2 KB.
MAX_HEAD = 1 << 20


def box(kind: bytes, *payload: bytes) -> bytes:
    """One box with a 32-bit size."""
    body = b"".join(payload)
    return _HEADER.pack(8 + len(body), kind) + body


def full_box(kind: bytes, version: int, flags: int, *payload: bytes) -> bytes:
    """A box whose body begins with a version and flags."""
    return box(kind, (version << 24 | flags).to_bytes(4, "big"), *payload)


class BoxSpan(NamedTuple):
    """Where a box is: its header begins at `start`, its content at `body`, and it ends before `end`."""

    kind: bytes
    start: int
    body: int
    end: int


def read_box(data: bytes, offset: int, end: int) -> BoxSpan:
    """The box at `offset`, which must lie before `end` as a whole. Raises `BadMedia`."""
    if end - offset < 8:
        raise BadMedia(f"{end - offset} bytes are too few for a box")
    size, kind = _HEADER.unpack_from(data, offset)
    body = offset + 8
    if size == 1:
        if end - offset < 16:
            raise BadMedia("a box ends inside its 64-bit size")
        size = _LARGE.unpack_from(data, body)[0]
        body += 8
    if size < body - offset or offset + size > end:
        raise BadMedia(f"box {kind!r} claims {size} bytes of {end - offset}")
    return BoxSpan(kind, offset, body, offset + size)


def walk(data: bytes, start: int, end: int) -> Iterator[BoxSpan]:
    """The boxes that fill [start, end). Ends always: every box is at least as long as its header."""
    offset = start
    while offset < end:
        span = read_box(data, offset, end)
        yield span
        offset = span.end


def find(data: bytes, start: int, end: int, kind: bytes) -> BoxSpan:
    """The first box of a kind. Raises `BadMedia` when there is none."""
    for span in walk(data, start, end):
        if span.kind == kind:
            return span
    raise BadMedia(f"there is no {kind.decode('latin-1')} box")


def path(data: bytes, parent: BoxSpan, *kinds: bytes) -> BoxSpan:
    """Goes down from `parent` through plain container boxes. Raises `BadMedia`."""
    span = parent
    for kind in kinds:
        span = find(data, span.body, span.end, kind)
    return span


def body_of(data: bytes, span: BoxSpan) -> bytes:
    return data[span.body : span.end]
