"""An installation with footage of other days than today: rows of quarters of an hour, and real files for the instants
that are played."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.footage import add_stream
from tests.support.installation import make_installation
from tests.support.library import Library, clip
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.clock import SystemClock
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.recordings.model import GapCause
from vedette.recordings.tables import GapRow, SegmentRow
from vedette.settings import Settings

QUARTER = 15 * 60_000
HOUR = 4 * QUARTER
REAL_S = 60


def plant(data: Path, slug: str, start_ms: int, end_ms: int, *, played_ms: int, away: tuple[int, int]) -> None:
    """One disabled camera that recorded `[start_ms, end_ms)` but for `away`, when it was offline. The minute around
    `played_ms` can be played: its pictures carry numbers. Before the product is started on `data`."""
    # Playwright has a loop of its own in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _plant(data, slug, start_ms, end_ms, played_ms, away)).result()


async def _plant(data: Path, slug: str, start_ms: int, end_ms: int, played_ms: int, away: tuple[int, int]) -> None:
    await make_installation(data)
    database = Database(Settings(data=data).sqlalchemy_url)
    try:
        stream = await _camera(database, slug, start_ms)
        library = await Library.make(database, data.parent / "planted")
        real = (played_ms - REAL_S * 500, played_ms + REAL_S * 500)
        files = await library.record(stream, real[0], clip(REAL_S, numbered=True), file_s=REAL_S / 2)
        async with database.write() as session:
            like = await session.get_one(SegmentRow, files[0].id)
            for a, b in _spans(start_ms, end_ms, real, away):
                session.add(
                    SegmentRow(
                        id=uuid7(a),
                        stream_id=stream,
                        volume_id=like.volume_id,
                        init_id=like.init_id,
                        run_id=like.run_id,
                        sequence=0,
                        path=f"{slug}/{a}.mp4",
                        state="closed",
                        start_ms=a,
                        end_ms=b,
                        start_ticks=0,
                        duration_ticks=(b - a) * 90,
                        bytes=b - a,
                        frames=(b - a) // 40,
                        sha256="00" * 32,
                    )
                )
            cause = GapCause.CAMERA_OFFLINE
            session.add(GapRow(stream_id=stream, start_ms=away[0], end_ms=away[1], cause=cause, detail="No answer"))
            off = GapCause.STOPPED
            session.add(GapRow(stream_id=stream, start_ms=end_ms, end_ms=SystemClock().now_ms(), cause=off, detail=""))
    finally:
        await database.engine.dispose()


async def _camera(database: Database, slug: str, created_ms: int) -> int:
    stream = await add_stream(database, slug, enabled=False)
    async with database.write() as session:
        row = await session.get_one(StreamRow, stream)
        camera = await session.get_one(CameraRow, row.camera_id)
        camera.created_ms = created_ms
        camera.name = slug.capitalize()
    return stream


def _spans(start_ms: int, end_ms: int, *without: tuple[int, int]) -> list[tuple[int, int]]:
    """Quarters of an hour, without some spans."""
    found = []
    for a in range(start_ms, end_ms, QUARTER):
        pieces = [(a, min(a + QUARTER, end_ms))]
        for gone_from, gone_to in without:
            pieces = [
                piece
                for x, y in pieces
                for piece in ((x, min(y, gone_from)), (max(x, gone_to), y))
                if piece[0] < piece[1]
            ]
        found += pieces
    return found
