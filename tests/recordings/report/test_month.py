"""Which days kept the promise: tables, on days of 23 and 25 hours, before a camera was added, and in the future."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from vedette.recordings.coverage import Share, account
from vedette.recordings.model import Gap, GapCause
from vedette.recordings.report.month import MOST_GAPS, Asked, CameraReport, camera_report, met, total
from vedette.recordings.report.table import rows_of

HOUR = 3_600_000
VIENNA = ZoneInfo("Europe/Vienna")


def local(*when: int) -> int:
    return round(datetime(*when, tzinfo=VIENNA).timestamp() * 1000)  # type: ignore[arg-type, misc]


def report(
    spans: list[tuple[int, int]], gaps: list[Gap], month: tuple[int, int], now_ms: int, since_ms: int = 0
) -> CameraReport:
    asked = Asked(date(*month, 1), "Europe/Vienna", 99.5)
    covered = account(spans, gaps, *asked.span, now_ms=now_ms, since_ms=since_ms)
    return camera_report(UUID(int=1), "=Gate", "gate", covered, asked)


MET = [
    (Share(0, 0), 99.5, None),
    (Share(995, 1000), 99.5, True),
    (Share(994_999, 1_000_000), 99.5, False),
    (Share(999_999_999, 1_000_000_000), 100, False),
    (Share(1000, 1000), 100, True),
]


@pytest.mark.parametrize(("share", "slo", "expected"), MET)
def test_met_is_not_rounded(share: Share, slo: float, expected: bool | None) -> None:
    assert met(share, slo) is expected


def test_days_on_which_clocks_change_are_whole_days() -> None:
    for month, day, hours in (((2026, 3), 29, 23), ((2026, 10), 25, 25)):
        start, end = local(*month, 1), local(month[0], month[1] + 1, 1)
        found = report([(start, end)], [], month, now_ms=end + HOUR)
        one = found.days[day - 1]
        assert (one.end_ms - one.start_ms, one.share.due_ms) == (hours * HOUR, hours * HOUR)
        assert all(met(each.share, 100) for each in found.days)
        assert total(each.share for each in found.days) == found.share


def test_time_before_the_camera_and_in_the_future_is_not_missing() -> None:
    added, now = local(2026, 11, 5, 12), local(2026, 11, 20, 6)
    found = report([(added, now)], [], (2026, 11), now_ms=now, since_ms=added)
    due = [each.share.due_ms // HOUR for each in found.days]
    assert due == [0] * 4 + [12] + [24] * 14 + [6] + [0] * 10
    assert [met(each.share, 99.5) for each in found.days] == [None] * 4 + [True] * 16 + [None] * 10


def test_gaps_are_shared_out_to_days_with_their_causes() -> None:
    start, end = local(2026, 11, 1), local(2026, 12, 1)
    away, back = local(2026, 11, 2, 22), local(2026, 11, 4, 1)
    off = local(2026, 11, 10), local(2026, 11, 11)
    gaps = [Gap(away, back, GapCause.NETWORK, "no route"), Gap(*off, GapCause.NOT_SCHEDULED)]
    found = report([(start, away), (back, off[0]), (off[1], end)], gaps, (2026, 11), now_ms=end + HOUR)
    by_day = {each.date.day: {cause.value: ms // HOUR for cause, ms in each.gaps_ms.items()} for each in found.days}
    assert {day: gaps for day, gaps in by_day.items() if gaps} == {
        2: {"network": 2},
        3: {"network": 24},
        4: {"network": 1},
        10: {"not_scheduled": 24},
    }
    assert met(found.days[9].share, 99.5) is None, "nothing was due"
    assert [met(found.days[day].share, 99.5) for day in (1, 2, 3, 4)] == [False, False, False, True]
    assert [(gap.cause, gap.detail) for gap in found.gaps] == [(GapCause.NETWORK, "no route")]
    for day in found.days:
        missing = sum(ms for cause, ms in day.gaps_ms.items() if cause is not GapCause.NOT_SCHEDULED)
        assert day.share.recorded_ms + missing == day.share.due_ms


def test_only_the_longest_gaps_are_told_and_the_others_counted() -> None:
    start, end = local(2026, 11, 1), local(2026, 12, 1)
    gaps = [Gap(start + n * HOUR, start + n * HOUR + 10_000 + n, GapCause.LOST) for n in range(MOST_GAPS + 50)]
    edges = [start, *(at for gap in gaps for at in (gap.start_ms, gap.end_ms or 0)), end]
    found = report(list(zip(edges[::2], edges[1::2], strict=True)), gaps, (2026, 11), now_ms=end + HOUR)
    assert (len(found.gaps), found.gaps_left_out) == (MOST_GAPS, 50)
    assert found.gaps[0].start_ms == gaps[50].start_ms
    assert sum(each.gaps_ms.get(GapCause.LOST, 0) for each in found.days) == sum(
        (g.end_ms or 0) - g.start_ms for g in gaps
    )


def test_a_spreadsheet_computes_no_name() -> None:
    start = local(2026, 11, 1)
    found = report([(start, start + HOUR)], [], (2026, 11), now_ms=start + HOUR)
    rows = rows_of(found, 99.5)
    assert rows[0][:8] == ("'=Gate", "gate", "2026-11-01", "24", "3600.000", "3600.000", "100.000", "yes")
    assert rows[1][4:8] == ("0.000", "0.000", "", "")
