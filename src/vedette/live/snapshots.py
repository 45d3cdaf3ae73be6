"""Single pictures: a key frame decoded to JPEG, in a thread, few at once, the newest kept.

Decoding a 1080p key frame takes about 20 ms of a core, so requests for the same picture share one decoding and the rest
wait in line; a line that gets too long is refused.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.waiting import overheard

AT_ONCE = 2
MAX_WAITING = 64
_CACHE_BYTES = 16 << 20


class KeyFrame(Protocol):
    """A part that begins with a key frame, and what decodes it. `name` identifies it, `at_ms` is its wall clock."""

    @property
    def name(self) -> str: ...
    @property
    def init(self) -> bytes: ...
    @property
    def part(self) -> bytes: ...
    @property
    def at_ms(self) -> int: ...


@dataclass(frozen=True, slots=True)
class LiveKeyFrame:
    """The newest key frame of a stream."""

    name: str
    init: bytes
    part: bytes
    at_ms: int


class RecordedPictures(Protocol):
    """Key frames out of recordings: playback."""

    async def key_frame(self, camera: str, kind: str, at_ms: int) -> KeyFrame:
        """The key frame that is shown at an instant. Raises VedetteError where there is none."""
        ...


Decode = Callable[[bytes, bytes, int | None], bytes]


class Snapshots:
    """Pictures by their name and width. `decode(init, part, width)` blocks, and raises ValueError for what it can't."""

    def __init__(self, decode: Decode, *, cache_bytes: int = _CACHE_BYTES) -> None:
        self._decode = decode
        self._cache_bytes = cache_bytes
        self._cached: OrderedDict[str, bytes] = OrderedDict()
        self._cached_size = 0
        self._decoding: dict[str, asyncio.Task[bytes]] = {}
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def jpeg(self, frame: KeyFrame, width: int | None) -> bytes:
        """The picture, `width` pixels wide (its own width with None).

        Raises VedetteError `snapshot.undecodable`, `snapshot.busy`.
        """
        name = picture_name(frame, width)
        if (picture := self._cached.get(name)) is not None:
            self._cached.move_to_end(name)
            return picture
        task = self._decoding.get(name)
        if task is None:
            if len(self._decoding) >= MAX_WAITING:
                raise VedetteError(
                    ErrorKind.UNAVAILABLE, "snapshot.busy", "Too many pictures are being made. Try again in a moment."
                )
            task = self._decoding[name] = asyncio.create_task(self._make(name, frame, width))
            task.add_done_callback(overheard)
        # One that goes away must not take the picture from the others.
        return await asyncio.shield(task)

    async def _make(self, name: str, frame: KeyFrame, width: int | None) -> bytes:
        try:
            async with self._turn:
                picture = await asyncio.to_thread(self._decode, frame.init, frame.part, width)
        except ValueError as error:
            raise VedetteError(
                ErrorKind.UNAVAILABLE,
                "snapshot.undecodable",
                f"The picture can't be decoded here ({error}). The recording itself is not affected.",
            ) from error
        finally:
            del self._decoding[name]
        self._keep(name, picture)
        return picture

    def _keep(self, name: str, picture: bytes) -> None:
        self._cached[name] = picture
        self._cached_size += len(picture)
        while self._cached_size > self._cache_bytes:
            self._cached_size -= len(self._cached.popitem(last=False)[1])


def picture_name(frame: KeyFrame, width: int | None) -> str:
    """Identifies a picture; its ETag without the quotes."""
    return f"{frame.name}-{width or 'full'}"
