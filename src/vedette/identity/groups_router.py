"""/groups: people who are granted the same."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.http.access import Caller, require
from vedette.http.deps import taken
from vedette.http.etags import IfMatch, etag, expected_versions
from vedette.http.paging import Page
from vedette.http.problem import responses
from vedette.identity.access_schemas import Group, GroupCreate, GroupPatch, Member
from vedette.identity.groups_service import GroupService, StoredGroup

router = APIRouter(prefix="/groups", tags=["access"], dependencies=[require(Permission.USER_MANAGE)])


def service_of(connection: HTTPConnection) -> GroupService:
    """The app's one."""
    service: GroupService = connection.app.state.groups
    return service


Service = Annotated[GroupService, taken(service_of)]
Confirm = Annotated[bool, Query(description="Also withdraw the grants that would go with it; without it that is 409.")]


def _shown(stored: StoredGroup) -> Group:
    row = stored.row
    return Group(
        id=row.id,
        name=row.name,
        description=row.description,
        members=[Member.model_validate(asdict(member)) for member in stored.members],
        grants=stored.grants,
    )


def _answer(stored: StoredGroup, response: Response) -> Group:
    response.headers["ETag"] = etag(stored.row.version)
    return _shown(stored)


@router.get("", summary="List groups")
async def list_groups(service: Service) -> Page[Group]:
    """By name."""
    return Page(items=[_shown(one) for one in await service.every()], next=None)


@router.post("", status_code=201, summary="Add a group", responses=responses(403, 409))
async def create_group(given: GroupCreate, service: Service, caller: Caller, response: Response) -> Group:
    """Its members get what it is granted."""
    stored = await service.create(given, caller)
    response.headers["Location"] = f"/api/v1/groups/{stored.row.id}"
    return _answer(stored, response)


@router.get("/{group_id}", summary="One group", responses=responses(404))
async def get_group(group_id: UUID, service: Service, response: Response) -> Group:
    """The ETag is the version for If-Match."""
    return _answer(await service.get(group_id), response)


@router.patch("/{group_id}", summary="Change a group", responses=responses(403, 404, 409, 412))
async def update_group(
    group_id: UUID, patch: GroupPatch, service: Service, caller: Caller, response: Response, if_match: IfMatch = None
) -> Group:
    """What is left out stays as it is."""
    return _answer(await service.update(group_id, patch, expected_versions(if_match), caller), response)


@router.delete("/{group_id}", status_code=204, summary="Delete a group", responses=responses(404, 409, 412))
async def delete_group(
    group_id: UUID, service: Service, caller: Caller, confirm: Confirm = False, if_match: IfMatch = None
) -> None:
    """Its members stay; its grants go with it, when that is confirmed."""
    await service.delete(group_id, expected_versions(if_match), confirm, caller)
