"""WS /events: everything that happens, on one socket.

Each message is `{"id", "topic", "at", "payload"}`. The first is `hello`, whose payload says the newest `cursor` and
whether the socket `resumed` after the one that was asked for; if not, the reader loads the present state. `id` is the
cursor to ask for next time, null for what is not kept: `camera.status` (a stream's state changed), `stats` (fresh
numbers, every 2 s), `heartbeat`, `lagged` (this reader was too slow, `dropped` messages are missing: load the state).
"""

import asyncio
from importlib import metadata
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect

from vedette.events.backlog import Backlog
from vedette.events.feed import EventFeed, encode
from vedette.http.deps import ClockDep

router = APIRouter(tags=["events"])

HEARTBEAT_S = 15.0
_SEND_S = 30.0
_MAX_READERS = 200
_TRY_LATER = 1013


def feed_of(connection: HTTPConnection) -> EventFeed:
    """The app's feed."""
    feed: EventFeed = connection.app.state.feed
    return feed


@router.websocket("/events")
async def event_socket(
    websocket: WebSocket,
    feed: Annotated[EventFeed, Depends(feed_of)],
    clock: ClockDep,
    cursor: Annotated[str | None, Query(max_length=20)] = None,
) -> None:
    """Closed with 1013 when too many sockets listen."""
    await websocket.accept()
    if feed.reader_count >= _MAX_READERS:
        await websocket.close(_TRY_LATER, "too many event sockets")
        return
    async with feed.subscribe() as backlog:
        sending = asyncio.create_task(_send(websocket, feed, backlog, clock, _number(cursor)))
        hearing = asyncio.create_task(_hear(websocket))
        try:
            await asyncio.wait({sending, hearing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, hearing):
                task.cancel()
            await asyncio.gather(sending, hearing, return_exceptions=True)


def _number(cursor: str | None) -> int | None:
    return int(cursor) if cursor and cursor.isascii() and cursor.isdigit() else None


async def _hear(websocket: WebSocket) -> None:
    """Readers have nothing to say; reading is how their going away is noticed."""
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass


async def _send(websocket: WebSocket, feed: EventFeed, backlog: Backlog, clock: ClockDep, cursor: int | None) -> None:
    async def say(text: str) -> None:
        async with asyncio.timeout(_SEND_S):
            await websocket.send_text(text)

    newest = feed.cursor
    resumed = cursor is not None and await feed.can_replay(cursor, newest)
    hello = {
        "cursor": newest,
        "resumed": resumed,
        "version": metadata.version("vedette"),
        "heartbeat_s": HEARTBEAT_S,
    }
    try:
        await say(encode(cursor if resumed else newest, "hello", clock.now_ms(), hello))
        if resumed and cursor is not None:
            async for text in feed.replay(cursor, newest):
                await say(text)
        while True:
            waiting, dropped = await backlog.take(HEARTBEAT_S)
            if dropped:
                await say(encode(None, "lagged", clock.now_ms(), {"dropped": dropped}))
            await say(waiting or encode(None, "heartbeat", clock.now_ms(), {"cursor": feed.cursor}))
    except (WebSocketDisconnect, TimeoutError, OSError):
        return  # gone, or so slow that it is better gone: it resumes at its cursor
