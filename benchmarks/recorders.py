"""Recorders side by side in one run: N cameras of 1080p25 H.264 at 4 Mbit/s with AAC over RTSP/TCP.

Every row: cameras start, all have recorded for the warm-up, then CPU time is taken over the window and memory at its
end. Frames are checked by the numbers burned into the pictures of a sample of cameras.
"""

import argparse
import asyncio
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.support.burned import breaks, numbers_in

from benchmarks.cameras import Cameras, simulated
from benchmarks.engines import Engine, Ffmpeg, Vedette
from benchmarks.processes import Meter, Usage
from benchmarks.report import Result, Table, number

NAME = "recorders"
WHAT = (
    "CPU (percent of one core, utime + stime of the whole process tree) and memory (PSS) of recorders of N simulated "
    "cameras, 1080p25 H.264 4 Mbit/s + AAC over RTSP/TCP on loopback."
)
LOOP_FRAMES = 400
SAMPLE = 3  # cameras whose files are decoded
TMPFS_FROM = 100  # cameras; below that the disk is written

TWO_FROM = 200  # cameras that Vedette shares among two recorder processes

ENGINES: dict[str, Callable[[int], Engine]] = {
    "vedette": lambda cameras: Vedette(2 if cameras >= TWO_FROM else 1),
    "ffmpeg": lambda _: Ffmpeg(hls=False),
    "ffmpeg-hls": lambda _: Ffmpeg(hls=True),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One engine with N cameras. `lost_frames` were looked for in `checked_frames` of the sample."""

    engine: str
    cameras: int
    usage: Usage
    lost_packets: int
    lost_frames: int
    checked_frames: int
    simulator_drops: int
    simulator_cpu_percent: float

    @property
    def lossless(self) -> bool:
        """Whether nothing at all went missing."""
        return not (self.lost_packets or self.lost_frames or self.simulator_drops)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="1 and 10 cameras, short windows")
    parser.add_argument("--cameras", type=int, nargs="+", help="instead of 1 10 25 50")
    parser.add_argument("--engines", nargs="+", choices=sorted(ENGINES), default=list(ENGINES))
    parser.add_argument("--limit", type=int, nargs="*", help="then Vedette alone with so many (default 100 200 400)")
    parser.add_argument("--seconds", type=float, help="length of the window (default 24)")


async def run(arguments: argparse.Namespace) -> Result:
    """Measures all rows."""
    counts = arguments.cameras or ([1, 10] if arguments.quick else [1, 10, 25, 50])
    limits = arguments.limit if arguments.limit is not None else ([] if arguments.quick else [100, 200, 400])
    seconds = arguments.seconds or (8.0 if arguments.quick else 24.0)
    warm_up = 8.0 if arguments.quick else 15.0
    rows: list[Row] = []
    async with simulated() as cameras:
        plan = [(name, count) for count in counts for name in arguments.engines]
        if "vedette" in arguments.engines:
            plan += [("vedette", count) for count in limits]
        for name, count in plan:
            row = await _measure(ENGINES[name](count), count, cameras, warm_up, seconds)
            print(_line(row), flush=True)
            rows.append(row)
            if count in limits and not row.lossless:
                break
    data = {"rows": [{**asdict(row), "usage": row.usage.as_dict()} for row in rows], "window_s": seconds}
    return Result(NAME, WHAT, data, [_table(rows), *_ratios(rows)])


async def _measure(engine: Engine, count: int, cameras: Cameras, warm_up: float, seconds: float) -> Row:
    base = Path("/dev/shm") if count >= TMPFS_FROM else None
    directory = Path(tempfile.mkdtemp(prefix="vedette-bench-", dir=base))
    drops_before = (await cameras.counters())["frames_dropped"]
    try:
        try:
            await engine.start([cameras.url(f"cam-{index}") for index in range(1, count + 1)], directory)
            await asyncio.sleep(warm_up)
            meter, simulator = Meter(engine.pids()), Meter([cameras.pid])
            await asyncio.sleep(seconds)
            usage, simulator_usage = meter.read(), simulator.read()
            drops = (await cameras.counters())["frames_dropped"] - drops_before
        finally:
            await engine.stop()
        lost, checked = await asyncio.to_thread(_check, engine, count)
        return Row(engine.name, count, usage, engine.lost_packets(), lost, checked, drops, simulator_usage.cpu_percent)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _check(engine: Engine, count: int) -> tuple[int, int]:
    """Lost and decoded frames of the first, a middle and the last camera. An unreadable picture counts as lost."""
    lost = checked = 0
    for camera in sorted({1, (count + 1) // 2, count})[:SAMPLE]:
        numbers = [value for file in engine.files(camera) for value in numbers_in(file)]
        checked += len(numbers)
        lost += sum(max(found.missing, 0) for found in breaks(numbers, LOOP_FRAMES))
        lost += sum(value is None for value in numbers)
    return lost, checked


def _line(row: Row) -> str:
    usage = row.usage
    return (
        f"{row.engine:<14} {row.cameras:>3} cameras: {usage.cpu_percent:6.1f} % of a core, {usage.pss_mb:6.0f} MB, "
        f"lost {row.lost_packets} packets, {row.lost_frames} of {row.checked_frames} frames, "
        f"{row.simulator_drops} not sent"
    )


def _table(rows: list[Row]) -> Table:
    columns = ["recorder", "cameras", "CPU %", "CPU % per camera", "PSS MB", "processes / threads"]
    columns += ["switches/s", "lost packets", "lost frames (checked)", "frames not sent"]
    lines = [
        [
            row.engine,
            str(row.cameras),
            number(row.usage.cpu_percent),
            number(row.usage.cpu_percent / row.cameras, 2),
            number(row.usage.pss_mb, 0),
            f"{row.usage.processes} / {row.usage.threads}",
            number(row.usage.switches_per_s, 0),
            str(row.lost_packets),
            f"{row.lost_frames} ({row.checked_frames})",
            str(row.simulator_drops),
        ]
        for row in rows
    ]
    notes = [
        f"Files on tmpfs from {TMPFS_FROM} cameras on, on disk below.",
        "Frames not sent: the camera's buffer was full.",
    ]
    return Table("Recorders", columns, lines, notes)


def _ratios(rows: list[Row]) -> list[Table]:
    """Vedette against the usual design, at each N where both ran."""
    usual = {row.cameras: row for row in rows if row.engine == "ffmpeg + HLS"}
    lines = [
        [
            str(row.cameras),
            number(row.usage.cpu_percent / usual[row.cameras].usage.cpu_percent, 2),
            number(row.usage.pss_mb / usual[row.cameras].usage.pss_mb, 2),
        ]
        for row in rows
        if row.engine == "vedette" and row.cameras in usual
    ]
    return [Table("Vedette / (ffmpeg + HLS)", ["cameras", "CPU", "memory"], lines)] if lines else []
