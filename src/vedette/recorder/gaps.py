"""Keeps account of what is missing from a stream, so that every second is footage or a gap with a cause."""

from typing import Protocol

from vedette.recordings.model import GapCause

# Shorter ones are the seam between two runs, not worth a row.
LEAST_MS = 1000


class GapJournal(Protocol):
    """Where gaps are told. A gap ends by itself when a segment is opened, or when another gap begins."""

    def gap_opened(self, stream_id: int, start_ms: int, cause: GapCause, detail: str) -> None: ...


class GapKeeper:
    """One stream's account. What lasts from before this process is left as it is until something is known."""

    __slots__ = ("_cause", "_journal", "_pending", "_stream_id", "covered_until_ms")

    def __init__(self, stream_id: int, journal: GapJournal) -> None:
        self._stream_id = stream_id
        self._journal = journal
        self._cause: GapCause | None = None
        self._pending: tuple[int, GapCause, str] | None = None
        self.covered_until_ms: int | None = None

    def missing(self, cause: GapCause, detail: str, now_ms: int) -> None:
        """Nothing is recorded from the end of the footage on, or from now on for another reason than before."""
        if cause is self._cause:
            return
        self._cause = cause
        if self._pending is not None:
            start_ms = self._pending[0]
        else:
            start_ms = now_ms if self.covered_until_ms is None else self.covered_until_ms
        self.covered_until_ms = None
        self._pending = (start_ms, cause, detail)

    def footage(self, start_ms: int) -> None:
        """A segment begins at `start_ms`."""
        self._tell(start_ms)
        self._pending = None
        self._cause = None

    def look(self, now_ms: int) -> None:
        """Tells of a gap that has lasted long enough to be one. Called each second."""
        if self._pending is not None and self._tell(now_ms):
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
