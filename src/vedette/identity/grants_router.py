"""/grants: who has which role, where and when."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.core.errors import invalid
from vedette.http.access import Caller, require
from vedette.http.deps import ClockDep, taken
from vedette.http.paging import DEFAULT_LIMIT, CursorParam, Limit, Page, decode_cursor, encode_cursor
from vedette.http.problem import responses
from vedette.identity.access_schemas import GrantCreate, GrantOut
from vedette.identity.grants_service import GrantFilter, GrantService, StoredGrant

router = APIRouter(prefix="/grants", tags=["access"], dependencies=[require(Permission.USER_MANAGE)])


def service_of(connection: HTTPConnection) -> GrantService:
    """The app's one."""
    service: GrantService = connection.app.state.grants
    return service


Service = Annotated[GrantService, taken(service_of)]


def _shown(stored: StoredGrant, now_ms: int) -> GrantOut:
    row = stored.row
    return GrantOut(
        id=row.id,
        user_id=row.user_id,
        group_id=row.group_id,
        subject=stored.subject,
        role_id=row.role_id,
        role=stored.role,
        zone_id=row.zone_id,
        zone=stored.zone,
        camera_id=row.camera_id,
        valid_from=row.from_ms,
        valid_until=row.until_ms,
        hours=row.hours,
        in_force=stored.in_force(now_ms),
        source=stored.row.source,
        created_at=row.created_ms,
    )


@router.get("", summary="List grants")
async def list_grants(
    service: Service,
    clock: ClockDep,
    user_id: Annotated[UUID | None, Query(description="Of this user, without those of their groups.")] = None,
    group_id: UUID | None = None,
    role_id: UUID | None = None,
    zone_id: UUID | None = None,
    camera_id: UUID | None = None,
    by_groups: Annotated[bool, Query(description="With `user_id`: also those of their groups.")] = False,
    limit: Limit = DEFAULT_LIMIT,
    cursor: CursorParam = None,
) -> Page[GrantOut]:
    """The oldest first."""
    wanted = GrantFilter(user_id, group_id, role_id, zone_id, camera_id, by_groups)
    found, last = await service.page(wanted, limit, _key(cursor))
    now_ms = clock.now_ms()
    return Page(items=[_shown(one, now_ms) for one in found], next=encode_cursor(str(last)) if last else None)


def _key(cursor: str | None) -> UUID | None:
    if cursor is None:
        return None
    (grant_id,) = decode_cursor(cursor, str)
    try:
        return UUID(str(grant_id))
    except ValueError:
        raise invalid("request.cursor", "This cursor is not one of ours.", field="cursor") from None


@router.post("", status_code=201, summary="Give a role", responses=responses(403))
async def create_grant(
    given: GrantCreate, service: Service, caller: Caller, clock: ClockDep, response: Response
) -> GrantOut:
    """To a user or a group; everywhere, or in a zone, or on one camera. It counts at once. A grant is not edited: it is
    withdrawn and given anew."""
    stored = await service.create(given, caller)
    response.headers["Location"] = f"/api/v1/grants/{stored.row.id}"
    return _shown(stored, clock.now_ms())


@router.get("/{grant_id}", summary="One grant", responses=responses(404))
async def get_grant(grant_id: UUID, service: Service, clock: ClockDep) -> GrantOut:
    """With the names of what it is made of."""
    return _shown(await service.get(grant_id), clock.now_ms())


@router.delete("/{grant_id}", status_code=204, summary="Withdraw a role", responses=responses(404, 409))
async def delete_grant(grant_id: UUID, service: Service, caller: Caller) -> None:
    """It counts at once; open sockets end within seconds. Refused for the last one that gives admin everywhere."""
    await service.delete(grant_id, caller)
