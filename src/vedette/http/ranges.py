"""Byte ranges (RFC 9110, section 14), as pure functions."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=[ \t]*(?P<first>\d{0,19})-(?P<last>\d{0,19})[ \t]*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes from `start` up to but not including `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def lies_in(self, other: "ByteRange") -> bool:
        """Whether all of it is in the other."""
        return other.start <= self.start and self.end <= other.end

    def content_range(self, size: int) -> str:
        """The Content-Range header of a 206."""
        return f"bytes {self.start}-{self.end - 1}/{size}"


class Unsatisfiable(Exception):  # noqa: N818 - it is an answer (416), not a failure
    """The range lies outside of what there is."""


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """The range that is asked for out of `size` bytes; None when all of it is to be sent.

    Headers of another unit, malformed ones and several ranges at once are ignored, as the RFC allows: players ask for
    one range. Raises Unsatisfiable.
    """
    found = _ONE_RANGE.fullmatch(header) if header is not None and len(header) <= 100 else None
    if found is None or not (found["first"] or found["last"]):
        return None
    if not found["first"]:
        length = min(int(found["last"]), size)
        if length == 0:
            raise Unsatisfiable
        return ByteRange(size - length, size)
    start = int(found["first"])
    last = int(found["last"]) if found["last"] else size
    if last < start and found["last"]:
        return None
    if start >= size:
        raise Unsatisfiable
    return ByteRange(start, min(last + 1, size))


def tag_matches(header: str | None, tag: str) -> bool:
    """Whether an If-None-Match header names the entity tag, by weak comparison (section 8.8.3.2)."""
    if header is None:
        return False
    tags = [one.strip() for one in header.split(",")]
    return "*" in tags or tag.removeprefix("W/") in [one.removeprefix("W/") for one in tags]


def range_still_holds(if_range: str | None, tag: str) -> bool:
    """Whether If-Range allows a partial answer: only a strong tag that is the same does (section 13.1.5)."""
    return if_range is None or (if_range.strip() == tag and not tag.startswith("W/"))
