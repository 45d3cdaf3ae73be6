"""Share links, at the API."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, SecretStr, StringConstraints, model_validator

from vedette.http.instants import InstantIn, InstantOut
from vedette.identity.access_schemas import Description
from vedette.identity.auth_schemas import Input

LONGEST_MS = 24 * 3_600_000
SHORTEST_PASSWORD = 6


def _long_enough(password: SecretStr) -> SecretStr:
    if len(password.get_secret_value()) < SHORTEST_PASSWORD:
        raise ValueError(f"must have at least {SHORTEST_PASSWORD} characters")
    return password


LinkPassword = Annotated[SecretStr, Field(max_length=256), AfterValidator(_long_enough)]
Ticket = Annotated[str, StringConstraints(max_length=200)]


class ShareLinkCreate(Input):
    """A range of one camera's footage for people without an account."""

    camera: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(description="Id or slug.")
    start: InstantIn
    end: InstantIn = Field(description="At most a day after the start.")
    expires_at: InstantIn = Field(description="The link is no good from then on.")
    password: LinkPassword | None = Field(default=None, description="Asked for before anything is shown.")
    most_views: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        default=None, description="How often it can be opened."
    )
    note: Description = Field(default="", description="For whom or why; whoever opens the link reads it.")

    @model_validator(mode="after")
    def _span(self) -> Self:
        if not 0 < self.end - self.start <= LONGEST_MS:
            raise ValueError("end must be after start, by at most a day")
        return self


class ShareLink(BaseModel):
    """A link without its token."""

    id: UUID
    user_id: UUID
    username: str = Field(description="Who made it.")
    camera_id: UUID
    camera_name: str | None = Field(description="Null for who may not see the camera.")
    start: InstantOut
    end: InstantOut
    note: str
    password: bool = Field(description="Whether one is asked for.")
    state: Literal["active", "expired", "withdrawn", "used_up"]
    expires_at: InstantOut
    most_views: int | None
    views: int
    last_view_at: InstantOut | None
    created_at: InstantOut


class ShareLinkMade(ShareLink):
    """The only answer that has the token."""

    token: str
    path: str = Field(description="The page to send somebody to, below the address of this server.")


class ShareState(BaseModel):
    """What a link's page asks first. It says nothing of what is shared."""

    password_needed: bool


class ShareOpen(Input):
    """How a link is opened."""

    password: Annotated[SecretStr, Field(max_length=256)] | None = None
    ticket: Ticket | None = Field(
        default=None, description="The ticket of this same view, to get the next one: no new view, no password."
    )


class SharedFootage(BaseModel):
    """What was shared, with a ticket to play it: `/playback/{camera_id}/index.m3u8?start=&end=&ticket=`."""

    camera_id: UUID
    camera_name: str
    start: InstantOut
    end: InstantOut
    note: str
    expires_at: InstantOut
    ticket: str
    expires_in: int = Field(description="Seconds for which the ticket is good.")
