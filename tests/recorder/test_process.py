"""Supervision of one stream, with sources that are told what to do and a clock that is told the time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import pytest

from tests.recorder.test_pipeline import TRACKS, frame
from tests.support.recording import until
from vedette.cameras.plan import RecordingPlan
from vedette.core.clock import Clock, ManualClock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.events.announcements import StreamStatus
from vedette.media.clocks import HostClock
from vedette.media.units import EndReason, SourceSink
from vedette.recorder.disks import Disk
from vedette.recorder.pipeline import StreamAnnouncement
from vedette.recorder.process import Source, StreamProcess, StreamSpec
from vedette.recorder.ring import Ring
from vedette.recorder.segments import OpenSegment
from vedette.recordings.model import GapCause
from vedette.recordings.standing import LastRun, Standing

pytestmark = pytest.mark.anyio

SPEC = StreamSpec(
    stream_id=7,
    camera_id=UUID(int=1),
    camera_slug="gate",
    kind="main",
    url="rtsp://gate/",
    credentials=None,
    engine="native",
    auto=True,
    plan=RecordingPlan("continuous"),
    record=True,
    segment_ms=60_000,
    volume_id=None,
)


class RefusedError(VedetteError):
    """As a source raises it."""

    def __init__(self, reason: EndReason) -> None:
        super().__init__(ErrorKind.UNAVAILABLE, "test", f"It is {reason}.")
        self.reason = reason


@dataclass
class Wire:
    """A source in the hands of the test."""

    sink: SourceSink
    refusal: Exception | None
    closed: bool = False

    async def connect(self) -> None:
        await asyncio.sleep(0)
        if self.refusal is not None:
            raise self.refusal
        self.sink.on_tracks(TRACKS)

    def close(self) -> None:
        self.closed = True


@dataclass
class Stage:
    """The process around a stream. There is no volume, unless the test has one."""

    ring: Ring
    manual: ManualClock
    node: str = "node-1"
    part_ms: int = 500
    refusal: Exception | None = None
    wires: list[Wire] = field(default_factory=list)
    statuses: list[StreamStatus] = field(default_factory=list)
    gaps: list[GapCause] = field(default_factory=list)
    fallbacks: list[str] = field(default_factory=list)
    volume: Disk | None = None

    def __post_init__(self) -> None:
        self.clock: Clock = self.manual
        self.host = HostClock(self.manual)

    def announce(self, message: StreamAnnouncement) -> None:
        if isinstance(message, StreamStatus):
            self.statuses.append(replace(message))

    def run_started(self, run_id: UUID, stream_id: int, engine: str, start_ms: int) -> None: ...

    def run_ended(self, run_id: UUID, end_ms: int, reason: str, detail: str) -> None: ...

    def disk(self, volume_id: int | None) -> Disk | None:
        return self.volume

    def open_source(self, spec: StreamSpec, sink: SourceSink) -> Source:
        self.wires.append(Wire(sink, self.refusal))
        return self.wires[-1]

    def watch(self, source: Source, on_error: Callable[[Exception], None]) -> Callable[[], None]:
        return lambda: None

    def gap_opened(self, stream_id: int, start_ms: int, cause: GapCause, detail: str) -> None:
        self.gaps.append(cause)

    def segment_began(self, segment: OpenSegment) -> None: ...

    def segment_ended(self, segment: OpenSegment) -> None: ...

    def fall_back(self, spec: StreamSpec, detail: str) -> None:
        self.fallbacks.append(detail)

    async def failed(self) -> StreamStatus:
        """The newest status, once an attempt has failed and the next one is planned."""

        async def ask() -> StreamStatus | None:
            return self.statuses[-1] if self.statuses and self.statuses[-1].retry_at_ms is not None else None

        return await until("an attempt has failed", ask, 10)

    async def state(self, wanted: str) -> StreamStatus:
        async def ask() -> StreamStatus | None:
            return self.statuses[-1] if self.statuses and self.statuses[-1].state == wanted else None

        return await until(f"the stream is {wanted}", ask, 10)


@asynccontextmanager
async def stream(
    tmp_path: Path,
    refusal: Exception | None = None,
    *,
    volume: Disk | None = None,
    before: Standing | None = None,
    **changes: object,
) -> AsyncIterator[tuple[Stage, StreamProcess]]:
    clock = ManualClock()
    stage = Stage(Ring(tmp_path / "ring", clock), clock, refusal=refusal, volume=volume)
    process = StreamProcess(replace(SPEC, **changes), stage, before)  # type: ignore[arg-type]
    task = asyncio.create_task(process.run())
    yield stage, process
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert all(wire.closed for wire in stage.wires)
    stage.ring.stop()


async def connected(stage: Stage, process: StreamProcess) -> Wire:
    async def ask() -> Wire | None:
        return stage.wires[-1] if process.pipeline.tracks is not None else None

    return await until("it is connected", ask)


@pytest.mark.parametrize("reason", list(EndReason))
async def test_every_refusal_is_a_state_a_gap_and_another_attempt(tmp_path: Path, reason: EndReason) -> None:
    if reason is EndReason.STOPPED:
        return
    async with stream(tmp_path, RefusedError(reason), auto=False) as (stage, process):
        status = await stage.failed()
        # A camera that asks for a moment is on its way; everything else is a failure with its cause.
        starting = reason is EndReason.STARTING
        assert (status.state, status.cause) == (("connecting", "") if starting else ("waiting", reason.value))
        assert (status.detail, status.last_error) == (f"It is {reason}.", f"It is {reason}.")
        assert status.reconnects == 0  # the number is told with the next fresh one
        assert process.status().reconnects == (0 if starting else 1)
        stage.manual.advance(2)
        process.look()
        assert stage.gaps == [GapCause.NO_DISK]


@pytest.mark.parametrize("new", [True, False])
async def test_a_new_camera_that_is_starting_has_no_gap_yet(tmp_path: Path, new: bool) -> None:
    before = Standing() if new else Standing(run=LastRun(1, "closed", ""))
    volume = cast("Disk", SimpleNamespace(blocked=False))
    async with stream(tmp_path, RefusedError(EndReason.STARTING), volume=volume, before=before) as (stage, process):
        await stage.failed()
        for _ in range(20):
            stage.manual.advance(1)
            process.look()
        assert stage.gaps == ([] if new else [GapCause.CAMERA_OFFLINE])
        # That it is only starting is not believed for ever.
        stage.manual.advance(20)
        process.look()
        assert stage.gaps == [GapCause.CAMERA_OFFLINE]


async def test_what_is_no_known_error_does_not_end_the_supervision(tmp_path: Path) -> None:
    async with stream(tmp_path, ZeroDivisionError("boom")) as (stage, _):
        status = await stage.state("waiting")
        assert status.cause == "internal"
        assert "ZeroDivisionError" in status.detail


@pytest.mark.parametrize(("auto", "engine", "count"), [(True, "native", 1), (False, "native", 0), (True, "libav", 0)])
async def test_only_an_automatic_native_stream_falls_back(tmp_path: Path, auto: bool, engine: str, count: int) -> None:
    async with stream(tmp_path, RefusedError(EndReason.UNSUPPORTED), auto=auto, engine=engine) as (stage, _):
        await stage.state("waiting")
        assert len(stage.fallbacks) == count


async def test_wrong_passwords_are_not_tried_often(tmp_path: Path) -> None:
    async with stream(tmp_path, RefusedError(EndReason.UNAUTHORIZED)) as (stage, _):
        status = await stage.state("waiting")
        assert status.retry_at_ms is not None
        assert status.retry_at_ms - stage.manual.now_ms() >= 2500


async def test_stored_credentials_that_do_not_open_are_told_without_connecting(tmp_path: Path) -> None:
    async with stream(tmp_path, problem="The stored password is damaged.") as (stage, _):
        status = await stage.state("waiting")
        assert (status.cause, status.detail) == ("unauthorized", "The stored password is damaged.")
        assert status.retry_at_ms is None
        assert stage.wires == []


async def test_new_settings_end_the_wait_and_the_connection(tmp_path: Path) -> None:
    async with stream(tmp_path, RefusedError(EndReason.NOT_FOUND)) as (stage, process):
        await stage.state("waiting")
        stage.refusal = None
        process.update(replace(process.spec, url="rtsp://other/"))
        first = await connected(stage, process)
        process.update(replace(process.spec, plan=RecordingPlan("off")))
        await asyncio.sleep(0.05)
        assert not first.closed
        process.update(replace(process.spec, plan=RecordingPlan("off", enabled=False)))
        await stage.state("stopped")
        assert first.closed


@pytest.mark.parametrize(("frames", "limit_s"), [(True, 70), (False, 25)])
async def test_how_long_a_key_frame_is_waited_for(tmp_path: Path, frames: bool, limit_s: int) -> None:
    async with stream(tmp_path, plan=RecordingPlan("off")) as (stage, process):
        wire = await connected(stage, process)
        for second in range(limit_s):
            stage.manual.advance(1)
            if frames:
                wire.sink.on_unit(frame(second * 25 + 1))
            process.look()
        assert not wire.closed
        assert process.status().cause == "no_key_frame"
        stage.manual.advance(2)
        process.look()
        status = await stage.state("waiting")
        assert status.cause == "no_key_frame"
        assert ("sends video, but no key frame" in status.detail) is frames
        if frames:
            assert process.health.dropped == limit_s


async def test_a_group_of_pictures_of_a_minute_is_waited_for(tmp_path: Path) -> None:
    async with stream(tmp_path) as (stage, process):
        wire = await connected(stage, process)
        for second in range(65):
            stage.manual.advance(1)
            wire.sink.on_unit(frame(second * 25 + 1))
            process.look()
        wire.sink.on_unit(frame(50 * 40))
        assert process.pipeline.run is not None
        assert not wire.closed


async def test_a_source_that_ends_is_tried_again_soon(tmp_path: Path) -> None:
    async with stream(tmp_path) as (stage, process):
        wire = await connected(stage, process)
        wire.sink.on_end(EndReason.CLOSED, "The camera closed the connection.")
        status = await stage.state("waiting")
        assert status.cause == "closed"
        assert status.retry_at_ms is not None
        assert status.retry_at_ms - stage.manual.now_ms() <= 500

        async def again() -> bool | None:
            return len(stage.wires) == 2 or None

        await until("it connects again", again)
