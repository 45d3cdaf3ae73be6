"""Hours of the day on days of the week, as spans of instants. Pure.

An instant counts by what the clock on the wall shows: where clocks are set back the doubled hour counts twice, where
they are set forward the hour that there was not counts for nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from vedette.recordings.coverage import Span
from vedette.recordings.days import midnight_ms

MINUTE_MS = 60_000
DAY_MINUTES = 24 * 60
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Hours:
    """From one minute of the day until another one, on days of the week (Monday is 0) by the clock of `timezone`.

    Where `end` is not after `start` they go on over midnight, and the day is that on which they begin.
    """

    timezone: ZoneInfo
    start: int = 0
    end: int = DAY_MINUTES
    days: frozenset[int] = EVERY_DAY

    @property
    def always(self) -> bool:
        """Whether they leave nothing out."""
        return self.days == EVERY_DAY and (self.end - self.start) % DAY_MINUTES == 0


def windows(hours: Hours, start_ms: int, end_ms: int) -> list[Span]:
    """What of `[start_ms, end_ms)` lies in the hours: in order, apart from each other."""
    # One before: its hours may go on into the first day.
    day = _day_of(start_ms, hours.timezone) - timedelta(days=1)
    last = _day_of(max(start_ms, end_ms - 1), hours.timezone)
    found: list[Span] = []
    while day <= last:
        if day.weekday() in hours.days:
            found += _of_day(hours, day)
        day += timedelta(days=1)
    return list(_joined((max(a, start_ms), min(b, end_ms)) for a, b in found))


def _of_day(hours: Hours, day: date) -> Iterator[Span]:
    if hours.end > hours.start:
        yield from _clock_spans(day, hours.start, hours.end, hours.timezone)
    else:
        yield from _clock_spans(day, hours.start, DAY_MINUTES, hours.timezone)
        yield from _clock_spans(day + timedelta(days=1), 0, hours.end, hours.timezone)


def _clock_spans(day: date, start: int, end: int, zone: ZoneInfo) -> Iterator[Span]:
    """When the clock shows a time in `[start, end)` of a day: two spans where it is set in between."""
    # The same readings without a zone: milliseconds since 1970 as if the day were one of UTC.
    reading = round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
    for from_ms, until_ms in _even_parts(midnight_ms(day, zone), midnight_ms(day + timedelta(days=1), zone), zone):
        offset_ms = _offset_ms(from_ms, zone)
        a = max(from_ms, reading + start * MINUTE_MS - offset_ms)
        b = min(until_ms, reading + end * MINUTE_MS - offset_ms)
        if b > a:
            yield a, b


def _even_parts(start_ms: int, end_ms: int, zone: ZoneInfo) -> Iterator[Span]:
    """A day in parts of one offset from UTC each: one, or two where the clock is set."""
    if end_ms <= start_ms:
        return
    first = _offset_ms(start_ms, zone)
    if _offset_ms(end_ms - 1, zone) == first:
        yield start_ms, end_ms
        return
    low, high = start_ms, end_ms - 1  # the offset is the first one at low and another one at high
    while high - low > 1:
        middle = (low + high) // 2
        if _offset_ms(middle, zone) == first:
            low = middle
        else:
            high = middle
    yield start_ms, high
    yield high, end_ms


def _offset_ms(at_ms: int, zone: ZoneInfo) -> int:
    offset = _local(at_ms, zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() * 1000)


def _day_of(at_ms: int, zone: ZoneInfo) -> date:
    return _local(at_ms, zone).date()


def _local(at_ms: int, zone: ZoneInfo) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms)).astimezone(zone)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that touch as one. The doubled hour may put two out of order; empty ones are left out."""
    last: Span | None = None
    for a, b in sorted(span for span in spans if span[1] > span[0]):
        if last is None:
            last = a, b
        elif a <= last[1]:
            last = last[0], max(last[1], b)
        else:
            yield last
            last = a, b
    if last is not None:
        yield last
