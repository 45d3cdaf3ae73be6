"""Roles, groups, zones and grants at the API."""

import re
import unicodedata
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from vedette.access.permissions import Permission
from vedette.http.instants import InstantIn, InstantOut
from vedette.identity.hours import hours_of

MAX_MEMBERS = 10_000
_CLOCK_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_MAX_SPANS_A_DAY = 24


def plain(text: str) -> str:
    """What both databases hold and one line shows. Raises ValueError."""
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text):
        raise ValueError("must not hold control characters or line breaks")
    return text


Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(plain)]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), AfterValidator(plain)]
Ids = Annotated[list[UUID], Field(max_length=MAX_MEMBERS)]


class _Input(BaseModel):
    """Unknown fields are refused, so a misspelt one is never silently ignored."""

    model_config = ConfigDict(extra="forbid")


class _Patch(_Input):
    """What is left out stays; nothing here can be null."""

    @model_validator(mode="before")
    @classmethod
    def _no_nulls(cls, data: Any) -> Any:
        if isinstance(data, dict):
            for name, value in data.items():
                if value is None and name in cls.model_fields:
                    raise ValueError(f"{name} can't be null")
        return data


class PermissionOut(BaseModel):
    """One permission."""

    name: Permission
    of_a_camera: bool = Field(description="Whether a grant of it can be limited to zones and cameras.")
    implies: list[Permission] = Field(description="What comes with it, on the same cameras and at the same hours.")
    for_tokens: bool = Field(description="Whether an API token can have it; the others take a person.")
    used: bool = Field(description="Whether any operation asks for it yet.")


class RoleCreate(_Input):
    """A custom role."""

    name: Label
    description: Description = ""
    permissions: list[Permission] = Field(max_length=100)


class RolePatch(_Patch):
    """What to change of a custom role."""

    name: Label | None = None
    description: Description | None = None
    permissions: list[Permission] | None = Field(default=None, max_length=100)


class Role(BaseModel):
    """A set of permissions."""

    id: UUID
    name: str
    description: str
    built_in: bool = Field(description="Always there; can't be changed or deleted.")
    permissions: list[Permission]
    grants: int = Field(description="How many grants give it.")


class GroupCreate(_Input):
    """People who are granted the same."""

    name: Label
    description: Description = ""
    members: Ids = Field(default_factory=list, description="Ids of users.")


class GroupPatch(_Patch):
    """What to change of a group."""

    name: Label | None = None
    description: Description | None = None
    members: Ids | None = Field(
        default=None, description="All of them. Those whom an OpenID provider put there stay in any case."
    )


class Member(BaseModel):
    """One person of a group. `source` is `manual`, or the OpenID provider that put them there."""

    user_id: UUID
    username: str
    display_name: str
    source: str


class Group(BaseModel):
    """A group with its people."""

    id: UUID
    name: str
    description: str
    members: list[Member]
    grants: int = Field(description="How many grants it has.")


class ZoneCreate(_Input):
    """A named group of cameras."""

    name: Label
    description: Description = ""
    cameras: Ids = Field(default_factory=list, description="Ids of cameras.")


class ZonePatch(_Patch):
    """What to change of a zone."""

    name: Label | None = None
    description: Description | None = None
    cameras: Ids | None = Field(default=None, description="All of them. Those that you may not see stay in any case.")


class Zone(BaseModel):
    """A zone with its cameras."""

    id: UUID
    name: str
    description: str
    cameras: list[UUID] = Field(description="Those that the caller may see, removed ones with footage included.")
    hidden: int = Field(description="How many more there are that the caller may not see.")
    grants: int = Field(description="How many grants are limited to it.")


class GrantHours(_Input):
    """Hours of the week: for each day, Monday first, spans of local time. `["22:00", "06:00"]` goes on into the next
    day."""

    timezone: Annotated[str, StringConstraints(max_length=64)] = Field(examples=["Europe/Vienna"])
    week: list[Annotated[list[tuple[str, str]], Field(max_length=_MAX_SPANS_A_DAY)]] = Field(
        min_length=7, max_length=7, examples=[[[["08:00", "18:00"]]] * 5 + [[], []]]
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        for start, end in (span for day in self.week for span in day):
            if not _CLOCK_TIME.fullmatch(start) or not _CLOCK_TIME.fullmatch(end) or start == end or start == "24:00":
                raise ValueError("week holds a span that is not two different times HH:MM between 00:00 and 24:00")
        try:
            hours_of(self.model_dump())
        except ValueError:
            raise ValueError("timezone must be a name of the time zone database, as Europe/Vienna") from None
        return self


class GrantCreate(_Input):
    """A role for a user or a group: everywhere, or in a zone, or on one camera."""

    user_id: UUID | None = None
    group_id: UUID | None = None
    role_id: UUID
    zone_id: UUID | None = None
    camera_id: UUID | None = None
    valid_from: InstantIn | None = None
    valid_until: InstantIn | None = None
    hours: GrantHours | None = None

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if (self.user_id is None) == (self.group_id is None):
            raise ValueError("name either user_id or group_id")
        if self.zone_id is not None and self.camera_id is not None:
            raise ValueError("name zone_id or camera_id, not both")
        if None not in (self.valid_from, self.valid_until) and (self.valid_until or 0) <= (self.valid_from or 0):
            raise ValueError("valid_until must be after valid_from")
        return self


class GrantOut(BaseModel):
    """A grant with the names of what it is made of."""

    id: UUID
    user_id: UUID | None
    group_id: UUID | None
    subject: str = Field(description="Name of the user or group.")
    role_id: UUID
    role: str
    zone_id: UUID | None
    zone: str | None
    camera_id: UUID | None
    valid_from: InstantOut | None
    valid_until: InstantOut | None
    hours: dict[str, Any] | None = Field(description="As it was given.")
    in_force: bool = Field(description="Whether it grants something at this moment.")
    source: str = Field(description="`manual`, or the sign-in provider whose groups gave it.")
    created_at: InstantOut
