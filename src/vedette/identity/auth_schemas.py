"""Logging in, at the API."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from vedette.access.permissions import Permission
from vedette.http.instants import InstantOut

Transport = Literal["bearer", "cookie"]
UserName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
# Longer ones than a password can have are simply wrong; this is a limit on work.
Password = Annotated[SecretStr, Field(max_length=1000)]
Code = Annotated[str, StringConstraints(min_length=6, max_length=40)]
_HOW = (
    "`bearer` answers the tokens, for programs. `cookie` sets them as cookies that no script can read, for browsers; "
    "requests with those cookies that change something carry a header `X-Vedette-Client`."
)


class Input(BaseModel):
    """What comes in: unknown fields are refused, so a misspelt one is never silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Login(Input):
    """Who one is."""

    username: UserName
    password: Password
    code: Code | None = Field(default=None, description="Of the authenticator app, or a recovery code.")
    transport: Transport = Field(default="bearer", description=_HOW)


class Setup(Input):
    """The first administrator."""

    token: Annotated[str, StringConstraints(max_length=200)] = Field(description="As printed on the console.")
    username: UserName
    password: Password
    display_name: Annotated[str, StringConstraints(max_length=100)] = ""
    transport: Transport = Field(default="bearer", description=_HOW)


class SetupState(BaseModel):
    """Whether there is an account."""

    needed: bool = Field(description="There is none: the first administrator is to be made.")


class Refresh(Input):
    """For programs; browsers send the cookie and no body."""

    refresh_token: Annotated[str, StringConstraints(max_length=500)] | None = None


class Tokens(BaseModel):
    """A session and its tokens. They are null where they went into cookies."""

    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a kind
    access_token: str | None
    expires_in: int = Field(description="Seconds for which the access token is good.")
    refresh_token: str | None = Field(description="Good once: each use answers the next one.")
    session_id: UUID
    session_expires_at: InstantOut


class PasswordChange(Input):
    """One's own."""

    current_password: Password
    new_password: Password


class PasswordAgain(Input):
    """That it is still the same person."""

    password: Password


class TotpBegun(BaseModel):
    """A secret to put into an authenticator app. It holds once it was confirmed with a code."""

    secret: str
    uri: str = Field(description="For a QR code.")
    pending: str = Field(description="Send it back with the first code, within ten minutes.")


class TotpConfirm(Input):
    """The first code of the app."""

    pending: Annotated[str, StringConstraints(max_length=1000)]
    code: Code


class TotpDisable(Input):
    """Password and a code, of the app or a recovery code."""

    password: Password
    code: Code


class RecoveryCodes(BaseModel):
    """Each logs in once when the app is lost. They are shown this once."""

    recovery_codes: list[str]


class MyAccount(BaseModel):
    """The caller's account."""

    id: UUID
    username: str
    display_name: str
    email: str | None
    totp: bool = Field(description="Whether a second factor is asked for.")
    recovery_codes_left: int
    has_password: bool
    must_change_password: bool


class MyGrant(BaseModel):
    """A role of the caller, and where and when it holds."""

    role: str
    group: str | None = Field(description="Name of the group that it comes by; null when it was given by name.")
    zone: str | None = Field(description="Name of the zone that it is limited to.")
    zone_id: UUID | None
    camera_id: UUID | None = Field(description="The one camera that it is limited to.")
    valid_until: InstantOut | None
    at_hours: bool = Field(description="Only at certain hours of the week.")
    in_force: bool = Field(description="Whether it holds at this moment.")


class MyToken(BaseModel):
    """The API token that a program came with."""

    id: UUID | None
    name: str
    username: str = Field(description="Whose it is.")
    cameras: list[UUID] | None = Field(description="Those that it reaches at this moment; null: all.")


class Me(BaseModel):
    """Who is calling, and what they may do."""

    kind: str = Field(description="`session` of a person who logged in, or `token` of a program.")
    name: str
    user: MyAccount | None = Field(description="Null for a program.")
    token: MyToken | None = Field(description="Null for a person.")
    permissions: list[Permission] = Field(
        description="Everything that is allowed anywhere; each camera says in `allowed` what is on it."
    )
    everywhere: list[Permission] = Field(description="What is allowed for the whole installation.")
    grants: list[MyGrant] = Field(description="The roles that this comes from; of a program none are told.")
    session_id: UUID | None
    session_expires_at: InstantOut | None


class SessionOut(BaseModel):
    """A login."""

    id: UUID
    method: str
    address: str
    user_agent: str
    created_at: InstantOut
    last_seen_at: InstantOut = Field(description="When its tokens were last renewed.")
    expires_at: InstantOut
    current: bool = Field(description="The one that asks.")


class SessionList(BaseModel):
    """Those that are not over."""

    items: list[SessionOut]
    next: None = None
