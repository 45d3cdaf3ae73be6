"""Media tickets, at the API."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

from vedette.access.principal import MediaKind
from vedette.http.instants import InstantIn, InstantOut
from vedette.identity.auth_schemas import Input

MOST_AT_ONCE = 256
LONGEST_MS = 31 * 24 * 3_600_000


class TicketWanted(Input):
    """One camera, one kind of media, of footage one range."""

    camera: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(description="Id or slug.")
    kind: MediaKind = Field(
        description="`live`: the live stream. `playback`: playlists and footage of the range. `still`: pictures, of "
        "now or of the range."
    )
    start: InstantIn | None = None
    end: InstantIn | None = Field(default=None, description="At most 31 days after the start.")

    @model_validator(mode="after")
    def _range(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("give start and end, or neither")
        if self.kind is MediaKind.PLAYBACK and self.start is None:
            raise ValueError("playback needs start and end")
        if self.kind is MediaKind.LIVE and self.start is not None:
            raise ValueError("live has no start and end")
        if self.start is not None and self.end is not None and not 0 < self.end - self.start <= LONGEST_MS:
            raise ValueError("end must be after start, by at most 31 days")
        return self


class TicketsWanted(Input):
    """Tickets for what a page is going to show."""

    items: list[TicketWanted] = Field(min_length=1, max_length=MOST_AT_ONCE)
    seconds: Annotated[int, Field(ge=5, le=3600)] | None = Field(
        default=None, description="For how long; at most, and by default, what the server is set to (5 minutes)."
    )


class TicketGiven(BaseModel):
    """One that was asked for. `ticket` is null where it is refused; `code` and `detail` say why."""

    camera: str = Field(description="As it was asked for.")
    camera_id: UUID | None
    kind: MediaKind
    start: InstantOut | None
    end: InstantOut | None
    ticket: str | None = Field(description="Add it as `?ticket=` to the address.")
    expires_at: InstantOut | None
    expires_in: int | None = Field(description="Seconds for which it is good, for clocks that are wrong.")
    code: str | None = Field(default=None, examples=["camera.not_found"])
    detail: str | None = None


class TicketsGiven(BaseModel):
    """In the order of what was asked for."""

    items: list[TicketGiven]
    next: None = None
