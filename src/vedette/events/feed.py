"""The events of one api process: the outbox is read once and every message is encoded once, for all sockets whose
callers may know of it.

Kept events come from the outbox (looked at every half second, or at once when this process wrote one). Stream statuses
come from the recorders: a change of state goes out at once as `camera.status`, fresh numbers every 2 s as one `stats`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Hashable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy.exc import SQLAlchemyError

from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.core.waiting import set_within
from vedette.db.session import Database
from vedette.events import outbox
from vedette.events.announcements import StreamStatus
from vedette.events.backlog import Backlog
from vedette.events.recorders import Recorders
from vedette.events.sight import Cameras, Sight
from vedette.events.statuses import same_state, status_out
from vedette.http.instants import format_instant

log = get_logger("events")

_LOOK_S = 0.5
_LOOK_AFTER_FAILURE_S = 2.0
_STATS_S = 2.0
_AGAIN_S = 1.0
_BATCH = 500
# Who missed more than this loads the present state instead.
_MAX_REPLAY = 5000


def encode(event_id: int | None, topic: str, at_ms: int, payload: dict[str, Any]) -> str:
    """One message: `{"id", "topic", "at", "payload"}`. `id` is the cursor to resume after, null when not kept."""
    message = {"id": event_id, "topic": topic, "at": format_instant(at_ms), "payload": payload}
    return orjson.dumps(message).decode()


@dataclass(slots=True, eq=False)
class Reader:
    """One socket: what waits for it, what it may know, and whose it is. Who serves it keeps `sight` up to date."""

    sight: Sight
    whose: Hashable = None
    backlog: Backlog = field(default_factory=Backlog)


class EventFeed:
    """Use as `async with`: the tasks run inside it."""

    def __init__(self, database: Database, clock: Clock, recorders: Recorders) -> None:
        self._database = database
        self._clock = clock
        self._recorders = recorders
        self._readers: set[Reader] = set()
        self._wake = asyncio.Event()
        self._states: dict[int, StreamStatus] = {}
        self._numbers: dict[int, StreamStatus] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._cursor = 0

    @property
    def cursor(self) -> int:
        """The newest event that readers were given."""
        return self._cursor

    @property
    def reader_count(self) -> int:
        """How many sockets listen."""
        return len(self._readers)

    def readers_of(self, whose: Hashable) -> int:
        """How many of them are theirs."""
        return sum(reader.whose == whose for reader in self._readers)

    def wake(self) -> None:
        """This process wrote an event: look now."""
        self._wake.set()

    async def __aenter__(self) -> "EventFeed":
        async with self._database.read() as session:
            self._cursor = await outbox.newest_id(session)
        for work in (self._tail, self._watch, self._send_numbers):
            self._tasks.append(asyncio.create_task(self._keep(work), name=f"events-{work.__name__.strip('_')}"))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    @asynccontextmanager
    async def subscribe(self, sight: Sight, whose: Hashable = None) -> AsyncIterator[Reader]:
        """Everything after `cursor` from now on that the reader may know, behind the present state of every stream."""
        reader = Reader(sight, whose)
        self._tell_numbers((reader,), self._recorders.statuses().values())
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)

    async def can_replay(self, cursor: int, upto: int) -> bool:
        """Whether every event between the two is still kept, and there are not too many of them."""
        if not 0 <= upto - cursor <= _MAX_REPLAY:
            return False
        async with self._database.read() as session:
            return cursor >= await outbox.oldest_id(session) - 1

    async def replay(self, reader: Reader, cursor: int, upto: int) -> AsyncIterator[str]:
        """The kept events after `cursor` and up to `upto` that the reader may know, encoded."""
        while cursor < upto:
            async with self._database.read() as session:
                rows = await outbox.after(session, cursor, _BATCH, upto)
            if not rows:
                return
            for row in rows:
                if reader.sight.shows(row.topic, row.payload):
                    yield encode(row.id, row.topic, row.at_ms, row.payload)
            cursor = rows[-1].id

    def _tell(self, key: Hashable, event_id: int | None, topic: str, at_ms: int, payload: dict[str, Any]) -> None:
        text = encode(event_id, topic, at_ms, payload)
        for reader in self._readers:
            if reader.sight.shows(topic, payload):
                reader.backlog.put(key, text)

    async def _keep(self, work: Callable[[], Awaitable[None]]) -> None:
        """Runs one of the tasks until it is done. One that fails begins again: nobody may go without events because of
        a single bad message."""
        while True:
            try:
                return await work()
            except Exception:
                log.exception("event task failed, beginning it again", task=work.__name__)
            await self._clock.sleep(_AGAIN_S)

    async def _tail(self) -> None:
        failed = False
        while True:
            try:
                full = await self._read_new()
                failed = False
            except (SQLAlchemyError, OSError) as error:
                full = False
                if not failed:
                    log.warning("the outbox can't be read", error=str(error))
                failed = True
            if not full:
                await set_within(self._wake, _LOOK_AFTER_FAILURE_S if failed else _LOOK_S)
                self._wake.clear()

    async def _read_new(self) -> bool:
        """Hands out the events after the cursor. Whether there may be more."""
        async with self._database.read() as session:
            rows = await outbox.after(session, self._cursor, _BATCH)
        for row in rows:
            self._cursor = row.id
            self._tell(row.id, row.id, row.topic, row.at_ms, row.payload)
        return len(rows) == _BATCH

    async def _watch(self) -> None:
        async with self._recorders.watch_statuses() as statuses:
            async for status in statuses:
                before = self._states.get(status.stream_id)
                self._states[status.stream_id] = status
                if before is not None and same_state(before, status):
                    self._numbers[status.stream_id] = status
                    continue
                self._numbers.pop(status.stream_id, None)
                payload = status_out(status).model_dump(mode="json")
                self._tell(("status", status.stream_id), None, "camera.status", self._clock.now_ms(), payload)

    async def _send_numbers(self) -> None:
        while True:
            await self._clock.sleep(_STATS_S)
            if self._numbers and self._readers:
                self._tell_numbers(self._readers, self._numbers.values())
            self._numbers.clear()

    def _tell_numbers(self, readers: Iterable[Reader], statuses: Collection[StreamStatus]) -> None:
        """One message to each reader with the streams that it may know of; encoded once for all who may the same."""
        streams = [(status.camera_id, status_out(status).model_dump(mode="json")) for status in statuses]
        texts: dict[Cameras, str | None] = {}
        for reader in readers:
            cameras = reader.sight.cameras
            if cameras not in texts:
                shown = [numbers for camera_id, numbers in streams if reader.sight.shows_camera(camera_id)]
                told = {"streams": shown}
                texts[cameras] = encode(None, "stats", self._clock.now_ms(), told) if shown else None
            if (text := texts[cameras]) is not None:
                reader.backlog.put("stats", text)
