"""OpenID providers and links at the API."""

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, StringConstraints, model_validator

from vedette.http.instants import InstantOut
from vedette.identity.access_schemas import Label, plain

NewUsers = Literal["refuse", "mapped", "all"]
MOST_MAPPINGS = 500
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _issuer(text: str) -> str:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError("must be a URL") from None
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ValueError("must begin with https:// (http:// only for a provider on this machine)")
    if not parts.hostname or parts.username is not None or parts.query or parts.fragment:
        raise ValueError("must be a URL without a login, a query or a fragment")
    if parts.path.endswith("/.well-known/openid-configuration"):
        raise ValueError("is the issuer alone: leave /.well-known/openid-configuration out")
    return text


def _secret(given: SecretStr) -> SecretStr:
    plain(given.get_secret_value())
    return given


def _scopes(text: str) -> str:
    words = text.split()
    if "openid" not in words:
        words.insert(0, "openid")
    return " ".join(words)


_Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[\x21-\x7e ]*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
Issuer = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[\x21-\x7e]+$"), AfterValidator(_issuer)
]
ClientId = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[\x20-\x7e]+$")]
Secret = Annotated[SecretStr, Field(max_length=2000), AfterValidator(_secret)]
Scopes = Annotated[_Words, AfterValidator(_scopes)]
Claim = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")
]
SessionHours = Annotated[int, Field(strict=True, ge=1, le=90 * 24)]
_SESSION = (
    "For how many hours a login by it is good; then people log in again. Whoever was removed at the provider is out by "
    "then."
)
_NEW = (
    "Who has no account here: `refuse` keeps them out, `mapped` makes an account for those whom a mapping gives "
    "something, `all` for everybody whom the provider knows."
)
_MAPPED = "What the provider's groups mean here. Given anew, it takes the place of all of them."


class _Input(BaseModel):
    """Unknown fields are refused, so a misspelt one is never silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Mapping(_Input):
    """Who has `value` in the groups claim becomes a member of a group here, or has a role: everywhere or in a zone."""

    value: Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(plain)]
    group_id: UUID | None = None
    role_id: UUID | None = None
    zone_id: UUID | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.group_id is None) == (self.role_id is None):
            raise ValueError("name either group_id or role_id")
        if self.zone_id is not None and self.role_id is None:
            raise ValueError("zone_id limits a role: it needs role_id")
        return self


class ProviderCreate(_Input):
    """An OpenID provider."""

    slug: Slug = Field(description="In the redirect URL. It never changes.")
    name: Label = Field(description="On the button of the login page.")
    issuer: Issuer = Field(
        description="As the provider itself calls it.", examples=["https://id.example.org/realms/main"]
    )
    client_id: ClientId
    client_secret: Secret | None = Field(
        default=None, description="Kept sealed and never shown. None: a public client."
    )
    scopes: Scopes = "openid profile email"
    groups_claim: Claim = Field(default="groups", description="A claim, or a path as `realm_access.roles`.")
    username_claim: Claim = "preferred_username"
    new_users: NewUsers = Field(default="mapped", description=_NEW)
    required_acr: _Words = Field(default="", description="Asked for; one of these words must come back as `acr`.")
    required_amr: _Words = Field(default="", description="One of these words must come back in `amr`, as `mfa otp`.")
    enabled: bool = True
    session_hours: SessionHours = Field(default=12, description=_SESSION)
    mappings: list[Mapping] = Field(default_factory=list, max_length=MOST_MAPPINGS, description=_MAPPED)


class ProviderPatch(_Input):
    """What to change. What is left out stays; only `client_secret` can be null: then there is none."""

    name: Label | None = None
    issuer: Issuer | None = Field(default=None, description="Refused while accounts are linked with the former one.")
    client_id: ClientId | None = None
    client_secret: Secret | None = None
    scopes: Scopes | None = None
    groups_claim: Claim | None = None
    username_claim: Claim | None = None
    new_users: NewUsers | None = Field(default=None, description=_NEW)
    required_acr: _Words | None = None
    required_amr: _Words | None = None
    enabled: bool | None = None
    session_hours: SessionHours | None = Field(default=None, description=_SESSION)
    mappings: list[Mapping] | None = Field(default=None, max_length=MOST_MAPPINGS, description=_MAPPED)

    @model_validator(mode="after")
    def _no_nulls(self) -> Self:
        for name in self.model_fields_set - {"client_secret"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} can't be null")
        return self


class MappingOut(BaseModel):
    """A mapping with the names of what it gives."""

    value: str
    group_id: UUID | None
    group: str | None
    role_id: UUID | None
    role: str | None
    zone_id: UUID | None
    zone: str | None


class Provider(BaseModel):
    """An OpenID provider. Its client secret is never shown."""

    id: UUID
    slug: str
    name: str
    issuer: str
    client_id: str
    has_client_secret: bool
    scopes: str
    groups_claim: str
    username_claim: str
    new_users: NewUsers
    required_acr: str
    required_amr: str
    enabled: bool
    session_hours: int
    mappings: list[MappingOut]
    redirect_url: str = Field(description="To be registered at the provider; it has the host of this request.")
    people: int = Field(description="How many accounts are linked with it.")
    created_at: InstantOut
    updated_at: InstantOut


class Finding(BaseModel):
    """One thing that a test found."""

    level: Literal["ok", "warning", "problem"]
    message: str


class TestResult(BaseModel):
    """What a provider answered."""

    ok: bool = Field(description="Nothing was found that keeps people from logging in.")
    findings: list[Finding]


class OfferedProvider(BaseModel):
    """A button of the login page. `id` is for its addresses: /auth/oidc/{id}/start."""

    id: str
    name: str


class OfferedProviders(BaseModel):
    """By name."""

    items: list[OfferedProvider]


class LinkBegin(_Input):
    """That it is still the same person: their password, where the account has one."""

    password: Secret | None = None
    next: Annotated[str, StringConstraints(max_length=1000)] = Field(
        default="/", description="The page to come back to; with `error` in its query where it failed."
    )


class LinkBegun(BaseModel):
    """Go there."""

    location: str


class IdentityOut(BaseModel):
    """A provider, and who the account's owner is there."""

    provider: str = Field(description="The id that its addresses have.")
    provider_name: str
    enabled: bool = Field(description="Whether one can log in by it now.")
    linked: bool
    name: str | None = Field(description="What the person is called there.")
    linked_at: InstantOut | None
    last_login_at: InstantOut | None


class IdentityList(BaseModel):
    """Every provider that is offered or linked, by name."""

    items: list[IdentityOut]
