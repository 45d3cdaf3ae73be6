"""Logging in through the real app, on both databases."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import jwt
import pyotp
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from tests.support.accounts import AUTH, PASSWORD, StillClock, accounts_in, add_user, bearer, client_of, log_in
from tests.support.app import TestRecorders, started
from vedette.access.principal import SYSTEM
from vedette.api.app import create_app
from vedette.audit.tables import AuditRow
from vedette.core.clock import ManualClock
from vedette.db.session import Database
from vedette.identity import setup
from vedette.identity.attempts import ACCOUNT_FREE, FIRST_WAIT_MS
from vedette.identity.session_tokens import ACCESS_S
from vedette.identity.sessions import CACHE_S, GRACE_MS, IDLE_MS
from vedette.identity.tables import RecoveryCodeRow, UserRow
from vedette.identity.tables_logins import LoginAttemptRow, SessionRow
from vedette.settings import Settings
from vedette.vault import open_vault

pytestmark = pytest.mark.anyio

OURS = {"X-Vedette-Client": "web"}


@pytest.fixture
def clock() -> ManualClock:
    return StillClock()


@pytest.fixture
def app(database: Database, settings: Settings, recorders: TestRecorders, clock: ManualClock) -> FastAPI:
    return create_app(settings, database, clock=clock, recorders=recorders)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with started(app) as client:
        yield client


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def try_in(client: httpx.AsyncClient, username: str, password: str, **more: Any) -> httpx.Response:
    return await client.post(f"{AUTH}/login", json={"username": username, "password": password, **more})


async def test_the_first_run(client: httpx.AsyncClient, settings: Settings) -> None:
    assert (await client.get(f"{AUTH}/setup")).json() == {"needed": True}
    assert said(await client.get(f"{AUTH}/me")) == (401, "auth.setup_needed")
    given = {"token": "guess", "username": "Anna", "password": PASSWORD}
    assert said(await client.post(f"{AUTH}/setup", json=given)) == (401, "auth.setup_token")
    given["token"] = setup.make_token(settings)
    assert given["token"] not in setup.token_file(settings).read_text()
    assert said(await client.post(f"{AUTH}/setup", json={**given, "password": "short"})) == (422, "auth.password_weak")

    made = await client.post(f"{AUTH}/setup", json=given)
    assert made.status_code == 201, made.text
    assert said(await client.get(f"{AUTH}/me")) == (401, "auth.needed")
    me = (await client.get(f"{AUTH}/me", headers=bearer(made.json()))).json()
    assert (me["kind"], me["user"]["username"]) == ("session", "anna")
    assert "user.manage" in me["permissions"]
    assert (await client.get(f"{AUTH}/setup")).json() == {"needed": False}
    assert said(await client.post(f"{AUTH}/setup", json={**given, "username": "bert"})) == (401, "auth.setup_token")
    given["token"] = setup.make_token(settings)
    assert said(await client.post(f"{AUTH}/setup", json={**given, "username": "bert"})) == (409, "auth.setup_done")


async def test_a_program_logs_in(app: FastAPI, client: httpx.AsyncClient, database: Database) -> None:
    await add_user(app, "Anna")
    answer = await try_in(client, " ANNA ", PASSWORD)
    tokens = answer.json()
    assert tokens["expires_in"] == ACCESS_S
    assert "set-cookie" not in answer.headers
    me = (await client.get(f"{AUTH}/me", headers=bearer(tokens))).json()
    assert (me["user"]["username"], me["session_id"]) == ("anna", tokens["session_id"])
    assert PASSWORD not in str(me)
    async with database.read() as session:
        row = (await session.scalars(select(SessionRow))).one()
        user = (await session.scalars(select(UserRow))).one()
        entry = (await session.scalars(select(AuditRow).where(AuditRow.action == "auth.login"))).one()
        attempt = (await session.scalars(select(LoginAttemptRow))).one()
    assert tokens["refresh_token"] not in (row.refresh_hash, row.previous_hash)
    assert row.method == "password"
    assert user.last_login_ms is not None
    assert (entry.result, entry.actor_id, entry.object_name) == ("ok", str(user.id), "anna")
    assert (attempt.outcome, attempt.username) == ("ok", "anna")


async def test_a_wrong_password_an_unknown_user_a_disabled_and_a_locked_one_are_told_alike(
    app: FastAPI, client: httpx.AsyncClient, database: Database
) -> None:
    await add_user(app, "anna")
    bert = await add_user(app, "bert")
    await accounts_in(app).users.set_enabled(bert.row.id, False, None, SYSTEM)
    answers = [await try_in(client, *given) for given in (("anna", "wrong"), ("nobody", PASSWORD), ("bert", PASSWORD))]
    for _ in range(ACCOUNT_FREE):
        await try_in(client, "carl", "wrong")
    answers.append(await try_in(client, "carl", "wrong"))
    assert {said(answer) for answer in answers} == {(401, "auth.failed")}
    assert len({answer.text for answer in answers}) == 1
    async with database.read() as session:
        outcomes = list(await session.scalars(select(LoginAttemptRow.outcome).order_by(LoginAttemptRow.id)))
        entries = list(
            await session.scalars(select(AuditRow).where(AuditRow.action == "auth.login").order_by(AuditRow.id))
        )
    assert outcomes == ["password", "unknown", "disabled", *["unknown"] * ACCOUNT_FREE, "locked"]
    assert [entry.detail for entry in entries] == outcomes
    assert {entry.actor_kind for entry in entries} == {"nobody"}


async def test_after_failures_even_the_right_password_has_to_wait(
    app: FastAPI, client: httpx.AsyncClient, clock: ManualClock
) -> None:
    await add_user(app, "anna")
    for _ in range(ACCOUNT_FREE):
        last = await try_in(client, "anna", "wrong")
    assert last.headers["retry-after"] == str(FIRST_WAIT_MS // 1000)
    early = await try_in(client, "anna", PASSWORD)
    assert (said(early), early.headers["retry-after"]) == ((401, "auth.failed"), last.headers["retry-after"])
    clock.advance(FIRST_WAIT_MS / 1000)
    await log_in(client, "anna")


async def test_how_long_to_wait_is_said_of_names_that_nobody_has_too(app: FastAPI, client: httpx.AsyncClient) -> None:
    await add_user(app, "anna")
    waits = {
        name: [(await try_in(client, name, "wrong")).headers.get("retry-after") for _ in range(ACCOUNT_FREE + 2)]
        for name in ("anna", "nobody")
    }
    assert waits["anna"] == waits["nobody"] == [None] * (ACCOUNT_FREE - 1) + ["2"] * 3


async def test_access_tokens_expire_and_refresh_tokens_rotate(
    app: FastAPI, client: httpx.AsyncClient, clock: ManualClock
) -> None:
    await add_user(app, "anna")
    first = await log_in(client, "anna")
    clock.advance(ACCESS_S)
    assert said(await client.get(f"{AUTH}/me", headers=bearer(first))) == (401, "auth.expired")
    second = await refreshed(client, first)
    assert second["refresh_token"] != first["refresh_token"]
    assert (await client.get(f"{AUTH}/me", headers=bearer(second))).status_code == 200
    # A second tab, or a repeated request whose answer was lost: the same successor.
    assert (await refreshed(client, first))["refresh_token"] == second["refresh_token"]
    third = await refreshed(client, second)
    clock.advance(IDLE_MS / 1000)
    assert said(await refresh(client, third)) == (401, "auth.expired")


@pytest.mark.parametrize("generations", [1, 2])
async def test_a_refresh_token_that_comes_back_ends_the_session(
    app: FastAPI, client: httpx.AsyncClient, clock: ManualClock, database: Database, generations: int
) -> None:
    await add_user(app, "anna")
    stolen = newest = await log_in(client, "anna")
    for _ in range(generations):
        newest = await refreshed(client, newest)
    clock.advance(GRACE_MS / 1000)
    assert said(await refresh(client, stolen)) == (401, "auth.revoked")
    assert said(await refresh(client, newest)) == (401, "auth.revoked")
    assert said(await client.get(f"{AUTH}/me", headers=bearer(newest))) == (401, "auth.revoked")
    async with database.read() as session:
        row = (await session.scalars(select(SessionRow))).one()
        denied = await session.scalar(select(AuditRow.result).where(AuditRow.action == "auth.session_reused"))
    assert (row.revoked_why, denied) == ("reused", "denied")


async def refresh(client: httpx.AsyncClient, tokens: dict[str, Any]) -> httpx.Response:
    return await client.post(f"{AUTH}/refresh", json={"refresh_token": tokens["refresh_token"]})


async def refreshed(client: httpx.AsyncClient, tokens: dict[str, Any]) -> dict[str, Any]:
    answer = await refresh(client, tokens)
    assert answer.status_code == 200, answer.text
    fresh: dict[str, Any] = answer.json()
    return fresh


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
async def test_tokens_that_are_not_ours(app: FastAPI, client: httpx.AsyncClient, settings: Settings) -> None:
    await add_user(app, "anna")
    good = (await log_in(client, "anna"))["access_token"]
    claims = jwt.decode(good, options={"verify_signature": False})
    key = open_vault(settings).derive("access tokens")
    head, body, signature = good.split(".")
    forged = [
        jwt.encode(claims, "", algorithm="none"),
        jwt.encode(claims, key, algorithm="HS512"),
        jwt.encode(claims, bytes(32), algorithm="HS256"),
        jwt.encode({**claims, "aud": "other"}, key, algorithm="HS256"),
        jwt.encode({**claims, "sub": "not an id"}, key, algorithm="HS256"),
        jwt.encode({**claims, "sub": claims["sid"]}, key, algorithm="HS256"),
        jwt.encode({name: value for name, value in claims.items() if name != "exp"}, key, algorithm="HS256"),
        jwt.encode({**claims, "exp": [1]}, key, algorithm="HS256"),
        f"{head}.{body}.{signature[:-4]}AAAA",
        f"{head}.{body}.",
        "..",
        "a.b." + "c" * 5000,
    ]
    for token in forged:
        answer = await client.get(f"{AUTH}/me", headers={"Authorization": f"Bearer {token}"})
        assert said(answer) == (401, "auth.invalid"), token
    for token in ("", "x", "A" * 85, "ä", "A" * 500):
        answer = await client.post(f"{AUTH}/refresh", json={"refresh_token": token})
        assert said(answer) == (401, "auth.invalid"), token
    answer = await client.post(f"{AUTH}/refresh", json={"refresh_token": good})
    assert said(answer) == (401, "auth.invalid")


async def test_logging_out_ends_the_session_at_once(
    app: FastAPI, client: httpx.AsyncClient, database: Database
) -> None:
    await add_user(app, "anna")
    tokens = await log_in(client, "anna")
    assert (await client.get(f"{AUTH}/me", headers=bearer(tokens))).status_code == 200
    left = await client.post(f"{AUTH}/logout", headers=bearer(tokens))
    assert (left.status_code, left.headers["clear-site-data"]) == (204, '"cache"')
    assert said(await client.get(f"{AUTH}/me", headers=bearer(tokens))) == (401, "auth.revoked")
    assert said(await refresh(client, tokens)) == (401, "auth.revoked")
    for _ in range(2):
        assert (await client.post(f"{AUTH}/logout", headers=bearer(tokens))).status_code == 204
    assert (await client.post(f"{AUTH}/logout")).status_code == 204
    async with database.read() as session:
        entry = (await session.scalars(select(AuditRow).where(AuditRow.action == "auth.logout"))).one()
    assert entry.actor_name == "anna"


async def test_an_end_in_another_process_is_seen_within_seconds(
    app: FastAPI, client: httpx.AsyncClient, clock: ManualClock, settings: Settings, database: Database
) -> None:
    await add_user(app, "anna")
    tokens = await log_in(client, "anna")
    assert (await client.get(f"{AUTH}/me", headers=bearer(tokens))).status_code == 200
    async with started(create_app(settings, database, clock=clock, recorders=TestRecorders())) as other:
        assert (await other.post(f"{AUTH}/logout", headers=bearer(tokens))).status_code == 204
    clock.advance(CACHE_S)
    assert said(await client.get(f"{AUTH}/me", headers=bearer(tokens))) == (401, "auth.revoked")


async def test_a_browser_keeps_cookies_that_scripts_cannot_read(app: FastAPI, client: httpx.AsyncClient) -> None:
    await add_user(app, "anna")
    given = {"username": "anna", "password": PASSWORD, "transport": "cookie"}
    assert said(await client.post(f"{AUTH}/login", json=given)) == (403, "auth.csrf")
    answer = await client.post(f"{AUTH}/login", json=given, headers=OURS)
    assert (answer.json()["access_token"], answer.json()["refresh_token"]) == (None, None)
    for cookie in answer.headers.get_list("set-cookie"):
        assert cookie.startswith("vedette_")
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "Path=/" in cookie
    assert (await client.get(f"{AUTH}/me")).json()["user"]["username"] == "anna"

    change = {"current_password": PASSWORD, "new_password": "quite another one"}
    assert said(await client.post(f"{AUTH}/password", json=change)) == (403, "auth.csrf")
    foreign = {**OURS, "Origin": "http://127.0.0.1:8080"}
    for path in ("refresh", "logout"):
        assert (await client.post(f"{AUTH}/{path}", headers=foreign)).status_code == 403
        assert said(await client.post(f"{AUTH}/{path}")) == (403, "auth.csrf")
    before = dict(client.cookies)
    assert (await client.post(f"{AUTH}/refresh", headers=OURS)).status_code == 200
    assert client.cookies["vedette_refresh"] != before["vedette_refresh"]
    assert (await client.post(f"{AUTH}/password", json=change, headers=OURS)).status_code == 204
    assert (await client.post(f"{AUTH}/logout", headers=OURS)).status_code == 204
    assert dict(client.cookies) == {}
    assert said(await client.get(f"{AUTH}/me")) == (401, "auth.needed")


async def test_on_tls_the_cookies_are_bound_to_the_host(app: FastAPI, client: httpx.AsyncClient) -> None:
    await add_user(app, "anna")
    given = {"username": "anna", "password": PASSWORD, "transport": "cookie"}
    async with client_of(app, "https://localhost:7070") as browser:
        answer = await browser.post(f"{AUTH}/login", json=given, headers=OURS)
        for cookie in answer.headers.get_list("set-cookie"):
            assert cookie.startswith("__Host-vedette_")
            assert "Secure" in cookie
            assert "Domain" not in cookie
        assert (await browser.get(f"{AUTH}/me")).status_code == 200


async def test_changing_the_password_ends_the_other_sessions(
    app: FastAPI, client: httpx.AsyncClient, clock: ManualClock
) -> None:
    await add_user(app, "anna")
    here, there = await log_in(client, "anna"), await log_in(client, "anna")
    new = "quite another one"

    async def change(present: str, wanted: str) -> httpx.Response:
        given = {"current_password": present, "new_password": wanted}
        return await client.post(f"{AUTH}/password", json=given, headers=bearer(here))

    assert said(await change("wrong", new)) == (403, "auth.password_wrong")
    assert said(await change(PASSWORD, "short")) == (422, "auth.password_weak")
    assert said(await change(PASSWORD, PASSWORD)) == (422, "auth.password_weak")
    assert (await change(PASSWORD, new)).status_code == 204
    assert (await client.get(f"{AUTH}/me", headers=bearer(here))).status_code == 200
    assert said(await client.get(f"{AUTH}/me", headers=bearer(there))) == (401, "auth.revoked")
    assert said(await try_in(client, "anna", PASSWORD)) == (401, "auth.failed")
    clock.advance(1)
    await log_in(client, "anna", new)


async def test_guessing_the_password_of_an_open_session_is_slowed_down(app: FastAPI, client: httpx.AsyncClient) -> None:
    await add_user(app, "anna")
    tokens = await log_in(client, "anna")
    app.state.clock.advance(1)
    for _ in range(ACCOUNT_FREE):
        await client.post(f"{AUTH}/totp/begin", json={"password": "wrong"}, headers=bearer(tokens))
    locked = await client.post(f"{AUTH}/totp/begin", json={"password": PASSWORD}, headers=bearer(tokens))
    assert locked.status_code in (401, 403)


async def test_the_name_that_others_read_is_ones_own_to_change(app: FastAPI, client: httpx.AsyncClient) -> None:
    await add_user(app, "anna")
    headers = bearer(await log_in(client, "anna"))
    assert (await client.patch(f"{AUTH}/me", json={"display_name": " Anna H. "}, headers=headers)).status_code == 204
    me = (await client.get(f"{AUTH}/me", headers=headers)).json()
    assert (me["name"], me["user"]["display_name"], me["user"]["username"]) == ("Anna H.", "Anna H.", "anna")
    for bad in ({"display_name": "a\nb"}, {"display_name": "x" * 101}, {}, {"username": "root"}):
        assert said(await client.patch(f"{AUTH}/me", json=bad, headers=headers)) == (422, "request.invalid")


async def test_all_other_sessions_are_ended_at_once(app: FastAPI, client: httpx.AsyncClient) -> None:
    await add_user(app, "anna")
    await add_user(app, "bert")
    here, there, elsewhere = [bearer(await log_in(client, "anna")) for _ in range(3)]
    berts = bearer(await log_in(client, "bert"))
    assert (await client.delete(f"{AUTH}/sessions", headers=here)).status_code == 204
    for headers in (there, elsewhere):
        assert said(await client.get(f"{AUTH}/me", headers=headers)) == (401, "auth.revoked")
    for headers in (here, berts):
        assert (await client.get(f"{AUTH}/me", headers=headers)).status_code == 200
    assert len((await client.get(f"{AUTH}/sessions", headers=here)).json()["items"]) == 1


async def test_sessions_are_listed_and_ended(app: FastAPI, client: httpx.AsyncClient) -> None:
    await add_user(app, "anna")
    await add_user(app, "bert")
    here, there, foreign = [await log_in(client, name) for name in ("anna", "anna", "bert")]
    items = (await client.get(f"{AUTH}/sessions", headers=bearer(here))).json()["items"]
    assert {item["id"]: item["current"] for item in items} == {here["session_id"]: True, there["session_id"]: False}
    assert all(here["refresh_token"] not in str(item) for item in items)

    async def end(session_id: str) -> int:
        return (await client.delete(f"{AUTH}/sessions/{session_id}", headers=bearer(here))).status_code

    assert await end(foreign["session_id"]) == 404
    assert (await client.get(f"{AUTH}/me", headers=bearer(foreign))).status_code == 200
    assert [await end(there["session_id"]), await end(there["session_id"])] == [204, 404]
    assert said(await client.get(f"{AUTH}/me", headers=bearer(there))) == (401, "auth.revoked")


async def test_the_second_factor(
    app: FastAPI, client: httpx.AsyncClient, clock: ManualClock, database: Database
) -> None:
    await add_user(app, "anna")
    await add_user(app, "bert")
    tokens, other = await log_in(client, "anna"), await log_in(client, "bert")

    async def post(path: str, given: dict[str, Any], who: dict[str, Any] = tokens) -> httpx.Response:
        return await client.post(f"{AUTH}/totp/{path}", json=given, headers=bearer(who))

    assert said(await post("begin", {"password": "wrong"})) == (403, "auth.password_wrong")
    begun = (await post("begin", {"password": PASSWORD})).json()
    app_codes = pyotp.TOTP(begun["secret"])

    def code() -> str:
        return app_codes.at(clock.now_ms() // 1000)

    confirm = {"pending": begun["pending"], "code": code()}
    assert said(await post("confirm", {**confirm, "code": "000000"})) == (401, "auth.code_wrong")
    assert said(await post("confirm", confirm, other)) == (422, "totp.pending")
    assert said(await post("confirm", {**confirm, "pending": "x"})) == (422, "totp.pending")
    confirmed = await post("confirm", confirm)
    recovery = confirmed.json()["recovery_codes"]
    assert said(await post("begin", {"password": PASSWORD})) == (409, "totp.already")
    async with database.read() as session:
        user = (await session.scalars(select(UserRow).where(UserRow.username == "anna"))).one()
        hashes = list(await session.scalars(select(RecoveryCodeRow.code_hash)))
    assert begun["secret"] not in str(user.totp_sealed)
    assert not set(recovery) & set(hashes)

    assert said(await try_in(client, "anna", PASSWORD)) == (401, "auth.code_needed")
    async with database.read() as session:
        last = (await session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(1))).one()
    assert (last.action, last.result) == ("auth.code_asked", "ok"), "the month's report has no failure of this"
    assert said(await try_in(client, "anna", "wrong", code=code())) == (401, "auth.failed")
    assert said(await try_in(client, "anna", PASSWORD, code=code())) == (401, "auth.code_wrong")  # it confirmed
    clock.advance(30)
    await log_in(client, "anna", code=code())
    assert said(await try_in(client, "anna", PASSWORD, code=code())) == (401, "auth.code_wrong")
    await log_in(client, "anna", code=recovery[0].upper())
    assert said(await try_in(client, "anna", PASSWORD, code=recovery[0])) == (401, "auth.code_wrong")
    me = (await client.get(f"{AUTH}/me", headers=bearer(tokens))).json()["user"]
    assert (me["totp"], me["recovery_codes_left"]) == (True, len(recovery) - 1)

    clock.advance(60)
    tokens = await refreshed(client, tokens)
    wrong = await post("disable", {"password": PASSWORD, "code": "000000"}, tokens)
    assert said(wrong) == (401, "auth.code_wrong")
    assert (await post("disable", {"password": PASSWORD, "code": code()}, tokens)).status_code == 204
    assert said(await post("disable", {"password": PASSWORD, "code": code()}, tokens)) == (409, "totp.off")
    clock.advance(60)
    await log_in(client, "anna")


async def test_an_enrolment_ages(app: FastAPI, client: httpx.AsyncClient, clock: ManualClock) -> None:
    await add_user(app, "anna")
    tokens = await log_in(client, "anna")
    begun = (await client.post(f"{AUTH}/totp/begin", json={"password": PASSWORD}, headers=bearer(tokens))).json()
    clock.advance(599)
    tokens = await refreshed(client, tokens)
    clock.advance(1)
    given = {"pending": begun["pending"], "code": pyotp.TOTP(begun["secret"]).at(clock.now_ms() // 1000)}
    answer = await client.post(f"{AUTH}/totp/confirm", json=given, headers=bearer(tokens))
    assert said(answer) == (422, "totp.pending")


async def test_a_name_of_ones_own_choice_is_not_the_one_in_the_audit_log(
    app: FastAPI, client: httpx.AsyncClient, database: Database
) -> None:
    await add_user(app, "anna")
    await add_user(app, "bert", "admin")
    tokens = await log_in(client, "bert")
    assert (await client.patch(f"{AUTH}/me", json={"display_name": "anna"}, headers=bearer(tokens))).status_code == 204
    assert (await client.get(f"{AUTH}/me", headers=bearer(tokens))).json()["name"] == "anna"
    made = await client.post("/api/v1/zones", json={"name": "Front"}, headers=bearer(tokens))
    assert made.status_code == 201
    async with database.read() as session:
        actors = await session.scalars(select(AuditRow.actor_name).where(AuditRow.action == "zone.create"))
        assert list(actors) == ["bert"]


async def test_who_must_change_the_password_can_do_only_that(app: FastAPI, client: httpx.AsyncClient) -> None:
    anna = await add_user(app, "anna")
    await accounts_in(app).users.set_password(anna.row.id, "given by somebody", True, SYSTEM)
    tokens = await log_in(client, "anna", "given by somebody")
    me = (await client.get(f"{AUTH}/me", headers=bearer(tokens))).json()
    assert (me["permissions"], me["user"]["must_change_password"]) == ([], True)
    assert (await client.get("/api/v1/users", headers=bearer(tokens))).status_code == 403
    token = {"name": "way around", "permissions": ["user.manage"]}
    made = await client.post("/api/v1/api-tokens", json=token, headers=bearer(tokens))
    assert said(made) == (403, "auth.password_change_needed")
    change = {"current_password": "given by somebody", "new_password": "quite another one"}
    assert (await client.post(f"{AUTH}/password", json=change, headers=bearer(tokens))).status_code == 204
    assert (await client.get("/api/v1/users", headers=bearer(tokens))).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"username": "anna"},
        {"username": "anna", "password": None},
        {"username": ["anna"], "password": PASSWORD},
        {"username": "anna", "password": PASSWORD, "role": "admin"},
        {"username": "a" * 300, "password": PASSWORD},
        {"username": "anna", "password": "x" * 1001},
    ],
)
async def test_bad_input(app: FastAPI, client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    await add_user(app, "anna")
    answer = await client.post(f"{AUTH}/login", json=body)
    assert said(answer) == (422, "request.invalid")
    assert PASSWORD not in answer.text


@pytest.mark.parametrize("name", ["\x00", "' or 1=1 --", "\ufdfa" * 100, "%", "ﬃ" * 200])
async def test_odd_names_are_nobody(client: httpx.AsyncClient, app: FastAPI, name: str) -> None:
    await add_user(app, "anna")
    assert said(await try_in(client, name, "x")) == (401, "auth.failed")
