"""/oidc-providers: who people can sign in by."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.http.access import Caller, require
from vedette.http.deps import settings_of, taken
from vedette.http.etags import IfMatch, etag, expected_versions
from vedette.http.paging import Page
from vedette.http.problem import responses
from vedette.identity.oidc import checkup
from vedette.identity.oidc.providers_service import StoredProvider
from vedette.identity.oidc.schemas import MappingOut, Provider, ProviderCreate, ProviderPatch, TestResult
from vedette.identity.oidc.services import OidcDep

router = APIRouter(prefix="/oidc-providers", tags=["accounts"], dependencies=[require(Permission.USER_MANAGE)])
Confirm = Annotated[bool, Query(description="Also when people log in by it; without it that is 409.")]


def redirect_url_of(connection: HTTPConnection) -> Callable[[str], str]:
    """The redirect URL of a provider by its slug. Under the public name, where there is one: it is what people use."""
    settings = settings_of(connection)
    origin = settings.public_url or f"{connection.url.scheme}://{connection.url.netloc}"
    return lambda slug: f"{origin.rstrip('/')}/api/v1/auth/oidc/{slug}/callback"


RedirectUrl = Annotated[Callable[[str], str], taken(redirect_url_of)]


def _shown(stored: StoredProvider, redirect_url: RedirectUrl) -> Provider:
    row = stored.row
    return Provider(
        id=row.id,
        slug=row.slug,
        name=row.name,
        issuer=row.issuer,
        client_id=row.client_id,
        has_client_secret=row.secret_sealed is not None,
        scopes=row.scopes,
        groups_claim=row.groups_claim,
        username_claim=row.username_claim,
        new_users=row.new_users,
        required_acr=row.required_acr,
        required_amr=row.required_amr,
        enabled=row.enabled,
        session_hours=row.session_hours,
        mappings=[
            MappingOut(
                value=one.row.value,
                group_id=one.row.group_id,
                group=one.group,
                role_id=one.row.role_id,
                role=one.role,
                zone_id=one.row.zone_id,
                zone=one.zone,
            )
            for one in stored.mappings
        ],
        redirect_url=redirect_url(row.slug),
        people=stored.people,
        created_at=row.created_ms,
        updated_at=row.updated_ms,
    )


def _answer(stored: StoredProvider, redirect_url: RedirectUrl, response: Response) -> Provider:
    response.headers["ETag"] = etag(stored.row.version)
    return _shown(stored, redirect_url)


@router.get("", summary="List sign-in providers")
async def list_oidc_providers(oidc: OidcDep, redirect_url: RedirectUrl) -> Page[Provider]:
    """By name."""
    return Page(items=[_shown(one, redirect_url) for one in await oidc.providers.every()], next=None)


@router.post("", status_code=201, summary="Add a sign-in provider", responses=responses(403, 409))
async def create_oidc_provider(
    given: ProviderCreate, oidc: OidcDep, caller: Caller, redirect_url: RedirectUrl, response: Response
) -> Provider:
    """Nothing is asked of the provider yet: test it afterwards."""
    stored = await oidc.providers.create(given, caller)
    response.headers["Location"] = f"/api/v1/oidc-providers/{stored.row.id}"
    return _answer(stored, redirect_url, response)


@router.get("/{provider_id}", summary="One sign-in provider", responses=responses(404))
async def get_oidc_provider(
    provider_id: UUID, oidc: OidcDep, redirect_url: RedirectUrl, response: Response
) -> Provider:
    """The ETag is the version for If-Match."""
    return _answer(await oidc.providers.get(provider_id), redirect_url, response)


@router.patch("/{provider_id}", summary="Change a sign-in provider", responses=responses(403, 404, 409, 412))
async def update_oidc_provider(
    provider_id: UUID,
    patch: ProviderPatch,
    oidc: OidcDep,
    caller: Caller,
    redirect_url: RedirectUrl,
    response: Response,
    if_match: IfMatch = None,
) -> Provider:
    """What is left out stays as it is. New mappings hold for each person from their next login on. Logins by a provider
    that is switched off end at once, those that are older than a shorter `session_hours` with it."""
    stored = await oidc.providers.update(provider_id, patch, expected_versions(if_match), caller)
    return _answer(stored, redirect_url, response)


@router.delete(
    "/{provider_id}", status_code=204, summary="Delete a sign-in provider", responses=responses(403, 404, 409, 412)
)
async def delete_oidc_provider(
    provider_id: UUID, oidc: OidcDep, caller: Caller, confirm: Confirm = False, if_match: IfMatch = None
) -> None:
    """People keep their accounts and what they were given by hand, and lose what the provider gave them."""
    await oidc.providers.delete(provider_id, expected_versions(if_match), confirm, caller)


@router.post("/{provider_id}/test", summary="Test a sign-in provider", responses=responses(404))
async def test_oidc_provider(provider_id: UUID, oidc: OidcDep, redirect_url: RedirectUrl) -> TestResult:
    """Asks for its description and keys, and whether it knows client id and secret, and says what is wrong."""
    stored = await oidc.providers.get(provider_id)
    secret = oidc.providers.secret(stored.row)
    return await checkup.check(oidc.directory, oidc.exchange, stored.row, secret, redirect_url(stored.row.slug))
