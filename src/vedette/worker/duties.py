"""What the worker does, and how often. Every duty may be cut short anywhere and repeated."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from vedette.audit.chain import head
from vedette.core.clock import Clock
from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.core.waiting import set_within
from vedette.db import backup
from vedette.db.dialect import optimise
from vedette.db.session import Database
from vedette.events import outbox
from vedette.identity import upkeep as accounts
from vedette.live.sessions import repository as live_sessions
from vedette.recordings import garbage, upkeep
from vedette.recordings.copying import CopyKeeper
from vedette.recordings.moving import repository as moving
from vedette.recordings.moving.mover import Mover
from vedette.recordings.upkeep import Hasher
from vedette.retention.service import RetentionService
from vedette.storage.objects import ObjectVolumes
from vedette.storage.service import VolumeService, usable_places
from vedette.storage.tables import VolumeKind

log = get_logger("worker")

DAY_S = 86_400
_HASHED_AT_ONCE = 4
_MOVES_KEPT_MS = 30 * DAY_S * 1000


@dataclass(frozen=True, slots=True)
class Intervals:
    """Seconds between the ends and beginnings of duties."""

    watch_s: float = 10
    sweep_s: float = 3600
    hash_s: float = 30
    backup_look_s: float = 600
    move_s: float = 3


class Duties:
    """One per worker process. `backups` is where daily copies of the database go, None for none."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        url: str,
        default_volume: Path,
        backups: Path | None,
        buckets: ObjectVolumes | None = None,
        live_history_days: int = 90,
        intervals: Intervals | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._url = url
        self._default_volume = default_volume
        self._backups = backups
        self._live_history_ms = live_history_days * DAY_S * 1000
        self._intervals = intervals or Intervals()
        self._buckets = buckets
        self._volumes = VolumeService(database, clock, buckets)
        self._retention = RetentionService(database, clock, buckets)
        self._hasher = Hasher(database)
        self._mover = Mover(database, clock)
        self._copies = CopyKeeper(database, clock)
        self._noted: tuple[int, str] | None = None
        # Two sweeps at once would both free what one has to.
        self._sweeping = asyncio.Lock()

    async def run(self, stop: asyncio.Event) -> None:
        """Does its duties until `stop`; what is under way then is cut short."""
        duties: list[tuple[Callable[[], Awaitable[None]], float]] = [
            (self.watch, self._intervals.watch_s),
            (self.copy_settings, self._intervals.watch_s),
            (self.sweep, self._intervals.sweep_s),
            (self.hash, self._intervals.hash_s),
            (self.note_audit, self._intervals.sweep_s),
            (self.move_footage, self._intervals.move_s),
        ]
        if self._backups is not None:
            duties.append((self.back_up, self._intervals.backup_look_s))
        tasks = [asyncio.create_task(self._every(duty, seconds, stop)) for duty, seconds in duties]
        await stop.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _every(self, duty: Callable[[], Awaitable[None]], seconds: float, stop: asyncio.Event) -> None:
        name = getattr(duty, "__name__", "duty")
        failing = False
        while not stop.is_set():
            try:
                await duty()
                failing = False
            except (VedetteError, OSError, SQLAlchemyError) as error:
                # The same trouble every ten seconds is one line, not a log full of them.
                if not failing:
                    log.error("duty failed", duty=name, error=str(error))
                failing = True
            except Exception:
                log.exception("duty failed unexpectedly", duty=name)
            await set_within(stop, seconds)

    async def watch(self) -> None:
        """How volumes are, garbage, disks that run full, footage of deleted cameras."""
        if not await self._volumes.every():
            await self._volumes.ensure_default(self._default_volume)
        present = await self._volumes.probe_all()
        done = await garbage.collect(self._database, await usable_places(present, self._buckets))
        if done.failed:
            path, reason = done.failed[0]
            log.warning("files could not be deleted", files=len(done.failed), first=path, reason=reason)
        async with self._sweeping:
            await self._retention.relieve(present)
            await self._retention.discard_deleted(present)

    async def copy_settings(self) -> None:
        """The copies of the cameras' settings on the volumes, within seconds of a change."""
        await self._copies.run([row for row in await self._volumes.every() if row.state == "ok"])

    async def sweep(self) -> None:
        """All limits of retention, and forgetting what is of no use any more."""
        async with self._sweeping:
            await self._retention.sweep(await self._volumes.probe_all())
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            await outbox.prune(session, now_ms)
        async with self._database.write() as session:
            await accounts.prune(session, now_ms)
        async with self._database.write() as session:
            await live_sessions.forget(session, now_ms - self._live_history_ms)
        async with self._database.write() as session:
            await upkeep.prune_health(session, now_ms)
            await moving.prune(session, now_ms - _MOVES_KEPT_MS)
        async with self._database.write() as session:
            await upkeep.prune_runs(session, now_ms)
            await upkeep.forget_deleted(session, now_ms)

    async def move_footage(self) -> None:
        """What people asked to be moved to another volume, and what a killed worker left of that."""
        async with self._database.read() as session:
            idle = not await moving.unfinished(session) and not await moving.stale(session, self._clock.now_ms())
        if not idle:
            await self._mover.run(await usable_places(await self._volumes.probe_all(), self._buckets))

    async def note_audit(self) -> None:
        """The newest hash of the audit log into the log of the machine, which who writes the database anew may not be
        able to write anew too: `vedette audit verify --hash` compares them."""
        async with self._database.read() as session:
            found = await head(session)
        if found is not None and found != self._noted:
            self._noted = found
            log.info("audit log stands", entries=found[0], hash=found[1])

    async def hash(self) -> None:
        """Hashes of files that were repaired."""
        present = await self._volumes.every()
        places = {
            row.id: Path(row.location)
            for row in present
            if row.kind == VolumeKind.DIRECTORY and row.state in ("ok", "full", "read_only")
        }
        await self._hasher.run(places, _HASHED_AT_ONCE)

    async def back_up(self) -> None:
        """A copy of the database when the last daily one is a day old."""
        assert self._backups is not None
        now_ms = self._clock.now_ms()
        last_ms = await asyncio.to_thread(backup.newest_ms, self._backups, "daily")
        if last_ms is None or now_ms - last_ms >= DAY_S * 1000:
            await optimise(self._database)
            await backup.back_up(self._url, self._backups, "daily", now_ms)
