"""Live pictures: the MSE socket and snapshots."""

import asyncio
import contextlib
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, WebSocket, WebSocketDisconnect
from starlette.requests import HTTPConnection

from vedette.cameras.directory import StreamRef, find_stream
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.http.deps import DatabaseDep
from vedette.live.hub import StreamHub
from vedette.live.mse import CLOSE_BUSY, CLOSE_UNKNOWN, Close, MseSender

router = APIRouter(tags=["live"])
log = get_logger("live")

# How long a peer that may not be there is given to take the closing frame.
_CLOSING_S = 2.0


def hub_of(connection: HTTPConnection) -> StreamHub:
    """The process's hub."""
    hub: StreamHub = connection.app.state.hub
    return hub


HubDep = Annotated[StreamHub, Depends(hub_of)]
Kind = Annotated[Literal["main", "sub"], Query(description="`sub` gives the main stream where there is no sub-stream.")]


@router.websocket("/live/{camera}/mse")
async def mse(socket: WebSocket, camera: str, database: DatabaseDep, hub: HubDep, stream: Kind = "main") -> None:
    """One stream as fragmented MP4; the messages are described in `live.mse`."""
    await socket.accept()
    try:
        async with database.read() as session:
            ref = await find_stream(session, camera, stream)
        reason = await _show(socket, hub, ref)
    except VedetteError as error:
        code = CLOSE_BUSY if error.kind is ErrorKind.EXHAUSTED else CLOSE_UNKNOWN
        reason = Close(code, error.message)
    except (WebSocketDisconnect, OSError):
        return
    with contextlib.suppress(TimeoutError, RuntimeError, WebSocketDisconnect, OSError):
        async with asyncio.timeout(_CLOSING_S):
            await socket.close(reason.code, reason.frame_reason)


async def _show(socket: WebSocket, hub: StreamHub, ref: StreamRef) -> Close:
    """Sends until there is a reason to close. Raises WebSocketDisconnect when the viewer left."""
    async with hub.subscribe(ref.stream_id) as viewer:
        sender = MseSender(socket, viewer, hub, stream=ref.kind, requested=ref.requested)
        sending = asyncio.create_task(sender.run())
        leaving = asyncio.create_task(_until_left(socket))
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
    if sending.cancelled():
        raise WebSocketDisconnect
    return sending.result()


async def _until_left(socket: WebSocket) -> None:
    """Reads, and ignores, what the viewer says: only that notices that it left."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
