"""Walls at the API."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator

from vedette.http.instants import InstantOut
from vedette.identity.access_schemas import Label

MOST_TILES = 64
MOST_ROLES = 50

WallLayout = Literal["auto", "1", "2x2", "3x3", "4x4", "6x6", "8x8", "1+5", "1+7"]
WallSource = Literal["all", "zone", "tiles"]
TileStream = Literal["auto", "main", "sub"]
SequenceSeconds = Annotated[StrictInt, Field(ge=3, le=3600)]


class _Input(BaseModel):
    """Unknown fields are refused, so a misspelt one is never silently ignored."""

    model_config = ConfigDict(extra="forbid")


class WallTile(_Input):
    """A camera at a place."""

    place: Annotated[StrictInt, Field(ge=0, lt=MOST_TILES)] = Field(
        description="Counted from 0, row by row, over all pages; in 1+5 and 1+7 the large one is the first of a page."
    )
    camera_id: UUID
    stream: TileStream = Field(default="auto", description="`auto`: sub in a grid, main when shown alone.")


Tiles = Annotated[list[WallTile], Field(max_length=MOST_TILES)]
Roles = Annotated[list[UUID], Field(max_length=MOST_ROLES)]


def _check_places(tiles: list[WallTile] | None) -> None:
    places = [tile.place for tile in tiles or ()]
    if len(set(places)) != len(places):
        raise ValueError("tiles has a place twice")


class WallCreate(_Input):
    """A wall. Only its name is needed."""

    name: Label
    layout: WallLayout = Field(default="auto", description="`auto`: as many tiles as there are cameras.")
    source: WallSource = Field(
        default="all", description="Every camera that the viewer may see, those of a zone, or the ones in `tiles`."
    )
    zone_id: UUID | None = Field(default=None, description="With `source` zone.")
    tiles: Tiles = Field(default_factory=list, description="With `source` tiles. What has no tile is empty.")
    sequence: StrictBool = Field(default=False, description="Whether its pages follow each other by themselves.")
    sequence_seconds: SequenceSeconds = Field(default=10, description="How long each page is shown.")
    shared_with: Roles = Field(
        default_factory=list, description="Ids of roles whose holders may look at it. Takes `wall.share`."
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_places(self.tiles)
        return self


class WallPatch(_Input):
    """What to change of a wall; only `zone_id` can be null."""

    name: Label | None = None
    layout: WallLayout | None = None
    source: WallSource | None = None
    zone_id: UUID | None = None
    tiles: Tiles | None = Field(
        default=None, description="All of them. Cameras that you may not see stay where nothing else is put."
    )
    sequence: StrictBool | None = None
    sequence_seconds: SequenceSeconds | None = None
    shared_with: Roles | None = None

    @model_validator(mode="before")
    @classmethod
    def _no_nulls(cls, data: Any) -> Any:
        if isinstance(data, dict):
            for name, value in data.items():
                if value is None and name in cls.model_fields and name != "zone_id":
                    raise ValueError(f"{name} can't be null")
        return data

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_places(self.tiles)
        return self


class WallRole(BaseModel):
    """A role that a wall is or can be shared with."""

    id: UUID
    name: str


class WallZone(BaseModel):
    """A zone with the cameras in it that the caller may see."""

    id: UUID
    name: str
    cameras: list[UUID]


class Wall(BaseModel):
    """A wall as its viewer may see it."""

    id: UUID
    name: str
    own: bool = Field(description="It is the caller's. Others can look at it and copy it.")
    owner: str = Field(description="User name.")
    layout: WallLayout
    source: WallSource
    zone_id: UUID | None = Field(description="Null as well where the zone is gone or the caller sees nothing in it.")
    zone: str | None
    tiles: list[WallTile] = Field(description="Those whose cameras the caller may see, by place.")
    hidden: int = Field(description="How many more there are that the caller may not see.")
    sequence: bool
    sequence_seconds: int
    shared_with: list[WallRole] = Field(description="For its owner and who manages users; empty for others.")
    created_at: InstantOut
    updated_at: InstantOut
