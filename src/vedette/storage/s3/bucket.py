"""One volume in a bucket, by obstore. Every request has a time limit; a failure is told as VedetteError.

obstore repeats what failed for reasons that pass, for as long as our limit allows. Uploads of more than 8 MiB go in
parts; what a killed process leaves of one is thrown away by `delete`.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import S3Store

from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.storage.objects import StoredObject
from vedette.storage.s3 import leftovers
from vedette.storage.s3.address import BucketAddress
from vedette.storage.s3.complaints import Complaint, complaint
from vedette.storage.s3.signing import presigned
from vedette.storage.volumes import MARKER, Probe, VolumeIdentity, VolumeState

T = TypeVar("T")

# Players ask for the bytes at once; an address that leaks is of no use a minute later.
PRESIGNED_S = 60
_PART = 8 << 20
_UPLOADS_AT_ONCE = 2
_LISTED_AT_ONCE = 500
_RETRIES = 2


class Bucket:
    """A volume: `marker` is what its marker must say."""

    def __init__(self, address: BucketAddress, marker: UUID, clock: Clock, *, by_browser: bool = False) -> None:
        self.address = address
        self._marker = marker
        self._clock = clock
        self._by_browser = by_browser
        self._detour_ms: int | None = None
        self._store = _opened(address)

    @property
    def delivered_by_browser(self) -> bool:
        """Whether players are sent to the bucket."""
        return self._by_browser

    @property
    def detour_ms(self) -> int | None:
        """When a browser last could not read there; None where none told since its settings were changed."""
        return self._detour_ms

    def detour(self) -> None:
        """A browser could not read where it was sent."""
        if self._by_browser:
            self._detour_ms = self._clock.now_ms()

    async def probe(self) -> Probe:
        """Whether it answers and has its marker."""
        try:
            identity = await self.identify()
        except VedetteError as error:
            return Probe(VolumeState.FAILING, error.message)
        if identity is None:
            return Probe(
                VolumeState.MISSING,
                f"{self.address.location} has no {MARKER} in it: it is not this volume.",
                "Look at bucket and prefix. If the object was deleted, put it back with"
                f' {{"marker": "{self._marker}", "name": "", "created_ms": 0}} in it.',
            )
        if identity.marker != self._marker:
            return Probe(
                VolumeState.FOREIGN,
                f"Another volume ({identity.name}) is at {self.address.location}.",
                "Look at bucket and prefix, or add the other volume under a name of its own.",
            )
        return Probe(VolumeState.OK)

    async def identify(self) -> VolumeIdentity | None:
        """What the marker says, None without one. Raises VedetteError."""
        try:
            data = await self._asked(lambda: obstore.get_range_async(self._store, self._key(MARKER), start=0, end=4096))
        except FileNotFoundError:
            return None
        try:
            fields = json.loads(bytes(data))
            return VolumeIdentity(UUID(fields["marker"]), str(fields["name"]), int(fields["created_ms"]))
        except (ValueError, KeyError, TypeError) as error:
            message = f"The marker {MARKER} in {self.address.location} is damaged. Put it back as it was."
            raise VedetteError(ErrorKind.DATA_LOSS, "volume.failing", message) from error

    async def mark(self, identity: VolumeIdentity) -> bool:
        """Puts a new marker; false where there was one already."""
        text = json.dumps(
            {"marker": str(identity.marker), "name": identity.name, "created_ms": identity.created_ms}
        ).encode()
        try:
            await self._asked(lambda: obstore.put_async(self._store, self._key(MARKER), text, mode="create"))
        except FileExistsError:
            return False
        return True

    async def unmark(self) -> None:
        """Takes the marker away."""
        await self.delete(MARKER)

    async def size(self, path: str) -> int | None:
        """Bytes of an object, None where there is none."""
        try:
            found = await self._asked(lambda: obstore.head_async(self._store, self._key(path)))
        except FileNotFoundError:
            return None
        return found["size"]

    async def read(self, path: str, start: int, end: int) -> bytes:
        """The bytes `[start, end)`, fewer at its end. Also raises FileNotFoundError."""
        return bytes(
            await self._asked(lambda: obstore.get_range_async(self._store, self._key(path), start=start, end=end))
        )

    def read_now(self, path: str, start: int, end: int) -> bytes:
        """The same, for a thread."""
        try:
            return bytes(obstore.get_range(self._store, self._key(path), start=start, end=end))
        except (BaseError, OSError) as error:
            raise self._failure(error) from error

    async def put(self, path: str, chunks: AsyncIterator[bytes]) -> None:
        """Makes an object of these bytes. Each part has the time limit of a request, not all of them together."""
        try:
            await obstore.put_async(
                self._store,
                self._key(path),
                chunks,
                attributes={"Content-Type": "video/mp4"} if path.endswith(".mp4") else None,
                chunk_size=_PART,
                max_concurrency=_UPLOADS_AT_ONCE,
            )
        except (BaseError, OSError) as error:
            if isinstance(error, FileNotFoundError | NotFoundError):
                # There is always room for a new object where there is a bucket.
                raise self._told(
                    complaint(f"bucket {error}", self.address.location, self.address.bucket, 404)
                ) from error
            raise self._failure(error) from error

    async def delete(self, path: str) -> None:
        """Deletes an object and what is left of uploads of it."""
        try:
            await self._asked(lambda: obstore.delete_async(self._store, self._key(path)))
        except FileNotFoundError:
            pass
        await leftovers.abort(self.address, self._key(path), self._clock.now_ms())

    def presigned(self, path: str, wanted: str) -> str:
        """An address that gives anybody the bytes of this `Range` header for `PRESIGNED_S`."""
        now_ms, headers = self._clock.now_ms(), {"range": wanted}
        return presigned(self.address, "GET", self._key(path), now_ms=now_ms, valid_s=PRESIGNED_S, headers=headers)

    async def walk(self, prefix: str = "") -> AsyncIterator[list[StoredObject]]:
        """Its objects below `prefix` (whole directories), in batches."""
        whole = self._key(prefix) if prefix else self.address.prefix
        listing = obstore.list(self._store, prefix=whole or None, chunk_size=_LISTED_AT_ONCE)
        skipped = len(self.address.prefix) + 1 if self.address.prefix else 0
        while True:
            try:
                batch = await self._asked(listing.__anext__)
            except StopAsyncIteration:
                return
            found = [
                StoredObject(meta["path"][skipped:], meta["size"], round(meta["last_modified"].timestamp() * 1000))
                for meta in batch
            ]
            yield [one for one in found if one.path != MARKER]

    def _key(self, path: str) -> str:
        return self.address.key(path)

    async def _asked(self, call: Callable[[], Awaitable[T]]) -> T:
        """Raises VedetteError, FileNotFoundError (no such object) and FileExistsError."""
        try:
            async with asyncio.timeout(self.address.timeout_s * (_RETRIES + 1)):
                return await call()
        except (BaseError, OSError) as error:
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> Exception:
        text = str(error)
        if isinstance(error, TimeoutError):
            text = "timed out"
        elif isinstance(error, AlreadyExistsError | FileExistsError):
            return FileExistsError(text)
        elif isinstance(error, NotFoundError | FileNotFoundError) and "NoSuchBucket" not in text:
            return FileNotFoundError(text)
        return self._told(complaint(text, self.address.location, self.address.bucket))

    def _told(self, found: Complaint) -> VedetteError:
        return VedetteError(ErrorKind.UNAVAILABLE, found.code, found.message, field=found.field or None)


def _opened(address: BucketAddress) -> S3Store:
    limit = timedelta(seconds=address.timeout_s)
    endpoint = address.endpoint if address.path_style else address.origin
    return S3Store(
        address.bucket,
        endpoint=endpoint,
        region=address.region,
        access_key_id=address.access_key,
        secret_access_key=address.secret_key,
        virtual_hosted_style_request=not address.path_style,
        client_options={
            "allow_http": address.insecure,
            "timeout": limit,
            "connect_timeout": min(limit, timedelta(seconds=5)),
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": limit},
    )
