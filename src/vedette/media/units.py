"""The words of the media path: tracks, access units, sender reports, timed units and parts.

These types are what a source hands to the timeline, the timeline to the part writer, and the part writer to the segment
file. They are made thousands of times a second, so they are plain slotted classes without validation.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

VIDEO: Final = 0
AUDIO: Final = 1


class Codec(StrEnum):
    """Coded formats that Vedette records without re-encoding. PCMA and PCMU are G.711."""

    H264 = "h264"
    H265 = "h265"
    AAC = "aac"
    OPUS = "opus"
    PCMA = "pcma"
    PCMU = "pcmu"


@dataclass(frozen=True, slots=True)
class VideoConfig:
    """What a decoder must know before the first frame. Parameter sets are NAL units without start codes or lengths."""

    codec: Codec
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    vps: tuple[bytes, ...] = ()
    width: int = 0
    height: int = 0
    timescale: int = 90_000

    @property
    def complete(self) -> bool:
        """Whether an init can be made from it."""
        return bool(self.sps and self.pps and (self.codec is not Codec.H265 or self.vps))


@dataclass(frozen=True, slots=True)
class AudioConfig:
    """`extradata` is the AudioSpecificConfig for AAC (ISO/IEC 14496-3) and the `dOps` body for Opus, else empty."""

    codec: Codec
    sample_rate: int
    channels: int
    extradata: bytes = b""

    @property
    def timescale(self) -> int:
        """Ticks per second of this track: always its sample rate."""
        return self.sample_rate


@dataclass(frozen=True, slots=True)
class Tracks:
    """The tracks of one stream: at most one video (the first usable one) and one audio."""

    video: VideoConfig | None
    audio: AudioConfig | None = None


class AccessUnit:
    """One coded video frame or audio frame, as a source delivers it.

    `chunks` are the sample's bytes in order, already in MP4 form (video: each NAL unit after its 4-byte length; audio:
    the raw frame), `size` their sum. `pts_ticks` is in the track's timescale: from RTP it is the 32-bit time stamp
    (wrapping; presentation time), from libav a full one. `dts_ticks` is None where the source does not know it.
    `arrival_s` is the monotonic time of the read that completed it. `config` is set when the parameter sets changed
    with this unit (always a key frame), or when they were first seen.
    """

    __slots__ = ("arrival_s", "chunks", "config", "dts_ticks", "key", "pts_ticks", "size", "track")

    def __init__(
        self,
        track: int,
        pts_ticks: int,
        key: bool,
        chunks: list[bytes],
        size: int,
        arrival_s: float,
        dts_ticks: int | None = None,
        config: VideoConfig | AudioConfig | None = None,
    ) -> None:
        self.track = track
        self.pts_ticks = pts_ticks
        self.key = key
        self.chunks = chunks
        self.size = size
        self.arrival_s = arrival_s
        self.dts_ticks = dts_ticks
        self.config = config


@dataclass(frozen=True, slots=True)
class SenderReport:
    """RTCP SR (RFC 3550, section 6.4.1): `ntp_ms` is the sender's wall clock in Unix milliseconds (float, sub-ms kept)
    at RTP time `rtp_ticks` (32 bit) of `track`."""

    track: int
    ntp_ms: float
    rtp_ticks: int
    arrival_s: float


class EndReason(StrEnum):
    """Why a run ended. The value is what logs, the API and the UI's texts are keyed by."""

    STOPPED = "stopped"  # we wanted it
    REFUSED = "refused"  # connection refused, no route, name not found
    TIMEOUT = "timeout"  # nothing arrived for too long
    CLOSED = "closed"  # the camera closed the connection
    STARTING = "starting"  # the camera is there and asks for a moment
    UNAUTHORIZED = "unauthorized"  # wrong user or password
    NOT_FOUND = "not_found"  # the camera has no such stream
    UNSUPPORTED = "unsupported"  # codec or transport that this source can't do; `auto` tries the next source
    PROTOCOL = "protocol"  # not RTSP, absurd SDP, oversized message ...
    NO_KEY_FRAME = "no_key_frame"  # connected, but nothing decodable
    TIME_JUMP = "time_jump"  # the camera's time line broke; a new run starts at once
    CODEC_CHANGE = "codec_change"  # likewise
    WRITE_FAILED = "write_failed"
    INTERNAL = "internal"


class SourceSink(Protocol):
    """What a source calls. All calls come from one thread (the recorder's loop) and must not block."""

    def on_tracks(self, tracks: Tracks) -> None:
        """Once, before the first unit. Video configuration may still be incomplete (no SPS in the SDP)."""
        ...

    def on_unit(self, unit: AccessUnit) -> None: ...

    def on_report(self, report: SenderReport) -> None: ...

    def on_lost(self, track: int, packets: int) -> None:
        """RTP sequence numbers that never came. The damaged access unit is not delivered."""
        ...

    def on_end(self, reason: EndReason, detail: str) -> None:
        """Once, as the last call. `detail` is a sentence for a person, without secrets."""
        ...


class TimedUnit:
    """An access unit placed on the time line of its run: full 64-bit `dts_ticks` and `pts_ticks` in the track's
    timescale, zero at the run's first video key frame, dts strictly rising per track."""

    __slots__ = ("chunks", "dts_ticks", "key", "pts_ticks", "size", "track")

    def __init__(self, track: int, dts_ticks: int, pts_ticks: int, key: bool, chunks: list[bytes], size: int) -> None:
        self.track = track
        self.dts_ticks = dts_ticks
        self.pts_ticks = pts_ticks
        self.key = key
        self.chunks = chunks
        self.size = size


@dataclass(frozen=True, slots=True)
class Init:
    """The `ftyp` and `moov` that decode a run's parts. `digest` is the SHA-256 of `data`, lower-case hex.

    `codecs` is the RFC 6381 parameter (`avc1.640028,mp4a.40.2`). `data` is `ftyp` directly followed by `moov`: the
    bytes a player is given. In a segment file 16 reserved bytes stand between the two.
    """

    data: bytes
    digest: str
    codecs: str
    tracks: Tracks


class Part:
    """One `moof` + `mdat`: the smallest written and served unit.

    Times are of the video track (of the audio track where there is no video). `key` says that the part begins with a
    key frame; a key frame never stands inside a part. `samples` counts the video frames.
    """

    __slots__ = ("data", "dts_ticks", "duration_ticks", "key", "samples")

    def __init__(self, data: bytes, dts_ticks: int, duration_ticks: int, key: bool, samples: int) -> None:
        self.data = data
        self.dts_ticks = dts_ticks
        self.duration_ticks = duration_ticks
        self.key = key
        self.samples = samples


@dataclass(frozen=True, slots=True)
class SegmentMetadata:
    """What each file carries so that its index row can be rebuilt from the file alone.

    `start_ms` is the wall clock of the first video frame; `start_ticks` its dts on the time line of the run
    `run_id`; `sequence` counts the segments of the run from 0.
    """

    segment_id: str
    camera_id: str
    camera_slug: str
    stream: str
    run_id: str
    sequence: int
    start_ms: int
    start_ticks: int
    node: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class KeyFrameEntry:
    """One group of pictures in a file: from `offset`, `length` bytes of parts, `duration_ticks` of video, beginning at
    dts `dts_ticks` of the run's time line."""

    offset: int
    length: int
    dts_ticks: int
    duration_ticks: int


@dataclass(slots=True)
class SegmentIndex:
    """The groups of pictures of one file, in order. The whole of what playback needs to know of a file."""

    timescale: int
    groups: list[KeyFrameEntry] = field(default_factory=list)
