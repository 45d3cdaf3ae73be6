"""Playback: which footage shows a span or an instant, and where its bytes are."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.directory import StreamRef, find_stream
from vedette.core.clock import Clock
from vedette.core.errors import VedetteError, not_found
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.http.access import out_of_range
from vedette.http.media import look
from vedette.http.ranges import ByteRange
from vedette.playback import repository
from vedette.playback.columns import boundaries
from vedette.playback.footage import Footage, Groups, TailPart
from vedette.playback.pictures import RecordedKeyFrame, read_part
from vedette.playback.planner import SHORT_SPAN_MS, Plan, check_span, plan
from vedette.playback.repository import StoredFile
from vedette.recordings import repository as recordings
from vedette.recordings.coverage import CoveredGap, account
from vedette.recordings.files import UNREACHABLE, find_file
from vedette.storage.paths import inside

log = get_logger("playback")

# What a playlist spans when no end is given: the same whenever it is loaded again, and of short entries, so that it
# follows the recording closely.
OPEN_SPAN_MS = SHORT_SPAN_MS
# A browser's present may be this far ahead of ours.
CLOCKS_APART_MS = 5_000
_MOST_SPANS = 2_000


class LiveSegment(Protocol):
    """The file of a live part."""

    @property
    def segment_id(self) -> str: ...


class LivePart(Protocol):
    """A part as the live hub knows it."""

    @property
    def segment(self) -> LiveSegment: ...
    @property
    def offset(self) -> int: ...
    @property
    def length(self) -> int: ...
    @property
    def dts(self) -> int: ...
    @property
    def duration(self) -> int: ...
    @property
    def key(self) -> bool: ...


class LiveTail(Protocol):
    """What was written since the index was: the live hub."""

    def tail(self, stream_id: int) -> Sequence[LivePart]:
        """The parts of about the last minute, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Instant:
    """What shows an instant. In a gap there is no `footage`, and `next_ms` says where footage goes on. `pending`: it is
    no gap either, it was not recorded yet."""

    at_ms: int
    footage: Footage | None
    key_frame_ms: int | None
    next_ms: int | None
    gap: CoveredGap | None
    pending: bool = False


class PlaybackService:
    """Reads the index, the live tail (without which open files end where the index says) and the state of files; writes
    nothing."""

    def __init__(self, database: Database, clock: Clock, live: LiveTail | None) -> None:
        self._database = database
        self._clock = clock
        self._live = live
        self._spans: OrderedDict[tuple[UUID, int, int], ByteRange] = OrderedDict()

    async def playlist(self, camera: str, kind: str, start_ms: int, end_ms: int | None) -> Plan:
        """The entries that show a span; it may be appended to while its end lies in the future.

        Raises VedetteError `camera.not_found`, `playback.span...`, `playback.future`, and `playback.no_footage` when
        nothing was recorded in it.
        """
        now_ms = self._clock.now_ms()
        end_ms = start_ms + OPEN_SPAN_MS if end_ms is None else end_ms
        check_span(start_ms, end_ms, now_ms)
        async with self._database.read() as session:
            stream = await find_stream(session, camera, kind, past=True)
            files = await repository.overlapping(session, stream.stream_id, start_ms, end_ms)
        footage = await self._with_sizes(files, self._footage(stream.stream_id, files))
        made = plan(footage, start_ms, end_ms, ended=end_ms <= now_ms)
        if not made.entries:
            raise not_found(
                "playback.no_footage",
                f"Nothing of {stream.camera_name} was recorded in this span. Ask /playback/{camera[:100]}/at where"
                " footage goes on.",
            )
        return made

    async def stream(self, camera: str, kind: str) -> StreamRef:
        """Which stream is meant. Raises VedetteError `camera.not_found`."""
        async with self._database.read() as session:
            return await find_stream(session, camera, kind, past=True)

    async def at(self, camera: str, kind: str, at_ms: int) -> Instant:
        """Which footage is at an instant, or where it goes on. Raises VedetteError `camera.not_found`."""
        now_ms = self._clock.now_ms()
        async with self._database.read() as session:
            stream = await find_stream(session, camera, kind, past=True)
            files = await repository.overlapping(session, stream.stream_id, at_ms, at_ms + 1)
            pieces = self._footage(stream.stream_id, files)
            showing = [piece for piece in pieces if piece.start_ms <= at_ms < piece.end_ms]
            if showing:
                piece = showing[-1]
                key_ms = piece.wall_ms(piece.groups.dts[piece.group_at(at_ms)])
                return Instant(at_ms, piece, key_ms, None, None)
            recorded_ms = max((piece.end_ms for piece in pieces if piece.groups), default=0)
            return await self._in_gap(session, stream, at_ms, now_ms, recorded_ms)

    async def key_frame(self, camera: str, kind: str, at_ms: int) -> RecordedKeyFrame:
        """The key frame that is shown at an instant.

        Raises VedetteError `camera.not_found`, `playback.no_footage`, `recording.damaged`, `volume.unreachable`.
        """
        instant = await self.at(camera, kind, at_ms)
        piece = instant.footage
        if piece is None or instant.key_frame_ms is None:
            raise not_found("playback.no_footage", "Nothing was recorded at this time. Choose another.")
        source = await find_file(self._database, UUID(piece.segment_id))
        offset = piece.groups.offsets[piece.group_at(at_ms)]
        init = await self.init(piece.init)
        part = await read_part(source, offset)
        return RecordedKeyFrame(f"{piece.segment_id}-{offset}", init, part, instant.key_frame_ms)

    async def footage(self, segment_id: UUID) -> Footage:
        """One recording with its groups of pictures. Raises VedetteError `recording.not_found`."""
        async with self._database.read() as session:
            found = await repository.file(session, segment_id)
        if found is None:
            raise not_found("recording.not_found", f"There is no recording {segment_id}. It may have been deleted.")
        stream_id, stored = found
        (piece,) = self._footage(stream_id, [stored])
        return piece

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
            (piece,) = self._footage(stream_id, [stored])
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

    async def _in_gap(
        self, session: AsyncSession, stream: StreamRef, at_ms: int, now_ms: int, recorded_ms: int
    ) -> Instant:
        """`recorded_ms` is how far the files at `at_ms` are known to reach, 0 without any."""
        removed_ms = (await recordings.cameras_removed(session, [stream.camera_id])).get(stream.camera_id)
        if removed_ms is not None and at_ms >= removed_ms:
            return Instant(at_ms, None, None, None, None)
        now_ms = min(now_ms, removed_ms or now_ms)
        if at_ms >= now_ms + CLOCKS_APART_MS:
            return Instant(at_ms, None, None, None, None, pending=True)
        at_or_now_ms = min(at_ms, now_ms - 1)
        before = await recordings.neighbour(session, stream.stream_id, at_or_now_ms, later=False)
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
        return Instant(at_ms, None, None, next_ms, gap, pending)

    def _footage(self, stream_id: int, files: Sequence[StoredFile]) -> list[Footage]:
        tails: dict[str, list[TailPart]] = {}
        if self._live is not None and files and files[-1].state == "open":
            for part in self._live.tail(stream_id):
                tail = TailPart(part.offset, part.length, part.dts, part.duration, part.key)
                tails.setdefault(part.segment.segment_id, []).append(tail)
        pieces = []
        for file in files:
            piece = _piece(file)
            if piece.open and (tail_parts := tails.get(piece.segment_id)):
                piece = piece.with_tail(tail_parts)
            pieces.append(piece)
        return pieces

    async def _with_sizes(self, files: Sequence[StoredFile], footage: Sequence[Footage]) -> list[Footage]:
        """With how much of each file is really there. One trip to a thread: a disk may be slow."""
        try:
            sizes = await look(_sizes, files)
        except TimeoutError:
            log.warning("volume does not answer", volumes=sorted({file.volume_name for file in files}))
            sizes = [0] * len(files)
        return [
            piece if size >= (piece.groups.offsets[-1] if piece.groups else 0) else replace(piece, readable=size)
            for piece, size in zip(footage, sizes, strict=True)
        ]


def _piece(file: StoredFile) -> Footage:
    return Footage(
        str(file.id),
        str(file.run_id),
        file.init,
        file.timescale,
        file.start_ms,
        file.start_ticks,
        _groups(file),
        open=file.state == "open",
    )


def _groups(file: StoredFile) -> Groups:
    if file.groups is None:
        return Groups()
    try:
        return boundaries(file.groups)[1]
    except ValueError as error:
        # One bad row must not take a day of footage away; `vedette check` mends it from the file.
        log.warning("unreadable group index", segment=str(file.id), error=str(error))
        return Groups()


def _sizes(files: Sequence[StoredFile]) -> list[int]:
    """Bytes of each file, 0 where it is missing or its volume is."""
    sizes = []
    for file in files:
        size = 0
        if file.volume_state not in UNREACHABLE:
            try:
                size = inside(file.location, file.path).stat().st_size
            except (OSError, VedetteError):
                size = 0
        sizes.append(size)
    return sizes
