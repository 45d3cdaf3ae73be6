"""A file that is still being written, as the plain MP4 that it would be if it ended now.

Only the bytes that finalising would write are other than on the disk: 16 at the head and the `moov` behind the last
whole part. They are laid over what is read, so nothing is remuxed, and neither the file nor its recorder notice.
"""

import os
from dataclasses import dataclass

from vedette.http.media import MediaFile, look
from vedette.media.fmp4.segment import Scanned, closing, scan


@dataclass(slots=True)
class UnfinishedFile(MediaFile):
    """`head` stands at `reserved` in place of the file's own bytes, `tail` follows `media_end`."""

    reserved: int
    head: bytes
    media_end: int
    tail: bytes

    async def read(self, offset: int, length: int) -> bytes:
        """At most `length` bytes; fewer at the end."""
        if offset >= self.media_end:
            start = offset - self.media_end
            return self.tail[start : start + length]
        # By name: zero-argument super() does not know a class with slots.
        data = await MediaFile.read(self, offset, min(length, self.media_end - offset))
        at = self.reserved - offset
        first, last = max(at, 0), min(at + len(self.head), len(data))
        if first >= last:
            return data
        return data[:first] + self.head[first - at : last - at] + data[last:]


async def as_if_finished(file: MediaFile) -> MediaFile:
    """`file` up to its last whole part; itself where it is finished already or holds no part yet.

    Raises BadMedia where it is no segment, OSError, TimeoutError when its disk hangs.
    """
    scanned: Scanned = await look(_scan, file.descriptor)
    if scanned.finalised or not scanned.index.groups:
        return file
    head, tail = closing(scanned)
    size = scanned.media_end + len(tail)
    return UnfinishedFile(file.descriptor, size, scanned.head.reserved, head, scanned.media_end, tail)


def _scan(descriptor: int) -> Scanned:
    """With a descriptor of its own: this one may be closed, and its number be another's, when a disk hung."""
    own = os.dup(descriptor)
    try:
        return scan(own)
    finally:
        os.close(own)
