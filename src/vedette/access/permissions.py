"""What may be allowed: verbs on resources. The names are stable; they stand in rows, tokens and the API."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a caller may or may not do."""

    LIVE_VIEW = "live.view"
    PLAYBACK_VIEW = "playback.view"  # who may look can keep what the player was sent
    CAMERA_VIEW = "camera.view"  # that it exists, its plan and its health; never its address or credentials
    CAMERA_EDIT = "camera.edit"  # change, test, delete; its address
    RECORDING_CONTROL = "recording.control"  # start and stop by hand
    RECORDING_DELETE = "recording.delete"
    EXPORT_CREATE = "export.create"  # whole original files, and exports
    SHARE_CREATE = "share.create"
    EVIDENCE_LOCK = "evidence.lock"
    PTZ_CONTROL = "ptz.control"
    TALK = "talk.use"
    WALL_SHARE = "wall.share"  # show saved layouts to others, who see in them what they may see anyway
    CAMERA_CREATE = "camera.create"  # also probing of addresses
    STORAGE_VIEW = "storage.view"
    STORAGE_MANAGE = "storage.manage"
    USER_MANAGE = "user.manage"  # users, groups, roles, zones, grants, sessions and tokens of others
    AUDIT_VIEW = "audit.view"
    SYSTEM_VIEW = "system.view"
    SYSTEM_MANAGE = "system.manage"


# Those that concern one camera: a grant of them can be limited to zones and cameras. The others are for the whole
# installation, and only a grant without such a limit gives them.
OF_A_CAMERA = frozenset(
    {
        Permission.LIVE_VIEW,
        Permission.PLAYBACK_VIEW,
        Permission.CAMERA_VIEW,
        Permission.CAMERA_EDIT,
        Permission.RECORDING_CONTROL,
        Permission.RECORDING_DELETE,
        Permission.EXPORT_CREATE,
        Permission.SHARE_CREATE,
        Permission.EVIDENCE_LOCK,
        Permission.PTZ_CONTROL,
        Permission.TALK,
    }
)

# Whoever may do anything with a camera sees that it is there: otherwise they could not find it in any list.
IMPLIED = Permission.CAMERA_VIEW
IMPLYING = OF_A_CAMERA - {IMPLIED}

# What only a person who is logged in can do: what a program made by it would outlive its token.
OF_PEOPLE = frozenset({Permission.USER_MANAGE, Permission.SHARE_CREATE})

# Those that no operation asks for yet. They can be granted beforehand; a test compares this with all routes.
UNUSED = frozenset({Permission.EVIDENCE_LOCK})

VIEWER = frozenset({Permission.LIVE_VIEW, Permission.PLAYBACK_VIEW, Permission.CAMERA_VIEW})
OPERATOR = VIEWER | {
    Permission.RECORDING_CONTROL,
    Permission.EXPORT_CREATE,
    Permission.SHARE_CREATE,
    Permission.EVIDENCE_LOCK,
    Permission.PTZ_CONTROL,
    Permission.TALK,
    Permission.WALL_SHARE,
    Permission.STORAGE_VIEW,
    Permission.SYSTEM_VIEW,
}
ADMIN = frozenset(Permission)

# Roles that are always there and can't be changed.
BUILT_IN: dict[str, frozenset[Permission]] = {"admin": ADMIN, "operator": OPERATOR, "viewer": VIEWER}
