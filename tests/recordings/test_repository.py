"""The contract of the repository, on both databases."""

import random
from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.support.footage import DAY, HOUR, INIT, MINUTE, T0, add_stream, add_volume, camera_of, groups_of, new_segment
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.recordings import ledger, repository
from vedette.recordings.model import Gap, GapCause, HealthSample, NewSegment, SegmentState
from vedette.recordings.packing import columns, pack
from vedette.recordings.tables import MAX_SEGMENT_MS, GapRow, HoldRow

pytestmark = pytest.mark.anyio


async def store(database: Database, *segments: NewSegment, state: str = SegmentState.CLOSED) -> None:
    async with database.write() as session:
        for segment in segments:
            assert await ledger.insert_segment(session, segment, state=state) is not None


async def test_a_segment_comes_back_as_it_was_stored(database: Database) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    new = new_segment(stream, volume, T0, sequence=3, start_ticks=12_345_678_901)
    async with database.write() as session:
        await ledger.insert_segment(session, new, state=SegmentState.CLOSED, sha256="cd" * 32)
        await ledger.store_groups(session, {new.id: pack(groups_of(new))})
    async with database.read() as session:
        segment = await repository.get(session, new.id)
        assert segment is not None
        for name in ("id", "stream_id", "volume_id", "run_id", "sequence", "path", "start_ms", "end_ms", "start_ticks"):
            assert getattr(segment, name) == getattr(new, name)
        assert (segment.state, segment.sha256, segment.bytes) == ("closed", "cd" * 32, new.bytes)
        init = (await repository.inits(session, {segment.init_id}))[segment.init_id]
        assert (init.data, init.digest, init.width, init.audio_codec) == (INIT.data, INIT.digest, 1920, "aac")
        packed = await repository.groups(session, [new.id, UUID(int=1)])
        assert list(packed) == [new.id]
        assert columns(packed[new.id]) == columns(pack(groups_of(new)))
        assert await repository.get(session, UUID(int=1)) is None


async def test_a_range_has_the_segments_that_reach_into_it_and_no_others(database: Database) -> None:
    stream, other, volume = await add_stream(database), await add_stream(database, "door"), await add_volume(database)
    minutes = [new_segment(stream, volume, T0 + number * MINUTE) for number in range(10)]
    await store(database, *minutes, new_segment(other, volume, T0 + MINUTE))
    async with database.read() as session:
        for start, end, expected in (
            (T0, T0 + 10 * MINUTE, minutes),
            (T0 + 2 * MINUTE, T0 + 4 * MINUTE, minutes[2:4]),
            (T0 + 2 * MINUTE - 1, T0 + 4 * MINUTE + 1, minutes[1:5]),
            (T0 + 2 * MINUTE + 1, T0 + 2 * MINUTE + 2, minutes[2:3]),
            (T0 - HOUR, T0, []),
            (T0 + 10 * MINUTE, T0 + HOUR, []),
        ):
            found = await repository.overlapping(session, stream, start, end)
            assert [segment.id for segment in found] == [segment.id for segment in expected]


async def test_the_longest_segment_is_found_from_its_last_moment(database: Database) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    longest = new_segment(stream, volume, T0, MAX_SEGMENT_MS)
    await store(database, longest)
    async with database.read() as session:
        end = T0 + MAX_SEGMENT_MS
        assert [found.id for found in await repository.overlapping(session, stream, end - 1, end + DAY)] == [longest.id]
        assert await repository.overlapping(session, stream, end, end + DAY) == []
        at = await repository.at(session, stream, end - 1)
        assert at is not None
        assert at.id == longest.id
        assert await repository.at(session, stream, end) is None


async def test_neighbours(database: Database) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    first, second = new_segment(stream, volume, T0), new_segment(stream, volume, T0 + HOUR)
    await store(database, first, second)

    async with database.read() as session:

        async def start(at_ms: int, *, later: bool) -> int | None:
            found = await repository.neighbour(session, stream, at_ms, later=later)
            return found.start_ms if found else None

        assert await start(T0 + 1, later=True) == T0 + HOUR
        assert await start(T0 + HOUR, later=True) == T0 + HOUR
        assert await start(T0 + HOUR, later=False) == T0
        assert await start(T0, later=False) is None
        assert await start(T0 + 2 * HOUR, later=True) is None


async def test_spans_join_what_touches_and_overlaps(database: Database) -> None:
    stream, other, volume = await add_stream(database), await add_stream(database, "door"), await add_volume(database)
    await store(
        database,
        *(new_segment(stream, volume, T0 + at) for at in (0, MINUTE, 2 * MINUTE + 3)),  # 3 ms of rounding
        *(new_segment(stream, volume, T0 + at) for at in (HOUR, HOUR + 1000)),  # the clock was set back
        new_segment(stream, volume, T0 + HOUR + 100, 500),  # within another
        new_segment(stream, volume, T0 + 2 * HOUR),
        new_segment(other, volume, T0 + 90_000),
    )
    async with database.read() as session:
        found = await repository.spans(session, [stream, other], T0, T0 + DAY)
        assert found == {
            stream: [
                (T0, T0 + 3 * MINUTE + 3),
                (T0 + HOUR, T0 + HOUR + 1000 + MINUTE),
                (T0 + 2 * HOUR, T0 + 2 * HOUR + MINUTE),
            ],
            other: [(T0 + 90_000, T0 + 90_000 + MINUTE)],
        }
        assert await repository.spans(session, [stream], T0 + 10 * HOUR, T0 + DAY) == {stream: []}


@pytest.mark.parametrize("seed", range(6))
async def test_spans_are_those_that_a_walk_finds(database: Database, seed: int) -> None:
    """Files of any length that follow each other, overlap, begin or end together, are empty, or leave holes."""
    chance = random.Random(seed)
    stream, volume = await add_stream(database), await add_volume(database)
    at, segments = T0, []
    for _ in range(60):
        length = chance.choice((0, 1, 7, 1000, MINUTE, MINUTE, HOUR))
        segments.append(new_segment(stream, volume, at, length))
        at += max(0, length + chance.choice((-length, -MINUTE, -6, -5, 0, 0, 0, 0, 5, 6, 3000, 2 * HOUR)))
    await store(database, *segments)
    async with database.read() as session:
        for _ in range(10):
            start = T0 + chance.randrange(at + HOUR - T0)
            end = start + chance.choice((1, MINUTE, HOUR, DAY, 30 * DAY))
            found = (await repository.spans(session, [stream], start, end))[stream]
            assert found == walked(segments, start, end)


def walked(segments: Sequence[NewSegment], start_ms: int, end_ms: int) -> list[tuple[int, int]]:
    """The spans of the files that reach into a range; 5 ms between two are rounding."""
    spans: list[tuple[int, int]] = []
    for one in sorted(segments, key=lambda one: one.start_ms):
        if one.start_ms >= end_ms or one.end_ms <= start_ms:
            continue
        if spans and one.start_ms <= spans[-1][1] + 5:
            spans[-1] = spans[-1][0], max(spans[-1][1], one.end_ms)
        else:
            spans.append((one.start_ms, one.end_ms))
    return spans


async def test_gaps_of_a_range_with_the_one_that_lasts(database: Database) -> None:
    stream, other = await add_stream(database), await add_stream(database, "door")
    rows = ((0, MINUTE, "network"), (HOUR, 2 * HOUR, "lost"), (3 * HOUR, None, "stopped"))
    async with database.write() as session:
        for start, end, cause in rows:
            end_ms = None if end is None else T0 + end
            session.add(GapRow(stream_id=stream, start_ms=T0 + start, end_ms=end_ms, cause=cause, detail="why"))
    network, lost, stopped = (
        Gap(T0 + start, None if end is None else T0 + end, GapCause(cause), "why") for start, end, cause in rows
    )
    async with database.read() as session:
        for start, end, expected in (
            (0, DAY, [network, lost, stopped]),
            (MINUTE, HOUR + 1, [lost]),
            (MINUTE - 1, HOUR, [network]),
            (20 * HOUR, 21 * HOUR, [stopped]),
            (2 * HOUR, 3 * HOUR, []),
        ):
            found = await repository.gaps(session, [stream, other], T0 + start, T0 + end)
            assert found == {stream: expected, other: []}


async def test_open_segments_bounds_and_holds(database: Database) -> None:
    stream, other, empty = [await add_stream(database, slug) for slug in ("gate", "door", "yard")]
    volume = await add_volume(database)
    closed, growing = new_segment(stream, volume, T0), new_segment(other, volume, T0 + HOUR)
    await store(database, closed)
    await store(database, growing, state=SegmentState.OPEN)
    async with database.write() as session:
        for camera, expires in ((await camera_of(database, stream), None), (await camera_of(database, other), T0)):
            session.add(
                HoldRow(
                    id=uuid7(),
                    camera_id=camera,
                    start_ms=T0 + MINUTE - 1,
                    end_ms=T0 + DAY,
                    owner="police",
                    reason="case",
                    created_ms=T0,
                    expires_ms=expires,
                )
            )
    async with database.read() as session:
        assert [segment.id for segment in await repository.open_segments(session)] == [growing.id]
        assert await repository.open_segments(session, [stream]) == []
        bounds = await repository.bounds(session, [stream, other, empty])
        assert bounds == {stream: (T0, T0 + MINUTE), other: (T0 + HOUR, T0 + HOUR + MINUTE)}
        both = [closed.id, growing.id]
        assert await repository.held_among(session, both, T0) == {closed.id}
        assert await repository.held_among(session, both, T0 - 1) == set(both)


async def test_health_comes_back_in_order_and_is_replaced(database: Database) -> None:
    stream = await add_stream(database)
    samples = [HealthSample(stream, minute, 25.0, 4e6, 2.0, 1.5, 0, None, None, 0, 60.0) for minute in (12, 10, 11)]
    async with database.write() as session:
        await ledger.store_health(session, samples)
        await ledger.store_health(session, [HealthSample(stream, 11, 20.0, 4e6, None, 1.5, 7, 3.5, -1.0, 1, 40.0)])
    async with database.read() as session:
        found = await repository.health(session, stream, 10, 12)
    assert [(sample.minute, sample.fps, sample.lost_packets) for sample in found] == [(10, 25.0, 0), (11, 20.0, 7)]


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_range_queries_use_both_bounds_of_the_index(kind: str, database: Database) -> None:
    """SQLite says how it will read: a search with both bounds, and the partial index for the open ones."""
    async with database.read() as session:
        statement = (
            "EXPLAIN QUERY PLAN SELECT id FROM segment"
            " WHERE stream_id = 1 AND start_ms > 1 AND start_ms < 2 AND end_ms > 1 ORDER BY start_ms"
        )
        plan = " ".join(str(row) for row in await session.execute(text(statement)))
        assert "ix_segment_timeline (stream_id=? AND start_ms>? AND start_ms<?)" in plan
        covered = statement.replace("SELECT id", "SELECT start_ms, max(end_ms) OVER (ORDER BY start_ms)")
        assert "USING COVERING INDEX ix_segment_timeline" in " ".join(
            str(row) for row in await session.execute(text(covered))
        )
        statement = "EXPLAIN QUERY PLAN SELECT id FROM segment WHERE state = 'open' AND stream_id IN (1, 2)"
        assert "ix_segment_open" in " ".join(str(row) for row in await session.execute(text(statement)))
