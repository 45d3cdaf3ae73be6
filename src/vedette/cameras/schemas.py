"""Cameras at the API."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)

from vedette.access.permissions import Permission
from vedette.events.statuses import StreamStatusOut
from vedette.http.instants import InstantOut

StreamKind = Literal["main", "sub"]
Engine = Literal["auto", "native", "libav"]
RecordingMode = Literal["continuous", "schedule", "manual", "off"]
RecordingOverride = Literal["start", "stop"]

_CLOCK_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_MAX_SPANS_A_DAY = 24


def _no_control_characters(text: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text):
        raise ValueError("must not hold control characters or line breaks")
    return text


def _no_odd_control_characters(text: str) -> str:
    _no_control_characters(text.replace("\n", "").replace("\t", ""))
    return text


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_no_control_characters)
]
SearchText = Annotated[str, AfterValidator(_no_control_characters)]
Notes = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_no_odd_control_characters)]
Address = Annotated[str, StringConstraints(max_length=2048)]
User = Annotated[str, StringConstraints(max_length=256)]
SegmentMinutes = Annotated[StrictInt, Field(ge=1, le=60)]
KeepDays = Annotated[StrictInt, Field(ge=1, le=36_500)]
KeepBytes = Annotated[StrictInt, Field(ge=1, le=2**62)]
VolumeId = Annotated[StrictInt, Field(ge=1, le=2**62)]


class Input(BaseModel):
    """What comes in: unknown fields are refused, so a misspelt one is never silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Schedule(Input):
    """When to record: for each day of the week, Monday first, spans of local time. `["22:00", "06:00"]` goes on into
    the next day."""

    timezone: Annotated[str, StringConstraints(max_length=64)] = Field(examples=["Europe/Vienna"])
    week: list[list[tuple[str, str]]] = Field(
        min_length=7, max_length=7, examples=[[[["08:00", "18:00"]]] * 5 + [[], []]]
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("timezone must be a name of the time zone database, as Europe/Vienna") from None
        for day in self.week:
            _check_day(day)
        return self


class ScheduleOut(BaseModel):
    """A stored schedule as it is: also one whose time zone this machine does not know (any more)."""

    timezone: str
    week: list[list[tuple[str, str]]]


def _check_day(spans: Sequence[tuple[str, str]]) -> None:
    if len(spans) > _MAX_SPANS_A_DAY:
        raise ValueError(f"week may have at most {_MAX_SPANS_A_DAY} spans a day")
    before = "00:00"
    for start, end in spans:
        if not _CLOCK_TIME.fullmatch(start) or not _CLOCK_TIME.fullmatch(end):
            raise ValueError("week holds a time that is not HH:MM between 00:00 and 24:00")
        if start == end or start == "24:00":
            raise ValueError("week holds a span without length")
        if start < before:
            raise ValueError("week must hold the spans of a day in order and without overlap")
        before = end if start < end else "24:00"


class CameraSettings(Input):
    """What both POST and PUT set. Only `name` and `url` are needed."""

    name: Name
    url: Address = Field(
        description="Address of the main stream. A user and password in it are taken out and sealed.",
        examples=["rtsp://192.168.1.20/stream1"],
    )
    sub_url: Address | None = Field(default=None, description="Address of a second, smaller stream.")
    username: User | None = None
    password: SecretStr | None = Field(default=None, description="Never returned.")
    engine: Engine = Field(default="auto", description="`auto` tries the native RTSP client, then libav.")
    sub_engine: Engine = "auto"
    record: StrictBool = Field(
        default=True, description="Whether the main stream is recorded; else it is only shown live."
    )
    record_sub: StrictBool = Field(
        default=True, description="Whether the sub-stream is recorded too; else it is only shown live."
    )
    enabled: StrictBool = True
    recording_mode: RecordingMode = "continuous"
    schedule: Schedule | None = Field(default=None, description="Needed by the recording mode `schedule`.")
    segment_minutes: SegmentMinutes = 15
    keep_days: KeepDays | None = Field(default=None, description="Null: as long as there is room.")
    keep_bytes: KeepBytes | None = None
    volume_id: VolumeId | None = Field(default=None, description="Null: the default volume.")
    notes: Notes = ""


class CameraCreate(CameraSettings):
    """A new camera."""


class CameraReplace(CameraSettings):
    """All settings of a camera. `username` and `password` left out keep the stored ones, null removes them."""


_NULLABLE = frozenset(
    {"sub_url", "username", "password", "schedule", "keep_days", "keep_bytes", "volume_id"},
)


class CameraPatch(Input):
    """The settings to change. Null removes what can be absent: sub_url, username, password, schedule, keep_days,
    keep_bytes, volume_id."""

    name: Name | None = None
    url: Address | None = None
    sub_url: Address | None = None
    username: User | None = None
    password: SecretStr | None = None
    engine: Engine | None = None
    sub_engine: Engine | None = None
    record: StrictBool | None = None
    record_sub: StrictBool | None = None
    enabled: StrictBool | None = None
    recording_mode: RecordingMode | None = None
    schedule: Schedule | None = None
    segment_minutes: SegmentMinutes | None = None
    keep_days: KeepDays | None = None
    keep_bytes: KeepBytes | None = None
    volume_id: VolumeId | None = None
    notes: Notes | None = None

    @model_validator(mode="before")
    @classmethod
    def _null_only_where_it_means_something(cls, data: Any) -> Any:
        if isinstance(data, dict):
            for name, value in data.items():
                if value is None and name in cls.model_fields and name not in _NULLABLE:
                    raise ValueError(f"{name} can't be null")
        return data


class StreamOut(BaseModel):
    """One stream of a camera."""

    id: int
    kind: StreamKind
    url: str | None = Field(
        description="Without credentials; secret parameters are masked. Null for who may not change the camera."
    )
    engine: Engine
    fallback: str | None = Field(description="Why `auto` uses libav for this source.")
    record: bool


class CameraStatus(BaseModel):
    """Both streams' states; null where the camera has no such stream."""

    main: StreamStatusOut | None
    sub: StreamStatusOut | None


class Capabilities(BaseModel):
    """What a device can do beside sending pictures. All false until Vedette speaks to devices themselves."""

    ptz: bool = Field(default=False, description="Pan, tilt or zoom.")
    presets: bool = Field(default=False, description="Positions that it goes to by name.")
    talk: bool = Field(default=False, description="It has a loudspeaker that can be spoken through.")


class Camera(BaseModel):
    """A camera with its streams and what they are doing."""

    id: UUID
    slug: str = Field(description="Name of its directory on a volume. It stays when the camera is renamed.")
    name: str
    enabled: bool
    recording_mode: RecordingMode
    recording_override: RecordingOverride | None
    schedule: ScheduleOut | None
    segment_minutes: int
    keep_days: int | None
    keep_bytes: int | None
    volume_id: int | None
    simulated: bool
    notes: str
    created_at: InstantOut
    updated_at: InstantOut
    has_credentials: bool
    login_lost: bool = Field(
        description="Its login was lost with the database: it is not connected to until user and password are entered "
        "again, or both are set to null because it needs none."
    )
    streams: list[StreamOut]
    status: CameraStatus
    capabilities: Capabilities
    allowed: list[Permission] = Field(description="What the caller may do with it at this moment.")


class RecordingStatus(BaseModel):
    """Whether a camera is to be recorded now, and what its streams do."""

    mode: RecordingMode
    override: RecordingOverride | None
    wanted: bool = Field(description="Whether mode, schedule and override ask for recording at this moment.")
    reason: str = Field(description="Why it is not wanted, in a sentence.")
    streams: list[StreamStatusOut]


class ProbeRequest(Input):
    """An address to try. Nothing is saved."""

    url: Address
    name: Name | None = Field(
        default=None, description="What the camera is to be called: refused before the test where it is taken."
    )
    username: User | None = None
    password: SecretStr | None = Field(default=None, description="Never returned.")
    engine: Engine = "auto"


class VideoReport(BaseModel):
    """The video that was seen."""

    codec: str
    profile: str
    width: int
    height: int
    fps: float
    bitrate: float = Field(description="Bits per second, of the video alone.")
    key_interval_s: float | None = Field(description="Null when less than two key frames came.")


class AudioReport(BaseModel):
    """The sound that would be recorded."""

    codec: str
    sample_rate: int
    channels: int


class ProbeNote(BaseModel):
    """Something that works but could be better."""

    code: str
    message: str


class ProbeReport(BaseModel):
    """What a probe saw. When `ok` is false `code`, `message` and `remedy` say why and what to do."""

    ok: bool
    code: str | None = None
    message: str
    remedy: str | None = None
    engine: str = Field(description="The source that read it, native or libav.")
    round_trip_ms: float | None
    setup_ms: float | None
    video: VideoReport | None
    audio: AudioReport | None
    warnings: list[ProbeNote]
    snapshot: str | None = Field(description="The first key frame as a data: URL (JPEG).")
