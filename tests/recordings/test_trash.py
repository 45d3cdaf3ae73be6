"""Deleting footage, on both databases, with real files."""

import itertools
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.support.footage import DAY, MINUTE, T0, add_stream, add_volume, camera_of, groups_of, new_segment
from tests.support.mounts import Mount
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.recordings import garbage, holds, ledger, repository, trash
from vedette.recordings.holds import NewHold
from vedette.recordings.model import Gap, GapCause, NewSegment, SegmentState
from vedette.recordings.packing import pack
from vedette.recordings.tables import GapRow, GarbageRow, SegmentIndexRow, UsageRow
from vedette.storage import volumes

pytestmark = pytest.mark.anyio

RETENTION, PERSON = GapCause.DELETED_BY_RETENTION, GapCause.DELETED_BY_PERSON


class Footage:
    """Segments of one minute with files, and what is left of them."""

    def __init__(self, database: Database, root: Path, stream: int, volume: int) -> None:
        self.database, self.root, self.stream, self.volume = database, root, stream, volume

    async def record(self, *minutes: int, state: str = SegmentState.CLOSED) -> list[NewSegment]:
        made = []
        async with self.database.write() as session:
            for minute in minutes:
                segment = new_segment(self.stream, self.volume, T0 + minute * MINUTE)
                segment = replace(segment, path=f"gate/day-{minute // 10}/{minute}.mp4")
                await ledger.insert_segment(session, segment, state=state)
                await ledger.store_groups(session, {segment.id: pack(groups_of(segment))})
                path = self.root / segment.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(bytes(100))
                made.append(segment)
        return made

    async def discard(self, *segments: NewSegment, cause: GapCause = RETENTION) -> list[UUID]:
        async with self.database.write() as session:
            gone = await trash.discard(session, [segment.id for segment in segments], cause, "why", T0 + DAY)
        return [segment.id for segment in gone.segments]

    async def gaps(self) -> list[tuple[float, float, GapCause]]:
        async with self.database.read() as session:
            found = (await repository.gaps(session, [self.stream], T0 - DAY, T0 + 10 * DAY))[self.stream]
        return [((gap.start_ms - T0) / MINUTE, ((gap.end_ms or 0) - T0) / MINUTE, gap.cause) for gap in found]

    async def add_gap(self, start: float, end: float, cause: GapCause) -> None:
        async with self.database.write() as session:
            row = Gap(T0 + round(start * MINUTE), T0 + round(end * MINUTE), cause)
            await ledger.add_ended_gap(session, self.stream, row, T0)

    async def count(self, table: type) -> int:
        async with self.database.read() as session:
            return await session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
async def footage(database: Database, tmp_path: Path) -> Footage:
    root = tmp_path / "footage"
    volumes.create(root, "footage", T0)
    return Footage(database, root, await add_stream(database), await add_volume(database, root))


async def test_a_deleted_segment_leaves_garbage_then_a_gap_and_nothing_else(footage: Footage) -> None:
    first, second = await footage.record(0, 1)
    assert await footage.discard(first) == [first.id]
    assert await footage.count(GarbageRow) == 1
    assert await footage.count(SegmentIndexRow) == 1
    assert (footage.root / first.path).exists()
    done = await garbage.collect(footage.database, {footage.volume: footage.root})
    assert (done.files, done.bytes, done.failed) == (1, MINUTE, [])
    assert not (footage.root / first.path).exists()
    assert (footage.root / second.path).exists()
    assert await footage.count(GarbageRow) == 0
    assert await footage.gaps() == [(0, 1, RETENTION)]
    async with footage.database.read() as session:
        usage = (await session.scalars(select(UsageRow))).one()
        assert (usage.bytes, usage.files, usage.duration_ms) == (MINUTE, 1, MINUTE)


async def test_the_last_file_takes_its_row_of_usage_and_its_directories_along(footage: Footage) -> None:
    segments = await footage.record(0, 1, 10)
    assert len(await footage.discard(*segments)) == 3
    assert await footage.count(UsageRow) == 0
    await garbage.collect(footage.database, {footage.volume: footage.root})
    assert list(footage.root.iterdir()) == [footage.root / volumes.MARKER]
    assert await footage.discard(*segments) == []


async def test_what_is_open_or_held_stays(footage: Footage) -> None:
    before, held, after = await footage.record(0, 1, 2)
    (growing,) = await footage.record(3, state=SegmentState.OPEN)
    camera = await camera_of(footage.database, footage.stream)
    now = T0 + DAY
    async with footage.database.write() as session:
        hold = NewHold(camera, held.start_ms + 1, held.end_ms - 1, "police", "case 7")
        hold_id = await holds.place(session, hold, now)
        await holds.place(session, replace(hold, start_ms=T0, expires_ms=now + 1), now)
    assert await footage.discard(before, held, after, growing) == [after.id]
    async with footage.database.write() as session:
        assert len(await holds.of_camera(session, camera, T0, T0 + 1, now)) == 1
        assert await holds.of_camera(session, camera, T0, T0 + 1, now + 1) == []
        assert await holds.release(session, hold_id)
        assert not await holds.release(session, hold_id)
        gone = await trash.discard(session, [before.id, held.id], RETENTION, "why", now + 1)
    assert [segment.id for segment in gone.segments] == [before.id, held.id]


async def test_a_hold_must_make_sense(footage: Footage) -> None:
    camera = await camera_of(footage.database, footage.stream)
    for hold, code in (
        (NewHold(camera, T0, T0, "x", "y"), "hold.span"),
        (NewHold(camera, T0, T0 + 1, "x", "y", expires_ms=T0), "hold.expired"),
    ):
        with pytest.raises(VedetteError) as refused:
            async with footage.database.write() as session:
                await holds.place(session, hold, T0)
        assert refused.value.code == code


async def test_the_gap_of_retention_grows_and_swallows_what_lies_within(footage: Footage) -> None:
    segments = await footage.record(0, 1, 5, 6, 20, 30)
    await footage.add_gap(2, 5, GapCause.NETWORK)
    await footage.add_gap(7, 20, GapCause.CAMERA_OFFLINE)
    await footage.add_gap(21, 30, GapCause.NETWORK)
    await footage.discard(*segments[:2])
    assert await footage.gaps() == [
        (0, 2, RETENTION),
        (2, 5, GapCause.NETWORK),
        (7, 20, GapCause.CAMERA_OFFLINE),
        (21, 30, GapCause.NETWORK),
    ]
    await footage.discard(*segments[2:5])
    assert await footage.gaps() == [(0, 21, RETENTION), (21, 30, GapCause.NETWORK)]


async def test_footage_that_is_left_in_between_keeps_gaps_apart(footage: Footage) -> None:
    segments = await footage.record(0, 1, 2, 3, 4)
    await footage.discard(segments[0], segments[2], segments[4])
    assert await footage.gaps() == [(0, 1, RETENTION), (2, 3, RETENTION), (4, 5, RETENTION)]
    await footage.discard(segments[1])
    assert await footage.gaps() == [(0, 3, RETENTION), (4, 5, RETENTION)]
    await footage.discard(segments[3])
    assert await footage.gaps() == [(0, 5, RETENTION)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
async def test_whatever_the_order_one_gap_is_left(footage: Footage, order: tuple[int, ...]) -> None:
    segments = await footage.record(0, 2, 4, 9)
    for index in order:
        await footage.discard(segments[index])
    assert await footage.gaps() == [(0, 10, RETENTION)]


async def test_what_a_person_deletes_swallows_nothing(footage: Footage) -> None:
    segments = await footage.record(0, 1, 5)
    await footage.add_gap(2, 5, GapCause.NETWORK)
    await footage.discard(*segments, cause=PERSON)
    assert await footage.gaps() == [(0, 2, PERSON), (2, 5, GapCause.NETWORK), (5, 6, PERSON)]


async def test_garbage_waits_for_a_volume_that_is_not_there(footage: Footage) -> None:
    segments = await footage.record(0, 1)
    await footage.discard(*segments)
    assert (await garbage.collect(footage.database, {})).files == 0
    assert await footage.count(GarbageRow) == 2
    async with footage.database.read() as session:
        assert await garbage.waiting(session) == {footage.volume: 2 * MINUTE}
        assert await garbage.paths(session, footage.volume) == {segment.path for segment in segments}
    assert (await garbage.collect(footage.database, {footage.volume: footage.root}, limit=1)).files == 1
    assert await footage.count(GarbageRow) == 1


async def test_a_file_that_is_gone_already_and_one_that_can_not_go(footage: Footage) -> None:
    gone, stubborn, good = await footage.record(0, 1, 2)
    (footage.root / gone.path).unlink()
    (footage.root / stubborn.path).unlink()
    (footage.root / stubborn.path).mkdir()
    await footage.discard(gone, stubborn, good)
    done = await garbage.collect(footage.database, {footage.volume: footage.root})
    assert done.files == 2
    assert [path for path, _ in done.failed] == [stubborn.path]
    assert await footage.count(GarbageRow) == 1


async def test_a_volume_that_goes_away_meanwhile_keeps_its_garbage(footage: Footage) -> None:
    segments = await footage.record(0)
    await footage.discard(*segments)
    footage.root.rename(footage.root.with_name("unplugged"))
    done = await garbage.collect(footage.database, {footage.volume: footage.root})
    assert (done.files, [why for _, why in done.failed]) == (0, ["the volume went away"])
    assert await footage.count(GarbageRow) == 1


async def test_garbage_on_a_read_only_disk_waits(database: Database, tmpfs: Mount) -> None:
    footage = Footage(database, tmpfs.path, await add_stream(database), await add_volume(database, tmpfs.path))
    segments = await footage.record(0)
    await footage.discard(*segments)
    tmpfs.read_only()
    done = await garbage.collect(database, {footage.volume: tmpfs.path})
    assert (done.files, len(done.failed)) == (0, 1)
    tmpfs.writable()
    assert (await garbage.collect(database, {footage.volume: tmpfs.path})).files == 1


async def test_a_path_that_was_recorded_again_is_footage(footage: Footage) -> None:
    """The process died between unlink and commit; then the clock was set back."""
    (old,) = await footage.record(0)
    await footage.discard(old)
    (footage.root / old.path).unlink()
    (new,) = await footage.record(0)
    assert new.path == old.path
    assert (await garbage.collect(footage.database, {footage.volume: footage.root})).files == 0
    assert (footage.root / new.path).exists()
    assert await footage.count(GarbageRow) == 0


@pytest.mark.parametrize("path", ["../../outside.mp4", "/outside.mp4", "gate/../../outside.mp4"])
async def test_a_path_that_leads_out_of_the_volume_is_not_followed(footage: Footage, path: str) -> None:
    outside = footage.root.parent / "outside.mp4"
    outside.write_bytes(b"mine")
    async with footage.database.write() as session:
        session.add(GarbageRow(volume_id=footage.volume, path=path, start_ms=0, bytes=1, reason="x", created_ms=0))
    done = await garbage.collect(footage.database, {footage.volume: footage.root})
    assert (done.files, len(done.failed)) == (0, 1)
    assert outside.exists()


async def test_rows_of_gaps_stay_few(footage: Footage) -> None:
    """A camera that reconnects every minute for two hours, then retention."""
    segments = await footage.record(*range(0, 120, 2))
    for minute in range(1, 119, 2):
        await footage.add_gap(minute, minute + 1, GapCause.NETWORK)
    for start in range(0, 50, 10):
        await footage.discard(*segments[start : start + 10])
    async with footage.database.read() as session:
        left = await session.scalar(select(func.count()).select_from(GapRow))
    assert left == 1 + 10
