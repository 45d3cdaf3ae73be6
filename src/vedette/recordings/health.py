"""A stream's health over time: the minutes that its recorder wrote, gathered into as many points as a chart shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.recordings.model import HealthSample


class HealthRange(StrEnum):
    """How far back."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


# Minutes of the whole and of one point.
SPANS: dict[HealthRange, tuple[int, int]] = {
    HealthRange.HOUR: (60, 1),
    HealthRange.DAY: (24 * 60, 5),
    HealthRange.WEEK: (7 * 24 * 60, 30),
}


@dataclass(frozen=True, slots=True)
class HealthPoint:
    """Some minutes together: rates are means over the time that was connected, `key_interval_s` and `jitter_ms` the
    worst, counts and `connected_s` sums, clock values the last."""

    minute: int
    fps: float
    bitrate: float
    key_interval_s: float | None
    jitter_ms: float
    lost_packets: int
    clock_offset_ms: float | None
    drift_ppm: float | None
    reconnects: int
    connected_s: float


def window(span: HealthRange, now_ms: int) -> tuple[int, int]:
    """The minutes `[since, until)` that the range covers, whole points only; the present minute is the last."""
    length, step = SPANS[span]
    until = now_ms // 60_000 + 1
    return (until - length) // step * step, until


def points(samples: Iterable[HealthSample], span: HealthRange) -> list[HealthPoint]:
    """`samples` in the order of time as points; a span without samples has no point."""
    step = SPANS[span][1]
    gathered: dict[int, list[HealthSample]] = {}
    for sample in samples:
        gathered.setdefault(sample.minute // step * step, []).append(sample)
    return [_point(minute, group) for minute, group in gathered.items()]


def _point(minute: int, group: Sequence[HealthSample]) -> HealthPoint:
    connected_s = sum(sample.connected_s for sample in group)
    intervals = [sample.key_interval_s for sample in group if sample.key_interval_s is not None]
    offsets = [sample.clock_offset_ms for sample in group if sample.clock_offset_ms is not None]
    drifts = [sample.drift_ppm for sample in group if sample.drift_ppm is not None]
    return HealthPoint(
        minute,
        fps=_mean([(sample.fps, sample.connected_s) for sample in group]),
        bitrate=_mean([(sample.bitrate, sample.connected_s) for sample in group]),
        key_interval_s=max(intervals, default=None),
        jitter_ms=max(sample.jitter_ms for sample in group),
        lost_packets=sum(sample.lost_packets for sample in group),
        clock_offset_ms=offsets[-1] if offsets else None,
        drift_ppm=drifts[-1] if drifts else None,
        reconnects=sum(sample.reconnects for sample in group),
        connected_s=connected_s,
    )


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    weight = sum(each for _, each in weighted)
    return sum(value * each for value, each in weighted) / weight if weight else 0.0
