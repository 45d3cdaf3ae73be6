"""What a recorder tells its readers on its Unix socket, and what they may ask of it.

One JSON object per line (UTF-8, newline at the end), `"t"` names its kind. The bytes of parts are never sent: a part
says where in which file they are, and the page cache serves them (measured: 0.05 ms, no second copy). On connecting a
reader gets `hello`, then the present `status`, `init` and open `segment` of every stream, then what happens. A reader
that does not keep up loses messages, is told so by `lagged`, and asks the files or the database for what it missed.

The socket is `{data}/run/{recorder name}.sock`, mode 0600.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

import orjson

MAX_LINE = 1 << 20


@dataclass(slots=True)
class Hello:
    """First line. `name` is the recorder's (`native-0`, `libav`)."""

    T: ClassVar[str] = "hello"
    name: str
    node: str
    pid: int


@dataclass(slots=True)
class StreamStatus:
    """State of one stream, sent when it changes, and with fresh numbers every 2 s while a reader is connected.

    `state`: `connecting`, `recording`, `live` (connected, not recording, by plan), `waiting` (backing off),
    `blocked` (can't write), `stopped` (disabled). `cause` is an `EndReason` or gap cause when state is not a good
    one, `detail` a sentence for a person, `since_ms` when this state began, `retry_at_ms` when the next attempt comes.
    """

    T: ClassVar[str] = "status"
    stream_id: int
    camera_id: str
    kind: str
    state: str
    since_ms: int
    engine: str = ""
    cause: str = ""
    detail: str = ""
    retry_at_ms: int | None = None
    run_id: str | None = None
    fps: float = 0.0
    bitrate: float = 0.0
    key_interval_s: float | None = None
    jitter_ms: float = 0.0
    lost_packets: int = 0
    clock_offset_ms: float | None = None
    drift_ppm: float | None = None
    reconnects: int = 0
    last_error: str = ""
    last_frame_ms: int | None = None
    width: int | None = None
    height: int | None = None
    video_codec: str | None = None
    audio_codec: str | None = None


@dataclass(slots=True)
class InitAnnounced:
    """The init that decodes the parts that follow. `data` is base64."""

    T: ClassVar[str] = "init"
    stream_id: int
    digest: str
    codecs: str
    timescale: int
    data: str


@dataclass(slots=True)
class SegmentOpened:
    """A file began. `path` is absolute. `recorded` is false for the live-only ring."""

    T: ClassVar[str] = "segment"
    stream_id: int
    segment_id: str
    run_id: str
    path: str
    init: str
    start_ms: int
    start_ticks: int
    recorded: bool


@dataclass(slots=True)
class PartWritten:
    """One part is in the file. `dts`/`duration` in ticks of the video timescale on the run's time line; `at_ms` is the
    wall clock of its first frame; `number` rises by one per part of a stream for as long as the recorder lives."""

    T: ClassVar[str] = "part"
    stream_id: int
    segment_id: str
    number: int
    offset: int
    length: int
    dts: int
    duration: int
    at_ms: int
    key: bool


@dataclass(slots=True)
class SegmentClosed:
    """The file was finalised and committed (or, for the ring, ended)."""

    T: ClassVar[str] = "closed"
    stream_id: int
    segment_id: str
    end_ms: int


@dataclass(slots=True)
class Lagged:
    """Some messages before this one were dropped for this reader."""

    T: ClassVar[str] = "lagged"
    dropped: int


@dataclass(slots=True)
class Reload:
    """From a reader: the cameras changed, look now. Answered by nothing; the next `status` shows the effect."""

    T: ClassVar[str] = "reload"
    cameras: list[str] = field(default_factory=list)


Announcement = Hello | StreamStatus | InitAnnounced | SegmentOpened | PartWritten | SegmentClosed | Lagged | Reload

_KINDS: dict[str, type[Any]] = {
    kind.T: kind
    for kind in (
        Hello,
        StreamStatus,
        InitAnnounced,
        SegmentOpened,
        PartWritten,
        SegmentClosed,
        Lagged,
        Reload,
    )
}


def encode(message: Announcement) -> bytes:
    """One line, with its newline."""
    return orjson.dumps({"t": message.T, **asdict(message)}, option=orjson.OPT_APPEND_NEWLINE)


def decode(line: bytes) -> Announcement | None:
    """The message in `line`; None for a kind that this version does not know.

    Raises ValueError or TypeError for what is not a message.
    """
    fields = orjson.loads(line)
    kind = _KINDS.get(fields.pop("t", ""))
    if kind is None:
        return None
    message: Announcement = kind(**fields)
    return message
