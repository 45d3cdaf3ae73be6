from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.support.footage import DAY, HOUR, MINUTE, T0, add_stream, add_volume, camera_of, new_segment
from tests.support.library import clip
from tests.support.shelf import Shelf
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.db.session import Database
from vedette.recordings import garbage, ledger, trash, upkeep
from vedette.recordings.model import Gap, GapCause, HealthSample, SegmentState
from vedette.recordings.recovery import recover
from vedette.recordings.tables import GapRow, HealthRow, RunRow, SegmentRow
from vedette.recordings.upkeep import Hasher

pytestmark = pytest.mark.anyio

NOW = T0 + 30 * DAY


async def count(database: Database, table: type) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_health_is_kept_for_a_week(database: Database) -> None:
    streams = [await add_stream(database, slug) for slug in ("gate", "door")]
    minutes = [NOW // MINUTE - 7 * 1440 + at for at in (-2, -1, 0, 1)]
    async with database.write() as session:
        samples = [HealthSample(s, m, 1, 1, None, 1, 0, None, None, 0, 60) for s in streams for m in minutes]
        await ledger.store_health(session, samples)
    async with database.write() as session:
        assert await upkeep.prune_health(session, NOW) == 4
    assert await count(database, HealthRow) == 4


async def test_runs_go_with_their_footage(database: Database) -> None:
    stream, empty, volume = await add_stream(database), await add_stream(database, "door"), await add_volume(database)
    async with database.write() as session:
        await ledger.insert_segment(session, new_segment(stream, volume, T0 + 2 * HOUR), state=SegmentState.CLOSED)
        for key, (owner, start, end) in enumerate(
            [
                (stream, 0, HOUR),  # before the oldest footage
                (stream, HOUR, 3 * HOUR),
                (stream, 4 * HOUR, None),
                (empty, 0, HOUR),
                (empty, 29 * DAY, 29 * DAY + HOUR),  # of this week
            ]
        ):
            ends = None if end is None else T0 + end
            run_id = new_segment(owner, volume, key).id
            session.add(RunRow(id=run_id, stream_id=owner, node="n", engine="native", start_ms=T0 + start, end_ms=ends))
    async with database.write() as session:
        assert await upkeep.prune_runs(session, NOW) == 2
    assert await count(database, RunRow) == 3


async def test_a_deleted_camera_is_forgotten_with_its_last_footage(database: Database) -> None:
    volume = await add_volume(database)
    streams = [await add_stream(database, slug) for slug in ("full", "empty", "fresh", "present")]
    removed = await add_stream(database, kind="sub", camera_id=await camera_of(database, streams[3]))
    segment = new_segment(streams[0], volume, T0)
    async with database.write() as session:
        await ledger.insert_segment(session, segment, state=SegmentState.CLOSED)
        await ledger.add_ended_gap(session, streams[1], Gap(T0, T0 + 1, GapCause.NETWORK), T0)
        for stream, deleted_ms in zip(streams, (T0, T0, NOW - 1000), strict=False):
            camera = await session.get_one(CameraRow, (await session.get_one(StreamRow, stream)).camera_id)
            camera.deleted_ms = deleted_ms
        (await session.get_one(StreamRow, removed)).removed_ms = T0
    async with database.write() as session:
        assert await upkeep.forget_deleted(session, NOW) == 1
    assert (await count(database, CameraRow), await count(database, StreamRow), await count(database, GapRow)) == (
        3,
        3,
        0,
    )
    async with database.write() as session:
        await trash.discard(session, [segment.id], GapCause.DELETED_BY_RETENTION, "", NOW)
        assert await upkeep.forget_deleted(session, NOW) == 1
    assert await count(database, CameraRow) == 2
    assert await garbage.collect(database, {}) == garbage.Collected(0, 0, [])


async def test_a_repaired_file_gets_the_hash_that_it_would_have_had(database: Database, tmp_path: Path) -> None:
    shelf = await Shelf.make(database, tmp_path / "footage")
    stream = await add_stream(database)
    file, broken = await shelf.begin(stream, T0, clip()), await shelf.begin(stream, T0 + HOUR, clip())
    await shelf.open(file)
    await shelf.open(broken)
    file.write(clip().parts[1])
    sha256 = file.sha256
    file.write(clip().parts[2], torn=True)
    file.parts.clear()
    places = {shelf.volume_id: shelf.root}
    await recover(database, shelf.clock, [stream], places)
    broken.path.write_bytes(b"")
    hasher = Hasher(database)
    assert await hasher.run({}, 10) == 0
    assert sum([await hasher.run(places, 1) for _ in range(3)]) == 1
    async with database.read() as session:
        assert (await session.get_one(SegmentRow, file.id)).sha256 == sha256
        assert (await session.get_one(SegmentRow, broken.id)).sha256 is None
