"""A search as the answer to one request: a line of JSON for each thing that it has to tell, as it comes.

Who leaves ends it, and so does the loss of the permission. Who takes nothing for `STUCK_S` has left.
"""

import asyncio
from contextlib import aclosing
from typing import Final
from uuid import UUID

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vedette.access.permissions import Permission
from vedette.audit.views import Playing, ViewLog
from vedette.cameras.directory import seen_of
from vedette.core.errors import VedetteError
from vedette.http.lasting import LastingCaller
from vedette.playback.find.hits import Hit
from vedette.playback.find.schemas import FindFailed, Line, begin_of, line_of
from vedette.playback.find.service import FindService, Search

STUCK_S: Final = 30.0


class FindResponse(Response):
    """Makes a search while it is sent."""

    media_type = "application/x-ndjson"

    def __init__(self, service: FindService, search: Search, access: LastingCaller, views: ViewLog) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._service = service
        self._search = search
        self._access = access
        self._views = views

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._service.seat(self._access.caller):
            await self._service.note(self._access.caller, self._search)
            playing = await self._views.playback(self._access.caller, seen_of(self._search.camera))
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await self._until_over(receive, send, playing)

    async def _until_over(self, receive: Receive, send: Send, playing: Playing) -> None:
        camera_id = self._search.camera.camera_id
        telling = asyncio.create_task(self._tell(send, playing))
        leaving = asyncio.create_task(_until_left(receive))
        losing = asyncio.create_task(self._access.until_lost(Permission.PLAYBACK_VIEW, camera_id))
        tasks = (telling, leaving, losing)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        failure = None if telling.cancelled() else telling.exception()
        if isinstance(failure, OSError):
            return  # the connection is gone
        if failure is not None:
            raise failure
        if telling.cancelled() and not losing.cancelled():
            lost = losing.result()
            await _send(send, FindFailed(code=lost.code, detail=lost.message))
        if leaving.cancelled():
            async with asyncio.timeout(STUCK_S):
                await send({"type": "http.response.body", "body": b""})

    async def _tell(self, send: Send, playing: Playing) -> None:
        try:
            await _send(send, begin_of(self._search))
            async with aclosing(self._service.run(self._search)) as events:
                async for event in events:
                    if isinstance(event, Hit) and event.picture is not None:
                        playing.fetched(UUID(event.segment_id), *event.shown)
                    await _send(send, line_of(event))
        except VedetteError as error:
            await _send(send, FindFailed(code=error.code, detail=error.message))


async def _send(send: Send, line: Line) -> None:
    """Raises TimeoutError where the client takes nothing any more; it is an OSError."""
    async with asyncio.timeout(STUCK_S):
        body = line.model_dump_json().encode() + b"\n"
        await send({"type": "http.response.body", "body": body, "more_body": True})


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
