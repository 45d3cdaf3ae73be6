"""Keeps account of what is missing from a stream, so that every second is footage or a gap with a cause."""

from typing import Protocol

from vedette.recordings.model import GapCause

# An unreachable camera is refused now and times out then: that stays one gap.
_UNREACHABLE = frozenset({GapCause.CAMERA_OFFLINE, GapCause.NETWORK})
# Shorter ones are the seam between two runs, not worth a row.
LEAST_MS = 1000


class GapJournal(Protocol):
    """Where gaps are told. A gap ends by itself when a segment is opened, or when another gap begins."""

    def gap_opened(self, stream_id: int, start_ms: int, cause: GapCause, detail: str) -> None: ...


class GapKeeper:
    """One stream's account, which begins at `now_ms`. A gap that lasts from before this process is left as it is until
    something is known."""

    __slots__ = ("_cause", "_covered_until_ms", "_journal", "_pending", "_stream_id")

    def __init__(self, stream_id: int, journal: GapJournal, now_ms: int) -> None:
        self._stream_id = stream_id
        self._journal = journal
        self._covered_until_ms = now_ms
        self._cause: GapCause | None = None  # None while there is footage
        self._pending: tuple[int, GapCause, str] | None = None

    def missing(self, cause: GapCause, detail: str, now_ms: int) -> None:
        """Nothing is recorded from the end of the footage on, or from now on for another reason than before."""
        if cause is self._cause or (cause in _UNREACHABLE and self._cause in _UNREACHABLE):
            return
        if self._pending is not None:
            start_ms = self._pending[0]
        else:
            start_ms = self._covered_until_ms if self._cause is None else now_ms
        self._cause = cause
        self._pending = (start_ms, cause, detail)

    def footage(self, start_ms: int) -> None:
        """A segment begins at `start_ms`."""
        self._tell(start_ms)
        self._pending = None
        self._cause = None
        self._covered_until_ms = start_ms

    def covered(self, end_ms: int) -> None:
        """There is footage until `end_ms`. The last parts of a run may be written after it was said to be missing."""
        self._covered_until_ms = end_ms
        if self._pending is not None and self._pending[0] < end_ms:
            self._pending = (end_ms, *self._pending[1:])

    def look(self, now_ms: int) -> None:
        """Tells of a gap that has lasted long enough to be one. Called each second."""
        if self._tell(now_ms):
            self._pending = None

    def stop(self, detail: str, now_ms: int) -> None:
        """The recorder ends. A gap that lasts goes on with its own cause; after footage a new one begins."""
        if self._cause is None:
            self.missing(GapCause.STOPPED, detail, now_ms)
        if self._pending is not None:
            self._journal.gap_opened(self._stream_id, *self._pending)
            self._pending = None

    def _tell(self, now_ms: int) -> bool:
        if self._pending is None:
            return False
        start_ms, cause, detail = self._pending
        # A clock that was set back makes it look shorter than it is.
        if 0 <= now_ms - start_ms < LEAST_MS:
            return False
        self._journal.gap_opened(self._stream_id, min(start_ms, now_ms), cause, detail)
        return True
