"""Who is calling."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from vedette.access.permissions import Permission
from vedette.access.policy import UNLIMITED, Grant, Limits, allowed, allowed_cameras, permissions, permissions_on


class CallerKind(StrEnum):
    """How the caller came in."""

    NOBODY = "nobody"
    SETUP = "setup"  # who makes the first account with the token of the first run, and does nothing else
    SESSION = "session"  # a person who logged in
    TOKEN = "token"  # noqa: S105 # a program with an API token
    TICKET = "ticket"  # a media URL
    SHARE = "share"  # a share link
    SYSTEM = "system"  # Vedette itself: retention, jobs, the command line


class MediaKind(StrEnum):
    """What a media ticket is for."""

    LIVE = "live"  # live streams
    PLAYBACK = "playback"  # footage of a range of time
    STILL = "still"  # single pictures: of now, or of a range


@dataclass(frozen=True, slots=True)
class Media:
    """What a ticket leaves open beside the limits of the policy: one kind of media, and of footage one range."""

    kind: MediaKind
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller of one request, with everything that the policy needs. `name` is for people (audit, lists): of a
    person it is the user name, for a name that they could choose could be another's.

    `session_id`, `token_id` and `share_id` say which one it came with, so that an end of it ends what it opened. Who
    comes with a ticket has `media`: only routes that say that they take tickets let them in. `token_name` is what the
    API token is called, for the audit log.
    """

    kind: CallerKind
    name: str = ""
    user_id: UUID | None = None
    session_id: UUID | None = None
    token_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    limits: Limits = UNLIMITED
    address: str = ""
    media: Media | None = None
    share_id: UUID | None = None
    token_name: str = ""

    def may(self, permission: Permission, camera: UUID | None, at_ms: int) -> bool:
        """See `policy.allowed`."""
        return allowed(self.grants, permission, camera, at_ms, self.limits)

    def cameras(self, permission: Permission, at_ms: int) -> frozenset[UUID] | None:
        """See `policy.allowed_cameras`."""
        return allowed_cameras(self.grants, permission, at_ms, self.limits)

    def permissions(self, at_ms: int) -> frozenset[Permission]:
        """See `policy.permissions`."""
        return permissions(self.grants, at_ms, self.limits)

    def permissions_on(self, camera: UUID | None, at_ms: int) -> frozenset[Permission]:
        """See `policy.permissions_on`."""
        return permissions_on(self.grants, camera, at_ms, self.limits)


NOBODY = Principal(CallerKind.NOBODY)
SYSTEM = Principal(CallerKind.SYSTEM, "system")
