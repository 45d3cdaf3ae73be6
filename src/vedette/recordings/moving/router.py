"""/storage/moves: moving footage to another volume."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints, model_validator
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.http.access import Caller, Visible, require
from vedette.http.deps import ClockDep, taken
from vedette.http.instants import InstantIn, InstantOut
from vedette.http.problem import responses
from vedette.recordings.moving.service import MoveService, Wish
from vedette.recordings.router import Service as Recordings
from vedette.recordings.tables_moving import MoveRow

router = APIRouter(prefix="/storage/moves", tags=["storage"])

_DAY_MS = 86_400_000
Key = Annotated[StrictInt, Field(ge=1, lt=2**31)]
MANAGE = [require(Permission.STORAGE_MANAGE)]


def service_of(connection: HTTPConnection) -> MoveService:
    """The process's one."""
    service: MoveService = connection.app.state.moves
    return service


Service = Annotated[MoveService, taken(service_of)]


class MoveAsked(BaseModel):
    """Closed footage that ended before `end`, or that is older than so many days. One of the two must be given."""

    model_config = ConfigDict(extra="forbid")

    volume_id: Key = Field(description="Where to.")
    older_than_days: Annotated[StrictInt, Field(ge=0, le=36_500)] | None = None
    start: InstantIn | None = Field(default=None, description="Only files that begin at or after this.")
    end: InstantIn | None = None
    camera_id: Annotated[str, StringConstraints(max_length=100)] | None = Field(
        default=None, description="Id or slug; null for all."
    )
    from_volume_id: Key | None = Field(default=None, description="Null for all others.")

    @model_validator(mode="after")
    def _one_end(self) -> "MoveAsked":
        if (self.end is None) == (self.older_than_days is None):
            raise ValueError("give either older_than_days or end")
        return self


class Move(BaseModel):
    """How far a move is. `detail` says what it waits for or what was wrong."""

    id: UUID
    volume_id: int
    from_volume_id: int | None
    camera_id: UUID | None
    start: InstantOut | None
    end: InstantOut
    asked_by: str
    state: str = Field(description="waiting, running, done, failed (some files stay where they were) or cancelled")
    detail: str
    created_at: InstantOut
    started_at: InstantOut | None
    ended_at: InstantOut | None
    files: int
    bytes: int
    files_done: int
    bytes_done: int
    files_failed: int

    @staticmethod
    def of(row: MoveRow) -> "Move":
        """As the API shows it."""
        names = ("id", "volume_id", "from_volume_id", "camera_id", "asked_by", "state", "detail", "files", "bytes")
        same: dict[str, Any] = {
            name: getattr(row, name) for name in (*names, "files_done", "bytes_done", "files_failed")
        }
        return Move(
            **same,
            start=row.start_ms,
            end=row.end_ms,
            created_at=row.created_ms,
            started_at=row.started_ms,
            ended_at=row.ended_ms,
        )


class MoveList(BaseModel):
    """The newest moves."""

    items: list[Move]
    next: None = None


@router.post("", status_code=202, summary="Move footage", responses=responses(404, 409), dependencies=MANAGE)
async def move_footage(
    asked: MoveAsked, service: Service, recordings: Recordings, caller: Caller, clock: ClockDep
) -> Move:
    """Each file is copied, read back and compared, and only then deleted where it was. It goes on beside everything
    else, and survives restarts."""
    camera = None
    if asked.camera_id is not None:
        seen = Visible.of(caller, Permission.CAMERA_VIEW, clock.now_ms())
        (camera,) = await recordings.cameras([asked.camera_id], seen.demand)
    end_ms = asked.end
    if end_ms is None:
        end_ms = clock.now_ms() - (asked.older_than_days or 0) * _DAY_MS
    wish = Wish(asked.volume_id, end_ms, asked.start, camera, asked.from_volume_id)
    return Move.of(await service.ask(wish, caller))


@router.get("", summary="List moves", dependencies=MANAGE)
async def list_moves(service: Service) -> MoveList:
    """The newest first; those that ended a month ago are forgotten."""
    return MoveList(items=[Move.of(row) for row in await service.every()])


@router.get("/{move_id}", summary="One move", responses=responses(404), dependencies=MANAGE)
async def get_move(move_id: UUID, service: Service) -> Move:
    """How far it is."""
    return Move.of(await service.get(move_id))


@router.post("/{move_id}/cancel", summary="Call a move off", responses=responses(404), dependencies=MANAGE)
async def cancel_move(move_id: UUID, service: Service, caller: Caller) -> Move:
    """What is moved stays moved."""
    return Move.of(await service.cancel(move_id, caller))
