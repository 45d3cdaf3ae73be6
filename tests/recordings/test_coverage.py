from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.core.errors import VedetteError
from vedette.recordings.coverage import PENDING_MS, UNEXPLAINED, Coverage, CoveredGap, Share, account, reduced
from vedette.recordings.days import month_ms, parse_month, per_day, zone
from vedette.recordings.model import Gap, GapCause

S = 1000
NETWORK, OFFLINE, LOST = GapCause.NETWORK, GapCause.CAMERA_OFFLINE, GapCause.LOST
DELETED, STOPPED = GapCause.DELETED_BY_RETENTION, GapCause.STOPPED
LATER = 1_000_000 * S


def cover(
    spans: list[tuple[int, int]], gaps: list[Gap], start: int = 0, end: int = 100 * S, now: int = LATER, since: int = 0
) -> tuple[list[tuple[int, int]], list[tuple[int, int, GapCause]]]:
    found = account(spans, gaps, start, end, now_ms=now, since_ms=since)
    return list(found.spans), [(gap.start_ms, gap.end_ms, gap.cause) for gap in found.gaps]


def test_a_whole_range() -> None:
    assert cover([(-50 * S, 150 * S)], []) == ([(0, 100 * S)], [])


def test_nothing_at_all_is_lost() -> None:
    assert cover([], []) == ([], [(0, 100 * S, LOST)])


def test_a_gap_keeps_its_cause_and_is_cut_to_the_hole() -> None:
    spans = [(0, 40 * S), (60 * S, 100 * S)]
    assert cover(spans, [Gap(30 * S, 70 * S, NETWORK)]) == (spans, [(40 * S, 60 * S, NETWORK)])


def test_a_short_hole_without_a_word_is_no_gap_a_longer_one_is_lost() -> None:
    assert cover([(0, 50 * S), (51 * S, 100 * S)], []) == ([(0, 100 * S)], [])
    spans = [(0, 50 * S), (51 * S + 1, 100 * S)]
    assert cover(spans, []) == (spans, [(50 * S, 51 * S + 1, LOST)])


def test_a_short_hole_with_a_cause_is_a_gap() -> None:
    spans = [(0, 50 * S), (50 * S + 300, 100 * S)]
    assert cover(spans, [Gap(50 * S, 50 * S + 300, NETWORK)]) == (spans, [(50 * S, 50 * S + 300, NETWORK)])


def test_slivers_beside_a_gap_belong_to_it() -> None:
    spans = [(0, 40 * S), (60 * S, 100 * S)]
    for gap in (Gap(40 * S + 500, 60 * S, NETWORK), Gap(40 * S, 59 * S + 500, NETWORK)):
        assert cover(spans, [gap]) == (spans, [(40 * S, 60 * S, NETWORK)])


def test_the_unexplained_part_of_a_hole_is_lost() -> None:
    spans = [(0, 40 * S), (60 * S, 100 * S)]
    gaps = [(40 * S, 50 * S, NETWORK), (50 * S, 60 * S, LOST)]
    assert cover(spans, [Gap(40 * S, 50 * S, NETWORK)]) == (spans, gaps)


def test_of_two_causes_a_deletion_wins_else_the_later() -> None:
    gaps = [Gap(0, 60 * S, DELETED), Gap(0, 100 * S, NETWORK), Gap(50 * S, 80 * S, OFFLINE)]
    assert cover([], gaps) == (
        [],
        [(0, 60 * S, DELETED), (60 * S, 80 * S, OFFLINE), (80 * S, 100 * S, NETWORK)],
    )


def test_a_gap_that_lasts_reaches_to_now() -> None:
    found = cover([(0, 40 * S)], [Gap(40 * S, None, STOPPED)], now=70 * S)
    assert found == ([(0, 40 * S)], [(40 * S, 70 * S, STOPPED)])


def test_a_gap_that_is_open_still_ends_where_footage_begins_again() -> None:
    spans = [(0, 40 * S), (60 * S, 99 * S)]
    gap = Gap(40 * S, None, LOST, "killed")
    assert cover(spans, [gap], end=100 * S, now=100 * S) == (spans, [(40 * S, 60 * S, LOST)])
    assert cover(spans[:1], [gap], end=100 * S, now=100 * S) == (spans[:1], [(40 * S, 100 * S, LOST)])


def test_the_future_and_the_time_before_the_camera_do_not_count() -> None:
    found = account([(95 * S, 100 * S)], [], 0, 200 * S, now_ms=100 * S, since_ms=30 * S)
    assert (found.start_ms, found.end_ms, found.share) == (30 * S, 100 * S, Share(5 * S, 70 * S))
    assert account([], [], 0, 10, now_ms=LATER, since_ms=20).share.percent is None
    # Footage that is older than the camera's row, as after `reindex`, counts from its start on.
    assert cover([(10 * S, 100 * S)], [], since=50 * S) == ([(10 * S, 100 * S)], [])


def test_the_moment_until_a_new_camera_is_taken_on_is_no_loss() -> None:
    assert cover([(20 * S, 100 * S)], [], since=5 * S) == ([(20 * S, 100 * S)], [])
    gaps = [Gap(8 * S, 30 * S, NETWORK)]
    assert cover([(30 * S, 100 * S)], gaps, since=5 * S) == ([(30 * S, 100 * S)], [(8 * S, 30 * S, NETWORK)])
    spans = [(80 * S, 100 * S)]
    assert cover(spans, [], since=5 * S) == (spans, [(5 * S, 80 * S, LOST)])


def test_a_camera_that_nobody_has_taken_on_yet_has_lost_nothing_for_a_minute() -> None:
    assert cover([], [], since=5 * S, now=60 * S) == ([], [])
    assert cover([], [], start=20 * S, since=5 * S, now=60 * S) == ([], [])
    assert cover([], [], since=5 * S, now=66 * S) == ([], [(5 * S, 66 * S, LOST)])
    # Nor is it a loss where one looks at a part of that minute only.
    assert cover([(20 * S, 100 * S)], [], start=10 * S, since=5 * S) == ([(20 * S, 100 * S)], [])


def test_the_row_of_an_open_file_may_be_a_little_behind() -> None:
    now = 50 * S
    assert cover([(0, now - PENDING_MS)], [], now=now) == ([(0, now - PENDING_MS)], [])
    late = now - PENDING_MS - 1
    assert cover([(0, late)], [], now=now) == ([(0, late)], [(late, now, LOST)])
    found = cover([(0, now - 5 * S)], [Gap(now - 5 * S, None, NETWORK)], now=now)
    assert found == ([(0, now - 5 * S)], [(now - 5 * S, now, NETWORK)])


times = st.integers(min_value=-200, max_value=1200).map(lambda tenths: tenths * 100)
spans_strategy = st.lists(st.tuples(times, times).map(lambda pair: (min(pair), max(pair))), max_size=12).map(sorted)
gaps_strategy = st.lists(
    st.builds(
        lambda pair, lasts, cause, detail: Gap(min(pair), None if lasts else max(pair), cause, detail),
        st.tuples(times, times),
        st.booleans(),
        st.sampled_from(GapCause),
        st.sampled_from(["", "x"]),
    ),
    max_size=8,
).map(lambda gaps: sorted(gaps, key=lambda gap: gap.start_ms))


@st.composite
def coverages(draw: st.DrawFn) -> tuple[list[tuple[int, int]], Coverage]:
    spans = draw(spans_strategy)
    a, b = draw(times), draw(times)
    found = account(
        spans, draw(gaps_strategy), min(a, b), max(a, b), now_ms=draw(times), since_ms=draw(st.just(-20_000) | times)
    )
    return spans, found


def check_partition(found: Coverage) -> None:
    pieces = sorted([*found.spans, *((gap.start_ms, gap.end_ms) for gap in found.gaps)])
    assert all(a < b for a, b in pieces)
    edges = [found.start_ms, *(b for _, b in pieces)]
    assert [a for a, _ in pieces] == edges[:-1]
    assert edges[-1] == found.end_ms


@given(coverages())
def test_every_millisecond_is_in_one_span_or_one_gap(case: tuple[list[tuple[int, int]], Coverage]) -> None:
    spans, found = case
    check_partition(found)
    assert found.share.recorded_ms == sum(b - a for a, b in found.spans)
    assert list(found.spans) == sorted(found.spans)
    for gap in found.gaps:
        # No gap covers footage, and neighbours that say the same are one.
        assert not any(max(a, gap.start_ms) < min(b, gap.end_ms) for a, b in spans)
    for before, after in zip(found.gaps, found.gaps[1:], strict=False):
        assert before.end_ms < after.start_ms or (before.cause, before.detail) != (after.cause, after.detail)
    for gap in found.gaps:
        assert gap.detail != UNEXPLAINED or gap.end_ms - gap.start_ms > 1000 or not found.spans


@given(coverages(), st.integers(min_value=1, max_value=60_000))
def test_a_reduced_coverage_is_small_and_hides_no_place(
    case: tuple[list[tuple[int, int]], Coverage], resolution_ms: int
) -> None:
    _, whole = case
    found = reduced(whole, resolution_ms)
    check_partition(found)
    assert found.share == whole.share
    assert len(found.gaps) <= 2 * (whole.end_ms - whole.start_ms) // resolution_ms + 2
    for gap in whole.gaps:
        assert any(kept.start_ms - resolution_ms <= gap.start_ms <= kept.end_ms + resolution_ms for kept in found.gaps)
        if gap.end_ms - gap.start_ms >= resolution_ms:
            assert any(kept.start_ms <= gap.start_ms and gap.end_ms <= kept.end_ms for kept in found.gaps)


def test_short_gaps_of_one_place_become_its_longest() -> None:
    gaps = [
        CoveredGap(at, at + length, NETWORK) for at, length in ((1000, 100), (2000, 300), (3000, 200), (50_000, 10))
    ]
    whole = Coverage(0, 100_000, [], gaps, Share(99_390, 100_000))
    found = reduced(whole, 10_000)
    assert found.gaps == [gaps[1], gaps[3]]
    assert found.spans == [(0, 2000), (2300, 50_000), (50_010, 100_000)]


def test_a_month_by_the_calendar_of_a_zone() -> None:
    vienna = ZoneInfo("Europe/Vienna")
    first = parse_month("2026-10")
    start, end = month_ms(first, vienna)
    days = per_day(account([(start, end)], [], start, end, now_ms=end, since_ms=0), first, vienna)
    assert len(days) == 31
    assert [day.share.recorded_ms // 3_600_000 for day in days[23:26]] == [24, 25, 24]  # the clocks go back on the 25th
    assert {day.share.percent for day in days} == {100.0}
    assert sum(day.share.recorded_ms for day in days) == end - start


def test_the_present_day_counts_as_far_as_it_is() -> None:
    utc = ZoneInfo("UTC")
    first = date(2026, 11, 1)
    start, _ = month_ms(first, utc)
    hour = 3_600_000
    spans = [(start + 30 * hour, start + 33 * hour)]
    covered = account(spans, [], start, start + 720 * hour, now_ms=start + 36 * hour, since_ms=start + 26 * hour)
    days = per_day(covered, first, utc)
    assert [day.share for day in days[:3]] == [Share(0, 0), Share(3 * hour, 10 * hour), Share(0, 0)]
    assert [day.share.percent for day in days[:3]] == [None, 30.0, None]


def test_a_day_names_what_took_most_of_what_is_missing() -> None:
    first = date(2026, 11, 1)
    start, end = month_ms(first, ZoneInfo("UTC"))
    hour, day = 3_600_000, 24 * 3_600_000
    planned, away = GapCause.NOT_SCHEDULED, GapCause.CAMERA_OFFLINE
    gaps = [
        Gap(start, start + 20 * hour, planned),  # most of the day, and missed by nobody
        Gap(start + 20 * hour, start + 22 * hour, away),
        Gap(start + 22 * hour, start + 23 * hour, STOPPED),
        Gap(start + day, start + 2 * day, planned),
    ]
    spans = [(start + 23 * hour, start + day), (start + 2 * day, end)]
    days = per_day(account(spans, gaps, start, end, now_ms=end, since_ms=0), first, ZoneInfo("UTC"))
    assert [day.cause for day in days[:3]] == [away, planned, None]
    assert [day.share.percent for day in days[:3]] == [25.0, None, 100.0]


SHARES = [
    # recorded, due, percent
    (0, 0, None),
    (0, 10, 0.0),
    (3, 10, 30.0),
    (10, 10, 100.0),
    (10_000_000 - 1, 10_000_000, 99.999),  # all of it, or not
]


@pytest.mark.parametrize(("recorded", "due", "percent"), SHARES)
def test_what_a_share_is_in_percent(recorded: int, due: int, percent: float | None) -> None:
    assert Share(recorded, due).percent == percent


def test_what_was_not_planned_is_not_due_and_all_else_that_is_missing_is() -> None:
    gaps = [Gap(20 * S, 40 * S, GapCause.NOT_SCHEDULED), Gap(40 * S, 50 * S, STOPPED), Gap(50 * S, 60 * S, DELETED)]
    found = account([(0, 20 * S), (60 * S, 100 * S)], gaps, 0, 100 * S, now_ms=LATER, since_ms=0)
    assert found.share == Share(60 * S, 80 * S)
    assert found.within(10 * S, 45 * S) == Share(10 * S, 15 * S)
    assert found.within(20 * S, 40 * S).percent is None
    assert found.within(-50 * S, 20 * S) == Share(20 * S, 20 * S)


@pytest.mark.parametrize("name", ["Mars/Base", "../../etc/passwd", "", "/etc/localtime"])
def test_a_zone_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(VedetteError) as refused:
        zone(name)
    assert refused.value.field == "timezone"


@pytest.mark.parametrize("month", ["2026-13", "november", "2026", ""])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(VedetteError) as refused:
        parse_month(month)
    assert refused.value.field == "month"
