"""`check` finds each kind of damage, says only that, and mends what it can; on both databases, with real files."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from tests.support.footage import DAY, HOUR, T0, add_stream, every_segment
from tests.support.library import clip
from tests.support.shelf import File, Shelf
from vedette.core.clock import ManualClock
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.media.fmp4.segment import finalise, scan
from vedette.recordings import repository, trash
from vedette.recordings.check import check
from vedette.recordings.findings import ADVICE, Code, Finding, Progress
from vedette.recordings.model import GapCause, SegmentState
from vedette.recordings.model import Progress as Told
from vedette.recordings.tables import GarbageRow, InitRow, SegmentIndexRow, SegmentRow, UsageRow
from vedette.storage.volumes import MARKER

pytestmark = pytest.mark.anyio

LATER = ManualClock(T0 + 2 * DAY)


async def findings(shelf: Shelf, *, repair: bool = False, verify: bool = False) -> list[Finding]:
    found: list[Finding] = []
    async for item in check(shelf.database, LATER, repair=repair, verify=verify):
        if isinstance(item, Progress):
            assert 0 <= item.done <= item.total
        else:
            found.append(item)
    return found


@pytest.fixture
async def shelf(database: Database, tmp_path: Path) -> Shelf:
    """Two cameras with footage on two days, and nothing wrong."""
    shelf = await Shelf.make(database, tmp_path / "footage")
    for slug in ("gate", "door"):
        stream = await add_stream(database, slug)
        for start in (T0, T0 + DAY):
            await shelf.record(stream, start, clip(), files=2)
    for path in shelf.root.rglob("*.mp4"):
        os.utime(path, (T0 / 1000, T0 / 1000))
    return shelf


async def pick(shelf: Shelf) -> tuple[SegmentRow, Path]:
    """One of the segments, and its file."""
    async with shelf.database.read() as session:
        row = await session.get_one(SegmentRow, (await every_segment(session))[:3][-1].id)
    return row, shelf.root / row.path


async def change(shelf: Shelf, row: SegmentRow, **values: object) -> None:
    async with shelf.database.write() as session:
        await session.execute(update(SegmentRow).where(SegmentRow.id == row.id).values(**values))


async def test_a_sound_archive_has_no_findings(shelf: Shelf) -> None:
    assert await findings(shelf) == []
    assert await findings(shelf, verify=True) == []


Damage = Callable[[Shelf, SegmentRow, Path], Awaitable[None]]


async def gone(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    path.unlink()


async def torn(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(scan(path).media_end - 100)


async def longer(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    await change(shelf, row, bytes=row.bytes + 1)
    async with shelf.database.write() as session:
        await session.execute(update(UsageRow).values(bytes=UsageRow.bytes + 1).where(
            UsageRow.stream_id == row.stream_id, UsageRow.day == row.start_ms // DAY))  # fmt: skip


async def no_head(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(200))


async def other_file(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    """The row is of another segment than the file."""
    async with shelf.database.write() as session:
        await session.execute(delete(SegmentIndexRow).where(SegmentIndexRow.segment_id == row.id))
        await session.execute(update(SegmentRow).where(SegmentRow.id == row.id).values(id=uuid7()))


async def other_start(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    await change(shelf, row, start_ticks=row.start_ticks + 1)


async def no_groups(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    async with shelf.database.write() as session:
        await session.execute(delete(SegmentIndexRow).where(SegmentIndexRow.segment_id == row.id))


async def bad_groups(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    async with shelf.database.write() as session:
        of_row = update(SegmentIndexRow).where(SegmentIndexRow.segment_id == row.id)
        await session.execute(of_row.values(groups=b"\x09"))


async def left_open(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    await change(shelf, row, state=SegmentState.OPEN)


async def left_open_without_a_file(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    await change(shelf, row, state=SegmentState.OPEN)
    path.unlink()


async def drifted(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    async with shelf.database.write() as session:
        await session.execute(
            update(UsageRow).values(files=UsageRow.files + 1).where(UsageRow.stream_id == row.stream_id)
        )


async def forgotten(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    """A row that vanished, with its usage, as with a database from yesterday's backup."""
    async with shelf.database.write() as session:
        await trash.discard(session, [row.id], GapCause.LOST, "", T0)
        await session.execute(delete(GarbageRow))


async def left_garbage(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    async with shelf.database.write() as session:
        await trash.discard(session, [row.id], GapCause.DELETED_BY_PERSON, "", T0)


async def bad_init(shelf: Shelf, row: SegmentRow, path: Path) -> None:
    async with shelf.database.write() as session:
        await session.execute(update(InitRow).where(InitRow.id == row.init_id).values(data=b"nonsense"))


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (gone, Code.MISSING),
        (torn, Code.UNFINISHED),
        (longer, Code.SIZE),
        (no_head, Code.UNREADABLE),
        (other_file, Code.METADATA),
        (other_start, Code.CONTENT),
        (no_groups, Code.GROUPS),
        (bad_groups, Code.GROUPS),
        (left_open, Code.OPEN),
        (left_open_without_a_file, Code.OPEN),
        (drifted, Code.USAGE),
        (forgotten, Code.ORPHAN),
        (left_garbage, Code.GARBAGE),
        (bad_init, Code.INIT),
    ],
)
async def test_damage_is_found_explained_and_mended(shelf: Shelf, damage: Damage, code: Code) -> None:
    row, path = await pick(shelf)
    await damage(shelf, row, path)
    if path.exists():
        os.utime(path, (T0 / 1000, T0 / 1000))
    before = {item: item.read_bytes() for item in shelf.root.rglob("*.mp4")}
    found = await findings(shelf)
    assert {item.code for item in found} == {code}
    assert all(item.thing and item.explanation and item.remedy and not item.repaired for item in found)
    # Looking changes nothing.
    assert {item: item.read_bytes() for item in shelf.root.rglob("*.mp4")} == before
    assert [item.code for item in await findings(shelf)] == [item.code for item in found]
    repaired = await findings(shelf, repair=True)
    assert code in {item.code for item in repaired if item.repaired}
    for item in shelf.root.rglob("*.mp4"):
        os.utime(item, (T0 / 1000, T0 / 1000))
    left = await findings(shelf, verify=True)
    assert [item.code for item in left] == ([Code.UNREADABLE] if code is Code.UNREADABLE else [])


async def test_a_repair_keeps_every_whole_part(shelf: Shelf) -> None:
    row, path = await pick(shelf)
    await torn(shelf, row, path)
    frames = scan(path).frames
    (mended,) = (item for item in await findings(shelf, repair=True) if item.code is Code.UNFINISHED)
    assert mended.lost.startswith(f"{row.frames - frames} of {row.frames} frames are lost, the last ")
    async with shelf.database.read() as session:
        now = await session.get_one(SegmentRow, row.id)
        gaps = (await repository.gaps(session, [row.stream_id], row.start_ms, row.end_ms))[row.stream_id]
    assert [(gap.start_ms, gap.end_ms, gap.cause) for gap in gaps] == [(now.end_ms, row.end_ms, GapCause.LOST)]
    assert (now.frames, now.state, scan(path).finalised) == (frames, SegmentState.DAMAGED, True)
    assert frames < row.frames


async def test_an_altered_byte_is_found_by_verifying_alone(shelf: Shelf) -> None:
    row, path = await pick(shelf)
    with path.open("r+b") as file:
        file.seek(scan(path).index.groups[0].offset + 2000)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))
    assert await findings(shelf) == []
    assert [item.code for item in await findings(shelf, verify=True)] == [Code.HASH]
    assert [item.repaired for item in await findings(shelf, verify=True, repair=True)] == [True]
    async with shelf.database.read() as session:
        assert (await session.get_one(SegmentRow, row.id)).state == SegmentState.DAMAGED


async def test_parts_that_a_disk_lost_are_found_by_verifying(shelf: Shelf) -> None:
    _, path = await pick(shelf)
    with path.open("r+b") as file:
        file.seek(scan(path).index.groups[0].offset)
        file.write(bytes(600))
    codes = {item.code for item in await findings(shelf, verify=True)}
    assert Code.HOLES in codes
    assert Code.HASH in codes


async def test_strange_things_are_told_and_left_alone(shelf: Shelf) -> None:
    _, path = await pick(shelf)
    strange = [
        shelf.root / "letter.txt",
        shelf.root / "gate" / "notes",
        path.parent / "thumbs.db",
        path.parent / "not-ours.mp4",
        path.parent / "link.mp4",
        path.with_name("23-59-59.mp4"),
    ]
    for item in strange[:4]:
        item.write_bytes(b"mine")
    strange[4].symlink_to("/etc/passwd")
    strange[5].write_bytes(path.read_bytes())  # a copy that a person made
    for item in (strange[3], strange[5]):
        os.utime(item, (T0 / 1000, T0 / 1000))
    found = await findings(shelf, repair=True)
    assert {item.code for item in found} == {Code.FOREIGN}
    assert all(item.note for item in found)
    assert {item.thing for item in found} == {str(item) for item in strange}
    assert all(os.path.lexists(item) for item in strange)


async def test_junk_is_told_as_soon_as_no_recorder_can_be_about_to_write_it(shelf: Shelf) -> None:
    _, path = await pick(shelf)
    junk = path.with_name("junk.mp4")
    junk.write_bytes(b"junk")
    now_s = LATER.now_ms() / 1000
    os.utime(junk, (now_s - 5, now_s - 5))
    assert await findings(shelf) == []
    os.utime(junk, (now_s - 20, now_s - 20))
    assert [(item.code, item.thing) for item in await findings(shelf)] == [(Code.FOREIGN, str(junk))]


async def test_an_empty_orphan_goes(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database, "yard")
    file = await shelf.begin(stream, T0, clip())
    with file.path.open("r+b") as opened:
        opened.truncate(scan(file.path).head.length)
    os.utime(file.path, (T0 / 1000, T0 / 1000))
    assert [(item.code, item.repaired) for item in await findings(shelf, repair=True)] == [(Code.EMPTY, True)]
    assert not file.path.exists()


async def test_what_recorders_do_meanwhile_is_no_finding(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database, "yard")
    now_ms = LATER.now_ms()
    unknown: File = await shelf.begin(stream, now_ms - 2000, clip())
    known = await shelf.begin(stream, now_ms - 1000, clip())
    await shelf.open(known)
    for file in (unknown, known):
        os.utime(file.path, (now_ms / 1000, now_ms / 1000))
    assert await findings(shelf, repair=True) == []
    # It stopped telling, but still writes: the index may be slow.
    await shelf.committer.progressed([Told(known.id, now_ms - HOUR, 1, 1, 1)])
    assert await findings(shelf, repair=True) == []


async def test_a_clock_that_was_set_back_is_told(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database, "yard")
    for start in (T0, T0 + 3000):
        (file,) = await shelf.record(stream, start, clip())
        os.utime(file.path, (T0 / 1000, T0 / 1000))
    found = await findings(shelf, repair=True)
    assert [(item.code, item.repaired) for item in found] == [(Code.OVERLAP, False)]


async def test_a_volume_that_is_away_is_not_taken_for_empty(shelf: Shelf) -> None:
    (shelf.root / MARKER).rename(shelf.root / ".marker")
    found = await findings(shelf, repair=True)
    assert [item.code for item in found] == [Code.VOLUME]
    async with shelf.database.read() as session:
        assert len(await every_segment(session)) == 8


def test_every_kind_has_a_remedy() -> None:
    assert set(ADVICE) == set(Code)


async def test_a_finished_file_whose_row_was_never_closed(shelf: Shelf) -> None:
    stream = await add_stream(shelf.database, "yard")
    file = await shelf.begin(stream, T0, clip())
    await shelf.open(file)
    finalise(file.path)
    os.utime(file.path, (T0 / 1000, T0 / 1000))
    assert [(item.code, item.repaired) for item in await findings(shelf, repair=True)] == [(Code.OPEN, True)]
    assert await findings(shelf, verify=True) == []
