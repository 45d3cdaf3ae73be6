"""/walls: saved layouts of the Live page, one's own and those shared with one's roles."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.core.errors import invalid
from vedette.http.access import Caller, require, signed_in
from vedette.http.deps import taken
from vedette.http.etags import IfMatch, etag, expected_versions
from vedette.http.paging import DEFAULT_LIMIT, CursorParam, Limit, Page, decode_cursor, encode_cursor
from vedette.http.problem import responses
from vedette.walls.schemas import Wall, WallCreate, WallPatch, WallRole, WallTile, WallZone
from vedette.walls.service import SeenWall, WallService

router = APIRouter(prefix="/walls", tags=["walls"])


def service_of(connection: HTTPConnection) -> WallService:
    """The app's one."""
    service: WallService = connection.app.state.walls
    return service


Service = Annotated[WallService, taken(service_of)]


def _out(seen: SeenWall) -> Wall:
    row = seen.stored.row
    return Wall.model_validate(
        {
            "id": row.id,
            "name": row.name,
            "own": seen.own,
            "owner": seen.stored.owner,
            "layout": row.layout,
            "source": row.source,
            "zone_id": seen.zone.id if seen.zone else None,
            "zone": seen.zone.name if seen.zone else None,
            "tiles": [
                WallTile.model_validate({"place": one.place, "camera_id": one.camera_id, "stream": one.stream})
                for one in seen.tiles
            ],
            "hidden": seen.hidden,
            "sequence": row.sequence,
            "sequence_seconds": row.sequence_seconds,
            "shared_with": [WallRole(id=role.id, name=role.name) for role in seen.roles],
            "created_at": row.created_ms,
            "updated_at": row.updated_ms,
        }
    )


def _answer(seen: SeenWall, response: Response) -> Wall:
    """With its version as the ETag."""
    response.headers["ETag"] = etag(seen.stored.row.version)
    return _out(seen)


@router.get("", summary="List walls", dependencies=[signed_in()])
async def list_walls(
    service: Service, caller: Caller, limit: Limit = DEFAULT_LIMIT, cursor: CursorParam = None
) -> Page[Wall]:
    """One's own and those shared with one's roles, the oldest first. Who manages users sees every shared one."""
    walls, last = await service.page(caller, limit, _key(cursor))
    return Page(items=[_out(one) for one in walls], next=encode_cursor(str(last)) if last else None)


def _key(cursor: str | None) -> UUID | None:
    try:
        return None if cursor is None else UUID(str(decode_cursor(cursor, str)[0]))
    except ValueError:
        raise invalid("request.cursor", "This cursor is not one of ours.", field="cursor") from None


@router.post("", status_code=201, summary="Save a wall", responses=responses(403, 409), dependencies=[signed_in()])
async def create_wall(given: WallCreate, service: Service, caller: Caller, response: Response) -> Wall:
    """It belongs to the caller."""
    made = await service.create(given, caller)
    response.headers["Location"] = f"/api/v1/walls/{made.stored.row.id}"
    return _answer(made, response)


@router.get("/zones", summary="Zones to look at", dependencies=[signed_in()])
async def list_wall_zones(service: Service, caller: Caller) -> Page[WallZone]:
    """By name: those with a camera that the caller may see, and these cameras."""
    zones = await service.zones(caller)
    return Page(items=[WallZone(id=one.id, name=one.name, cameras=sorted(one.cameras)) for one in zones], next=None)


@router.get("/roles", summary="Roles to share walls with", dependencies=[require(Permission.WALL_SHARE)])
async def list_wall_roles(service: Service) -> Page[WallRole]:
    """Built-in ones first, then by name."""
    return Page(items=[WallRole(id=role.id, name=role.name) for role in await service.roles()], next=None)


@router.get("/{wall_id}", summary="One wall", responses=responses(404), dependencies=[signed_in()])
async def get_wall(wall_id: UUID, service: Service, caller: Caller, response: Response) -> Wall:
    """The ETag is the version for If-Match."""
    return _answer(await service.get(wall_id, caller), response)


@router.patch(
    "/{wall_id}", summary="Change a wall", responses=responses(403, 404, 409, 412), dependencies=[signed_in()]
)
async def update_wall(
    wall_id: UUID, patch: WallPatch, service: Service, caller: Caller, response: Response, if_match: IfMatch = None
) -> Wall:
    """One's own. What is left out stays as it is."""
    return _answer(await service.update(wall_id, patch, expected_versions(if_match), caller), response)


@router.delete(
    "/{wall_id}",
    status_code=204,
    summary="Delete a wall",
    responses=responses(403, 404, 412),
    dependencies=[signed_in()],
)
async def delete_wall(wall_id: UUID, service: Service, caller: Caller, if_match: IfMatch = None) -> None:
    """One's own; who manages users also shared ones of others."""
    await service.delete(wall_id, expected_versions(if_match), caller)
