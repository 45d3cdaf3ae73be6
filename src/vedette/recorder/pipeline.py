"""From a source's units to parts in files: time line, part writer, segments, announcements. The sink of a source.

One per stream, for as long as the stream is ours; connections and runs come and go. Everything runs on the loop and
nothing waits: files are written by the threads of their place, rows by the journal.
"""

import base64
from collections import deque
from dataclasses import dataclass, replace
from typing import Final, Protocol
from uuid import UUID

from vedette.core.clock import Clock
from vedette.core.ids import uuid7
from vedette.events.announcements import InitAnnounced, PartWritten, SegmentClosed, SegmentOpened, StreamStatus
from vedette.media.clocks import HostClock
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.segment import head_bytes
from vedette.media.timeline import Stamps, TimeBroken
from vedette.media.units import (
    VIDEO,
    AccessUnit,
    AudioConfig,
    EndReason,
    Part,
    SegmentMetadata,
    SenderReport,
    TimedUnit,
    Tracks,
    VideoConfig,
)
from vedette.recorder.cuts import Cut, cut_before, what_changed
from vedette.recorder.health import Health
from vedette.recorder.runs import Run, begin_run
from vedette.recorder.segments import OpenSegment, Place
from vedette.recorder.writer import Append

StreamAnnouncement = InitAnnounced | PartWritten | SegmentClosed | SegmentOpened | StreamStatus

# Time stamps that broke a run so often within a minute are not believed for the rest of the connection.
_JUMPS_BELIEVED: Final = 3
_JUMPS_WITHIN_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class StreamName:
    """Which stream it is, as it stands in files and rows."""

    stream_id: int
    camera_id: UUID
    camera_slug: str
    kind: str
    engine: str
    node: str


class PipelineServices(Protocol):
    """What the streams of a process share."""

    clock: Clock
    host: HostClock
    part_ms: int

    def announce(self, message: StreamAnnouncement) -> None: ...

    def run_started(self, run_id: UUID, stream_id: int, engine: str, start_ms: int) -> None: ...

    def run_ended(self, run_id: UUID, end_ms: int, reason: str, detail: str) -> None: ...


class PipelineOwner(Protocol):
    """Who supervises the stream."""

    def place(self, *, may_record: bool) -> Place:
        """Where parts should go now. Without `may_record` never a volume: what comes is no key frame."""
        ...

    def boundary_ms(self, place: Place, start_ms: int) -> int:
        """Where a segment that begins now should end."""
        ...

    def source_ended(self, reason: EndReason, detail: str) -> None:
        """The source said its last word."""
        ...

    def must_end(self, reason: EndReason, detail: str) -> None:
        """What the source delivers can't be recorded."""
        ...

    def run_began(self, run: Run) -> None: ...

    def recording_broke(self, reason: EndReason, detail: str) -> None:
        """A run ended that was being recorded."""
        ...

    def segment_began(self, segment: OpenSegment) -> None:
        """The file has its first part."""
        ...

    def segment_grew(self, segment: OpenSegment) -> None: ...

    def segment_failed(self, segment: OpenSegment, error: OSError) -> None:
        """A write failed; from now on `place` is another one."""
        ...

    def segment_cut(self, segment: OpenSegment, cause: str, detail: str, end_ms: int) -> None:
        """Nothing more goes into the file. `cause` is a `Cut`, or how its run ended; its footage ends at `end_ms`."""
        ...

    def segment_ended(self, segment: OpenSegment) -> None:
        """The writer has let go of the file."""
        ...


class Tap(Protocol):
    """Who is shown each unit of a stream at once, while somebody watches (`frames.StreamTap`)."""

    def began(self, run: Run) -> None: ...

    def unit(self, run: Run, unit: TimedUnit) -> None: ...

    def ended(self) -> None: ...


class Pipeline:
    """A `SourceSink` and a `SegmentOwner`. `run` is None until a key frame came."""

    def __init__(self, name: StreamName, owner: PipelineOwner, services: PipelineServices) -> None:
        self.name = name
        self.health = Health()
        self.run: Run | None = None
        self.tracks: Tracks | None = None
        self.frames_seen = 0  # of this connection, video, whether used or not
        self.tap: Tap | None = None
        self._owner = owner
        self._services = services
        self._stamps = Stamps.RTP
        self._jumps: deque[float] = deque(maxlen=_JUMPS_BELIEVED)
        self._learned_depth: int | None = None
        self._ended_ms: int | None = None
        self._segment: OpenSegment | None = None
        self._rescued: list[Append] = []
        self._number = 0
        self._announced = ("", 0)  # run and time of the newest part that was announced

    # The connection

    def connecting(self, stamps: Stamps) -> None:
        """A new connection is about to be made."""
        self._stamps = stamps
        self._jumps.clear()
        self.tracks = None
        self.frames_seen = 0

    def disconnected(self, reason: EndReason, detail: str) -> None:
        """The connection is gone: what it left is written out. Harmless when repeated."""
        self._end_run(reason, detail)
        self.tracks = None

    @property
    def recording(self) -> bool:
        """Whether parts go to a volume."""
        return self._segment is not None and self._segment.place.recorded and not self._segment.failed

    @property
    def showing(self) -> bool:
        """Whether parts go to the ring, or would again in a moment."""
        return self._segment is not None and not self.recording

    # The source's calls

    def on_tracks(self, tracks: Tracks) -> None:
        self.tracks = tracks

    def on_unit(self, unit: AccessUnit) -> None:
        if unit.config is not None:
            self._reconfigure(unit.config)
        if unit.track == VIDEO:
            self.frames_seen += 1
        run = self.run
        if run is None:
            run = self._begin_run(unit)
            if run is None:
                self.health.dropped += 1
                return
        try:
            placed = run.line.place(unit)
        except TimeBroken as broken:
            self._break(broken, unit)
            return
        parts, health, master, tap = run.parts, self.health, run.master, self.tap
        for timed in placed:
            if tap is not None:
                tap.unit(run, timed)
            if timed.track == master:
                health.frame(unit.arrival_s, timed.dts_ticks / run.timescale, timed.size, timed.key)
            else:
                health.bytes += timed.size
            part = parts.push(timed)
            if part is not None:
                self._emit(run, part)

    def on_report(self, report: SenderReport) -> None:
        if self.run is not None:
            self.run.line.report(report)

    def on_lost(self, track: int, packets: int) -> None:
        self.health.lost_packets += packets

    def on_end(self, reason: EndReason, detail: str) -> None:
        self._owner.source_ended(reason, detail)

    # Runs

    def _reconfigure(self, config: VideoConfig | AudioConfig) -> None:
        """New parameter sets. A run that has others ends: its init does not decode what follows."""
        tracks = self.tracks or Tracks(None)
        self.tracks = (
            replace(tracks, video=config) if isinstance(config, VideoConfig) else replace(tracks, audio=config)
        )
        if self.run is not None and self.run.tracks != self.tracks:
            self._end_run(EndReason.CODEC_CHANGE, what_changed(self.run.tracks, self.tracks))

    def _begin_run(self, unit: AccessUnit) -> Run | None:
        """Begins at a key frame whose parameter sets are known (with the first sound where there is no video)."""
        tracks = self.tracks
        if tracks is None:
            return None
        if tracks.video is not None and not (unit.track == VIDEO and unit.key and tracks.video.complete):
            return None
        services = self._services
        now_ms = services.clock.now_ms()
        try:
            run = begin_run(
                tracks,
                services.host,
                now_ms,
                part_ms=services.part_ms,
                stamps=self._stamps,
                learned_depth=self._learned_depth,
                after_ms=self._ended_ms,
            )
        except BadMedia as error:
            self._owner.must_end(EndReason.UNSUPPORTED, f"The camera's stream can't be recorded: {error}.")
            return None
        self.run = run
        self.health.run_began()
        services.run_started(run.id, self.name.stream_id, self.name.engine, now_ms)
        init = run.init
        data = base64.b64encode(init.data).decode()
        services.announce(InitAnnounced(self.name.stream_id, init.digest, init.codecs, run.timescale, data))
        self._owner.run_began(run)
        if self.tap is not None:
            self.tap.began(run)
        return run

    def _break(self, broken: TimeBroken, unit: AccessUnit) -> None:
        """The time line broke: a new run begins on the same connection, with this unit if it is a key frame."""
        self._end_run(broken.reason, broken.detail)
        now_s = self._services.clock.monotonic()
        if broken.reason is EndReason.TIME_JUMP:
            if len(self._jumps) == _JUMPS_BELIEVED and now_s - self._jumps[0] < _JUMPS_WITHIN_S:
                self._stamps = Stamps.ARRIVAL
            self._jumps.append(now_s)
        self.on_unit(unit)

    def _end_run(self, reason: EndReason, detail: str) -> None:
        run, self.run = self.run, None
        if run is None:
            return
        if self.tap is not None:
            self.tap.ended()
        part = run.parts.flush()
        if part is not None:
            self._emit(run, part)
        recorded = self.recording
        self._close_segment(reason.value, detail, run.end_ms)
        if recorded:
            self._owner.recording_broke(reason, detail)
        self._learned_depth = run.line.reorder_depth
        self.measure(run)
        self.health.glitches += run.line.glitches
        self.health.dropped += run.line.dropped
        self._ended_ms = run.end_ms or None
        end_ms = run.end_ms or self._services.clock.now_ms()
        self._services.run_ended(run.id, end_ms, reason.value, detail)

    def measure(self, run: Run | None = None) -> None:
        """Takes over what the run's time line measured of the camera's clocks."""
        run = run or self.run
        if run is not None:
            offset_ms, drift_ppm = run.line.camera_clock_offset_ms, run.line.drift_ppm
            self.health.clock_offset_ms = None if offset_ms is None else round(offset_ms, 1)
            self.health.drift_ppm = None if drift_ppm is None else round(drift_ppm, 1)

    # Parts and segments

    def _emit(self, run: Run, part: Part) -> None:
        """Hands a part to the segment it belongs to, which may be a new one."""
        if part.key and run.epoch != self._services.host.epoch:
            # The host's clock was set: what follows has other times, in a file of its own.
            run.epoch = self._services.host.epoch
            was_ms = run.line.wall_ms(part.dts_ticks)
            run.line.rebase_wall()
            moved_s = (run.line.wall_ms(part.dts_ticks) - was_ms) / 1000
            self._close_segment(Cut.CLOCK_SET, f"The clock of this machine was set by {moved_s:+.0f} s.", was_ms)
        at_ms = run.line.wall_ms(part.dts_ticks)
        end_ms = run.line.wall_ms(part.dts_ticks + part.duration_ticks)
        run.end_ms = end_ms
        segment = self._segment
        if segment is not None and segment.failed:
            self._rescued.append(Append(segment, part, at_ms, end_ms))
            return
        recorded = segment is not None and segment.place.recorded
        place = self._owner.place(may_record=part.key or recorded)
        if segment is not None:
            cut = cut_before(part, segment, place, at_ms)
            if cut is not None:
                self._close_segment(*cut, at_ms)
                segment = None
        if segment is None:
            segment = self._open_segment(run, place, part, at_ms)
        segment.append(part, at_ms, end_ms)

    def _open_segment(self, run: Run, place: Place, part: Part, start_ms: int) -> OpenSegment:
        name = self.name
        metadata = SegmentMetadata(
            segment_id=str(uuid7(start_ms)),
            camera_id=str(name.camera_id),
            camera_slug=name.camera_slug,
            stream=name.kind,
            run_id=str(run.id),
            sequence=run.segments,
            start_ms=start_ms,
            start_ticks=part.dts_ticks,
            node=name.node,
        )
        run.segments += 1
        self._segment = OpenSegment(
            self,
            place,
            name.stream_id,
            metadata,
            run.init,
            head_bytes(run.init, metadata),
            run.timescale,
            self._owner.boundary_ms(place, start_ms),
        )
        return self._segment

    def _close_segment(self, cause: str, detail: str, end_ms: int) -> None:
        segment, self._segment = self._segment, None
        self._rescued.clear()
        if segment is not None:
            self._owner.segment_cut(segment, cause, detail, end_ms)
            segment.close()

    # What comes back from the writer

    def part_written(self, segment: OpenSegment, command: Append) -> None:
        part = command.part
        if command.offset == len(segment.head):
            self._segment_began(segment)
        self._owner.segment_grew(segment)
        place_in_time = (segment.metadata.run_id, part.dts_ticks)
        if place_in_time[0] == self._announced[0] and place_in_time < self._announced:
            return  # a disk that stalled took it long after the ring took what follows
        self._announced = place_in_time
        self._number += 1
        self._services.announce(
            PartWritten(
                stream_id=segment.stream_id,
                segment_id=segment.metadata.segment_id,
                number=self._number,
                offset=command.offset,
                length=len(part.data),
                dts=part.dts_ticks,
                duration=part.duration_ticks,
                at_ms=command.at_ms,
                key=part.key,
            )
        )

    def _segment_began(self, segment: OpenSegment) -> None:
        assert segment.file is not None, "its first part is in it"
        metadata = segment.metadata
        self._services.announce(
            SegmentOpened(
                stream_id=segment.stream_id,
                segment_id=metadata.segment_id,
                run_id=metadata.run_id,
                path=str(segment.file.path),
                init=segment.init.digest,
                start_ms=metadata.start_ms,
                start_ticks=metadata.start_ticks,
                recorded=segment.place.recorded,
            )
        )
        self._owner.segment_began(segment)

    def part_refused(self, segment: OpenSegment, command: Append) -> None:
        """The disk did not take it. The viewers shall see it all the same: it goes where `place` now is, after all
        parts that were on their way, in order."""
        assert command.error is not None
        if not segment.failed:
            segment.failed = True
            self._owner.segment_failed(segment, command.error)
        if segment is not self._segment:
            return  # the run is over
        # Those on their way come back before those that waited here.
        on_their_way = sum(waiting.error is not None for waiting in self._rescued)
        self._rescued.insert(on_their_way, command)
        if segment.outstanding == 0:
            self._rescue(segment)

    def _rescue(self, failed: OpenSegment) -> None:
        rescued = self._rescued if failed.place.recorded else []
        self._rescued = []
        self._close_segment(Cut.WRITE_FAILED, str(failed.error), failed.end_ms)
        for command in rescued:
            if self._segment is None:
                assert self.run is not None, "its segment was open"
                place = self._owner.place(may_record=False)
                self._segment = self._open_segment(self.run, place, command.part, command.at_ms)
            self._segment.append(command.part, command.at_ms, command.end_ms)

    def segment_ended(self, segment: OpenSegment) -> None:
        self._owner.segment_ended(segment)
