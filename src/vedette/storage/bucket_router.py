"""/storage/buckets: volumes in buckets of an S3-compatible object storage."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.http.access import Caller, require
from vedette.http.deps import taken
from vedette.http.problem import responses
from vedette.storage.bucket_schemas import BucketAsked, BucketChecked, BucketCreate, BucketPatch
from vedette.storage.router import Counting, VolumeId, Volumes, shown
from vedette.storage.s3.address import BucketAddress
from vedette.storage.s3.service import BucketChange, BucketService
from vedette.storage.schemas import Volume
from vedette.storage.tables import Delivery

router = APIRouter(prefix="/storage/buckets", tags=["storage"])


def service_of(connection: HTTPConnection) -> BucketService:
    """The process's one."""
    service: BucketService = connection.app.state.bucket_service
    return service


def origin_of(connection: HTTPConnection) -> str:
    """Where pages are that people open: as the browser says, or as it was asked for."""
    return connection.headers.get("origin") or f"{connection.url.scheme}://{connection.url.netloc}"


Service = Annotated[BucketService, taken(service_of)]
Origin = Annotated[str, taken(origin_of)]


@router.post(
    "",
    status_code=201,
    summary="Add a bucket",
    responses=responses(409, 503),
    dependencies=[require(Permission.STORAGE_MANAGE)],
)
async def add_bucket(
    given: BucketCreate, service: Service, volumes: Volumes, footage: Counting, caller: Caller, origin: Origin
) -> Volume:
    """As a volume that footage can be moved to. Everything that is needed of it is tried first; a problem names the
    field that is wrong."""
    row = await service.create(given.name, _address(given), Delivery(given.delivery), caller, create=given.create)
    await service.try_pages(row.id, origin)
    return await shown(volumes, footage, row.id)


@router.patch(
    "/{volume_id}",
    summary="Change a bucket's access",
    responses=responses(404, 409, 503),
    dependencies=[require(Permission.STORAGE_MANAGE)],
)
async def change_bucket(
    volume_id: VolumeId,
    patch: BucketPatch,
    service: Service,
    volumes: Volumes,
    footage: Counting,
    caller: Caller,
    origin: Origin,
) -> Volume:
    """Keys, time limit and how players get its footage. Name and limits are those of every volume."""
    change = BucketChange(
        patch.access_key,
        patch.secret_key.get_secret_value() if patch.secret_key is not None else None,
        patch.timeout_s,
        Delivery(patch.delivery) if patch.delivery is not None else None,
    )
    await service.change(volume_id, change, caller)
    await service.try_pages(volume_id, origin)
    return await shown(volumes, footage, volume_id)


@router.post(
    "/check",
    summary="Look at a bucket",
    responses=responses(409, 503),
    dependencies=[require(Permission.STORAGE_MANAGE)],
)
async def check_bucket(asked: BucketAsked, service: Service, origin: Origin) -> BucketChecked:
    """Lists, puts, reads a range and deletes. What is wrong is told by name."""
    found = await service.look(_address(asked))
    return BucketChecked(
        marker=found.marker if found else None,
        name=found.name if found else None,
        pages=await service.lets_pages(_address(asked), origin),
    )


def _address(given: BucketAsked) -> BucketAddress:
    return BucketAddress(
        given.endpoint,
        given.region,
        given.bucket,
        given.prefix,
        given.access_key,
        given.secret_key.get_secret_value(),
        given.path_style,
        given.timeout_s,
    )
