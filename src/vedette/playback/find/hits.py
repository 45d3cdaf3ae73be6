"""What a search finds: spans in which the region changed."""

from dataclasses import dataclass, replace

# Changes that follow each other so soon are one: somebody steps out of the region and back into it.
JOIN_MS = 5_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A span in which the region changed. `end_ms` is None while the change goes on; a hit is told again, under its
    number, when it ends or goes on. `share` of the region differed at first. `unseen`: it happened while nothing was
    recorded. `picture` is a JPEG, None when it was told before. `stream`, `segment_id` and the bytes `shown` of that
    file say which footage the picture is of."""

    number: int
    start_ms: int
    end_ms: int | None
    share: float
    unseen: bool
    stream: str
    segment_id: str
    shown: tuple[int, int]
    picture: bytes | None


class Hits:
    """Those of one search, in order."""

    def __init__(self) -> None:
        self.count = 0
        self._last: Hit | None = None

    def begin(self, hit: Hit) -> Hit:
        """A change began; `hit.number` is given here. What goes on soon after the last one is the last one."""
        last = self._last
        goes_on = last is not None and last.end_ms is not None and hit.start_ms - last.end_ms < JOIN_MS
        if last is not None and goes_on and not hit.unseen:
            self._last = replace(last, end_ms=None, picture=None)
            return self._last
        self.count += 1
        self._last = replace(hit, number=self.count, end_ms=None)
        return self._last

    def end(self, at_ms: int) -> Hit | None:
        """The change that went on ended."""
        last = self._last
        if last is None or last.end_ms is not None:
            return None
        self._last = replace(last, end_ms=max(at_ms, last.start_ms), picture=None)
        return self._last
