"""/removed-cameras: cameras that were deleted and whose footage may still be there."""

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import Permission
from vedette.audit.log import record
from vedette.cameras.tables import CameraRow
from vedette.cameras.told import entry
from vedette.core.errors import not_found
from vedette.events import outbox
from vedette.http.access import Caller, Visible, require, visible
from vedette.http.deps import ClockDep, DatabaseDep
from vedette.http.instants import InstantOut
from vedette.http.problem import responses

router = APIRouter(prefix="/removed-cameras", tags=["cameras"])


class RemovedCamera(BaseModel):
    """A deleted camera. Playback, coverage and recordings know it by its id as before."""

    id: UUID
    slug: str
    name: str
    created_at: InstantOut
    removed_at: InstantOut
    footage: Literal["keep", "delete"] = Field(description="Whether its footage ages out, or is being deleted.")
    streams: list[Literal["main", "sub"]]
    allowed: list[Permission] = Field(description="What the caller may do with it at this moment.")


class RemovedCameras(BaseModel):
    """All of them."""

    items: list[RemovedCamera]
    next: None = None


@router.get("", summary="List removed cameras")
async def list_removed(
    database: DatabaseDep,
    seen: Annotated[Visible, visible(Permission.PLAYBACK_VIEW)],
    caller: Caller,
    clock: ClockDep,
) -> RemovedCameras:
    """The last removed first, until some time after their last footage is gone; `/storage/stats` says what each has."""
    async with database.read() as session:
        statement = select(CameraRow).where(CameraRow.deleted_ms.is_not(None)).order_by(CameraRow.deleted_ms.desc())
        if seen.cameras is not None:
            statement = statement.where(CameraRow.id.in_(seen.cameras))
        now_ms = clock.now_ms()
        rows = await session.scalars(statement)
        return RemovedCameras(items=[_shown(row, caller.permissions_on(row.id, now_ms)) for row in rows])


@router.delete(
    "/{camera_id}/footage",
    status_code=204,
    summary="Delete the footage of a removed camera",
    responses=responses(404),
    dependencies=[require(Permission.RECORDING_DELETE, camera="camera_id")],
)
async def delete_footage(
    camera_id: Annotated[UUID, Path(description="Id of the removed camera.")],
    database: DatabaseDep,
    clock: ClockDep,
    caller: Caller,
) -> None:
    """All of it, within seconds, but for what is held. Asking again changes nothing."""
    async with database.write() as session:
        row = await _removed(session, camera_id)
        asked_before, row.discard_footage = row.discard_footage, True
        payload = {"camera_id": str(row.id), "slug": row.slug, "name": row.name, "change": "deleted"}
        outbox.emit(session, clock.now_ms(), "camera.changed", payload)
        if not asked_before:
            await record(session, clock.now_ms(), caller, entry("camera.footage_delete", row))


async def _removed(session: AsyncSession, camera_id: UUID) -> CameraRow:
    row = await session.get(CameraRow, camera_id)
    if row is None or row.deleted_ms is None:
        raise not_found("camera.not_found", f"No removed camera has the id {camera_id}.")
    return row


def _shown(row: CameraRow, allowed: Iterable[Permission]) -> RemovedCamera:
    return RemovedCamera.model_validate(
        {
            "id": row.id,
            "slug": row.slug,
            "name": row.name,
            "created_at": row.created_ms,
            "removed_at": row.deleted_ms,
            "footage": "delete" if row.discard_footage else "keep",
            "streams": [stream.kind for stream in row.streams],
            "allowed": sorted(allowed),
        }
    )
