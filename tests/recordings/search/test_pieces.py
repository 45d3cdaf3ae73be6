"""Ranges of beginnings: every segment is in exactly one, or in none."""

import random

import pytest

from vedette.recordings.search.pieces import DAY_MS, MOST, Piece, batches, pieces, within

HOUR = 3_600_000
LONGEST = 65 * 60_000


def matches(found: list[Piece], start_ms: int, end_ms: int) -> int:
    return sum(one.from_ms <= start_ms < one.to_ms and end_ms > one.after_ms for one in found)


def test_a_span() -> None:
    assert pieces([(100, 200)], 30) == [Piece(70, 200, 100)]


def test_ranges_of_near_spans_do_not_overlap() -> None:
    assert pieces([(100, 200), (210, 300)], 30) == [Piece(70, 200, 100), Piece(200, 300, 210)]


@pytest.mark.parametrize("seed", range(20))
def test_a_segment_is_found_once_where_it_reaches_into_a_span(seed: int) -> None:
    chance = random.Random(seed)
    edges = sorted(chance.sample(range(0, 40 * HOUR, 60_000), 2 * chance.randint(1, 8)))
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    found = pieces(spans, LONGEST)
    together = [one for batch in reversed(list(batches(found))) for one in batch]
    for _ in range(500):
        start = chance.randrange(-2 * HOUR, 42 * HOUR)
        end = start + chance.randrange(1, LONGEST)
        wanted = any(start < b and end > a for a, b in spans)
        assert matches(found, start, end) == wanted
        assert matches(together, start, end) == wanted, "cut into batches it is the same"
        assert matches(within(found, 0, start), start, end) == 0


def test_batches_are_newest_first_and_grow() -> None:
    whole = [Piece(0, 10 * DAY_MS, 0)]
    found = list(batches(whole))
    assert [batch[-1].to_ms // DAY_MS for batch in found] == [10, 9, 7, 3]
    assert found[-1][0].from_ms == 0
    many = [Piece(at, at + 1, at) for at in range(0, 1000 * HOUR, HOUR)]
    assert max(len(batch) for batch in batches(many)) == MOST
    assert list(batches([])) == []
