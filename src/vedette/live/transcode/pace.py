"""What a transcode does when it can't keep up: fewer pictures first, then a jump to the next key frame. Pure."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

# How long the unit that is looked at has waited, seconds.
HALF_S: Final = 0.25
QUARTER_S: Final = 0.6
JUMP_S: Final = 3.0
# Of the group of pictures that is there at the beginning only the newest is shown, the others lead to it; on a machine
# too slow for that the first is shown anyway.
CAUGHT_UP_MS: Final = 100
START_WITHIN_S: Final = 3.0


class Do(Enum):
    """SHOW: decode and encode. DECODE: only decode, later pictures need it. JUMP: leave out all up to a key frame."""

    SHOW = auto()
    DECODE = auto()
    JUMP = auto()


@dataclass(slots=True)
class Pace:
    """Asked for each picture of a run."""

    started: bool = False
    skipped: int = 0
    _first_s: float | None = None
    _count: int = 0

    def again(self) -> None:
        """A run begins, or goes on after a break."""
        self.started = False
        self._first_s = None

    def choose(self, now_s: float, waited_s: float, behind_ms: int) -> Do:
        """For a picture that came `waited_s` ago and was taken `behind_ms` before the newest that has come."""
        if self._first_s is None:
            self._first_s = now_s
        if not self.started:
            if behind_ms < CAUGHT_UP_MS or now_s - self._first_s > START_WITHIN_S:
                self.started = True
                return Do.SHOW
            return Do.DECODE
        if waited_s > JUMP_S:
            self.skipped += 1
            return Do.JUMP
        self._count += 1
        every = 4 if waited_s > QUARTER_S else 2 if waited_s > HALF_S else 1
        if self._count % every:
            self.skipped += 1
            return Do.DECODE
        return Do.SHOW
