"""What routes about one recording demand: the permission on the camera that it is of."""

from typing import Any
from uuid import UUID

from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.access.principal import MediaKind
from vedette.core.errors import VedetteError, not_found
from vedette.http.access import require_of
from vedette.http.deps import database_of
from vedette.recordings import repository


def of_recording(
    permission: Permission, parameter: str = "recording_id", *, media: frozenset[MediaKind] = frozenset()
) -> Any:
    """A dependency. A recording of a camera whose footage the caller may not see does not exist for them."""
    return require_of(
        permission,
        parameter=parameter,
        find=_camera_of,
        missing=no_recording,
        seen=Permission.PLAYBACK_VIEW,
        media=media,
    )


async def _camera_of(connection: HTTPConnection, key: str) -> UUID | None:
    try:
        segment_id = UUID(key)
    except ValueError:
        return None
    async with database_of(connection).read() as session:
        return await repository.camera_of(session, segment_id)


def no_recording(key: object) -> VedetteError:
    """What is said of a recording that is not there, and of one that the caller may not see."""
    return not_found("recording.not_found", f"There is no recording {str(key)[:100]}. It may have been deleted.")
