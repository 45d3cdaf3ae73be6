"""API tokens, at the API."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from vedette.access.permissions import Permission
from vedette.http.instants import InstantIn, InstantOut
from vedette.identity.access_schemas import Label
from vedette.identity.api_tokens.limits import network_of
from vedette.identity.api_tokens.service import DEFAULT_DAYS
from vedette.identity.auth_schemas import Input

MAX_CAMERAS = 10_000
MAX_ZONES = 1_000
MAX_NETWORKS = 100


def _network(text: str) -> str:
    try:
        return str(network_of(text))
    except ValueError:
        raise ValueError("must be an address or a network, as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32") from None


Cidr = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64), AfterValidator(_network)]
Permissions = Annotated[
    list[Permission],
    Field(
        min_length=1,
        max_length=100,
        description="At most what you may do yourself; later, too, the less counts. Those that `/permissions` says are "
        "not for tokens are refused.",
    ),
]
Cameras = Annotated[
    list[UUID],
    Field(
        min_length=1,
        max_length=MAX_CAMERAS,
        description="Only these cameras (and those of `zones`), and nothing beside cameras.",
    ),
]
Networks = Annotated[
    list[Cidr], Field(min_length=1, max_length=MAX_NETWORKS, description="Addresses and networks it may come from.")
]
Zones = Annotated[
    list[UUID],
    Field(
        min_length=1,
        max_length=MAX_ZONES,
        description="Only the cameras that these zones have at the time (and `cameras`), and nothing beside cameras. "
        "Zones that you were granted something in; any, for who manages people.",
    ),
]
_END = "It is no good from then on; null for never."


def _no_default(schema: dict[str, Any]) -> None:
    """Left out is not null here: null is for never."""
    schema.pop("default", None)


class ApiTokenCreate(Input):
    """A token for a program."""

    name: Label
    permissions: Permissions
    cameras: Cameras | None = None
    zones: Zones | None = None
    networks: Networks | None = None
    expires_at: InstantIn | None = Field(
        default=None, description=f"{_END} Left out: {DEFAULT_DAYS} days from now.", json_schema_extra=_no_default
    )


class ApiTokenPatch(Input):
    """What to change. The secret stays."""

    name: Label | None = None
    permissions: Permissions | None = None
    cameras: Cameras | None = None
    zones: Zones | None = None
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
    cameras: list[UUID] | None = Field(description="Null, and no `zones`: all that its owner may see.")
    zones: list[UUID] | None
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
