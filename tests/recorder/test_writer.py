"""The writing threads: order, failures, and volumes that hang."""

import asyncio
import errno
import os
import threading
from functools import partial
from pathlib import Path

import pytest

from vedette.core.clock import ManualClock
from vedette.media.units import Part
from vedette.recorder.segment_file import SegmentFile
from vedette.recorder.writer import STALLED_S, Append, VolumeWriter, Worker

pytestmark = pytest.mark.anyio


class Segment:
    """A file, and what came back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: SegmentFile | None = None
        self.error: OSError | None = None
        self.back: list[Append] = []
        self.ended = False

    def open_file(self) -> SegmentFile:
        return SegmentFile(self.path, self.path.name, b"head")

    def appended(self, command: Append) -> None:
        self.back.append(command)

    def closed(self) -> None:
        self.ended = True

    def part(self, data: bytes) -> Append:
        return Append(self, Part(data, 0, 1, True, 1), 0, 1)


class Hung(Segment):
    """Opening its file takes until it is let go."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.let_go = threading.Event()

    def open_file(self) -> SegmentFile:
        self.let_go.wait(30)
        return super().open_file()


def stalled(*writers: VolumeWriter) -> list[bool]:
    return [writer.stalled for writer in writers]


async def test_files_are_written_in_order_and_told(tmp_path: Path) -> None:
    writer = VolumeWriter("x", ManualClock())
    segments = [Segment(tmp_path / str(number)) for number in range(3)]
    for data in (b"one", b"two", b"three"):
        for segment in segments:
            writer.append(segment.part(data))
        writer.flush()
    for segment in segments:
        writer.close(segment)
    await writer.drain()
    for segment in segments:
        assert segment.path.read_bytes() == b"headonetwothree"
        assert [command.offset for command in segment.back] == [4, 7, 10]
        assert segment.ended
    writer.stop()


async def test_a_segment_that_failed_takes_nothing_more(tmp_path: Path) -> None:
    writer = VolumeWriter("x", ManualClock())
    bad, good = Segment(tmp_path / "missing" / "a"), Segment(tmp_path / "b")
    for data in (b"one", b"two"):
        writer.append(bad.part(data))
        writer.append(good.part(data))
    await writer.drain()
    (tmp_path / "missing").mkdir()
    writer.append(bad.part(b"three"))
    writer.close(bad)
    await writer.drain()
    assert [command.error.errno for command in bad.back if command.error] == [errno.ENOENT] * 3
    assert bad.ended
    assert not bad.path.exists()
    assert [command.offset for command in good.back] == [4, 7]
    writer.stop()


async def test_a_hanging_volume_is_noticed_and_blocks_only_itself(tmp_path: Path) -> None:
    clock = ManualClock()
    hanging, other = VolumeWriter("a", clock), VolumeWriter("b", clock)
    stuck, fine = Hung(tmp_path / "stuck"), Segment(tmp_path / "fine")
    hanging.append(stuck.part(b"one"))
    hanging.flush()
    other.append(fine.part(b"one"))
    await other.drain()
    assert fine.path.read_bytes() == b"headone"
    assert stalled(hanging, other) == [False, False]
    clock.advance(STALLED_S + 0.1)
    assert stalled(hanging, other) == [True, False]
    stuck.let_go.set()
    await hanging.drain()
    assert stalled(hanging, other) == [False, False]
    assert stuck.path.read_bytes() == b"headone"
    hanging.stop()
    other.stop()


async def test_what_waits_is_bounded(tmp_path: Path) -> None:
    writer = VolumeWriter("x", ManualClock(), limit=100)
    stuck = Hung(tmp_path / "stuck")
    for _ in range(3):
        writer.append(stuck.part(bytes(40)))
        writer.flush()
    assert stalled(writer) == [True]
    stuck.let_go.set()
    await writer.drain()
    assert stalled(writer) == [False]
    writer.stop()


async def test_a_worker_gives_results_and_errors_in_order() -> None:
    worker = Worker("x")
    order: list[int] = []
    await asyncio.gather(*(worker.run(partial(order.append, number)) for number in range(5)))
    assert order == [0, 1, 2, 3, 4]
    assert await worker.run(os.getpid) == os.getpid()
    with pytest.raises(ZeroDivisionError):
        await worker.run(lambda: 1 // 0)
    worker.stop()
