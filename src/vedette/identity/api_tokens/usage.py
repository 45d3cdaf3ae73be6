"""How API tokens are used: counts by route and day, last uses, and uses that were refused, written in batches.

A request only adds to numbers in memory; one task writes them every `FLUSH_S`. What a killed process had not written
yet is lost: these are statistics, and the audit log has what was changed. Memory is bounded: when there are too many
different numbers they are written at once, and while the database is away new ones are left out, and that is logged.
"""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from sqlalchemy import delete, select, update

from vedette.access.principal import CallerKind, Principal
from vedette.audit.log import Entry, Happened, record_all
from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.db.batches import BatchWriter
from vedette.db.dialect import upsert
from vedette.db.session import Database
from vedette.identity.tables_logins import ApiTokenRow, ApiTokenUseRow

log = get_logger("tokens")

FLUSH_S = 20.0
LAST_USE_MS = 60_000
REFUSAL_MS = 3_600_000
KEPT_DAYS = 90
DAY_MS = 86_400_000
_MOST_NUMBERS = 5_000
_MOST_REFUSALS = 1_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """A token that came from where it may not be used."""

    token_id: UUID
    name: str
    user_id: UUID
    username: str
    address: str


class TokenUsage:
    """One per api process, used as an asynchronous context."""

    def __init__(self, database: Database, clock: Clock, *, flush_s: float = FLUSH_S) -> None:
        self._database = database
        self._clock = clock
        self._counts: dict[tuple[UUID, int, str], int] = {}
        self._last: dict[UUID, tuple[int, str]] = {}
        self._written_ms: dict[UUID, int] = {}
        self._refusals: list[Happened] = []
        self._refused_ms: dict[tuple[UUID, str], int] = {}
        self._pruned_day = 0
        self._left_out = 0
        self._writer = BatchWriter(self.flush, every_s=flush_s, what="uses of API tokens")

    async def __aenter__(self) -> Self:
        await self._writer.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._writer.__aexit__()

    def used(self, token_id: UUID, route: str, address: str) -> None:
        """One request with the token."""
        now = self._clock.now_ms()
        key = (token_id, now // DAY_MS, route)
        if key in self._counts or len(self._counts) < _MOST_NUMBERS:
            self._counts[key] = self._counts.get(key, 0) + 1
        else:
            self._left_out += 1
        if len(self._counts) >= _MOST_NUMBERS:
            self._writer.wake()
        if token_id in self._last or len(self._last) < _MOST_NUMBERS:
            self._last[token_id] = (now, address)

    def refused(self, refusal: Refusal) -> None:
        """Is told to the audit log, once in an hour for each token and address."""
        now = self._clock.now_ms()
        key = refusal.token_id, refusal.address
        if now - self._refused_ms.get(key, -REFUSAL_MS) < REFUSAL_MS or len(self._refusals) >= _MOST_REFUSALS:
            return
        if len(self._refused_ms) >= _MOST_REFUSALS:
            self._refused_ms.clear()
        self._refused_ms[key] = now
        caller = Principal(
            CallerKind.TOKEN,
            refusal.username,
            refusal.user_id,
            token_id=refusal.token_id,
            address=refusal.address,
            token_name=refusal.name,
        )
        entry = Entry("token.use", "denied", "api_token", str(refusal.token_id), refusal.name, detail="address")
        self._refusals.append(Happened(now, caller, entry))

    async def flush(self) -> None:
        """Writes what came together. Raises what the database raises; then nothing of it is lost."""
        now = self._clock.now_ms()
        if self._left_out:
            log.warning("uses of API tokens were not counted", requests=self._left_out)
            self._left_out = 0
        counts, refusals = self._counts, self._refusals
        due = {
            token_id: last
            for token_id, last in self._last.items()
            if last[0] - self._written_ms.get(token_id, -LAST_USE_MS) >= LAST_USE_MS or self._writer.stopping
        }
        if not (counts or due or refusals):
            return
        self._counts, self._refusals = {}, []
        try:
            await self._write(counts, due, refusals, now)
        except BaseException:
            for key, number in counts.items():
                self._counts[key] = self._counts.get(key, 0) + number
            self._refusals = [*refusals, *self._refusals]
            raise
        for token_id, last in due.items():
            if self._last.get(token_id) == last:
                del self._last[token_id]
        if len(self._written_ms) >= _MOST_NUMBERS:
            self._written_ms.clear()
        self._written_ms.update((token_id, last[0]) for token_id, last in due.items())

    async def _write(
        self,
        counts: dict[tuple[UUID, int, str], int],
        due: dict[UUID, tuple[int, str]],
        refusals: list[Happened],
        now_ms: int,
    ) -> None:
        today = now_ms // DAY_MS
        async with self._database.write() as session:
            named = {token_id for token_id, _, _ in counts} | set(due)
            # A token goes with its owner; what is counted for it then is not wanted any more.
            there = set(await session.scalars(select(ApiTokenRow.id).where(ApiTokenRow.id.in_(named))))
            rows = [
                {"token_id": token_id, "day": day, "route": route, "requests": number}
                for (token_id, day, route), number in sorted(counts.items())
                if token_id in there
            ]
            if rows:
                added = upsert(session, ApiTokenUseRow)
                more = {"requests": ApiTokenUseRow.requests + added.excluded.requests}
                key = ["token_id", "day", "route"]
                await session.execute(added.on_conflict_do_update(index_elements=key, set_=more), rows)
            for token_id, (at_ms, address) in sorted(due.items()):
                change = update(ApiTokenRow).where(ApiTokenRow.id == token_id)
                await session.execute(change.values(last_used_ms=at_ms, last_address=address))
            if self._pruned_day != today:
                await session.execute(delete(ApiTokenUseRow).where(ApiTokenUseRow.day < today - KEPT_DAYS))
            await record_all(session, refusals)
        self._pruned_day = today
