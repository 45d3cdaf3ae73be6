"""Every expected failure is a `VedetteError` with a kind, mapped to an HTTP status once and to an exit code once."""

from enum import StrEnum


class ErrorKind(StrEnum):
    """What went wrong, seen from the caller."""

    INVALID = "invalid"  # the request can never work as it stands
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"  # it clashes with the present state
    PRECONDITION = "precondition"  # If-Match did not match
    UNAVAILABLE = "unavailable"  # it may work later
    TOO_MANY = "too_many"  # requests, in too short a time
    EXHAUSTED = "exhausted"  # a limit or a disk is full
    DATA_LOSS = "data_loss"  # stored data is damaged or gone
    INTERNAL = "internal"


class VedetteError(Exception):
    """A failure that a person can act on.

    `message` says what happened, to what, and what to do. `code` is stable and dotted (`camera.not_found`), `field`
    names the bad input where there is one. None of them may hold a secret. `retry_after_s` says in how many seconds
    it may be tried again, where that is known. `place` says where in the storage it is, as a file's path: only who may
    see the storage is told.
    """

    def __init__(
        self,
        kind: ErrorKind,
        code: str,
        message: str,
        *,
        field: str | None = None,
        detail: object = None,
        retry_after_s: int | None = None,
        place: str | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.code = code
        self.message = message
        self.field = field
        self.detail = detail
        self.retry_after_s = retry_after_s
        self.place = place


def invalid(code: str, message: str, *, field: str | None = None) -> VedetteError:
    """Input that is refused, with the name of the field."""
    return VedetteError(ErrorKind.INVALID, code, message, field=field)


def not_found(code: str, message: str, *, place: str | None = None) -> VedetteError:
    """A thing that does not exist, or that the caller may not know of."""
    return VedetteError(ErrorKind.NOT_FOUND, code, message, place=place)
