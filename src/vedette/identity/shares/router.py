"""/share-links: links to footage, for who has an account. /share: what their pages ask, for anybody who has a link."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.http.access import Caller, person, public, refused
from vedette.http.deps import ClockDep
from vedette.http.paging import DEFAULT_LIMIT, CursorParam, Limit, Page, encode_cursor
from vedette.http.problem import responses
from vedette.identity.api_tokens.router import id_of_cursor
from vedette.identity.authority import address_of
from vedette.identity.changes import may_see
from vedette.identity.shares.deps import Service
from vedette.identity.shares.repository import StoredLink
from vedette.identity.shares.schemas import (
    SharedFootage,
    ShareLink,
    ShareLinkCreate,
    ShareLinkMade,
    ShareOpen,
    ShareState,
)

router = APIRouter(prefix="/share-links", tags=["sharing"], dependencies=[person()])
shared = APIRouter(prefix="/share", tags=["sharing"], dependencies=[public()])

Token = Annotated[str, Path(max_length=100, description="As it stands in the link.")]


def _out(link: StoredLink, caller: Principal, now_ms: int) -> ShareLink:
    row = link.row
    return ShareLink.model_validate(
        {
            "id": row.id,
            "user_id": row.user_id,
            "username": link.username,
            "camera_id": row.camera_id,
            "camera_name": link.camera_name if may_see(caller, row.camera_id, now_ms) else None,
            "start": row.start_ms,
            "end": row.end_ms,
            "note": row.note,
            "password": row.password_hash is not None,
            "state": link.state(now_ms),
            "expires_at": row.expires_ms,
            "most_views": row.most_views,
            "views": row.views,
            "last_view_at": row.last_view_ms,
            "created_at": row.created_ms,
        }
    )


@router.get("", summary="List share links", responses=responses(401, 403, 422))
async def list_share_links(
    service: Service,
    caller: Caller,
    clock: ClockDep,
    limit: Limit = DEFAULT_LIMIT,
    cursor: CursorParam = None,
    everybody: Annotated[bool, Query(description="Those of all users; takes `user.manage`.")] = False,
) -> Page[ShareLink]:
    """One's own, the newest first, also those that are over."""
    now = clock.now_ms()
    if everybody and not caller.may(Permission.USER_MANAGE, None, now):
        raise refused(caller, Permission.USER_MANAGE)
    if caller.user_id is None:
        return Page(items=[], next=None)
    after = id_of_cursor(cursor) if cursor is not None else None
    found, last = await service.page(None if everybody else caller.user_id, limit, after)
    return Page(
        items=[_out(one, caller, now) for one in found], next=encode_cursor(str(last)) if last is not None else None
    )


@router.post("", status_code=201, summary="Share footage by a link", responses=responses(401, 403, 404, 422, 503))
async def create_share_link(
    given: ShareLinkCreate, service: Service, caller: Caller, clock: ClockDep, response: Response
) -> ShareLinkMade:
    """Takes `share.create` and `playback.view` on the camera, and lasts no longer than one has them. The answer shows
    the link this once."""
    made, token = await service.create(given, caller)
    response.headers["Location"] = f"/api/v1/share-links/{made.row.id}"
    return ShareLinkMade(**dict(_out(made, caller, clock.now_ms())), token=token, path=f"/share/{token}")


@router.delete("/{link_id}", status_code=204, summary="Withdraw a share link", responses=responses(401, 403, 404))
async def withdraw_share_link(link_id: UUID, service: Service, caller: Caller) -> None:
    """For good; whoever watches by it is out within seconds. `user.manage` withdraws anybody's."""
    await service.withdraw(link_id, caller)


@shared.get("/{token}", summary="What a share link asks for", responses=responses(404))
async def get_share(token: Token, service: Service) -> ShareState:
    """404 `share.expired`, `share.withdrawn`, `share.used_up` and `share.over` say what has become of it."""
    return ShareState(password_needed=await service.password_needed(token))


@shared.post("/{token}/open", summary="Open a share link", responses=responses(401, 403, 404, 503))
async def open_share(token: Token, given: ShareOpen, service: Service, request: Request) -> SharedFootage:
    """Counts as a view, unless it goes on with the ticket of one."""
    address = address_of(request)
    if given.ticket is not None:
        opened = await service.go_on(token, given.ticket, address)
    else:
        password = given.password.get_secret_value() if given.password is not None else None
        opened = await service.open(token, password, address)
    row = opened.link.row
    return SharedFootage(
        camera_id=row.camera_id,
        camera_name=opened.link.camera_name,
        start=row.start_ms,
        end=row.end_ms,
        note=row.note,
        expires_at=row.expires_ms,
        ticket=opened.ticket,
        expires_in=opened.life_s,
    )
