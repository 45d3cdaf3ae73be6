"""Live sessions at the API."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from vedette.http.instants import InstantOut
from vedette.live.sessions.service import Going
from vedette.live.sessions.session import EndReason, Transport
from vedette.live.sessions.sums import Sum
from vedette.live.tables import LiveSessionRow


class LiveViewerOut(BaseModel):
    """Who watches."""

    kind: Literal["session", "token", "ticket", "share", "system", "nobody", "setup"] = Field(
        description="How they came in."
    )
    id: UUID | None = Field(description="Of the user.")
    name: str
    token_name: str | None = Field(description="Of the API token that it came with.")


class _View(BaseModel):
    id: UUID
    viewer: LiveViewerOut
    camera_id: UUID
    camera_name: str
    stream: str = Field(description="`main` or `sub`.")
    quality: str = Field(description="Of a transcoded one; empty: as the camera sends it.")
    transport: Transport
    address: str
    agent: str = Field(description="The program that watches, in short.")
    start: InstantOut
    bytes: int = Field(description="Sent so far.")
    parts_dropped: int = Field(description="Parts or frames left out because they did not keep up.")
    stalls: int | None = Field(description="How often the picture stood still, by the player; null: it told nothing.")
    frames_dropped: int | None = Field(description="Decoded too late to be shown, by the player.")
    first_frame_ms: int | None = Field(description="From asking for the stream to its first picture, by the player.")
    view: str = Field(description="Of its entries in the audit log (`after.view`).")


class LiveSessionOut(_View):
    """A view that goes on. Numbers of views that another api process serves are up to ten seconds old."""

    bytes_per_s: int
    latency_ms: int | None = Field(description="How old the shown picture is, by the player.")
    fps: float | None
    mine: bool = Field(description="One's own.")
    may_end: bool

    @classmethod
    def of(cls, going: Going, *, mine: bool, may_end: bool) -> "LiveSessionOut":
        """At the API."""
        row = going.row
        return cls(
            **_told(row),
            start=row.start_ms,
            bytes_per_s=row.bytes_per_s,
            latency_ms=row.latency_ms,
            fps=row.fps,
            mine=mine,
            may_end=may_end,
        )


class LivePastOut(_View):
    """A view that has ended."""

    end: InstantOut
    exact: bool = Field(description="False: the server stopped while it went on. It ended then or later.")
    end_reason: EndReason = Field(description="Empty: who watched left.")
    median_latency_ms: int | None

    @classmethod
    def of(cls, row: LiveSessionRow) -> "LivePastOut":
        """At the API."""
        return cls(
            **_told(row),
            start=row.start_ms,
            end=row.start_ms if row.end_ms is None else row.end_ms,
            exact=not row.lost,
            end_reason=EndReason(row.end_reason),
            median_latency_ms=row.median_latency_ms,
        )


def _told(row: LiveSessionRow) -> dict[str, object]:
    return {
        "id": row.id,
        "viewer": LiveViewerOut.model_validate(
            {"kind": row.kind, "id": row.user_id, "name": row.user_name, "token_name": row.token_name or None}
        ),
        "camera_id": row.camera_id,
        "camera_name": row.camera_name,
        "stream": row.stream,
        "quality": row.quality,
        "transport": row.transport,
        "address": row.address,
        "agent": row.agent,
        "bytes": row.bytes,
        "parts_dropped": row.parts_dropped,
        "stalls": row.stalls,
        "frames_dropped": row.frames_dropped,
        "first_frame_ms": row.first_frame_ms,
        "view": row.view_id,
    }


class LiveSumOut(BaseModel):
    """Views of an hour or a day."""

    start: InstantOut
    end: InstantOut
    views: int = Field(description="That began in it.")
    hours: float = Field(description="Watched in it, by all together.")
    peak: int = Field(description="The most at once.")
    bytes: int

    @classmethod
    def of(cls, one: Sum) -> "LiveSumOut":
        """At the API."""
        hours = round(one.watched_ms / 3_600_000, 3)
        return cls(start=one.start_ms, end=one.end_ms, views=one.views, hours=hours, peak=one.peak, bytes=one.bytes)


class LiveSumsOut(BaseModel):
    """In the order of time, without a hole."""

    items: list[LiveSumOut]


class LiveWatchingOut(BaseModel):
    """How many watch a camera."""

    viewers: int


class LiveWatchedOut(LiveWatchingOut):
    """How many watch this camera."""

    camera_id: UUID


class LiveWatchedListOut(BaseModel):
    """The cameras that somebody watches; all others nobody does."""

    items: list[LiveWatchedOut]


class LiveClockOut(BaseModel):
    """What time the server has, for a player that tells how old its picture is."""

    now_ms: int
