"""The period that a report is of. Pure."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vedette.core.errors import invalid

DAY_MS = 86_400_000
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def zone_of(timezone: str) -> ZoneInfo:
    """Raises VedetteError `audit.timezone`."""
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        text = "Give a name of the time zone database, as Europe/Vienna."
        raise invalid("audit.timezone", text, field="timezone") from None


def month_span(month: str, timezone: str) -> tuple[int, int]:
    """Beginning and end of a month (`YYYY-MM`) by the clock of a time zone, milliseconds.

    Raises VedetteError `audit.month`, `audit.timezone`.
    """
    found = _MONTH.fullmatch(month)
    if found is None or not 1 <= int(found[2]) <= 12 or not 1970 <= int(found[1]) <= 9000:
        raise invalid("audit.month", "Give a month as 2026-11.", field="month")
    zone = zone_of(timezone)
    year, number = int(found[1]), int(found[2])
    following = (year, number + 1) if number < 12 else (year + 1, 1)
    first, last = datetime(year, number, 1, tzinfo=zone), datetime(*following, 1, tzinfo=zone)
    return round(first.timestamp() * 1000), round(last.timestamp() * 1000)


def period(
    month: str | None, since_ms: int | None, until_ms: int | None, timezone: str, now_ms: int
) -> tuple[int, int]:
    """A month, or from an instant until another one, which is now where it is not given.

    Raises VedetteError as `month_span`, and `audit.period`, `audit.span`.
    """
    zone_of(timezone)
    if month is not None:
        if since_ms is not None or until_ms is not None:
            raise invalid("audit.period", "Give a month, or from and to, not both.", field="month")
        return month_span(month, timezone)
    if since_ms is None:
        raise invalid("audit.period", "Give a month (2026-11), or an instant as `from`.", field="from")
    end_ms = now_ms if until_ms is None else until_ms
    if end_ms <= since_ms:
        raise invalid("audit.span", "The end must be after the start.", field="to")
    return since_ms, end_ms
