"""Logging in by npm's oidc-provider, through the whole app, on both databases."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from tests.support.accounts import AUTH, PASSWORD, StillClock, accounts_in, add_user, bearer, client_of, log_in
from tests.support.app import TestRecorders, started
from tests.support.openid_provider import CLIENT_ID, SECRET, OpenIdProvider
from vedette.access.principal import SYSTEM
from vedette.api.app import create_app
from vedette.audit.tables import AuditRow
from vedette.core.clock import ManualClock, SystemClock
from vedette.db.session import Database
from vedette.identity.oidc.discovery import REFETCH_S
from vedette.identity.oidc.flow import LIFETIME_MS
from vedette.identity.tables import GroupMemberRow, UserRow
from vedette.identity.tables_logins import LoginAttemptRow, SessionRow
from vedette.identity.tables_oidc import OidcIdentityRow, OidcProviderRow
from vedette.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.openid]

PROVIDERS = "/api/v1/oidc-providers"
START = f"{AUTH}/oidc/real/start"
OURS = {"X-Vedette-Client": "web"}


@pytest.fixture
def clock() -> ManualClock:
    clock = StillClock()
    clock.jump(SystemClock().now_ms() / 1000 - clock.now_ms() / 1000)  # the provider has the machine's
    return clock


@pytest.fixture
def app(database: Database, settings: Settings, recorders: TestRecorders, clock: ManualClock) -> FastAPI:
    return create_app(settings, database, clock=clock, recorders=recorders)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser, in an installation where `root` is administrator."""
    async with started(app) as client:
        await add_user(app, "root")
        yield client


@pytest.fixture
async def admin(app: FastAPI, client: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator's program."""
    async with client_of(app) as other:
        other.headers.update(bearer(await log_in(client, "root")))
        yield other


async def made(admin: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await admin.post(f"/api/v1{path}", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def add_provider(admin: httpx.AsyncClient, openid: OpenIdProvider, **more: Any) -> dict[str, Any]:
    body = {
        "slug": "real",
        "name": "Real",
        "issuer": openid.issuer,
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "new_users": "all",
        **more,
    }
    return await made(admin, "/oidc-providers", body)


async def come_in(client: httpx.AsyncClient, openid: OpenIdProvider, who: str, next_page: str = "/") -> httpx.Response:
    """The whole way of a browser; the answer to the callback."""
    sent = await client.get(START, params={"next": next_page})
    assert sent.status_code == 303, sent.text
    back = await openid.sign_in(sent.headers["location"], who)
    return await client.get(back)


def error_of(answer: httpx.Response) -> str:
    """The code that the login page shows the words of."""
    assert answer.status_code == 303, answer.text
    where = urlsplit(answer.headers["location"])
    assert where.path == "/login"
    return parse_qs(where.query)["error"][0]


async def me(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get(f"{AUTH}/me")
    found: dict[str, Any] = answer.json()
    return found


async def test_a_first_and_a_second_login(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, database: Database, app: FastAPI
) -> None:
    provider = await add_provider(admin, openid)
    assert provider["redirect_url"] == "http://127.0.0.1:7070/api/v1/auth/oidc/real/callback"
    assert SECRET not in str(provider)
    assert (await client.get(f"{AUTH}/oidc")).json() == {"items": [{"id": "real", "name": "Real"}]}

    sent = await client.get(START, params={"next": "/playback?camera=gate"})
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert (asked["code_challenge_method"], asked["response_type"]) == (["S256"], ["code"])
    cookie = sent.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert asked["state"][0] not in sent.headers["set-cookie"]
    back = await openid.sign_in(sent.headers["location"], "anna")
    answer = await client.get(back)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/playback?camera=gate"
    cookies = answer.headers.get_list("set-cookie")
    assert sum("samesite=strict" in one.lower() and "vedette_" in one for one in cookies) == 2
    assert any('vedette_oidc=""' in one for one in cookies)

    mine = (await me(client))["user"]
    assert (mine["username"], mine["display_name"], mine["email"]) == ("anna", "Anna Alm", "anna@example.org")
    assert mine["has_password"] is False
    async with client_of(app) as other:
        assert (await come_in(other, openid, "anna")).headers["location"] == "/"
        assert (await me(other))["user"]["id"] == mine["id"]
    async with database.read() as session:
        sessions = list(await session.scalars(select(SessionRow.method)))
        attempts = list(await session.scalars(select(LoginAttemptRow.outcome)))
        identity = (await session.scalars(select(OidcIdentityRow))).one()
        audited = [(row.action, row.result, row.detail) for row in await session.scalars(select(AuditRow))]
        row = (await session.scalars(select(OidcProviderRow))).one()
    assert sessions == ["password", "oidc:real", "oidc:real"]
    assert set(attempts) == {"ok"}
    assert (identity.subject, identity.name) == ("anna", "Anna")
    assert audited.count(("auth.login", "ok", "oidc:real")) == 2
    assert sum(action == "user.create" for action, _, _ in audited) == 2
    assert SECRET not in (row.secret_sealed or SECRET)


async def test_groups_are_given_and_taken_away_and_what_is_given_by_hand_stays(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, database: Database
) -> None:
    roles = {role["name"]: role["id"] for role in (await admin.get("/api/v1/roles")).json()["items"]}
    watch = await made(admin, "/groups", {"name": "Watch"})
    night = await made(admin, "/groups", {"name": "Night"})
    zone = await made(admin, "/zones", {"name": "Yard"})
    mappings = [
        {"value": "staff", "group_id": watch["id"]},
        {"value": "boss", "role_id": roles["operator"], "zone_id": zone["id"]},
        {"value": "boss", "role_id": roles["viewer"]},
    ]
    provider = await add_provider(admin, openid, mappings=mappings, new_users="mapped")
    assert {(one["value"], one["group"], one["role"], one["zone"]) for one in provider["mappings"]} == {
        ("boss", None, "operator", "Yard"),
        ("boss", None, "viewer", None),
        ("staff", "Watch", None, None),
    }
    assert error_of(await come_in(client, openid, "carl")) == "oidc.no_account"
    assert (await come_in(client, openid, "anna")).headers["location"] == "/"
    anna = (await me(client))["user"]["id"]
    assert "live.view" in (await me(client))["permissions"]
    grants = (await admin.get("/api/v1/grants", params={"user_id": anna})).json()["items"]
    assert {(one["role"], one["zone"], one["source"]) for one in grants} == {
        ("operator", "Yard", "real"),
        ("viewer", None, "real"),
    }
    await made(admin, "/grants", {"user_id": anna, "role_id": roles["operator"]})
    answer = await admin.patch(f"/api/v1/groups/{night['id']}", json={"members": [anna]})
    assert answer.status_code == 200

    openid.tell(accounts={"anna": {"groups": ["night"]}})
    mappings = [{"value": "night", "group_id": night["id"]}, {"value": "staff", "group_id": watch["id"]}]
    await admin.patch(f"{PROVIDERS}/{provider['id']}", json={"mappings": mappings})
    assert (await come_in(client, openid, "anna")).headers["location"] == "/"
    grants = (await admin.get("/api/v1/grants", params={"user_id": anna})).json()["items"]
    assert [(one["role"], one["zone"], one["source"]) for one in grants] == [("operator", None, "manual")]
    openid.tell(accounts={"anna": {"groups": []}})
    assert (await come_in(client, openid, "anna")).headers["location"] == "/"
    async with database.read() as session:
        members = [(row.group_id, row.source) for row in await session.scalars(select(GroupMemberRow))]
        told = [
            (row.after["added"], row.after["removed"])
            for row in await session.scalars(select(AuditRow).where(AuditRow.action == "auth.oidc_groups"))
            if row.after
        ]
    assert [(str(group), source) for group, source in members] == [(night["id"], "manual")]
    everything = {"group Watch", "role operator in zone Yard", "role viewer"}
    assert [(set(added), set(removed)) for added, removed in told] == [(everything, set()), (set(), everything)]


async def test_the_last_administrator_stays_one(
    app: FastAPI, client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, database: Database
) -> None:
    roles = {role["name"]: role["id"] for role in (await admin.get("/api/v1/roles")).json()["items"]}
    await add_provider(admin, openid, mappings=[{"value": "boss", "role_id": roles["admin"]}])
    await come_in(client, openid, "anna")
    async with database.read() as session:
        root = await session.scalar(select(UserRow.id).where(UserRow.username == "root"))
    assert root is not None
    await accounts_in(app).users.delete(root, None, SYSTEM)
    openid.tell(accounts={"anna": {"groups": []}})
    assert (await come_in(client, openid, "anna")).headers["location"] == "/"
    assert "user.manage" in (await me(client))["permissions"]
    async with database.read() as session:
        entries = await session.scalars(select(AuditRow.detail).where(AuditRow.action == "auth.oidc_groups"))
        assert "kept role admin" in list(entries)[-1]


async def test_groups_that_are_only_in_userinfo(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider
) -> None:
    roles = {role["name"]: role["id"] for role in (await admin.get("/api/v1/roles")).json()["items"]}
    openid.tell(claimsInUserinfo=True)
    await add_provider(admin, openid, mappings=[{"value": "staff", "role_id": roles["viewer"]}], new_users="mapped")
    assert (await come_in(client, openid, "bert")).headers["location"] == "/"
    mine = await me(client)
    assert mine["user"]["username"] == "bert"
    assert "live.view" in mine["permissions"]


async def test_nobody_takes_an_account_over_by_its_name_or_address(
    app: FastAPI, client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider
) -> None:
    await add_provider(admin, openid)
    openid.tell(accounts={"mallory": {"preferred_username": "ROOT", "email": "root@example.org", "groups": []}})
    assert (await come_in(client, openid, "mallory")).headers["location"] == "/"
    mine = await me(client)
    assert mine["user"]["username"] == "root-2"
    assert mine["permissions"] == []


async def test_who_has_no_account_and_who_is_disabled_stay_out(
    app: FastAPI, client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, database: Database
) -> None:
    provider = await add_provider(admin, openid)
    await come_in(client, openid, "anna")
    anna = (await me(client))["user"]["id"]
    assert (await admin.post(f"/api/v1/users/{anna}/disable")).status_code == 200
    assert error_of(await come_in(client, openid, "anna")) == "oidc.disabled"
    await admin.patch(f"{PROVIDERS}/{provider['id']}", json={"new_users": "refuse"})
    assert error_of(await come_in(client, openid, "bert")) == "oidc.no_account"
    await admin.patch(f"{PROVIDERS}/{provider['id']}", json={"enabled": False})
    assert error_of(await client.get(START)) == "oidc.unknown_provider"
    assert (await client.get(f"{AUTH}/oidc")).json() == {"items": []}
    async with database.read() as session:
        entries = await session.scalars(select(AuditRow).where(AuditRow.result == "denied"))
        assert [entry.detail.split(":")[0] for entry in entries] == ["oidc.disabled", "oidc.no_account"]


async def test_the_way_back_is_good_once_in_the_browser_that_began_and_not_too_late(
    app: FastAPI, client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, clock: ManualClock
) -> None:
    await add_provider(admin, openid)
    sent = await client.get(START)
    kept = dict(client.cookies)
    back = await openid.sign_in(sent.headers["location"], "anna")
    async with client_of(app) as victim:  # login CSRF: somebody else's way back
        assert error_of(await victim.get(back)) == "oidc.state"
        await victim.get(START)
        assert error_of(await victim.get(back)) == "oidc.state"
        assert (await victim.get(f"{AUTH}/me")).status_code == 401
    state = httpx.URL(back).params["state"]
    tampered = httpx.URL(back).copy_set_param("state", ("y" if state[0] == "x" else "x") + state[1:])
    assert error_of(await client.get(tampered)) == "oidc.state"
    client.cookies.update(kept)
    assert (await client.get(back)).headers["location"] == "/"
    client.cookies.clear()
    client.cookies.update(kept)
    assert error_of(await client.get(back)) == "oidc.state"

    sent = await client.get(START)
    back = await openid.sign_in(sent.headers["location"], "anna")
    clock.advance(LIFETIME_MS / 1000)
    assert error_of(await client.get(back)) == "oidc.state"


async def test_the_provider_says_no(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, database: Database
) -> None:
    await add_provider(admin, openid)
    sent = await client.get(START)
    state = httpx.URL(sent.headers["location"]).params["state"]
    params = {"error": "access_denied", "state": state, "iss": openid.issuer}
    assert error_of(await client.get(f"{AUTH}/oidc/real/callback", params=params)) == "oidc.denied"
    async with database.read() as session:
        assert "elsewhere" in list(await session.scalars(select(LoginAttemptRow.outcome)))


async def test_an_answer_without_the_issuer_or_with_another_is_not_the_providers(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider
) -> None:
    await add_provider(admin, openid)
    for params in ({"iss": "https://evil.example"}, {}):
        sent = await client.get(START)
        back = httpx.URL(await openid.sign_in(sent.headers["location"], "anna"))
        back = back.copy_remove_param("iss").copy_merge_params(params)
        assert error_of(await client.get(back)) == "oidc.mix_up"


async def test_a_wrong_client_secret_is_told_to_the_administrator_and_the_person(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider
) -> None:
    provider = await add_provider(admin, openid, client_secret="wrong")
    assert error_of(await come_in(client, openid, "anna")) == "oidc.client"
    result = (await admin.post(f"{PROVIDERS}/{provider['id']}/test")).json()
    assert result["ok"] is False
    (problem,) = [one["message"] for one in result["findings"] if one["level"] == "problem"]
    assert "client secret" in problem
    await admin.patch(f"{PROVIDERS}/{provider['id']}", json={"client_secret": SECRET})
    result = (await admin.post(f"{PROVIDERS}/{provider['id']}/test")).json()
    assert result["ok"] is True, result
    assert {one["level"] for one in result["findings"]} <= {"ok", "warning"}
    assert (await come_in(client, openid, "anna")).headers["location"] == "/"


async def test_a_client_whose_secret_goes_into_the_body(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider
) -> None:
    """The provider offers both; what was registered is basic, so that this is what must be chosen."""
    await add_provider(admin, openid)
    assert (await come_in(client, openid, "bert")).headers["location"] == "/"


async def test_new_keys_are_fetched_when_a_token_names_one(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, clock: ManualClock
) -> None:
    await add_provider(admin, openid)
    await come_in(client, openid, "anna")
    openid.tell(newKeys=True)
    assert error_of(await come_in(client, openid, "anna")) == "oidc.token_invalid"  # asked for just now
    clock.advance(REFETCH_S)
    assert (await come_in(client, openid, "anna")).headers["location"] == "/"


async def test_an_expired_token(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, clock: ManualClock
) -> None:
    await add_provider(admin, openid)
    openid.tell(idTokenSeconds=5)
    clock.jump(120)
    assert error_of(await come_in(client, openid, "anna")) == "oidc.token_invalid"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:1",
        "/api/v1/auth/me",
    ],
)
async def test_after_the_login_only_our_own_pages_come(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, wanted: str
) -> None:
    await add_provider(admin, openid)
    assert (await come_in(client, openid, "anna", wanted)).headers["location"] == "/"


async def test_linking_and_unlinking(
    app: FastAPI, client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider
) -> None:
    await add_provider(admin, openid, new_users="refuse")
    await add_user(app, "anna")
    login = {"username": "anna", "password": PASSWORD, "transport": "cookie"}
    assert (await client.post(f"{AUTH}/login", json=login, headers=OURS)).status_code == 200
    link = f"{AUTH}/oidc/real/link"
    assert (await client.post(link, json={"password": PASSWORD})).json()["code"] == "auth.csrf"
    assert (await client.post(link, json={"password": "wrong"}, headers=OURS)).json()["code"] == "auth.password_wrong"
    begun = await client.post(link, json={"password": PASSWORD, "next": "/profile"}, headers=OURS)
    assert begun.status_code == 200, begun.text
    back = await openid.sign_in(begun.json()["location"], "anna")
    assert (await client.get(back)).headers["location"] == "/profile"
    (linked,) = (await client.get(f"{AUTH}/identities")).json()["items"]
    assert (linked["provider"], linked["linked"], linked["name"]) == ("real", True, "Anna")

    async with client_of(app) as other:
        assert (await come_in(other, openid, "anna")).headers["location"] == "/"
        assert (await me(other))["user"]["username"] == "anna"
    # Another account can't take the same person.
    async with client_of(app) as other:
        login["username"] = "root"
        await other.post(f"{AUTH}/login", json=login, headers=OURS)
        begun = await other.post(link, json={"password": PASSWORD, "next": "/profile"}, headers=OURS)
        back = await openid.sign_in(begun.json()["location"], "anna")
        assert (await other.get(back)).headers["location"] == "/profile?error=oidc.linked_elsewhere"
    assert (await client.delete(f"{AUTH}/identities/real", headers=OURS)).status_code == 204
    (linked,) = (await client.get(f"{AUTH}/identities")).json()["items"]
    assert linked["linked"] is False
    assert (await client.delete(f"{AUTH}/identities/real", headers=OURS)).json()["code"] == "oidc.not_linked"


async def log_in_by_browser(client: httpx.AsyncClient, username: str) -> None:
    login = {"username": username, "password": PASSWORD, "transport": "cookie"}
    assert (await client.post(f"{AUTH}/login", json=login, headers=OURS)).status_code == 200


async def is_in(client: httpx.AsyncClient) -> bool:
    return (await client.get(f"{AUTH}/me")).status_code == 200


async def test_a_login_by_a_provider_lasts_for_its_hours_however_often_it_is_renewed(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, clock: ManualClock, app: FastAPI
) -> None:
    openid.tell(idTokenSeconds=86_400)
    provider = await add_provider(admin, openid, session_hours=3)
    assert provider["session_hours"] == 3
    await come_in(client, openid, "anna")
    began_ms = clock.now_ms()
    for _ in range(5):
        clock.advance(1800)
        renewed = await client.post(f"{AUTH}/refresh", headers=OURS)
        assert renewed.status_code == 200
        end_ms = datetime.fromisoformat(renewed.json()["session_expires_at"]).timestamp() * 1000
        assert round(end_ms) == began_ms + 3 * 3_600_000
    clock.advance(1800)
    assert (await client.post(f"{AUTH}/refresh", headers=OURS)).json()["code"] == "auth.expired"
    assert not await is_in(client)
    # Who was removed there does not come back, and who is still there does.
    openid.tell(accounts={"anna": {"preferred_username": "Anna", "groups": []}})
    assert (await come_in(client, openid, "anna")).headers["location"] == "/"
    assert await is_in(client)


async def test_shorter_hours_reach_logins_that_are_there(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, clock: ManualClock
) -> None:
    provider = await add_provider(admin, openid)
    assert provider["session_hours"] == 12
    await come_in(client, openid, "anna")
    clock.advance(3590)
    assert (await client.post(f"{AUTH}/refresh", headers=OURS)).status_code == 200
    admin.headers.update(bearer(await log_in(admin, "root")))
    url = f"{PROVIDERS}/{provider['id']}"
    for bad in (0, -1, 2161, "4", 1.5, None):
        assert (await admin.patch(url, json={"session_hours": bad})).status_code == 422
    assert (await admin.patch(url, json={"session_hours": 1})).json()["session_hours"] == 1
    assert await is_in(client)
    clock.advance(10)
    assert not await is_in(client)
    assert (await client.post(f"{AUTH}/refresh", headers=OURS)).json()["code"] == "auth.expired"


@pytest.mark.parametrize("ending", ["unlink", "off", "delete"])
async def test_logins_by_a_provider_end_at_once_with_their_link_and_with_it(
    app: FastAPI, client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, ending: str
) -> None:
    provider = await add_provider(admin, openid, new_users="refuse")
    await add_user(app, "anna")
    await log_in_by_browser(client, "anna")
    body = {"password": PASSWORD, "next": "/profile"}
    begun = await client.post(f"{AUTH}/oidc/real/link", json=body, headers=OURS)
    await client.get(await openid.sign_in(begun.json()["location"], "anna"))
    async with client_of(app) as other:
        await come_in(other, openid, "anna")
        assert await is_in(other)
        url = f"{PROVIDERS}/{provider['id']}"
        if ending == "unlink":
            assert (await client.delete(f"{AUTH}/identities/real", headers=OURS)).status_code == 204
        elif ending == "off":
            assert (await admin.patch(url, json={"enabled": False})).status_code == 200
        else:
            assert (await admin.delete(url, params={"confirm": True})).status_code == 204
        assert not await is_in(other)
        assert (await other.post(f"{AUTH}/refresh", headers=OURS)).json()["code"] == "auth.revoked"
    assert await is_in(client), "the login by password goes on"


async def test_the_provider_that_the_last_administrator_comes_by_stays_on(
    app: FastAPI, client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider, database: Database
) -> None:
    roles = {role["name"]: role["id"] for role in (await admin.get("/api/v1/roles")).json()["items"]}
    provider = await add_provider(admin, openid, mappings=[{"value": "boss", "role_id": roles["admin"]}])
    await come_in(client, openid, "anna")
    async with database.read() as session:
        root = await session.scalar(select(UserRow.id).where(UserRow.username == "root"))
    assert root is not None
    await accounts_in(app).users.delete(root, None, SYSTEM)
    refused = await client.patch(f"{PROVIDERS}/{provider['id']}", json={"enabled": False}, headers=OURS)
    assert (refused.status_code, refused.json()["code"]) == (409, "user.last_admin")
    assert await is_in(client)


async def test_the_only_way_in_is_not_unlinked(
    client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider
) -> None:
    provider = await add_provider(admin, openid)
    await come_in(client, openid, "anna")
    assert (await client.delete(f"{AUTH}/identities/real", headers=OURS)).json()["code"] == "oidc.only_way_in"
    gone = f"{PROVIDERS}/{provider['id']}"
    assert (await admin.delete(gone)).json()["code"] == "provider.in_use"
    changed = await admin.patch(gone, json={"issuer": "https://other.example"})
    assert changed.json()["code"] == "provider.issuer_in_use"
    assert (await admin.delete(gone, params={"confirm": True})).status_code == 204


async def test_a_session_that_ended_links_nothing(
    app: FastAPI, client: httpx.AsyncClient, admin: httpx.AsyncClient, openid: OpenIdProvider
) -> None:
    await add_provider(admin, openid)
    await add_user(app, "anna")
    login = {"username": "anna", "password": PASSWORD, "transport": "cookie"}
    await client.post(f"{AUTH}/login", json=login, headers=OURS)
    body = {"password": PASSWORD, "next": "/profile"}
    begun = await client.post(f"{AUTH}/oidc/real/link", json=body, headers=OURS)
    back = await openid.sign_in(begun.json()["location"], "anna")
    assert (await client.post(f"{AUTH}/logout", headers=OURS)).status_code == 204
    assert (await client.get(back)).headers["location"] == "/profile?error=auth.revoked"
