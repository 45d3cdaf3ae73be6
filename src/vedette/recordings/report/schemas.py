"""The report of a month at the API."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from vedette.http.instants import InstantOut
from vedette.recordings.coverage import Share
from vedette.recordings.report.judge import Verdict
from vedette.recordings.report.month import CameraReport, MonthReport, met


class CoverageShare(BaseModel):
    """What was recorded of what was due."""

    recorded_ms: int
    due_ms: int
    percent: float | None = Field(description="Null where nothing was due.")
    met: bool | None = Field(description="Whether the promise was kept; null where nothing was due.")


class CoverageDay(CoverageShare):
    """One day of a camera."""

    date: date
    start: InstantOut
    length_ms: int = Field(description="23 or 25 hours where clocks change.")
    gaps_ms: dict[str, int] = Field(description="What is missing, by cause; `not_scheduled` is not due.")


class CoverageGap(BaseModel):
    """A span without footage."""

    start: InstantOut
    end: InstantOut
    duration_ms: int
    cause: str
    detail: str


class CoverageCamera(CoverageShare):
    """A month of a camera."""

    camera_id: UUID
    name: str
    slug: str
    days: list[CoverageDay]
    gaps: list[CoverageGap] = Field(description="The longest, in order of time; without those of the plan.")
    gaps_left_out: int

    @staticmethod
    def of_camera(camera: CameraReport, slo: float) -> "CoverageCamera":
        """As the API shows it."""
        return CoverageCamera(
            camera_id=camera.camera_id,
            name=camera.name,
            slug=camera.slug,
            days=[
                CoverageDay(
                    date=day.date,
                    start=day.start_ms,
                    length_ms=day.end_ms - day.start_ms,
                    gaps_ms={cause.value: length for cause, length in day.gaps_ms.items()},
                    **_share(day.share, slo),
                )
                for day in camera.days
            ],
            gaps=[
                CoverageGap(
                    start=gap.start_ms,
                    end=gap.end_ms,
                    duration_ms=gap.end_ms - gap.start_ms,
                    cause=gap.cause.value,
                    detail=gap.detail,
                )
                for gap in camera.gaps
            ],
            gaps_left_out=camera.gaps_left_out,
            **_share(camera.share, slo),
        )


class CoverageReport(CoverageShare):
    """A month of the cameras whose footage the caller may see."""

    month: str
    timezone: str
    start: InstantOut
    end: InstantOut
    promised_percent: float
    cameras: list[CoverageCamera]

    @staticmethod
    def of(found: MonthReport) -> "CoverageReport":
        """As the API shows it."""
        asked = found.asked
        start_ms, end_ms = asked.span
        return CoverageReport(
            month=asked.month,
            timezone=asked.timezone,
            start=start_ms,
            end=end_ms,
            promised_percent=asked.slo,
            cameras=[CoverageCamera.of_camera(camera, asked.slo) for camera in found.cameras],
            **_share(found.share, asked.slo),
        )


def _share(share: Share, slo: float) -> dict[str, Any]:
    told = {"recorded_ms": share.recorded_ms, "due_ms": share.due_ms}
    return {**told, "percent": share.percent, "met": met(share, slo)}


class ReportVerdict(BaseModel):
    """Whether a report is what was signed here."""

    good: bool
    kind: str = Field(description="json, pdf, or unknown")
    kid: str | None = Field(description="The key that signed it.")
    problem: str | None = Field(description="Why not, in words.")
    month: str | None = Field(description="Of JSON: what it says of itself.")
    timezone: str | None
    made: str | None
    made_by: str | None
    cameras: int | None

    @staticmethod
    def of(found: Verdict) -> "ReportVerdict":
        """As the API shows it."""
        return ReportVerdict(
            good=found.good,
            kind=found.kind,
            kid=found.kid,
            problem=found.problem,
            month=found.month,
            timezone=found.timezone,
            made=found.made,
            made_by=found.made_by,
            cameras=found.cameras,
        )
