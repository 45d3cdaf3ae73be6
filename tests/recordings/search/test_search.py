"""What is found, on both databases: everything that fits, nothing else, and in pages that leave nothing out."""

import random
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, insert, text

from tests.support.footage import DAY, HOUR, MINUTE, T0, add_stream, add_volume, camera_of, every_segment, new_segment
from tests.support.people import add_zone
from vedette.core.clock import ManualClock
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.recordings import holds, ledger
from vedette.recordings.holds import NewHold
from vedette.recordings.model import GapCause, NewSegment, Segment, SegmentState
from vedette.recordings.search.hours import Hours
from vedette.recordings.search.service import SearchService
from vedette.recordings.search.wanted import Cameras, Range, Wanted, WantedGaps
from vedette.recordings.tables import GapRow

pytestmark = pytest.mark.anyio

NOW = T0 + 300 * DAY
VIENNA = ZoneInfo("Europe/Vienna")


@pytest.fixture
def search(database: Database) -> SearchService:
    return SearchService(database, ManualClock(NOW))


async def store(database: Database, *segments: NewSegment) -> None:
    async with database.write() as session:
        for segment in segments:
            assert await ledger.insert_segment(session, segment, state=SegmentState.CLOSED) is not None


async def add_gaps(database: Database, *gaps: tuple[int, int, int | None, GapCause]) -> None:
    async with database.write() as session:
        rows = [
            {"stream_id": stream, "start_ms": start, "end_ms": end, "cause": cause, "detail": ""}
            for stream, start, end, cause in gaps
        ]
        await session.execute(insert(GapRow), rows)


async def walk(search: SearchService, wanted: Wanted, limit: int = 100) -> list[Segment]:
    found: list[Segment] = []
    key = None
    while True:
        page = await search.page(wanted, limit, key)
        found += page.segments
        assert len(page.segments) <= limit
        if (key := page.next) is None:
            return found


async def all_segments(database: Database) -> list[Segment]:
    async with database.read() as session:
        return await every_segment(session)


async def test_everything_newest_first_in_pages_of_any_size(search: SearchService, database: Database) -> None:
    volume = await add_volume(database)
    streams = [await add_stream(database, f"camera-{number}") for number in range(3)]
    # The same start on all streams: only the id breaks the tie. Then a month without anything.
    starts = [at * MINUTE for at in range(5)] + [30 * DAY]
    await store(database, *(new_segment(stream, volume, T0 + at) for at in starts for stream in streams))
    every = await all_segments(database)
    for limit in (1, 4, 100):
        assert await walk(search, Wanted(), limit) == every
    one = Cameras(cameras=[await camera_of(database, streams[0])])
    assert await walk(search, Wanted(one), 2) == [row for row in every if row.stream_id == streams[0]]
    within = Wanted(start_ms=T0 + MINUTE + 1, end_ms=T0 + 3 * MINUTE)
    assert await walk(search, within, 2) == [row for row in every if T0 + MINUTE <= row.start_ms < T0 + 3 * MINUTE]


async def test_a_page_goes_on_where_the_one_before_ended_whatever_comes_meanwhile(
    search: SearchService, database: Database
) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    await store(database, *(new_segment(stream, volume, T0 + at * MINUTE) for at in range(6)))
    every = await all_segments(database)
    first = await search.page(Wanted(), 2, None)
    await store(database, new_segment(stream, volume, T0 + HOUR))
    rest = await search.page(Wanted(), 100, first.next)
    assert [*first.segments, *rest.segments] == every


@pytest.mark.parametrize("seed", range(3))
async def test_the_same_as_looking_at_each(search: SearchService, database: Database, seed: int) -> None:
    """Filters by chance over footage by chance, and the plain reading of what they mean."""
    chance = random.Random(seed)
    volume = await add_volume(database)
    streams = [await add_stream(database, f"camera-{number}") for number in range(2)]
    streams.append(await add_stream(database, kind="sub", camera_id=await camera_of(database, streams[0])))
    made = []
    for stream in streams:
        at = T0
        for _ in range(120):
            at += chance.choice([0, 0, MINUTE, HOUR, 7 * HOUR])
            length = chance.randrange(1000, HOUR)
            made.append(new_segment(stream, volume, at, length, bytes=chance.randrange(1, 1000)))
            at += length
    await store(database, *made)
    every = await all_segments(database)
    cameras = {stream: await camera_of(database, stream) for stream in streams}
    last = max(row.end_ms for row in every)
    for _ in range(25):
        start = chance.randrange(T0, last)
        end = chance.choice([None, start + chance.randrange(1, 9 * DAY)])
        begin, until = chance.randrange(0, 1440), chance.randrange(1, 1441)
        days = frozenset(chance.sample(range(7), chance.randint(1, 7)))
        hours = chance.choice([None, Hours(VIENNA, begin, until, days)])
        duration = Range(*sorted(chance.sample(range(HOUR), 2)))
        size = chance.choice([Range(), Range(least=chance.randrange(1000)), Range(most=chance.randrange(1000))])
        only = chance.choice([None, [cameras[streams[0]]]])
        kind = chance.choice([None, "main", "sub"])
        wanted = Wanted(Cameras(only, None, kind), start, end, hours, duration, size)

        def fits(row: Segment, wanted: Wanted = wanted) -> bool:
            of = wanted.of
            if of.cameras is not None and cameras[row.stream_id] not in of.cameras:
                return False
            if of.stream is not None and (row.stream_id == streams[2]) != (of.stream == "sub"):
                return False
            assert wanted.start_ms is not None
            from_ms, to_ms = max(row.start_ms, wanted.start_ms), min(row.end_ms, wanted.end_ms or row.end_ms)
            if from_ms >= to_ms or not _between(row.end_ms - row.start_ms, wanted.duration_ms):
                return False
            return _between(row.bytes, wanted.bytes) and _shown_in(wanted.hours, from_ms, to_ms)

        expected = [row for row in every if fits(row)]
        assert await walk(search, wanted, 7) == expected
        sums = await search.sums(wanted)
        assert sums.count == len(expected)
        assert sums.bytes == sum(row.bytes for row in expected)
        assert sums.duration_ms == sum(row.end_ms - row.start_ms for row in expected)
        assert sums.first_ms == min((row.start_ms for row in expected), default=None)


def _between(value: int, limits: Range) -> bool:
    return (limits.least is None or value >= limits.least) and (limits.most is None or value <= limits.most)


def _shown_in(hours: Hours | None, from_ms: int, to_ms: int) -> bool:
    """By the clock, minute after minute: hours begin and end on whole ones."""
    if hours is None:
        return True
    moments = [from_ms, *range(from_ms // MINUTE * MINUTE + MINUTE, to_ms, MINUTE)]
    return any(_clock_in(hours, at) for at in moments)


def _clock_in(hours: Hours, at_ms: int) -> bool:
    clock = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(hours.timezone)
    minute, day = clock.hour * 60 + clock.minute, clock.weekday()
    if hours.end > hours.start:
        return hours.start <= minute < hours.end and day in hours.days
    return (minute >= hours.start and day in hours.days) or (minute < hours.end and (day - 1) % 7 in hours.days)


async def test_zones_and_rights(search: SearchService, database: Database) -> None:
    volume = await add_volume(database)
    streams = [await add_stream(database, f"camera-{number}") for number in range(3)]
    a, b, c = [await camera_of(database, stream) for stream in streams]
    await store(database, *(new_segment(stream, volume, T0) for stream in streams))
    front, empty = await add_zone(database, "Front", [a, b]), await add_zone(database, "Empty", [])

    async def found(**of: Any) -> set[int]:
        return {row.stream_id for row in await walk(search, Wanted(Cameras(**of)))}

    assert await found(zones=[front]) == {streams[0], streams[1]}
    assert await found(zones=[front], among={b, c}) == {streams[1]}
    assert await found(among=frozenset()) == set()
    assert await found(cameras=[a], zones=[empty]) == set()
    assert (await search.sums(Wanted(Cameras(among=frozenset())))).count == 0
    await search.check_zones([front], {a})
    for zone, among in ((front, {c}), (empty, None), (UUID(int=1), None)):
        with pytest.raises(VedetteError, match="There is no zone"):
            await search.check_zones([zone], among)


async def test_holds(search: SearchService, database: Database) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    await store(database, *(new_segment(stream, volume, T0 + at * MINUTE) for at in range(3)))
    camera = await camera_of(database, stream)
    async with database.write() as session:
        await holds.place(session, NewHold(camera, T0 + MINUTE, T0 + MINUTE + 1, "me", "theft"), NOW)
        await holds.place(session, NewHold(camera, T0, T0 + 1, "me", "over", expires_ms=NOW), NOW - 1)
    held, free = await walk(search, Wanted(held=True)), await walk(search, Wanted(held=False))
    assert [row.start_ms for row in held] == [T0 + MINUTE]
    assert len(free) == 2


async def test_recordings_next_to_gaps(search: SearchService, database: Database) -> None:
    stream, other, volume = await add_stream(database), await add_stream(database, "yard"), await add_volume(database)
    starts = [T0 + at * 10 * MINUTE for at in range(4)]
    await store(database, *(new_segment(stream, volume, at) for at in starts))
    await add_gaps(
        database,
        (stream, T0 + MINUTE, T0 + 10 * MINUTE, GapCause.NETWORK),
        (stream, T0 + 11 * MINUTE, T0 + 20 * MINUTE, GapCause.CAMERA_OFFLINE),
        (stream, T0 + 31 * MINUTE + 500, None, GapCause.STOPPED),
        (other, T0 + 21 * MINUTE, T0 + 30 * MINUTE, GapCause.NO_DISK),
    )

    async def near(*causes: GapCause) -> list[int]:
        return [row.start_ms for row in await walk(search, Wanted(causes=frozenset(causes)))]

    assert await near(GapCause.NETWORK) == [starts[1], starts[0]]
    assert await near(GapCause.STOPPED) == [starts[3]]
    assert await near(GapCause.NO_DISK) == []
    assert await near(GapCause.NETWORK, GapCause.CAMERA_OFFLINE) == [starts[2], starts[1], starts[0]]
    page = await search.page(Wanted(), 100, None)
    causes = [page.causes.get(row.id) for row in page.segments[::-1]]
    assert causes == [(None, "network"), ("network", "camera_offline"), ("camera_offline", None), (None, "stopped")]


async def test_gaps_and_their_sums(search: SearchService, database: Database) -> None:
    stream, other = await add_stream(database), await add_stream(database, "yard")
    camera = await camera_of(database, stream)
    midnight = round(datetime(2023, 11, 20, tzinfo=VIENNA).timestamp() * 1000)  # a Monday
    await add_gaps(
        database,
        (stream, midnight, midnight + HOUR, GapCause.NETWORK),
        (stream, midnight + 2 * HOUR, midnight + 2 * HOUR, GapCause.LOST),  # of no length
        (stream, midnight + 3 * HOUR, midnight + 5 * HOUR, GapCause.CAMERA_OFFLINE),
        (other, midnight + 30 * HOUR, None, GapCause.STOPPED),
        (other, midnight - 20 * DAY, midnight - DAY, GapCause.DELETED_BY_RETENTION),
    )

    async def found(**wanted: Any) -> list[str]:
        rows: list[str] = []
        key = None
        while True:
            page, key = await search.gaps(WantedGaps(**wanted), 2, key)
            rows += [row.cause for row in page]
            if key is None:
                sums = await search.gap_sums(WantedGaps(**wanted))
                assert sum(one.count for one in sums) == len(rows)
                return rows

    assert await found() == ["stopped", "camera_offline", "network", "deleted_by_retention"]
    assert await found(start_ms=midnight + HOUR, end_ms=midnight + 4 * HOUR) == ["camera_offline"]
    assert await found(start_ms=NOW - DAY) == ["stopped"], "what lasts reaches into today"
    assert await found(causes=frozenset({GapCause.NETWORK, GapCause.LOST})) == ["network"]
    assert await found(duration_ms=Range(HOUR + 1, DAY)) == ["camera_offline"]
    assert await found(of=Cameras([camera])) == ["camera_offline", "network"]
    assert await found(of=Cameras(among=frozenset())) == []
    monday_night = Hours(VIENNA, 4 * 60, 5 * 60, frozenset({0}))
    span = {"start_ms": midnight - 3 * DAY, "end_ms": midnight + DAY}
    assert await found(hours=monday_night, **span) == ["camera_offline"]
    assert await found(hours=Hours(VIENNA, 12 * 60, 13 * 60), **span) == ["deleted_by_retention"]
    (offline,) = await search.gap_sums(WantedGaps(causes=frozenset({GapCause.CAMERA_OFFLINE})))
    assert (offline.cause, offline.count, offline.duration_ms) == ("camera_offline", 1, 2 * HOUR)


@pytest.mark.parametrize("hours", [None, Hours(VIENNA, 22 * 60, 6 * 60, frozenset({5, 6}))])
@pytest.mark.parametrize("held", [None, True])
async def test_no_query_reads_a_whole_table(database: Database, hours: Hours | None, held: bool | None) -> None:
    """The databases say how they would read, as of large tables."""
    stream, volume = await add_stream(database), await add_volume(database)
    await store(database, new_segment(stream, volume, T0))
    search, plans = SearchService(database, ManualClock(NOW)), list[str]()
    sqlite = database.dialect == "sqlite"

    def explained(_c: object, cursor: Any, sql: str, values: Any, _x: object, _m: bool) -> None:
        if sql.startswith(("SELECT", "WITH")):
            cursor.execute("EXPLAIN QUERY PLAN " + sql if sqlite else "EXPLAIN " + sql, values)
            plans.append("\n".join(str(row) for row in cursor.fetchall()))

    async with database.engine.connect() as connection:
        if not sqlite:
            await connection.execute(text("ALTER ROLE CURRENT_USER SET enable_seqscan = off"))
            await connection.commit()
    await database.engine.dispose()
    event.listen(database.engine.sync_engine, "before_cursor_execute", explained)
    try:
        for of in (Cameras(), Cameras(among=[await camera_of(database, stream)])):
            start = NOW - 60 * DAY
            causes = frozenset({GapCause.NETWORK})
            wanted = Wanted(of, start, hours=hours, held=held, causes=causes)
            await search.page(wanted, 10, None)
            await search.sums(wanted)
            await search.gaps(WantedGaps(of, start, hours=hours), 10, None)
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", explained)
        async with database.engine.connect() as connection:
            if not sqlite:
                await connection.execute(text("ALTER ROLE CURRENT_USER RESET enable_seqscan"))
                await connection.commit()
    assert len(plans) > 8
    for plan in plans:
        for table in ("segment", "gap"):
            whole = (f"SCAN {table}'", f"SCAN {table}_1'", f"Seq Scan on {table} ", f"Seq Scan on {table}\n")
            assert not any(words in plan for words in whole), plan


REFUSED = [
    ({"start_ms": T0, "end_ms": T0}, "recordings.span", "end"),
    ({"start_ms": NOW + DAY}, "recordings.future", "start"),
    ({"hours": Hours(VIENNA, 0, 60)}, "recordings.span_needed", "start"),
    ({"hours": Hours(VIENNA, 0, 60), "start_ms": NOW - 367 * DAY}, "recordings.span_too_long", "start"),
    ({"hours": Hours(VIENNA, 0, 60), "start_ms": T0 - 67 * DAY, "end_ms": NOW}, "recordings.span_too_long", "end"),
]


@pytest.mark.parametrize(("wanted", "code", "field"), REFUSED)
async def test_spans_that_are_refused(wanted: dict[str, Any], code: str, field: str, sqlite_database: Database) -> None:
    search = SearchService(sqlite_database, ManualClock(NOW))
    asked = Wanted(**wanted)
    gaps = WantedGaps(**wanted)
    for ask in (search.page(asked, 1, None), search.sums(asked), search.gaps(gaps, 1, None), search.gap_sums(gaps)):
        with pytest.raises(VedetteError) as refused:
            await ask
        assert (refused.value.code, refused.value.field) == (code, field)
