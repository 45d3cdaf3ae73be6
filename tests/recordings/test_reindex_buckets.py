"""A lost database comes back with footage in a bucket, of whose files only the ends are read."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text

from tests.recordings.test_reindex import LATER, content, empty
from tests.support.buckets import KEY, Cold
from tests.support.ceph import Gateway
from tests.support.footage import T0, add_stream
from tests.support.library import clip
from tests.support.shelf import Shelf
from vedette.access.principal import SYSTEM
from vedette.db.session import Database
from vedette.media.fmp4.segment import finalise
from vedette.recordings import far
from vedette.recordings.check import check
from vedette.recordings.findings import Finding
from vedette.recordings.model import GapCause
from vedette.recordings.reindex import Reindexed, reindex
from vedette.recordings.tables import GapRow, SegmentRow
from vedette.storage.objects import StoredObject
from vedette.storage.s3.buckets import Buckets
from vedette.storage.s3.service import BucketService
from vedette.storage.service import VolumeService
from vedette.storage.tables import Delivery
from vedette.vault import Vault

pytestmark = [pytest.mark.anyio, pytest.mark.ceph]


@pytest.fixture
async def shelf(database: Database, tmp_path: Path) -> Shelf:
    """Two cameras, one with sound, each with four files."""
    shelf = await Shelf.make(database, tmp_path / "footage")
    gate, door = await add_stream(database, "gate"), await add_stream(database, "door")
    for stream, media in ((gate, clip()), (door, clip(sound=True))):
        await shelf.record(stream, T0, media, files=4)
    return shelf


async def rebuild(database: Database, cold: Cold) -> Reindexed:
    async for item in reindex(database, LATER, buckets=cold.buckets):
        if isinstance(item, Reindexed):
            return item
    raise AssertionError("reindex ends with its result")


def comparable(of: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Without hashes, which need the whole files."""
    return of | {"segments": [row[:-1] for row in of["segments"]]}


async def findings(database: Database, cold: Cold) -> list[Finding]:
    return [item async for item in check(database, LATER, buckets=cold.buckets) if isinstance(item, Finding)]


async def test_nothing_is_lost_with_the_database(shelf: Shelf, gateway: Gateway) -> None:
    database = shelf.database
    cold = await Cold.make(database, gateway)
    async with database.read() as session:
        ends = sorted(await session.scalars(select(SegmentRow.end_ms)))
    moved = await cold.move(ends[3])
    assert 0 < moved < 8
    before = comparable(await content(database))
    async with database.write() as session:
        await session.execute(text("DELETE FROM footage_move"))
        await session.execute(text("DELETE FROM volume_bucket"))
    await empty(database)
    await VolumeService(database, LATER).ensure_default(shelf.root)
    buckets = Buckets(database, cold.clock, Vault(KEY))
    address = gateway.address(cold.name, "house")
    await BucketService(database, cold.clock, buckets).create("cold", address, Delivery.SERVER, SYSTEM, create=False)
    done = await rebuild(database, cold)
    assert (done.files, done.added, done.removed, done.unreadable) == (8, 8, 0, [])
    assert comparable(await content(database)) == before
    assert await findings(database, cold) == []
    # And a second time changes nothing.
    again = await rebuild(database, cold)
    assert (again.added, again.changed, again.removed) == (0, 0, 0)


async def test_a_database_from_before_the_move(shelf: Shelf, gateway: Gateway) -> None:
    """Rows name the directory, the files lie in the bucket: they are found there, and no gap is left."""
    database = shelf.database
    cold = await Cold.make(database, gateway)
    async with database.read() as session:
        rows = {row.id: (row.volume_id, row.path) for row in await session.scalars(select(SegmentRow))}
    assert await cold.move() == 8
    async with database.write() as session:
        for key, place in rows.items():
            row = await session.get_one(SegmentRow, key)
            row.volume_id, row.path = place
    done = await rebuild(database, cold)
    assert (done.added, done.changed, done.removed) == (0, 8, 0)
    async with database.read() as session:
        assert set(await session.scalars(select(SegmentRow.volume_id))) == {cold.volume_id}
        assert list(await session.scalars(select(GapRow).where(GapRow.cause == GapCause.LOST))) == []


async def test_what_is_gone_there_goes_here_and_strange_objects_are_told(shelf: Shelf, gateway: Gateway) -> None:
    database = shelf.database
    cold = await Cold.make(database, gateway)
    assert await cold.move() == 8
    first, second = cold.keys()[:2]
    gateway.ask("DELETE", cold.name, f"house/{first}").raise_for_status()
    gateway.ask("PUT", cold.name, "house/mine/strange.mp4", content=b"mine").raise_for_status()
    async with database.write() as session:
        await session.execute(delete(SegmentRow).where(SegmentRow.path == second))
    done = await rebuild(database, cold)
    assert (done.added, done.removed) == (1, 1)
    assert [path.rpartition("/")[2] for path, _ in done.unreadable] == ["strange.mp4"]


async def test_a_storage_that_is_away_takes_no_row_with_it(shelf: Shelf, gateway: Gateway) -> None:
    database = shelf.database
    cold = await Cold.make(database, gateway)
    assert await cold.move() == 8
    gateway.stop()
    try:
        done = await rebuild(database, cold)
    finally:
        gateway.start()
    assert (done.files, done.removed, len(done.unreadable)) == (0, 0, 1)
    async with database.read() as session:
        assert len(list(await session.scalars(select(SegmentRow.id)))) == 8


@dataclass
class Ranges:
    """An object on a disk that writes down what is read of it."""

    file: Path
    read_bytes: list[int] = field(default_factory=list)

    async def read(self, path: str, start: int, end: int) -> bytes:
        self.read_bytes.append(end - start)
        return self.file.read_bytes()[start:end]


async def test_only_the_ends_are_read(sqlite_database: Database, tmp_path: Path) -> None:
    shelf = await Shelf.make(sqlite_database, tmp_path / "footage")
    stream = await add_stream(sqlite_database)
    await shelf.record(stream, T0, clip(12.0, sound=True, numbered=True, width=1280, height=720), files=1)
    (file,) = (tmp_path / "footage").rglob("*.mp4")
    size = file.stat().st_size
    bucket = Ranges(file)
    done = await far.read(bucket, StoredObject("x.mp4", size, T0))  # type: ignore[arg-type]
    assert len(bucket.read_bytes) == 2
    assert sum(bucket.read_bytes) < size / 2
    assert done == finalise(file)
