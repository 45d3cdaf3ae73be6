"""What a recorder tells the index, on both databases; and that telling it twice changes nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.support.footage import DAY, MINUTE, T0, add_stream, add_volume, groups_of, new_segment
from vedette.core.clock import ManualClock
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.events import outbox
from vedette.recordings import repository
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import Closing, Gap, GapCause, NewSegment, Progress
from vedette.recordings.packing import columns, pack
from vedette.recordings.tables import MAX_SEGMENT_MS, RunRow, SegmentRow, UsageRow

pytestmark = pytest.mark.anyio


@pytest.fixture
def committer(database: Database) -> SegmentCommitter:
    return SegmentCommitter(database, ManualClock(T0), "node-1")


async def usage(database: Database) -> dict[int, tuple[int, int, int]]:
    """Bytes, files and milliseconds per day."""
    columns = (UsageRow.day, func.sum(UsageRow.bytes), func.sum(UsageRow.files), func.sum(UsageRow.duration_ms))
    async with database.read() as session:
        rows = await session.execute(select(*columns).group_by(UsageRow.day))
        return {day: (int(size), int(files), int(duration)) for day, size, files, duration in rows}


async def counted(database: Database) -> dict[int, tuple[int, int, int]]:
    """What usage should be, summed from the segments."""
    sums: dict[int, tuple[int, int, int]] = {}
    async with database.read() as session:
        for start, end, size in await session.execute(select(SegmentRow.start_ms, SegmentRow.end_ms, SegmentRow.bytes)):
            before = sums.get(start // DAY, (0, 0, 0))
            sums[start // DAY] = (before[0] + size, before[1] + 1, before[2] + end - start)
    return sums


async def topics(database: Database) -> list[str]:
    async with database.read() as session:
        return [row.topic for row in await outbox.after(session, 0, 100)]


def closing(segment: NewSegment, duration_ms: int = MINUTE) -> Closing:
    return Closing(
        segment_id=segment.id,
        end_ms=segment.start_ms + duration_ms,
        duration_ticks=duration_ms * 90,
        bytes=duration_ms + 500,
        frames=duration_ms // 40,
        groups=groups_of(replace(segment, end_ms=segment.start_ms + duration_ms)),
        sha256="ef" * 32,
    )


async def test_the_life_of_a_file(database: Database, committer: SegmentCommitter) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    new = new_segment(stream, volume, T0, 500)
    grown = Progress(new.id, T0 + 30_000, 30_000 * 90, 30_000, 750, groups_of(new))
    for _ in range(2):
        await committer.run_started(new.run_id, stream, "native", T0)
        await committer.opened(new)
    assert await usage(database) == {T0 // DAY: (500, 1, 500)}
    for _ in range(2):
        await committer.progressed([grown])
    assert await usage(database) == {T0 // DAY: (30_000, 1, 30_000)}
    async with database.read() as session:
        row = await repository.get(session, new.id)
        assert row is not None
        assert (row.state, row.end_ms, row.frames, row.sha256) == ("open", T0 + 30_000, 750, None)
        assert list(await repository.groups(session, [new.id])) == [new.id]
    for _ in range(2):
        await committer.closed(closing(new))
        await committer.progressed([grown])  # late, after a retry: it must not open the file again
    await committer.run_ended(new.run_id, T0 + MINUTE, "stopped", "The camera was disabled.")
    assert await usage(database) == {T0 // DAY: (60_500, 1, MINUTE)}
    async with database.read() as session:
        row = await repository.get(session, new.id)
        assert row is not None
        assert (row.state, row.end_ms, row.frames, row.sha256) == ("closed", T0 + MINUTE, 1500, "ef" * 32)
        packed = (await repository.groups(session, [new.id]))[new.id]
        assert columns(packed) == columns(pack(closing(new).groups))
        run = await session.get_one(RunRow, new.run_id)
        assert (run.node, run.engine, run.start_ms, run.end_ms) == ("node-1", "native", T0, T0 + MINUTE)
        assert await session.scalar(select(func.count()).select_from(RunRow)) == 1
    assert await topics(database) == ["segment.closed"]


async def test_usage_is_exact_over_many_files_and_days(database: Database, committer: SegmentCommitter) -> None:
    streams, volume = [await add_stream(database, slug) for slug in ("gate", "door")], await add_volume(database)
    files = [new_segment(stream, volume, T0 + at * DAY // 2, 1000) for at in range(6) for stream in streams]
    for file in files:
        await committer.opened(file)
    await committer.progressed(
        [Progress(file.id, file.start_ms + 700 * at, 1, 12_345 * at, 9) for at, file in enumerate(files, 1)]
    )
    assert await usage(database) == await counted(database)
    for file in files[::2]:
        await committer.closed(closing(file))
    assert await usage(database) == await counted(database)


async def test_a_clock_that_was_set_costs_no_footage(database: Database, committer: SegmentCommitter) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    first, second = new_segment(stream, volume, T0), new_segment(stream, volume, T0)
    await committer.opened(first)
    await committer.opened(second)
    await committer.progressed([Progress(first.id, T0 + DAY, 1, 1, 1), Progress(second.id, T0 - DAY, 1, 1, 1)])
    async with database.read() as session:
        rows = [await repository.get(session, file.id) for file in (first, second)]
    assert [(row.start_ms, row.end_ms) for row in rows if row] == [(T0, T0 + MAX_SEGMENT_MS), (T0, T0)]


async def test_closing_what_was_never_opened_is_an_error(database: Database, committer: SegmentCommitter) -> None:
    with pytest.raises(VedetteError) as refused:
        await committer.closed(closing(new_segment(1, 1, T0)))
    assert refused.value.code == "recordings.unknown"
    await committer.progressed([Progress(new_segment(1, 1, T0).id, T0, 1, 1, 1)])
    assert await usage(database) == {}


async def gaps(database: Database, stream: int) -> list[Gap]:
    async with database.read() as session:
        return (await repository.gaps(session, [stream], T0 - DAY, T0 + 10 * DAY))[stream]


async def test_one_gap_lasts_at_a_time(database: Database, committer: SegmentCommitter) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    await committer.gap_opened(stream, T0, GapCause.NETWORK, "no answer")
    await committer.gap_opened(stream, T0 + 1000, GapCause.NETWORK, "still none")
    assert await gaps(database, stream) == [Gap(T0, None, GapCause.NETWORK, "no answer")]
    await committer.gap_opened(stream, T0 + 5000, GapCause.CAMERA_OFFLINE, "refused")
    await committer.opened(new_segment(stream, volume, T0 + 9000))
    assert await gaps(database, stream) == [
        Gap(T0, T0 + 5000, GapCause.NETWORK, "no answer"),
        Gap(T0 + 5000, T0 + 9000, GapCause.CAMERA_OFFLINE, "refused"),
    ]
    await committer.gap_closed(stream, T0 + 10_000)
    assert len(await gaps(database, stream)) == 2
    assert await topics(database) == ["gap"] * 4


async def test_a_gap_that_lasted_no_time_leaves_no_row(database: Database, committer: SegmentCommitter) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    await committer.gap_opened(stream, T0, GapCause.LOST)
    await committer.gap_opened(stream, T0, GapCause.STOPPED)
    assert await gaps(database, stream) == [Gap(T0, None, GapCause.STOPPED)]
    await committer.opened(new_segment(stream, volume, T0 - 1))
    assert await gaps(database, stream) == []
