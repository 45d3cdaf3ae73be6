"""One live view by one transport, in the process that serves it.

What is sent costs an addition. Everything else is looked at every two seconds (`exchange`) or when somebody asks.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from vedette.access.principal import Principal
from vedette.audit.views import Seen
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.ids import uuid7
from vedette.live.sessions.report import Report, Told

# More often than this nobody has something new to report.
REPORT_EVERY_S = 1.0


class Transport(StrEnum):
    """How live pictures get to who watches."""

    MSE = "mse"
    WALL = "wall"
    HLS = "hls"
    WHEP = "whep"
    RTSP = "rtsp"
    MJPEG = "mjpeg"


class EndReason(StrEnum):
    """Why a view ended."""

    LEFT = ""  # who watched left, or nothing came any more
    OWN = "own"  # ended by its user from another place
    ADMINISTRATOR = "administrator"
    CAMERA = "camera"  # switched off or removed
    ACCESS = "access"  # the permission, or what the caller came with, is gone


_ENDS = {
    EndReason.ADMINISTRATOR: ("live.ended", "An administrator ended this view."),
    EndReason.OWN: ("live.ended_elsewhere", "This view was ended from another place where you are logged in."),
    EndReason.CAMERA: ("live.camera_off", "This camera was switched off or removed."),
}


class ViewEndedError(VedetteError):
    """This view was ended; `again_s`: in how many seconds it can be opened again, where it can't be at once. `code` is
    `live.ended`, `live.ended_elsewhere` or `live.camera_off`."""

    def __init__(self, reason: EndReason, again_s: int | None = None) -> None:
        code, words = _ENDS[reason]
        if again_s is not None:
            words = f"{words} It can be opened again in {again_s} s."
        super().__init__(ErrorKind.FORBIDDEN, code, words, retry_after_s=again_s)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rate:
    """Bytes a second, measured between two looks."""

    at_s: float
    bytes: int
    per_s: int = 0

    def next(self, at_s: float, sent: int) -> "Rate":
        """The rate since the last look; the same one when hardly any time passed."""
        passed = at_s - self.at_s
        return Rate(at_s, sent, round((sent - self.bytes) / passed)) if passed >= 1 else self


class LiveSession:
    """A view that goes on. `ended` is set when it is to stop, and `why` then says for what reason; whoever serves it
    waits for that beside its other work."""

    def __init__(
        self,
        caller: Principal,
        seen: Seen,
        transport: Transport,
        *,
        start_ms: int,
        now_s: float,
        agent: str = "",
        quality: str = "",
        session_id: UUID | None = None,
    ) -> None:
        self.id: UUID = session_id or uuid7()
        self.caller = caller
        self.seen = seen
        self.transport = transport
        self.agent = agent
        self.stream = seen.stream
        self.quality = quality
        self.start_ms = start_ms
        self.view_id = ""
        self.measure: Callable[[], int] | None = None
        self._sent = 0
        self.parts_dropped = 0
        self.told = Told()
        self.rate = Rate(now_s, 0)
        self.ended = asyncio.Event()
        self.why: ViewEndedError | None = None
        self.end_reason = EndReason.LEFT
        self.end_ms: int | None = None
        self.kicked_ms: int | None = None
        self._reported_s = -REPORT_EVERY_S

    @property
    def bytes(self) -> int:
        """What went to who watches: what was added up, or what `measure` says, where a transport counts by itself."""
        return self._sent if self.measure is None else self.measure()

    def sent(self, count: int) -> None:
        """So many bytes went to who watches."""
        self._sent += count

    def dropped(self, parts: int) -> None:
        """So many parts or frames were left out because they did not keep up."""
        self.parts_dropped += parts

    def shows(self, stream: str, quality: str) -> None:
        """From now on it is this stream, in this quality: players of HLS change between them."""
        self.stream, self.quality = stream, quality

    def report(self, report: Report, now_s: float) -> bool:
        """What the player says. False for one that comes too soon after the last one: it changes nothing."""
        if now_s - self._reported_s < REPORT_EVERY_S:
            return False
        self._reported_s = now_s
        self.told.add(report)
        return True

    def end(self, why: ViewEndedError) -> None:
        """Whoever serves it is to stop, for this reason. The first one counts."""
        if self.why is None:
            self.why, self.end_reason = why, why.reason
            self.ended.set()

    async def until_ended(self) -> ViewEndedError:
        """Returns why, when it is to stop."""
        await self.ended.wait()
        assert self.why is not None
        return self.why


def login_of(caller: Principal) -> str:
    """What a caller came with, as text: the same for a login and the tickets that it was given."""
    return "|".join(str(one or "") for one in (caller.user_id, caller.token_id, caller.session_id, caller.share_id))
