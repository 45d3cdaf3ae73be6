"""Sweeps over real rows and files, on both databases."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from tests.support.footage import DAY, HOUR, T0, add_stream, camera_of, new_segment
from tests.support.mounts import Mount
from vedette.access.principal import SYSTEM
from vedette.audit import repository as audit
from vedette.audit.repository import Filter
from vedette.cameras.tables import CameraRow
from vedette.core.clock import ManualClock
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.events import outbox
from vedette.http.instants import format_instant
from vedette.recordings import holds, ledger, repository
from vedette.recordings.holds import NewHold
from vedette.recordings.model import GapCause, NewSegment, SegmentState
from vedette.recordings.tables import SegmentRow
from vedette.retention import repository as retention
from vedette.retention.planner import Reason
from vedette.retention.service import WORDS, RetentionService, Swept
from vedette.storage.service import VolumeChange, VolumeService

pytestmark = pytest.mark.anyio

NOW = T0 + 10 * DAY


class Site:
    """Volumes with files of one kilobyte (or as told), and the services over them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = ManualClock(NOW)
        self.volumes = VolumeService(database, self.clock)
        self.retention = RetentionService(database, self.clock)

    async def volume(self, path: Path, **limits: Any) -> int:
        row = await self.volumes.create(path.name, path, SYSTEM, create=True)
        change = VolumeChange(row.name, None, None, 0)
        await self.volumes.change(row.id, replace(change, **limits), SYSTEM)
        return row.id

    async def record(
        self, stream: int, volume: int, *ages_days: float, size: int = 1000, state: str = SegmentState.CLOSED
    ) -> list[NewSegment]:
        """Files of an hour that began so many days ago."""
        root = Path((await self.volumes.get(volume)).location)
        made = []
        for age in ages_days:
            segment = new_segment(stream, volume, NOW - round(age * DAY), HOUR, bytes=size)
            (root / segment.path).parent.mkdir(exist_ok=True)
            (root / segment.path).write_bytes(bytes(size))
            async with self.database.write() as session:
                await ledger.insert_segment(session, segment, state=state)
            made.append(segment)
        return made

    async def sweep(self, *, only_pressure: bool = False) -> Swept:
        present = await self.volumes.probe_all()
        return await (self.retention.relieve(present) if only_pressure else self.retention.sweep(present))

    async def left(self, stream: int) -> list[float]:
        """Ages in days of what is left, the oldest first; rows and files agree."""
        async with self.database.read() as session:
            rows = await repository.overlapping(session, stream, 0, NOW + DAY)
        for row in rows:
            assert (Path((await self.volumes.get(row.volume_id)).location) / row.path).exists()
        return [round((NOW - row.start_ms) / DAY, 2) for row in rows]

    async def files(self, volume: int) -> int:
        return len(list(Path((await self.volumes.get(volume)).location).rglob("*.mp4")))

    async def limit(self, stream: int, **values: object) -> UUID:
        camera_id = await camera_of(self.database, stream)
        async with self.database.write() as session:
            row = await session.get_one(CameraRow, camera_id)
            for name, value in values.items():
                setattr(row, name, value)
        return camera_id

    async def hold(self, segment: NewSegment) -> None:
        camera_id = await camera_of(self.database, segment.stream_id)
        async with self.database.write() as session:
            await holds.place(session, NewHold(camera_id, segment.start_ms, segment.end_ms, "police", "case"), NOW)

    async def shortfalls(self) -> list[str]:
        return [row.key for row in await self.retention.shortfalls()]


@pytest.fixture
def site(database: Database) -> Site:
    return Site(database)


async def test_nothing_goes_while_no_limit_is_reached(site: Site, tmp_path: Path) -> None:
    volume, stream = await site.volume(tmp_path / "a"), await add_stream(site.database)
    await site.record(stream, volume, 9, 5, 1)
    swept = await site.sweep()
    assert (swept.files, swept.bytes, swept.shortfalls) == (0, 0, [])
    assert await site.left(stream) == [9, 5, 1]


async def test_days_of_a_camera_on_both_streams_and_all_volumes(site: Site, tmp_path: Path) -> None:
    fast, slow = await site.volume(tmp_path / "fast"), await site.volume(tmp_path / "slow")
    main, other = await add_stream(site.database), await add_stream(site.database, "door")
    camera = await site.limit(main, keep_days=3)
    sub = await add_stream(site.database, kind="sub", camera_id=camera)
    for stream in (main, sub, other):
        await site.record(stream, fast, 5, 3.02, 2)
    await site.record(main, slow, 8)
    swept = await site.sweep()
    # 3.02 days ago an hour began that ended less than 3 days ago: it is kept to its end.
    assert (await site.left(main), await site.left(sub), await site.left(other)) == (
        [3.02, 2],
        [3.02, 2],
        [5, 3.02, 2],
    )
    assert (swept.files, swept.bytes) == (3, 3000)
    assert (await site.files(fast), await site.files(slow)) == (7, 0)
    async with site.database.read() as session:
        (gap,) = (await repository.gaps(session, [main], 0, NOW))[main]
    assert (gap.cause, gap.start_ms, gap.end_ms) == (GapCause.DELETED_BY_RETENTION, NOW - 8 * DAY, NOW - 5 * DAY + HOUR)
    async with site.database.read() as session:
        told = await audit.page(session, Filter(action="retention"), 10, None)
    # One entry for each camera and run, in the transaction that deletes.
    assert [(row.action, row.actor_kind, row.camera_id, row.before) for row in told] == [
        (
            "retention.delete",
            "system",
            camera,
            {
                "files": 3,
                "bytes": 3000,
                "from": format_instant(NOW - 8 * DAY),
                "to": format_instant(NOW - 5 * DAY + HOUR),
            },
        )
    ]
    assert told[0].detail == WORDS[Reason.DAYS]


async def test_days_and_bytes_of_a_volume(site: Site, tmp_path: Path) -> None:
    volume = await site.volume(tmp_path / "a", keep_days=7, keep_bytes=3500)
    one, two = await add_stream(site.database), await add_stream(site.database, "door")
    await site.record(one, volume, 9, 6, 4)
    await site.record(two, volume, 8, 5, 3, 1)
    await site.sweep()
    assert (await site.left(one), await site.left(two)) == ([4], [3, 1])


async def test_bytes_of_a_camera(site: Site, tmp_path: Path) -> None:
    volume, stream = await site.volume(tmp_path / "a"), await add_stream(site.database)
    camera = await site.limit(stream, keep_bytes=2000)
    sub = await add_stream(site.database, kind="sub", camera_id=camera)
    await site.record(stream, volume, 4, 2)
    await site.record(sub, volume, 3, 1)
    await site.sweep()
    assert (await site.left(stream), await site.left(sub)) == ([2], [1])


async def test_held_and_open_footage_stays_and_the_promise_is_told(site: Site, tmp_path: Path) -> None:
    volume, stream = await site.volume(tmp_path / "a"), await add_stream(site.database)
    camera = await site.limit(stream, keep_bytes=1500, keep_days=3)
    held, *_ = await site.record(stream, volume, 5, 4)
    await site.hold(held)
    await site.record(stream, volume, 0.01, state=SegmentState.OPEN)
    swept = await site.sweep()
    assert await site.left(stream) == [5, 0.01]
    assert [shortfall.key for shortfall in swept.shortfalls] == [f"camera:{camera}:bytes"]
    assert await site.shortfalls() == [f"camera:{camera}:bytes"]
    await site.sweep()
    await site.limit(stream, keep_bytes=5000)
    await site.sweep()
    assert await site.shortfalls() == []
    async with site.database.read() as session:
        told = [row.payload["lasts"] for row in await outbox.after(session, 0, 100) if row.topic == "storage"]
    assert told == [True, False]


async def test_a_disk_under_pressure_is_relieved_oldest_first(site: Site, tmpfs: Mount) -> None:
    volume = await site.volume(tmpfs.path, headroom_percent=50)
    one, two = await add_stream(site.database), await add_stream(site.database, "door")
    await site.record(one, volume, 9, 7, 5, 3, size=98_304)
    await site.record(two, volume, 8, 6, 4, 2, size=98_304)
    space = (await site.volumes.probe_all())[volume][1].space
    assert space is not None
    assert space.free_bytes < space.total_bytes // 2
    swept = await site.sweep(only_pressure=True)
    space = (await site.volumes.probe_all())[volume][1].space
    assert space is not None
    assert space.free_bytes >= space.total_bytes // 2
    assert (await site.left(one), await site.left(two)) == ([5, 3], [6, 4, 2])
    assert (swept.files, swept.shortfalls) == (3, [])
    assert (await site.sweep(only_pressure=True)).files == 0


async def test_a_full_disk_is_relieved_too(site: Site, tmpfs: Mount) -> None:
    volume, stream = await site.volume(tmpfs.path, headroom_percent=10), await add_stream(site.database)
    await site.record(stream, volume, 3, 2, 1, size=200_000)
    tmpfs.fill()
    assert (await site.volumes.probe_all())[volume][1].state == "full"
    await site.sweep(only_pressure=True)
    assert await site.left(stream) == [2, 1]
    assert (await site.volumes.probe_all())[volume][1].state == "ok"


async def test_pressure_that_nothing_relieves_is_told_and_taken_back(site: Site, tmpfs: Mount) -> None:
    volume, stream = await site.volume(tmpfs.path, headroom_percent=10), await add_stream(site.database)
    held, *_ = await site.record(stream, volume, 3, size=200_000)
    await site.hold(held)
    tmpfs.fill()
    await site.sweep(only_pressure=True)
    assert await site.shortfalls() == [f"volume:{volume}:headroom"]
    async with site.database.read() as session:
        (warning,) = await retention.warnings(session)
    assert warning.startswith("disk: The volume lacks")
    assert await site.left(stream) == [3]
    (tmpfs.path / "other-things").unlink()
    await site.sweep(only_pressure=True)
    assert await site.shortfalls() == []


async def test_days_that_there_is_no_room_for_are_told(site: Site, tmpfs: Mount) -> None:
    volume, stream = await site.volume(tmpfs.path, headroom_percent=10), await add_stream(site.database)
    camera = await site.limit(stream, keep_days=9)
    await site.record(stream, volume, 4, 3, 2, size=200_000)
    tmpfs.fill()
    await site.sweep(only_pressure=True)
    assert await site.shortfalls() == [f"camera:{camera}:days"]
    (row,) = await site.retention.shortfalls()
    assert "9 days" in row.detail
    assert "room for 3" in row.detail
    (tmpfs.path / "other-things").unlink()
    await site.sweep()
    assert await site.shortfalls() == [f"camera:{camera}:days"]  # it is still as short
    site.clock.advance(7 * 86_400)  # until what is left is as old as promised
    await site.sweep()
    assert await site.shortfalls() == []


async def test_a_volume_that_is_away_loses_rows_but_no_files_yet(site: Site, tmp_path: Path) -> None:
    volume, stream = await site.volume(tmp_path / "a"), await add_stream(site.database)
    await site.limit(stream, keep_days=3)
    await site.record(stream, volume, 5, 1)
    (tmp_path / "a").rename(tmp_path / "unplugged")
    await site.sweep()
    assert len(list((tmp_path / "unplugged").rglob("*.mp4"))) == 2
    (tmp_path / "unplugged").rename(tmp_path / "a")
    await site.sweep()
    assert await site.left(stream) == [1]
    assert await site.files(volume) == 1


async def test_a_camera_deleted_with_its_footage(site: Site, tmp_path: Path) -> None:
    volume, stream, other = (
        await site.volume(tmp_path / "a"),
        await add_stream(site.database),
        await add_stream(site.database, "door"),
    )
    held, *_ = await site.record(stream, volume, 2, 1)
    await site.hold(held)
    await site.record(other, volume, 2, 1)
    await site.limit(stream, deleted_ms=NOW, discard_footage=True)
    await site.limit(other, deleted_ms=NOW)
    await site.sweep()
    assert (await site.left(stream), await site.left(other)) == ([2], [2, 1])


async def test_many_files_go_in_batches(site: Site, tmp_path: Path) -> None:
    volume, stream = await site.volume(tmp_path / "a"), await add_stream(site.database)
    await site.limit(stream, keep_days=1)
    (first,) = await site.record(stream, volume, 9)
    async with site.database.write() as session:
        row = asdict(await repository.get(session, first.id) or first)
        starts = range(first.start_ms + HOUR, first.start_ms + HOUR + 600 * 1000, 1000)
        rows = [row | {"id": uuid7(), "start_ms": at, "end_ms": at + 1000, "path": f"{at}.mp4"} for at in starts]
        await session.execute(insert(SegmentRow), rows)
        usage = ledger.UsageChange()
        for at in starts:
            usage.add(volume, stream, at, ledger.Counts(row["bytes"], 1, 1000))
        await usage.apply(session)
    swept = await site.sweep()
    assert (swept.files, await site.left(stream)) == (601, [])
    assert (await site.files(volume), await site.retention.shortfalls()) == (0, [])
