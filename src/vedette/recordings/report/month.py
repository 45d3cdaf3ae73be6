"""How much of what was promised was recorded, by camera and day of a month. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from vedette.recordings import days
from vedette.recordings.coverage import Coverage, CoveredGap, Share
from vedette.recordings.model import GapCause

# A line that a person may set for their site; see the site's preferences.
USUAL_SLO = 99.5
# Of each camera; those that are left out are counted, and every day has the sums of all.
MOST_GAPS = 200


@dataclass(frozen=True, slots=True)
class DayReport:
    """One day of one camera, 23 or 25 hours long where clocks change. `gaps_ms` are sums by cause;
    `NOT_SCHEDULED` is not due."""

    date: date
    start_ms: int
    end_ms: int
    share: Share
    gaps_ms: dict[GapCause, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CameraReport:
    """A month of one camera. `gaps` are the longest, in order; `gaps_left_out` says how many more there are."""

    camera_id: UUID
    name: str
    slug: str
    share: Share
    days: Sequence[DayReport]
    gaps: Sequence[CoveredGap]
    gaps_left_out: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which month, by which clock, and what share of it was promised (per cent)."""

    first: date
    timezone: str
    slo: float

    @property
    def zone(self) -> ZoneInfo:
        """The clock."""
        return ZoneInfo(self.timezone)

    @property
    def month(self) -> str:
        """`2026-11`."""
        return f"{self.first:%Y-%m}"

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends."""
        return days.month_ms(self.first, self.zone)

    @property
    def dates(self) -> list[date]:
        """Its days."""
        found = [self.first + timedelta(days=number) for number in range(31)]
        return [one for one in found if one.month == self.first.month]


@dataclass(frozen=True, slots=True)
class MonthReport:
    """A month of several cameras."""

    asked: Asked
    made_ms: int
    cameras: Sequence[CameraReport]

    @property
    def share(self) -> Share:
        """Of all together."""
        return total(camera.share for camera in self.cameras)


def met(share: Share, slo: float) -> bool | None:
    """Whether the promise was kept; None where nothing was due. Not rounded: 99.4999 is less than 99.5."""
    if share.due_ms <= 0:
        return None
    return 100 * share.recorded_ms >= slo * share.due_ms


def total(shares: Iterable[Share]) -> Share:
    """Together."""
    every = list(shares)
    return Share(sum(one.recorded_ms for one in every), sum(one.due_ms for one in every))


def camera_report(camera_id: UUID, name: str, slug: str, covered: Coverage, asked: Asked) -> CameraReport:
    """The month of a camera out of the coverage of it."""
    zone, found = asked.zone, []
    for day in days.per_day(covered, asked.first, zone):
        start_ms, end_ms = days.midnight_ms(day.date, zone), days.midnight_ms(day.date + timedelta(days=1), zone)
        found.append(DayReport(day.date, start_ms, end_ms, day.share))
    _share_out(covered.gaps, found)
    # What the plan left out is no failure to be told one by one.
    told = [gap for gap in covered.gaps if gap.cause is not GapCause.NOT_SCHEDULED]
    longest = sorted(told, key=lambda gap: gap.start_ms - gap.end_ms)[:MOST_GAPS]
    shown = sorted(longest, key=lambda gap: gap.start_ms)
    return CameraReport(camera_id, name, slug, covered.share, found, shown, len(told) - len(shown))


def _share_out(gaps: Sequence[CoveredGap], found: Sequence[DayReport]) -> None:
    """Each gap to the days that it lies in. Both are in order: one walk."""
    first = 0
    for gap in gaps:
        while first < len(found) and found[first].end_ms <= gap.start_ms:
            first += 1
        for day in found[first:]:
            if day.start_ms >= gap.end_ms:
                break
            inside = min(gap.end_ms, day.end_ms) - max(gap.start_ms, day.start_ms)
            day.gaps_ms[gap.cause] = day.gaps_ms.get(gap.cause, 0) + inside
