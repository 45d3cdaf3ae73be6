"""What walls cost and how they do, for the metrics; and how often one may ask."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from vedette.core.errors import ErrorKind, VedetteError
from vedette.live.wall.messages import Report
from vedette.metrics.families import Families

# Of one person, so that nobody keeps all others out; and of all. A wall has many viewers.
MAX_OF_ONE: Final = 20
MAX_WALLS: Final = 100


class WallNumbers:
    """The process's one. `stalls` and `dropped` are what browsers reported of their tiles."""

    def __init__(self) -> None:
        self.tiles = 0
        self._open: Counter[UUID | None] = Counter()
        self.stalls = 0
        self.dropped = 0

    @property
    def walls(self) -> int:
        """Open ones."""
        return self._open.total()

    @contextmanager
    def wall_of(self, user_id: UUID | None) -> Iterator[None]:
        """One more for as long as the block lasts. Raises VedetteError `live.too_many_walls`."""
        if self.walls >= MAX_WALLS or self._open[user_id] >= MAX_OF_ONE:
            most = f"{self._open[user_id]} walls of yours and {self.walls} in all are open already."
            raise VedetteError(ErrorKind.EXHAUSTED, "live.too_many_walls", f"{most} Close one and try again.")
        self._open[user_id] += 1
        try:
            yield
        finally:
            self._open[user_id] -= 1
            if not self._open[user_id]:
                del self._open[user_id]

    def add(self, report: Report) -> None:
        """What a tile told of itself since its last report."""
        self.stalls += report.stalls
        self.dropped += report.dropped


class Budget:
    """`most` at once, and `per_s` more each second. `clock` gives monotonic seconds."""

    def __init__(self, most: int, per_s: float, clock: Callable[[], float]) -> None:
        self._most, self._per_s, self._clock = float(most), per_s, clock
        self._left, self._at = float(most), clock()

    def take(self) -> bool:
        """Whether one more is let."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._per_s)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def add_walls(families: Families, numbers: WallNumbers) -> None:
    """Walls and their tiles now, and what the browsers that show them report."""
    families.gauge("vedette_live_walls", "Open sockets of live walls.", numbers.walls)
    families.gauge("vedette_live_wall_tiles", "Tiles that live walls show.", numbers.tiles)
    families.counter("vedette_live_wall_stalls", "Times that a tile stood still, as browsers told.", numbers.stalls)
    about = "Pictures of tiles that browsers dropped because they could not keep up."
    families.counter("vedette_live_wall_dropped_frames", about, numbers.dropped)
