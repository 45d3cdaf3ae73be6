"""One wall: the tiles of one socket, who may see them, and when they end.

Each tile is let in by itself and ends by itself; the socket ends only with the login, with a client that does not read,
or with one that asks for more than a wall does.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import orjson
from sqlalchemy.exc import SQLAlchemyError

from vedette.access.permissions import Permission
from vedette.access.principal import CallerKind, Principal
from vedette.cameras.directory import StreamRef, find_stream, seen_of
from vedette.core.clock import Clock
from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.core.words import sentences
from vedette.db.session import Database
from vedette.http.access import Authority, demand_camera, refused
from vedette.http.lasting import Lasting
from vedette.live.closing import CLOSE_BUSY, CLOSE_NOT_READING, CLOSE_OFFLINE, Close, close_of
from vedette.live.hub import StreamHub
from vedette.live.mse import OFFLINE_S
from vedette.live.sessions.report import added
from vedette.live.sessions.session import EndReason
from vedette.live.sessions.watchers import LiveSession, Transport, Watchers
from vedette.live.transcode.deps import chosen
from vedette.live.transcode.transcodes import Transcodes
from vedette.live.wall.messages import Asked, BadMessage, Hide, SetMode, Show, parse
from vedette.live.wall.numbers import Budget, WallNumbers
from vedette.live.wall.sender import WallSender
from vedette.live.wall.tile import Tile, said
from vedette.live.wall.views import WallViews

# Turning a full wall over asks 128 times; a client that asks on and on is broken.
ASKED_AT_ONCE: Final = 512
ASKED_PER_S: Final = 64.0
log = get_logger("live.wall")


@dataclass(frozen=True, slots=True)
class House:
    """What walls take from the app."""

    authority: Authority
    database: Database
    hub: StreamHub
    watchers: Watchers
    agent: str
    clock: Clock
    numbers: WallNumbers
    max_tiles: int
    note: Callable[[VedetteError], None]
    transcodes: Transcodes


class Wall:
    """Used as `async with`: leaving ends every tile."""

    def __init__(self, house: House, caller: Principal, sender_of: Callable[[dict[int, Tile]], WallSender]) -> None:
        self.tiles: dict[int, Tile] = {}
        self.sender = sender_of(self.tiles)
        self._house = house
        self._caller = caller
        self._live: dict[int, LiveSession] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._views = WallViews(house.clock.monotonic)
        self._back_in_s: dict[asyncio.Task[None] | None, int] = {}
        self._budget = Budget(ASKED_AT_ONCE, ASKED_PER_S, house.clock.monotonic)

    async def __aenter__(self) -> "Wall":
        house = self._house
        hello = {"type": "hello", "tiles": house.max_tiles, "now_ms": house.clock.now_ms()}
        self.sender.say(orjson.dumps(hello).decode())
        return self

    async def __aexit__(self, *_: object) -> None:
        tasks = [*self._tasks.values(), *self._ending]
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._views.aclose()

    @property
    def caller(self) -> Principal:
        """As it was when it was last asked for."""
        return self._caller

    def hear(self, data: str | bytes) -> Close | None:
        """One message of the client. Returns why, when the socket has to end."""
        if not self._budget.take():
            return Close(CLOSE_BUSY, "More was asked for on this connection than a wall asks for. Connect again.")
        try:
            asked = parse(data)
        except BadMessage as error:
            return self._say_refused(str(error))
        return self._do(asked)

    async def until_nobody(self, access: Lasting) -> Close:
        """Asks for the rights of all tiles in one go, again and again, and ends those that may not be seen any more.
        Returns when the caller is nobody."""
        while True:
            try:
                self._caller = await access.renew()
            except VedetteError as error:
                return close_of(error)
            if self._caller.kind is CallerKind.NOBODY:
                return close_of(refused(self._caller, Permission.LIVE_VIEW))
            self._look_at_tiles()
            await self._views.look(self._may_see)

    def _look_at_tiles(self) -> None:
        now_s = self._house.clock.monotonic()
        for number, tile in list(self.tiles.items()):
            camera_id = tile.ref.camera_id
            if not self._may_see(camera_id):
                if (live := self._live.get(number)) is not None:
                    live.end_reason = EndReason.ACCESS
                self._close(number, close_of(refused(self._caller, Permission.LIVE_VIEW, camera_id)))
            elif now_s - tile.media_at > OFFLINE_S:
                # Its camera may be gone, or have another stream by now: who asks again gets what there is.
                status = self._house.hub.status(tile.ref.stream_id)
                reason = sentences(f"No picture for {OFFLINE_S:.0f} s", status.detail if status else "")
                self._close(number, Close(CLOSE_OFFLINE, reason))

    def _may_see(self, camera_id: UUID) -> bool:
        return self._caller.may(Permission.LIVE_VIEW, camera_id, self._house.clock.now_ms())

    # What the client asks

    def _do(self, asked: Asked) -> Close | None:
        number = asked.tile
        if isinstance(asked, Show):
            self._end(number)
            if len(self._tasks) >= self._house.max_tiles:
                most = f"A wall has at most {self._house.max_tiles} tiles. Hide one first."
                return self._say_closed(number, Close(CLOSE_BUSY, most, "live.too_many_tiles"))
            task = asyncio.create_task(self._show(asked), name=f"wall-tile-{number}")
            self._tasks[number] = task
        elif isinstance(asked, Hide):
            self._end(number, asked.back_in_s)
        elif isinstance(asked, SetMode):
            if (tile := self.tiles.get(number)) is not None:
                tile.set_mode(asked.mode, asked.batch_ms)
        elif number in self.tiles:
            self._house.numbers.add(asked)
            if (live := self._live.get(number)) is not None:
                told = added(live.told, asked.stalls, asked.dropped, asked.latency_ms)
                live.report(told, self._house.clock.monotonic())
        return None

    async def _show(self, asked: Show) -> None:
        """A tile's life."""
        house, number = self._house, asked.tile
        close: Close | None = None
        try:
            now_ms = house.clock.now_ms()
            await demand_camera(house.authority, self._caller, Permission.LIVE_VIEW, asked.camera, now_ms)
            async with house.database.read() as session:
                ref = await find_stream(session, asked.camera, asked.stream)
            seen, quality = seen_of(ref), asked.quality or ""

            def enter() -> AbstractAsyncContextManager[LiveSession]:
                return house.watchers.enter(self._caller, seen, Transport.WALL, agent=house.agent, quality=quality)

            async with self._views.view((ref.stream_id, quality), enter, self._rest_s) as live:
                await self._stay(asked, ref, live)
        except VedetteError as error:
            house.note(error)
            close = close_of(error)
        except (SQLAlchemyError, OSError) as error:
            log.warning("a tile could not be opened", error=str(error))
            close = Close(CLOSE_OFFLINE, "The database does not answer. Try again.")
        if close is not None and self._tasks.get(number) is asyncio.current_task():
            self._close(number, close)

    async def _stay(self, asked: Show, ref: StreamRef, live: LiveSession) -> None:
        """Until it is cancelled. Raises ViewEndedError when the view was ended, VedetteError when the stream can't be
        converted."""
        house, number = self._house, asked.tile
        stream_id = chosen(house.transcodes, ref, asked.quality, self._caller, house.clock.now_ms())
        async with house.hub.subscribe(stream_id, fine=True) as viewer:
            tile = Tile(
                number,
                ref,
                viewer,
                house.hub,
                mode=asked.mode,
                batch_ms=asked.batch_ms,
                clock=house.clock.monotonic,
                on_due=self.sender.due,
                quality=asked.quality,
            )
            before = live.bytes
            live.measure = lambda: before + tile.sent_bytes
            self.tiles[number] = tile
            self._live[number] = live
            house.numbers.tiles += 1
            try:
                raise await live.until_ended()
            finally:
                live.dropped(viewer.dropped)
                live.measure = None
                live.sent(tile.sent_bytes)
                house.numbers.tiles -= 1
                if self.tiles.get(number) is tile:
                    del self.tiles[number]
                if self._live.get(number) is live:
                    del self._live[number]

    # How tiles end

    def _rest_s(self) -> int:
        """How long the view of the tile whose task asks may go on without it."""
        return self._back_in_s.pop(asyncio.current_task(), 0)

    def _end(self, number: int, back_in_s: int = 0) -> None:
        """At once for the sender; what the tile holds is given back by its task."""
        self.tiles.pop(number, None)
        task = self._tasks.pop(number, None)
        if task is not None and task is not asyncio.current_task():
            if back_in_s > 0 and number in self._live:
                self._back_in_s[task] = back_in_s
            task.cancel()
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    def _close(self, number: int, close: Close) -> None:
        self._end(number)
        self._say_closed(number, close)

    def _say_closed(self, number: int, close: Close) -> Close | None:
        return self._say(said(number, "closed", {"code": close.code, "reason": close.frame_reason, **close.told}))

    def _say_refused(self, reason: str) -> Close | None:
        return self._say(orjson.dumps({"type": "refused", "reason": reason}).decode())

    def _say(self, text: str) -> Close | None:
        if self.sender.say(text):
            return None
        return Close(CLOSE_NOT_READING, "Answers on this connection are not read.")
