"""One viewer over a WebSocket, for Media Source Extensions: the parts as they were recorded, nothing is remuxed.

Text messages are JSON: `session` (the id of this view, and the server's time), `init` (followed by one binary message,
the init), `status`, `lagged`. Every other binary message is the wall clock of its first frame, 8 bytes big-endian
milliseconds, and one fragment (`moof` + `mdat`): a recorded part, or a single frame. A new `init` says that a new run
or codec follows, and that the player starts its buffer anew.

When the server has an error to tell, as a limit that is reached, a text `refused` with its code comes before the close.

A player may send `report` (`live.sessions.report`). It is answered by `clock` with the `at_ms` of the report, which
tells the player how far its clock is from the server's.
"""

import asyncio
from typing import Any, Literal, Protocol

import orjson
from pydantic import ValidationError

from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.core.words import sentences
from vedette.events.announcements import StreamStatus
from vedette.events.statuses import status_out
from vedette.live.closing import CLOSE_NOT_READING, CLOSE_OFFLINE, CLOSE_RESTART, Close
from vedette.live.parts import Dropped, LiveMedia, LivePart, LivePiece, stamped
from vedette.live.sessions.report import Report
from vedette.live.sessions.session import LiveSession
from vedette.live.viewer import Viewer

OFFLINE_S = 30.0
# A viewer that takes nothing for this long is not there any more, whatever TCP says.
STUCK_S = 15.0
_LOOK_S = 1.0
_LONGEST_REPORT = 1_000


class ReportMessage(Report):
    """A report on the socket. `at_ms` is the player's clock."""

    type: Literal["report"]
    at_ms: float | None = None


class TextAndBytes(Protocol):
    """The sending half of a WebSocket; both wait while the peer does not read."""

    async def send_text(self, data: str) -> None: ...

    async def send_bytes(self, data: bytes) -> None: ...


class PartReader(Protocol):
    """Where the bytes of parts come from: the hub."""

    def read(self, part: LiveMedia) -> bytes: ...


class MseSender:
    """Sends what a viewer gets to one socket until there is a reason to close it."""

    def __init__(
        self,
        socket: TextAndBytes,
        viewer: Viewer,
        files: PartReader,
        session: LiveSession,
        clock: Clock,
        *,
        stream: str,
        requested: str,
        quality: str | None = None,
        offline_s: float = OFFLINE_S,
        stuck_s: float = STUCK_S,
    ) -> None:
        self._socket = socket
        self._viewer = viewer
        self._files = files
        self._session = session
        self._clock = clock
        self._stream = stream
        self._requested = requested
        self._quality = quality
        self._offline_s = offline_s
        self._stuck_s = stuck_s
        self._status: StreamStatus | None = None
        self._shown: tuple[str, str] | None = None  # run and init that the player has
        self._broken = False  # a part could not be read: wait for a key frame
        self._due = 0.0  # when what is waited for now, a picture or the reader, must have come
        self._log = get_logger("live.mse")

    async def run(self) -> Close:
        """Returns the reason to close. Raises what the socket raises when the peer is gone."""
        loop = asyncio.get_running_loop()
        picture_due = loop.time() + self._offline_s
        sending = True
        self._due = loop.time() + self._stuck_s
        try:
            # One timer for the whole of it: a new one for each frame costs as much as sending the frame.
            async with asyncio.timeout(None) as limit:
                self._look(limit)
                try:
                    await self._send_session()
                    sending, self._due = False, picture_due
                    while True:
                        delivery = await self._viewer.next()
                        sending, self._due = True, loop.time() + self._stuck_s
                        if isinstance(delivery, LivePart | LivePiece):
                            if await self._send_part(delivery):
                                picture_due = loop.time() + self._offline_s
                        elif isinstance(delivery, Dropped):
                            self._session.dropped(delivery.parts)
                            await self._send_json({"type": "lagged", "dropped": delivery.parts})
                        elif delivery is not None:
                            await self._send_status(delivery)
                        else:
                            return Close(CLOSE_RESTART, "The server is restarting.")
                        sending, self._due = False, picture_due
                finally:
                    self._timer.cancel()
        except TimeoutError:
            if sending:
                return Close(CLOSE_NOT_READING, "Nothing was read from this connection for too long.")
            return self._offline()

    def _look(self, limit: asyncio.Timeout) -> None:
        loop = asyncio.get_running_loop()
        left = self._due - loop.time()
        if left > 0:
            self._timer = loop.call_later(min(left, _LOOK_S), self._look, limit)
        else:
            limit.reschedule(loop.time())

    async def _send_part(self, part: LiveMedia) -> bool:
        if self._broken and not part.key:
            return False
        if isinstance(part, LivePiece):
            data = part.stamped
        else:
            try:
                data = stamped(part.at_ms, self._files.read(part))
            except (OSError, EOFError) as error:
                if not self._broken:
                    self._log.warning("live part is unreadable", segment=part.segment.segment_id, error=str(error))
                self._broken = True
                return False
        self._broken = False
        if self._shown != (part.run_id, part.init.digest):
            self._shown = (part.run_id, part.init.digest)
            await self._send_init(part)
        await self._socket.send_bytes(data)
        self._session.sent(len(data))
        return True

    async def heard(self, text: str) -> None:
        """What the player says. All that is no report is ignored, and so is one that comes too soon."""
        if not 0 < len(text) <= _LONGEST_REPORT:
            return
        try:
            report = ReportMessage.model_validate_json(text)
        except ValidationError:
            return
        if self._session.report(report, self._clock.monotonic()) and report.at_ms is not None:
            await self._send_json({"type": "clock", "at_ms": report.at_ms, "now_ms": self._clock.now_ms()})

    async def _send_init(self, part: LiveMedia) -> None:
        init = part.init
        message: dict[str, Any] = {
            "type": "init",
            "codecs": init.codecs,
            "mime": init.mime,
            "timescale": init.timescale,
            "run": part.run_id,
            "stream": self._stream,
            "requested": self._requested,
        }
        if self._quality is not None:
            message["quality"] = self._quality
        if self._stream != self._requested:
            message["notice"] = f"This camera has no {self._requested} stream; the {self._stream} stream is shown."
        await self._send_json(message)
        await self._socket.send_bytes(init.data)

    async def _send_session(self) -> None:
        await self._send_json({"type": "session", "id": str(self._session.id), "now_ms": self._clock.now_ms()})

    async def _send_status(self, status: StreamStatus) -> None:
        if status != self._status:
            self._status = status
            await self._send_json({"type": "status", **status_out(status).model_dump(mode="json")})

    async def _send_json(self, message: dict[str, Any]) -> None:
        await self._socket.send_text(orjson.dumps(message).decode())

    def _offline(self) -> Close:
        detail = self._status.detail if self._status else ""
        return Close(CLOSE_OFFLINE, sentences(f"No picture for {self._offline_s:.0f} s", detail))
