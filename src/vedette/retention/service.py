"""Makes footage go when it must: hourly, and at once under pressure. Decisions are in `retention.planner`.

Each batch is one transaction; a sweep that is interrupted anywhere has only done less. Files are unlinked by
`recordings.garbage` after every batch, so that space is free before more is deleted.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import SYSTEM
from vedette.audit.log import Entry, Happened, record_all
from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.http.instants import format_instant
from vedette.recordings import garbage, trash
from vedette.recordings.model import GapCause, Segment
from vedette.recordings.tables import MAX_SEGMENT_MS
from vedette.retention import planner, repository
from vedette.retention.planner import CameraPolicy, Demand, Reason, Shortfall, VolumePolicy
from vedette.retention.tables import ShortfallRow
from vedette.storage import volumes
from vedette.storage.objects import ObjectVolume, ObjectVolumes
from vedette.storage.service import usable_places
from vedette.storage.tables import VolumeRow
from vedette.storage.volumes import Probe

log = get_logger("retention")

Volumes = Mapping[int, tuple[VolumeRow, Probe]]
Places = Mapping[int, Path | ObjectVolume]

WORDS = {
    Reason.DISCARDED: "The camera was deleted together with its footage.",
    Reason.DAYS: "It was older than the days to keep.",
    Reason.CAMERA_BYTES: "The camera had more than the bytes it may keep.",
    Reason.VOLUME_BYTES: "The volume had more than the bytes it may keep.",
    Reason.HEADROOM: "The volume needed free space.",
}


@dataclass(slots=True)
class Swept:
    """What a sweep deleted, and the promises that it could not keep. `youngest` says, for the cameras that lost footage
    for want of space, where what was deleted last of them ended."""

    files: int = 0
    bytes: int = 0
    shortfalls: list[Shortfall] = field(default_factory=list)
    youngest: dict[UUID, int] = field(default_factory=dict)


class RetentionService:
    """One per cluster, in the worker."""

    def __init__(self, database: Database, clock: Clock, buckets: ObjectVolumes | None = None) -> None:
        self._database = database
        self._clock = clock
        self._buckets = buckets
        self._pressed: set[int] = set()

    async def sweep(self, present: Volumes) -> Swept:
        """All limits of all cameras and volumes. `present` is what `VolumeService.probe_all` found."""
        swept = Swept()
        places = await usable_places(present, self._buckets)
        async with self._database.read() as session:
            cameras = await repository.camera_policies(session)
        rows = [row for row, _ in present.values()]
        await self._meet(planner.by_age(cameras, map(_limits, rows), self._clock.now_ms()), places, swept)
        async with self._database.read() as session:
            usage = await repository.usage(session)
        await self._meet(planner.by_camera_bytes(cameras, usage), places, swept)
        await self._meet_volumes(rows, places, swept)
        swept.shortfalls += await self._too_short(cameras, swept)
        await self._tell(swept, None)
        return swept

    async def relieve(self, present: Volumes) -> Swept:
        """Only the volumes that have less free than their headroom. Costs nothing when there is none."""
        swept = Swept()
        pressed = {
            key
            for key, (row, probe) in present.items()
            if probe.usable and probe.space is not None and _with_space(row, probe.space, 0).under_pressure
        }
        told, self._pressed = self._pressed | pressed, pressed
        if told:
            places = await usable_places(present, self._buckets)
            await self._meet_volumes([present[key][0] for key in sorted(pressed)], places, swept)
            async with self._database.read() as session:
                cameras = await repository.camera_policies(session)
            swept.shortfalls += await self._too_short(cameras, swept)
            await self._tell(swept, [f"volume:{key}:headroom" for key in told])
        return swept

    async def discard_deleted(self, present: Volumes) -> Swept:
        """Only the footage of cameras that were deleted together with it."""
        swept = Swept()
        async with self._database.read() as session:
            doomed = [camera for camera in await repository.camera_policies(session) if camera.discard]
        places = await usable_places(present, self._buckets)
        await self._meet(planner.by_age(doomed, (), self._clock.now_ms()), places, swept)
        return swept

    async def shortfalls(self) -> list[ShortfallRow]:
        """The promises that can't be kept now."""
        async with self._database.read() as session:
            return await repository.shortfalls(session)

    async def _meet_volumes(self, rows: Sequence[VolumeRow], places: Places, swept: Swept) -> None:
        """One after the other, each measured anew: two volumes may share a disk, and what one frees the other has."""
        await garbage.collect(self._database, places)
        for row in rows:
            async with self._database.read() as session:
                usage = await repository.usage(session)
                pending = (await garbage.waiting(session)).get(row.id, 0)
            root = places.get(row.id)
            # A bucket has no free space that could run out.
            space = await asyncio.to_thread(_space, root) if isinstance(root, Path) else None
            policy = _with_space(row, space, pending) if space else _limits(row)
            await self._meet(planner.by_volume([policy], usage), places, swept)

    async def _meet(self, demands: Sequence[Demand], places: Places, swept: Swept) -> None:
        for demand in demands:
            freed = await self._meet_one(demand, places, swept)
            if demand.bytes is not None and freed < demand.bytes:
                swept.shortfalls.append(planner.unmet(demand, demand.bytes - freed))

    async def _meet_one(self, demand: Demand, places: Places, swept: Swept) -> int:
        """Deletes what a demand asks for, as far as it can, and returns the bytes."""
        freed = files = 0
        while demand.bytes is None or freed < demand.bytes:
            now_ms = self._clock.now_ms()
            async with self._database.read() as session:
                found = await repository.candidates(session, demand, now_ms, trash.BATCH)
            chosen = planner.choose(demand, found, freed)
            if not chosen:
                break
            async with self._database.write() as session:
                ids = [candidate.id for candidate in chosen]
                gone = await trash.discard(session, ids, GapCause.DELETED_BY_RETENTION, WORDS[demand.reason], now_ms)
                cameras = {candidate.id: candidate.camera_id for candidate in chosen}
                await _record(session, gone.segments, cameras, demand.reason, now_ms)
            if not gone.segments:
                break  # all of them were held a moment ago
            freed += gone.bytes
            files += len(gone.segments)
            if demand.reason in (Reason.HEADROOM, Reason.VOLUME_BYTES):
                for candidate in chosen:
                    swept.youngest[candidate.camera_id] = candidate.end_ms
            await garbage.collect(self._database, places)
        swept.files += files
        swept.bytes += freed
        if files:
            log.info(
                "footage deleted by retention",
                reason=demand.reason,
                camera_id=str(demand.camera_id) if demand.camera_id else None,
                volume_id=demand.volume_id,
                files=files,
                bytes=freed,
            )
        return freed

    async def _too_short(self, cameras: Sequence[CameraPolicy], swept: Swept) -> list[Shortfall]:
        """Cameras that lost footage within their days for want of space, now or before: until it is as old again."""
        now_ms = self._clock.now_ms()
        async with self._database.read() as session:
            known = {row.camera_id for row in await repository.shortfalls(session) if row.key.endswith(":days")}
            keep = {
                camera.camera_id: camera.keep_days
                for camera in cameras
                if camera.keep_days and not camera.discard and camera.camera_id in known | swept.youngest.keys()
            }
            oldest = await repository.oldest_ms(session, keep)
        short = []
        for camera_id, days in keep.items():
            begins_ms = oldest.get(camera_id, now_ms)
            if begins_ms > now_ms - days * planner.DAY_MS + MAX_SEGMENT_MS:
                short.append(planner.too_short(camera_id, days, begins_ms, now_ms))
        return short

    async def _tell(self, swept: Swept, scope: Sequence[str] | None) -> None:
        async with self._database.write() as session:
            new = await repository.replace_shortfalls(session, swept.shortfalls, scope, self._clock.now_ms())
        for shortfall in new:
            log.warning("promise of retention can't be kept", key=shortfall.key, detail=shortfall.detail)


async def _record(
    session: AsyncSession, gone: Sequence[Segment], cameras: Mapping[UUID, UUID], reason: Reason, now_ms: int
) -> None:
    """One entry in the audit log for each camera that lost something, in the transaction that deletes."""
    lost: dict[UUID, list[Segment]] = {}
    for segment in gone:
        lost.setdefault(cameras[segment.id], []).append(segment)
    names = await repository.names(session, lost)
    entries = [
        Entry(
            "retention.delete",
            object_kind="camera",
            object_id=str(camera_id),
            object_name=names.get(camera_id),
            camera_id=camera_id,
            before={
                "files": len(files),
                "bytes": sum(segment.bytes for segment in files),
                "from": format_instant(min(segment.start_ms for segment in files)),
                "to": format_instant(max(segment.end_ms for segment in files)),
            },
            detail=WORDS[reason],
        )
        for camera_id, files in lost.items()
    ]
    await record_all(session, [Happened(now_ms, SYSTEM, entry) for entry in entries])


def _space(root: Path) -> volumes.Space | None:
    try:
        return volumes.space(root)
    except OSError:
        return None


def _limits(row: VolumeRow) -> VolumePolicy:
    return VolumePolicy(row.id, row.keep_days, row.keep_bytes, row.headroom_percent)


def _with_space(row: VolumeRow, space: volumes.Space, pending_bytes: int) -> VolumePolicy:
    return VolumePolicy(
        row.id,
        row.keep_days,
        row.keep_bytes,
        row.headroom_percent,
        space.free_bytes,
        space.total_bytes,
        pending_bytes,
    )
