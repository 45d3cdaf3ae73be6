"""/api-tokens: tokens for programs. Everybody has their own; who manages users sees and revokes those of all."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from vedette.access.permissions import Permission
from vedette.access.policy import UNLIMITED
from vedette.access.principal import CallerKind, Principal
from vedette.core.errors import ErrorKind, VedetteError, invalid
from vedette.http.access import Caller, person, refused, session_needed
from vedette.http.deps import ClockDep
from vedette.http.paging import DEFAULT_LIMIT, CursorParam, Limit, Page, decode_cursor, encode_cursor
from vedette.http.problem import responses
from vedette.identity.api_tokens.deps import Service
from vedette.identity.api_tokens.limits import TokenLimits, network_of
from vedette.identity.api_tokens.schemas import (
    ApiToken,
    ApiTokenCreate,
    ApiTokenMade,
    ApiTokenPatch,
    TokenUsageList,
    TokenUse,
)
from vedette.identity.api_tokens.service import DEFAULT_DAYS, NewToken, StoredToken
from vedette.identity.api_tokens.usage import DAY_MS, KEPT_DAYS

router = APIRouter(prefix="/api-tokens", tags=["accounts"], dependencies=[person()])


async def person_of(caller: Caller) -> UUID:
    """The person who logged in: a program does not make itself another token. Nor does who has to change their
    password first: a token would be a way around that."""
    if caller.kind is not CallerKind.SESSION or caller.user_id is None:
        raise session_needed()
    if caller.limits != UNLIMITED:
        raise VedetteError(
            ErrorKind.FORBIDDEN,
            "auth.password_change_needed",
            "Change your password first: whoever made the account knows it.",
        )
    return caller.user_id


Person = Annotated[UUID, Depends(person_of)]


def token_out(stored: StoredToken, now_ms: int) -> ApiToken:
    """A token as people see it."""
    row, limits = stored.row, stored.limits
    over = row.expires_ms is not None and now_ms >= row.expires_ms
    return ApiToken(
        id=row.id,
        user_id=row.user_id,
        username=stored.username,
        name=row.name,
        hint=row.hint,
        state="revoked" if row.revoked_ms is not None else "expired" if over else "active",
        permissions=sorted(limits.permissions),
        cameras=None if limits.cameras is None else sorted(limits.cameras),
        zones=None if limits.zones is None else sorted(limits.zones),
        networks=None if limits.networks is None else list(map(str, limits.networks)),
        expires_at=row.expires_ms,
        created_at=row.created_ms,
        last_used_at=row.last_used_ms,
        last_address=row.last_address,
        revoked_at=row.revoked_ms,
    )


@router.get("", summary="List API tokens", responses=responses(401, 403, 422))
async def list_api_tokens(
    service: Service,
    caller: Caller,
    clock: ClockDep,
    limit: Limit = DEFAULT_LIMIT,
    cursor: CursorParam = None,
    everybody: Annotated[bool, Query(description="Those of all users; takes `user.manage`.")] = False,
    user_id: Annotated[UUID | None, Query(description="Those of this user; takes `user.manage`.")] = None,
    revoked: Annotated[bool, Query(description="Also those that were revoked.")] = False,
) -> Page[ApiToken]:
    """One's own unless asked otherwise, the newest first."""
    now = clock.now_ms()
    if everybody or user_id not in (None, caller.user_id):
        _check_manages(caller, now)
    whose = user_id if everybody or user_id is not None else caller.user_id
    after = id_of_cursor(cursor) if cursor is not None else None
    stored, last = await service.page(whose, revoked, limit, after)
    items = [token_out(one, now) for one in stored]
    return Page(items=items, next=encode_cursor(str(last)) if last is not None else None)


@router.post("", status_code=201, summary="Make an API token", responses=responses(401, 403, 409, 422))
async def create_api_token(
    given: ApiTokenCreate, service: Service, owner_id: Person, caller: Caller, clock: ClockDep, response: Response
) -> ApiTokenMade:
    """For oneself. The answer shows the secret this once. Without `expires_at` it is good for 90 days."""
    limits = TokenLimits(
        frozenset(given.permissions),
        None if given.cameras is None else frozenset(given.cameras),
        _networks(given.networks),
        None if given.zones is None else frozenset(given.zones),
    )
    end = given.expires_at if "expires_at" in given.model_fields_set else clock.now_ms() + DEFAULT_DAYS * DAY_MS
    stored, secret = await service.create(owner_id, NewToken(given.name, limits, end), caller)
    response.headers["Location"] = f"/api/v1/api-tokens/{stored.row.id}"
    return ApiTokenMade(**dict(token_out(stored, clock.now_ms())), token=secret)


@router.get("/{token_id}", summary="One API token", responses=responses(401, 403, 404))
async def get_api_token(token_id: UUID, service: Service, caller: Caller, clock: ClockDep) -> ApiToken:
    """Without its secret."""
    return token_out(await service.get(token_id, caller), clock.now_ms())


@router.patch("/{token_id}", summary="Change an API token", responses=responses(401, 403, 404, 409, 422))
async def update_api_token(
    token_id: UUID, patch: ApiTokenPatch, service: Service, _person: Person, caller: Caller, clock: ClockDep
) -> ApiToken:
    """What is left out stays as it is. Only its owner can; sockets that are open with it feel it within seconds."""
    changes: dict[str, Any] = {}
    for name in patch.model_fields_set:
        value = getattr(patch, name)
        if name == "networks":
            changes[name] = _networks(value)
        elif name == "expires_at":
            changes["expires_ms"] = value
        else:
            changes[name] = frozenset(value) if isinstance(value, list) else value
    return token_out(await service.update(token_id, changes, caller), clock.now_ms())


@router.delete("/{token_id}", status_code=204, summary="Revoke an API token", responses=responses(401, 403, 404))
async def revoke_api_token(token_id: UUID, service: Service, _person: Person, caller: Caller) -> None:
    """For good, and at once. It stays in the list of revoked ones."""
    await service.revoke(token_id, caller)


@router.get("/{token_id}/usage", summary="How an API token is used", responses=responses(401, 403, 404, 422))
async def get_api_token_usage(
    token_id: UUID,
    service: Service,
    caller: Caller,
    days: Annotated[int, Query(ge=1, le=KEPT_DAYS, description="So many days, today included.")] = 30,
) -> TokenUsageList:
    """Requests by day and route. The last half a minute may be missing."""
    rows = await service.usage(token_id, days, caller)
    return TokenUsageList(items=[TokenUse(day=_day(row.day), route=row.route, requests=row.requests) for row in rows])


def _check_manages(caller: Principal, now_ms: int) -> None:
    if not caller.may(Permission.USER_MANAGE, None, now_ms):
        raise refused(caller, Permission.USER_MANAGE)


def _networks(given: list[str] | None) -> Any:
    return None if given is None else tuple(dict.fromkeys(map(network_of, given)))


def _day(day: int) -> str:
    return f"{datetime.fromtimestamp(day * DAY_MS // 1000, UTC):%Y-%m-%d}"


def id_of_cursor(cursor: str) -> UUID:
    """The id that a page ended with. Raises VedetteError `request.cursor`."""
    try:
        return UUID(str(decode_cursor(cursor, str)[0]))
    except ValueError as error:
        raise invalid("request.cursor", "This cursor is not one of ours.", field="cursor") from error
