"""How much of each day was recorded, by the calendar of a time zone. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vedette.core.errors import invalid
from vedette.recordings.coverage import Coverage, Share, Span
from vedette.recordings.model import GapCause

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar."""

    date: date
    share: Share
    cause: GapCause | None = None  # of what is missing, the one that took most of it


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
    return midnight_ms(first, tz), midnight_ms(after, tz)


def per_day(covered: Coverage, first: date, tz: ZoneInfo) -> list[Day]:
    """Every day of the month that begins with `first`. A day has 23 or 25 hours where the clocks change."""
    days = []
    for number in range(monthrange(first.year, first.month)[1]):
        day = first + timedelta(days=number)
        start_ms, end_ms = midnight_ms(day, tz), midnight_ms(day + timedelta(days=1), tz)
        missing = covered.missing(start_ms, end_ms)
        # What the plan left out is missed by nobody, and told where there is nothing else.
        worst = max(missing, key=lambda cause: (cause is not GapCause.NOT_SCHEDULED, missing[cause]), default=None)
        days.append(Day(day, covered.within(start_ms, end_ms), worst))
    return days


def day_ms(at_ms: int) -> Span:
    """The UTC day that has `at_ms`: the days of directories and of usage."""
    start_ms = at_ms - at_ms % DAY_MS
    return start_ms, start_ms + DAY_MS


def midnight_ms(day: date, tz: ZoneInfo) -> int:
    """Where a day begins."""
    return round(datetime(day.year, day.month, day.day, tzinfo=tz).timestamp() * 1000)
