"""One stream of a camera, supervised: `run` connects again and again, `run_once` is one connection from start to end.

What goes wrong with one stream stays here: it is shown as a state, counted, accounted for as a gap, and tried again
with growing, uneven delays.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from vedette.cameras.plan import Decision, RecordingPlan, decide
from vedette.core.backoff import Backoff
from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.core.waiting import set_within
from vedette.events.announcements import StreamStatus
from vedette.media.credentials import Credentials
from vedette.media.timeline import Stamps
from vedette.media.units import EndReason, SourceSink
from vedette.recorder.board import StatusBoard
from vedette.recorder.cuts import Cut, tell_cut
from vedette.recorder.disks import Disk
from vedette.recorder.gaps import GapKeeper
from vedette.recorder.health import Minute
from vedette.recorder.pipeline import Pipeline, PipelineServices, StreamName
from vedette.recorder.ring import PERIOD_MS as RING_PERIOD_MS
from vedette.recorder.ring import Ring
from vedette.recorder.runs import Run
from vedette.recorder.segment_file import next_boundary_ms
from vedette.recorder.segments import OpenSegment, Place
from vedette.recorder.states import Link, Situation, cause_of, gap_of, status_of
from vedette.recordings.model import GapCause
from vedette.recordings.standing import Standing

log = get_logger("recorder")

GOOD_RUN_S = 30.0
CONNECT_LIMIT_S = 20.0
# Streams with a key frame a minute exist; without any picture at all there is no reason to wait so long.
KEY_FRAME_LIMIT_S = 70.0
NO_PICTURE_LIMIT_S = 25.0
KEY_FRAME_NOTICE_S = 10.0
# For so long a camera that was just added may be starting without a gap (`coverage.TAKEN_ON_MS` is longer).
NEW_FOR_MS = 30_000
# Cameras lock accounts after some wrong passwords, and a stream that is not there seldom appears.
_PATIENT = frozenset({EndReason.UNAUTHORIZED, EndReason.NOT_FOUND, EndReason.UNSUPPORTED})


@dataclass(frozen=True, slots=True)
class StreamSpec:
    """What a stream is and what people want of it. `auto`: libav takes over what the native client can't do."""

    stream_id: int
    camera_id: UUID
    camera_slug: str
    kind: str
    url: str = field(repr=False)  # its parameters may be secret
    credentials: Credentials | None
    engine: str
    auto: bool
    plan: RecordingPlan
    record: bool
    segment_ms: int
    volume_id: int | None
    problem: str = ""  # why it can't be opened at all
    stored_url: str = ""  # as it is in the database, with its secret parameters sealed

    def same_connection(self, other: "StreamSpec") -> bool:
        """Whether a change to `other` leaves the connection as it is."""
        return (self.url, self.credentials, self.problem, self.engine, self.plan.enabled) == (
            other.url,
            other.credentials,
            other.problem,
            other.engine,
            other.plan.enabled,
        )


class Source(Protocol):
    """One connection to a stream. After `connect` it calls its sink until it calls `on_end`, or `close` was called."""

    async def connect(self) -> None:
        """Raises VedetteError with a `reason` (an `EndReason`) when it fails."""
        ...

    def close(self) -> None: ...


class StreamServices(PipelineServices, Protocol):
    """The process, as its streams need it."""

    node: str
    ring: Ring

    def disk(self, volume_id: int | None) -> Disk | None: ...

    def open_source(self, spec: StreamSpec, sink: SourceSink) -> Source: ...

    def watch(self, source: Source, on_error: Callable[[Exception], None]) -> Callable[[], None]:
        """Begins to drive `source`; the answer stops that."""
        ...

    def gap_opened(self, stream_id: int, start_ms: int, cause: GapCause, detail: str) -> None: ...

    def segment_began(self, segment: OpenSegment) -> None: ...

    def segment_ended(self, segment: OpenSegment) -> None: ...

    def fall_back(self, spec: StreamSpec, detail: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Ended:
    """How a connection ended."""

    reason: EndReason
    detail: str


class StreamProcess:
    """A `PipelineOwner`. `update` changes what is wanted, `look` is called each second."""

    def __init__(self, spec: StreamSpec, services: StreamServices, before: Standing | None = None) -> None:
        self.spec = spec
        self._services = services
        self._clock = services.clock
        self.pipeline = Pipeline(
            StreamName(spec.stream_id, spec.camera_id, spec.camera_slug, spec.kind, spec.engine, services.node),
            self,
            services,
        )
        self.health = self.pipeline.health
        self._gaps = GapKeeper(spec.stream_id, services, self._clock.now_ms())
        self._board = StatusBoard(spec.stream_id, str(spec.camera_id), spec.kind, spec.engine, services, before)
        self._backoff = Backoff(0.5, 30.0)
        self._patient_backoff = Backoff(5.0, 120.0)
        self._starting_backoff = Backoff(0.5, 2.0)
        self._changed = asyncio.Event()
        self._link = Link.CONNECTING
        self._failure: Ended | None = None
        self._retry_at_ms: int | None = None
        self._ended: asyncio.Future[Ended] | None = None
        self._broken: tuple[GapCause, str] | None = None
        self._stop_watching: Callable[[], None] | None = None
        self._keyless_since: float | None = None
        self._new_until_ms = self._clock.now_ms() + NEW_FOR_MS if before == Standing() else 0
        self._decision = self._decide()

    # What is wanted

    def update(self, spec: StreamSpec) -> None:
        """Takes over new settings; the connection is made anew only where it must be."""
        before, self.spec = self.spec, spec
        self._decision = self._decide()
        if not spec.same_connection(before):
            self._failure = None
            self._backoff.reset()
            self._patient_backoff.reset()
            self._changed.set()
            self._finish(EndReason.STOPPED, "The camera's settings were changed.")
        self.refresh()

    def _decide(self) -> Decision:
        decision = decide(self.spec.plan, self._clock.now_ms())
        if decision.record and not self.spec.record:
            return Decision(False, "stopped", "This stream is only shown, not recorded.")
        return decision

    # Supervision

    async def run(self) -> None:
        """Keeps the stream connected until cancelled."""
        try:
            while True:
                self._changed.clear()
                if not self.spec.plan.enabled:
                    self._link = Link.OFF
                    self.refresh()
                    await self._changed.wait()
                    continue
                began_s = self._clock.monotonic()
                ended = await self.run_once()
                if ended.reason is not EndReason.STOPPED:
                    await self._pause(ended, self._clock.monotonic() - began_s)
        finally:
            self.pipeline.disconnected(EndReason.STOPPED, "The recorder was stopped.")

    async def run_once(self) -> Ended:
        """One connection, from the first packet to the last."""
        if self.spec.problem:
            return Ended(EndReason.UNAUTHORIZED, self.spec.problem)
        self._link = Link.CONNECTING
        self._retry_at_ms = None
        self.refresh()
        self._ended = asyncio.get_running_loop().create_future()
        self.pipeline.connecting(Stamps.RTP if self.spec.engine == "native" else Stamps.FULL)
        source = self._services.open_source(self.spec, self.pipeline)
        self._stop_watching = None
        try:
            async with asyncio.timeout(CONNECT_LIMIT_S):
                await source.connect()
            if not self._ended.done():
                self._link = Link.UP
                self._keyless_since = self._clock.monotonic()
                self.health.connected(self._keyless_since)
                self._stop_watching = self._services.watch(source, self._crashed)
                self.refresh()
            ended = await self._ended
        except TimeoutError:
            ended = Ended(EndReason.TIMEOUT, f"The camera did not start its stream within {CONNECT_LIMIT_S:g} s.")
        except VedetteError as error:
            ended = Ended(getattr(error, "reason", EndReason.INTERNAL), error.message)
        except Exception as error:
            log.exception("source failed", camera=self.spec.camera_slug, stream=self.spec.kind)
            ended = Ended(EndReason.INTERNAL, f"The connection failed unexpectedly ({type(error).__name__}).")
        finally:
            if self._stop_watching is not None:
                self._stop_watching()
            self._ended = None
            source.close()
            self.health.disconnected(self._clock.monotonic())
        self.pipeline.disconnected(ended.reason, ended.detail)
        return ended

    async def _pause(self, ended: Ended, lasted_s: float) -> None:
        """Waits before the next attempt; a change of settings ends the wait."""
        if lasted_s >= GOOD_RUN_S:
            self._backoff.reset()
            self._patient_backoff.reset()
        if self._failure is None or self._failure.reason is not ended.reason:
            tell = log.info if ended.reason is EndReason.STARTING else log.warning
            tell(
                "stream ended",
                camera=self.spec.camera_slug,
                stream=self.spec.kind,
                reason=ended.reason.value,
                detail=ended.detail,
            )
        self._failure = ended
        self._link = Link.DOWN
        if ended.reason is not EndReason.STARTING:  # a camera that asks for a moment was never connected
            self.health.reconnects += 1
        if ended.reason is EndReason.UNSUPPORTED and self.spec.auto and self.spec.engine == "native":
            self._services.fall_back(self.spec, ended.detail)
        delay_s = self._backoff_after(ended.reason).next_s()
        # Without what is needed to connect the camera is not asked: nothing comes that one could wait for.
        self._retry_at_ms = None if self.spec.problem else self._clock.now_ms() + round(delay_s * 1000)
        self._board.failed(ended.detail)
        self.refresh()
        await set_within(self._changed, delay_s)

    def _backoff_after(self, reason: EndReason) -> Backoff:
        if reason is EndReason.STARTING:
            return self._starting_backoff
        return self._patient_backoff if reason in _PATIENT else self._backoff

    def _finish(self, reason: EndReason, detail: str) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(Ended(reason, detail))

    def _crashed(self, error: Exception) -> None:
        log.error("source crashed", camera=self.spec.camera_slug, stream=self.spec.kind, exc_info=error)
        self._finish(EndReason.INTERNAL, f"Reading the stream failed unexpectedly ({type(error).__name__}).")

    # Each second, and whenever something changed

    def look(self) -> Minute | None:
        """Schedule, key frames, gaps, health. Returns the minute of health that just ended."""
        now_s, now_ms = self._clock.monotonic(), self._clock.now_ms()
        self._decision = self._decide()
        self._watch_key_frames(now_s)
        self.pipeline.measure()
        self.refresh()
        self._gaps.look(now_ms)
        return self.health.sample(now_s, now_ms)

    def refresh(self) -> None:
        """Shows and accounts for what is now."""
        situation = self._situation()
        self._board.show(status_of(situation), self._retry_at_ms if situation.link is Link.DOWN else None)
        gap = gap_of(situation) or self._broken
        if gap is not None and not situation.recording:
            self._gaps.missing(*gap, self._clock.now_ms())

    def status(self) -> StreamStatus:
        """The state with fresh numbers."""
        return self._board.fresh(self.pipeline)

    def _situation(self) -> Situation:
        disk = self._services.disk(self.spec.volume_id)
        problem: tuple[GapCause, str] | None = None
        if disk is None:
            problem = (GapCause.NO_DISK, "There is no volume to record to. Add one under Storage.")
        elif disk.blocked:
            problem = disk.gap
        failure = self._failure
        return Situation(
            link=self._link,
            decision=self._decision,
            recording=self.pipeline.recording,
            showing=self.pipeline.showing,
            disk=problem,
            reason=failure.reason if failure else None,
            detail=failure.detail if failure else "",
            new=self._clock.now_ms() < self._new_until_ms,
        )

    def _watch_key_frames(self, now_s: float) -> None:
        if self._link is not Link.UP or self.pipeline.run is not None:
            self._keyless_since = None
            return
        if self._keyless_since is None:
            self._keyless_since = now_s
            self.pipeline.frames_seen = 0
        waited_s = now_s - self._keyless_since
        pictures = self.pipeline.frames_seen > 0
        if waited_s > (KEY_FRAME_LIMIT_S if pictures else NO_PICTURE_LIMIT_S):
            what = "sends video, but no key frame" if pictures else "sends no video"
            self._finish(EndReason.NO_KEY_FRAME, f"The camera {what} for {waited_s:.0f} s.")
        elif waited_s > KEY_FRAME_NOTICE_S and (self._failure is None or self._failure.reason is EndReason.STARTING):
            detail = f"Connected, but no key frame came in {KEY_FRAME_NOTICE_S:.0f} s. Nothing can be shown before one."
            self._failure = Ended(EndReason.NO_KEY_FRAME, detail)

    # The pipeline's calls

    def place(self, *, may_record: bool) -> Place:
        if may_record and self._decision.record:
            disk = self._services.disk(self.spec.volume_id)
            if disk is not None and not disk.blocked:
                return disk
        return self._services.ring

    def boundary_ms(self, place: Place, start_ms: int) -> int:
        return next_boundary_ms(start_ms, self.spec.segment_ms) if place.recorded else start_ms + RING_PERIOD_MS

    def source_ended(self, reason: EndReason, detail: str) -> None:
        if self._stop_watching is not None:
            self._stop_watching()  # at once: its descriptor is closed and may be another's soon
        self._finish(reason, detail)

    def must_end(self, reason: EndReason, detail: str) -> None:
        self._finish(reason, detail)

    def run_began(self, run: Run) -> None:
        self._board.run_began(run)

    def recording_broke(self, reason: EndReason, detail: str) -> None:
        self._broken = (cause_of(reason), detail)

    def segment_began(self, segment: OpenSegment) -> None:
        run = self.pipeline.run
        if segment.place.recorded:
            self._gaps.footage(segment.metadata.start_ms)
        if run is not None and str(run.id) == segment.metadata.run_id:
            # Otherwise it is the last part of a run that is over: what is missing since then is still missing.
            self._broken = None
            self._recovered()
        self._services.segment_began(segment)
        self.refresh()

    def _recovered(self) -> None:
        if self._failure is not None:
            self._failure = None
            log.info("stream is back", camera=self.spec.camera_slug, stream=self.spec.kind)

    def segment_grew(self, segment: OpenSegment) -> None:
        self._board.last_frame_ms = segment.end_ms
        if segment.place.recorded:
            self._gaps.covered(segment.end_ms)

    def segment_failed(self, segment: OpenSegment, error: OSError) -> None:
        if isinstance(segment.place, Disk):
            segment.place.failed(error)
        else:
            self._services.ring.failed(error)
        self.refresh()

    def segment_cut(self, segment: OpenSegment, cause: str, detail: str, end_ms: int) -> None:
        if cause == Cut.NOT_RECORDED:
            problem = self._situation().disk
            detail = self._decision.detail or (problem[1] if problem else detail)
        tell_cut(segment, cause, detail, end_ms)

    def segment_ended(self, segment: OpenSegment) -> None:
        self._services.segment_ended(segment)

    def account_for_stop(self) -> None:
        """The recorder ends: everything is written, and what follows is a gap from there."""
        self._gaps.stop("The recorder was stopped.", self._clock.now_ms())
