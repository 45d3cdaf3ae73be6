"""What one reader of events may know. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from vedette.access.permissions import Permission
from vedette.access.principal import Principal

Cameras = frozenset[UUID] | None

# Events about a camera need these, all others of a camera that one may know of it.
_OF_CAMERA = {"segment.closed": Permission.PLAYBACK_VIEW, "gap": Permission.PLAYBACK_VIEW}
# Events about nothing that is a camera's. What is not named here is for those who see the system.
_OF_INSTALLATION = {"volume.state": Permission.STORAGE_VIEW, "storage": Permission.STORAGE_VIEW}
_FOR_ALL = frozenset({"system.preferences"})


@dataclass(frozen=True, slots=True)
class Sight:
    """The cameras (None: all) of which a reader may know, those whose footage it may know of, and what else it may."""

    cameras: Cameras
    footage: Cameras
    others: frozenset[Permission]

    @classmethod
    def of(cls, caller: Principal, at_ms: int) -> Self:
        """What the caller may know now."""
        return cls(
            caller.cameras(Permission.CAMERA_VIEW, at_ms),
            caller.cameras(Permission.PLAYBACK_VIEW, at_ms),
            frozenset(one for one in (Permission.STORAGE_VIEW, Permission.SYSTEM_VIEW) if caller.may(one, None, at_ms)),
        )

    def shows(self, topic: str, payload: Mapping[str, Any]) -> bool:
        """Whether the reader may have an event."""
        camera_id = payload.get("camera_id")
        if camera_id is None:
            return topic in _FOR_ALL or _OF_INSTALLATION.get(topic, Permission.SYSTEM_VIEW) in self.others
        cameras = self.footage if _OF_CAMERA.get(topic) is Permission.PLAYBACK_VIEW else self.cameras
        return cameras is None or _uuid(camera_id) in cameras

    def shows_camera(self, camera_id: str) -> bool:
        """Whether the reader may know what a camera's streams are doing."""
        return self.cameras is None or _uuid(camera_id) in self.cameras


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
