"""Low-rate pictures for integrations that show an `<img>`: the newest key frame again and again, as JPEG.

Only key frames are decoded, once for all who want the same width; so there are at most as many pictures as the camera
sends key frames. Each part is followed by the next boundary at once: browsers show a picture when they see it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vedette.access.permissions import Permission
from vedette.cameras.directory import StreamRef, seen_of
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.http.lasting import LastingCaller
from vedette.live.sessions.session import EndReason, LiveSession, Transport
from vedette.live.sessions.watchers import Watchers
from vedette.live.snapshots import LiveKeyFrame, Snapshots

log = get_logger("mjpeg")

MAX_FPS: Final = 2.0
MAX_OF_STREAM: Final = 20
MAX_VIEWERS: Final = 100
# Without a new picture for so long it ends: who shows it should not take an old picture for the present.
OFFLINE_S: Final = 30.0
STUCK_S: Final = 15.0
_LOOK_S: Final = 0.2
_BOUNDARY: Final = b"vedette-picture"


class MjpegRoom:
    """How many watch so."""

    def __init__(self) -> None:
        self._watching: Counter[int] = Counter()

    @contextmanager
    def seat(self, stream_id: int) -> Iterator[None]:
        """For one. Raises as `check`."""
        self.check(stream_id)
        self._watching[stream_id] += 1
        try:
            yield
        finally:
            self._watching[stream_id] -= 1
            if not self._watching[stream_id]:
                del self._watching[stream_id]

    def check(self, stream_id: int) -> None:
        """Raises VedetteError `live.too_many_viewers`."""
        if self._watching[stream_id] >= MAX_OF_STREAM or self._watching.total() >= MAX_VIEWERS:
            raise VedetteError(
                ErrorKind.UNAVAILABLE,
                "live.too_many_viewers",
                "Too many programs show pictures of this camera already. Close one, or take single snapshots.",
            )


class MjpegResponse(Response):
    """Pictures of a stream until the caller leaves, loses the right, or the camera has none any more. `newest` raises
    VedetteError while there is none. It shows `first`, and then at most `fps` pictures a second."""

    media_type = f"multipart/x-mixed-replace; boundary={_BOUNDARY.decode()}"

    def __init__(
        self,
        ref: StreamRef,
        newest: Callable[[], LiveKeyFrame],
        pictures: Snapshots,
        room: MjpegRoom,
        watchers: Watchers,
        access: LastingCaller,
        clock: Clock,
        *,
        fps: float,
        width: int | None,
        agent: str,
    ) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._ref = ref
        self._newest = newest
        self._pictures = pictures
        self._room = room
        self._watchers = watchers
        self._access = access
        self._clock = clock
        self._every_s = 1 / fps
        self._width = width
        self._agent = agent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        entered = self._watchers.enter(self._access.caller, seen_of(self._ref), Transport.MJPEG, agent=self._agent)
        with self._room.seat(self._ref.stream_id):
            async with entered as session:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                await self._until_over(receive, send, session)

    async def _until_over(self, receive: Receive, send: Send, session: LiveSession) -> None:
        tasks = (
            asyncio.create_task(self._show(send, session)),
            asyncio.create_task(_until_left(receive)),
            asyncio.create_task(self._access.until_lost(Permission.LIVE_VIEW, self._ref.camera_id)),
            asyncio.create_task(session.until_ended()),
        )
        showing, leaving, losing, _ = tasks
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if not losing.cancelled():
            session.end_reason = EndReason.ACCESS
        failure = None if showing.cancelled() else showing.exception()
        if failure is not None and not isinstance(failure, OSError):
            raise failure
        if leaving.cancelled() and failure is None:
            async with asyncio.timeout(STUCK_S):
                await send({"type": "http.response.body", "body": b""})

    async def _show(self, send: Send, session: LiveSession) -> None:
        shown, shown_s = "", self._clock.monotonic()
        await self._send(send, b"--" + _BOUNDARY + b"\r\n")
        while self._clock.monotonic() - shown_s < OFFLINE_S:
            began_s = self._clock.monotonic()
            picture = None
            try:
                frame = self._newest()
                if frame.name != shown:
                    picture = await self._pictures.jpeg(frame, self._width)
                    shown, shown_s = frame.name, began_s
            except VedetteError as error:
                log.debug("no picture just now", camera=self._ref.camera_slug, reason=error.code)
            if picture is None:
                await asyncio.sleep(_LOOK_S)
                continue
            head = b"Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(picture)
            await self._send(send, head + picture + b"\r\n--" + _BOUNDARY + b"\r\n")
            session.sent(len(head) + len(picture))
            await asyncio.sleep(max(0.0, self._every_s - (self._clock.monotonic() - began_s)))

    async def _send(self, send: Send, data: bytes) -> None:
        """Raises TimeoutError where the client takes nothing any more; it is an OSError."""
        async with asyncio.timeout(STUCK_S):
            await send({"type": "http.response.body", "body": data, "more_body": True})


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
