"""Recording while playback works on the same node: what goes missing, what the recorder takes, and how late it is.

50 cameras are recorded into short files on the disk, so that every window has an instant at which all of them end
theirs, which is the recorder's hardest.
"""

import argparse
import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from benchmarks import reviewing
from benchmarks.archive import SEGMENT_MS
from benchmarks.cameras import Cameras, simulated
from benchmarks.footage import Taken, taken
from benchmarks.installation import Installation, free_port, ready
from benchmarks.month import fill
from benchmarks.part_listener import Heard, Listener, listening, never_wait
from benchmarks.processes import Meter, machine_busy_s
from benchmarks.report import Result, Table, Timing, number
from benchmarks.reviewing import DAY, Done, Node
from vedette.cameras.schemas import CameraCreate
from vedette.media.fmp4.segment import read_head

NAME = "beside"
WHAT = (
    "Recording of 50 simulated cameras (1080p25 H.264 4 Mbit/s + AAC over RTSP/TCP) to disk, alone and while playback "
    "works on the same node: losses, the recorder's CPU, and how late it is with parts and with whole files."
)
Kind = Callable[[Node], AbstractAsyncContextManager[list[Done]]]
KINDS: dict[str, tuple[str, Kind]] = {
    "alone": ("alone", reviewing.nothing),
    "seeks": ("seeks in Chromium", reviewing.seeks),
    "previews": ("previews being made", reviewing.previews),
    "find": ("two searches over an hour", reviewing.find),
    "lists": ("playlists and coverage of days", reviewing.lists),
    "all": ("all of that at once", reviewing.everything),
    "computing": ("programs that only compute", reviewing.computing),
}
# The length of a file, and of a window; work goes on for a while before it is measured.
FILE_S = 20
SETTLE_S = 5.0
# Cameras whose pictures are read again.
SAMPLE = 3


@dataclass(frozen=True, slots=True)
class Row:
    """Beside one kind of work, in `[start_ms, end_ms)`. CPU is per cent of a core."""

    name: str
    work: str
    start_ms: int
    end_ms: int
    recorder: float
    api: float
    machine: float
    heard: Heard
    lost_packets: int
    not_sent: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="10 cameras, 3 days of footage")
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS), help="some kinds of work")
    parser.add_argument("--cameras", type=int, help="instead of 50")
    parser.add_argument("--seconds", type=float, help=f"length of each window (default {FILE_S})")


async def run(arguments: argparse.Namespace) -> Result:
    """Records, works, listens; then looks at what was recorded."""
    count = arguments.cameras or (10 if arguments.quick else 50)
    days = 3 if arguments.quick else 30
    seconds = float(arguments.seconds or FILE_S)
    directory = Path(tempfile.mkdtemp(prefix="vedette-bench-"))
    installation = Installation(directory / "data", VEDETTE_SEGMENT_SECONDS=str(FILE_S))
    rows: list[Row] = []
    try:
        async with _recording(installation, directory, count, days) as (node, cameras, listener):
            print("all cameras are being recorded", flush=True)
            for name in arguments.only:
                rows.append(await _measure(name, node, installation, cameras, listener, seconds))
                print(_line(rows[-1]), flush=True)
        print("recording has ended, its pictures are read again", flush=True)
        sample = sorted({1, (count + 1) // 2, count})[:SAMPLE]
        footage = [await asyncio.to_thread(_taken, installation, f"cam-{index}", rows) for index in sample]
    finally:
        await installation.stop()
        shutil.rmtree(directory, ignore_errors=True)
    data = {"cameras": count, "rows": [asdict(row) | {"frames": _frames(row, footage)} for row in rows]}
    return Result(NAME, WHAT, data, [_losses(rows, footage, count), _delays(rows)])


@asynccontextmanager
async def _recording(
    installation: Installation, directory: Path, count: int, days: int
) -> AsyncIterator[tuple[Node, Cameras, Listener]]:
    """Cameras with so many days of footage, all of which are recorded. Everything has ended afterwards."""
    end_ms = int(time.time() * 1000) // SEGMENT_MS * SEGMENT_MS
    start_ms = end_ms - days * DAY
    async with simulated() as cameras:
        never_wait(cameras.pid)
        slugs = [f"cam-{index}" for index in range(1, count + 1)]
        await installation.prepare([CameraCreate(name=slug, url=cameras.url(slug)) for slug in slugs])
        await fill(installation, start_ms, end_ms)
        await installation.start("native-0", "recorder", "--engine", "native", "--shard", "0/1")
        address = f"http://127.0.0.1:{free_port()}"
        await installation.start("api", "api", "--port", address.rpartition(":")[2])
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            await ready(client)
            access = await installation.log_in(client)
        async with listening(installation.settings.run_dir / "native-0.sock") as listener:
            await _begun(listener, count)
            yield Node(address, access, directory, count, start_ms, end_ms), cameras, listener
        await installation.stop()


async def _begun(listener: Listener, count: int) -> None:
    async with asyncio.timeout(90):
        while True:
            heard = await listener.read()
            if heard.streams - heard.not_recording >= count:
                return
            await asyncio.sleep(0.5)


async def _measure(
    name: str, node: Node, installation: Installation, cameras: Cameras, listener: Listener, seconds: float
) -> Row:
    """In a window of so many seconds."""
    what, kind = KINDS[name]
    async with kind(node) as done:
        await asyncio.sleep(SETTLE_S)
        meters = [Meter([installation.processes[one].pid]) for one in ("native-0", "api")]
        before, not_sent = (await listener.read()).lost, (await cameras.counters())["frames_dropped"]
        for one in done:
            one.begin()
        start_s, busy_s = time.time(), machine_busy_s()
        await asyncio.sleep(seconds)
        end_s = time.time()
        machine = 100 * (machine_busy_s() - busy_s) / (end_s - start_s)
        heard, cpu, work = (
            await listener.read(),
            [meter.read().cpu_percent for meter in meters],
            ", ".join(map(str, done)),
        )
        not_sent = (await cameras.counters())["frames_dropped"] - not_sent
    lost = heard.lost - before + heard.not_recording
    span = (round(start_s * 1000), round(end_s * 1000))
    return Row(what, work, *span, cpu[0], cpu[1], machine, heard, lost, not_sent)


def _taken(installation: Installation, slug: str, rows: Sequence[Row]) -> Taken:
    """The pictures of the files that the windows touch."""
    within = [
        file
        for file in installation.files(slug)
        for start_ms in (read_head(file).metadata.start_ms,)
        if any(start_ms < row.end_ms and start_ms + 2 * FILE_S * 1000 > row.start_ms for row in rows)
    ]
    return taken(within, slug, "bench")


def _frames(row: Row, footage: Sequence[Taken]) -> tuple[int, int]:
    """Lost pictures of a window, and those that were looked for. The last second is left to what is written then."""
    span = row.start_ms, row.end_ms - 1_000
    lost = sum(one.frames_missing(*span) for one in footage)
    found = sum(span[0] <= at_ms < span[1] for one in footage for at_ms in one.instants)
    return lost, lost + found


def _line(row: Row) -> str:
    parts = Timing("", row.heard.parts).row()
    return (
        f"{row.name:<32} recorder {row.recorder:5.1f} %, api {row.api:5.1f} %, machine {row.machine:5.1f} %, "
        f"parts {' / '.join(parts[2:])} ms, {len(row.heard.closed)} files, "
        f"most {max(row.heard.closed, default=0):.0f} ms, "
        f"lost {row.lost_packets} packets, {row.not_sent} not sent; {row.work}"
    )


def _losses(rows: Sequence[Row], footage: Sequence[Taken], count: int) -> Table:
    lines = []
    for row in rows:
        lost, checked = _frames(row, footage)
        cpu = (number(value) for value in (row.recorder, row.api, row.machine))
        lines.append([row.name, row.work or "-", str(row.lost_packets), f"{lost} ({checked})", str(row.not_sent), *cpu])
    columns = ["recording beside", "what was done", "lost packets", "lost frames (checked)", "frames not sent"]
    columns += ["recorder, % of a core", "api, %", "whole machine, %"]
    notes = [
        f"{count} cameras, files of {FILE_S} s on disk; {(rows[0].end_ms - rows[0].start_ms) / 1000:.0f} s each.",
        f"{sum(one.unreadable for one in footage)} pictures of the sample could not be read.",
        "Chromium, which decodes by software, stands for another machine and runs at the lowest priority (nice 19).",
        "The last row is no work of playback's: one program for each core at the recorder's own priority.",
    ]
    return Table("Losses and CPU", columns, lines, notes)


def _delays(rows: Sequence[Row]) -> Table:
    lines = []
    for row in rows:
        parts, closed = (
            Timing("", values).row(0)[1:] if values else ["0", "-", "-", "-"]
            for values in (row.heard.parts, row.heard.closed)
        )
        lines.append([row.name, *parts, *closed])
    columns = [
        "recording beside",
        "parts",
        "late by ms, median",
        "95 %",
        "most",
        "files",
        "late by ms, median",
        "95 %",
        "most",
    ]
    notes = [
        "Parts: from the end of a part's last picture to its announcement, heard by a program of the highest priority. "
        "Up to 40 ms is the next picture, which tells that the part is over.",
        "Files: from the end of a file to the announcement that it is whole, on the disk and in the index. All cameras "
        "end theirs in the same second.",
    ]
    return Table("Delays", columns, lines, notes)
