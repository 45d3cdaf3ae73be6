"""Storage at the API."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints, model_validator

from vedette.http.instants import InstantOut
from vedette.storage.bucket_schemas import BucketOut

Location = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
VolumeName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
KeepDays = Annotated[StrictInt, Field(ge=1, le=36_500)]
KeepBytes = Annotated[StrictInt, Field(ge=1, le=2**62)]
Headroom = Annotated[StrictInt, Field(ge=0, le=90)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class VolumeCreate(_Input):
    """A directory to record to. `create` makes it, with its marker; false adds one that is a volume already."""

    name: VolumeName
    location: Location = Field(description="Absolute path on the server.", examples=["/mnt/footage"])
    create: StrictBool = True


_NULLABLE = frozenset({"keep_days", "keep_bytes"})


class VolumePatch(_Input):
    """What to change. Null removes the limit of `keep_days` and `keep_bytes`."""

    name: VolumeName | None = None
    keep_days: KeepDays | None = None
    keep_bytes: KeepBytes | None = None
    headroom_percent: Headroom | None = Field(default=None, description="Retention keeps this much of the disk free.")

    @model_validator(mode="before")
    @classmethod
    def _null_only_where_it_means_something(cls, data: Any) -> Any:
        if isinstance(data, dict):
            for name, value in data.items():
                if value is None and name in cls.model_fields and name not in _NULLABLE:
                    raise ValueError(f"{name} can't be null")
        return data


class LocationAsked(_Input):
    """A directory to look at."""

    location: Location


class LocationChecked(BaseModel):
    """What a directory would be good for. Nothing was made or written but a probe that is gone again."""

    exists: bool
    writable: bool
    free_bytes: int | None
    total_bytes: int | None
    room_bytes: int | None = Field(description="What footage may fill: free space without the usual headroom.")
    marker: UUID | None = Field(description="Set when it is a volume already.")
    days_at_4mbps: float | None = Field(description="How long one camera of 4 Mb/s takes to fill the room.")
    problem: str = Field(description="Why it can't become a volume and what to do; empty when it can.")


class UsageOut(BaseModel):
    """What footage takes, from its oldest to its newest moment."""

    bytes: int
    files: int
    oldest: InstantOut | None
    newest: InstantOut | None


class CameraUsage(UsageOut):
    """The share of one camera, also of a deleted one whose footage is still there."""

    camera_id: UUID


class Volume(UsageOut):
    """A volume: its limits, how it is now, and what footage takes of it."""

    id: int
    name: str
    kind: Literal["directory", "s3"] = Field(description="Cameras record to directories; to buckets footage is moved.")
    location: str = Field(description="The directory, or endpoint/bucket/prefix.")
    bucket: BucketOut | None = Field(description="Null for a directory.")
    tier: str = Field(description="hot, warm or cold")
    keep_days: int | None
    keep_bytes: int | None
    headroom_percent: int
    state: str = Field(description="ok, missing, foreign, read_only, full or failing")
    state_detail: str = Field(description="What is wrong and what to do, empty when all is well.")
    state_since: InstantOut
    free_bytes: int | None = Field(description="Null while the disk can't be asked.")
    total_bytes: int | None
    disk: int | None = Field(description="Volumes with the same number lie on one disk and share its free space.")


class VolumeList(BaseModel):
    """All volumes."""

    items: list[Volume]
    next: None = None


class StorageStats(UsageOut):
    """What all footage takes."""

    cameras: list[CameraUsage]
    volumes: list[Volume]
