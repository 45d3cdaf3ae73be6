"""Who watched what: entries of views, written in batches beside the request that they tell of.

A view must not wait for SQLite's writer, nor take its turn twenty times a second. So entries go through a bounded
queue to one task that writes what has come together within a second. Whoever puts something in waits when the queue
is full: an entry is never dropped. An orderly stop writes what is left, and the ends of live views that are still open.
What a killed process had not written yet, about a second, is lost.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from vedette.access.principal import Principal
from vedette.audit.log import Entry, Happened, record_all
from vedette.core.backoff import Backoff
from vedette.core.clock import Clock
from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.core.waiting import set_within
from vedette.db.session import Database

log = get_logger("audit.views")

# The same caller with the same camera again within this time is one view.
SESSION_MS = 3_600_000
_WAITING = 1000
_BATCH = 200
_TOGETHER_S = 1.0
_REMEMBERED = 10_000
_LAST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What was watched."""

    camera_id: UUID
    camera_name: str
    stream: str


class ViewLog:
    """One per api process, used as an asynchronous context."""

    def __init__(self, database: Database, clock: Clock, *, together_s: float = _TOGETHER_S) -> None:
        self._database = database
        self._clock = clock
        self._together_s = together_s
        self._queue: asyncio.Queue[Happened | None] = asyncio.Queue(_WAITING)
        self._known: OrderedDict[tuple[object, ...], int] = OrderedDict()
        self._open: dict[int, tuple[Principal, Seen, int]] = {}
        self._numbers = 0
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._write())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        for number in list(self._open):
            await self._end(number)
        self._stopping.set()
        await self._queue.put(None)
        await self._task

    @asynccontextmanager
    async def live(self, caller: Principal, seen: Seen) -> AsyncIterator[None]:
        """A live view: an entry at its start and one at its end, which says how long it was."""
        self._numbers += 1
        number = self._numbers
        self._open[number] = caller, seen, self._clock.now_ms()
        await self._put(caller, "live.view", seen, {"stream": seen.stream})
        try:
            yield
        finally:
            await self._end(number)

    async def once(
        self, caller: Principal, action: str, seen: Seen, *, what: str = "", recording: UUID | None = None
    ) -> None:
        """A view that comes in many requests: one entry in `SESSION_MS` for each caller, action, camera and stream,
        and recording where one is named. `what` says what was asked for first."""
        now_ms = self._clock.now_ms()
        who = caller.kind, caller.user_id, caller.token_id, caller.session_id, caller.address
        key = (*who, action, seen.camera_id, seen.stream, recording)
        since_ms = self._known.get(key)
        if since_ms is not None and 0 <= now_ms - since_ms < SESSION_MS:
            return
        self._known[key] = now_ms
        self._known.move_to_end(key)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        after: dict[str, object] = {"stream": seen.stream}
        if recording is not None:
            after["recording"] = str(recording)
        await self._put(caller, action, seen, after, what)

    async def _end(self, number: int) -> None:
        view = self._open.pop(number, None)
        if view is None:
            return  # the stop was faster
        caller, seen, since_ms = view
        seconds = max(0, round((self._clock.now_ms() - since_ms) / 1000))
        await self._put(caller, "live.end", seen, {"stream": seen.stream, "seconds": seconds})

    async def _put(
        self, caller: Principal, action: str, seen: Seen, after: dict[str, object], detail: str = ""
    ) -> None:
        entry = Entry(
            action,
            object_kind="camera",
            object_id=str(seen.camera_id),
            object_name=seen.camera_name,
            camera_id=seen.camera_id,
            after=after,
            detail=detail,
        )
        happened = Happened(self._clock.now_ms(), caller, entry)
        try:
            self._queue.put_nowait(happened)
        except asyncio.QueueFull:
            await self._queue.put(happened)

    async def _write(self) -> None:
        while True:
            first = await self._queue.get()
            if first is None:
                return
            await set_within(self._stopping, self._together_s)
            batch = [first]
            ended = False
            while len(batch) < _BATCH and not self._queue.empty():
                item = self._queue.get_nowait()
                if item is None:
                    ended = True
                    break
                batch.append(item)
            await self._store(batch)
            if ended:
                return

    async def _store(self, batch: list[Happened]) -> None:
        """Until it is written; at a stop only some times."""
        backoff, failures = Backoff(), 0
        while True:
            try:
                async with self._database.write() as session:
                    await record_all(session, batch)
                return
            except (SQLAlchemyError, VedetteError, OSError) as error:
                if failures == 0:
                    log.error("views can't be recorded in the audit log", waiting=len(batch), error=str(error))
                failures += 1
                if self._stopping.is_set() and failures >= _LAST_ATTEMPTS:
                    log.error("views were not recorded in the audit log", lost=len(batch))
                    return
                await set_within(self._stopping, backoff.next_s())
