"""Who watched what. A view has an entry when it begins and another one when it ends, for entries are never changed.

Live is watched while its socket is open, playback while something is asked for: it ends with `SILENCE_MS` without a
request. What is asked for costs a look into a dictionary; one task writes. The beginning is written at once, and who
watches waits for that for `_MOMENT_S` at most: a database that does not answer stops no picture. What a view has seen
is stored every `CHECKPOINT_S` (`audit.open_views`), so that after a crash of this process the next one, or another one
that serves the same database, ends it.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from vedette.access.principal import Principal
from vedette.audit import open_views
from vedette.audit.log import Entry, Happened, record_all, take_turn
from vedette.audit.open_views import Seen, View
from vedette.audit.spans import Span, add
from vedette.core.clock import Clock
from vedette.core.ids import uuid7
from vedette.core.waiting import set_within
from vedette.db.batches import BatchWriter
from vedette.db.session import Database

__all__ = ["Playing", "Seen", "ViewLog"]

# Playback without a request for so long is over. Players have less than this in store.
SILENCE_MS = 90_000
# A still or a download of the same by the same caller within this time is one.
SESSION_MS = 3_600_000
CHECKPOINT_S = 20.0
# A process that said nothing for so long is gone.
LOST_MS = 60_000
_LOOK_S = 5.0
_MOMENT_S = 0.25
_WAITING = 1000
_BATCH = 200
_MOST_OPEN = 10_000
_REMEMBERED = 10_000
_MOST_FILES = 500
_MOST_RANGES = 100

# The footage that bytes of files show: `{segment: [(first byte, end), ...]}` to spans in milliseconds.
Shown = Callable[[Mapping[UUID, Sequence[Span]]], Awaitable[list[Span]]]


async def _nothing(_fetched: Mapping[UUID, Sequence[Span]]) -> list[Span]:
    return []


@dataclass(slots=True)
class _Begin:
    view: View
    written: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class _End:
    view: View
    silent_ms: int | None


class Playing:
    """What the answers of one playback tell of."""

    __slots__ = ("_caller", "_key", "_log", "_seen")

    def __init__(self, views: "ViewLog", key: str, caller: Principal, seen: Seen) -> None:
        self._log, self._key, self._caller, self._seen = views, key, caller, seen

    def fetched(self, segment_id: UUID, start: int, end: int) -> None:
        """Bytes `[start, end)` of a segment were sent."""
        self._log.fetched(self._key, self._caller, self._seen, segment_id, start, end)


class ViewLog:
    """One per api process, used as an asynchronous context. `shown` is set by who knows files."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.shown: Shown = _nothing
        self._database = database
        self._clock = clock
        self._me = str(uuid7())
        # SQLite has one api process: whatever is open at its start was left by one that is gone.
        self._alone = database.dialect == "sqlite"
        self._began = False
        self._work: deque[_Begin | _End | Happened] = deque()
        self._room = asyncio.Event()
        self._playing: OrderedDict[str, View] = OrderedDict()
        self._live: dict[str, View] = {}
        self._known: OrderedDict[tuple[object, ...], int] = OrderedDict()
        self._stored_s = clock.monotonic()
        self._closed = False
        self._turn = asyncio.Lock()
        self._writer = BatchWriter(self.flush, every_s=_LOOK_S, what="views in the audit log")

    async def __aenter__(self) -> Self:
        self._writer.wake()  # what a crash left open is ended now
        await self._writer.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closed = True
        self._work.extend(_End(view, None) for view in [*self._live.values(), *self._playing.values()])
        self._live.clear()
        self._playing.clear()
        await self._writer.__aexit__()

    @asynccontextmanager
    async def live(self, caller: Principal, seen: Seen) -> AsyncIterator[str]:
        """A live view: it begins and ends with the block, and has an id."""
        now_ms = self._clock.now_ms()
        view = View("", "live", caller, seen, now_ms, now_ms)
        view.key = view.view_id
        self._live[view.key] = view
        try:
            await self._begin(view)
            yield view.view_id
        finally:
            if self._live.pop(view.key, None) is not None:  # else the stop was faster
                view.last_ms = max(view.last_ms, self._clock.now_ms())
                self._put(_End(view, None))

    async def playback(self, caller: Principal, seen: Seen, asked: dict[str, str] | None = None) -> Playing:
        """Something of this playback is asked for: it begins, or goes on. `asked` is the span of a playlist."""
        key = "|".join(map(str, (*_who(caller), seen.camera_id, seen.stream)))
        view, begins = self._going_on(key, caller, seen, asked)
        if begins:
            await self._begin(view)
        return Playing(self, key, caller, seen)

    def fetched(self, key: str, caller: Principal, seen: Seen, segment_id: UUID, start: int, end: int) -> None:
        """See `Playing.fetched`."""
        view, begins = self._going_on(key, caller, seen, None)
        if begins:  # an answer that stood still for long goes on
            self._put(_Begin(view))
        ranges = view.fetched.get(segment_id)
        if ranges is None:
            ranges = view.fetched[segment_id] = []
            if len(view.fetched) >= _MOST_FILES:
                self._stored_s = -1e9  # now
                self._writer.wake()
        add(ranges, start, end, _MOST_RANGES)

    async def once(
        self, caller: Principal, action: str, seen: Seen, *, what: str = "", recording: UUID | None = None
    ) -> None:
        """A still or a download: one entry in `SESSION_MS` for each caller, action, camera and stream, and recording
        where one is named. `what` says what was asked for first."""
        now_ms = self._clock.now_ms()
        key = (*_who(caller), caller.kind, action, seen.camera_id, seen.stream, recording)
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
        entry = Entry(
            action,
            object_kind="camera",
            object_id=str(seen.camera_id),
            object_name=seen.camera_name,
            camera_id=seen.camera_id,
            after=after,
            detail=what,
        )
        while len(self._work) >= _WAITING and not self._closed:
            self._room.clear()
            await self._room.wait()
        self._put(Happened(now_ms, caller, entry))

    def _going_on(self, key: str, caller: Principal, seen: Seen, asked: dict[str, str] | None) -> tuple[View, bool]:
        """The view, and whether it begins with this."""
        now_ms = self._clock.now_ms()
        view = self._playing.get(key)
        if view is not None and now_ms - view.last_ms < SILENCE_MS:
            view.last_ms = max(now_ms, view.last_ms)
            return view, False
        if view is not None:
            self._end(view)
        view = self._playing[key] = View(key, "playback", caller, seen, now_ms, now_ms, asked)
        if len(self._playing) > _MOST_OPEN:
            self._end(next(iter(self._playing.values())))
        return view, True

    def _end(self, view: View) -> None:
        del self._playing[view.key]
        self._put(_End(view, view.last_ms))

    async def _begin(self, view: View) -> None:
        """Waits until it is written, for a moment; and for room where very much is to be written."""
        while len(self._work) >= _WAITING and not self._closed:
            self._room.clear()
            await self._room.wait()
        begin = _Begin(view)
        self._put(begin)
        await set_within(begin.written, _MOMENT_S)

    def _put(self, work: _Begin | _End | Happened) -> None:
        self._work.append(work)
        self._writer.wake()

    async def flush(self) -> None:
        """Writes what has come together, in one transaction. Raises what the database raises; then nothing is lost."""
        async with self._turn:
            await self._write()

    async def _write(self) -> None:
        now_ms, now_s = self._clock.now_ms(), self._clock.monotonic()
        for view in [one for one in self._playing.values() if now_ms - one.last_ms >= SILENCE_MS]:
            self._end(view)
        work = [self._work[index] for index in range(min(len(self._work), _BATCH))]
        due = now_s - self._stored_s >= CHECKPOINT_S
        open_now = [*self._live.values(), *self._playing.values()] if due else []
        going_on = [view for view in open_now if view.begun]
        lost = due or not self._began
        if not (work or going_on or lost):
            return
        await self._look_up([*going_on, *(one.view for one in work if isinstance(one, _End))])
        stored = [(view, view.last_ms) for view in going_on]
        async with self._database.write() as session:
            await take_turn(session)
            happened = []
            if going_on:
                await open_views.keep(session, going_on, self._me, now_ms)
            if lost:
                before_ms = None if self._alone and not self._began else now_ms - LOST_MS
                happened += await open_views.end_lost(session, self._me, before_ms)
            for one in work:
                told: Happened | None
                if isinstance(one, _Begin):
                    told = await open_views.begin(session, one.view, self._me, now_ms)
                elif isinstance(one, _End):
                    told = await open_views.end(session, one.view, self._me, silent_ms=one.silent_ms)
                else:
                    told = one
                await session.flush()
                happened += [told] if told else []
            await record_all(session, happened)
        self._began = True
        if due:
            self._stored_s = now_s
        for view, last_ms in stored:
            view.stored_ms = last_ms
        for one in work:
            self._work.popleft()
            if isinstance(one, _Begin):
                one.view.begun = True
                one.written.set()
        self._room.set()
        if self._work:
            self._writer.wake()

    async def _look_up(self, views: Iterable[View]) -> None:
        """Turns bytes into footage. What comes meanwhile waits for the next time."""
        for view in views:
            fetched, view.fetched = view.fetched, {}
            if not fetched:
                continue
            try:
                view.saw(await self.shown(fetched))
            except BaseException:
                for segment_id, ranges in fetched.items():
                    view.fetched[segment_id] = [*ranges, *view.fetched.get(segment_id, [])]
                raise
            view.stored_ms = -1


def _who(caller: Principal) -> tuple[object, ...]:
    """Whose view: a login and the tickets that it was given are one."""
    return caller.user_id, caller.token_id, caller.session_id, caller.share_id, caller.address
