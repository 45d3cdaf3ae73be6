"""Why the server ends a live picture on a socket: close codes, and what a player can tell its person."""

from dataclasses import dataclass
from typing import Any

from vedette.core.errors import ErrorKind, VedetteError
from vedette.http.problem import close_code, close_reason
from vedette.live.sessions.session import ViewEndedError

CLOSE_OFFLINE = 4503
CLOSE_NOT_READING = 4408
# A view that somebody ended, or whose camera was switched off: it is not to be opened again unasked.
CLOSE_ENDED = 4410
CLOSE_BUSY = 4429
CLOSE_RESTART = 1012


@dataclass(frozen=True, slots=True)
class Close:
    """Why a socket, or one tile of it, ends. `reason` is for a person; `error` is its stable code, where the API has
    one, and `again_s` says in how many seconds the answer may be another one."""

    code: int
    reason: str
    error: str = ""
    again_s: int | None = None

    @property
    def frame_reason(self) -> str:
        """The reason as it fits into a close frame."""
        return close_reason(self.reason)

    @property
    def told(self) -> dict[str, Any]:
        """What a close frame has no room for; empty where its code says it all."""
        if not self.error:
            return {}
        wait = {} if self.again_s is None else {"retry_after_s": self.again_s}
        return {"error": self.error, "detail": self.reason, **wait}


def close_of(error: VedetteError) -> Close:
    """What a player is told instead of more pictures: 4000 above the status of the error, but for ended views and
    exhausted limits."""
    if isinstance(error, ViewEndedError):
        code = CLOSE_ENDED
    else:
        code = CLOSE_BUSY if error.kind is ErrorKind.EXHAUSTED else close_code(error)
    return Close(code, error.message, error.code, error.retry_after_s)
