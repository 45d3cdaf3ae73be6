"""WS /live/wall: many live tiles on one socket.

The client says JSON (`live.wall.messages`): `show`, `mode`, `hide`, `report`. The server says `hello` (how many tiles a
wall may have), and of a tile, named by its number: `status`, `init`, `lagged`, `closed` with code and reason; `refused`
answers what can't be read. Binary messages are the tile's number (2 bytes, big-endian), the wall clock of the first
frame (8 bytes, big-endian milliseconds) and fragments (`moof` + `mdat`) that follow each other. The first one after a
tile's `init` is its init instead, with a wall clock of 0.
"""

import asyncio
import contextlib
from functools import partial

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.core.errors import VedetteError
from vedette.http import refusals
from vedette.http.access import Caller, authority_of, visible
from vedette.http.deps import ClockDep, DatabaseDep
from vedette.http.lasting import Lasting
from vedette.live.closing import CLOSE_BUSY, Close
from vedette.live.router import HubDep
from vedette.live.sessions.deps import WatchersDep, agent_of
from vedette.live.transcode.deps import TranscodesDep
from vedette.live.wall.numbers import WallNumbers
from vedette.live.wall.sender import WallSender
from vedette.live.wall.wall import House, Wall
from vedette.settings import Settings

router = APIRouter(tags=["live"])

_CLOSING_S = 2.0


def wall_numbers_of(connection: HTTPConnection) -> WallNumbers:
    """The process's one."""
    numbers: WallNumbers = connection.app.state.wall_numbers
    return numbers


@router.websocket("/live/wall", dependencies=[visible(Permission.LIVE_VIEW)])
async def wall_socket(
    socket: WebSocket,
    database: DatabaseDep,
    hub: HubDep,
    watchers: WatchersDep,
    caller: Caller,
    clock: ClockDep,
    transcodes: TranscodesDep,
) -> None:
    """Closed with 4401 when the login has ended, with 4408 when nothing is read, with 4429 for too much."""
    numbers = wall_numbers_of(socket)
    settings: Settings = socket.app.state.settings
    note = partial(refusals.note, socket.scope)
    house = House(
        authority_of(socket),
        database,
        hub,
        watchers,
        agent_of(socket),
        clock,
        numbers,
        settings.wall_tiles,
        note,
        transcodes,
    )
    sender_of = partial(WallSender, socket, clock=clock.monotonic)
    await socket.accept()
    try:
        with numbers.wall_of(caller.user_id):
            async with Wall(house, caller, sender_of) as wall:
                reason = await _serve(socket, wall, Lasting(socket, caller, clock))
    except VedetteError as error:
        reason = Close(CLOSE_BUSY, error.message)
    except (WebSocketDisconnect, OSError):
        return
    with contextlib.suppress(TimeoutError, RuntimeError, WebSocketDisconnect, OSError):
        async with asyncio.timeout(_CLOSING_S):
            await socket.close(reason.code, reason.frame_reason)


async def _serve(socket: WebSocket, wall: Wall, access: Lasting) -> Close:
    """Until there is a reason to close. Raises WebSocketDisconnect when the client left."""
    sending = asyncio.create_task(wall.sender.run())
    hearing = asyncio.create_task(_hear(socket, wall))
    losing = asyncio.create_task(wall.until_nobody(access))
    tasks = (losing, hearing, sending)
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        if not task.cancelled():
            return task.result()
    raise WebSocketDisconnect


async def _hear(socket: WebSocket, wall: Wall) -> Close:
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        close = wall.hear(message.get("text") or message.get("bytes") or b"")
        if close is not None:
            return close
    raise WebSocketDisconnect
