"""Trying out a bucket before it becomes a volume: everything that will be done there is done once."""

from collections.abc import AsyncIterator

from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.ids import uuid7
from vedette.storage.s3.bucket import Bucket
from vedette.storage.volumes import VolumeIdentity

_TEXT = b"Vedette tries whether it may write here."


async def try_out(bucket: Bucket) -> VolumeIdentity | None:
    """Which volume is there already. Lists, puts, reads a range, deletes. Raises VedetteError."""
    identity = await bucket.identify()
    async for _ in bucket.walk():
        break
    path = f".vedette-probe-{uuid7()}"
    try:
        await bucket.put(path, _once(_TEXT))
        if await bucket.read(path, 8, 13) != _TEXT[8:13]:
            raise VedetteError(
                ErrorKind.UNAVAILABLE,
                "volume.ranges",
                "The storage does not answer with the range of bytes that was asked for: it can't play recordings.",
                field="endpoint",
            )
    except FileNotFoundError as error:
        raise VedetteError(
            ErrorKind.UNAVAILABLE,
            "volume.unreachable",
            "The storage does not have what was put there a moment ago. It must show new objects at once.",
            field="endpoint",
        ) from error
    await bucket.delete(path)
    return identity


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data
