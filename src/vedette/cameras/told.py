"""What the audit log is told of a camera: its settings, with secrets masked. Pure."""

from typing import Any

from vedette.audit.log import Entry
from vedette.cameras.tables import CameraRow
from vedette.cameras.views import present_streams, shown_url

_FIELDS = (
    "name",
    "enabled",
    "recording_mode",
    "recording_override",
    "schedule",
    "segment_minutes",
    "keep_days",
    "keep_bytes",
    "volume_id",
    "notes",
)


def told(row: CameraRow) -> dict[str, Any]:
    """The settings of a camera and of its streams."""
    found: dict[str, Any] = {name: getattr(row, name) for name in _FIELDS}
    for stream in present_streams(row):
        found |= {
            f"{stream.kind}.url": shown_url(stream.url),
            f"{stream.kind}.engine": stream.engine,
            f"{stream.kind}.record": stream.record,
        }
    return found


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what is not the same, as it was and as it is."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def stored_urls(row: CameraRow) -> dict[str, str]:
    """The addresses as they are stored, with sealed parameters: to see whether a secret in them was changed."""
    return {stream.kind: stream.url for stream in present_streams(row)}


def entry(
    action: str,
    row: CameraRow,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    detail: str = "",
) -> Entry:
    """An entry about a camera."""
    return Entry(
        action,
        object_kind="camera",
        object_id=str(row.id),
        object_name=row.name,
        camera_id=row.id,
        before=before,
        after=after,
        detail=detail,
    )
