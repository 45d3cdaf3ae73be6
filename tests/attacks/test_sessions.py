"""What is done with logins: fixed, tampered with, used again after their end; and what answers tell of accounts."""

import base64
import json
from typing import Any

import httpx
import jwt
import pytest
from fastapi import FastAPI

from tests.support.accounts import AUTH, PASSWORD, accounts_in, add_user, bearer, client_of, log_in
from vedette.identity.passwords import Passwords, Verdict

pytestmark = pytest.mark.anyio

OURS = {"X-Vedette-Client": "web"}
CHOSEN = "chosen-by-somebody-else-1234567890"


async def test_a_login_never_takes_over_a_session_that_was_there_before(app: FastAPI, admin: httpx.AsyncClient) -> None:
    """Session fixation: whatever cookies the victim's browser was given, the login makes new ones."""
    given = {"username": "admin", "password": PASSWORD, "transport": "cookie"}
    async with client_of(app) as attacker, client_of(app) as victim:
        assert (await attacker.post(f"{AUTH}/login", json=given, headers=OURS)).status_code == 200
        planted = dict(attacker.cookies)
        for name, value in planted.items():
            victim.cookies.set(name, value)
        assert (await attacker.post(f"{AUTH}/logout", headers=OURS)).status_code == 204
        assert (await victim.post(f"{AUTH}/login", json=given, headers=OURS)).status_code == 200
        fresh = {one.name: one.value for one in victim.cookies.jar}
        assert not set(planted.values()) & set(fresh.values())
        async with client_of(app) as again:
            for name, value in planted.items():
                again.cookies.set(name, value)
            assert (await again.get(f"{AUTH}/me")).status_code == 401
            assert (await again.post(f"{AUTH}/refresh", headers=OURS)).status_code == 401


async def test_a_made_up_session_is_nobody_s(app: FastAPI, admin: httpx.AsyncClient) -> None:
    async with client_of(app) as browser:
        for name in ("vedette_access", "vedette_refresh", "vedette_session", "__Host-vedette_access"):
            browser.cookies.set(name, CHOSEN)
        assert (await browser.get(f"{AUTH}/me")).status_code == 401
        assert (await browser.get("/api/v1/cameras")).status_code == 401


async def test_no_changed_token_is_taken(app: FastAPI, viewer: httpx.AsyncClient) -> None:
    """Tampered claims, other algorithms, keys the token brings along: RFC 8725, section 2."""
    token = viewer.headers["authorization"].removeprefix("Bearer ")
    head, body, signature = token.split(".")
    claims: dict[str, Any] = json.loads(decoded(body))
    header: dict[str, Any] = jwt.get_unverified_header(token)
    forged = [
        f"{head}.{encoded({**claims, 'exp': claims['exp'] + 10**8})}.{signature}",
        f"{head}.{encoded({**claims, 'sub': '00000000-0000-0000-0000-000000000001'})}.{signature}",
        f"{encoded({**header, 'alg': 'none'})}.{body}.",
        f"{encoded({**header, 'alg': 'None'})}.{body}.{signature}",
        f"{encoded({'typ': 'JWT'})}.{body}.{signature}",
        jwt.encode(claims, "", algorithm="none", headers={**header, "alg": "none"}),
        jwt.encode(claims, "secret" * 8, algorithm="HS256", headers=header),
        jwt.encode(claims, "x" * 64, algorithm="HS512", headers=header),
        jwt.encode(claims, "x" * 32, algorithm="HS256", headers={**header, "jwk": {"kty": "oct", "k": "eHh4"}}),
        jwt.encode(claims, "x" * 32, algorithm="HS256", headers={**header, "kid": "../../../dev/null"}),
        jwt.encode(claims, "x" * 32, algorithm="HS256", headers={**header, "jku": "http://127.0.0.1/keys"}),
        f"{head}.{body}",
        f"{head}.{body}.",
        f"{head}.{body}.{signature}.{signature}",
        f"{token}x",
        f" {token} {token}",
        token.swapcase(),
    ]
    assert (await viewer.get(f"{AUTH}/me")).status_code == 200
    async with client_of(app) as stranger:
        for one in forged:
            answer = await stranger.get(f"{AUTH}/me", headers={"Authorization": f"Bearer {one}"})
            assert answer.status_code == 401, one
            assert claims["sub"] not in answer.text


async def test_nothing_of_a_login_is_of_use_after_its_end(app: FastAPI, admin: httpx.AsyncClient) -> None:
    async with client_of(app) as client:
        tokens = await log_in(client, "admin")
        await client.post(f"{AUTH}/logout", headers=bearer(tokens))
        assert (await client.get("/api/v1/cameras", headers=bearer(tokens))).status_code == 401
        again = await client.post(f"{AUTH}/refresh", json={"refresh_token": tokens["refresh_token"]})
        assert again.status_code == 401
        swapped = {"Authorization": f"Bearer {tokens['refresh_token']}"}
        assert (await client.get(f"{AUTH}/me", headers=swapped)).status_code == 401
        as_refresh = await client.post(f"{AUTH}/refresh", json={"refresh_token": tokens["access_token"]})
        assert as_refresh.status_code == 401


async def test_an_unknown_name_costs_as_much_as_a_wrong_password(
    app: FastAPI, admin: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each attempt is one hash with the same parameters, and the answers don't differ by a letter."""
    hashed: list[str] = []
    ask = Passwords.verify

    async def verify(self: Passwords, password: str, stored: str | None) -> Verdict:
        hashed.append((stored or self._nobody).rpartition("$")[0].rpartition("$")[0])
        return await ask(self, password, stored)

    monkeypatch.setattr(Passwords, "verify", verify)
    answers = []
    async with client_of(app) as stranger:
        for name in ("admin", "nobody-of-this-name", "ADMIN ", "' or 1=1 --"):
            given = {"username": name, "password": "wrong, and long enough"}
            answer = await stranger.post(f"{AUTH}/login", json=given)
            answers.append((answer.status_code, answer.text, sorted(answer.headers.keys())))
    assert len(hashed) == len(answers)
    assert len(set(hashed)) == 1
    assert len({str(answer) for answer in answers}) == 1
    assert answers[0][0] == 401


async def test_nobody_learns_who_has_an_account(app: FastAPI, viewer: httpx.AsyncClient) -> None:
    """Not by listing, not by id, not by making one of the same name."""
    me = (await viewer.get(f"{AUTH}/me")).json()["user"]["id"]
    stored, _ = await accounts_in(app).users.page(10, None, None)
    others = [str(one.row.id) for one in stored if str(one.row.id) != me]
    made_up = "00000000-0000-0000-0000-000000000007"
    known = [await viewer.get(f"/api/v1/users/{one}") for one in others]
    unknown = await viewer.get(f"/api/v1/users/{made_up}")
    assert {answer.status_code for answer in known} == {unknown.status_code} == {403}
    assert {answer.json()["code"] for answer in known} == {unknown.json()["code"]}
    taken = await viewer.post("/api/v1/users", json={"username": "admin", "password": PASSWORD})
    free = await viewer.post("/api/v1/users", json={"username": "free", "password": PASSWORD})
    assert (taken.status_code, taken.json()["code"]) == (free.status_code, free.json()["code"])


async def test_nobody_lifts_themselves_up(app: FastAPI, viewer: httpx.AsyncClient) -> None:
    me = (await viewer.get(f"{AUTH}/me")).json()["user"]["id"]
    role = "00000000-0000-0000-0000-000000000001"
    attempts = [
        ("PATCH", f"/api/v1/users/{me}", {"role": "admin"}),
        ("PUT", f"/api/v1/users/{me}/password", {"password": "another long one"}),
        ("POST", "/api/v1/grants", {"user_id": me, "role_id": role}),
        ("POST", "/api/v1/roles", {"name": "mine", "permissions": ["user.manage"]}),
        ("POST", "/api/v1/groups", {"name": "mine", "members": [me]}),
        ("POST", "/api/v1/zones", {"name": "mine"}),
        ("POST", f"/api/v1/users/{me}/enable", None),
    ]
    for method, path, body in attempts:
        answer = await viewer.request(method, path, json=body)
        assert answer.status_code == 403, (method, path, answer.text)
    mine = (await viewer.get(f"{AUTH}/me")).json()
    assert "user.manage" not in json.dumps(mine)


async def test_an_account_added_meanwhile_is_no_way_in(app: FastAPI, admin: httpx.AsyncClient) -> None:
    """The first run can't be run twice."""
    answer = await admin.post(f"{AUTH}/setup", json={"token": "x" * 20, "username": "second", "password": PASSWORD})
    assert answer.status_code in (401, 409), answer.text
    await add_user(app, "later", "viewer")
    assert (await admin.get(f"{AUTH}/setup")).json()["needed"] is False


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
