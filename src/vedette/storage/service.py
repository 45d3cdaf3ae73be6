"""Volumes as people and processes use them: making and adopting them, watching how they are."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import SYSTEM, Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.logs import get_logger
from vedette.core.words import sentences
from vedette.db.dialect import lock_table
from vedette.db.session import Database
from vedette.events import outbox
from vedette.storage import places, repository, volumes
from vedette.storage.objects import ObjectVolume, ObjectVolumes
from vedette.storage.places import LocationCheck
from vedette.storage.tables import BucketRow, VolumeKind, VolumeRow
from vedette.storage.volumes import Probe, VolumeIdentity, VolumeState

log = get_logger("storage")

T = TypeVar("T")

DEFAULT_NAME = "footage"
# A network disk that is gone blocks its callers for ever; nobody else may wait for it.
PROBE_LIMIT_S = 5.0


@dataclass(frozen=True, slots=True)
class VolumeChange:
    """What a person may change. None for `keep_days` and `keep_bytes` means without limit."""

    name: str
    keep_days: int | None
    keep_bytes: int | None
    headroom_percent: int


class VolumeService:
    """Rules of volumes. One per process: it remembers which probes hang.

    Without `buckets` (as in recorders) volumes in buckets are not asked how they are; the worker is who knows.
    """

    def __init__(self, database: Database, clock: Clock, buckets: ObjectVolumes | None = None) -> None:
        self._database = database
        self._clock = clock
        self._buckets = buckets
        self._probes: dict[int, asyncio.Task[Probe]] = {}

    async def ensure_default(self, location: Path) -> VolumeRow:
        """The volume at `location`, which is made on the first start only.

        A volume that has a row is never made again: when its directory or marker is gone, that is a state to show. One
        whose data directory was moved is found by its marker. Raises VedetteError as `volumes.create` does.
        """
        location = location.resolve()
        async with self._database.read() as session:
            row = await repository.at(session, location)
        if row is not None:
            return row
        async with self._database.write() as session:
            # Every process asks for it at its first start. Under the lock there is one marker and one row.
            await lock_table(session, VolumeRow)
            row = await repository.at(session, location)
            if row is not None:
                return row
            identity = await _within_limit(_create_or_identify, location, self._clock.now_ms())
            row = await repository.marked(session, identity.marker)
            if row is not None and row.kind == VolumeKind.DIRECTORY:
                row.location = str(location)
                return row
            return await self._insert(session, identity, location, await _free_name(session, identity.name), SYSTEM)

    async def create(self, name: str, location: Path, caller: Principal, *, create: bool) -> VolumeRow:
        """A new volume at `location`; with `create` false, one whose marker is there already.

        Raises VedetteError: those of `volumes.create` and `volumes.identify`, `volume.name`, `volume.name_taken`,
        `volume.nested`, `volume.known`.
        """
        volumes.require_absolute(location)
        location = await _within_limit(location.resolve)
        async with self._database.read() as session:
            await _check_new(session, name, location)
        if create:
            identity = await _within_limit(volumes.create, location, name, self._clock.now_ms())
        else:
            identity = await _within_limit(volumes.identify, location)
        async with self._database.write() as session:
            await _check_new(session, name, location)
            known = await repository.marked(session, identity.marker)
            if known is not None:
                message = f"This is the volume {known.name}, which belongs to {known.location}. Mount it there again."
                raise VedetteError(ErrorKind.CONFLICT, "volume.known", message, field="location")
            return await self._insert(session, identity, location, name, caller)

    async def adopt(self, location: Path, caller: Principal) -> VolumeRow:
        """The volume whose marker is at `location`: the one that is known, wherever it was before, or a new row for it
        under its own name (with a number where another volume has that name).

        Raises VedetteError: those of `volumes.identify`, `volume.known` (it is there twice), `volume.nested`.
        """
        location = await _within_limit(location.resolve)
        identity = await _within_limit(volumes.identify, location)
        async with self._database.write() as session:
            await lock_table(session, VolumeRow)
            row = await repository.marked(session, identity.marker)
            if row is None:
                for other in await repository.every(session):
                    _check_apart(location, other)
                name = await _free_name(session, identity.name)
                return await self._insert(session, identity, location, name, caller)
            if Path(row.location) != location:
                if row.kind != VolumeKind.DIRECTORY or await _within_limit(volumes.marked, Path(row.location)):
                    message = (
                        f"{location} is a copy of the volume {row.name} at {row.location}. Leave only one of them."
                    )
                    raise VedetteError(ErrorKind.CONFLICT, "volume.known", message, field="location")
                was, row.location = row.location, str(location)
                moved = entry_of("volume.move", row, {"location": was}, {"location": row.location})
                await record(session, self._clock.now_ms(), caller, moved)
            return row

    async def _insert(
        self, session: AsyncSession, identity: VolumeIdentity, location: Path, name: str, caller: Principal
    ) -> VolumeRow:
        now_ms = self._clock.now_ms()
        row = VolumeRow(
            marker=identity.marker, name=name, location=str(location), state_since_ms=now_ms, created_ms=now_ms
        )
        session.add(row)
        await session.flush()
        tell(session, row.id, VolumeState.OK, "", now_ms)
        await record(session, now_ms, caller, entry_of("volume.create", row, None, told_of(row)))
        return row

    async def every(self) -> list[VolumeRow]:
        """All volumes, the oldest first."""
        async with self._database.read() as session:
            return await repository.every(session)

    async def buckets(self) -> dict[int, BucketRow]:
        """Where the volumes are that lie in buckets."""
        async with self._database.read() as session:
            return await repository.buckets(session)

    async def detours(self) -> dict[int, int]:
        """When browsers last could not read in a bucket that they were sent to, by volume."""
        found: dict[int, int] = {}
        for key in await self.buckets():
            with suppress(VedetteError):
                bucket = await self._buckets.of(key) if self._buckets is not None else None
                if bucket is not None and bucket.detour_ms is not None:
                    found[key] = bucket.detour_ms
        return found

    async def get(self, volume_id: int) -> VolumeRow:
        """One volume. Raises VedetteError `volume.not_found`."""
        async with self._database.read() as session:
            return await _require(session, volume_id)

    async def change(self, volume_id: int, change: VolumeChange, caller: Principal) -> VolumeRow:
        """Raises VedetteError `volume.not_found`, and for the field that is wrong."""
        async with self._database.write() as session:
            row = await _require(session, volume_id)
            await check_name(session, change.name, volume_id)
            for field in ("keep_days", "keep_bytes"):
                value = getattr(change, field)
                if value is not None and value < 1:
                    raise invalid(f"volume.{field}", "Give a number above 0, or nothing for no limit.", field=field)
            if not 0 <= change.headroom_percent <= 90:
                raise invalid("volume.headroom", "Keep between 0 and 90 % free.", field="headroom_percent")
            before = told_of(row)
            row.name, row.keep_days, row.keep_bytes = change.name, change.keep_days, change.keep_bytes
            row.headroom_percent = change.headroom_percent
            tell(session, row.id, row.state, row.state_detail, self._clock.now_ms())
            after = told_of(row)
            if names := [name for name in after if before[name] != after[name]]:
                changed = {name: before[name] for name in names}, {name: after[name] for name in names}
                await record(session, self._clock.now_ms(), caller, entry_of("volume.edit", row, *changed))
            return row

    async def set_state(self, volume_id: int, probe: Probe) -> bool:
        """Records how a volume is; an event goes out and a line is logged when that changed. Returns whether it did."""
        detail = sentences(probe.detail, probe.remedy)
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            changed = await repository.set_state(session, volume_id, probe.state, detail, now_ms)
            if changed:
                tell(session, volume_id, probe.state, detail, now_ms)
        if changed:
            log.warning("volume changed its state", volume_id=volume_id, state=probe.state, detail=detail)
        return changed

    async def probe(self, row: VolumeRow) -> Probe:
        """How a volume is now, within `PROBE_LIMIT_S`. While one probe of it hangs no other is started."""
        task = self._probes.get(row.id)
        if task is None:
            task = asyncio.create_task(self._probed(row))
            self._probes[row.id] = task
        done, _ = await asyncio.wait((task,), timeout=PROBE_LIMIT_S)
        if not done:
            return volumes.failing(Path(row.location), f"it does not answer within {PROBE_LIMIT_S:.0f} s")
        self._probes.pop(row.id, None)
        return task.result()

    async def _probed(self, row: VolumeRow) -> Probe:
        if row.kind == VolumeKind.DIRECTORY:
            return await asyncio.to_thread(volumes.probe, Path(row.location), row.marker)
        if self._buckets is None:
            return Probe(VolumeState(row.state), row.state_detail)
        try:
            return await (await self._buckets.of(row.id)).probe()
        except VedetteError as error:
            return Probe(VolumeState.FAILING, error.message)

    async def probe_all(self) -> dict[int, tuple[VolumeRow, Probe]]:
        """Probes every volume, side by side, and records what changed."""
        rows = await self.every()
        probes = [
            _still_full(row, probe)
            for row, probe in zip(rows, await asyncio.gather(*(self.probe(row) for row in rows)), strict=True)
        ]
        for row, probe in zip(rows, probes, strict=True):
            if row.state != probe.state:
                await self.set_state(row.id, probe)
        return {row.id: (row, probe) for row, probe in zip(rows, probes, strict=True)}

    async def look(self, location: Path) -> LocationCheck:
        """What a directory would be good for. Nothing is made. Raises VedetteError `volume.location`."""
        volumes.require_absolute(location)
        found = await _within_limit(places.look, location)
        if found.problem:
            return found
        async with self._database.read() as session:
            rows = await repository.every(session)
        try:
            for row in rows:
                _check_apart(location, row)
        except VedetteError as error:
            return replace(found, problem=error.message)
        return found

    async def remove(self, volume_id: int, caller: Principal) -> VolumeRow:
        """Forgets a volume that nothing uses; its marker goes, and its directory when that is empty.

        Raises VedetteError `volume.not_found`, `volume.last`, `volume.in_use`.
        """
        try:
            async with self._database.write() as session:
                await lock_table(session, VolumeRow)
                row = await _require(session, volume_id)
                if row.kind == VolumeKind.DIRECTORY and await repository.count_directories(session) == 1:
                    message = f"{row.name} is the only directory to record to. Add another first."
                    raise VedetteError(ErrorKind.CONFLICT, "volume.last", message)
                bucket = await self._bucket(row)
                gone = entry_of("volume.remove", row, told_of(row), None)
                await session.delete(row)
                await session.flush()
                tell(session, volume_id, "removed", "", self._clock.now_ms())
                await record(session, self._clock.now_ms(), caller, gone)
        except IntegrityError as error:
            message = (
                "Footage lies on this volume, or a camera records to it. Move the cameras and delete the footage first."
            )
            raise VedetteError(ErrorKind.CONFLICT, "volume.in_use", message) from error
        self._probes.pop(volume_id, None)
        if row.kind == VolumeKind.DIRECTORY:
            await _within_limit(volumes.unmark, Path(row.location))
        elif bucket is not None:
            await _unmark(row, bucket)
        return row

    async def _bucket(self, row: VolumeRow) -> ObjectVolume | None:
        """None for a directory, and for one that can't be opened: a volume whose key is lost can be forgotten, too."""
        if row.kind == VolumeKind.DIRECTORY or self._buckets is None:
            return None
        with suppress(VedetteError):
            return await self._buckets.of(row.id)
        return None


async def _unmark(row: VolumeRow, bucket: ObjectVolume) -> None:
    """What can't be done stays, as with directories."""
    try:
        await bucket.delete(volumes.MARKER)
    except VedetteError as error:
        log.warning("the marker of a removed volume stays", location=row.location, error=error.message)


async def usable_places(
    present: Mapping[int, tuple[VolumeRow, Probe]], buckets: ObjectVolumes | None
) -> dict[int, Path | ObjectVolume]:
    """Where files can be read and deleted now, of what `probe_all` found. Without `buckets` directories only."""
    found: dict[int, Path | ObjectVolume] = {}
    for key, (row, probe) in present.items():
        if not probe.usable:
            continue
        if row.kind == VolumeKind.DIRECTORY:
            found[key] = Path(row.location)
        elif buckets is not None:
            with suppress(VedetteError):  # removed a moment ago
                found[key] = await buckets.of(key)
    return found


def _still_full(row: VolumeRow, probe: Probe) -> Probe:
    space = probe.space
    if row.state != VolumeState.FULL or probe.state is not VolumeState.OK or space is None:
        return probe
    if space.free_bytes >= space.resume_bytes:
        return probe
    return volumes.full(Path(row.location), space)


async def _within_limit(call: Callable[..., T], *arguments: Any) -> T:
    """Runs blocking work on a disk in a thread. Raises VedetteError `volume.failing` when it takes too long; the thread
    is then left behind, for nothing can end it."""
    task = asyncio.create_task(asyncio.to_thread(call, *arguments))
    done, _ = await asyncio.wait((task,), timeout=PROBE_LIMIT_S)
    if not done:
        message = f"The disk does not answer within {PROBE_LIMIT_S:.0f} s. Check it, its cable or the network."
        raise VedetteError(ErrorKind.UNAVAILABLE, "volume.failing", message)
    return task.result()


def _create_or_identify(location: Path, now_ms: int) -> VolumeIdentity:
    try:
        return volumes.create(location, DEFAULT_NAME, now_ms)
    except VedetteError as error:
        if error.code != "volume.exists":
            raise
        return volumes.identify(location)


async def _require(session: AsyncSession, volume_id: int) -> VolumeRow:
    row = await repository.get(session, volume_id)
    if row is None:
        raise not_found("volume.not_found", f"There is no volume {volume_id}.")
    return row


async def _check_new(session: AsyncSession, name: str, location: Path) -> None:
    await check_name(session, name, None)
    for row in await repository.every(session):
        _check_apart(location, row)


async def check_name(session: AsyncSession, name: str, besides: int | None) -> None:
    """Raises VedetteError `volume.name`, `volume.name_taken`."""
    if not name.strip() or len(name) > 100:
        raise invalid("volume.name", "Give the volume a name of at most 100 characters.", field="name")
    known = await repository.named(session, name)
    if known is not None and known.id != besides:
        message = f"Another volume is called {name}. Choose another name."
        raise VedetteError(ErrorKind.CONFLICT, "volume.name_taken", message, field="name")


async def _free_name(session: AsyncSession, name: str) -> str:
    candidate, number = name or DEFAULT_NAME, 2
    while await repository.named(session, candidate) is not None:
        candidate, number = f"{name or DEFAULT_NAME} {number}", number + 1
    return candidate


def _check_apart(location: Path, row: VolumeRow) -> None:
    """Volumes within each other would count, check and delete each other's files."""
    other = Path(row.location)
    if location == other:
        message = f"{location} is the volume {row.name} already."
        raise VedetteError(ErrorKind.CONFLICT, "volume.known", message, field="location")
    if location in other.parents or other in location.parents:
        message = f"{location} and the volume {row.name} at {other} are one within the other. Choose another directory."
        raise VedetteError(ErrorKind.CONFLICT, "volume.nested", message, field="location")


def tell(session: AsyncSession, volume_id: int, state: str, detail: str, now_ms: int) -> None:
    """An event about a volume."""
    outbox.emit(session, now_ms, "volume.state", {"volume_id": volume_id, "state": state, "detail": detail})


def told_of(row: VolumeRow) -> dict[str, Any]:
    """A volume, for the audit log."""
    names = ("name", "location", "keep_days", "keep_bytes", "headroom_percent")
    return {name: getattr(row, name) for name in names}


def entry_of(action: str, row: VolumeRow, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Entry:
    """An entry of the audit log about a volume."""
    return Entry(action, object_kind="volume", object_id=str(row.id), object_name=row.name, before=before, after=after)
