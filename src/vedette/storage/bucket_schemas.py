"""Volumes in buckets at the API."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StrictBool, StrictInt, StringConstraints

from vedette.http.instants import InstantOut

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Seconds = Annotated[StrictInt, Field(ge=1, le=120)]
How = Literal["server", "browser"]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class BucketAsked(_Input):
    """A bucket to look at."""

    endpoint: Text = Field(description="Scheme, host and port. Without TLS only in the private network.")
    region: Text = "us-east-1"
    bucket: Text
    prefix: Text = Field(default="", description="Where in the bucket, as vedette/house. Empty for all of it.")
    access_key: Text
    secret_key: SecretStr = Field(max_length=500, description="Never comes back.")
    path_style: StrictBool = Field(default=True, description="The bucket in the path instead of in the host's name.")
    timeout_s: Seconds = Field(default=10, description="No single request to the storage takes longer.")


class BucketCreate(BucketAsked):
    """A bucket to move footage to. `create` puts a marker there; false adds one that is a volume already."""

    name: Name
    delivery: How = Field(
        default="server", description="How players get its footage: through this server, or from the bucket itself."
    )
    create: StrictBool = True


class BucketPatch(_Input):
    """What to change. New keys are tried first."""

    access_key: Text | None = None
    secret_key: SecretStr | None = Field(default=None, min_length=1, max_length=500)
    timeout_s: Seconds | None = None
    delivery: How | None = None


class BucketChecked(BaseModel):
    """Everything that footage needs was tried and works."""

    marker: UUID | None = Field(description="Set when it is a volume already.")
    name: str | None = Field(description="That volume's name.")
    pages: bool = Field(
        description="Whether pages of the origin that asks may read there themselves: what `delivery` `browser` needs."
    )


class BucketOut(BaseModel):
    """Where a volume in a bucket is. Its secret key is never shown."""

    endpoint: str
    region: str
    bucket: str
    prefix: str
    access_key: str
    path_style: bool
    timeout_s: int
    delivery: How
    detour_at: InstantOut | None = Field(
        description="With `delivery` `browser`: when a browser last could not read there, as where the bucket has no"
        " CORS rule, and got footage through the server. Null where none told lately."
    )
