"""What cutting parts, finalising and G.711 cost. `python -m benchmarks.fmp4`

50 cameras with 25 frames and 47 sounds a second push 3600 units a second: a microsecond a unit is 0.36 % of a core.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.media.encode import encode_audio, encode_video
from tests.media.files import METADATA

from vedette.media.fmp4.g711 import flac_frame
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.parts import PartWriter
from vedette.media.fmp4.recorded_hash import hash_file
from vedette.media.fmp4.segment import finalise, head_bytes, scan
from vedette.media.fmp4.tables import SegmentTables
from vedette.media.units import AUDIO, VIDEO, Codec, Part, TimedUnit, Tracks

CAMERAS = 50
FPS = 25
RATE = 48_000
PACKET = 1300


def units(seconds: int, *, jitter: bool) -> list[TimedUnit]:
    """1080p25 of 4 Mbit/s with AAC, in chunks as RTP brings them."""
    payload = os.urandom(PACKET)
    shake = random.Random(1)
    made: list[TimedUnit] = []
    sound = 0
    for index in range(seconds * FPS):
        key = index % (2 * FPS) == 0
        dts = index * 3600 + (shake.randrange(-20, 20) if jitter and index else 0)
        packets = 70 if key else 14
        made.append(TimedUnit(VIDEO, dts, dts, key, [payload] * packets, packets * PACKET))
        while sound * 1024 * FPS < (index + 1) * RATE:
            size = 180 + sound % 50
            made.append(TimedUnit(AUDIO, sound * 1024, sound * 1024, True, [payload[:size]], size))
            sound += 1
    return made


@contextmanager
def timed(label: str) -> Iterator[None]:
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"  {label:<44} {cpu * 1e3:8.2f} ms CPU {wall * 1e3:8.2f} ms wall")


def each(label: str, count: int, work: Callable[[], object]) -> float:
    """Seconds of CPU, the best of five."""
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    print(f"  {label:<44} {best / count * 1e6:8.2f} us each")
    return best


def cut(tracks: Tracks, pushed: list[TimedUnit]) -> Iterator[Part]:
    """Parts are let go of as the recorder does, so that the next gets the same memory."""
    writer = PartWriter(tracks)
    for unit in pushed:
        if part := writer.push(unit):
            yield part


def drain(tracks: Tracks, pushed: list[TimedUnit]) -> None:
    for _ in cut(tracks, pushed):
        pass


def write(path: Path, tracks: Tracks, seconds: int, *, jitter: bool) -> SegmentTables:
    init = build_init(tracks)
    head = head_bytes(init, METADATA)
    tables = SegmentTables(init.tracks, len(head))
    with path.open("wb") as file:
        file.write(head)
        for part in cut(tracks, units(seconds, jitter=jitter)):
            tables.add(file.tell(), part.data)
            file.write(part.data)
        os.fsync(file.fileno())  # a recorder does that all along
    return tables


def memory(tables: SegmentTables) -> int:
    """Kilobytes of the sample tables."""
    names = ("sizes", "durations", "offsets", "chunks", "per_chunk", "sync")
    held = [table for table in map(tables.track, (VIDEO, AUDIO)) if table]
    return sum(sys.getsizeof(getattr(table, name)) for table in held for name in names) // 1000


def main() -> None:
    tracks = Tracks(encode_video(seconds=0.2).config, encode_audio(Codec.AAC, seconds=0.2).config)
    for jitter in (False, True):
        print(f"PartWriter, time stamps {'that jitter' if jitter else 'that are even'}")
        pushed = units(30, jitter=jitter)
        cost = each("a unit, with the copy of its payload", len(pushed), partial(drain, tracks, pushed))
        print(f"  {CAMERAS} cameras: {cost / 30 * CAMERAS * 100:.2f} % of a core")
        with TemporaryDirectory() as directory:
            path = Path(directory) / "a.mp4"
            tables = write(path, tracks, 900, jitter=jitter)
            megabytes = path.stat().st_size / 1e6
            print(f"15 minutes, {megabytes:.0f} MB, {tables.sequence} parts, tables of {memory(tables)} KB")
            with timed("scan"):
                scan(path)
            with timed("finalise with the writer's tables"):
                finalise(path, tables=tables)
            os.truncate(path, path.stat().st_size - 1)
            with timed("finalise by scanning"):
                finalise(path)
            with timed("hash of the recorded bytes"):
                hash_file(path)
    print("G.711 as FLAC")
    sound = os.urandom(4000)
    each("half a second at 8 kHz", 100, lambda: [flac_frame(Codec.PCMA, 8000, 1, 0, sound) for _ in range(100)])


if __name__ == "__main__":
    main()
