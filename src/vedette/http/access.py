"""What a route demands of its caller. Every route declares exactly one of these; a test finds those that don't.

`require(permission)` is for the whole installation, `require(permission, camera="camera")` for the camera that the
path parameter `camera` names (id or slug), `visible(permission)` gives a list the cameras that may be in it,
`require_of(...)` is for a thing that belongs to a camera, as a recording, `signed_in()` is for whoever has an account,
`person()` for what people do with their own account and no program does with their token, and `public()` for what must
answer anybody. Who comes with a media ticket is let in only by what
names its kind in `media`; such a route asks `check_range` for the time of the footage that it gives.

A camera that the caller may not see does not exist for them: 404. One that they may see, but not so: 403.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol
from uuid import UUID

from fastapi import Depends
from starlette.requests import HTTPConnection

from vedette.access.permissions import OF_A_CAMERA, OF_PEOPLE, Permission
from vedette.access.policy import holds
from vedette.access.principal import NOBODY, CallerKind, Media, MediaKind, Principal
from vedette.core.errors import ErrorKind, VedetteError, not_found
from vedette.http import throttle
from vedette.http.deps import ClockDep
from vedette.http.refusals import PRINCIPAL, Refused


class Authority(Protocol):
    """Who knows the callers and the cameras. `identity.authority` in the product."""

    async def principal(self, connection: HTTPConnection) -> Principal:
        """Who this is; NOBODY when it brings nothing. Raises VedetteError when what it brings is not good, and
        `auth.setup_needed` when it brings nothing and there is nobody yet."""
        ...

    async def renewed(self, principal: Principal) -> Principal:
        """The caller as it is now, for what lasts longer than a request: NOBODY when its session or token has ended."""
        ...

    async def camera_id(self, key: str) -> UUID | None:
        """The camera with this id or slug, also one that was removed and whose footage is there."""
        ...


@dataclass(frozen=True, slots=True)
class Demand:
    """What a route declared, for the test that looks at all routes and for the matrix of authorisations. `programs` is
    what an API token needs where a login needs nothing."""

    permission: Permission | None
    camera: str | None = None
    public: bool = False
    lists: bool = False
    people: bool = False
    programs: Permission | None = None
    media: frozenset[MediaKind] = frozenset()


def authority_of(connection: HTTPConnection) -> Authority:
    """The app's one."""
    authority: Authority = connection.app.state.authority
    return authority


async def principal_of(connection: HTTPConnection) -> Principal:
    """The caller. Asked for once in a request or socket, which is then counted. Raises `request.too_many`."""
    known = connection.scope.get(PRINCIPAL)
    if isinstance(known, Principal):
        return known
    try:
        principal = await authority_of(connection).principal(connection)
    except VedetteError:
        await throttle.count(connection.scope, NOBODY)
        raise
    await throttle.count(connection.scope, principal)
    connection.scope[PRINCIPAL] = principal
    return principal


Caller = Annotated[Principal, Depends(principal_of)]
# In a scope: the permission that its caller was found to have, and on which camera (None: everywhere).
HELD = "vedette.held"
_ACCOUNTS = frozenset({CallerKind.SESSION, CallerKind.TOKEN})


_NO_TICKETS: frozenset[MediaKind] = frozenset()
PLAYBACK_TICKETS = frozenset({MediaKind.PLAYBACK})
LIVE_TICKETS = frozenset({MediaKind.LIVE})


def require(permission: Permission, *, camera: str | None = None, media: frozenset[MediaKind] = _NO_TICKETS) -> Any:
    """A dependency for a route's `dependencies`. Raises `auth.needed`, `camera.not_found`, `auth.forbidden` or
    `ticket.kind`."""

    async def check(connection: HTTPConnection, caller: Caller, clock: ClockDep) -> None:
        now_ms = clock.now_ms()
        check_kind(caller, media)
        if camera is None:
            if not caller.may(permission, None, now_ms):
                raise refused(caller, permission)
            return
        key = connection.path_params[camera]
        await demand_camera(authority_of(connection), caller, permission, key, now_ms)

    return Depends(marked(check, Demand(permission, camera, media=media)))


Also = Callable[[Permission], Awaitable[None]]


def also_demanded(camera: str) -> Any:
    """A dependency that gives a check, for a route that demands more of some requests. Beside its `require`."""

    async def give(connection: HTTPConnection, caller: Caller, clock: ClockDep) -> Also:
        async def check(permission: Permission) -> None:
            key = connection.path_params[camera]
            await demand_camera(authority_of(connection), caller, permission, key, clock.now_ms())

        return check

    return Depends(give)


Find = Callable[[HTTPConnection, str], Awaitable[UUID | None]]
Missing = Callable[[str], VedetteError]


def require_of(
    permission: Permission,
    *,
    parameter: str,
    find: Find,
    missing: Missing,
    seen: Permission = Permission.CAMERA_VIEW,
    media: frozenset[MediaKind] = _NO_TICKETS,
) -> Any:
    """A dependency for a route about a thing of a camera: `find` gives the camera of the one that the path parameter
    names. Who lacks `seen` there gets what `missing` says, as for one that does not exist."""

    async def check(connection: HTTPConnection, caller: Caller, clock: ClockDep) -> None:
        if caller.kind is CallerKind.NOBODY:
            raise refused(caller, permission)
        check_kind(caller, media)
        now_ms = clock.now_ms()
        if caller.may(permission, None, now_ms):
            connection.scope[HELD] = permission, None
            return  # everywhere: whether there is such a thing says the route
        key = connection.path_params[parameter]
        camera_id = await find(connection, key)
        if caller.may(permission, camera_id, now_ms):
            connection.scope[HELD] = permission, camera_id
            return
        if camera_id is None or not caller.may(seen, camera_id, now_ms):
            raise Refused.hidden(missing(key), permission, camera_id)
        raise refused(caller, permission, camera_id)

    return Depends(marked(check, Demand(permission, parameter, media=media)))


async def demand_camera(
    authority: Authority, caller: Principal, permission: Permission, key: str, now_ms: int
) -> UUID | None:
    """The camera's id, when the caller may; None when there is no such camera and the caller may look: the route says
    so in its own words. Raises as `require`."""
    if caller.kind is CallerKind.NOBODY:
        raise refused(caller, permission)
    camera_id = await authority.camera_id(key)
    if caller.may(permission, camera_id, now_ms):
        return camera_id
    if camera_id is None or not caller.may(Permission.CAMERA_VIEW, camera_id, now_ms):
        raise Refused.hidden(no_camera(key), permission, camera_id)
    raise refused(caller, permission, camera_id)


def no_camera(key: str) -> VedetteError:
    """What is said of a camera that does not exist, and of one that the caller may not see."""
    return not_found("camera.not_found", f"There is no camera {key[:100]}.")


@dataclass(frozen=True, slots=True)
class Visible:
    """The cameras that a list may show to its caller; None means all."""

    cameras: frozenset[UUID] | None
    caller: Principal
    permission: Permission
    now_ms: int

    @classmethod
    def of(cls, caller: Principal, permission: Permission, now_ms: int) -> "Visible":
        """Those that the caller has the permission on."""
        return cls(caller.cameras(permission, now_ms), caller, permission, now_ms)

    def __contains__(self, camera_id: UUID) -> bool:
        return self.cameras is None or camera_id in self.cameras

    def demand(self, camera_id: UUID, key: str) -> None:
        """For a camera that is asked for by name. Raises as `require` does for a camera in the path."""
        if camera_id in self:
            return
        if not self.caller.may(Permission.CAMERA_VIEW, camera_id, self.now_ms):
            raise Refused.hidden(no_camera(key), self.permission, camera_id)
        raise refused(self.caller, self.permission, camera_id)


def visible(permission: Permission) -> Any:
    """A dependency that gives `Visible`. Raises `auth.needed` for nobody; who may see no camera gets an empty list."""

    async def cameras(caller: Caller, clock: ClockDep) -> Visible:
        if caller.kind is CallerKind.NOBODY:
            raise refused(caller, permission)
        check_kind(caller, _NO_TICKETS)
        return Visible.of(caller, permission, clock.now_ms())

    return Depends(marked(cameras, Demand(permission, lists=True)))


def signed_in(*, programs: Permission | None = None) -> Any:
    """A dependency for who has an account. A media ticket or a share link is none. What `programs` names an API token
    must have been given; who logged in needs it not."""

    async def check(caller: Caller, clock: ClockDep) -> None:
        _check_account(caller)
        if programs is not None and caller.kind is CallerKind.TOKEN and not caller.may(programs, None, clock.now_ms()):
            raise refused(caller, programs)

    return Depends(marked(check, Demand(None, programs=programs)))


def person() -> Any:
    """A dependency for the affairs of the person who logged in. Raises `auth.session_needed` for an API token: it was
    given out for some cameras or tasks, and its owner's affairs are none of them."""

    async def check(caller: Caller) -> None:
        _check_account(caller)
        if caller.kind is CallerKind.TOKEN:
            raise session_needed()

    return Depends(marked(check, Demand(None, people=True)))


def _check_account(caller: Principal) -> None:
    check_kind(caller, _NO_TICKETS)
    if caller.kind not in _ACCOUNTS:
        raise refused(caller, None)


def check_kind(caller: Principal, media: frozenset[MediaKind]) -> None:
    """Raises `ticket.kind` for who comes with a ticket for something else."""
    if caller.media is not None and caller.media.kind not in media:
        raise _other_kind(caller.media)


def _other_kind(media: Media) -> VedetteError:
    return VedetteError(
        ErrorKind.FORBIDDEN,
        "ticket.kind",
        f"This ticket is for {media.kind.value} media of its camera, and for nothing else.",
    )


def check_range(caller: Principal, start_ms: int, end_ms: int) -> None:
    """Raises `ticket.range` for footage that lies outside of what a ticket is for."""
    media = caller.media
    if media is None or media.start_ms is None or media.end_ms is None:
        return
    if start_ms < media.start_ms or end_ms > media.end_ms:
        raise out_of_range()


def out_of_range() -> VedetteError:
    """The footage is not of the ticket's range."""
    return VedetteError(ErrorKind.FORBIDDEN, "ticket.range", "This ticket is for another range of time.")


def public() -> Any:
    """A dependency that lets everybody in, and says so."""

    async def anybody(connection: HTTPConnection) -> None:
        await throttle.count(connection.scope, None)

    return Depends(marked(anybody, Demand(None, public=True)))


def refused(caller: Principal, permission: Permission | None, camera_id: UUID | None = None) -> VedetteError:
    """Why not: who is nobody must log in, a ticket is for one thing, a program's token may be for less than its owner
    may, who is somebody lacks the permission (on this camera, where one is meant)."""
    if caller.kind is CallerKind.NOBODY:
        return VedetteError(ErrorKind.UNAUTHENTICATED, "auth.needed", "Log in first.")
    if caller.media is not None:
        return _other_kind(caller.media)
    if caller.token_id is not None and permission is not None and not caller.limits.leave(permission, camera_id):
        return _out_of_scope(caller, permission, camera_id)
    return Refused(
        ErrorKind.FORBIDDEN,
        "auth.forbidden",
        f"{caller.name or 'This caller'} may not do this"
        + (f" ({permission.value})" if permission else "")
        + ". Ask an administrator for the permission.",
        permission,
        camera_id,
    )


def session_needed() -> VedetteError:
    """For what a program with a token can't do, whatever its owner may: it could make itself a way in that stays when
    the token is revoked."""
    return VedetteError(
        ErrorKind.FORBIDDEN,
        "auth.session_needed",
        "Only a person who is logged in can do this, not a program with a token.",
    )


def _out_of_scope(caller: Principal, permission: Permission, camera_id: UUID | None) -> VedetteError:
    """Not its owner but the token is what lacks it, or can't have it."""
    if permission in OF_PEOPLE:
        needed = session_needed()
        return Refused(needed.kind, needed.code, needed.message, permission, camera_id)
    permitted = caller.limits.permissions
    if (permitted is None or holds(permitted, permission)) and permission in OF_A_CAMERA:
        what = "does not reach this camera."
    elif permitted is None or holds(permitted, permission):
        what = f"is for some cameras only, and {permission.value} concerns more than cameras."
    else:
        what = f"was not given the permission {permission.value}."
    return Refused(
        ErrorKind.FORBIDDEN,
        "token.scope",
        f"This API token {what} {caller.name or 'Its owner'} can change the token.",
        permission,
        camera_id,
    )


def demand_of(call: Callable[..., object] | None) -> Demand | None:
    """What a dependency declared with one of the functions above."""
    return getattr(call, "vedette_demand", None)


def marked(call: Callable[..., object], demand: Demand) -> Callable[..., object]:
    """Puts what `call` demands on it, for dependencies that decide in a way of their own."""
    call.vedette_demand = demand  # type: ignore[attr-defined] # a function takes attributes
    return call
