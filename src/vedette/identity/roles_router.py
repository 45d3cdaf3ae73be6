"""/roles: sets of permissions, built-in and custom."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import IMPLIED, IMPLYING, OF_A_CAMERA, OF_PEOPLE, UNUSED, Permission
from vedette.http.access import Caller, require, signed_in
from vedette.http.deps import taken
from vedette.http.etags import IfMatch, etag, expected_versions
from vedette.http.paging import Page
from vedette.http.problem import responses
from vedette.identity.access_schemas import PermissionOut, Role, RoleCreate, RolePatch
from vedette.identity.roles_service import RoleService, StoredRole

router = APIRouter(prefix="/roles", tags=["access"], dependencies=[require(Permission.USER_MANAGE)])

permissions = APIRouter(tags=["access"], dependencies=[signed_in()])


def service_of(connection: HTTPConnection) -> RoleService:
    """The app's one."""
    service: RoleService = connection.app.state.roles
    return service


Service = Annotated[RoleService, taken(service_of)]
Confirm = Annotated[bool, Query(description="Also withdraw the grants that would go with it; without it that is 409.")]


def _shown(stored: StoredRole) -> Role:
    row = stored.row
    return Role(
        id=row.id,
        name=row.name,
        description=row.description,
        built_in=row.built_in,
        permissions=sorted(stored.permissions),
        grants=stored.grants,
    )


def _answer(stored: StoredRole, response: Response) -> Role:
    response.headers["ETag"] = etag(stored.row.version)
    return _shown(stored)


@router.get("", summary="List roles")
async def list_roles(service: Service) -> Page[Role]:
    """Built-in ones first, then by name."""
    return Page(items=[_shown(one) for one in await service.every()], next=None)


@router.post("", status_code=201, summary="Add a role", responses=responses(403, 409))
async def create_role(given: RoleCreate, service: Service, caller: Caller, response: Response) -> Role:
    """With permissions that one has oneself."""
    stored = await service.create(given, caller)
    response.headers["Location"] = f"/api/v1/roles/{stored.row.id}"
    return _answer(stored, response)


@router.get("/{role_id}", summary="One role", responses=responses(404))
async def get_role(role_id: UUID, service: Service, response: Response) -> Role:
    """The ETag is the version for If-Match."""
    return _answer(await service.get(role_id), response)


@router.patch("/{role_id}", summary="Change a role", responses=responses(403, 404, 409, 412))
async def update_role(
    role_id: UUID, patch: RolePatch, service: Service, caller: Caller, response: Response, if_match: IfMatch = None
) -> Role:
    """What is left out stays as it is."""
    return _answer(await service.update(role_id, patch, expected_versions(if_match), caller), response)


@router.delete("/{role_id}", status_code=204, summary="Delete a role", responses=responses(404, 409, 412))
async def delete_role(
    role_id: UUID, service: Service, caller: Caller, confirm: Confirm = False, if_match: IfMatch = None
) -> None:
    """Built-in roles stay. Grants of it go with it, when that is confirmed."""
    await service.delete(role_id, expected_versions(if_match), confirm, caller)


@permissions.get("/permissions", summary="What can be permitted")
async def list_permissions() -> Page[PermissionOut]:
    """All permissions there are, for a table of roles."""
    items = [
        PermissionOut(
            name=one,
            of_a_camera=one in OF_A_CAMERA,
            implies=[IMPLIED] if one in IMPLYING else [],
            for_tokens=one not in OF_PEOPLE,
            used=one not in UNUSED,
        )
        for one in Permission
    ]
    return Page(items=items, next=None)
