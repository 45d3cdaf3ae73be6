"""How fast key frames are searched for changes, beside ffmpeg that only decodes them, over the same recorded files.

The scan is the product's own (`playback.find.scan`), in the one thread in which it runs there: reading parts, decoding,
comparing, and decoding the frames around each change. ffmpeg reads the same files one after another with
`-skip_frame nokey -threads 1`, and writes nothing.
"""

import argparse
import asyncio
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.support.footage import T0, add_stream
from tests.support.library import Library, RecordedFile
from tests.support.scene import Picture, box, scene_clip

from benchmarks.report import Result, Table, number
from vedette.core.clock import SystemClock
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.http.media import MediaFile
from vedette.playback.find.detector import Rules
from vedette.playback.find.plan import Stretch, stretches
from vedette.playback.find.refine import Source
from vedette.playback.find.region import Polygon
from vedette.playback.find.scan import Scan
from vedette.playback.service import PlaybackService

NAME = "find"
WHAT = "Key frames searched for changes per second, in one thread, beside ffmpeg decoding the same key frames."
REGION: Polygon = [(0.5, 0.2), (0.9, 0.2), (0.9, 0.8), (0.5, 0.8)]
WHOLE: Polygon = [(0, 0), (1, 0), (1, 1), (0, 1)]
# What is encoded; it is recorded again and again until there is an hour.
CLIP_S = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="ten minutes of each instead of an hour")


async def run(arguments: argparse.Namespace) -> Result:
    """Records, searches, decodes."""
    seconds = 600 if arguments.quick else 3600
    rows: list[list[str]] = []
    data: dict[str, Any] = {}
    for what, width, height, fps, noise in (("640x360", 640, 360, 10, 6.0), ("1920x1080", 1920, 1080, 5, 6.0)):
        directory = Path(tempfile.mkdtemp(prefix="vedette-bench-"))
        try:
            made = await _measure(directory, seconds, width, height, fps, noise)
        finally:
            shutil.rmtree(directory, ignore_errors=True)
        for name, (pictures, wall_s, cpu_s, found) in made.items():
            hour_s = wall_s * 3600 / seconds
            figures = (number(pictures / wall_s, 0), number(cpu_s / pictures * 1000, 2), number(hour_s, 2))
            rows.append([what, name, str(pictures), *figures, found])
        data[what] = {name: list(values) for name, values in made.items()}
    columns = ["footage", "", "key frames", "key frames/s", "ms of CPU each", "an hour takes s", "found"]
    notes = [
        f"{seconds // 60} minutes of H.264 with a key frame every 2 s and noise, written by the product's own writer;"
        f" something comes for five seconds every {CLIP_S // 60} minutes."
    ]
    return Result(NAME, WHAT, data, [Table("Find", columns, rows, notes)])


Measured = tuple[int, float, float, str]


async def _measure(
    directory: Path, seconds: int, width: int, height: int, fps: int, noise: float
) -> dict[str, Measured]:
    url = f"sqlite+aiosqlite:///{directory / 'bench.sqlite'}"
    await migrate(url)
    database = Database(url)
    try:
        stream_id = await add_stream(database)
        library = await Library.make(database, directory / "footage")
        clip = scene_clip(CLIP_S, _something, fps=fps, noise=noise, width=width, height=height)
        files: list[RecordedFile] = []
        for at_s in range(0, seconds, CLIP_S):
            files += await library.record(stream_id, T0 + at_s * 1000, clip, file_s=CLIP_S)
        playback = PlaybackService(database, SystemClock(), None)
        pieces = await playback.of_span(stream_id, T0, T0 + seconds * 1000)
        plan = stretches([], pieces, T0, T0 + seconds * 1000, first=True)
        opened = {str(file.id): file.path for file in files}
        search = partial(_search, plan, clip.init.data, opened)
        paths = [file.path for file in files]
        await asyncio.to_thread(_decode, paths)  # the page cache is warm for all
        return {
            "search, a fifth of the picture": await asyncio.to_thread(_timed, partial(search, [REGION])),
            "search, the whole picture": await asyncio.to_thread(_timed, partial(search, [WHOLE])),
            "ffmpeg, decoding alone": await asyncio.to_thread(_timed, partial(_decode, paths)),
        }
    finally:
        await database.aclose()


def _something(picture: Picture, at_s: float) -> None:
    if 100.5 <= at_s < 105.5:
        box(picture, 0.6, 0.3, 0.7, 0.6)


def _search(plan: Sequence[Stretch], init: bytes, files: dict[str, Path], region: Sequence[Polygon]) -> tuple[int, str]:
    scan = Scan(region, Rules.of(50), T0, SystemClock())
    for stretch in plan:
        path = files[stretch.piece.segment_id]
        file = asyncio.run(MediaFile.open(path, path.parent))
        scan.enter(Source(stretch, init, file))
        while not scan.run(0.1).done:
            pass
    scan.finish()
    scan.close()
    return scan.pictures, f"{scan.hits.count} changes"


def _decode(paths: list[Path]) -> tuple[int, str]:
    count = 0
    for path in paths:
        command = ["ffmpeg", "-v", "error", "-stats", "-threads", "1", "-skip_frame", "nokey", "-i", str(path)]
        done = subprocess.run(
            [*command, "-fps_mode", "passthrough", "-f", "null", "-"], capture_output=True, text=True, check=True
        )
        told = done.stderr.rpartition("frame=")[2].split()
        count += int(told[0]) if told else 0
    return count, "-"


def _timed(work: Callable[[], tuple[int, str]]) -> Measured:
    """Pictures, seconds, seconds of CPU with those of programs that were started, and what was found."""
    cpu, began = _cpu_s(), time.perf_counter()
    pictures, found = work()
    return pictures, time.perf_counter() - began, _cpu_s() - cpu, found


def _cpu_s() -> float:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
