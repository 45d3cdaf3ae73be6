"""What the live side knows of a stream's footage: inits, segments and parts, as values without any bytes of media."""

from dataclasses import dataclass
from functools import cached_property

from vedette.media.units import VIDEO, TimedUnit, Tracks


@dataclass(frozen=True, slots=True)
class LiveInit:
    """The init that decodes a segment's parts. `data` is `ftyp` + `moov`, `codecs` the RFC 6381 parameter."""

    digest: str
    codecs: str
    timescale: int
    data: bytes

    @property
    def mime(self) -> str:
        """What a player is asked whether it can play (`MediaSource.isTypeSupported`)."""
        video = not self.codecs.startswith(("mp4a", "opus", "Opus", "flac", "fLaC"))
        return f'{"video" if video else "audio"}/mp4; codecs="{self.codecs}"'


@dataclass(frozen=True, slots=True)
class LiveSegment:
    """A file that parts are being written to. `recorded` is false for the ring of a stream that is only shown."""

    segment_id: str
    run_id: str
    path: str
    init: LiveInit
    start_ms: int
    start_ticks: int
    recorded: bool


@dataclass(frozen=True, slots=True)
class LivePart:
    """One part in a file. `dts` and `duration` in ticks of the init's timescale on the run's time line."""

    segment: LiveSegment
    number: int
    offset: int
    length: int
    dts: int
    duration: int
    at_ms: int
    key: bool

    @property
    def run_id(self) -> str:
        return self.segment.run_id

    @property
    def init(self) -> LiveInit:
        return self.segment.init

    @property
    def end(self) -> int:
        """Where its last frame ends, in ticks of the run."""
        return self.dts + self.duration

    @property
    def duration_ms(self) -> int:
        return self.duration * 1000 // self.segment.init.timescale

    @property
    def end_ms(self) -> int:
        """Wall clock of the end of its last frame."""
        return self.at_ms + self.duration_ms


@dataclass(frozen=True, slots=True)
class LiveRun:
    """A run whose single units come."""

    run_id: str
    init: LiveInit
    tracks: Tracks


@dataclass(frozen=True, slots=True)
class LiveUnit:
    """One access unit, just come."""

    run: LiveRun
    unit: TimedUnit
    at_ms: int

    @property
    def begins(self) -> bool:
        """Whether a decoder can begin with it."""
        return self.unit.key and (self.unit.track == VIDEO or self.run.tracks.video is None)


@dataclass(frozen=True)
class LivePiece:
    """A fragment of one frame, made once for all who watch. `number` rises by more than one where some are missing."""

    run: LiveRun
    number: int
    dts: int
    duration: int
    at_ms: int
    key: bool
    data: bytes

    @property
    def run_id(self) -> str:
        return self.run.run_id

    @property
    def init(self) -> LiveInit:
        return self.run.init

    @property
    def end(self) -> int:
        """Where its frame ends, in ticks of the run."""
        return self.dts + self.duration

    @property
    def duration_ms(self) -> int:
        return self.duration * 1000 // self.run.init.timescale

    @cached_property
    def stamped(self) -> bytes:
        """With its wall clock in front, as sockets carry it."""
        return stamped(self.at_ms, self.data)


LiveMedia = LivePart | LivePiece


@dataclass(frozen=True, slots=True)
class Dropped:
    """Tells a viewer that it lagged: `parts` were dropped, the next one begins with a key frame."""

    parts: int


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """How far the footage of a segment reaches by now."""

    segment_id: str
    start_ms: int
    end_ms: int


def stamped(at_ms: int, data: bytes) -> bytes:
    """8 bytes big-endian milliseconds of wall clock, and the fragment."""
    return at_ms.to_bytes(8, "big", signed=True) + data
