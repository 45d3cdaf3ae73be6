"""A past to investigate: four cameras that watched the same hour some days ago, in which one thing happened once.

Every picture has its number burned in, and numbers follow the clock: the picture with number k was taken when the
camera's wall clock modulo the loop of 16 s was k * 40 ms. The hour of the first camera (`PARKING`) is one run in five
files, as a recorder leaves it; then it was away for a while. In its hour a van stands in `REGION` for five seconds, a
crate stands elsewhere for some, and traffic passes beside both all the time.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from uuid import UUID

import av
import numpy as np
from benchmarks.archive import commit
from benchmarks.installation import Installation
from numpy.typing import NDArray
from sqlalchemy import select, update

from tests.media.encode import EncodedVideo, encode_frames
from tests.media.files import later_in_the_run, make_parts
from tests.support.burned import captured_ms
from tests.support.library import Clip, Library
from vedette.cameras.schemas import CameraCreate
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.segment import finalise, head_bytes
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.film import Film
from vedette.media.units import Codec, SegmentMetadata, Tracks
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import GapCause
from vedette.storage.tables import VolumeRow

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
FRAME_MS = 40
FPS = 1000 // FRAME_MS
FRAMES = LOOP_MS // FRAME_MS
FILE_MS = 12 * MINUTE
# After its hour the first camera was away for so long; a whole number of loops, and no border of a file.
GAP_MS = 3 * LOOP_MS
AGAIN_MS = 4 * MINUTE
KEY_S = 2

Box = tuple[float, float, float, float]
# Left, top, right, bottom in fractions of the picture. What is asked for, and where the two things stand.
REGION: Box = (0.62, 0.28, 0.76, 0.43)
ELSEWHERE: Box = (0.62, 0.74, 0.76, 0.92)
VAN: Box = (0.65, 0.33, 0.73, 0.42)
CRATE: Box = (0.65, 0.78, 0.73, 0.89)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something stands somewhere for a part of one loop of the hour: pictures `[first, last)` of the loop."""

    loop: int
    first: int
    last: int
    where: Box

    @property
    def start_ms(self) -> int:
        """Since the hour began."""
        return self.loop * LOOP_MS + self.first * FRAME_MS

    @property
    def end_ms(self) -> int:
        """Since the hour began."""
        return self.loop * LOOP_MS + self.last * FRAME_MS


# At 36:39.320 and at 16:04.000.
PLANTED = Happening(137, 183, 310, VAN)
BESIDE = Happening(60, 100, 300, CRATE)


@dataclass(frozen=True, slots=True)
class Watcher:
    """A camera. Its pictures are taken `phase_ms` after those of the first."""

    name: str
    scene: str
    phase_ms: int

    @property
    def slug(self) -> str:
        """Its slug."""
        return self.name.lower().replace(" ", "-")

    def taken_ms(self, number: int, near_ms: float) -> int:
        """When the picture with this number was taken: the instant nearest to `near_ms` that it can stand for."""
        return captured_ms(number, FRAME_MS, near_ms, self.phase_ms)


PARKING = Watcher("Parking", "parking", 0)
# Frames of each stand elsewhere between those of the others.
WATCHERS = (
    PARKING,
    Watcher("Front door", "street", 7),
    Watcher("Loading dock", "dock", 14),
    Watcher("Lobby", "lobby", 29),
)


def hour_of(day_ms: int) -> int:
    """When the hour of a day begins: at one o'clock in the afternoon, UTC."""
    return day_ms + 13 * HOUR


def make_investigated(data: Path, day_ms: int, *, size: tuple[int, int] = (320, 180)) -> None:
    """Writes it down before a product is started on `data`. `day_ms` is a midnight in UTC some days ago. The days
    around it have a minute each, so that a calendar has something to choose from."""
    # Tests with a browser have a loop running in this thread.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(_make(data, day_ms, size))).result()


async def _make(data: Path, day_ms: int, size: tuple[int, int]) -> None:
    installation = Installation(data)
    nowhere = "rtsp://127.0.0.1:1/nothing"
    await installation.prepare([CameraCreate(name=one.name, url=nowhere, enabled=False) for one in WATCHERS])
    database = Database(installation.settings.sqlalchemy_url)
    committer = SegmentCommitter(database, SystemClock(), "node-1")
    begin = hour_of(day_ms)
    try:
        async with database.write() as session:
            await session.execute(update(CameraRow).values(created_ms=day_ms - 4 * DAY))
            volume_id = (await session.scalars(select(VolumeRow.id))).one()
            query = select(CameraRow.slug, StreamRow.id).join(CameraRow)
            streams = {str(slug): int(stream) for slug, stream in (await session.execute(query)).all()}
        library = Library(database, installation.settings.default_volume, volume_id)
        for one in WATCHERS:
            stream = streams[one.slug]
            stays = begin + one.phase_ms
            gap = partial(committer.gap_opened, stream)
            if one is PARKING:
                await library.record(stream, stays, _clip(_hour(size)), file_s=FILE_MS / SECOND)
                await gap(stays + HOUR, GapCause.CAMERA_OFFLINE, "It did not answer")
                again = _clip([_loop(one, size)] * (AGAIN_MS // LOOP_MS))
                await library.record(stream, stays + HOUR + GAP_MS, again, file_s=FILE_MS / SECOND)
                await gap(stays + HOUR + GAP_MS + AGAIN_MS, GapCause.NOT_SCHEDULED)
            else:
                file = _clip([_loop(one, size)] * (FILE_MS // LOOP_MS))
                starts = range(stays, stays + HOUR, FILE_MS)
                await _link(installation.settings.default_volume, committer, stream, volume_id, file, starts)
                await gap(stays + HOUR, GapCause.NOT_SCHEDULED)
            minute = _clip([_loop(one, size)] * 4)
            for days in (-2, -1, 1):
                await library.record(stream, stays + days * DAY, minute, file_s=FILE_MS / SECOND)
                await gap(stays + days * DAY + 4 * LOOP_MS, GapCause.NOT_SCHEDULED)
    finally:
        await database.aclose()


async def _link(
    volume: Path, committer: SegmentCommitter, stream_id: int, volume_id: int, file: Clip, starts: Iterable[int]
) -> None:
    """The same file under many names: each is a run of its own."""
    name = str(UUID(int=stream_id))
    folder = volume / f"linked-{stream_id}"
    folder.mkdir()
    original = folder / "original.mp4"
    head = head_bytes(file.init, SegmentMetadata(name, name, "camera", "main", name, 0, 0, 0, "node-1"))
    original.write_bytes(head + b"".join(part.data for part in file.parts))
    made = finalise(original)
    for start_ms in starts:
        path = folder / f"{start_ms}.mp4"
        path.hardlink_to(original)
        await commit(committer, made, stream_id, volume_id, path.relative_to(volume), start_ms)
    original.unlink()


def _hour(size: tuple[int, int]) -> list[EncodedVideo]:
    loops = [_loop(PARKING, size)] * (HOUR // LOOP_MS)
    for happening in (PLANTED, BESIDE):
        loops[happening.loop] = _loop(PARKING, size, happening)
    return loops


@cache
def _loop(one: Watcher, size: tuple[int, int], happening: Happening | None = None) -> EncodedVideo:
    """16 s of a camera's pictures, the first of which is a key frame and has number 0."""
    width, height = size
    film = Film(one.name, one.scene, width, height, FPS, FRAMES, seed=WATCHERS.index(one))

    def frames() -> Iterator[av.VideoFrame]:
        for number, picture in enumerate(film.all(0)):
            if happening and happening.first <= number < happening.last:
                _put(picture, size, happening.where)
            frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
            frame.pts = number
            yield frame

    return encode_frames(frames(), Codec.H264, FPS, width, height, gop=KEY_S * FPS)


def _put(picture: NDArray[np.uint8], size: tuple[int, int], where: Box) -> None:
    """Something light and plain, into a picture as `Film` draws it: the planes of yuv420p in a row."""
    width, height = size
    left, top, right, bottom = where
    flat, begin = picture.reshape(-1), 0
    for level, part in ((225, 1), (118, 2), (134, 2)):
        plane = flat[begin : begin + width * height // part**2].reshape(height // part, width // part)
        begin += plane.size
        rows = slice(round(top * height / part), round(bottom * height / part))
        plane[rows, round(left * width / part) : round(right * width / part)] = level


def _clip(loops: Sequence[EncodedVideo]) -> Clip:
    """One run of loops, one after the other."""
    config = loops[0].config
    assert all(loop.config == config for loop in loops)
    tracks = Tracks(config)
    units = [
        later_in_the_run(unit, config.timescale, number * LOOP_MS // SECOND)
        for number, loop in enumerate(loops)
        for unit in loop.units
    ]
    return Clip(build_init(tracks), make_parts(tracks, units))
