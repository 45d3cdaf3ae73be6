"""Hours of the week as they are stored and told, `{"timezone", "week"}` as a camera's schedule, and as the policy asks.

A span whose end is not after its start goes on into the next day; `24:00` is the end of a day.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from vedette.access.policy import Hours

_DAY = 24 * 60
_DAYS = 7


def hours_of(stored: Mapping[str, Any]) -> Hours:
    """The hours for the policy. Raises ValueError for what can't be read, also a time zone that this machine lacks."""
    try:
        timezone = str(stored["timezone"])
        ZoneInfo(timezone)
        days = [[(_minute(start), _minute(end)) for start, end in spans] for spans in stored["week"]]
    except (KeyError, TypeError, OSError) as error:
        raise ValueError(f"not hours of the week: {error}") from error
    if len(days) != _DAYS:
        raise ValueError("a week has seven days")
    week: list[list[tuple[int, int]]] = [[] for _ in range(_DAYS)]
    for number, spans in enumerate(days):
        for start, end in spans:
            if start < end:
                week[number].append((start, end))
                continue
            week[number].append((start, _DAY))
            week[(number + 1) % _DAYS].append((0, end))
    return Hours(timezone, tuple(tuple(sorted(spans)) for spans in week))


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    value = int(hours) * 60 + int(minutes)
    if not 0 <= value <= _DAY:
        raise ValueError(f"not a time of day: {text}")
    return value
