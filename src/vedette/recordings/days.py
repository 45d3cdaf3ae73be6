"""How much of each day was recorded, by the calendar of a time zone. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vedette.core.errors import invalid
from vedette.recordings.coverage import Span

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar. `percent` is of the part of the day that has passed and in which the camera existed."""

    date: date
    recorded_ms: int
    percent: float


def zone(name: str) -> ZoneInfo:
    """The time zone called `name` (IANA). Raises VedetteError `calendar.timezone`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"There is no time zone {name!r}. Use a name such as Europe/Vienna."
        raise invalid("calendar.timezone", message, field="timezone") from error


def parse_month(month: str) -> date:
    """The first day of `YYYY-MM`. Raises VedetteError `calendar.month`."""
    try:
        return datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError as error:
        raise invalid("calendar.month", f"{month!r} is not a month. Write it as 2026-11.", field="month") from error


def month_ms(first: date, tz: ZoneInfo) -> Span:
    """Where the month that begins with `first` starts and ends."""
    after = first + timedelta(days=monthrange(first.year, first.month)[1])
    return _midnight_ms(first, tz), _midnight_ms(after, tz)


def per_day(spans: Iterable[Span], first: date, tz: ZoneInfo, *, now_ms: int, since_ms: int) -> list[Day]:
    """Every day of the month that begins with `first`. `spans` are in order and disjoint.

    A day has 23 or 25 hours where the clocks change.
    """
    recorded = list(spans)
    if recorded:
        since_ms = min(since_ms, recorded[0][0])
    days = []
    for number in range(monthrange(first.year, first.month)[1]):
        day = first + timedelta(days=number)
        start_ms, end_ms = _midnight_ms(day, tz), _midnight_ms(day + timedelta(days=1), tz)
        inside = sum(max(0, min(b, end_ms) - max(a, start_ms)) for a, b in recorded)
        length = min(end_ms, now_ms) - max(start_ms, since_ms)
        days.append(Day(day, inside, round(min(100.0, 100 * inside / length), 3) if length > 0 else 0.0))
    return days


def day_ms(at_ms: int) -> Span:
    """The UTC day that has `at_ms`: the days of directories and of usage."""
    start_ms = at_ms - at_ms % DAY_MS
    return start_ms, start_ms + DAY_MS


def _midnight_ms(day: date, tz: ZoneInfo) -> int:
    return round(datetime(day.year, day.month, day.day, tzinfo=tz).timestamp() * 1000)
