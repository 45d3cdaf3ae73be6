"""What a player tells of its own view, and what is kept of that. Bounded whatever is told."""

from statistics import median

from pydantic import BaseModel, ConfigDict, Field

# Longer than any player has been late; what is above it is a wrong clock.
MOST_MS = 3_600_000
MOST_COUNT = 1_000_000_000
# Values for the median: at one report in ten seconds an hour and a half, then every other one counts, and so on.
_MOST_SAMPLES = 512


class Report(BaseModel):
    """What a player saw since it began. All of it may be left out; numbers that make no sense are refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    stalls: int | None = Field(default=None, ge=0, le=MOST_COUNT, description="How often the picture stood still.")
    frames_dropped: int | None = Field(default=None, ge=0, le=MOST_COUNT, description="Decoded too late to be shown.")
    latency_ms: float | None = Field(
        default=None, ge=-60_000, le=MOST_MS, description="How old the shown picture is, by the server's clock."
    )
    fps: float | None = Field(default=None, ge=0, le=1_000)
    first_frame_ms: float | None = Field(
        default=None, ge=0, le=MOST_MS, description="From asking for the stream to its first picture."
    )


def added(told: "Told", stalls: int, frames_dropped: int, latency_ms: int | None) -> Report:
    """The report of a player that counts from report to report, as one that counts from the beginning."""
    return Report(
        stalls=min(MOST_COUNT, (told.stalls or 0) + stalls),
        frames_dropped=min(MOST_COUNT, (told.frames_dropped or 0) + frames_dropped),
        latency_ms=None if latency_ms is None else min(MOST_MS, latency_ms),
    )


class Told:
    """The reports of one session, added up. Counters of a player never go down: one that began anew counts on."""

    __slots__ = ("_every", "_samples", "_skipped", "first_frame_ms", "fps", "frames_dropped", "latency_ms", "stalls")

    def __init__(self) -> None:
        self.stalls: int | None = None
        self.frames_dropped: int | None = None
        self.latency_ms: int | None = None
        self.fps: float | None = None
        self.first_frame_ms: int | None = None
        self._samples: list[int] = []
        self._every = 1
        self._skipped = 0

    def add(self, report: Report) -> int:
        """Takes it in. How many stalls are new."""
        before = self.stalls or 0
        if report.stalls is not None:
            self.stalls = max(before, report.stalls)
        if report.frames_dropped is not None:
            self.frames_dropped = max(self.frames_dropped or 0, report.frames_dropped)
        if report.fps is not None:
            self.fps = round(report.fps, 1)
        if report.first_frame_ms is not None and self.first_frame_ms is None:
            self.first_frame_ms = round(report.first_frame_ms)
        if report.latency_ms is not None:
            # Clocks agree to some milliseconds only: a picture from the future is one of now.
            self.latency_ms = max(0, round(report.latency_ms))
            self._sample(self.latency_ms)
        return (self.stalls or 0) - before

    @property
    def median_latency_ms(self) -> int | None:
        """Of all that was reported, or evenly many of it."""
        return round(median(self._samples)) if self._samples else None

    def _sample(self, latency_ms: int) -> None:
        self._skipped += 1
        if self._skipped < self._every:
            return
        self._skipped = 0
        self._samples.append(latency_ms)
        if len(self._samples) >= _MOST_SAMPLES:
            self._samples = self._samples[::2]
            self._every *= 2
