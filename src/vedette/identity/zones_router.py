"""/zones: named groups of cameras, for grants to be limited to."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.http.access import Caller, require
from vedette.http.etags import IfMatch, etag, expected_versions
from vedette.http.paging import Page
from vedette.http.problem import responses
from vedette.identity.access_schemas import Zone, ZoneCreate, ZonePatch
from vedette.identity.zones_service import StoredZone, ZoneService

router = APIRouter(prefix="/zones", tags=["access"], dependencies=[require(Permission.USER_MANAGE)])


def service_of(connection: HTTPConnection) -> ZoneService:
    """The app's one."""
    service: ZoneService = connection.app.state.zones
    return service


Service = Annotated[ZoneService, Depends(service_of)]
Confirm = Annotated[bool, Query(description="Also withdraw the grants that would go with it; without it that is 409.")]


def _shown(stored: StoredZone) -> Zone:
    row = stored.row
    return Zone(
        id=row.id,
        name=row.name,
        description=row.description,
        cameras=stored.cameras,
        grants=stored.grants,
    )


def _answer(stored: StoredZone, response: Response) -> Zone:
    response.headers["ETag"] = etag(stored.row.version)
    return _shown(stored)


@router.get("", summary="List zones")
async def list_zones(service: Service) -> Page[Zone]:
    """By name."""
    return Page(items=[_shown(one) for one in await service.every()], next=None)


@router.post("", status_code=201, summary="Add a zone", responses=responses(403, 409))
async def create_zone(given: ZoneCreate, service: Service, caller: Caller, response: Response) -> Zone:
    """A camera may be in several."""
    stored = await service.create(given, caller)
    response.headers["Location"] = f"/api/v1/zones/{stored.row.id}"
    return _answer(stored, response)


@router.get("/{zone_id}", summary="One zone", responses=responses(404))
async def get_zone(zone_id: UUID, service: Service, response: Response) -> Zone:
    """The ETag is the version for If-Match."""
    return _answer(await service.get(zone_id), response)


@router.patch("/{zone_id}", summary="Change a zone", responses=responses(403, 404, 409, 412))
async def update_zone(
    zone_id: UUID, patch: ZonePatch, service: Service, caller: Caller, response: Response, if_match: IfMatch = None
) -> Zone:
    """What is left out stays as it is."""
    return _answer(await service.update(zone_id, patch, expected_versions(if_match), caller), response)


@router.delete("/{zone_id}", status_code=204, summary="Delete a zone", responses=responses(404, 409, 412))
async def delete_zone(
    zone_id: UUID, service: Service, caller: Caller, confirm: Confirm = False, if_match: IfMatch = None
) -> None:
    """Its cameras stay; grants that are limited to it go with it, when that is confirmed."""
    await service.delete(zone_id, expected_versions(if_match), confirm, caller)
