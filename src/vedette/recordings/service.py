"""What people ask of recordings: lists, details, coverage, the calendar, deletion, how much there is.

Deleted cameras and removed streams count as long as they have footage.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, not_found
from vedette.db.session import Database
from vedette.http.instants import format_instant
from vedette.recordings import days, repository, statistics, trash
from vedette.recordings.coverage import TAKEN_ON_MS, Coverage, Span, account, reduced
from vedette.recordings.days import Day
from vedette.recordings.model import GapCause, Segment, SegmentState
from vedette.recordings.statistics import Statistics

# By segment: of the gap before it and of the one after it.
Causes = Mapping[UUID, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Recording:
    """A segment with what a person wants to know beside it."""

    segment: Segment
    camera_id: UUID
    stream: str
    codecs: str
    width: int | None
    height: int | None
    held: bool
    gap_before: str | None
    gap_after: str | None


@dataclass(frozen=True, slots=True)
class CameraCoverage:
    """The coverage of one stream of a camera."""

    camera_id: UUID
    stream: str
    coverage: Coverage


class OpenEnd(Protocol):
    """How far the footage of an open segment reaches."""

    @property
    def start_ms(self) -> int: ...
    @property
    def end_ms(self) -> int: ...


class LiveEnds(Protocol):
    """Who knows of open segments what the index does not know yet: the live hub."""

    def open_ends(self, stream_id: int) -> Sequence[OpenEnd]:
        """Of the segments of a stream that are being written or finalised, oldest first."""
        ...


class RecordingService:
    """Each call is one unit of work. Without `live` open segments end where the index says, seconds ago."""

    def __init__(self, database: Database, clock: Clock, live: LiveEnds | None = None) -> None:
        self._database = database
        self._clock = clock
        self._live = live

    async def cameras(self, words: Sequence[str], check: Callable[[UUID, str], None] | None = None) -> list[UUID]:
        """The cameras that are meant by ids or slugs, each once, deleted ones included. `check` is told of each camera
        and its word, and raises where the caller may not know of it or look at it.

        Raises VedetteError `camera.not_found`, and what `check` raises.
        """
        async with self._database.read() as session:
            by_word = await repository.cameras_by_word(session, words)
        for word in words:
            if word not in by_word:
                raise not_found("camera.not_found", f"There is no camera {word[:100]}.")
            if check is not None:
                check(by_word[word], word)
        return list(dict.fromkeys(by_word[word] for word in words))

    async def described(self, segments: Sequence[Segment], causes: Causes) -> list[Recording]:
        """What a person wants to know beside segments that were found. `causes`: of the gaps that touch them."""
        async with self._database.read() as session:
            return await self._describe(session, segments, causes)

    async def get(self, segment_id: UUID) -> Recording:
        """One recording. Raises VedetteError `recording.not_found`."""
        async with self._database.read() as session:
            found = await _require(session, segment_id)
            return (await self._describe(session, [found], await repository.causes_at(session, [segment_id])))[0]

    async def delete(self, segment_id: UUID, caller: Principal) -> Segment:
        """Deletes a recording for a person. The file goes within seconds.

        Raises VedetteError `recording.not_found`, `recording.open` or `recording.held`.
        """
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            segment = await _require(session, segment_id)
            gone = await trash.discard(session, [segment_id], GapCause.DELETED_BY_PERSON, "", now_ms)
            if not gone.segments:
                raise _refusal(segment)
            located = await repository.streams(session, keys={segment.stream_id})
            camera_id, kind = located[segment.stream_id]
            entry = Entry(
                "recording.delete",
                object_kind="recording",
                object_id=str(segment_id),
                object_name=segment.path,
                camera_id=camera_id,
                before={
                    "stream": kind,
                    "start": format_instant(segment.start_ms),
                    "end": format_instant(segment.end_ms),
                    "bytes": segment.bytes,
                },
            )
            await record(session, now_ms, caller, entry)
        return segment

    async def coverage(
        self,
        camera_ids: Sequence[UUID],
        stream: str,
        start_ms: int,
        end_ms: int,
        resolution_ms: int = 0,
    ) -> list[CameraCoverage]:
        """What is recorded of each camera in `[start_ms, end_ms)`, in the order asked; see `recordings.coverage`.

        A camera without that stream has nothing recorded. Raises VedetteError `camera.not_found`.
        """
        now_ms = self._clock.now_ms()
        async with self._database.read() as session:
            since = await _created(session, camera_ids)
            until = await repository.cameras_removed(session, camera_ids)
            found = await repository.streams(session, camera_ids=camera_ids, kind=stream)
            streams = {camera_id: key for key, (camera_id, _) in found.items()}
            look_ms = min([start_ms, *(made for made in since.values() if made < start_ms <= made + TAKEN_ON_MS)])
            spans = await repository.spans(session, list(streams.values()), look_ms, end_ms)
            gaps = await repository.gaps(session, list(streams.values()), look_ms, end_ms)
        answer = []
        for camera_id in camera_ids:
            key = streams.get(camera_id, 0)
            known = self._with_live_ends(key, spans.get(key, []))
            # Of a deleted camera nothing is due since.
            last_ms = min(now_ms, until.get(camera_id, now_ms))
            covered = account(known, gaps.get(key, []), start_ms, end_ms, now_ms=last_ms, since_ms=since[camera_id])
            if resolution_ms > 1:
                covered = reduced(covered, resolution_ms)
            answer.append(CameraCoverage(camera_id, stream, covered))
        return answer

    def _with_live_ends(self, stream_id: int, spans: list[Span]) -> list[Span]:
        ends = self._live.open_ends(stream_id) if self._live is not None and stream_id else ()
        return sorted([*spans, *((end.start_ms, end.end_ms) for end in ends)])

    async def calendar(
        self, camera_ids: Sequence[UUID], stream: str, month: str, timezone: str
    ) -> list[tuple[UUID, list[Day]]]:
        """Every day of a month (`YYYY-MM`) by the calendar of `timezone`, of each camera in the order asked.

        Raises VedetteError `calendar.month`, `calendar.timezone` or `camera.not_found`.
        """
        tz, first = days.zone(timezone), days.parse_month(month)
        start_ms, end_ms = days.month_ms(first, tz)
        found = await self.coverage(camera_ids, stream, start_ms, end_ms)
        return [(one.camera_id, days.per_day(one.coverage, first, tz)) for one in found]

    async def statistics(self) -> Statistics:
        """How much there is, in all and per camera and volume."""
        async with self._database.read() as session:
            return await statistics.measure(session)

    async def _describe(self, session: AsyncSession, segments: Sequence[Segment], causes: Causes) -> list[Recording]:
        if not segments:
            return []
        held = await repository.held_among(session, [segment.id for segment in segments], self._clock.now_ms())
        inits = await repository.inits(session, {segment.init_id for segment in segments})
        streams = await repository.streams(session, keys={segment.stream_id for segment in segments})
        described = []
        for segment in segments:
            camera_id, kind = streams[segment.stream_id]
            init = inits[segment.init_id]
            described.append(
                Recording(
                    segment,
                    camera_id,
                    kind,
                    init.codecs,
                    init.width,
                    init.height,
                    segment.id in held,
                    *causes.get(segment.id, (None, None)),
                )
            )
        return described


def _refusal(segment: Segment) -> VedetteError:
    if segment.state == SegmentState.OPEN:
        message = "This recording is still being written. Stop recording the camera, or wait until the file is closed."
        return VedetteError(ErrorKind.CONFLICT, "recording.open", message)
    message = "This recording is held and can't be deleted. End the hold first."
    return VedetteError(ErrorKind.CONFLICT, "recording.held", message)


async def _require(session: AsyncSession, segment_id: UUID) -> Segment:
    segment = await repository.get(session, segment_id)
    if segment is None:
        raise not_found("recording.not_found", f"There is no recording {segment_id}. It may have been deleted.")
    return segment


async def _created(session: AsyncSession, camera_ids: Collection[UUID]) -> dict[UUID, int]:
    found = await repository.cameras_created(session, camera_ids)
    for camera_id in camera_ids:
        if camera_id not in found:
            raise not_found("camera.not_found", f"There is no camera {camera_id}.")
    return found
