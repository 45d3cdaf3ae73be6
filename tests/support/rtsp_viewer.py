"""A sink that remembers what a source gave it, and the loop that drives a source as the recorder does."""

import asyncio
from collections.abc import Callable

from vedette.core.clock import SystemClock
from vedette.media.rtsp.client import RtspSource
from vedette.media.units import AUDIO, VIDEO, AccessUnit, EndReason, SenderReport, Tracks

TICK_S = 0.02


class RememberingSink:
    """Everything that a source said, in order."""

    def __init__(self) -> None:
        self.tracks: Tracks | None = None
        self.units: list[AccessUnit] = []
        self.reports: list[SenderReport] = []
        self.lost: list[tuple[int, int]] = []
        self.ends: list[tuple[EndReason, str]] = []

    @property
    def video(self) -> list[AccessUnit]:
        return [unit for unit in self.units if unit.track == VIDEO]

    @property
    def audio(self) -> list[AccessUnit]:
        return [unit for unit in self.units if unit.track == AUDIO]

    def on_tracks(self, tracks: Tracks) -> None:
        assert self.tracks is None, "on_tracks comes once"
        self.tracks = tracks

    def on_unit(self, unit: AccessUnit) -> None:
        assert self.tracks is not None, "on_tracks comes before the first unit"
        assert not self.ends, "on_end is the last call"
        self.units.append(unit)

    def on_report(self, report: SenderReport) -> None:
        assert not self.ends, "on_end is the last call"
        self.reports.append(report)

    def on_lost(self, track: int, packets: int) -> None:
        assert not self.ends, "on_end is the last call"
        self.lost.append((track, packets))

    def on_end(self, reason: EndReason, detail: str) -> None:
        assert not self.ends, "on_end comes once"
        self.ends.append((reason, detail))


async def watch(source: RtspSource, sink: RememberingSink, until: Callable[[RememberingSink], bool]) -> None:
    """Ticks until `until` holds or the run has ended. The test's own time limit ends what never comes."""
    clock = SystemClock()
    while not until(sink) and not sink.ends:
        now_s = clock.monotonic()
        source.on_readable(now_s)
        source.on_timer(now_s)
        await asyncio.sleep(TICK_S)
