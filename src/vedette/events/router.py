"""WS /events: everything that happens, on one socket.

Each message is `{"id", "topic", "at", "payload"}`. The first is `hello`, whose payload says the newest `cursor` and
whether the socket `resumed` after the one that was asked for; if not, the reader loads the present state. `id` is the
cursor to ask for next time, null for what is not kept: `camera.status` (a stream's state changed), `stats` (fresh
numbers, every 2 s), `heartbeat`, `lagged` (this reader was too slow, `dropped` messages are missing: load the state),
`access.changed` (the reader may do more or less than before: what it asked for may be answered differently now).

A reader gets only what it may know (`events.sight`), as it is now: a lost permission counts within seconds.
"""

import asyncio
from importlib import metadata
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect

from vedette.access.principal import CallerKind
from vedette.core.errors import VedetteError
from vedette.events.feed import EventFeed, Reader, encode
from vedette.events.sight import Sight
from vedette.http.access import Caller, refused, signed_in
from vedette.http.deps import ClockDep, taken
from vedette.http.lasting import Lasting
from vedette.http.problem import close_socket

router = APIRouter(tags=["events"])

HEARTBEAT_S = 15.0
_SEND_S = 30.0
_MAX_READERS = 200
_MAX_OF_ONE = 50  # nobody keeps all others out
_TRY_LATER = 1013
_ACCESS_CHANGED = "access.changed"


def feed_of(connection: HTTPConnection) -> EventFeed:
    """The app's feed."""
    feed: EventFeed = connection.app.state.feed
    return feed


@router.websocket("/events", dependencies=[signed_in()])
async def event_socket(
    websocket: WebSocket,
    feed: Annotated[EventFeed, taken(feed_of)],
    caller: Caller,
    clock: ClockDep,
    cursor: Annotated[str | None, Query(max_length=20)] = None,
) -> None:
    """Closed with 1013 when too many sockets listen, with 4401 when the session or token has ended."""
    await websocket.accept()
    if feed.reader_count >= _MAX_READERS or feed.readers_of(caller.user_id) >= _MAX_OF_ONE:
        await websocket.close(_TRY_LATER, "too many event sockets")
        return
    async with feed.subscribe(Sight.of(caller, clock.now_ms()), caller.user_id) as reader:
        sending = asyncio.create_task(_send(websocket, feed, reader, clock, _number(cursor)))
        hearing = asyncio.create_task(_hear(websocket))
        losing = asyncio.create_task(_until_lost(Lasting(websocket, caller, clock), reader, clock))
        tasks = (sending, hearing, losing)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    if not losing.cancelled():
        await close_socket(websocket, losing.result())


def _number(cursor: str | None) -> int | None:
    return int(cursor) if cursor and cursor.isascii() and cursor.isdigit() else None


async def _until_lost(access: Lasting, reader: Reader, clock: ClockDep) -> VedetteError:
    """Keeps what the reader may know up to date and tells it of changes, until it is nobody any more; returns why."""
    known = access.caller
    while True:
        try:
            caller = await access.renew()
        except VedetteError as error:
            return error
        if caller.kind is CallerKind.NOBODY:
            return refused(caller, None)
        now_ms = clock.now_ms()
        sight = Sight.of(caller, now_ms)
        # Some grants are for hours of the day: what one sees changes with them, too.
        changed = caller != known or sight != reader.sight
        known, reader.sight = caller, sight
        if changed:
            reader.backlog.put(_ACCESS_CHANGED, encode(None, _ACCESS_CHANGED, now_ms, {}))


async def _hear(websocket: WebSocket) -> None:
    """Readers have nothing to say; reading is how their going away is noticed."""
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass


async def _send(websocket: WebSocket, feed: EventFeed, reader: Reader, clock: ClockDep, cursor: int | None) -> None:
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
            async for text in feed.replay(reader, cursor, newest):
                await say(text)
        while True:
            waiting, dropped = await reader.backlog.take(HEARTBEAT_S)
            if dropped:
                await say(encode(None, "lagged", clock.now_ms(), {"dropped": dropped}))
            await say(waiting or encode(None, "heartbeat", clock.now_ms(), {"cursor": feed.cursor}))
    except (WebSocketDisconnect, TimeoutError, OSError):
        return  # gone, or so slow that it is better gone: it resumes at its cursor
