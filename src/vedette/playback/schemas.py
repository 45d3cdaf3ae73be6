"""Playback at the API."""

from pydantic import BaseModel, Field

from vedette.http.instants import InstantOut
from vedette.playback.service import Instant, Lack
from vedette.playback.variants import Variant


class GapOut(BaseModel):
    """A span without footage, and why."""

    start: InstantOut
    end: InstantOut
    cause: str
    detail: str


class Unavailable(BaseModel):
    """Why footage that was recorded can't be had now."""

    code: str = Field(description="`recording.file_missing`, `recording.damaged` or `volume.unreachable`.")
    detail: str
    place: str | None = Field(
        description="The path of its file. Null for who may not see the storage (`storage.view`)."
    )


class InstantFootage(BaseModel):
    """Which footage shows an instant; in a gap, where it goes on."""

    at: InstantOut
    segment_id: str | None = Field(description="Null in a gap.")
    start: InstantOut | None = Field(description="Where that segment begins.")
    key_frame_at: InstantOut | None = Field(description="The key frame from which the instant is decoded.")
    next_footage_at: InstantOut | None = Field(
        description="In a gap, and where footage is unavailable: where it goes on, null when it has not yet."
    )
    previous_footage_end: InstantOut | None = Field(
        description="In a gap, and where footage is unavailable: where that before it ends, null when there is none."
    )
    gap: GapOut | None
    unavailable: Unavailable | None = Field(description="Null where the footage can be had, and in a gap.")
    pending: bool = Field(description="Not recorded yet: in the future, or so young that it is still on its way.")

    @staticmethod
    def of(found: Instant, *, places: bool) -> "InstantFootage":
        """As the API shows it; `places` to who may see the storage."""
        piece, gap = found.footage, found.gap
        return InstantFootage(
            at=found.at_ms,
            segment_id=piece.segment_id if piece else None,
            start=piece.start_ms if piece else None,
            key_frame_at=found.key_frame_ms,
            next_footage_at=found.next_ms,
            previous_footage_end=found.previous_ms,
            gap=GapOut(start=gap.start_ms, end=gap.end_ms, cause=gap.cause, detail=gap.detail) if gap else None,
            unavailable=_unavailable(found.lack, places=places) if found.lack else None,
            pending=found.pending,
        )


def _unavailable(lack: Lack, *, places: bool) -> Unavailable:
    return Unavailable(code=lack.code, detail=lack.detail, place=lack.place if places else None)


class StreamOfSpan(BaseModel):
    """A stream of a camera, as it was recorded over a span."""

    stream: str = Field(description="`main` or `sub`.")
    bandwidth: int = Field(description="Bits per second where it has most of them.")
    average_bandwidth: int = Field(description="Bits per second of the footage on average.")
    codecs: str = Field(description="As in RFC 6381: for `MediaSource.isTypeSupported`.")
    width: int | None = Field(description="Of most of it. Null without a picture.")
    height: int | None
    fps: float | None
    sound: bool
    recorded_ms: int = Field(description="How much footage the files hold that reach into the span.")

    @staticmethod
    def of(found: Variant) -> "StreamOfSpan":
        """As the API shows it."""
        return StreamOfSpan(
            stream=found.stream,
            bandwidth=found.bandwidth,
            average_bandwidth=found.average,
            codecs=found.codecs,
            width=found.width,
            height=found.height,
            fps=found.fps,
            sound=found.sound,
            recorded_ms=found.recorded_ms,
        )


class SpanStreams(BaseModel):
    """Which streams have footage of a span."""

    streams: list[StreamOfSpan] = Field(description="The main one first; those without footage are left out.")
