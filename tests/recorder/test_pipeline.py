"""The pipeline with real part writers, threads and files; cameras are described by the units they send."""

import errno
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from vedette.core.clock import Clock, ManualClock
from vedette.events.announcements import InitAnnounced, PartWritten, SegmentOpened
from vedette.media.clocks import HostClock
from vedette.media.codecs.aac import build_audio_specific_config
from vedette.media.codecs.bits import BitWriter
from vedette.media.fmp4.segment import Scanned, scan
from vedette.media.timeline import Stamps
from vedette.media.units import AUDIO, VIDEO, AccessUnit, AudioConfig, Codec, EndReason, Tracks, VideoConfig
from vedette.recorder.pipeline import Pipeline, StreamAnnouncement, StreamName
from vedette.recorder.runs import Run
from vedette.recorder.segment_file import SegmentFile, next_boundary_ms
from vedette.recorder.segments import OpenSegment, Place
from vedette.recorder.writer import VolumeWriter

pytestmark = pytest.mark.anyio

SPS = bytes.fromhex("6764001facd9405005bb016a02020280000003008000001e478c18cb")
PPS = bytes.fromhex("68ebecb22c")
VIDEO_CONFIG = VideoConfig(Codec.H264, (SPS,), (PPS,))
TRACKS = Tracks(VIDEO_CONFIG, AudioConfig(Codec.AAC, 48_000, 1, build_audio_specific_config(48_000, 1)))
FRAME = 3600
START_MS = 1_700_000_000_000 - 1_700_000_000_000 % 60_000 + 2_000


class Directory:
    """A place. While `broken` is set, files can't be made, or only that many more parts be written."""

    def __init__(self, root: Path, clock: ManualClock, *, recorded: bool) -> None:
        self.root = root
        self.recorded = recorded
        self.writer = VolumeWriter(root.name, clock)
        self.broken = False
        root.mkdir()

    def create(self, segment: OpenSegment) -> SegmentFile:
        if self.broken:
            raise OSError(errno.ENOSPC, "full")
        data = segment.metadata
        return SegmentFile.create(self.root, data.camera_slug, data.stream, data.start_ms, segment.head)


class Stage:
    """What a pipeline needs around it, and what it said."""

    def __init__(self, tmp_path: Path, **tracks: object) -> None:
        self.manual = ManualClock(START_MS)
        self.clock: Clock = self.manual
        self.host = HostClock(self.clock)
        self.part_ms = 500
        self.volume = Directory(tmp_path / "volume", self.manual, recorded=True)
        self.ring = Directory(tmp_path / "ring", self.manual, recorded=False)
        self.wanted: Directory = self.volume
        self.period_ms = 60_000
        self.told: list[StreamAnnouncement] = []
        self.runs: list[Run] = []
        self.ends: list[tuple[str, str]] = []
        self.ended: list[OpenSegment] = []
        self.refused: list[tuple[EndReason, str]] = []
        self.failures: list[OSError] = []
        self.broke: list[EndReason] = []
        self.cuts: list[tuple[str, str]] = []
        self.pipeline = Pipeline(StreamName(7, UUID(int=1), "gate", "main", "native", "node-1"), self, self)
        self.pipeline.connecting(Stamps.RTP)

    # services

    def announce(self, message: StreamAnnouncement) -> None:
        self.told.append(message)

    def run_started(self, run_id: UUID, stream_id: int, engine: str, start_ms: int) -> None:
        assert (stream_id, engine) == (7, "native")

    def run_ended(self, run_id: UUID, end_ms: int, reason: str, detail: str) -> None:
        self.ends.append((reason, detail))

    # owner

    def place(self, *, may_record: bool) -> Place:
        return self.wanted if may_record else self.ring

    def boundary_ms(self, place: Place, start_ms: int) -> int:
        return next_boundary_ms(start_ms, self.period_ms)

    def source_ended(self, reason: EndReason, detail: str) -> None:
        self.pipeline.disconnected(reason, detail)

    def must_end(self, reason: EndReason, detail: str) -> None:
        self.refused.append((reason, detail))

    def run_began(self, run: Run) -> None:
        self.runs.append(run)

    def recording_broke(self, reason: EndReason, detail: str) -> None:
        self.broke.append(reason)

    def segment_began(self, segment: OpenSegment) -> None: ...

    def segment_grew(self, segment: OpenSegment) -> None: ...

    def segment_failed(self, segment: OpenSegment, error: OSError) -> None:
        self.failures.append(error)
        self.wanted = self.ring

    def segment_cut(self, segment: OpenSegment, cause: str, detail: str, end_ms: int) -> None:
        assert segment.metadata.start_ms <= end_ms
        self.cuts.append((cause, detail))

    def segment_ended(self, segment: OpenSegment) -> None:
        self.ended.append(segment)

    # the test

    def play(self, units: Iterator[AccessUnit]) -> None:
        """Hands units over at their times."""
        for unit in units:
            self.manual.advance(max(0.0, unit.arrival_s - self.clock.monotonic()))
            self.host.sample()
            self.pipeline.on_unit(unit)

    async def settle(self) -> None:
        await self.volume.writer.drain()
        await self.ring.writer.drain()

    async def finish(self) -> None:
        self.pipeline.disconnected(EndReason.STOPPED, "")
        await self.settle()

    def files(self, place: Directory | None = None) -> list[Scanned]:
        paths = sorted((place or self.volume).root.rglob("*.mp4"))
        return sorted((scan(path) for path in paths), key=lambda found: found.metadata.start_ms)

    def parts(self) -> list[PartWritten]:
        return [message for message in self.told if isinstance(message, PartWritten)]


@asynccontextmanager
async def staged(tmp_path: Path) -> AsyncIterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.volume.writer.stop()
    stage.ring.writer.stop()


def frame(
    number: int, *, gop: int = 50, size: int = 400, at_s: float | None = None, stamp: int | None = None
) -> AccessUnit:
    chunks = [size.to_bytes(4, "big"), bytes([0x65 if number % gop == 0 else 0x41]) + bytes(size - 1)]
    at_s = number * 0.04 if at_s is None else at_s
    stamp = number * FRAME if stamp is None else stamp
    return AccessUnit(VIDEO, stamp % 2**32, number % gop == 0, chunks, size + 4, at_s)


def sound(number: int) -> AccessUnit:
    return AccessUnit(AUDIO, number * 1024, True, [bytes(100)], 100, round(number * 1024 / 48) / 1000)


def samples_of(found: Scanned, track: int) -> int:
    table = found.tables.track(track)
    return table.samples if table else 0


def camera(start: int, end: int, *, gop: int = 50) -> Iterator[AccessUnit]:
    """Frames `start` to `end` at 25 fps with sound, in the order of time."""
    units = [frame(number, gop=gop) for number in range(start, end)]
    units += [sound(number) for number in range(start * 1920 // 1024 + 1, end * 1920 // 1024)]
    return iter(sorted(units, key=lambda unit: unit.arrival_s))


async def test_nothing_happens_before_a_key_frame_with_its_parameter_sets(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.pipeline.on_tracks(replace(TRACKS, video=VideoConfig(Codec.H264, (), ())))
        stage.play(camera(0, 40))
        assert stage.told == []
        assert stage.pipeline.health.dropped > 40
        key = frame(50)
        key.config = VIDEO_CONFIG
        stage.play(iter([key]))
        assert [type(message) for message in stage.told] == [InitAnnounced]
        stage.play(camera(51, 80))
        await stage.finish()
        assert [found.frames for found in stage.files()] == [30]


async def test_files_join_without_loss_at_the_first_key_frame_past_the_boundary(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.period_ms = 10_000
        stage.pipeline.on_tracks(TRACKS)
        stage.play(camera(0, 1000))
        await stage.finish()
        files = stage.files()
        # the first one began 2 s after a boundary; then each begins with the key frame at its boundary
        assert [found.metadata.start_ms - START_MS for found in files] == [0, 8000, 18_000, 28_000, 38_000]
        assert [found.frames for found in files] == [200, 250, 250, 250, 50]
        assert [found.metadata.sequence for found in files] == [0, 1, 2, 3, 4]
        assert len({found.metadata.run_id for found in files}) == 1
        assert stage.cuts == [("due", "")] * 4 + [("stopped", "")]
        for before, after in pairwise(files):
            end = before.tables.start_ticks + before.tables.duration_ticks
            assert end == after.metadata.start_ticks == after.tables.start_ticks
        # no frame of sound is lost or doubled either
        assert sum(samples_of(found, AUDIO) for found in files) == sum(
            1 for unit in camera(0, 1000) if unit.track == AUDIO
        )


async def test_a_host_clock_that_is_set_opens_a_new_segment(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.pipeline.on_tracks(TRACKS)
        stage.play(camera(0, 120))
        stage.manual.jump(-3600)
        stage.play(camera(120, 300))
        await stage.finish()
        early, late = sorted(stage.files(), key=lambda found: found.metadata.sequence)
        assert late.metadata.start_ms - early.metadata.start_ms == 6000 - 3_600_000
        assert late.metadata.start_ticks == 150 * FRAME
        assert early.metadata.run_id == late.metadata.run_id
        assert early.frames + late.frames == 300
        assert stage.cuts[0] == ("clock_set", "The clock of this machine was set by -3600 s.")


async def test_a_small_correction_of_the_host_clock_changes_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.pipeline.on_tracks(TRACKS)
        stage.play(camera(0, 120))
        stage.manual.jump(-1.5)
        stage.play(camera(120, 300))
        await stage.finish()
        assert len(stage.files()) == 1
        starts = [part.at_ms for part in stage.parts()]
        assert starts == sorted(starts)


async def test_a_stream_without_further_key_frames_is_cut_all_the_same(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.pipeline.on_tracks(TRACKS)
        # a frame a second: the boundary is 58 s after the start, and four minutes later it is overdue
        stage.play(frame(number, gop=10_000, at_s=float(number), stamp=number * 90_000) for number in range(400))
        await stage.finish()
        assert [found.frames for found in stage.files()] == [298, 102]
        cause, detail = stage.cuts[0]
        assert cause == "no_key_frame_at_boundary"
        assert "in 240 s" in detail


async def test_a_part_that_the_disk_refused_is_shown_in_order(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.period_ms = 4000
        stage.pipeline.on_tracks(TRACKS)
        stage.play(camera(0, 120))
        await stage.settle()
        stage.volume.broken = True
        stage.play(camera(120, 180))  # the key frame 150 wants a new file, which can't be made
        await stage.settle()
        stage.play(camera(180, 230))
        await stage.finish()
        assert [error.errno for error in stage.failures] == [errno.ENOSPC]
        assert [cause for cause, _ in stage.cuts] == ["due", "due", "write_failed", "stopped"]
        assert "full" in stage.cuts[2][1]
        ticks = [(part.dts, part.dts + part.duration) for part in stage.parts()]
        assert all(before[1] == after[0] for before, after in pairwise(ticks))
        assert ticks[-1][1] == 230 * FRAME
        assert (
            sum(found.frames for found in stage.files()) + sum(found.frames for found in stage.files(stage.ring)) == 230
        )


async def test_recording_begins_at_a_key_frame_and_ends_at_once(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.wanted = stage.ring
        stage.pipeline.on_tracks(TRACKS)
        stage.play(camera(0, 70))
        recording = [stage.pipeline.recording]
        await stage.settle()
        stage.wanted = stage.volume
        stage.play(camera(70, 101))
        await stage.settle()
        stage.play(camera(101, 180))
        recording.append(stage.pipeline.recording)
        await stage.settle()
        stage.wanted = stage.ring
        stage.play(camera(180, 200))
        recording.append(stage.pipeline.recording)
        assert recording == [False, True, False]
        await stage.finish()
        (recorded,) = stage.files()
        assert recorded.metadata.start_ticks == 100 * FRAME
        assert 60 <= recorded.frames <= 80
        ticks = [(part.dts, part.dts + part.duration) for part in stage.parts()]
        assert all(before[1] == after[0] for before, after in pairwise(ticks))
        kinds = [message.recorded for message in stage.told if isinstance(message, SegmentOpened)]
        assert kinds == [False, True, False]
        assert [cause for cause, _ in stage.cuts] == ["other_volume", "not_recorded", "stopped"]


async def test_a_jump_begins_a_new_run_with_the_same_frame_when_it_is_a_key_frame(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.pipeline.on_tracks(TRACKS)
        stage.play(camera(0, 100))
        stage.play(frame(number, stamp=number * FRAME - 3 * 90_000) for number in range(100, 200))
        await stage.finish()
        assert [reason for reason, _ in stage.ends] == ["time_jump", "stopped"]
        assert "3.0 s" in stage.ends[0][1]
        assert [found.frames for found in stage.files()] == [100, 100]
        first, second = stage.files()
        assert second.metadata.start_ticks == 0
        assert second.metadata.start_ms - first.metadata.start_ms == 4000
        assert stage.broke == [EndReason.TIME_JUMP, EndReason.STOPPED]
        assert stage.cuts[0] == stage.ends[0]


async def test_stamps_that_break_again_and_again_are_replaced_by_the_arrival(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.pipeline.on_tracks(TRACKS)
        # every second frame is stamped ten seconds early
        stage.play(frame(number, gop=5, stamp=number * FRAME - number % 2 * 900_000) for number in range(500))
        await stage.finish()
        assert len(stage.runs) == 5
        assert stage.files()[-1].frames > 450
        stage.pipeline.connecting(Stamps.RTP)
        stage.pipeline.on_tracks(TRACKS)
        stage.play(frame(number) for number in range(500, 550))
        assert stage.runs[-1].line.glitches == 0


async def test_new_parameter_sets_begin_a_new_run(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.pipeline.on_tracks(TRACKS)
        stage.play(camera(0, 100))
        changed = frame(100)
        changed.config = replace(VIDEO_CONFIG, pps=(PPS + b"\x01",))
        stage.play(iter([changed]))
        same = frame(150)
        same.config = changed.config
        stage.play(frame(number) for number in range(101, 150))
        stage.play(iter([same]))
        await stage.finish()
        assert [reason for reason, _ in stage.ends] == ["codec_change", "stopped"]
        assert [found.frames for found in stage.files()] == [100, 51]
        assert len({found.init.digest for found in stage.files()}) == 2
        first, second = stage.files()
        assert second.metadata.start_ms == first.metadata.start_ms + 4000
        assert stage.cuts[0] == ("codec_change", "The camera changed its parameter sets (H.264 1280x720).")


async def test_what_no_init_can_be_made_of_ends_the_connection(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.pipeline.on_tracks(Tracks(VideoConfig(Codec.H264, (b"\x67\x00",), (PPS,))))
        stage.play(camera(0, 3))
        assert stage.refused[0][0] is EndReason.UNSUPPORTED
        assert stage.told == []


async def test_sound_alone_is_recorded(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.pipeline.on_tracks(Tracks(None, TRACKS.audio))
        stage.play(sound(number) for number in range(200))
        await stage.finish()
        (found,) = stage.files()
        assert samples_of(found, AUDIO) == 200


def silent_sps() -> bytes:
    """320x240, main profile, without VUI: it says nothing of B-frames."""
    w = BitWriter().u(0x67, 8).u(77, 8).u(0, 8).u(30, 8)
    for value in (0, 0, 0, 0, 1):
        w.u(value + 1, 2 * (value + 1).bit_length() - 1)  # ue(v)
    w.u(0, 1)
    for value in (19, 14):
        w.u(value + 1, 2 * (value + 1).bit_length() - 1)
    return w.u(0b1100, 4).u(1, 1).bytes()


async def test_what_is_learned_of_b_frames_serves_the_next_run(tmp_path: Path) -> None:
    order = [0, *(group * 3 + number for group in range(40) for number in (3, 1, 2))]
    async with staged(tmp_path) as stage:
        baseless = replace(TRACKS, video=replace(VIDEO_CONFIG, sps=(silent_sps(),)))
        stage.pipeline.on_tracks(baseless)
        units = [
            frame(0 if place == 0 else 1, at_s=place * 0.04, stamp=number * FRAME) for place, number in enumerate(order)
        ]
        stage.play(iter(units))
        stage.pipeline.disconnected(EndReason.CLOSED, "")
        stage.pipeline.connecting(Stamps.RTP)
        stage.pipeline.on_tracks(baseless)
        stage.play(iter(units))
        await stage.finish()
        learning, knowing = (run.line for run in stage.runs)
        assert learning.glitches > 0
        assert knowing.glitches == 0
