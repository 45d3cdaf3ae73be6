"""/storage: volumes, how they are and what takes their space."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Protocol
from uuid import UUID

from fastapi import APIRouter
from fastapi import Path as PathParameter
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.core.words import sentences
from vedette.http.access import Caller, Visible, require
from vedette.http.deps import ClockDep, taken
from vedette.http.problem import responses
from vedette.storage.bucket_schemas import BucketOut
from vedette.storage.schemas import (
    CameraUsage,
    LocationAsked,
    LocationChecked,
    StorageStats,
    Volume,
    VolumeCreate,
    VolumeList,
    VolumePatch,
)
from vedette.storage.service import VolumeChange, VolumeService
from vedette.storage.tables import VolumeKind, VolumeRow
from vedette.storage.volumes import Probe

router = APIRouter(prefix="/storage", tags=["storage"])

VolumeId = Annotated[int, PathParameter(ge=1, lt=2**31)]


class Usage(Protocol):
    """What some footage takes; the times are None without any."""

    @property
    def bytes(self) -> int: ...
    @property
    def files(self) -> int: ...
    @property
    def oldest_ms(self) -> int | None: ...
    @property
    def newest_ms(self) -> int | None: ...


class Statistics(Protocol):
    """What all footage takes, and each camera's and volume's share; those without any are left out."""

    @property
    def total(self) -> Usage: ...
    @property
    def cameras(self) -> Mapping[UUID, Usage]: ...
    @property
    def volumes(self) -> Mapping[int, Usage]: ...


class Footage(Protocol):
    """Who counts: the segment index, which is above this package."""

    async def statistics(self) -> Statistics: ...


class _Nothing:
    bytes = files = 0
    oldest_ms = newest_ms = None


_NOTHING = _Nothing()


def volumes_of(connection: HTTPConnection) -> VolumeService:
    """The process's one."""
    service: VolumeService = connection.app.state.volumes
    return service


def footage_of(connection: HTTPConnection) -> Footage:
    """The process's one."""
    service: Footage = connection.app.state.recordings
    return service


Volumes = Annotated[VolumeService, taken(volumes_of)]
Counting = Annotated[Footage, taken(footage_of)]


@router.get("/stats", summary="What footage takes", dependencies=[require(Permission.STORAGE_VIEW)])
async def stats(volumes: Volumes, footage: Counting, caller: Caller, clock: ClockDep) -> StorageStats:
    """Exact, in all, and per camera that one may see, and volume."""
    counted = await footage.statistics()
    seen = Visible.of(caller, Permission.CAMERA_VIEW, clock.now_ms())
    cameras = [CameraUsage(camera_id=key, **_usage(usage)) for key, usage in counted.cameras.items() if key in seen]
    return StorageStats(
        **_usage(counted.total),
        cameras=sorted(cameras, key=lambda camera: -camera.bytes),
        volumes=await _every(volumes, counted),
    )


@router.get("/volumes", summary="List volumes", dependencies=[require(Permission.STORAGE_VIEW)])
async def list_volumes(volumes: Volumes, footage: Counting) -> VolumeList:
    """The oldest first, with their states of this moment."""
    return VolumeList(items=await _every(volumes, await footage.statistics()))


@router.post(
    "/volumes",
    status_code=201,
    summary="Add a volume",
    responses=responses(409, 503),
    dependencies=[require(Permission.STORAGE_MANAGE)],
)
async def add_volume(given: VolumeCreate, volumes: Volumes, caller: Caller) -> Volume:
    """An empty or new directory, or with `create` false one that is a volume already."""
    row = await volumes.create(given.name, Path(given.location), caller, create=given.create)
    return _volume(row, await volumes.probe(row), _NOTHING)


@router.patch(
    "/volumes/{volume_id}",
    summary="Change a volume",
    responses=responses(404, 409),
    dependencies=[require(Permission.STORAGE_MANAGE)],
)
async def change_volume(
    volume_id: VolumeId, patch: VolumePatch, volumes: Volumes, footage: Counting, caller: Caller
) -> Volume:
    """Its name and what retention keeps. What is left out stays as it is."""
    row = await volumes.get(volume_id)
    fields = {name: getattr(row, name) for name in VolumePatch.model_fields}
    fields |= {name: getattr(patch, name) for name in patch.model_fields_set}
    await volumes.change(volume_id, VolumeChange(**fields), caller)
    return await shown(volumes, footage, volume_id)


@router.delete(
    "/volumes/{volume_id}",
    status_code=204,
    summary="Remove a volume",
    responses=responses(404, 409),
    dependencies=[require(Permission.STORAGE_MANAGE)],
)
async def remove_volume(volume_id: VolumeId, volumes: Volumes, caller: Caller) -> None:
    """Only one without footage that no camera records to; the last one stays."""
    await volumes.remove(volume_id, caller)


@router.post(
    "/volumes/check",
    summary="Look at a directory",
    responses=responses(503),
    dependencies=[require(Permission.STORAGE_MANAGE)],
)
async def check_location(asked: LocationAsked, volumes: Volumes) -> LocationChecked:
    """Whether it could become a volume, and what its free space is worth."""
    found = await volumes.look(Path(asked.location))
    return LocationChecked(
        exists=found.exists,
        writable=found.writable,
        free_bytes=found.free_bytes,
        total_bytes=found.total_bytes,
        room_bytes=found.room_bytes,
        problem=found.problem,
        marker=found.marker,
        days_at_4mbps=found.days_at_4mbps,
    )


async def shown(volumes: VolumeService, footage: Footage, volume_id: int) -> Volume:
    """One volume, as it is now."""
    row = await volumes.get(volume_id)
    counted = await footage.statistics()
    bucket = (await _buckets(volumes)).get(volume_id)
    return _volume(row, await volumes.probe(row), counted.volumes.get(volume_id, _NOTHING), bucket)


async def _every(volumes: VolumeService, counted: Statistics) -> list[Volume]:
    probed = await volumes.probe_all()
    buckets = await _buckets(volumes)
    return [
        _volume(row, probe, counted.volumes.get(row.id, _NOTHING), buckets.get(row.id))
        for row, probe in probed.values()
    ]


async def _buckets(volumes: VolumeService) -> dict[int, BucketOut]:
    detours = await volumes.detours()
    return {
        key: BucketOut(
            **{name: getattr(row, name) for name in BucketOut.model_fields if name != "detour_at"},
            detour_at=detours.get(key),
        )
        for key, row in (await volumes.buckets()).items()
    }


def _volume(row: VolumeRow, probe: Probe, usage: Usage, bucket: BucketOut | None = None) -> Volume:
    return Volume(
        kind="s3" if row.kind == VolumeKind.S3 else "directory",
        bucket=bucket,
        id=row.id,
        name=row.name,
        location=row.location,
        tier=row.tier,
        keep_days=row.keep_days,
        keep_bytes=row.keep_bytes,
        headroom_percent=row.headroom_percent,
        state=probe.state,
        state_detail=sentences(probe.detail, probe.remedy),
        state_since=row.state_since_ms,
        free_bytes=probe.space.free_bytes if probe.space else None,
        total_bytes=probe.space.total_bytes if probe.space else None,
        disk=probe.space.device if probe.space else None,
        **_usage(usage),
    )


def _usage(usage: Usage) -> dict[str, Any]:
    return {
        "bytes": usage.bytes,
        "files": usage.files,
        "oldest": usage.oldest_ms,
        "newest": usage.newest_ms,
    }
