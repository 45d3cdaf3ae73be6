"""Hours of the day and days of the week as spans, on ordinary days and on those on which clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from vedette.recordings.search.hours import EVERY_DAY, Hours, windows

VIENNA = ZoneInfo("Europe/Vienna")
MINUTE = 60_000
MON, TUE, SUN = 0, 1, 6


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def told(spans: list[tuple[int, int]]) -> list[str]:
    return ["/".join(f"{datetime.fromtimestamp(at / 1000, UTC):%d %H:%M}" for at in span) for span in spans]


CASES = [
    # An ordinary day: Vienna is an hour before UTC in winter.
    ("2026-01-12", "2026-01-13", "08:00", "10:00", EVERY_DAY, ["12 07:00/12 09:00"]),
    # Spans are cut, and those that touch are one.
    ("2026-01-12T08:30+01:00", "2026-01-12T09:00+01:00", "08:00", "10:00", EVERY_DAY, ["12 07:30/12 08:00"]),
    ("2026-01-12", "2026-01-14", "00:00", "24:00", EVERY_DAY, ["11 23:00/13 23:00"]),
    # Over midnight the day is that on which the hours begin: Monday's go on into Tuesday, Sunday's do not count.
    ("2026-01-12", "2026-01-14", "22:00", "02:00", frozenset({MON}), ["12 21:00/13 01:00"]),
    ("2026-01-13", "2026-01-14", "22:00", "02:00", frozenset({MON}), ["12 23:00/13 01:00"]),
    ("2026-01-12", "2026-01-13", "22:00", "02:00", frozenset({TUE}), []),
    ("2026-01-12", "2026-01-13", "22:00", "22:00", EVERY_DAY, ["11 23:00/12 23:00"]),
    # 29 March 2026: at 02:00 the clock shows 03:00. There is no 02:30.
    ("2026-03-29", "2026-03-30", "00:00", "24:00", EVERY_DAY, ["28 23:00/29 22:00"]),
    ("2026-03-29", "2026-03-30", "02:00", "03:00", EVERY_DAY, []),
    ("2026-03-29", "2026-03-30", "01:30", "03:30", EVERY_DAY, ["29 00:30/29 01:30"]),
    ("2026-03-29", "2026-03-30", "02:30", "04:00", EVERY_DAY, ["29 01:00/29 02:00"]),
    ("2026-03-28", "2026-03-30", "22:00", "06:00", frozenset({5}), ["28 21:00/29 04:00"]),
    # 25 October 2026: at 03:00 the clock shows 02:00 again. 02:30 is there twice.
    ("2026-10-25", "2026-10-26", "00:00", "24:00", EVERY_DAY, ["24 22:00/25 23:00"]),
    ("2026-10-25", "2026-10-26", "02:00", "03:00", EVERY_DAY, ["25 00:00/25 02:00"]),
    ("2026-10-25", "2026-10-26", "02:15", "02:45", EVERY_DAY, ["25 00:15/25 00:45", "25 01:15/25 01:45"]),
    ("2026-10-25", "2026-10-26", "01:00", "02:30", EVERY_DAY, ["24 23:00/25 00:30", "25 01:00/25 01:30"]),
    ("2026-10-25", "2026-10-26", "08:00", "09:00", frozenset({SUN}), ["25 07:00/25 08:00"]),
]


@pytest.mark.parametrize(("start", "end", "begin", "until", "days", "expected"), CASES)
def test_windows(start: str, end: str, begin: str, until: str, days: frozenset[int], expected: list[str]) -> None:
    def local(text: str) -> int:
        return (
            ms(text) if "T" in text else round(datetime.fromisoformat(text).replace(tzinfo=VIENNA).timestamp() * 1000)
        )

    first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (begin, until))
    found = windows(Hours(VIENNA, first, last, days), local(start), local(end))
    assert told(found) == expected


@pytest.mark.parametrize(
    ("zone", "around"),
    [
        ("Europe/Vienna", "2026-03-29"),
        ("Europe/Vienna", "2026-10-25"),
        ("Asia/Beirut", "2026-03-29"),  # midnight itself is left out
        ("America/Havana", "2026-11-01"),  # midnight comes twice
        ("Australia/Lord_Howe", "2026-04-05"),  # half an hour
        ("Asia/Kolkata", "2026-06-01"),
    ],
)
@pytest.mark.parametrize("hours", [(22 * 60, 6 * 60), (0, 90), (105, 170), (0, 24 * 60)])
def test_each_minute_lies_in_them_by_what_the_clock_shows(zone: str, around: str, hours: tuple[int, int]) -> None:
    tz = ZoneInfo(zone)
    start = ms(around + "T00:00+00:00") - 36 * 60 * MINUTE
    end = start + 4 * 24 * 60 * MINUTE
    days = frozenset({5, 6})
    found = windows(Hours(tz, *hours, days), start, end)
    assert all(a < b for a, b in found)
    assert all(b < c for (_, b), (c, _) in pairwise(found))
    for at in range(start, end, 5 * MINUTE):
        clock = datetime.fromtimestamp(at / 1000, tz)
        minute, day = clock.hour * 60 + clock.minute, clock.weekday()
        begin, until = hours
        if until > begin:
            inside = begin <= minute < until and day in days
        else:
            before = (clock.replace(tzinfo=None) - timedelta(days=1)).weekday()
            inside = (minute >= begin and day in days) or (minute < until and before in days)
        assert any(a <= at < b for a, b in found) == inside, clock


def test_always() -> None:
    assert Hours(VIENNA).always
    assert Hours(VIENNA, 480, 480).always
    assert not Hours(VIENNA, 0, 480).always
    assert not Hours(VIENNA, days=frozenset({MON})).always
