"""A volume in a bucket of an S3-compatible object storage, as the rest of Vedette sees it.

Recorders never write to one: footage is recorded to directories and moved there when it is closed. What does the work
is `storage.s3`, which recorders do not load. Every call has a time limit, and raises VedetteError `volume.unreachable`
with what is wrong and what to do; paths are relative to the volume, as in the index.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from vedette.storage.volumes import Probe


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object of a volume."""

    path: str
    bytes: int
    modified_ms: int


class ObjectVolume(Protocol):
    """One volume. Objects never change: they are put once, read by ranges and deleted."""

    @property
    def delivered_by_browser(self) -> bool:
        """Whether players are sent to the bucket, by presigned addresses."""
        ...

    @property
    def detour_ms(self) -> int | None:
        """When a browser last could not read there and got it through the server; None where none told."""
        ...

    def detour(self) -> None:
        """A browser could not read where it was sent."""
        ...

    async def probe(self) -> Probe:
        """How it is now: whether it answers and has its marker."""
        ...

    async def size(self, path: str) -> int | None:
        """Bytes of an object, None where there is none."""
        ...

    async def read(self, path: str, start: int, end: int) -> bytes:
        """The bytes `[start, end)`, fewer at its end. Also raises FileNotFoundError."""
        ...

    def read_now(self, path: str, start: int, end: int) -> bytes:
        """The same, for a thread. Also raises FileNotFoundError."""
        ...

    async def put(self, path: str, chunks: AsyncIterator[bytes]) -> None:
        """Makes an object of these bytes. It is there as a whole or not at all."""
        ...

    async def delete(self, path: str) -> None:
        """Deletes an object, and what is left of an upload of it that was cut short. One that is not there is fine."""
        ...

    def presigned(self, path: str, wanted: str) -> str:
        """An address that for a short time gives anybody the bytes of the `Range` header `wanted`, and no others: the
        request must have this very header."""
        ...

    def walk(self, prefix: str = "") -> AsyncIterator[list[StoredObject]]:
        """Its objects below `prefix`, by name, in batches; its marker is not among them."""
        ...


class ObjectVolumes(Protocol):
    """Opens them, and remembers those that are open."""

    async def of(self, volume_id: int) -> ObjectVolume:
        """Raises VedetteError `volume.not_found`, and `credentials...` where its secret does not open."""
        ...
