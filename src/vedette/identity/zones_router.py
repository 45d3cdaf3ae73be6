"""/zones: named groups of cameras, for grants to be limited to."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.http.access import Caller, require
from vedette.http.deps import ClockDep, taken
from vedette.http.etags import IfMatch, etag, expected_versions
from vedette.http.paging import Page
from vedette.http.problem import responses
from vedette.identity.access_schemas import Zone, ZoneCreate, ZonePatch
from vedette.identity.changes import may_see
from vedette.identity.zones_service import StoredZone, ZoneService

router = APIRouter(prefix="/zones", tags=["access"], dependencies=[require(Permission.USER_MANAGE)])


def service_of(connection: HTTPConnection) -> ZoneService:
    """The app's one."""
    service: ZoneService = connection.app.state.zones
    return service


Service = Annotated[ZoneService, taken(service_of)]
Confirm = Annotated[bool, Query(description="Also withdraw the grants that would go with it; without it that is 409.")]


def _shown(stored: StoredZone, caller: Principal, now_ms: int) -> Zone:
    row = stored.row
    seen = [one for one in stored.cameras if may_see(caller, one, now_ms)]
    return Zone(
        id=row.id,
        name=row.name,
        description=row.description,
        cameras=seen,
        hidden=len(stored.cameras) - len(seen),
        grants=stored.grants,
    )


class Answer:
    """One zone as the answer to its caller, with its version as the ETag."""

    def __init__(self, caller: Caller, clock: ClockDep, response: Response) -> None:
        self._caller, self._clock, self._response = caller, clock, response

    def __call__(self, stored: StoredZone) -> Zone:
        self._response.headers["ETag"] = etag(stored.row.version)
        return _shown(stored, self._caller, self._clock.now_ms())


AnswerDep = Annotated[Answer, Depends()]


@router.get("", summary="List zones")
async def list_zones(service: Service, caller: Caller, clock: ClockDep) -> Page[Zone]:
    """By name."""
    now_ms = clock.now_ms()
    return Page(items=[_shown(one, caller, now_ms) for one in await service.every()], next=None)


@router.post("", status_code=201, summary="Add a zone", responses=responses(403, 409))
async def create_zone(
    given: ZoneCreate, service: Service, caller: Caller, response: Response, answer: AnswerDep
) -> Zone:
    """A camera may be in several."""
    stored = await service.create(given, caller)
    response.headers["Location"] = f"/api/v1/zones/{stored.row.id}"
    return answer(stored)


@router.get("/{zone_id}", summary="One zone", responses=responses(404))
async def get_zone(zone_id: UUID, service: Service, answer: AnswerDep) -> Zone:
    """The ETag is the version for If-Match."""
    return answer(await service.get(zone_id))


@router.patch("/{zone_id}", summary="Change a zone", responses=responses(403, 404, 409, 412))
async def update_zone(
    zone_id: UUID, patch: ZonePatch, service: Service, caller: Caller, answer: AnswerDep, if_match: IfMatch = None
) -> Zone:
    """What is left out stays as it is."""
    return answer(await service.update(zone_id, patch, expected_versions(if_match), caller))


@router.delete("/{zone_id}", status_code=204, summary="Delete a zone", responses=responses(404, 409, 412))
async def delete_zone(
    zone_id: UUID, service: Service, caller: Caller, confirm: Confirm = False, if_match: IfMatch = None
) -> None:
    """Its cameras stay; grants that are limited to it go with it, when that is confirmed."""
    await service.delete(zone_id, expected_versions(if_match), confirm, caller)
