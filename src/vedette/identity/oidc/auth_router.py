"""/auth/oidc: logging in by a provider; /auth/identities: one's own links with them."""

import re
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from vedette.core.errors import VedetteError
from vedette.http.access import Caller, person, public
from vedette.http.deps import ClockDep, SettingsDep
from vedette.http.problem import responses
from vedette.identity import cookies
from vedette.identity.accounts import AccountsDep, accounts_changed, origin_of
from vedette.identity.auth_router import MeDep, keep_session
from vedette.identity.oidc import flow
from vedette.identity.oidc.identities_service import Linked
from vedette.identity.oidc.login_service import FailedLoginError, Returned
from vedette.identity.oidc.schemas import (
    IdentityList,
    IdentityOut,
    LinkBegin,
    LinkBegun,
    OfferedProvider,
    OfferedProviders,
)
from vedette.identity.oidc.services import OidcDep
from vedette.settings import Settings

router = APIRouter(prefix="/auth", tags=["accounts"])

LOGIN_PAGE = "/login"
_SLUG = re.compile(r"[a-z0-9-]{1,40}")
_Asked = Annotated[str | None, Query(description="By the provider.")]
_WHERE: dict[int | str, dict[str, object]] = {
    303: {"description": "To the provider or the wanted page; to the login page with `error` in its query on failure."}
}


def redirect_uri(request: Request, settings: Settings, slug: str) -> str:
    """Where a provider sends people back to: under the name by which they called Vedette, for the cookie is there."""
    origin, public_url = f"{request.url.scheme}://{request.url.netloc}", settings.public_url
    if public_url is not None and urlsplit(public_url).netloc.lower() == request.url.netloc.lower():
        origin = public_url.rstrip("/")  # also where a proxy that ends TLS does not say so
    return f"{origin}/api/v1/auth/oidc/{slug}/callback"


@router.get("/oidc", summary="Providers that one can log in by", dependencies=[public()])
async def list_offered_providers(oidc: OidcDep) -> OfferedProviders:
    """For the buttons of the login page."""
    rows = await oidc.logins.offered()
    return OfferedProviders(items=[OfferedProvider(id=row.slug, name=row.name) for row in rows])


@router.get(
    "/oidc/{provider}/start",
    summary="Log in by a provider",
    status_code=303,
    responses=_WHERE,
    response_class=RedirectResponse,
    dependencies=[public()],
)
async def start_oidc_login(
    provider: str,
    oidc: OidcDep,
    request: Request,
    settings: SettingsDep,
    next: Annotated[str | None, Query(description="The page of ours to go to afterwards.")] = None,  # noqa: A002
) -> RedirectResponse:
    """A browser goes here. It is sent on to the provider, with a cookie that lets only it come back."""
    slug = _slug(provider)
    try:
        started = await oidc.logins.start(slug, redirect_uri(request, settings, slug), next)
    except VedetteError as error:
        return _failed(error.code, flow.safe_next(next))
    answer = RedirectResponse(started.location, status_code=303)
    cookies.keep_flow(answer, request, started.cookie, flow.LIFETIME_MS // 1000)
    return answer


@router.get(
    "/oidc/{provider}/callback",
    summary="Come back from a provider",
    status_code=303,
    responses=_WHERE,
    response_class=RedirectResponse,
    dependencies=[public()],
)
async def finish_oidc_login(
    provider: str,
    oidc: OidcDep,
    request: Request,
    clock: ClockDep,
    state: _Asked = None,
    code: _Asked = None,
    error: _Asked = None,
    iss: _Asked = None,
) -> RedirectResponse:
    """Where the provider sends the browser. Its answer is good once, and only in the browser that began."""
    returned = Returned(state or "", code, error, iss)
    try:
        done = await oidc.logins.finish(_slug(provider), returned, cookies.flow_of(request), origin_of(request))
    except FailedLoginError as failure:
        answer = _failed(failure.error.code, failure.page, page=failure.page)
    else:
        answer = RedirectResponse(done.next, status_code=303)
        if done.opened is not None:
            keep_session(request, answer, done.opened, clock.now_ms())
            accounts_changed(request)
    cookies.drop_flow(answer, request)
    return answer


@router.post(
    "/oidc/{provider}/link",
    summary="Link my account with a provider",
    responses=responses(401, 403, 404, 503),
    dependencies=[person()],
)
async def begin_oidc_link(
    provider: str,
    given: LinkBegin,
    oidc: OidcDep,
    accounts: AccountsDep,
    me: MeDep,
    caller: Caller,
    settings: SettingsDep,
    request: Request,
    answer: Response,
) -> LinkBegun:
    """Asks for the password, where there is one; then the browser goes to the answered address and comes back."""
    slug = _slug(provider)
    await accounts.auth.confirm(me, given.password.get_secret_value() if given.password else "", caller)
    started = await oidc.logins.start(slug, redirect_uri(request, settings, slug), given.next, me)
    cookies.keep_flow(answer, request, started.cookie, flow.LIFETIME_MS // 1000)
    return LinkBegun(location=started.location)


@router.get("/identities", summary="My links with providers", responses=responses(401, 403), dependencies=[person()])
async def list_my_identities(oidc: OidcDep, me: MeDep) -> IdentityList:
    """Every provider that is offered or linked."""
    return IdentityList(items=[_identity(one) for one in await oidc.identities.of_user(me.user_id)])


@router.delete(
    "/identities/{provider}",
    status_code=204,
    summary="Unlink my account from a provider",
    responses=responses(401, 403, 404, 409),
    dependencies=[person()],
)
async def unlink_my_identity(provider: str, oidc: OidcDep, me: MeDep, caller: Caller, request: Request) -> None:
    """With what the provider gave; logins by it end, this one too where it is one. Refused where it is the only way
    into the account."""
    await oidc.identities.unlink(me.user_id, _slug(provider), caller)
    accounts_changed(request)


def _identity(linked: Linked) -> IdentityOut:
    provider, identity = linked.provider, linked.identity
    return IdentityOut(
        provider=provider.slug,
        provider_name=provider.name,
        enabled=provider.enabled,
        linked=identity is not None,
        name=identity.name if identity else None,
        linked_at=identity.created_ms if identity else None,
        last_login_at=identity.last_login_ms if identity else None,
    )


def _slug(provider: str) -> str:
    """What can't be one is no provider: browsers come here, so it is told on the login page and not as bad input."""
    return provider if _SLUG.fullmatch(provider) else "unknown"


def _failed(code: str, wanted: str | None, *, page: str | None = None) -> RedirectResponse:
    """To the page that says in words what `code` means."""
    query = {"error": code} | ({"next": wanted} if page is None and wanted not in (None, "/") else {})
    there = page or LOGIN_PAGE
    return RedirectResponse(f"{there}{'&' if '?' in there else '?'}{urlencode(query)}", status_code=303)
