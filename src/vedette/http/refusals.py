"""What a caller was not let do, for whoever keeps a log of it: changes, and looks at what is sensitive."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from starlette.types import Scope

from vedette.access.permissions import Permission
from vedette.access.principal import CallerKind, Principal
from vedette.core.errors import ErrorKind, VedetteError
from vedette.http.routes import route_template

# Under these names in an app's state and in a scope.
STATE = "refusals"
PRINCIPAL = "vedette.principal"

# What the app itself asks for as a page needs it (states, lists) is refused without a word; looking is noted for these.
SENSITIVE = frozenset(
    {
        Permission.LIVE_VIEW,
        Permission.PLAYBACK_VIEW,
        Permission.EXPORT_CREATE,
        Permission.USER_MANAGE,
        Permission.AUDIT_VIEW,
    }
)
_LOOKING = frozenset({"GET", "HEAD", "OPTIONS", "WS"})


class Refused(VedetteError):  # noqa: N818 - it is an answer, not a failure
    """What the policy answered: the permission that is missing, and on which camera, also where the answer hides that
    there is one."""

    def __init__(
        self, kind: ErrorKind, code: str, message: str, permission: Permission | None, camera_id: UUID | None = None
    ) -> None:
        super().__init__(kind, code, message)
        self.permission = permission
        self.camera_id = camera_id

    @classmethod
    def hidden(cls, error: VedetteError, permission: Permission, camera_id: UUID | None) -> VedetteError:
        """`error`, which says that there is no such thing. Where there is one it is a refusal."""
        return error if camera_id is None else cls(error.kind, error.code, error.message, permission, camera_id)


@dataclass(frozen=True, slots=True)
class Refusal:
    """`operation` is method and route, `summary` the same in words, `object_kind` and `object_id` what its path
    names."""

    caller: Principal
    operation: str
    summary: str
    code: str
    permission: Permission | None
    camera_id: UUID | None
    object_kind: str | None
    object_id: str | None


class RefusalNotes(Protocol):
    """Who keeps them."""

    def note(self, refusal: Refusal) -> None:
        """Never waits."""
        ...


def note(scope: Scope, error: VedetteError) -> None:
    """Tells the app's log of a request that ended with `error`, where that is a refusal of somebody who is known."""
    notes: RefusalNotes | None = getattr(scope["app"].state, STATE, None) if "app" in scope else None
    caller = scope.get(PRINCIPAL)
    if notes is None or not isinstance(caller, Principal) or caller.kind is CallerKind.NOBODY:
        return
    refusal = refusal_of(scope, caller, error)
    if refusal is not None:
        notes.note(refusal)


def refusal_of(scope: Scope, caller: Principal, error: VedetteError) -> Refusal | None:
    """What is to be told of it; None where it is not worth an entry."""
    by_policy = isinstance(error, Refused)
    if not by_policy and error.kind is not ErrorKind.FORBIDDEN:
        return None
    permission = error.permission if isinstance(error, Refused) else None
    method = scope.get("method", "WS")
    if method in _LOOKING and permission not in SENSITIVE and caller.media is None:
        return None
    kind, key = _object(scope.get("path_params") or {})
    camera_id = error.camera_id if isinstance(error, Refused) else None
    route = scope.get("route")
    return Refusal(
        caller,
        f"{method} {route_template(scope)}",
        getattr(route, "summary", None) or _words(getattr(route, "name", None) or method, permission),
        error.code,
        permission,
        camera_id,
        kind,
        key,
    )


def _object(parameters: Mapping[str, object]) -> tuple[str | None, str | None]:
    for name, value in parameters.items():
        return name.removesuffix("_id"), str(value)[:100]
    return None, None


def _words(name: str, permission: Permission | None) -> str:
    """For sockets, which the API's document does not describe."""
    if permission is Permission.LIVE_VIEW:
        return "Watch live"
    if permission is Permission.TALK:
        return "Talk"
    return name.replace("_", " ").capitalize()
