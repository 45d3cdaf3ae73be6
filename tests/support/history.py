"""A past without waiting for it: a data directory whose cameras recorded hours ago, for a product to be started on.

The files are made by the product's own writer out of simulated pictures, so that the number in each picture tells its
instant: file by file it counts from 0 at the file's beginning, `FRAME_MS` apart, and begins anew after `LOOP_MS`.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archive import SEGMENT_MS, commit, make_segment
from benchmarks.installation import Installation
from sqlalchemy import select, update

from vedette.cameras.schemas import CameraCreate
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import GapCause
from vedette.storage.tables import VolumeRow

FRAME_MS = 40


@dataclass(frozen=True, slots=True)
class Past:
    """What one camera recorded: when its files of `SEGMENT_MS` began, in order, and why there was nothing between them.
    Unix milliseconds. `sub` says the same of a sub-stream, None where there is none."""

    name: str
    files: Sequence[int]
    sub: Sequence[int] | None = None
    cause: GapCause = GapCause.CAMERA_OFFLINE

    @property
    def slug(self) -> str:
        """Its slug."""
        return self.name.lower().replace(" ", "-")

    def taken_ms(self, number: int, near_ms: float) -> int:
        """When the picture with this number was taken: the instant nearest to `near_ms` at which there is one."""
        found = []
        for start in self.files:
            first = start + number * FRAME_MS
            loops = round((near_ms - first) / LOOP_MS)
            near = (first + loop * LOOP_MS for loop in range(loops - 1, loops + 2))
            found += [at for at in near if start <= at < start + SEGMENT_MS]
        return min(found, key=lambda at: abs(at - near_ms))

    def shown_ms(self, at_ms: float) -> int:
        """When the picture was taken that is nearest to an instant within the footage."""
        start = max(start for start in self.files if start <= at_ms + FRAME_MS / 2)
        return start + round((at_ms - start) / FRAME_MS) * FRAME_MS


def make_past(data: Path, cameras: Sequence[Past]) -> None:
    """Writes it down. The cameras are disabled: nothing is recorded now."""
    # Tests with a browser have a loop running in this thread.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(_make(data, cameras))).result()


async def _make(data: Path, cameras: Sequence[Past]) -> None:
    installation = Installation(data)
    nowhere = "rtsp://127.0.0.1:1/nothing"
    await installation.prepare(
        [
            CameraCreate(
                name=past.name,
                url=nowhere,
                **({} if past.sub is None else {"sub_url": f"{nowhere}-sub", "record_sub": True}),
                enabled=False,
            )
            for past in cameras
        ]
    )
    volume = installation.settings.default_volume
    original = volume / "original.mp4"
    made = make_segment(original, "small")
    database = Database(installation.settings.sqlalchemy_url)
    committer = SegmentCommitter(database, SystemClock(), "node-1")
    try:
        async with database.write() as session:
            await session.execute(update(CameraRow).values(created_ms=min(min(past.files) for past in cameras)))
            volume_id = (await session.scalars(select(VolumeRow.id))).one()
            query = select(StreamRow.id, CameraRow.slug, StreamRow.kind).join(CameraRow)
            streams = {(slug, kind): stream for stream, slug, kind in (await session.execute(query)).all()}
        for past in cameras:
            (volume / past.slug).mkdir()
            for kind, files in (("main", past.files), ("sub", past.sub or ())):
                for start in files:
                    path = volume / past.slug / f"{kind}-{start}.mp4"
                    path.hardlink_to(original)
                    stream = streams[past.slug, kind]
                    await commit(committer, made, stream, volume_id, path.relative_to(volume), start)
                    await committer.gap_opened(stream, start + SEGMENT_MS, past.cause, "")
    finally:
        await database.aclose()
    original.unlink()
