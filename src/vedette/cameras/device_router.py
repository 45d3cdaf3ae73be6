"""/cameras/{camera}/ptz and /talk: what a device does beside sending pictures.

Who may ask is decided here; whether a device can do it say its capabilities. What it can't is refused with 409
`ptz.unsupported`, `presets.unsupported` or `talk.unsupported`, so that programs need not know cameras by heart.
"""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from vedette.access.permissions import Permission
from vedette.cameras.router import CameraKey, Shelf
from vedette.cameras.schemas import Capabilities
from vedette.cameras.views import capabilities_of
from vedette.core.errors import ErrorKind, VedetteError
from vedette.http.access import require
from vedette.http.paging import Page
from vedette.http.problem import responses

router = APIRouter(prefix="/cameras/{camera}", tags=["cameras"])

MOVE = require(Permission.PTZ_CONTROL, camera="camera")
TALK = require(Permission.TALK, camera="camera")
Speed = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
_CANNOT = {"ptz": "can't be moved", "presets": "has no positions to go to", "talk": "can't be spoken through"}


class Movement(BaseModel):
    """Speeds from -1 to 1; all zero stops. A movement ends by itself after two seconds, unless it is repeated."""

    model_config = ConfigDict(extra="forbid")

    pan: Speed = Field(default=0, description="To the right.")
    tilt: Speed = Field(default=0, description="Up.")
    zoom: Speed = Field(default=0, description="Nearer.")


class Preset(BaseModel):
    """A position that the device knows by name."""

    token: str
    name: str


PresetToken = Annotated[str, Path(max_length=64, description="`token` of a preset.")]


@router.post("/ptz/move", status_code=204, summary="Move a camera", responses=responses(404, 409), dependencies=[MOVE])
async def move_camera(camera: CameraKey, given: Movement, shelf: Shelf) -> None:
    """Refused with `ptz.unsupported` where the device can't."""
    await _need(shelf, camera, "ptz")


@router.get("/ptz/presets", summary="A camera's positions", responses=responses(404, 409), dependencies=[MOVE])
async def list_presets(camera: CameraKey, shelf: Shelf) -> Page[Preset]:
    """Refused with `presets.unsupported` where the device has none."""
    await _need(shelf, camera, "presets")
    return Page(items=[], next=None)


@router.post(
    "/ptz/presets/{preset}/go",
    status_code=204,
    summary="Move a camera to a position",
    responses=responses(404, 409),
    dependencies=[MOVE],
)
async def go_to_preset(camera: CameraKey, preset: PresetToken, shelf: Shelf) -> None:
    """Refused with `presets.unsupported` where the device has none."""
    await _need(shelf, camera, "presets")


@router.post(
    "/talk", status_code=204, summary="Speak through a camera", responses=responses(404, 409), dependencies=[TALK]
)
async def talk_to_camera(camera: CameraKey, shelf: Shelf) -> None:
    """Refused with `talk.unsupported` where the device has no loudspeaker."""
    await _need(shelf, camera, "talk")


async def _need(shelf: Shelf, camera: str, ability: str) -> None:
    """Raises VedetteError `camera.not_found`, or `{ability}.unsupported`."""
    row = (await shelf.service.get(camera)).row
    able: Capabilities = capabilities_of(row)
    if not getattr(able, ability):
        raise VedetteError(
            ErrorKind.CONFLICT,
            f"{ability}.unsupported",
            f"{row.name} {_CANNOT[ability]}, as far as Vedette knows. Its capabilities say what it can do.",
        )
