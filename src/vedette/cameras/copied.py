"""The cameras' settings as they are copied to the volumes: JSON for people and for `vedette reindex`, without secrets.

A copy comes back from a disk that anybody may have written to: each camera is checked as if it came in by the API, by
itself, and what is wrong is told and left out. Logins are not in it; secret parameters of addresses are masked. Pure.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, Literal, Self
from uuid import UUID

import orjson
from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    PlainSerializer,
    StrictBool,
    ValidationError,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)

from vedette.cameras.schemas import (
    Address,
    Engine,
    KeepBytes,
    KeepDays,
    Name,
    Notes,
    RecordingMode,
    RecordingOverride,
    Schedule,
    SegmentMinutes,
    StreamKind,
)
from vedette.cameras.slug import MAX_SLUG, is_slug
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.cameras.views import present_streams
from vedette.core.errors import VedetteError
from vedette.core.redaction import MASK, change_secret_parameters, redact
from vedette.http.instants import format_instant, parse_instant

FORMAT: Final = 1
MAX_CAMERAS = 2000
_MAX_NOTES = 4000
_ABOUT = (
    "Settings of the cameras whose footage is here, without logins and passwords. Vedette writes this file anew when"
    " one of them changes; `vedette reindex` takes the cameras from it when the database is lost."
)

Instant = Annotated[int, BeforeValidator(parse_instant), Field(ge=0), PlainSerializer(format_instant, return_type=str)]


class CopiedStream(BaseModel):
    """One stream. `url` has no login, and *** for each secret parameter."""

    kind: StreamKind
    url: Address
    engine: Engine
    record: StrictBool


class CopiedCamera(BaseModel):
    """One camera. `volume` is the marker of the volume that its footage goes to, null for the default one; `has_login`
    says that it had a login, which is not here; `removed_at` that it was deleted and its footage kept."""

    id: UUID
    slug: str = Field(max_length=MAX_SLUG)
    name: Name
    enabled: StrictBool
    recording_mode: RecordingMode
    recording_override: RecordingOverride | None
    schedule: Schedule | None
    segment_minutes: SegmentMinutes
    keep_days: KeepDays | None
    keep_bytes: KeepBytes | None
    volume: UUID | None
    simulated: StrictBool
    notes: Notes
    has_login: StrictBool
    created_at: Instant
    updated_at: Instant
    removed_at: Instant | None
    streams: list[CopiedStream] = Field(min_length=1, max_length=2)

    @field_validator("slug")
    @classmethod
    def _no_path(cls, slug: str) -> str:
        if not is_slug(slug):
            raise ValueError("is no name of a directory of ours")
        return slug

    @field_validator("schedule", mode="wrap")
    @classmethod
    def _readable(cls, given: Any, handler: ValidatorFunctionWrapHandler) -> Schedule | None:
        """One that can't be read, as in a time zone that this machine does not know, is left out."""
        try:
            schedule: Schedule | None = handler(given)
        except ValidationError:
            return None
        return schedule

    @model_validator(mode="after")
    def _check(self) -> Self:
        kinds = [stream.kind for stream in self.streams]
        if "main" not in kinds or len(set(kinds)) != len(kinds):
            raise ValueError("streams must be a main one, and perhaps a sub one")
        if self.recording_mode == "schedule" and self.schedule is None:
            self.recording_mode = "continuous"  # too much is deleted in time, too little is gone for ever
        return self


class Copy(BaseModel):
    """The whole file."""

    about: str = _ABOUT
    format: Literal[1] = FORMAT
    written_at: Instant
    cameras: list[CopiedCamera]


def copied(row: CameraRow, *, has_login: bool, markers: Mapping[int, UUID]) -> CopiedCamera:
    """A camera as it is copied. `markers` are those of the volumes, by their ids."""
    fields = {
        name: getattr(row, name)
        for name in (
            *("id", "slug", "name", "enabled", "recording_mode", "recording_override"),
            *("segment_minutes", "keep_days", "keep_bytes", "simulated"),
        )
    }
    return CopiedCamera.model_construct(
        **fields,
        schedule=_schedule(row.schedule),
        volume=markers.get(row.volume_id) if row.volume_id is not None else None,
        notes=redact(row.notes)[:_MAX_NOTES],
        has_login=has_login,
        created_at=row.created_ms,
        updated_at=row.updated_ms,
        removed_at=row.deleted_ms,
        streams=[CopiedStream.model_construct(**_stream(stream)) for stream in present_streams(row)],
    )


def _schedule(stored: dict[str, Any] | None) -> Schedule | None:
    if stored is None:
        return None
    known: dict[str, Any] = {name: stored.get(name) for name in Schedule.model_fields}
    return Schedule.model_construct(**known)


def _stream(row: StreamRow) -> dict[str, Any]:
    return {"kind": row.kind, "url": without_secrets(row.url), "engine": row.engine, "record": row.record}


def without_secrets(url: str) -> str:
    """A stored address with *** for each secret in it."""
    return redact(change_secret_parameters(url, lambda _: MASK))


def render(cameras: Sequence[CopiedCamera], now_ms: int) -> bytes:
    """The file."""
    copy = Copy.model_construct(about=_ABOUT, format=FORMAT, written_at=now_ms, cameras=list(cameras))
    return orjson.dumps(copy.model_dump(mode="json", warnings=False), option=orjson.OPT_INDENT_2) + b"\n"


def parse(data: bytes) -> tuple[list[CopiedCamera], list[str]]:
    """The cameras of a file and, as sentences, what could not be read of it. Raises nothing, whatever `data` is."""
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        return [], ["It is damaged: it can't be read as JSON."]
    if not isinstance(found, dict) or not isinstance(found.get("cameras"), list):
        return [], ["It is damaged: it has no list of cameras."]
    if found.get("format") != FORMAT:
        return [], ["It has another format than this version of Vedette reads."]
    cameras: dict[UUID, CopiedCamera] = {}
    problems: list[str] = []
    if len(found["cameras"]) > MAX_CAMERAS:
        problems.append(f"It names more than {MAX_CAMERAS} cameras: the others were left out.")
    for number, entry in enumerate(found["cameras"][:MAX_CAMERAS], start=1):
        try:
            camera = CopiedCamera.model_validate(entry)
        except (ValidationError, VedetteError, RecursionError) as error:
            problems.append(f"Its camera {number} can't be read: {_why(error)}.")
            continue
        cameras.setdefault(camera.id, camera)
    return list(cameras.values()), problems


def newest(copies: Iterable[CopiedCamera]) -> list[CopiedCamera]:
    """Of cameras that are copied to several volumes the one that was changed last."""
    found: dict[UUID, CopiedCamera] = {}
    for camera in copies:
        known = found.get(camera.id)
        if known is None or camera.updated_at > known.updated_at:
            found[camera.id] = camera
    return list(found.values())


def merged(
    now: Sequence[CopiedCamera], before: Sequence[CopiedCamera], known: Collection[UUID], present: Collection[str]
) -> list[CopiedCamera]:
    """What a volume's copy is to hold: `now`, and what it holds already of cameras that the database has never heard of
    (not among `known`) while their directory is `present`. So a database that was lost and begun anew does not take
    away the copy that it is to be rebuilt from."""
    kept = [camera for camera in before if camera.id not in known and camera.slug in present]
    return sorted((*now, *kept), key=lambda camera: (camera.slug, str(camera.id)))


def _why(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'it'}: {first['msg']}"[:200]
