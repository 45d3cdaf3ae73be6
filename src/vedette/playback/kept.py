"""Text of closed files, kept for the next playlist that spans them."""

from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID

from vedette.playback.planner import Whole

# A day of one camera takes 1.1 MB: this is a day of 28 cameras.
MOST_BYTES = 32 << 20
_OVERHEAD = 600


@dataclass(frozen=True, slots=True)
class Key:
    """A file and how long its entries are. `facts` is what of its row the text comes from: a row that was mended has
    another one."""

    segment_id: UUID
    length_ms: int
    facts: tuple[object, ...]


class KeptText:
    """The texts that were wanted last, up to `most_bytes`."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Key, Whole] = OrderedDict()

    @property
    def bytes(self) -> int:
        """About what they take."""
        return self._bytes

    def get(self, key: Key) -> Whole | None:
        """The text, None when it is not here."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Key, made: Whole) -> None:
        """Keeps it in place of what was wanted longest ago."""
        before = self._kept.pop(key, None)
        if before is not None:
            self._bytes -= _size(before)
        self._kept[key] = made
        self._bytes += _size(made)
        while self._bytes > self._most:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= _size(gone)


def _size(whole: Whole) -> int:
    return len(whole.text) + len(whole.packed) + _OVERHEAD
