"""The rules of zones."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import OF_A_CAMERA
from vedette.access.principal import Principal
from vedette.core.ids import uuid7
from vedette.http.etags import check_version
from vedette.identity import camera_keys
from vedette.identity.access_schemas import ZoneCreate, ZonePatch
from vedette.identity.changes import (
    Workshop,
    check_given,
    check_name,
    check_unused,
    given_by,
    grants_with,
    mapped_by,
    may_see,
    tell,
    unknown,
    unknown_ids,
)
from vedette.identity.names import fold
from vedette.identity.tables import GrantRow, ZoneCameraRow, ZoneRow
from vedette.identity.tables_oidc import OidcMappingRow


@dataclass(frozen=True, slots=True)
class StoredZone:
    """A zone, its cameras, and how many grants are limited to it."""

    row: ZoneRow
    cameras: list[UUID]
    grants: int

    def told(self) -> dict[str, Any]:
        """For the audit log."""
        cameras = [str(camera_id) for camera_id in self.cameras]
        return {"name": self.row.name, "description": self.row.description, "cameras": cameras}


class ZoneService:
    """Each call is one transaction with its entry in the audit log."""

    def __init__(self, workshop: Workshop) -> None:
        self._shop = workshop

    async def every(self) -> list[StoredZone]:
        """By name."""
        async with self._shop.database.read() as session:
            rows = sorted(await session.scalars(select(ZoneRow)), key=lambda row: (fold(row.name), row.name))
            cameras = await _cameras(session, [row.id for row in rows])
            counted = select(GrantRow.zone_id, func.count(GrantRow.id)).group_by(GrantRow.zone_id)
            counts = dict((await session.execute(counted)).all())
        return [StoredZone(row, cameras[row.id], counts.get(row.id, 0)) for row in rows]

    async def get(self, zone_id: UUID) -> StoredZone:
        """Raises VedetteError `zone.not_found`."""
        async with self._shop.database.read() as session:
            return await _stored(session, await _existing(session, zone_id))

    async def create(self, given: ZoneCreate, caller: Principal) -> StoredZone:
        """Raises VedetteError `zone.name_taken`, `camera.not_found` (also for one that the caller may not see)."""
        now_ms = self._shop.clock.now_ms()
        async with self._shop.changing() as session:
            await check_name(session, ZoneRow, "zone", given.name, None)
            row = ZoneRow(
                id=uuid7(now_ms), name=given.name, description=given.description, created_ms=now_ms, version=1
            )
            session.add(row)
            await session.flush()
            await _add(session, row.id, set(given.cameras), caller, now_ms)
            made = await _stored(session, row)
            await tell(session, now_ms, caller, "zone.create", row, None, made.told())
        return made

    async def update(
        self, zone_id: UUID, patch: ZonePatch, expected: frozenset[int] | None, caller: Principal
    ) -> StoredZone:
        """Cameras that the caller may not see stay in it. Raises what `create` does, `zone.not_found`,
        `grant.more_than_own`, `request.precondition`."""
        now_ms = self._shop.clock.now_ms()
        async with self._shop.changing() as session:
            row = await _existing(session, zone_id, lock=True)
            check_version(expected, row.version, f"The zone {row.name}")
            before = await _stored(session, row)
            told = before.told()
            if patch.name is not None:
                await check_name(session, ZoneRow, "zone", patch.name, zone_id)
                row.name = patch.name
            if patch.description is not None:
                row.description = patch.description
            if patch.cameras is not None:
                present = set(before.cameras)
                wanted = set(patch.cameras) | {one for one in present if not may_see(caller, one, now_ms)}
                if present != wanted:
                    await _check_own(session, zone_id, caller, now_ms)
                gone = delete(ZoneCameraRow).where(
                    ZoneCameraRow.zone_id == zone_id, ZoneCameraRow.camera_id.in_(present - wanted)
                )
                await session.execute(gone)
                await _add(session, zone_id, wanted - present, caller, now_ms)
            row.version += 1
            await session.flush()
            changed = await _stored(session, row)
            await tell(session, now_ms, caller, "zone.edit", row, told, changed.told())
        self._shop.changed()
        return changed

    async def delete(self, zone_id: UUID, expected: frozenset[int] | None, confirmed: bool, caller: Principal) -> None:
        """With the grants that are limited to it, when that is confirmed.

        Raises VedetteError `zone.not_found`, `zone.in_use`, `grant.more_than_own`, `request.precondition`.
        """
        now_ms = self._shop.clock.now_ms()
        async with self._shop.changing() as session:
            row = await _existing(session, zone_id, lock=True)
            check_version(expected, row.version, f"The zone {row.name}")
            stored = await _stored(session, row)
            await _check_own(session, zone_id, caller, now_ms)
            check_unused("zone", row.name, "those whom they are for lose its cameras.", stored.grants, confirmed)
            await session.delete(row)
            await session.flush()
            await tell(session, now_ms, caller, "zone.delete", row, stored.told() | {"grants": stored.grants}, None)
        self._shop.changed()


async def _stored(session: AsyncSession, row: ZoneRow) -> StoredZone:
    cameras = await _cameras(session, [row.id])
    return StoredZone(row, cameras[row.id], await grants_with(session, GrantRow.zone_id, row.id))


async def _check_own(session: AsyncSession, zone_id: UUID, caller: Principal, now_ms: int) -> None:
    """A camera in a zone is given to everybody who was granted something there, or will be at their next login by a
    provider: oneself, perhaps."""
    granted = await given_by(session, GrantRow.zone_id == zone_id)
    mapped = await mapped_by(session, OidcMappingRow.zone_id == zone_id)
    check_given(
        caller, [replace(one, permissions=one.permissions & OF_A_CAMERA) for one in (*granted, *mapped)], now_ms
    )


async def _existing(session: AsyncSession, zone_id: UUID, *, lock: bool = False) -> ZoneRow:
    row = await session.get(ZoneRow, zone_id, with_for_update=lock)
    if row is None:
        raise unknown("zone", zone_id)
    return row


async def _cameras(session: AsyncSession, zone_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {zone_id: [] for zone_id in zone_ids}
    statement = select(ZoneCameraRow.zone_id, ZoneCameraRow.camera_id).order_by(ZoneCameraRow.camera_id)
    for zone_id, camera_id in await session.execute(statement.where(ZoneCameraRow.zone_id.in_(zone_ids))):
        found[zone_id].append(camera_id)
    return found


async def _add(session: AsyncSession, zone_id: UUID, camera_ids: set[UUID], caller: Principal, now_ms: int) -> None:
    missing = await camera_keys.unknown(session, camera_ids)
    missing |= {one for one in camera_ids if not may_see(caller, one, now_ms)}
    if missing:
        raise unknown_ids("camera", missing, "cameras")
    session.add_all(ZoneCameraRow(zone_id=zone_id, camera_id=camera_id) for camera_id in camera_ids)
    await session.flush()
