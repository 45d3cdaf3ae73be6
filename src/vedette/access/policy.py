"""The one place that decides what a caller may do. Pure: grants and an instant in, an answer out.

Deny by default: only a grant that is in force allows something, and more grants never allow less. What permits
anything on a camera permits `camera.view` on it as well, in grants and in limits alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from vedette.access.permissions import IMPLIED, IMPLYING, OF_A_CAMERA, Permission

_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of the week in a time zone: for each day, Monday first, spans of minutes since midnight, end excluded."""

    timezone: str
    week: tuple[tuple[tuple[int, int], ...], ...]

    def hold(self, at_ms: int) -> bool:
        """Whether the instant lies in them, by the clock on the wall."""
        local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms)).astimezone(ZoneInfo(self.timezone))
        minute = local.hour * 60 + local.minute
        return any(begin <= minute < end for begin, end in self.week[local.weekday()])

    def within(self, other: "Hours") -> bool:
        """Whether `other` holds whenever these do. Of two time zones that is never said: their clocks change at times
        of their own."""
        return self.timezone == other.timezone and all(
            _minutes(mine) <= _minutes(theirs) for mine, theirs in zip(self.week, other.week, strict=True)
        )


def _minutes(day: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset[int]().union(*(range(begin, end) for begin, end in day))


@dataclass(frozen=True, slots=True)
class Grant:
    """A role for a caller: what it permits, on which cameras (None: on all, and beside cameras), and when."""

    permissions: frozenset[Permission]
    cameras: frozenset[UUID] | None = None
    from_ms: int | None = None
    until_ms: int | None = None
    hours: Hours | None = None

    def permits(self, permission: Permission) -> bool:
        """Whether it is one of its permissions, or comes with one."""
        return holds(self.permissions, permission)

    def in_force(self, at_ms: int) -> bool:
        """Whether the instant lies in its validity."""
        if self.from_ms is not None and at_ms < self.from_ms:
            return False
        if self.until_ms is not None and at_ms >= self.until_ms:
            return False
        return self.hours is None or self.hours.hold(at_ms)

    def outlives(self, other: "Grant") -> bool:
        """Whether this may be in force when `other`, which is so now, is not any more or not at that hour."""
        if other.until_ms is not None and (self.until_ms is None or self.until_ms > other.until_ms):
            return True
        return other.hours is not None and (self.hours is None or not self.hours.within(other.hours))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a token or ticket leaves of its owner's grants. None: no limit."""

    permissions: frozenset[Permission] | None = None
    cameras: frozenset[UUID] | None = None

    def leave(self, permission: Permission, camera: UUID | None = None) -> bool:
        """Whether they leave the permission: on this camera, or without one on any."""
        if self.permissions is not None and not holds(self.permissions, permission):
            return False
        if self.cameras is None:
            return True
        return permission in OF_A_CAMERA and (camera is None or camera in self.cameras)


UNLIMITED = Limits()


def holds(permissions: frozenset[Permission], permission: Permission) -> bool:
    """Whether it is one of them, or comes with one of them."""
    return permission in permissions or (permission is IMPLIED and not IMPLYING.isdisjoint(permissions))


def allowed(
    grants: Iterable[Grant], permission: Permission, camera: UUID | None, at_ms: int, limits: Limits = UNLIMITED
) -> bool:
    """Whether `permission` is granted on `camera`; without a camera, for the whole installation."""
    if limits.permissions is not None and not holds(limits.permissions, permission):
        return False
    of_a_camera = permission in OF_A_CAMERA
    if limits.cameras is not None and not (of_a_camera and camera in limits.cameras):
        return False
    for grant in grants:
        if not grant.permits(permission):
            continue
        if grant.cameras is not None and not (of_a_camera and camera in grant.cameras):
            continue
        if grant.in_force(at_ms):  # last: the clock on the wall costs more than the rest
            return True
    return False


def allowed_cameras(
    grants: Iterable[Grant], permission: Permission, at_ms: int, limits: Limits = UNLIMITED
) -> frozenset[UUID] | None:
    """The cameras that `permission` is granted on; None means everything, also what is no camera."""
    if limits.permissions is not None and not holds(limits.permissions, permission):
        return frozenset()
    found: set[UUID] = set()
    everywhere = False
    for grant in grants:
        if not grant.permits(permission) or not grant.in_force(at_ms):
            continue
        if grant.cameras is None:
            everywhere = True
        elif permission in OF_A_CAMERA:
            found |= grant.cameras
    if limits.cameras is None:
        return None if everywhere else frozenset(found)
    if permission not in OF_A_CAMERA:
        return frozenset()
    return limits.cameras if everywhere else limits.cameras & found


def lacking(
    held: Iterable[Grant], given: Iterable[Grant], at_ms: int, limits: Limits = UNLIMITED
) -> frozenset[Permission]:
    """What of `given` somebody who holds `held` can't give away: nobody gives what they do not have for the whole
    installation at this instant, nor for longer or at other hours than one of their own grants says. On which cameras
    it is given makes no difference."""
    present = [grant for grant in held if grant.cameras is None and grant.in_force(at_ms)]
    missing: set[Permission] = set()
    for one in given:
        enough = [grant for grant in present if not one.outlives(grant)]
        for name in one.permissions:
            lasting = any(grant.permits(name) for grant in enough)
            if not lasting or not allowed(present, name, None, at_ms, limits):
                missing.add(name)
    return frozenset(missing)


def permissions_on(
    grants: Iterable[Grant], camera: UUID | None, at_ms: int, limits: Limits = UNLIMITED
) -> frozenset[Permission]:
    """Everything that is granted on one camera; without a camera, for the whole installation."""
    held = [grant for grant in grants if grant.in_force(at_ms)]
    wanted = Permission if camera is None else OF_A_CAMERA
    return frozenset(one for one in wanted if allowed(held, one, camera, at_ms, limits))


def permissions(grants: Iterable[Grant], at_ms: int, limits: Limits = UNLIMITED) -> frozenset[Permission]:
    """Everything that is granted anywhere: what a user interface may offer."""
    held = list(grants)
    return frozenset(one for one in Permission if allowed_cameras(held, one, at_ms, limits) != frozenset())
