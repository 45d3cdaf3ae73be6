"""The qualities of a camera: one list, which the master playlist offers and whose names stand in addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.audit.views import Seen
from vedette.cameras.directory import StreamRef, find_streams
from vedette.core.errors import not_found
from vedette.events.announcements import StreamStatus
from vedette.live.hls import begin
from vedette.live.hls.playlist import Variant
from vedette.live.hls.stream import LiveSource
from vedette.live.transcode.transcodes import Transcodes, derived_id
from vedette.media.transcode.rungs import AUDIO_BITRATE, Rung, below, bitrate_of, codecs_of, side_of, size_on
from vedette.media.units import Codec

# A step less than the whole ladder: each one that a player tries begins a transcode.
_RUNGS = (Rung.H264, Rung.P1440, Rung.P720, Rung.P360)


@dataclass(frozen=True, slots=True)
class Rendition:
    """One of them. `name` is in addresses (`main`, `sub`, `main-720p`), `stream_id` the hub's. With a `rung` it is made
    of `ref` while it is watched."""

    name: str
    stream_id: int
    ref: StreamRef
    rung: Rung | None = None


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
        return Seen(self.camera_id, self.camera_name, rendition.ref.kind)


async def ladder_of(session: AsyncSession, camera: str, *, convert: bool) -> Ladder:
    """What a camera (id or slug) has to offer; with `convert` also what can be made of its main stream.

    Raises VedetteError `camera.not_found`.
    """
    streams = await find_streams(session, camera)
    main = streams["main"]
    renditions = [
        Rendition(kind, streams[kind].stream_id, streams[kind]) for kind in ("main", "sub") if kind in streams
    ]
    if convert:
        renditions += [Rendition(f"main-{rung}", derived_id(main.stream_id, rung), main, rung) for rung in _RUNGS]
    return Ladder(main.camera_id, main.camera_name, tuple(renditions))


def worth_making(rung: Rung, main: StreamStatus, sub: StreamStatus | None, max_height: int) -> bool:
    """Whether a rung of the main stream is of use beside the camera's own streams: it makes playable what many players
    can't play, or is smaller than the main stream and larger than a sub-stream that all can play. Pure."""
    if not main.width or not main.height:
        return False
    playable = Codec.H264.value
    if rung is Rung.H264:
        return main.video_codec != playable
    if rung not in below(min(main.width, main.height), max_height):
        return False
    if sub is None or sub.video_codec != playable or not sub.width or not sub.height:
        return True
    return side_of(rung) > 1.2 * min(sub.width, sub.height)


def made_variants(hub: LiveSource, renditions: Sequence[Rendition], transcodes: Transcodes) -> list[Variant]:
    """Those that would be made now, best first; without any where no more transcode could begin."""
    statuses = {rendition.name: hub.status(rendition.stream_id) for rendition in renditions if not rendition.rung}
    main = statuses.get("main")
    if main is None or not main.width or not main.height or not hub.newest_group(main.stream_id):
        return []
    found = []
    most = transcodes.rules.max_height
    for rendition in renditions:
        if rendition.rung is None or not worth_making(rendition.rung, main, statuses.get("sub"), most):
            continue
        if transcodes.spare(rendition.stream_id):
            size = size_on(rendition.rung, main.width, main.height, max_height=most)
            peak = bitrate_of(size) + AUDIO_BITRATE
            fps = main.fps if main.fps > 0 else None
            found.append(Variant(rendition.name, peak, None, codecs_of(size), size.width, size.height, fps))
    return found


def variants(hub: LiveSource, renditions: Sequence[Rendition]) -> list[Variant]:
    """Those of the camera's own that give pictures now, with what is known of them."""
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
