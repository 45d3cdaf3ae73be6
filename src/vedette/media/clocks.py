"""The clocks that meet in a recorder: the host's two, a camera's media clock, and the wall clock of its sender reports.

Pure arithmetic on what was observed; nothing here reads a clock or waits.
"""

from dataclasses import dataclass
from typing import Final

from vedette.core.clock import Clock
from vedette.media.units import SenderReport

_WRAP: Final = 1 << 32
_HALF: Final = 1 << 31

# A correction of the host's clock above this is a jump: footage before and after it goes into different segments.
HOST_JUMP_MS: Final = 2_000.0


def unwrap(previous: int, stamp: int) -> int:
    """The 64-bit value nearest to `previous` whose lower 32 bits are `stamp` (RFC 3550, section 5.1)."""
    delta = (stamp - previous) % _WRAP
    return previous + (delta if delta < _HALF else delta - _WRAP)


class HostClock:
    """How the wall clock of the host relates to its monotonic clock. Shared by a process, sampled each second.

    `offset_ms` is wall minus monotonic. `epoch` rises when the wall clock was set (by a person, or NTP in one step);
    smaller corrections just move `offset_ms`, which time lines follow slowly.
    """

    __slots__ = ("_clock", "epoch", "offset_ms")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.epoch = 0
        self.offset_ms = self._measure()

    def sample(self) -> float:
        """Looks at both clocks. Returns the jump in milliseconds, 0.0 when there was none."""
        offset = self._measure()
        moved = offset - self.offset_ms
        self.offset_ms = offset
        if abs(moved) <= HOST_JUMP_MS:
            return 0.0
        self.epoch += 1
        return moved

    def _measure(self) -> float:
        return self._clock.now_ms() - self._clock.monotonic() * 1000.0


class ArrivalFilter:
    """The least `arrival - media time` of the last minute, seconds: where a media clock's zero lies on the recorder's
    monotonic clock. Network and scheduling only ever delay, so the least is the truest; the window lets it follow a
    media clock that runs slow. Memory: one number per 10 s, for at most ten minutes (those feed `drift_ppm`).
    """

    __slots__ = ("_bucket_end_s", "_history", "_latest", "minimum_s")

    BUCKET_S = 10.0
    WINDOW = 6
    HISTORY = 60

    def __init__(self) -> None:
        self.minimum_s = float("inf")
        self._latest = float("inf")  # of the bucket that is being filled
        self._bucket_end_s = float("-inf")
        self._history: list[tuple[float, float]] = []  # (end of bucket, least offset in it)

    def push(self, arrival_s: float, media_s: float) -> bool:
        """Adds an observation. True when it completed a bucket."""
        offset = arrival_s - media_s
        rolled = arrival_s >= self._bucket_end_s
        if rolled:
            self._roll(arrival_s)
        if offset < self._latest:
            self._latest = offset
            self.minimum_s = min(self.minimum_s, offset)
        return rolled

    def _roll(self, arrival_s: float) -> None:
        if self._latest != float("inf"):
            self._history.append((self._bucket_end_s, self._latest))
            del self._history[: -self.HISTORY]
        self._latest = float("inf")
        self._bucket_end_s = arrival_s + self.BUCKET_S
        recent = self._history[-self.WINDOW :]
        self.minimum_s = min((offset for _, offset in recent), default=float("inf"))

    @property
    def lag_s(self) -> float:
        """How much later than in the best of the last minute everything of the last whole bucket arrived."""
        return self._history[-1][1] - self.minimum_s if self._history else 0.0

    @property
    def drift_ppm(self) -> float | None:
        """How much faster the media clock runs than ours, parts per million; None before two minutes are known."""
        if len(self._history) < 12:
            return None
        third = len(self._history) // 3
        # The least of each end: single buckets still carry some network delay.
        early_s, early = min(self._history[:third], key=lambda entry: entry[1])
        late_s, late = min(self._history[-third:], key=lambda entry: entry[1])
        return (early - late) / (late_s - early_s) * 1e6


@dataclass(frozen=True, slots=True)
class _Report:
    """A sender report on the time line: the camera's wall clock and our monotonic clock at media time `media_s`."""

    ntp_s: float
    media_s: float
    arrival_s: float


class SenderClock:
    """What the RTCP sender reports of one stream's two tracks say: how audio lies to video, and the camera's clock.

    A report is believed only when it fits what arrives: cameras send reports with an NTP time of zero, with RTP times
    of another track, and across steps of their own clock.
    """

    __slots__ = ("_latest",)

    # RTP time in a report against its arrival; a report is made when it is sent.
    _FIT_S = 5.0
    # Two reports of one camera must agree on its clock, or the clock was set between them.
    _AGREE_S = 1.0

    def __init__(self) -> None:
        self._latest: dict[int, _Report] = {}

    def push(self, report: SenderReport, media_s: float, expected_s: float) -> bool:
        """Adds a report whose RTP time is `media_s` on its track's time line, where `expected_s` is now by arrival.
        False when it is not believed."""
        if report.ntp_ms <= 0 or abs(media_s - expected_s) > self._FIT_S:
            return False
        self._latest[report.track] = _Report(report.ntp_ms / 1000.0, media_s, report.arrival_s)
        return True

    def forget(self, track: int) -> None:
        """The time line of `track` was moved: what was reported on it no longer fits."""
        self._latest.pop(track, None)

    def shift_s(self, video: int, audio: int) -> float | None:
        """Seconds to add to the audio time line so that both tracks show the same instant; None while unknown."""
        first, second = self._latest.get(video), self._latest.get(audio)
        if first is None or second is None:
            return None
        if abs((first.ntp_s - first.arrival_s) - (second.ntp_s - second.arrival_s)) > self._AGREE_S:
            return None
        return (second.ntp_s - second.media_s) - (first.ntp_s - first.media_s)

    def offset_ms(self, track: int, host: HostClock) -> float | None:
        """The camera's wall clock minus ours by the newest report of `track`."""
        report = self._latest.get(track)
        if report is None:
            return None
        return report.ntp_s * 1000.0 - (report.arrival_s * 1000.0 + host.offset_ms)
