"""The index rebuilt from the files alone is the index that was there, on both databases, with real files."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from tests.support.footage import DAY, T0, add_stream, camera_of, every_segment
from tests.support.library import clip
from tests.support.shelf import Shelf
from vedette.cameras.lost import UNKNOWN_URL
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.clock import ManualClock
from vedette.db.session import Database
from vedette.recordings import repository, trash
from vedette.recordings.check import check
from vedette.recordings.findings import Finding
from vedette.recordings.model import GapCause
from vedette.recordings.reindex import Reindexed, reindex
from vedette.recordings.tables import GapRow, InitRow, RunRow, SegmentIndexRow, SegmentRow, UsageRow
from vedette.storage.service import VolumeService
from vedette.storage.tables import VolumeRow

pytestmark = pytest.mark.anyio

LATER = ManualClock(T0 + 2 * DAY)


async def rebuild(database: Database, *, hashed: bool = True) -> Reindexed:
    async for item in reindex(database, LATER, hashed=hashed):
        if isinstance(item, Reindexed):
            return item
    raise AssertionError("reindex ends with its result")


async def content(database: Database) -> dict[str, list[Any]]:
    """All that the files know, by names instead of the database's own keys."""
    stream = (CameraRow.id, StreamRow.kind)
    segment = [getattr(SegmentRow, name) for name in SegmentRow.__table__.columns.keys()]  # noqa: SIM118
    segment = [column for column in segment if column.key not in ("stream_id", "volume_id", "init_id")]
    joined = (
        select(*stream, VolumeRow.marker, InitRow.digest, SegmentIndexRow.groups, *segment)
        .select_from(SegmentRow)
        .join(StreamRow, StreamRow.id == SegmentRow.stream_id)
        .join(CameraRow, CameraRow.id == StreamRow.camera_id)
        .join(VolumeRow, VolumeRow.id == SegmentRow.volume_id)
        .join(InitRow, InitRow.id == SegmentRow.init_id)
        .join(SegmentIndexRow, SegmentIndexRow.segment_id == SegmentRow.id)
        .order_by(SegmentRow.id)
    )
    usage = (
        select(*stream, VolumeRow.marker, UsageRow.day, UsageRow.bytes, UsageRow.files, UsageRow.duration_ms)
        .join(StreamRow, StreamRow.id == UsageRow.stream_id)
        .join(CameraRow, CameraRow.id == StreamRow.camera_id)
        .join(VolumeRow, VolumeRow.id == UsageRow.volume_id)
        .order_by(UsageRow.day, CameraRow.id, StreamRow.kind)
    )
    init = [column for column in InitRow.__table__.columns if column.key != "id"]
    inits = select(*init).order_by(InitRow.digest)
    runs = (
        select(*stream, RunRow.id, RunRow.node, RunRow.start_ms, RunRow.end_ms)
        .join(StreamRow, StreamRow.id == RunRow.stream_id)
        .join(CameraRow, CameraRow.id == StreamRow.camera_id)
        .order_by(RunRow.id)
    )
    async with database.read() as session:
        return {
            name: [tuple(row) for row in await session.execute(statement)]
            for name, statement in {"segments": joined, "usage": usage, "inits": inits, "runs": runs}.items()
        }


def digest(of: dict[str, list[Any]]) -> str:
    return hashlib.sha256(repr(of).encode()).hexdigest()


async def empty(database: Database) -> None:
    """As if the database was lost and made anew."""
    async with database.write() as session:
        for table in (
            "segment_index",
            "segment",
            "usage",
            "gap",
            "run",
            "garbage",
            "init",
            "stream",
            "camera",
            "volume",
        ):
            await session.execute(text(f"DELETE FROM {table}"))


@pytest.fixture
async def shelf(database: Database, tmp_path: Path) -> Shelf:
    """Two cameras, one of them with a sub-stream and other pictures there; two days."""
    shelf = await Shelf.make(database, tmp_path / "footage")
    gate, door = await add_stream(database, "gate"), await add_stream(database, "door")
    sub = await add_stream(database, kind="sub", camera_id=await camera_of(database, gate))
    for stream, media in ((gate, clip()), (door, clip(sound=True)), (sub, clip(width=160, height=90))):
        for start in (T0, T0 + DAY):
            await shelf.record(stream, start, media, files=2)
    return shelf


async def test_nothing_is_lost_with_the_database(shelf: Shelf) -> None:
    database = shelf.database
    before = await content(database)
    await empty(database)
    await VolumeService(database, LATER).ensure_default(shelf.root)
    done = await rebuild(database)
    after = await content(database)
    for name in before:
        assert after[name] == before[name]
    assert digest(after) == digest(before)
    assert (done.files, done.added, done.changed, done.removed, done.unreadable) == (12, 12, 0, 0, [])
    assert sorted(done.cameras) == ["door", "gate"]
    async with database.read() as session:
        cameras = (await session.scalars(select(CameraRow))).all()
        assert {(camera.slug, camera.enabled) for camera in cameras} == {("gate", False), ("door", False)}
        assert {stream.url for camera in cameras for stream in camera.streams} == {UNKNOWN_URL}
    assert [item async for item in check(database, LATER, verify=True) if isinstance(item, Finding)] == []


async def test_a_second_time_changes_nothing(shelf: Shelf) -> None:
    before = await content(shelf.database)
    done = await rebuild(shelf.database)
    assert (done.files, done.added, done.changed, done.removed, done.cameras) == (12, 0, 0, 0, [])
    assert await content(shelf.database) == before
    async with shelf.database.read() as session:
        engines = set(await session.scalars(select(RunRow.engine)))
    assert engines == {"native"}


async def test_a_database_from_yesterday_is_brought_up_to_date(shelf: Shelf) -> None:
    """Some rows are missing, some are wrong, and some files are gone."""
    before = await content(shelf.database)
    async with shelf.database.write() as session:
        rows = await every_segment(session)
        await session.execute(delete(SegmentRow).where(SegmentRow.id.in_([row.id for row in rows[:3]])))
        wrong = update(SegmentRow).where(SegmentRow.id.in_([row.id for row in rows[3:5]]))
        await session.execute(wrong.values(bytes=1, frames=2))
        await session.execute(delete(SegmentIndexRow).where(SegmentIndexRow.segment_id == rows[5].id))
    done = await rebuild(shelf.database)
    assert (done.added, done.changed, done.removed) == (3, 3, 0)
    assert await content(shelf.database) == before
    (shelf.root / rows[7].path).unlink()
    done = await rebuild(shelf.database)
    assert (done.added, done.changed, done.removed) == (0, 0, 1)
    async with shelf.database.read() as session:
        gap = (await session.scalars(select(GapRow).where(GapRow.cause == GapCause.LOST))).one()
        assert (gap.stream_id, gap.start_ms, gap.end_ms) == (rows[7].stream_id, rows[7].start_ms, rows[7].end_ms)
    assert [item async for item in check(shelf.database, LATER) if isinstance(item, Finding)] == []


async def test_without_hashes_the_rest_is_the_same(shelf: Shelf) -> None:
    before = await content(shelf.database)
    await empty(shelf.database)
    await VolumeService(shelf.database, LATER).ensure_default(shelf.root)
    await rebuild(shelf.database, hashed=False)
    after = await content(shelf.database)
    assert len(after["segments"]) == len(before["segments"])
    for new, old in zip(after["segments"], before["segments"], strict=True):
        assert new[:-1] == old[:-1]
        assert new[-1] is None


async def test_what_was_deleted_does_not_come_back(shelf: Shelf) -> None:
    async with shelf.database.write() as session:
        doomed = (await every_segment(session))[0]
        await trash.discard(session, [doomed.id], GapCause.DELETED_BY_PERSON, "", T0)
    assert (await rebuild(shelf.database)).added == 0
    async with shelf.database.read() as session:
        assert await repository.get(session, doomed.id) is None


async def test_torn_files_are_finished_and_empty_or_strange_ones_told(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database, "yard")
    torn = await shelf.begin(stream, T0, clip())
    torn.write(clip().parts[1], torn=True)
    strange = torn.path.with_name("strange.mp4")
    strange.write_bytes(b"mine")
    done = await rebuild(shelf.database)
    assert (done.added, [path for path, _ in done.unreadable]) == (1, [str(strange)])
    async with shelf.database.read() as session:
        row = await repository.get(session, torn.id)
    assert row is not None
    assert row.frames == torn.parts[0].samples


async def test_recorders_at_work_are_left_alone(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database, "yard")
    live = await shelf.begin(stream, LATER.now_ms() - 1000, clip())
    await shelf.open(live)
    before = live.path.read_bytes()
    os.utime(live.path, (LATER.now_ms() / 1000,) * 2)
    done = await rebuild(shelf.database)
    assert (done.files, done.added) == (12, 0)
    assert live.path.read_bytes() == before


async def test_a_camera_of_another_id_does_not_take_the_name(shelf: Shelf) -> None:
    """The database was lost, and a person added a camera of the same name before reindexing."""
    await empty(shelf.database)
    await VolumeService(shelf.database, LATER).ensure_default(shelf.root)
    await add_stream(shelf.database, "gate")
    assert sorted((await rebuild(shelf.database)).cameras) == ["door", "gate-2"]
