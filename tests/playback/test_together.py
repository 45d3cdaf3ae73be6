"""Streams of one camera on one time line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.playback.cutting import Cut, Entries, Stretch
from vedette.playback.planner import Hole, Plan
from vedette.playback.together import SharedTime, aligned, spans_of

T = 90_000


def part(start_ms: int, end_ms: int, run: str = "run") -> Cut:
    """Footage of one file whose run began at wall clock 0."""
    seconds = (end_ms - start_ms) / 1000
    stretch = Stretch("a", run, "init", T, start_ms * 90, end_ms * 90, start_ms, end_ms, seconds, 0.0)
    return Cut(stretch, Entries([0], [1], [seconds], [start_ms], 1))


def shape(plan: Plan) -> list[float | str]:
    """Holes as their seconds, files as where they begin on the wall clock."""
    return [one.duration_s if isinstance(one, Hole) else f"{one.stretch.at_ms}" for one in plan.parts]


def both(one: list[Cut], other: list[Cut], start_ms: int = 0) -> tuple[Plan, Plan]:
    shared = SharedTime(span for parts in (one, other) for span in spans_of([cut.stretch for cut in parts]))
    return aligned(Plan(one), shared, start_ms), aligned(Plan(other), shared, start_ms)


def test_footage_of_the_same_time_needs_no_holes() -> None:
    one, other = both([part(0, 10_000), part(10_000, 20_000)], [part(0, 20_000)])
    assert (shape(one), shape(other)) == (["0", "10000"], ["0"])


def test_who_begins_later_has_a_hole_first() -> None:
    one, other = both([part(0, 10_000)], [part(800, 10_000)], start_ms=300)
    assert (shape(one), shape(other)) == (["0"], [0.8, "800"])
    assert (one.start_s, other.start_s) == (0.3, 0.3)


def test_what_both_lack_is_left_out_and_the_rest_is_a_hole() -> None:
    one, other = both(
        [part(0, 10_000), part(60_000, 70_000, "later")],
        [part(0, 12_000), part(55_000, 70_000, "later")],
    )
    assert shape(one) == ["0", 7.0, "60000"]  # two seconds before the gap that both have, five after it
    assert shape(other) == ["0", "55000"]


def test_within_a_run_a_clock_may_drift() -> None:
    drifted = [part(0, 10_000), part(10_100, 20_100)]
    one, other = both(drifted, [part(0, 20_100)])
    assert (shape(one), shape(other)) == (["0", "10100"], ["0"])


def test_after_the_last_file_there_is_no_hole() -> None:
    one, other = both([part(0, 10_000)], [part(0, 20_000)])
    assert (shape(one), shape(other)) == (["0"], ["0"])


@pytest.mark.parametrize(
    ("at_ms", "place"),
    [
        (-5, 0),
        (0, 0),
        (4_000, 4_000),
        (10_000, 10_000),
        (30_000, 10_000),
        (60_000, 10_000),
        (61_000, 11_000),
        (99_999, 20_000),
    ],
)
def test_places(at_ms: int, place: int) -> None:
    assert SharedTime([(60_000, 70_000), (0, 6_000), (5_000, 10_000), (7, 7)]).place(at_ms) == place


SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 30)), max_size=12)


def cuts(numbers: list[tuple[int, int]]) -> list[Cut]:
    """Files one after the other, each of a run of its own."""
    found, at_ms = [], 0
    for number, (gap, length) in enumerate(numbers):
        at_ms += gap * 1000
        found.append(part(at_ms, at_ms + length * 1000, f"run {number}"))
        at_ms += length * 1000
    return found


@given(SPANS, SPANS)
def test_each_file_is_where_its_instant_is_in_both(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    first, second = cuts(one), cuts(other)
    shared = SharedTime(span for parts in (first, second) for span in spans_of([cut.stretch for cut in parts]))
    for parts in (first, second):
        at_ms = 0.0
        for found in aligned(Plan(parts), shared, 0).parts:
            if isinstance(found, Hole):
                assert found.duration_s > 0
                at_ms += found.duration_s * 1000
                continue
            assert at_ms == pytest.approx(shared.place(found.stretch.at_ms))
            at_ms += found.stretch.end_ms - found.stretch.at_ms
