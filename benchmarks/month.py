"""Months of footage in an index: a row for every quarter of an hour of every camera, with its groups of pictures; all
of them name one real file. Rows are put in by bulk."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from benchmarks.archive import SEGMENT_MS, make_segment
from benchmarks.installation import Installation
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.media.fmp4.segment import Finalised
from vedette.recordings import ledger
from vedette.recordings.packing import pack
from vedette.storage.tables import VolumeRow


async def fill(installation: Installation, start_ms: int, end_ms: int) -> Path:
    """Rows for the main stream of every camera, in `[start_ms, end_ms)`. Returns the file that all of them name."""
    volume = installation.settings.default_volume
    original = volume / "cam-1" / "original.mp4"
    original.parent.mkdir()
    made = make_segment(original)
    database = Database(installation.settings.sqlalchemy_url)
    try:
        async with database.write() as session:
            init_id = await ledger.ensure_init(session, made.init)
            volume_id = (await session.scalars(select(VolumeRow.id))).one()
            streams = list(await session.scalars(select(StreamRow.id).join(CameraRow).where(StreamRow.kind == "main")))
        path = installation.data / "vedette.sqlite"
        await asyncio.to_thread(_bulk, path, streams, volume_id, init_id, made, start_ms, end_ms)
        async with database.write() as session:
            await ledger.recount_usage(session)
    finally:
        await database.aclose()
    return original


def _bulk(
    path: Path, streams: list[int], volume_id: int, init_id: int, made: Finalised, start_ms: int, end_ms: int
) -> None:
    packed = pack(made.index)
    rows = list(_rows(streams, volume_id, init_id, made, start_ms, end_ms))
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN IMMEDIATE")
        # Cameras that were made a moment ago have footage of a month.
        database.execute("UPDATE camera SET created_ms = ?", (start_ms,))
        database.executemany(
            "INSERT INTO segment (id, stream_id, volume_id, init_id, run_id, sequence, path, state, start_ms, end_ms,"
            " start_ticks, duration_ticks, bytes, frames, sha256) VALUES (?,?,?,?,?,?,?,'closed',?,?,?,?,?,?,?)",
            rows,
        )
        database.executemany(
            "INSERT INTO segment_index (segment_id, groups) VALUES (?, ?)", ((row[0], packed) for row in rows)
        )
        database.execute("COMMIT")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()


def _rows(
    streams: list[int], volume_id: int, init_id: int, made: Finalised, start_ms: int, end_ms: int
) -> Iterator[tuple[object, ...]]:
    length_ms = made.duration_ticks // 90
    for number, at_ms in enumerate(range(start_ms, end_ms, SEGMENT_MS)):
        for stream in streams:
            span = (at_ms, at_ms + length_ms, made.start_ticks, made.duration_ticks)
            key, run = uuid7(at_ms).bytes, uuid7(at_ms).bytes
            facts = (made.bytes, made.frames, f"{stream:032x}{number:032x}")
            yield (key, stream, volume_id, init_id, run, 0, "cam-1/original.mp4", *span, *facts)
