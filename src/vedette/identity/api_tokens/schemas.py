"""API tokens, at the API."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from vedette.access.permissions import Permission
from vedette.http.instants import InstantIn, InstantOut
from vedette.identity.access_schemas import Label
from vedette.identity.api_tokens.limits import network_of
from vedette.identity.auth_schemas import Input

MAX_CAMERAS = 10_000
MAX_NETWORKS = 100


def _network(text: str) -> str:
    try:
        return str(network_of(text))
    except ValueError:
        raise ValueError("must be an address or a network, as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32") from None


Cidr = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64), AfterValidator(_network)]
Permissions = Annotated[
    list[Permission],
    Field(min_length=1, max_length=100, description="At most what you may do yourself; later, too, the less counts."),
]
Cameras = Annotated[
    list[UUID],
    Field(min_length=1, max_length=MAX_CAMERAS, description="Only these cameras, and nothing beside cameras."),
]
Networks = Annotated[
    list[Cidr], Field(min_length=1, max_length=MAX_NETWORKS, description="Addresses and networks it may come from.")
]
_END = "It is no good from then on; null for never."


class ApiTokenCreate(Input):
    """A token for a program."""

    name: Label
    permissions: Permissions
    cameras: Cameras | None = None
    networks: Networks | None = None
    expires_at: InstantIn | None = Field(default=None, description=_END)


class ApiTokenPatch(Input):
    """What to change. The secret stays."""

    name: Label | None = None
    permissions: Permissions | None = None
    cameras: Cameras | None = None
    networks: Networks | None = None
    expires_at: InstantIn | None = Field(default=None, description=_END)

    @model_validator(mode="before")
    @classmethod
    def _null_only_where_it_means_something(cls, data: Any) -> Any:
        if isinstance(data, dict):
            for name in ("name", "permissions"):
                if name in data and data[name] is None:
                    raise ValueError(f"{name} can't be null")
        return data


class ApiToken(BaseModel):
    """A token without its secret."""

    id: UUID
    user_id: UUID
    username: str = Field(description="Whose it is.")
    name: str
    hint: str = Field(description="How the secret begins.")
    state: Literal["active", "expired", "revoked"]
    permissions: list[Permission]
    cameras: list[UUID] | None = Field(description="Null: all that its owner may see.")
    networks: list[str] | None = Field(description="Null: any.")
    expires_at: InstantOut | None
    created_at: InstantOut
    last_used_at: InstantOut | None = Field(description="To within a minute or so.")
    last_address: str | None
    revoked_at: InstantOut | None


class ApiTokenMade(ApiToken):
    """The only answer that has the secret."""

    token: str = Field(description="Sent as `Authorization: Bearer`. Keep it now: it is not shown again.")


class TokenUse(BaseModel):
    """Requests of a token on one day to one route."""

    day: str = Field(description="In UTC.", examples=["2026-11-21"])
    route: str = Field(examples=["GET /api/v1/cameras/{camera}"])
    requests: int


class TokenUsageList(BaseModel):
    """The newest day first, and on a day what was asked most often."""

    items: list[TokenUse]
    next: None = None
