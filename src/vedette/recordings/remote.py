"""The file of a recording that lies in a bucket, with the face of an open one."""

from dataclasses import dataclass
from typing import ClassVar

from vedette.core.errors import ErrorKind, VedetteError, not_found
from vedette.http.media import MediaFile
from vedette.http.ranges import ByteRange
from vedette.storage.objects import ObjectVolume


@dataclass(slots=True)
class ObjectFile(MediaFile):
    """Read by ranges, each a request with a time limit of its own: a slow viewer keeps no connection to the storage
    open, and at most one chunk of an answer is in memory."""

    CHUNK: ClassVar[int] = 2 << 20

    bucket: ObjectVolume
    path: str
    # That the object is not there, for a person.
    gone: str
    ahead: tuple[int, bytes] = (0, b"")

    @staticmethod
    def of(bucket: ObjectVolume, path: str, size: int, gone: str) -> "ObjectFile":
        """Asks nothing yet: objects do not change, so the index knows the size."""
        return ObjectFile(-1, size, bucket, path, gone)

    @property
    def closed(self) -> bool:
        """Nothing is open, so nothing is ever closed."""
        return False

    async def read(self, offset: int, length: int) -> bytes:
        """At most `length` bytes; fewer at the end. Raises VedetteError where it can't be read."""
        begins, data = self.ahead
        if data and begins <= offset < begins + len(data):
            self.ahead = (0, b"")
            return data[offset - begins : offset - begins + length]
        end = min(offset + length, self.size)
        if end <= offset:
            return b""
        try:
            return await self.bucket.read(self.path, offset, end)
        except FileNotFoundError as error:
            raise not_found("recording.file_missing", self.gone, place=self.path) from error
        except VedetteError as error:
            # Whatever the storage complains of (keys, clock, quota) is for who looks after it.
            words = "The storage that holds this footage does not give it. See Storage for what to do."
            raise VedetteError(ErrorKind.UNAVAILABLE, "volume.unreachable", words, place=error.message) from error

    def read_now(self, offset: int, length: int) -> bytes:
        """The same, for a thread."""
        end = min(offset + length, self.size)
        return self.bucket.read_now(self.path, offset, end) if end > offset else b""

    async def prepare(self, span: ByteRange) -> None:
        """Fetches the first bytes. Raises VedetteError `volume...`, `recording.file_missing`."""
        self.ahead = span.start, await self.read(span.start, min(self.CHUNK, span.length))

    def elsewhere(self, wanted: str) -> str | None:
        """A presigned address, where the volume is set up so."""
        return self.bucket.presigned(self.path, wanted) if self.bucket.delivered_by_browser else None

    def close(self) -> None:
        """There is nothing open."""
