"""What callers were not let do, in the log, without a way to flood it.

The first refusal is written at once. The same one again, by the same caller within `SAME_MS`, is only counted: when the
time is over one entry says how often. Of one caller no more than `MOST_ENTRIES` different refusals in that time have an
entry of their own; the others are counted together, so that who goes through all ids leaves one entry more, not
thousands. So a caller makes at most `2 * MOST_ENTRIES + 1` entries a minute in each process of the api.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.audit.log import Entry, Happened, record_all
from vedette.audit.tables import AuditRow
from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.db.batches import BatchWriter
from vedette.db.session import Database
from vedette.http.refusals import Refusal

log = get_logger("audit.refusals")

ACTION = "access.refuse"
SAME_MS = 60_000
MOST_ENTRIES = 30
_MOST_CALLERS = 5_000
_MOST_WAITING = 20_000
_BATCH = 200
_LOOK_S = 5.0

CameraNames = Callable[[AsyncSession, Collection[UUID]], Awaitable[dict[UUID, str]]]
Key = tuple[object, ...]


async def _no_names(_session: AsyncSession, _cameras: Collection[UUID]) -> dict[UUID, str]:
    return {}


@dataclass(slots=True)
class _Repeats:
    """The same refusal in one minute: `more` came after the one that has its entry."""

    first: Refusal
    more: int = 0
    last_ms: int = 0


@dataclass(slots=True)
class _Caller:
    """The minute of one caller, from its first refusal on. `others` are those beyond `MOST_ENTRIES`."""

    since_ms: int
    known: dict[Key, _Repeats] = field(default_factory=dict)
    others: _Repeats | None = None


class RefusalLog:
    """One per api process, used as an asynchronous context. See `http.refusals.RefusalNotes`."""

    def __init__(self, database: Database, clock: Clock, names: CameraNames = _no_names) -> None:
        self._database = database
        self._clock = clock
        self._names = names
        self._callers: dict[Key, _Caller] = {}
        self._waiting: deque[Happened] = deque()
        self._turn = asyncio.Lock()
        self._writer = BatchWriter(self.flush, every_s=_LOOK_S, what="refusals in the audit log")

    async def __aenter__(self) -> Self:
        await self._writer.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._settle(everything=True)
        await self._writer.__aexit__()

    def note(self, refusal: Refusal) -> None:
        """Counts it, and has the first of its kind written."""
        now_ms = self._clock.now_ms()
        who = refusal.caller
        key = who.user_id, who.token_id, who.share_id
        caller = self._callers.get(key)
        if caller is not None and now_ms - caller.since_ms >= SAME_MS:
            self._settle_one(key)
            caller = None
        if caller is None:
            if len(self._callers) >= _MOST_CALLERS:
                self._settle_one(next(iter(self._callers)))
            caller = self._callers[key] = _Caller(now_ms)
        same = (refusal.operation, refusal.object_id, refusal.code, who.address, who.kind, who.session_id)
        known = caller.known.get(same)
        if known is not None:
            known.more, known.last_ms = known.more + 1, now_ms
        elif len(caller.known) < MOST_ENTRIES:
            caller.known[same] = _Repeats(refusal)
            self._tell(Happened(now_ms, who, entry_of(refusal)))
            self._writer.wake()
        elif caller.others is None:
            caller.others = _Repeats(refusal, 1, now_ms)
        else:
            caller.others.more, caller.others.last_ms = caller.others.more + 1, now_ms

    def _settle(self, *, everything: bool = False) -> None:
        now_ms = self._clock.now_ms()
        for key in [key for key, one in self._callers.items() if everything or now_ms - one.since_ms >= SAME_MS]:
            self._settle_one(key)

    def _settle_one(self, key: Key) -> None:
        """The minute of a caller is over: what was counted in it is told."""
        caller = self._callers.pop(key)
        for one in caller.known.values():
            if one.more:
                entry = entry_of(one.first, one.more)
                self._tell(Happened(one.last_ms, one.first.caller, entry))
        others = caller.others
        if others is not None:
            after = {"operation": "others", "times": others.more}
            text = f"{others.more} more refusals of other kinds or objects within a minute"
            entry = Entry(ACTION, "refused", after=after, detail=text)
            self._tell(Happened(others.last_ms, others.first.caller, entry))

    def _tell(self, happened: Happened) -> None:
        """While the database is away for long, memory must not fill up."""
        if len(self._waiting) < _MOST_WAITING:
            self._waiting.append(happened)
        else:
            log.error("a refusal was left out of the audit log", action=happened.entry.detail)

    async def flush(self) -> None:
        """Writes what waits, and what was counted in minutes that are over. Raises what the database raises; then
        nothing is lost."""
        async with self._turn:
            await self._write()

    async def _write(self) -> None:
        self._settle()
        batch = [self._waiting[index] for index in range(min(len(self._waiting), _BATCH))]
        if not batch:
            return
        async with self._database.write() as session:
            cameras = {one.entry.camera_id for one in batch if one.entry.camera_id is not None}
            names = await self._names(session, cameras) if cameras else {}
            await record_all(session, [_named(one, names) for one in batch])
        for _ in batch:
            self._waiting.popleft()
        if self._waiting:
            self._writer.wake()


def entry_of(refusal: Refusal, more: int = 0) -> Entry:
    """The entry of a refusal, or of the `more` that came after it."""
    again = f" ({more} more within a minute)" if more else ""
    return Entry(
        ACTION,
        "refused",
        object_kind="camera" if refusal.camera_id else refusal.object_kind,
        object_id=str(refusal.camera_id) if refusal.camera_id else refusal.object_id,
        camera_id=refusal.camera_id,
        after={
            "operation": refusal.operation,
            "permission": refusal.permission.value if refusal.permission else None,
            "code": refusal.code,
            "times": more or 1,
        },
        detail=refusal.summary + again,
    )


def sentence_of(row: AuditRow) -> str | None:
    """What a refusal was about, in words: `Watch live: Yard (3 more within a minute)`. None for other entries."""
    if row.action != ACTION:
        return None
    what, bracket, again = row.detail.partition(" (")
    return what + (f": {row.object_name}" if row.object_name else "") + bracket + again


def _named(one: Happened, names: dict[UUID, str]) -> Happened:
    entry = one.entry
    name = names.get(entry.camera_id) if entry.camera_id else None
    if name is None:
        return one
    told = Entry(
        entry.action,
        entry.result,
        entry.object_kind,
        entry.object_id,
        name,
        entry.camera_id,
        entry.before,
        entry.after,
        entry.detail,
    )
    return Happened(one.at_ms, one.caller, told)
