"""What the next recorder finds after a kill at any step, on both databases, with real files."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.support.footage import DAY, T0, add_stream, camera_of
from tests.support.library import clip
from tests.support.mounts import Mount
from tests.support.shelf import File, Shelf
from vedette.db.session import Database
from vedette.media.fmp4.segment import finalise, scan
from vedette.recordings import repository, trash
from vedette.recordings.coverage import account
from vedette.recordings.model import GapCause, Segment, SegmentState
from vedette.recordings.recovery import KILLED, Recovered, recover
from vedette.recordings.tables import GarbageRow, RunRow, SegmentRow, UsageRow
from vedette.storage.volumes import MARKER

pytestmark = pytest.mark.anyio


@pytest.fixture
async def shelf(database: Database, tmp_path: Path) -> Shelf:
    return await Shelf.make(database, tmp_path / "footage")


async def mend(shelf: Shelf, *streams: int) -> Recovered:
    return await recover(shelf.database, shelf.clock, streams, {shelf.volume_id: shelf.root})


async def rows(database: Database, stream: int) -> list[Segment]:
    async with database.read() as session:
        return await repository.overlapping(session, stream, T0 - DAY, T0 + 10 * DAY)


async def check_whole(shelf: Shelf, stream: int) -> None:
    """Every row is closed and says what its file is; usage is their sum; nothing waits to be deleted."""
    found = await rows(shelf.database, stream)
    for row in found:
        assert row.state == SegmentState.CLOSED
        scanned = scan(shelf.root / row.path)
        assert scanned.finalised
        assert (row.bytes, row.frames) == (scanned.file_bytes, scanned.frames)
        assert row.end_ms - row.start_ms == row.duration_ticks * 1000 // 90_000
    async with shelf.database.read() as session:
        sums = select(func.coalesce(func.sum(UsageRow.bytes), 0), func.coalesce(func.sum(UsageRow.files), 0))
        usage = (await session.execute(sums)).one()
        groups = await repository.groups(session, [row.id for row in found])
        assert await session.scalar(select(func.count()).select_from(GarbageRow)) == 0
    assert tuple(map(int, usage)) == (sum(row.bytes for row in found), len(found))
    assert len(groups) == len(found)


Step = Callable[[Shelf, File], Awaitable[object]]


async def no_row(shelf: Shelf, file: File) -> None:
    pass


async def opened(shelf: Shelf, file: File) -> None:
    await shelf.open(file)


async def growing(shelf: Shelf, file: File) -> None:
    await shelf.open(file)
    for part in clip().parts[1:6]:
        file.write(part)
    await shelf.progress(file)
    for part in clip().parts[6:9]:
        file.write(part)


async def torn(shelf: Shelf, file: File) -> None:
    await growing(shelf, file)
    file.write(clip().parts[9], torn=True)


async def finalised(shelf: Shelf, file: File) -> None:
    await growing(shelf, file)
    finalise(file.path)


async def closed(shelf: Shelf, file: File) -> None:
    await growing(shelf, file)
    await shelf.close(file)


@pytest.mark.parametrize("step", [no_row, opened, growing, torn, finalised, closed])
async def test_a_kill_at_any_step_costs_at_most_the_torn_part(shelf: Shelf, step: Step) -> None:
    stream = await add_stream(shelf.database)
    file = await shelf.begin(stream, T0, clip())
    await step(shelf, file)
    shelf.clock.advance(60)
    for _ in range(2):  # a second start finds nothing to do
        found = await mend(shelf, stream)
        await check_whole(shelf, stream)
        (row,) = await rows(shelf.database, stream)
        assert row.id == file.id
        assert row.frames == sum(part.samples for part in file.parts)
        assert (row.start_ms, row.end_ms) == (T0, file.end_ms)
    assert found == Recovered()
    async with shelf.database.read() as session:
        gaps = (await repository.gaps(session, [stream], T0, T0 + DAY))[stream]
        run = await session.get_one(RunRow, file.new.run_id)
    assert [(gap.start_ms, gap.end_ms, gap.cause, gap.detail) for gap in gaps] == [
        (file.end_ms, None, GapCause.LOST, KILLED)
    ]
    assert (run.start_ms, run.end_ms) == (T0, file.end_ms)


async def test_recording_again_ends_the_gap(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database)
    before = await shelf.begin(stream, T0, clip())
    await shelf.open(before)
    shelf.clock.advance(30)
    await mend(shelf, stream)
    (after,) = await shelf.record(stream, T0 + 40_000, clip())
    await check_whole(shelf, stream)
    async with shelf.database.read() as session:
        spans = (await repository.spans(session, [stream], T0, T0 + DAY))[stream]
        gaps = (await repository.gaps(session, [stream], T0, T0 + DAY))[stream]
    covered = account(spans, gaps, T0, after.end_ms, now_ms=T0 + DAY, since_ms=T0)
    assert [(gap.start_ms, gap.end_ms, gap.detail) for gap in covered.gaps] == [(before.end_ms, T0 + 40_000, KILLED)]


async def test_a_file_without_one_whole_part_goes(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database)
    known = await shelf.begin(stream, T0, clip())
    await shelf.open(known)
    unknown = await shelf.begin(stream, T0 + 1000, clip())
    for file in (known, unknown):
        with file.path.open("r+b") as opened_file:
            opened_file.truncate(scan(file.path).head.length + 10)
    found = await mend(shelf, stream)
    assert (found.empty, found.closed, found.left) == (2, 0, [])
    await mend(shelf, stream)
    assert await rows(shelf.database, stream) == []
    await check_whole(shelf, stream)
    assert list(shelf.root.rglob("*.mp4")) == []


async def test_a_file_that_is_gone_is_told(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database)
    file = await shelf.begin(stream, T0, clip())
    await shelf.open(file)
    file.path.unlink()
    shelf.clock.advance(60)
    assert (await mend(shelf, stream)).lost == 1
    assert await rows(shelf.database, stream) == []
    async with shelf.database.read() as session:
        gaps = (await repository.gaps(session, [stream], T0, T0 + DAY))[stream]
    assert [(gap.start_ms, gap.end_ms, gap.cause) for gap in gaps] == [
        (T0, file.new.end_ms, GapCause.LOST),
        (file.new.end_ms, None, GapCause.LOST),
    ]


async def test_a_volume_that_is_not_there_is_mended_when_it_is_back(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database)
    file = await shelf.begin(stream, T0, clip())
    await shelf.open(file)
    assert len((await recover(shelf.database, shelf.clock, [stream], {})).left) == 1
    # Gone between the look at it and the repair: the row must stay.
    shelf.root.rename(shelf.root.with_name("unplugged"))
    shelf.root.mkdir()
    assert len((await mend(shelf, stream)).left) == 1
    assert [row.state for row in await rows(shelf.database, stream)] == [SegmentState.OPEN]
    shelf.root.rmdir()
    shelf.root.with_name("unplugged").rename(shelf.root)
    # The recorder is at work meanwhile: what it is writing is left alone.
    live = await shelf.begin(stream, T0 + 60_000, clip())
    await shelf.open(live)
    found = await recover(shelf.database, shelf.clock, [stream], {shelf.volume_id: shelf.root}, writing=[live.id])
    assert (found.closed, found.adopted) == (1, 0)
    assert [row.state for row in await rows(shelf.database, stream)] == [SegmentState.CLOSED, SegmentState.OPEN]
    async with shelf.database.read() as session:
        assert (await session.get_one(RunRow, live.new.run_id)).end_ms is None


async def test_a_head_that_is_damaged_is_kept_and_told(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database)
    file = await shelf.begin(stream, T0, clip())
    await shelf.open(file)
    file.path.write_bytes(b"\0" * 5000)
    assert len((await mend(shelf, stream)).left) >= 1
    assert [row.state for row in await rows(shelf.database, stream)] == [SegmentState.DAMAGED]
    assert file.path.exists()


async def test_a_disk_that_became_read_only_is_mended_later(database: Database, tmpfs: Mount) -> None:
    shelf = await Shelf.make(database, tmpfs.path)
    stream = await add_stream(database)
    file = await shelf.begin(stream, T0, clip())
    await shelf.open(file)
    file.write(clip().parts[1], torn=True)
    tmpfs.read_only()
    assert len((await mend(shelf, stream)).left) == 1
    tmpfs.writable()
    assert (await mend(shelf, stream)).closed == 1
    await check_whole(shelf, stream)


async def test_a_disk_too_full_for_the_index_of_a_file_keeps_its_footage(database: Database, tmpfs: Mount) -> None:
    shelf = await Shelf.make(database, tmpfs.path)
    stream = await add_stream(database)
    file = await shelf.begin(stream, T0, clip(2.0))
    await shelf.open(file)
    before = file.path.read_bytes()
    tmpfs.fill()
    found = await mend(shelf, stream)
    if found.left:  # the last page of the file may have had room for the index
        assert file.path.read_bytes() == before
    (tmpfs.path / "other-things").unlink()
    await mend(shelf, stream)
    await check_whole(shelf, stream)


async def test_orphans_of_others_and_deleted_files_are_not_adopted(shelf: Shelf) -> None:
    mine, other = await add_stream(shelf.database), await add_stream(shelf.database, "door")
    sub = await add_stream(shelf.database, kind="sub", camera_id=await camera_of(shelf.database, mine))
    others = [await shelf.begin(stream, T0, clip()) for stream in (other, sub)]
    (deleted,) = await shelf.record(mine, T0, clip())
    async with shelf.database.write() as session:
        await trash.discard(session, [deleted.id], GapCause.DELETED_BY_PERSON, "", T0)
    # Another recorder of the camera's sub-stream is at work: only the main stream is ours.
    found = await mend(shelf, mine)
    assert found == Recovered()
    assert all(file.path.exists() for file in others)
    assert not deleted.path.exists()
    assert await rows(shelf.database, mine) == []


async def test_garbage_of_the_run_before_is_finished_first(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database)
    files = await shelf.record(stream, T0, clip(), files=3)
    async with shelf.database.write() as session:
        await trash.discard(session, [files[0].id], GapCause.DELETED_BY_RETENTION, "", T0)
    files[0].path.unlink()  # killed between unlink and commit
    await mend(shelf, stream)
    await check_whole(shelf, stream)
    assert len(await rows(shelf.database, stream)) == 2


async def test_a_new_stream_has_no_gap_to_explain(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database)
    assert await mend(shelf, stream) == Recovered()
    async with shelf.database.read() as session:
        assert await repository.gaps(session, [stream], T0, T0 + DAY) == {stream: []}
        assert await session.scalar(select(func.count()).select_from(SegmentRow)) == 0
    assert (shelf.root / MARKER).exists()
