"""The journal: in order, kept while the database is away, bounded."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.support.recording import until
from vedette.core.clock import SystemClock
from vedette.core.errors import not_found
from vedette.db.session import Database
from vedette.media.units import SegmentIndex
from vedette.recorder.journal import Journal
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import Closing, GapCause, Progress

pytestmark = pytest.mark.anyio


class Committer(SegmentCommitter):
    """Notes what it is told; does not answer while `away`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, SystemClock(), "node-1")
        self.told: list[str] = []
        self.away = False
        self.tries = 0

    def _note(self, what: str) -> None:
        self.tries += 1
        if self.away:
            raise OperationalError("insert", {}, Exception("database is locked"))
        self.told.append(what)

    async def run_started(self, run_id: UUID, stream_id: int, engine: str, start_ms: int) -> None:
        self._note(f"run {stream_id}")

    async def gap_opened(self, stream_id: int, start_ms: int, cause: GapCause, detail: str = "") -> None:
        if stream_id == 404:
            raise IntegrityError("insert", {}, Exception("no such stream"))
        self._note(f"gap {stream_id}")

    async def closed(self, file: Closing) -> None:
        if file.bytes == 404:
            raise not_found("recordings.unknown", "unknown")
        self._note(f"closed {file.bytes}")

    async def progressed(self, files: Sequence[Progress]) -> None:
        self._note(f"progress {[file.bytes for file in files]}")


@pytest.fixture
async def committer(sqlite_database: Database) -> Committer:
    return Committer(sqlite_database)


@pytest.fixture
async def journal(committer: Committer) -> AsyncIterator[Journal]:
    journal = Journal(committer, limit=10)
    task = asyncio.create_task(journal.run())
    yield journal
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def closing(number: int) -> Closing:
    return Closing(UUID(int=number), 0, 0, number, 0, SegmentIndex(90_000), None)


def progress(number: int) -> Progress:
    return Progress(UUID(int=number), 0, 0, number, 0)


async def test_entries_are_committed_in_order(journal: Journal, committer: Committer) -> None:
    done: list[str] = []
    journal.run_started(UUID(int=1), 1, "native", 0)
    journal.closed(closing(5), lambda: done.append("closed"))
    journal.gap_opened(2, 0, GapCause.NETWORK, "")
    await journal.drain()
    assert committer.told == ["run 1", "closed 5", "gap 2"]
    assert done == ["closed"]


async def test_what_can_never_work_is_dropped_and_the_rest_goes_on(journal: Journal, committer: Committer) -> None:
    done: list[str] = []
    journal.gap_opened(404, 0, GapCause.NETWORK, "")
    journal.closed(closing(404), lambda: done.append("never"))
    journal.gap_opened(2, 0, GapCause.NETWORK, "")
    await journal.drain()
    assert committer.told == ["gap 2"]
    assert done == []


async def test_entries_wait_while_the_database_is_away(journal: Journal, committer: Committer) -> None:
    committer.away = True
    for stream_id in range(30):
        journal.gap_opened(stream_id, 0, GapCause.NETWORK, "")
    journal.progressed([progress(1)])
    journal.progressed([progress(2)])

    async def tried() -> bool | None:
        return committer.tries >= 2 or None

    await until("it is tried again", tried)
    committer.away = False
    await journal.drain()
    assert committer.told == [*(f"gap {stream_id}" for stream_id in range(10)), "progress [2]"]
    assert journal.dropped == 20


async def test_progress_is_told_once_per_word(journal: Journal, committer: Committer) -> None:
    journal.progressed([progress(1), progress(2)])
    await journal.drain()
    await journal.drain()
    journal.progressed([progress(3)])
    await journal.drain()
    assert committer.told == ["progress [1, 2]", "progress [3]"]
