"""What the recorder tells the database, in order, beside the hot path.

Entries wait in a bounded queue for one task that commits them one after another. While the database is busy or away
they are kept and tried again, so capture goes on; what no longer fits is dropped and left to `recordings.recovery`,
which finds the files at the next start.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from vedette.core.backoff import Backoff
from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import Closing, GapCause, HealthSample, NewSegment, Progress

log = get_logger("recorder")

LIMIT = 20_000

Entry = Callable[[], Awaitable[None]]


class Journal:
    """One per recorder process. Every method returns at once."""

    def __init__(self, committer: SegmentCommitter, *, limit: int = LIMIT) -> None:
        self._committer = committer
        self._limit = limit
        self._entries: deque[Entry] = deque()
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._progress: list[Progress] | None = None
        self._failing = False
        self.dropped = 0

    def run_started(self, run_id: UUID, stream_id: int, engine: str, start_ms: int) -> None:
        self._add(lambda: self._committer.run_started(run_id, stream_id, engine, start_ms))

    def run_ended(self, run_id: UUID, end_ms: int, reason: str, detail: str) -> None:
        self._add(lambda: self._committer.run_ended(run_id, end_ms, reason, detail))

    def opened(self, segment: NewSegment) -> None:
        self._add(lambda: self._committer.opened(segment))

    def closed(self, file: Closing, then: Callable[[], None]) -> None:
        """`then` is called when it is committed."""

        async def commit() -> None:
            await self._committer.closed(file)
            then()

        self._add(commit)

    def gap_opened(self, stream_id: int, start_ms: int, cause: GapCause, detail: str) -> None:
        self._add(lambda: self._committer.gap_opened(stream_id, start_ms, cause, detail))

    def health(self, samples: Sequence[HealthSample]) -> None:
        self._add(lambda: self._committer.health_minute(samples))

    def progressed(self, files: list[Progress]) -> None:
        """All open files at once, after everything else. Newer word replaces what was not committed yet."""
        self._progress = files
        self._idle.clear()
        self._wake.set()

    def _add(self, entry: Entry) -> None:
        if len(self._entries) >= self._limit:
            self.dropped += 1
            if self.dropped == 1:
                log.error("the database has been away for too long, entries are dropped", kept=self._limit)
            return
        self._entries.append(entry)
        self._idle.clear()
        self._wake.set()

    async def run(self) -> None:
        """Commits for ever."""
        backoff = Backoff(first_s=0.1, limit_s=5.0)
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._entries or self._progress:
                if await self._commit_next():
                    backoff.reset()
                else:
                    await asyncio.sleep(backoff.next_s())
            self._idle.set()

    async def _commit_next(self) -> bool:
        if self._entries:
            done = await self._commit(self._entries[0])
            if done:
                self._entries.popleft()
            return done
        files = self._progress
        assert files is not None
        done = await self._commit(lambda: self._committer.progressed(files))
        if done and self._progress is files:
            self._progress = None
        return done

    async def drain(self) -> None:
        """Waits until everything is committed."""
        await self._idle.wait()

    async def _commit(self, entry: Entry) -> bool:
        """False when it must be tried again."""
        try:
            await entry()
        except (IntegrityError, VedetteError, AssertionError) as error:
            # It can never work: its stream is gone, or what it follows was dropped.
            log.warning("an entry for the index was refused", error=str(error))
        except (SQLAlchemyError, OSError) as error:
            if not self._failing:
                self._failing = True
                reason = str(error.orig) if isinstance(error, DBAPIError) else str(error)
                log.error("the database does not answer, entries are kept and tried again", error=reason)
            return False
        if self._failing:
            self._failing = False
            log.info("the database answers again", waiting=len(self._entries))
        return True
