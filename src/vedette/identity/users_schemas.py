"""Users, at the API."""

import unicodedata
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StrictBool, StringConstraints, model_validator

from vedette.access.permissions import Permission
from vedette.http.instants import InstantOut
from vedette.identity.auth_schemas import Input, Password, UserName


def _plain(text: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text):
        raise ValueError("must not hold control characters or line breaks")
    return text


DisplayName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), AfterValidator(_plain)]
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$"), AfterValidator(_plain)
]
RoleName = Annotated[str, StringConstraints(min_length=1, max_length=100)]


_REVOKE = (
    "Their API tokens end for good. Left out, those go on working (of who is disabled: once they are let in again)."
)


class UserCreate(Input):
    """A new user. Without a password they can come by an OpenID provider only."""

    username: UserName
    password: Password | None = None
    role: RoleName | None = Field(
        default=None, description="A role for everything; grants in zones and on cameras are given separately."
    )
    display_name: DisplayName = ""
    email: Email | None = None
    must_change_password: StrictBool = False


class UserPatch(Input):
    """What to change."""

    display_name: DisplayName | None = None
    email: Email | None = None
    must_change_password: StrictBool | None = None

    @model_validator(mode="before")
    @classmethod
    def _null_only_where_it_means_something(cls, data: Any) -> Any:
        if isinstance(data, dict):
            for name in ("display_name", "must_change_password"):
                if name in data and data[name] is None:
                    raise ValueError(f"{name} can't be null")
        return data


class MyPatch(Input):
    """What everybody may change of their own account."""

    display_name: DisplayName


class PasswordSet(Input):
    """A password for somebody else."""

    password: Password
    must_change_password: StrictBool = Field(default=True, description="They choose their own at the next login.")
    end_sessions: StrictBool = Field(default=True, description="They are logged out everywhere.")
    revoke_tokens: StrictBool = Field(default=False, description=_REVOKE)


class UserDisable(Input):
    """What ends besides the sessions."""

    revoke_tokens: StrictBool = Field(default=False, description=_REVOKE)


class PermittedOut(BaseModel):
    """What a user has of one permission."""

    name: Permission
    everywhere: bool = Field(description="On every camera, also on those to come; or for the whole installation.")
    cameras: list[UUID] = Field(description="Where it is not everywhere: the cameras that it is for.")


class UserPermissions(BaseModel):
    """All permissions with what a user has of each at an instant, by name and by groups. `next` is always null."""

    at: InstantOut
    items: list[PermittedOut]
    next: None = None


class User(BaseModel):
    """A user. No hash, secret or code is ever shown."""

    id: UUID
    username: str
    display_name: str
    email: str | None
    roles: list[str] = Field(description="Those granted to this user by name and for everything.")
    limited_roles: list[str] = Field(description="Those granted by name in zones or on cameras only.")
    groups: list[str] = Field(description="Names of the groups.")
    disabled: bool
    totp: bool
    has_password: bool
    must_change_password: bool
    last_login_at: InstantOut | None
    created_at: InstantOut
    updated_at: InstantOut
