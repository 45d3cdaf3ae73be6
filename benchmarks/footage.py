"""Footage of simulated cameras as a row of instants: when each picture was taken, from its burned-in number."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.support.burned import captured_ms, numbers_in

from vedette.media.fmp4.segment import read_head
from vedette.media.simulator import catalogue
from vedette.media.simulator.catalogue import KINDS


@dataclass(frozen=True, slots=True)
class Taken:
    """When the pictures of one camera were taken, Unix milliseconds in the order of the files. `unreadable` counts
    pictures without a number."""

    frame_ms: int
    instants: list[int]
    unreadable: int

    def frames_missing(self, start_ms: float, end_ms: float) -> int:
        """How many pictures taken in this span are not there."""
        there = sum(start_ms <= instant < end_ms for instant in self.instants)
        expected = len(range(self._first(start_ms), self._first(end_ms)))
        return expected - there

    def hole(self, start_ms: float, end_ms: float) -> tuple[int, int] | None:
        """The first place between two instants where pictures are missing: the pictures before and after it."""
        for before, after in pairwise(self.instants):
            if after > start_ms and before < end_ms and after - before > 1.5 * self.frame_ms:
                return before, after
        return None

    @property
    def doubled(self) -> int:
        """Pictures that are there more than once."""
        return len(self.instants) - len(set(self.instants))

    def _first(self, at_ms: float) -> int:
        """The number, counted from 1970, of the first picture taken at or after an instant."""
        phase = self.instants[0] % self.frame_ms if self.instants else 0
        return -int((phase - at_ms) // self.frame_ms)


def taken(files: Sequence[Path], slug: str, kind: str) -> Taken:
    """Decodes all files of a camera. Where in the wall clock a file lies is read from what it carries inside."""
    camera = catalogue.find(slug)
    assert camera
    frame_ms = camera.clip(KINDS[kind]).frame_ms
    instants: list[int] = []
    unreadable = 0
    for file in files:
        near_ms = read_head(file).metadata.start_ms
        for number in numbers_in(file):
            if number is None:
                unreadable += 1
            else:
                instants.append(captured_ms(number, frame_ms, near_ms, camera.phase_ms))
            near_ms += frame_ms
    return Taken(frame_ms, instants, unreadable)
