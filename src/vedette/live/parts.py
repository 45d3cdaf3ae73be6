"""What the live side knows of a stream's footage: inits, segments and parts, as values without any bytes of media."""

from dataclasses import dataclass


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
    def duration_ms(self) -> int:
        return self.duration * 1000 // self.segment.init.timescale

    @property
    def end_ms(self) -> int:
        """Wall clock of the end of its last frame."""
        return self.at_ms + self.duration_ms


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
