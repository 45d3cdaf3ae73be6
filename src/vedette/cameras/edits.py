"""A camera's settings before and after an edit. Pure."""

from vedette.cameras.schemas import CameraSettings, Schedule, ScheduleOut
from vedette.cameras.tables import CameraRow
from vedette.cameras.urls import SourceUrl, parse_source_url
from vedette.cameras.views import shown_url, stream_of
from vedette.core.errors import invalid

# Fields of the settings that are columns of the same name.
PLAIN_FIELDS = (
    "name",
    "enabled",
    "recording_mode",
    "segment_minutes",
    "keep_days",
    "keep_bytes",
    "volume_id",
    "notes",
)


def settings_of(row: CameraRow, urls: dict[str, str]) -> dict[str, object]:
    """What the row says, as fields of `CameraSettings`; `urls` with their secret parameters, by kind of stream."""
    main, sub = stream_of(row, "main"), stream_of(row, "sub")
    assert main is not None
    settings: dict[str, object] = {name: getattr(row, name) for name in PLAIN_FIELDS}
    settings |= {"url": urls["main"], "engine": main.engine, "record": main.record, "sub_url": urls.get("sub")}
    if sub is not None:
        settings |= {"sub_engine": sub.engine, "record_sub": sub.record}
    stored = ScheduleOut.model_validate(row.schedule) if row.schedule else None
    settings["schedule"] = Schedule.model_construct(**dict(stored)) if stored else None
    return settings


def wanted_urls(row: CameraRow, settings: CameraSettings, plain: dict[str, str]) -> tuple[SourceUrl, SourceUrl | None]:
    """The addresses of both streams. `plain`: the present ones with their secret parameters, by kind. Raises
    VedetteError `camera.url...`."""
    main = parse_source_url(_unmasked(row, "main", settings.url, plain), "url")
    if not settings.sub_url:
        return main, None
    sub = parse_source_url(_unmasked(row, "sub", settings.sub_url, plain), "sub_url")
    if sub.url == main.url:
        raise invalid("camera.url", "The second stream has the same address as the main one.", field="sub_url")
    return main, sub


def _unmasked(row: CameraRow, kind: str, text: str, plain: dict[str, str]) -> str:
    """A URL that comes back as it was shown, with its secret parameters masked, means the stored one."""
    stream = stream_of(row, kind)
    return plain[kind] if stream is not None and text.strip() == shown_url(stream.url) else text
