"""Cameras of a lost database, taken from the copies of their settings on the volumes (`cameras.copied`).

Only what the database does not know is made; nothing that it knows is changed. Into a database without any camera they
come back as they were; into another one disabled, since somebody may have removed them there.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras import lost, repository
from vedette.cameras.copied import CopiedCamera, newest, parse
from vedette.cameras.slug import free_slug
from vedette.cameras.tables import CameraRow, CredentialRow, StreamRow
from vedette.core.clock import Clock
from vedette.db.session import Database
from vedette.storage import copies
from vedette.storage.tables import VolumeRow
from vedette.storage.volumes import COPY
from vedette.vault import LOST


@dataclass(frozen=True, slots=True)
class Restored:
    """A camera that came back. `lacks` are sentences about what must be entered again."""

    slug: str
    name: str
    removed: bool
    enabled: bool
    lacks: tuple[str, ...]


async def restore(
    database: Database, clock: Clock, volumes: Sequence[VolumeRow]
) -> tuple[list[Restored], list[tuple[str, str]]]:
    """What came back out of the copies on these volumes, and what could not be read of them: path and reason. A copy
    that is damaged, or made to do damage, raises nothing."""
    found: list[CopiedCamera] = []
    problems: list[tuple[str, str]] = []
    for volume in volumes:
        root = Path(volume.location)
        try:
            data = await asyncio.to_thread(copies.read, root)
        except (ValueError, OSError) as error:
            problems.append((str(root / COPY), str(error)))
            continue
        if data is not None:
            cameras, told = await asyncio.to_thread(parse, data)
            found += cameras
            problems += [(str(root / COPY), problem) for problem in told]
    async with database.write() as session:
        known = set(await session.scalars(select(CameraRow.id)))
        markers = {volume.marker: volume.id for volume in volumes}
        wanted = [camera for camera in newest(found) if camera.id not in known]
        slugs, names = set(await session.scalars(select(CameraRow.slug))), await repository.names(session)
        restored = []
        for camera in wanted:
            slug, name = free_slug(camera.slug, slugs), _free_name(camera, names)
            slugs.add(slug)
            row = _row(camera, slug, name, markers, clock.now_ms())
            row.enabled = camera.enabled and not known
            restored.append(await _add(session, row, camera))
        return restored, problems


def _row(camera: CopiedCamera, slug: str, name: str, markers: Mapping[UUID, int], now_ms: int) -> CameraRow:
    """A camera without its streams."""
    return CameraRow(
        id=camera.id,
        slug=slug,
        name=name,
        recording_mode=camera.recording_mode,
        recording_override=camera.recording_override,
        schedule=camera.schedule.model_dump(mode="json") if camera.schedule else None,
        segment_minutes=camera.segment_minutes,
        keep_days=camera.keep_days,
        keep_bytes=camera.keep_bytes,
        volume_id=markers.get(camera.volume) if camera.volume else None,
        simulated=camera.simulated,
        notes=camera.notes,
        created_ms=min(camera.created_at, now_ms),
        updated_ms=now_ms,
        # Its footage stays until retention wants it, whatever was asked for: what is gone can't be brought back.
        deleted_ms=min(camera.removed_at, now_ms) if camera.removed_at is not None else None,
        streams=[],
    )


async def _add(session: AsyncSession, row: CameraRow, camera: CopiedCamera) -> Restored:
    login_lost = camera.has_login
    for stream in camera.streams:
        url, held_login = lost.address(stream.url, stream.kind)
        login_lost = login_lost or held_login
        row.streams.append(StreamRow(kind=stream.kind, url=url, engine=stream.engine, record=stream.record))
        row.enabled = row.enabled and url != lost.UNKNOWN_URL
    login_lost = login_lost and row.deleted_ms is None
    session.add(row)
    await session.flush()
    if login_lost:
        session.add(CredentialRow(camera_id=row.id, username_sealed=LOST, password_sealed=LOST))
    lacks = () if row.deleted_ms is not None else tuple(lost.lacking(row, login_lost=login_lost))
    return Restored(row.slug, row.name, row.deleted_ms is not None, row.enabled, lacks)


def _free_name(camera: CopiedCamera, taken: set[str]) -> str:
    """A name that no other camera has; those of removed ones don't matter."""
    if camera.removed_at is not None:
        return camera.name
    candidate, number = camera.name, 2
    while candidate.lower() in taken:
        candidate, number = f"{camera.name} {number}", number + 1
    taken.add(candidate.lower())
    return candidate
