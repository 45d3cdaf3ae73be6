"""Playback: which footage shows a span or an instant, and where its bytes are."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.directory import StreamRef, find_stream
from vedette.core.clock import Clock
from vedette.core.errors import not_found
from vedette.db.session import Database
from vedette.http.access import out_of_range
from vedette.http.ranges import ByteRange
from vedette.playback import repository
from vedette.playback.footage import Footage
from vedette.playback.lacking import standings, words
from vedette.playback.pictures import RecordedKeyFrame, read_part
from vedette.playback.pieces import LiveTail, footage_of
from vedette.recordings import repository as recordings
from vedette.recordings.coverage import CoveredGap, account
from vedette.recordings.files import RecordingFile, find_file
from vedette.storage.objects import ObjectVolumes

# A browser's present may be this far ahead of ours.
CLOCKS_APART_MS = 5_000
_MOST_SPANS = 2_000
_LOOKS, _LOOK_AT = 10, 500


@dataclass(frozen=True, slots=True)
class Lack:
    """Why bytes of a recording can't be had, as the route of the bytes says it."""

    code: str
    detail: str
    # Its path, for who may see the storage.
    place: str


@dataclass(frozen=True, slots=True)
class Instant:
    """What shows an instant. In a gap there is no `footage`, `next_ms` says where footage goes on and `previous_ms`
    where that before it ended. `pending`: it is no gap either, it was not recorded yet. `lack`: it was recorded, and
    can't be had; then the two say where there is footage that can."""

    at_ms: int
    footage: Footage | None
    key_frame_ms: int | None
    next_ms: int | None
    gap: CoveredGap | None
    previous_ms: int | None = None
    pending: bool = False
    lack: Lack | None = None


class PlaybackService:
    """Reads the index, the live tail (without which open files end where the index says) and the state of files; writes
    nothing."""

    def __init__(
        self, database: Database, clock: Clock, live: LiveTail | None, buckets: ObjectVolumes | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._live = live
        self._buckets = buckets
        self._spans: OrderedDict[tuple[UUID, int, int], ByteRange] = OrderedDict()

    async def at(self, camera: str, kind: str, at_ms: int) -> Instant:
        """Which footage is at an instant, or where it goes on. Raises VedetteError `camera.not_found`."""
        now_ms = self._clock.now_ms()
        async with self._database.read() as session:
            stream = await find_stream(session, camera, kind, past=True)
            files = await repository.overlapping(session, stream.stream_id, at_ms, at_ms + 1)
            pieces = footage_of(self._live, stream.stream_id, files)
            showing = [piece for piece in pieces if piece.start_ms <= at_ms < piece.end_ms]
            if not showing:
                recorded_ms = max((piece.end_ms for piece in pieces if piece.groups), default=0)
                return await self._in_gap(session, stream, at_ms, now_ms, recorded_ms)
        piece = showing[-1]
        group = piece.group_at(at_ms)
        shown = Instant(at_ms, piece, piece.wall_ms(piece.groups.dts[group]), None, None)
        (file,) = (file for file in files if str(file.id) == piece.segment_id)
        (there,) = await standings([file])
        if there.readable >= piece.groups.offsets[group + 1]:
            return shown
        following = await self._readable_beside(stream.stream_id, file.start_ms, later=True)
        # Of a file that was cut off its beginning may be there.
        previous_ms = piece.readable_until_ms(there.readable)
        if previous_ms is None:
            preceding = await self._readable_beside(stream.stream_id, file.start_ms, later=False)
            previous_ms = preceding.end_ms if preceding else None
        lack = Lack(there.lack, words(there.lack, file, stream.camera_name), f"{file.location}/{file.path}")
        return replace(shown, next_ms=following.start_ms if following else None, previous_ms=previous_ms, lack=lack)

    async def key_frame(self, camera: str, kind: str, at_ms: int) -> RecordedKeyFrame:
        """The key frame that is shown at an instant.

        Raises VedetteError `camera.not_found`, `playback.no_footage`, `recording.damaged`, `volume.unreachable`.
        """
        instant = await self.at(camera, kind, at_ms)
        piece = instant.footage
        if piece is None or instant.key_frame_ms is None:
            raise not_found("playback.no_footage", "Nothing was recorded at this time. Choose another.")
        source = await self.file(UUID(piece.segment_id))
        offset = piece.groups.offsets[piece.group_at(at_ms)]
        init = await self.init(piece.init)
        part = await read_part(source, offset)
        return RecordedKeyFrame(f"{piece.segment_id}-{offset}", init, part, instant.key_frame_ms)

    async def file(self, segment_id: UUID) -> RecordingFile:
        """Where the bytes of a recording are. Raises VedetteError `recording.not_found`, `volume.unreachable`."""
        return await find_file(self._database, segment_id, self._buckets)

    async def footage(self, segment_id: UUID) -> Footage:
        """One recording with its groups of pictures. Raises VedetteError `recording.not_found`."""
        async with self._database.read() as session:
            found = await repository.file(session, segment_id)
        if found is None:
            raise not_found("recording.not_found", f"There is no recording {segment_id}. It may have been deleted.")
        stream_id, stored = found
        (piece,) = footage_of(self._live, stream_id, [stored])
        return piece

    async def of_span(self, stream_id: int, start_ms: int, end_ms: int) -> list[Footage]:
        """The recordings of a stream with footage in a span, oldest first, the one that is written now among them."""
        async with self._database.read() as session:
            files = await repository.overlapping(session, stream_id, start_ms, end_ms)
        return footage_of(self._live, stream_id, files)

    async def bytes_of(self, segment_id: UUID, start_ms: int, end_ms: int) -> ByteRange:
        """The bytes of a file that show a span: those that a playlist of it, or of any part of it, names.

        Raises VedetteError `recording.not_found`, and `ticket.range` where it shows nothing of it.
        """
        key = segment_id, start_ms, end_ms
        known = self._spans.get(key)
        if known is not None:
            self._spans.move_to_end(key)
            return known
        piece = await self.footage(segment_id)
        span = piece.bytes_of(start_ms, end_ms)
        if span is None:
            raise out_of_range()
        if not piece.open:  # it stays as it is
            self._spans[key] = span
            if len(self._spans) > _MOST_SPANS:
                self._spans.popitem(last=False)
        return span

    async def shown(self, fetched: Mapping[UUID, Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
        """The spans of wall clock that bytes `[start, end)` of files show, in no order. Of files that are gone nobody
        knows any more."""
        async with self._database.read() as session:
            found = await repository.files(session, list(fetched))
        spans = []
        for stream_id, stored in found:
            (piece,) = footage_of(self._live, stream_id, [stored])
            shown = (piece.times_of(ByteRange(start, end)) for start, end in fetched[stored.id])
            spans += [span for span in shown if span is not None]
        return spans

    async def init(self, digest: str, of_camera: UUID | None = None) -> bytes:
        """The init with this hash; only if it is of that camera, where one is named.

        Raises VedetteError `playback.init_not_found`.
        """
        async with self._database.read() as session:
            data = await repository.init_data(session, digest)
            if (
                data is not None
                and of_camera is not None
                and not await repository.uses_init(session, of_camera, digest)
            ):
                data = None
        if data is None:
            raise not_found("playback.init_not_found", f"There is no init {digest[:64]}.")
        return data

    async def _readable_beside(self, stream_id: int, start_ms: int, *, later: bool) -> repository.StoredFile | None:
        """The next file that is there, or the last one before. After some thousand without one nobody looks on."""
        for _ in range(_LOOKS):
            async with self._database.read() as session:
                files = await repository.beside(session, stream_id, start_ms, _LOOK_AT, later=later)
            for file, there in zip(files, await standings(files), strict=True):
                if there.readable > 0:
                    return file
            if len(files) < _LOOK_AT:
                return None
            start_ms = files[-1].start_ms
        return None

    async def _in_gap(
        self, session: AsyncSession, stream: StreamRef, at_ms: int, now_ms: int, recorded_ms: int
    ) -> Instant:
        """`recorded_ms` is how far the files at `at_ms` are known to reach, 0 without any."""
        removed_ms = (await recordings.cameras_removed(session, [stream.camera_id])).get(stream.camera_id)
        now_ms = min(now_ms, removed_ms or now_ms)
        at_or_now_ms = min(at_ms, now_ms - 1)
        before = await recordings.neighbour(session, stream.stream_id, at_or_now_ms, later=False)
        previous_ms = recorded_ms or None
        if before and previous_ms is None:
            # One that reaches over the instant and has no footage there ends nowhere that could be played.
            previous_ms = before.end_ms if before.end_ms <= at_ms else before.start_ms
        if removed_ms is not None and at_ms >= removed_ms:
            return Instant(at_ms, None, None, None, None, previous_ms)
        if at_ms >= now_ms + CLOCKS_APART_MS:
            return Instant(at_ms, None, None, None, None, previous_ms, pending=True)
        after = await recordings.neighbour(session, stream.stream_id, at_or_now_ms, later=True)
        next_ms = after.start_ms if after else None
        since_ms = (await recordings.cameras_created(session, [stream.camera_id]))[stream.camera_id]
        footage = [(before.start_ms, max(before.end_ms, recorded_ms))] if before else []
        start_ms = min(before.start_ms if before else since_ms, at_or_now_ms)
        end_ms = max(next_ms or now_ms, at_or_now_ms + 1)
        told = (await recordings.gaps(session, [stream.stream_id], start_ms, end_ms))[stream.stream_id]
        covered = account(footage, told, start_ms, end_ms, now_ms=now_ms, since_ms=since_ms)
        gap = next((gap for gap in covered.gaps if gap.start_ms <= at_or_now_ms < gap.end_ms), None)
        # Coverage ends with the newest footage while that is fresh: what is younger is on its way.
        pending = gap is None and next_ms is None and at_or_now_ms >= covered.end_ms
        return Instant(at_ms, None, None, next_ms, gap, previous_ms, pending)
