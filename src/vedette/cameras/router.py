"""/cameras: parse, call, return."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.audit.deps import ViewsDep
from vedette.audit.views import Seen
from vedette.cameras.logins import inside_urls
from vedette.cameras.probing import Prober
from vedette.cameras.schemas import (
    Camera,
    CameraCreate,
    CameraPatch,
    CameraReplace,
    ProbeReport,
    ProbeRequest,
    RecordingStatus,
    SearchText,
)
from vedette.cameras.service import CameraService, Stored
from vedette.cameras.tables import CameraRow
from vedette.cameras.urls import parse_credentials, parse_source_url
from vedette.cameras.views import camera_out, recording_out
from vedette.core.errors import invalid
from vedette.events.recorders import Recorders
from vedette.http.access import Also, Caller, Visible, also_demanded, require, visible
from vedette.http.deps import ClockDep, taken
from vedette.http.etags import IfMatch, etag, expected_versions
from vedette.http.paging import DEFAULT_LIMIT, CursorParam, Limit, Page, decode_cursor, encode_cursor
from vedette.http.problem import responses

router = APIRouter(prefix="/cameras", tags=["cameras"])


class CameraShelf:
    """What the routes share: the service, and the live states to show with its rows."""

    def __init__(self, service: CameraService, recorders: Recorders, started_ms: int) -> None:
        self.service = service
        self._recorders = recorders
        self._started_ms = started_ms

    def recording(self, row: CameraRow, now_ms: int) -> RecordingStatus:
        """Whether the camera is to be recorded, and what its streams do."""
        return recording_out(row, self._recorders.statuses(), self._started_ms, now_ms)

    def show(self, stored: Stored, caller: Principal, now_ms: int) -> Camera:
        """A camera with what its streams are doing now, and what the caller may do with it."""
        allowed = caller.permissions_on(stored.row.id, now_ms)
        statuses = self._recorders.statuses()
        return camera_out(stored.row, stored.has_credentials, stored.login_lost, statuses, self._started_ms, allowed)


CameraKey = Annotated[str, Path(max_length=64, description="Id or slug of the camera.")]


def shelf_of(connection: HTTPConnection) -> CameraShelf:
    """The app's one."""
    shelf: CameraShelf = connection.app.state.cameras
    return shelf


Shelf = Annotated[CameraShelf, taken(shelf_of)]


def prober_of(connection: HTTPConnection) -> Prober:
    """The app's one."""
    prober: Prober = connection.app.state.prober
    return prober


ProberDep = Annotated[Prober, taken(prober_of)]


class Answer:
    """One camera as the answer to its caller, with its version as the ETag."""

    def __init__(self, shelf: Shelf, caller: Caller, clock: ClockDep, response: Response) -> None:
        self._shelf, self._caller, self._clock, self._response = shelf, caller, clock, response

    def __call__(self, stored: Stored) -> Camera:
        self._response.headers["ETag"] = etag(stored.row.version)
        return self._shelf.show(stored, self._caller, self._clock.now_ms())


AnswerDep = Annotated[Answer, Depends()]


@router.get("", summary="List cameras", responses=responses(422))
async def list_cameras(
    shelf: Shelf,
    caller: Caller,
    clock: ClockDep,
    seen: Annotated[Visible, visible(Permission.CAMERA_VIEW)],
    limit: Limit = DEFAULT_LIMIT,
    cursor: CursorParam = None,
    q: Annotated[
        SearchText | None, Query(max_length=100, description="Only cameras with this in name, slug or notes.")
    ] = None,
) -> Page[Camera]:
    """Cameras by name, with what their streams are doing."""
    stored, last = await shelf.service.page(limit, _key(cursor), q, seen.cameras)
    now_ms = clock.now_ms()
    items = [shelf.show(one, caller, now_ms) for one in stored]
    return Page(items=items, next=encode_cursor(last[0], str(last[1])) if last else None)


def _key(cursor: str | None) -> tuple[str, UUID] | None:
    if cursor is None:
        return None
    name, camera_id = decode_cursor(cursor, str, str)
    try:
        return str(name), UUID(str(camera_id))
    except ValueError:
        raise invalid("request.cursor", "This cursor is not one of ours.", field="cursor") from None


@router.post(
    "",
    status_code=201,
    summary="Add a camera",
    responses=responses(409, 422),
    dependencies=[require(Permission.CAMERA_CREATE)],
)
async def create_camera(
    given: CameraCreate, shelf: Shelf, caller: Caller, response: Response, answer: AnswerDep
) -> Camera:
    """A name and an address are enough. Recording begins at once unless `recording_mode` says otherwise."""
    stored = await shelf.service.create(given, caller)
    response.headers["Location"] = f"/api/v1/cameras/{stored.row.id}"
    return answer(stored)


@router.post(
    "/probe",
    summary="Try an address before adding it",
    responses=responses(409, 422, 503),
    dependencies=[require(Permission.CAMERA_CREATE)],
)
async def probe_address(given: ProbeRequest, shelf: Shelf, prober: ProberDep) -> ProbeReport:
    """Connects, watches for some seconds, and says what is there. A camera that does not work is an answer too."""
    if given.name is not None:
        await shelf.service.require_free_name(given.name)
    password = given.password.get_secret_value() if given.password else None
    source = parse_source_url(given.url)
    credentials = inside_urls([source], given.username, password) or parse_credentials(given.username, password)
    return await prober.probe(source, credentials, given.engine)


@router.post(
    "/{camera}/test",
    summary="Try a camera as it is saved, or as it would be after a change",
    responses=responses(404, 409, 422, 503),
    dependencies=[require(Permission.CAMERA_EDIT, camera="camera")],
)
async def probe_camera(
    camera: CameraKey,
    shelf: Shelf,
    prober: ProberDep,
    views: ViewsDep,
    caller: Caller,
    clock: ClockDep,
    changes: CameraPatch | None = None,
    stream: Literal["main", "sub"] = "main",
) -> ProbeReport:
    """Opens a second connection beside the recorder's; some cameras allow only one. With a body the camera is tried as
    it would be after a `PATCH` with it, and refused as that would be; nothing is saved."""
    service = shelf.service
    target = await (service.source_after(camera, stream, changes) if changes else service.source(camera, stream))
    row = (await shelf.service.get(camera)).row
    report = await prober.probe(target.source, target.credentials, target.engine)
    # The picture is for those who may see the camera live, and seeing it is a view.
    if report.snapshot is None or not caller.may(Permission.LIVE_VIEW, row.id, clock.now_ms()):
        return report.model_copy(update={"snapshot": None})
    await views.once(caller, "snapshot.view", Seen(row.id, row.name, stream), what="camera test")
    return report


@router.get(
    "/{camera}",
    summary="One camera",
    responses=responses(404),
    dependencies=[require(Permission.CAMERA_VIEW, camera="camera")],
)
async def get_camera(camera: CameraKey, shelf: Shelf, answer: AnswerDep) -> Camera:
    """The ETag is the version for If-Match."""
    return answer(await shelf.service.get(camera))


@router.put(
    "/{camera}",
    summary="Replace a camera's settings",
    responses=responses(404, 409, 412, 422),
    dependencies=[require(Permission.CAMERA_EDIT, camera="camera")],
)
async def replace_camera(
    camera: CameraKey, given: CameraReplace, shelf: Shelf, caller: Caller, answer: AnswerDep, if_match: IfMatch = None
) -> Camera:
    """What is left out gets its default; only user and password stay when left out, unless the host changes."""
    stored = await shelf.service.replace(camera, given, expected_versions(if_match), caller)
    return answer(stored)


@router.patch(
    "/{camera}",
    summary="Change some of a camera's settings",
    responses=responses(404, 409, 412, 422),
    dependencies=[require(Permission.CAMERA_EDIT, camera="camera")],
)
async def update_camera(
    camera: CameraKey, patch: CameraPatch, shelf: Shelf, caller: Caller, answer: AnswerDep, if_match: IfMatch = None
) -> Camera:
    """What is left out stays as it is."""
    stored = await shelf.service.update(camera, patch, expected_versions(if_match), caller)
    return answer(stored)


@router.delete(
    "/{camera}",
    status_code=204,
    summary="Remove a camera",
    responses=responses(404, 412),
    dependencies=[require(Permission.CAMERA_EDIT, camera="camera")],
)
async def delete_camera(
    camera: CameraKey,
    shelf: Shelf,
    caller: Caller,
    also: Annotated[Also, also_demanded("camera")],
    footage: Annotated[
        Literal["keep", "delete"],
        Query(description="Keep the footage until it ages out, or delete it (but for holds)."),
    ] = "keep",
    if_match: IfMatch = None,
) -> None:
    """Recording ends at once and the stored user and password are forgotten. With its footage only for those who may
    delete that."""
    if footage == "delete":
        await also(Permission.RECORDING_DELETE)
    await shelf.service.delete(camera, footage, expected_versions(if_match), caller)


@router.get(
    "/{camera}/recording/status",
    summary="Whether a camera is recorded",
    responses=responses(404),
    dependencies=[require(Permission.CAMERA_VIEW, camera="camera")],
)
async def get_recording_status(camera: CameraKey, shelf: Shelf, clock: ClockDep) -> RecordingStatus:
    """What is wanted, and what the streams do."""
    stored = await shelf.service.get(camera)
    return shelf.recording(stored.row, clock.now_ms())


@router.post(
    "/{camera}/recording/start",
    summary="Record, whatever the mode says",
    responses=responses(404, 409),
    dependencies=[require(Permission.RECORDING_CONTROL, camera="camera")],
)
async def start_recording(camera: CameraKey, shelf: Shelf, clock: ClockDep, caller: Caller) -> RecordingStatus:
    """Until `stop` or `auto`."""
    stored = await shelf.service.override(camera, "start", caller)
    return shelf.recording(stored.row, clock.now_ms())


@router.post(
    "/{camera}/recording/stop",
    summary="Do not record, whatever the mode says",
    responses=responses(404),
    dependencies=[require(Permission.RECORDING_CONTROL, camera="camera")],
)
async def stop_recording(camera: CameraKey, shelf: Shelf, clock: ClockDep, caller: Caller) -> RecordingStatus:
    """Until `start` or `auto`. The missing time is a gap with the cause `stopped`."""
    stored = await shelf.service.override(camera, "stop", caller)
    return shelf.recording(stored.row, clock.now_ms())


@router.post(
    "/{camera}/recording/auto",
    summary="Follow the recording mode again",
    responses=responses(404),
    dependencies=[require(Permission.RECORDING_CONTROL, camera="camera")],
)
async def follow_recording_mode(camera: CameraKey, shelf: Shelf, clock: ClockDep, caller: Caller) -> RecordingStatus:
    """Ends what `start` or `stop` began."""
    stored = await shelf.service.override(camera, None, caller)
    return shelf.recording(stored.row, clock.now_ms())
