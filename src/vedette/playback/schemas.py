"""Playback at the API."""

from pydantic import BaseModel, Field

from vedette.http.instants import InstantOut
from vedette.playback.service import Instant


class GapOut(BaseModel):
    """A span without footage, and why."""

    start: InstantOut
    end: InstantOut
    cause: str
    detail: str


class InstantFootage(BaseModel):
    """Which footage shows an instant; in a gap, where it goes on."""

    at: InstantOut
    segment_id: str | None = Field(description="Null in a gap.")
    start: InstantOut | None = Field(description="Where that segment begins.")
    key_frame_at: InstantOut | None = Field(description="The key frame from which the instant is decoded.")
    next_footage_at: InstantOut | None = Field(description="In a gap: where footage goes on, null when it has not yet.")
    gap: GapOut | None
    pending: bool = Field(description="Not recorded yet: in the future, or so young that it is still on its way.")

    @staticmethod
    def of(found: Instant) -> "InstantFootage":
        """As the API shows it."""
        piece, gap = found.footage, found.gap
        return InstantFootage(
            at=found.at_ms,
            segment_id=piece.segment_id if piece else None,
            start=piece.start_ms if piece else None,
            key_frame_at=found.key_frame_ms,
            next_footage_at=found.next_ms,
            gap=GapOut(start=gap.start_ms, end=gap.end_ms, cause=gap.cause, detail=gap.detail) if gap else None,
            pending=found.pending,
        )
