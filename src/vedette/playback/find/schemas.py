"""Smart find at the API."""

import base64
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from vedette.http.instants import InstantIn, InstantOut
from vedette.playback.find.hits import Hit
from vedette.playback.find.scan import Skipped
from vedette.playback.find.service import Done, Event, Progress, Search, Wanted

Fraction = Annotated[float, Field(ge=0, le=1)]
Corner = tuple[Fraction, Fraction]
Area = Annotated[list[Corner], Field(min_length=3, max_length=40)]


class FindRequest(BaseModel):
    """What to search for, and where. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")

    start: InstantIn
    end: InstantIn = Field(description="At most 7 days after the start. One after now means now.")
    region: Annotated[list[Area], Field(min_length=1, max_length=10)] = Field(
        description="Polygons by their corners `[x, y]`, in fractions of the picture from its left and top. The region"
        " is all of them together.",
        examples=[[[[0.4, 0.5], [0.6, 0.5], [0.6, 0.9], [0.4, 0.9]]]],
    )
    sensitivity: Annotated[int, Field(ge=1, le=100)] = Field(
        default=50, description="From 1, large and clear changes only, to 100, the slightest."
    )
    stream: Literal["main", "sub"] | None = Field(
        default=None, description="By default the sub-stream, and the main one where that was not recorded."
    )

    @property
    def wanted(self) -> Wanted:
        """As the service takes it."""
        return Wanted(self.region, self.start, self.end, self.sensitivity, self.stream)


class FindBegin(BaseModel):
    """The first line."""

    kind: Literal["begin"] = "begin"
    start: InstantOut
    end: InstantOut = Field(description="Where the search will end: not after the present.")


class FindHit(BaseModel):
    """The region changed. A line with the number of an earlier one takes its place: its end is known, or later."""

    kind: Literal["hit"] = "hit"
    number: int = Field(description="Counted from 1.")
    start: InstantOut = Field(description="To the frame, where the frames between two key frames can be read.")
    end: InstantOut | None = Field(description="Null while it goes on.")
    share: float = Field(description="How much of the region differed at first, 0 to 1.")
    unseen: bool = Field(description="It happened between two recordings: `start` and `end` are those of the gap.")
    stream: str = Field(description="Of which it was found: main or sub.")
    picture: str | None = Field(description="A small JPEG in Base64. Null where an earlier line had it.")


class FindSkipped(BaseModel):
    """A span that could not be searched."""

    kind: Literal["skipped"] = "skipped"
    start: InstantOut
    end: InstantOut
    code: str = Field(description="Why, as `volume.unreachable`.")
    detail: str


class FindProgress(BaseModel):
    """How far it is, several times a second."""

    kind: Literal["progress"] = "progress"
    at: InstantOut
    pictures: int = Field(description="Key frames that were looked at.")
    searched_ms: int = Field(description="Milliseconds of footage that they show.")
    hits: int


class FindDone(BaseModel):
    """The last line of a search that came to its end."""

    kind: Literal["done"] = "done"
    at: InstantOut = Field(description="Up to here.")
    pictures: int
    searched_ms: int
    hits: int
    full: bool = Field(description="Too much was found, and the search ended at `at`.")
    seconds: float = Field(description="That it took.")


class FindFailed(BaseModel):
    """The last line of one that was ended by the server."""

    kind: Literal["failed"] = "failed"
    code: str
    detail: str


Line = FindBegin | FindHit | FindSkipped | FindProgress | FindDone | FindFailed


class FindLine(RootModel[Annotated[Line, Field(discriminator="kind")]]):
    """One line of the answer."""


def begin_of(search: Search) -> FindBegin:
    """What it will look at."""
    return FindBegin(start=search.wanted.start_ms, end=search.end_ms)


def line_of(event: Event) -> Line:
    """As the API shows it."""
    match event:
        case Hit():
            picture = None if event.picture is None else base64.b64encode(event.picture).decode()
            return FindHit(
                number=event.number,
                start=event.start_ms,
                end=event.end_ms,
                share=round(event.share, 4),
                unseen=event.unseen,
                stream=event.stream,
                picture=picture,
            )
        case Skipped():
            return FindSkipped(start=event.start_ms, end=event.end_ms, code=event.code, detail=event.message)
        case Progress():
            return FindProgress(at=event.at_ms, pictures=event.pictures, searched_ms=event.searched_ms, hits=event.hits)
        case Done():
            told = event.progress
            return FindDone(
                at=told.at_ms,
                pictures=told.pictures,
                searched_ms=told.searched_ms,
                hits=told.hits,
                full=event.full,
                seconds=round(event.took_s, 3),
            )
