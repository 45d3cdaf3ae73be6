"""/playback/{camera}/find: when a region of the picture changed."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.audit.deps import ViewsDep
from vedette.http.access import Caller, require
from vedette.http.deps import ClockDep, taken
from vedette.http.lasting import Lasting
from vedette.http.problem import responses
from vedette.playback.find.response import FindResponse
from vedette.playback.find.schemas import FindLine, FindRequest
from vedette.playback.find.service import FindService

router = APIRouter(prefix="/playback", tags=["playback"])


def service_of(connection: HTTPConnection) -> FindService:
    """The process's one."""
    service: FindService = connection.app.state.find
    return service


Service = Annotated[FindService, taken(service_of)]


@router.post(
    "/{camera}/find",
    response_class=FindResponse,
    status_code=200,  # else FastAPI looks for it in the arguments of the response
    summary="Find when a region changed",
    responses={200: {"model": FindLine, "description": "Lines of JSON, each a FindLine."}, **responses(404, 429, 503)},
    dependencies=[require(Permission.PLAYBACK_VIEW, camera="camera")],
)
async def find_changes(
    camera: Annotated[str, Path(max_length=100, description="Id or slug.")],
    wanted: FindRequest,
    request: Request,
    service: Service,
    caller: Caller,
    clock: ClockDep,
    views: ViewsDep,
) -> FindResponse:
    """Looks at the key frames of the recordings and tells what it finds as it finds it, oldest first, a line of JSON
    each. Close the connection to cancel. What came and went between two key frames is not seen."""
    search = await service.prepare(camera, wanted.wanted)
    return FindResponse(service, search, Lasting(request, caller, clock), views)
