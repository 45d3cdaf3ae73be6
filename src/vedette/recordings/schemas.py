"""Recordings, coverage and the calendar at the API."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from vedette.http.instants import InstantOut
from vedette.recordings import service
from vedette.recordings.days import Day

_DUE = "What should have been recorded: passed, since the camera was added, and not off by its plan."
_PERCENT = "`recorded_ms` of `due_ms`; null where nothing is due."


class Recording(BaseModel):
    """One file of a stream."""

    id: UUID
    camera_id: UUID
    stream: str = Field(description="main or sub")
    start: InstantOut
    end: InstantOut = Field(description="Of an open recording: as far as is known now.")
    duration_ms: int
    bytes: int
    state: str = Field(description="open, closed or damaged")
    codecs: str = Field(description="RFC 6381", examples=["avc1.640028,mp4a.40.2"])
    width: int | None
    height: int | None
    sha256: str | None = Field(description="Of the recorded bytes; null while it is open.")
    volume_id: int
    path: str = Field(description="Relative to the volume.")
    held: bool = Field(description="Whether a hold keeps it from deletion.")
    gap_before: str | None = Field(description="The cause of the gap that it follows; null where it follows none.")
    gap_after: str | None = Field(description="The cause of the gap that follows it.")

    @staticmethod
    def of(found: service.Recording) -> "Recording":
        """As the API shows it."""
        segment = found.segment
        return Recording(
            id=segment.id,
            camera_id=found.camera_id,
            stream=found.stream,
            start=segment.start_ms,
            end=segment.end_ms,
            duration_ms=segment.end_ms - segment.start_ms,
            bytes=segment.bytes,
            state=segment.state,
            codecs=found.codecs,
            width=found.width,
            height=found.height,
            sha256=segment.sha256,
            volume_id=segment.volume_id,
            path=segment.path,
            held=found.held,
            gap_before=found.gap_before,
            gap_after=found.gap_after,
        )


class Gap(BaseModel):
    """A span without footage, and why."""

    start_ms: int
    end_ms: int
    cause: str
    detail: str


class CameraCoverage(BaseModel):
    """What is recorded of one camera. Spans and gaps are disjoint and in order, in milliseconds since 1970."""

    camera_id: UUID
    stream: str
    spans: list[tuple[int, int]]
    gaps: list[Gap]
    recorded_ms: int
    due_ms: int = Field(description=_DUE)
    percent: float | None = Field(description=_PERCENT)

    @staticmethod
    def of(found: service.CameraCoverage) -> "CameraCoverage":
        """As the API shows it."""
        covered = found.coverage
        return CameraCoverage(
            camera_id=found.camera_id,
            stream=found.stream,
            spans=list(covered.spans),
            gaps=[
                Gap(start_ms=gap.start_ms, end_ms=gap.end_ms, cause=gap.cause, detail=gap.detail)
                for gap in covered.gaps
            ],
            recorded_ms=covered.share.recorded_ms,
            due_ms=covered.share.due_ms,
            percent=covered.share.percent,
        )


class Coverage(BaseModel):
    """What is recorded of several cameras, in the order asked."""

    start: InstantOut
    end: InstantOut
    cameras: list[CameraCoverage]


class CalendarDay(BaseModel):
    """One day."""

    date: date
    recorded_ms: int
    due_ms: int = Field(description=_DUE)
    percent: float | None = Field(description=_PERCENT)

    @staticmethod
    def of(day: Day) -> "CalendarDay":
        """As the API shows it."""
        share = day.share
        return CalendarDay(date=day.date, recorded_ms=share.recorded_ms, due_ms=share.due_ms, percent=share.percent)


class Calendar(BaseModel):
    """How much of each day of a month is recorded."""

    month: str
    timezone: str
    days: list[CalendarDay]


class CameraDays(BaseModel):
    """The days of one camera, in the order of `dates`."""

    camera_id: UUID
    recorded_ms: list[int]
    due_ms: list[int] = Field(description=_DUE)
    causes: list[str | None] = Field(description="What took most of what is missing; null where nothing is.")


class CoverageDays(BaseModel):
    """How much of each day of a month is recorded of several cameras, in the order asked."""

    month: str
    timezone: str
    dates: list[date]
    cameras: list[CameraDays]

    @staticmethod
    def of(month: str, timezone: str, found: list[tuple[UUID, list[Day]]]) -> "CoverageDays":
        """As the API shows it."""
        return CoverageDays(
            month=month,
            timezone=timezone,
            dates=[day.date for day in found[0][1]],
            cameras=[
                CameraDays(
                    camera_id=camera_id,
                    recorded_ms=[day.share.recorded_ms for day in days],
                    due_ms=[day.share.due_ms for day in days],
                    causes=[day.cause for day in days],
                )
                for camera_id, days in found
            ],
        )
