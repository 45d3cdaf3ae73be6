"""Bookmarks at the API."""

import unicodedata
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from vedette.http.instants import InstantIn, InstantOut
from vedette.identity.access_schemas import Label

_LINES = ("\n", "\t")


def _readable(text: str) -> str:
    """Lines of text that both databases hold. Raises ValueError."""
    text = text.replace("\r\n", "\n")
    if any(unicodedata.category(one) in ("Cc", "Cs") and one not in _LINES for one in text):
        raise ValueError("must not hold control characters")
    return text


Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), AfterValidator(_readable)]


class _Input(BaseModel):
    """Unknown fields are refused, so a misspelt one is never silently ignored."""

    model_config = ConfigDict(extra="forbid")


class BookmarkCreate(_Input):
    """An instant of a camera's footage, or a span with `end`."""

    camera_id: UUID
    start: InstantIn
    end: InstantIn | None = Field(default=None, description="At most a week after the start; left out for an instant.")
    title: Label
    note: Note = ""


class BookmarkPatch(_Input):
    """What to change; what is left out stays."""

    start: InstantIn | None = None
    end: InstantIn | None = None
    title: Label | None = None
    note: Note | None = None

    @model_validator(mode="before")
    @classmethod
    def _no_nulls(cls, data: Any) -> Any:
        if isinstance(data, dict):
            for name, value in data.items():
                if value is None and name in cls.model_fields:
                    raise ValueError(f"{name} can't be null")
        return data


class Bookmark(BaseModel):
    """Footage that somebody noted."""

    id: UUID
    camera_id: UUID
    start: InstantOut
    end: InstantOut = Field(description="The same as `start` for an instant.")
    title: str
    note: str
    author: str = Field(description="User name of who made it.")
    own: bool = Field(description="Whether it is the caller's: only then they can change it.")
    deletable: bool = Field(description="One's own; for who manages users every one.")
    created_at: InstantOut
    updated_at: InstantOut
