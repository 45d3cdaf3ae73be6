"""/users: accounts, for who manages them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from vedette.access.permissions import Permission
from vedette.core.errors import invalid
from vedette.http.access import Caller, require
from vedette.http.etags import IfMatch, etag, expected_versions
from vedette.http.instants import InstantIn
from vedette.http.paging import DEFAULT_LIMIT, CursorParam, Limit, Page, decode_cursor, encode_cursor
from vedette.http.problem import responses
from vedette.identity.accounts import AccountsDep, accounts_changed
from vedette.identity.auth_router import session_out
from vedette.identity.auth_schemas import SessionList
from vedette.identity.users_schemas import (
    PasswordSet,
    PermittedOut,
    User,
    UserCreate,
    UserDisable,
    UserPatch,
    UserPermissions,
)
from vedette.identity.users_service import NewUser, Stored

router = APIRouter(prefix="/users", tags=["accounts"], dependencies=[require(Permission.USER_MANAGE)])


def user_out(stored: Stored) -> User:
    """A user as administrators see it."""
    row = stored.row
    return User(
        id=row.id,
        username=row.username,
        display_name=row.display_name,
        email=row.email,
        roles=list(stored.roles),
        limited_roles=list(stored.limited_roles),
        groups=list(stored.groups),
        disabled=row.disabled_ms is not None,
        totp=row.totp_sealed is not None,
        has_password=row.password_hash is not None,
        must_change_password=row.must_change_password,
        last_login_at=row.last_login_ms,
        created_at=row.created_ms,
        updated_at=row.updated_ms,
    )


def _answer(stored: Stored, response: Response) -> User:
    response.headers["ETag"] = etag(stored.row.version)
    return user_out(stored)


@router.get("", summary="List users", responses=responses(401, 403, 422))
async def list_users(
    accounts: AccountsDep,
    limit: Limit = DEFAULT_LIMIT,
    cursor: CursorParam = None,
    q: Annotated[
        str | None, Query(max_length=100, description="Only users with this in one of their names or the address.")
    ] = None,
) -> Page[User]:
    """By name."""
    if q is not None and "\x00" in q:
        raise invalid("request.invalid", "q: must not hold control characters.", field="q")
    after = str(decode_cursor(cursor, str)[0]) if cursor is not None else None
    stored, last = await accounts.users.page(limit, after, q)
    return Page(items=[user_out(one) for one in stored], next=encode_cursor(last) if last is not None else None)


@router.post("", status_code=201, summary="Add a user", responses=responses(401, 403, 409, 422, 503))
async def create_user(
    given: UserCreate, request: Request, response: Response, accounts: AccountsDep, caller: Caller
) -> User:
    """The very first one is made with /auth/setup."""
    new = NewUser(
        given.username,
        given.password.get_secret_value() if given.password is not None else None,
        given.role,
        given.display_name,
        given.email,
        given.must_change_password,
    )
    stored = await accounts.users.create(new, caller)
    accounts_changed(request)
    response.headers["Location"] = f"/api/v1/users/{stored.row.id}"
    return _answer(stored, response)


@router.get("/{user_id}", summary="One user", responses=responses(401, 403, 404))
async def get_user(user_id: UUID, response: Response, accounts: AccountsDep) -> User:
    """The ETag is the version for If-Match."""
    return _answer(await accounts.users.get(user_id), response)


@router.get("/{user_id}/permissions", summary="What a user may do", responses=responses(401, 403, 404))
async def get_user_permissions(
    user_id: UUID,
    accounts: AccountsDep,
    at: Annotated[InstantIn | None, Query(description="Now, where it is left out.")] = None,
) -> UserPermissions:
    """By all grants that reach them and are in force at that instant. Of who is disabled: once they are let in."""
    instant, found = await accounts.users.permitted(user_id, at)
    items = [
        PermittedOut(name=one.permission, everywhere=one.cameras is None, cameras=sorted(one.cameras or ()))
        for one in found
    ]
    return UserPermissions(at=instant, items=items)


@router.patch("/{user_id}", summary="Change a user", responses=responses(401, 403, 404, 412, 422))
async def update_user(
    user_id: UUID,
    patch: UserPatch,
    request: Request,
    response: Response,
    accounts: AccountsDep,
    caller: Caller,
    if_match: IfMatch = None,
) -> User:
    """What is left out stays as it is. The user name stays for good: the audit log names people by it."""
    changes = {name: getattr(patch, name) for name in patch.model_fields_set}
    stored = await accounts.users.update(user_id, changes, expected_versions(if_match), caller)
    accounts_changed(request)
    return _answer(stored, response)


@router.delete("/{user_id}", status_code=204, summary="Remove a user", responses=responses(401, 403, 404, 409, 412))
async def delete_user(
    user_id: UUID, request: Request, accounts: AccountsDep, caller: Caller, if_match: IfMatch = None
) -> None:
    """With grants, sessions, tokens and share links. What they did stays in the audit log."""
    await accounts.users.delete(user_id, expected_versions(if_match), caller)
    accounts_changed(request)


@router.post("/{user_id}/disable", summary="Keep a user out", responses=responses(401, 403, 404, 409, 412))
async def disable_user(
    user_id: UUID,
    request: Request,
    response: Response,
    accounts: AccountsDep,
    caller: Caller,
    if_match: IfMatch = None,
    given: UserDisable | None = None,
) -> User:
    """Every session ends; grants, and API tokens unless they are to be revoked, stay for a later `enable`."""
    revoke = given is not None and given.revoke_tokens
    stored = await accounts.users.set_enabled(user_id, False, expected_versions(if_match), caller, revoke_tokens=revoke)
    accounts_changed(request)
    return _answer(stored, response)


@router.post("/{user_id}/enable", summary="Let a user in again", responses=responses(401, 403, 404, 412))
async def enable_user(
    user_id: UUID,
    request: Request,
    response: Response,
    accounts: AccountsDep,
    caller: Caller,
    if_match: IfMatch = None,
) -> User:
    """Ends `disable`."""
    stored = await accounts.users.set_enabled(user_id, True, expected_versions(if_match), caller)
    accounts_changed(request)
    return _answer(stored, response)


@router.put(
    "/{user_id}/password", status_code=204, summary="Set a user's password", responses=responses(401, 403, 404, 503)
)
async def set_user_password(user_id: UUID, given: PasswordSet, accounts: AccountsDep, caller: Caller) -> None:
    """Their sessions end, unless that is declined, and their API tokens, where that is asked for."""
    await accounts.users.set_password(
        user_id,
        given.password.get_secret_value(),
        given.must_change_password,
        caller,
        end_sessions=given.end_sessions,
        revoke_tokens=given.revoke_tokens,
    )


@router.delete(
    "/{user_id}/totp", status_code=204, summary="Take a lost second factor away", responses=responses(401, 403, 404)
)
async def reset_user_totp(user_id: UUID, accounts: AccountsDep, caller: Caller) -> None:
    """They log in with the password alone and can set up another one."""
    await accounts.users.reset_totp(user_id, caller)


@router.get("/{user_id}/sessions", summary="A user's sessions", responses=responses(401, 403, 404))
async def list_user_sessions(user_id: UUID, accounts: AccountsDep, caller: Caller) -> SessionList:
    """Where they are logged in."""
    await accounts.users.get(user_id)
    rows = await accounts.sessions.of_user(user_id)
    return SessionList(items=[session_out(row, caller.session_id) for row in rows])


@router.delete(
    "/{user_id}/sessions", status_code=204, summary="End all of a user's sessions", responses=responses(401, 403, 404)
)
async def end_user_sessions(user_id: UUID, accounts: AccountsDep, caller: Caller) -> None:
    """They are logged out everywhere."""
    await accounts.users.end_sessions(user_id, caller)


@router.delete(
    "/{user_id}/sessions/{session_id}",
    status_code=204,
    summary="End one of a user's sessions",
    responses=responses(401, 403, 404),
)
async def end_user_session(user_id: UUID, session_id: UUID, accounts: AccountsDep, caller: Caller) -> None:
    """It is logged out at once."""
    await accounts.users.end_session(user_id, session_id, caller)
