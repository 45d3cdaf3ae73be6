"""Spans brought together, and kept few."""

import pytest

from vedette.audit.spans import Span, add, bounded, length, union


@pytest.mark.parametrize(
    ("spans", "apart", "expected"),
    [
        ([], 0, []),
        ([(5, 5), (7, 6)], 0, []),
        ([(10, 20), (0, 5)], 0, [(0, 5), (10, 20)]),
        ([(0, 10), (10, 20)], 0, [(0, 20)]),
        ([(0, 10), (2, 4)], 0, [(0, 10)]),
        ([(0, 10), (12, 20), (23, 30)], 2, [(0, 20), (23, 30)]),
    ],
)
def test_union(spans: list[Span], apart: int, expected: list[Span]) -> None:
    assert union(spans, apart=apart) == expected


def test_the_smallest_holes_are_closed_first() -> None:
    spans = [(0, 10), (11, 20), (50, 60), (62, 70)]
    assert bounded(spans, 4) == spans
    assert bounded(spans, 3) == [(0, 20), (50, 60), (62, 70)]
    assert bounded(spans, 2) == [(0, 20), (50, 70)]
    assert bounded(spans, 1) == [(0, 70)]
    assert length(spans) == 37


def test_what_is_added_at_the_end_grows_and_the_list_stays_short() -> None:
    spans: list[Span] = []
    for start in range(0, 100, 10):
        add(spans, start, start + 10, 8)
    assert spans == [(0, 100)]
    for start in range(1000, 100_000, 100):
        add(spans, start, start + 10, 8)
        assert len(spans) <= 8
    assert (spans[0][0], spans[-1][1]) == (0, 99_910)
