"""What is searched for. Values only."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from vedette.recordings.model import GapCause
from vedette.recordings.search.hours import Hours


@dataclass(frozen=True, slots=True)
class Cameras:
    """Whose footage: None for all. `among` are those that may be shown to the caller; with several of them a camera has
    to be in each."""

    cameras: Collection[UUID] | None = None
    zones: Collection[UUID] | None = None
    stream: str | None = None
    among: Collection[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """From a least to a most, both included; None where there is no such limit."""

    least: int | None = None
    most: int | None = None


ANY = Range()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which recordings. `causes` are those of a gap that touches it; `duration_ms` is of the whole recording."""

    of: Cameras = Cameras()
    start_ms: int | None = None
    end_ms: int | None = None
    hours: Hours | None = None
    duration_ms: Range = ANY
    bytes: Range = ANY
    held: bool | None = None
    causes: frozenset[GapCause] = frozenset()


@dataclass(frozen=True, slots=True)
class WantedGaps:
    """Which gaps: those that reach into the span and the hours. A gap that lasts ends now."""

    of: Cameras = Cameras()
    start_ms: int | None = None
    end_ms: int | None = None
    hours: Hours | None = None
    duration_ms: Range = ANY
    causes: frozenset[GapCause] = frozenset()
