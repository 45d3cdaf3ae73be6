"""What is found, at the API."""

from uuid import UUID

from pydantic import BaseModel, Field

from vedette.http.instants import InstantOut
from vedette.recordings.search.repository import FoundGap, GapSums, Sums


class RecordingSums(BaseModel):
    """All recordings that fit, whatever the list shows."""

    count: int
    duration_ms: int = Field(description="Of whole recordings, also where only a part lies in the span.")
    bytes: int
    start: InstantOut | None = Field(description="Where the first one begins; null without any.")
    end: InstantOut | None

    @staticmethod
    def of(found: Sums) -> "RecordingSums":
        """As the API shows them."""
        return RecordingSums(
            count=found.count,
            duration_ms=found.duration_ms,
            bytes=found.bytes,
            start=found.first_ms,
            end=found.last_ms,
        )


class StreamGap(BaseModel):
    """A span of a stream without footage, as it was noted."""

    id: int
    camera_id: UUID
    stream: str = Field(description="main or sub")
    start: InstantOut
    end: InstantOut | None = Field(description="Null while it lasts.")
    duration_ms: int = Field(description="Up to now, while it lasts.")
    cause: str
    detail: str

    @staticmethod
    def of(found: FoundGap, now_ms: int) -> "StreamGap":
        """As the API shows it."""
        return StreamGap(
            id=found.id,
            camera_id=found.camera_id,
            stream=found.stream,
            start=found.start_ms,
            end=found.end_ms,
            duration_ms=max(0, (now_ms if found.end_ms is None else found.end_ms) - found.start_ms),
            cause=found.cause,
            detail=found.detail,
        )


class CauseSums(BaseModel):
    """The gaps of one cause."""

    cause: str
    count: int
    duration_ms: int = Field(description="Each to its own end, also beyond the span.")


class StreamGapSums(BaseModel):
    """All gaps that fit, by cause, the longest first."""

    count: int
    duration_ms: int
    causes: list[CauseSums]

    @staticmethod
    def of(found: list[GapSums]) -> "StreamGapSums":
        """As the API shows them."""
        return StreamGapSums(
            count=sum(one.count for one in found),
            duration_ms=sum(one.duration_ms for one in found),
            causes=[CauseSums(cause=one.cause, count=one.count, duration_ms=one.duration_ms) for one in found],
        )
