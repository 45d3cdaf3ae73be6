"""The qualities of a camera: one list, which the master playlist offers and whose names stand in addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.audit.views import Seen
from vedette.cameras.directory import find_streams
from vedette.core.errors import not_found
from vedette.live.hls import begin
from vedette.live.hls.playlist import Variant
from vedette.live.hls.stream import LiveSource


@dataclass(frozen=True, slots=True)
class Rendition:
    """One of them. `name` is in addresses (`main`, `sub`), `stream_id` the hub's."""

    name: str
    stream_id: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """A camera and its renditions, best first; never empty."""

    camera_id: UUID
    camera_name: str
    renditions: tuple[Rendition, ...]

    def find(self, name: str) -> Rendition:
        """Raises VedetteError `live.no_rendition`."""
        for rendition in self.renditions:
            if rendition.name == name:
                return rendition
        names = ", ".join(rendition.name for rendition in self.renditions)
        raise not_found("live.no_rendition", f"{self.camera_name} has no stream {name[:20]}; it has {names}.")

    def only(self, name: str) -> tuple[Rendition, ...]:
        """That one, or the main stream where there is no such one, as everywhere."""
        found = tuple(rendition for rendition in self.renditions if rendition.name == name)
        return found or self.renditions[:1]

    def seen(self, rendition: Rendition) -> Seen:
        """As the audit log knows it."""
        return Seen(self.camera_id, self.camera_name, rendition.name)


async def ladder_of(session: AsyncSession, camera: str) -> Ladder:
    """What a camera (id or slug) has to offer. Streams that are made only while they are watched belong here, too.

    Raises VedetteError `camera.not_found`.
    """
    streams = await find_streams(session, camera)
    main = streams["main"]
    renditions = tuple(Rendition(kind, streams[kind].stream_id) for kind in ("main", "sub") if kind in streams)
    return Ladder(main.camera_id, main.camera_name, renditions)


def variants(hub: LiveSource, renditions: Sequence[Rendition]) -> list[Variant]:
    """Those that give pictures now, with what is known of them."""
    found = []
    for rendition in renditions:
        if not hub.newest_group(rendition.stream_id):
            continue
        tail = hub.tail(rendition.stream_id)
        init = tail[-1].init
        peak, average = begin.rates([part for part in tail if part.init.digest == init.digest]) or (1_000_000, None)
        status = hub.status(rendition.stream_id)
        size = (status.width, status.height) if status is not None else (None, None)
        fps = status.fps if status is not None and status.fps > 0 else None
        found.append(Variant(rendition.name, peak, average, init.codecs, *size, fps))
    return found
