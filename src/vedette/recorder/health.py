"""What is measured of a stream: counters that the pipeline raises, and rates over a sliding window made from them.

The hot path only adds to plain integers; everything else happens when somebody looks (`sample`, each second).
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

WINDOW_S: Final = 10.0
# Smoothing of the jitter: 1/16 per frame (RFC 3550, section 6.4.1).
_JITTER_SHARE: Final = 1 / 16


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute of a stream, for the database. Times in the unit of their name, `bitrate` in bits per second."""

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


@dataclass(slots=True)
class _Mark:
    """The counters at one moment."""

    at_s: float
    frames: int
    bytes: int
    lost: int


class Health:
    """One stream's counters. They only rise, over all its runs."""

    __slots__ = (
        "_connected_since",
        "_key_at_s",
        "_last",
        "_minute",
        "_minute_connected_s",
        "_minute_mark",
        "_minute_reconnects",
        "_window",
        "bytes",
        "clock_offset_ms",
        "drift_ppm",
        "dropped",
        "frames",
        "glitches",
        "jitter_s",
        "key_interval_s",
        "lost_packets",
        "reconnects",
    )

    def __init__(self) -> None:
        self.frames = 0  # video frames (audio frames where there is no video)
        self.bytes = 0  # of all tracks
        self.lost_packets = 0
        self.dropped = 0  # units before a first key frame
        self.glitches = 0  # time stamps that were clamped
        self.reconnects = 0
        self.jitter_s = 0.0
        self.key_interval_s: float | None = None
        self.clock_offset_ms: float | None = None
        self.drift_ppm: float | None = None
        self._last: tuple[float, float] | None = None
        self._key_at_s: float | None = None
        self._connected_since: float | None = None
        self._window: deque[_Mark] = deque()
        self._minute: int | None = None
        self._minute_mark = _Mark(0.0, 0, 0, 0)
        self._minute_reconnects = 0
        self._minute_connected_s = 0.0

    def frame(self, arrival_s: float, media_s: float, size: int, key: bool) -> None:
        """A frame of the master track came in."""
        self.frames += 1
        self.bytes += size
        last = self._last
        if last is not None:
            apart = abs((arrival_s - last[0]) - (media_s - last[1]))
            self.jitter_s += (apart - self.jitter_s) * _JITTER_SHARE
        self._last = (arrival_s, media_s)
        if key:
            if self._key_at_s is not None:
                self.key_interval_s = media_s - self._key_at_s
            self._key_at_s = media_s

    def run_began(self) -> None:
        """Media times start over: they are not compared with those of the run before."""
        self._last = None
        self._key_at_s = None

    def connected(self, now_s: float) -> None:
        """A connection delivers."""
        if self._connected_since is None:
            self._connected_since = now_s

    def disconnected(self, now_s: float) -> None:
        """It ended."""
        self._add_connected(now_s)
        self._connected_since = None
        self._window.clear()
        self.run_began()

    def sample(self, now_s: float, now_ms: int) -> Minute | None:
        """Looks at the counters; the minute that ended, if one did since the last look."""
        self._window.append(self._mark(now_s))
        while len(self._window) > 2 and now_s - self._window[0].at_s > WINDOW_S:
            self._window.popleft()
        minute = now_ms // 60_000
        if self._minute is None:
            self._begin_minute(minute, now_s)
        if minute == self._minute:
            return None
        ended = self._end_minute(now_s)
        self._begin_minute(minute, now_s)
        return ended

    @property
    def fps(self) -> float:
        """Frames per second in the window."""
        return self._rate(lambda mark: mark.frames)

    @property
    def bitrate(self) -> float:
        """Bits per second in the window."""
        return self._rate(lambda mark: mark.bytes) * 8

    def _rate(self, counter: Callable[[_Mark], int]) -> float:
        if len(self._window) < 2:
            return 0.0
        first, last = self._window[0], self._window[-1]
        return (counter(last) - counter(first)) / (last.at_s - first.at_s) if last.at_s > first.at_s else 0.0

    def _mark(self, now_s: float) -> _Mark:
        return _Mark(now_s, self.frames, self.bytes, self.lost_packets)

    def _add_connected(self, now_s: float) -> None:
        if self._connected_since is not None:
            self._minute_connected_s += now_s - self._connected_since
            self._connected_since = now_s

    def _begin_minute(self, minute: int, now_s: float) -> None:
        self._minute = minute
        self._minute_mark = self._mark(now_s)
        self._minute_reconnects = self.reconnects
        self._minute_connected_s = 0.0

    def _end_minute(self, now_s: float) -> Minute:
        assert self._minute is not None
        self._add_connected(now_s)
        mark = self._minute_mark
        seconds = max(now_s - mark.at_s, 1e-3)
        return Minute(
            minute=self._minute,
            fps=round((self.frames - mark.frames) / seconds, 2),
            bitrate=round((self.bytes - mark.bytes) * 8 / seconds),
            key_interval_s=self.key_interval_s,
            jitter_ms=round(self.jitter_s * 1000, 2),
            lost_packets=self.lost_packets - mark.lost,
            clock_offset_ms=self.clock_offset_ms,
            drift_ppm=self.drift_ppm,
            reconnects=self.reconnects - self._minute_reconnects,
            connected_s=round(min(self._minute_connected_s, seconds), 1),
        )
