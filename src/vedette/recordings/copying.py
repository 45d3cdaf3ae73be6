"""Keeps the copy of the cameras' settings on each volume up to date: what `vedette reindex` brings them back from.

A volume's copy holds the cameras that have footage there and those whose footage goes there. It is compared with what
is there and written only when it is another; looking costs one query while no camera changed. Blocking calls go to
threads, and a disk that fails is tried again the next time.
"""

import asyncio
from collections.abc import Collection, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.copied import CopiedCamera, copied, merged, parse, render
from vedette.cameras.tables import CameraRow, CredentialRow, StreamRow
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.events.tables import OutboxRow
from vedette.recordings.tables import UsageRow
from vedette.storage import copies
from vedette.storage.tables import VolumeKind, VolumeRow
from vedette.storage.volumes import identify

log = get_logger("recordings.copying")

# Footage may have come to another volume meanwhile, which no event tells.
AGAIN_S = 3600.0


class CopyKeeper:
    """One per worker. It remembers up to which event it has looked."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._seen: int | None = None
        self._looked_s = 0.0
        self._markers: set[UUID] = set()
        self._failing: set[int] = set()

    async def run(self, volumes: Sequence[VolumeRow]) -> int:
        """Writes the copies that are out of date on these volumes, which can be written to, and says how many. Buckets
        get none: their footage was on a directory before."""
        volumes = [volume for volume in volumes if volume.kind == VolumeKind.DIRECTORY]
        markers = {volume.marker for volume in volumes}
        async with self._database.read() as session:
            newest = await self._news(session)
            due = self._clock.monotonic() - self._looked_s >= AGAIN_S
            if newest == self._seen and not due and not self._failing and markers == self._markers:
                return 0
            wanted, known = await _wanted(session)
        failed_before, self._failing = self._failing, set()
        written = 0
        for volume in volumes:
            try:
                written += await asyncio.to_thread(self._refresh, volume, wanted.get(volume.id, []), known)
            except (VedetteError, OSError) as error:
                self._failing.add(volume.id)
                if volume.id not in failed_before:
                    log.warning(
                        "the copy of the cameras' settings can't be written", path=volume.location, error=str(error)
                    )
        self._seen, self._looked_s, self._markers = newest, self._clock.monotonic(), markers
        return written

    async def _news(self, session: AsyncSession) -> int:
        """The newest event about a camera: only events that came since the last look are looked at."""
        statement = select(OutboxRow.id).where(OutboxRow.topic == "camera.changed").order_by(OutboxRow.id.desc())
        if self._seen is not None:
            statement = statement.where(OutboxRow.id > self._seen)
        return await session.scalar(statement.limit(1)) or self._seen or 0

    def _refresh(self, volume: VolumeRow, now: list[CopiedCamera], known: Collection[UUID]) -> bool:
        root = Path(volume.location)
        if identify(root).marker != volume.marker:
            raise VedetteError(ErrorKind.UNAVAILABLE, "volume.foreign", f"Another volume is at {root}.")
        try:
            data = copies.read(root)
        except ValueError:
            data = b""
        before, problems = parse(data) if data is not None else ([], [])
        cameras = merged(now, before, known, copies.directories(root))
        if not cameras and data is None:
            return False
        at_ms = self._clock.now_ms()
        if not problems and data is not None and render(cameras, 0) == render(before, 0):
            return False
        copies.write(root, render(cameras, at_ms))
        return True


async def _wanted(session: AsyncSession) -> tuple[dict[int, list[CopiedCamera]], set[UUID]]:
    """Per volume the cameras that its copy should have, and the ids of all that the database knows."""
    volumes = {row.id: row.marker for row in await session.scalars(select(VolumeRow).order_by(VolumeRow.id))}
    default = await session.scalar(
        select(VolumeRow.id).where(VolumeRow.kind == VolumeKind.DIRECTORY).order_by(VolumeRow.id).limit(1)
    )
    rows = list(await session.scalars(select(CameraRow)))
    logins = set(await session.scalars(select(CredentialRow.camera_id)))
    footage = select(UsageRow.volume_id, StreamRow.camera_id).join(StreamRow, StreamRow.id == UsageRow.stream_id)
    belongs = {(volume_id, camera_id) for volume_id, camera_id in await session.execute(footage.distinct())}
    belongs |= {(row.volume_id or default or 0, row.id) for row in rows if row.deleted_ms is None}
    made = {row.id: copied(row, has_login=row.id in logins, markers=volumes) for row in rows if _whole(row)}
    found: dict[int, list[CopiedCamera]] = {}
    for volume_id, camera_id in belongs:
        if camera_id in made:
            found.setdefault(volume_id, []).append(made[camera_id])
    return found, {row.id for row in rows}


def _whole(row: CameraRow) -> bool:
    """One that a person has not given an address again has nothing that footage does not tell."""
    return any(stream.kind == "main" and stream.removed_ms is None for stream in row.streams)
