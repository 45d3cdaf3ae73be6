"""/cameras/{camera}/health."""

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from vedette.access.permissions import Permission
from vedette.cameras.directory import find_stream
from vedette.http.access import require
from vedette.http.deps import ClockDep, DatabaseDep
from vedette.http.instants import InstantOut
from vedette.http.problem import responses
from vedette.recordings import repository
from vedette.recordings.health import SPANS, HealthRange, points, window

router = APIRouter(prefix="/cameras", tags=["cameras"])


class HealthPointOut(BaseModel):
    """One point of the charts; `at` is where it begins."""

    at: InstantOut
    fps: float
    bitrate: float = Field(description="Bits per second.")
    key_interval_s: float | None
    jitter_ms: float
    lost_packets: int
    clock_offset_ms: float | None
    drift_ppm: float | None
    reconnects: int
    connected_s: float


class HealthSeries(BaseModel):
    """A stream's health. Times without a point are times without a recorder."""

    stream: Literal["main", "sub"]
    step_s: int = Field(description="Length of one point.")
    points: list[HealthPointOut]


@router.get(
    "/{camera}/health",
    summary="A stream's health over time",
    responses=responses(404),
    dependencies=[require(Permission.CAMERA_VIEW, camera="camera")],
)
async def get_camera_health(
    camera: Annotated[str, Path(max_length=64, description="Id or slug of the camera.")],
    database: DatabaseDep,
    clock: ClockDep,
    span: Annotated[HealthRange, Query(alias="range")] = HealthRange.HOUR,
    stream: Literal["main", "sub"] = "main",
) -> HealthSeries:
    """Points of one, five or thirty minutes over an hour, a day or a week."""
    since, until = window(span, clock.now_ms())
    async with database.read() as session:
        found = await find_stream(session, camera, stream)
        samples = await repository.health(session, found.stream_id, since, until)
    return HealthSeries.model_validate(
        {
            "stream": found.kind,
            "step_s": SPANS[span][1] * 60,
            "points": [{"at": point.minute * 60_000} | asdict(point) for point in points(samples, span)],
        }
    )
