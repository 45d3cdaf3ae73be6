"""What comes together in memory, written by one task: the shape that logs of views, refusals and uses share.

Who has something calls `wake` (or waits for the period to pass) and never waits for the database. A write that fails
is tried again with growing pauses; at a stop some times only, and then it is said that something was not written.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from vedette.core.backoff import Backoff
from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.core.waiting import set_within

log = get_logger("db.batches")

_LAST_ATTEMPTS = 3


class BatchWriter:
    """Calls `write` every `every_s`, and soon after `wake`; used as an asynchronous context, whose end writes a last
    time. `write` keeps what it could not write: it is called again. `what` says in logs what is not being written."""

    def __init__(self, write: Callable[[], Awaitable[None]], *, every_s: float, what: str) -> None:
        self._write = write
        self._every_s = every_s
        self._what = what
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def stopping(self) -> bool:
        """Whether nothing comes any more: what is there now is written, or never."""
        return self._stopping.is_set()

    def wake(self) -> None:
        """Something is there to be written now."""
        self._woken.set()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._stopping.set()
        self._woken.set()
        await self._task

    async def _run(self) -> None:
        backoff, last_attempts = Backoff(), 0
        while True:
            if not self.stopping:
                await set_within(self._woken, self._every_s)
            self._woken.clear()
            last = self.stopping  # what was put in before the stop is in this one
            try:
                await self._write()
            except (SQLAlchemyError, VedetteError, OSError) as error:
                if backoff.attempts == 0:
                    log.error("a batch can't be written yet", what=self._what, error=str(error))
                if last:
                    last_attempts += 1
                    if last_attempts >= _LAST_ATTEMPTS:
                        log.error("a batch was not written", what=self._what)
                        return
                    await asyncio.sleep(backoff.next_s())
                else:
                    await set_within(self._stopping, backoff.next_s())
                    self._woken.set()
                continue
            if backoff.attempts:
                log.info("batches are written again", what=self._what)
            backoff.reset()
            if last and not self._woken.is_set():
                return
