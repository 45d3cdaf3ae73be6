"""Users through the real app, on both databases."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from tests.support.accounts import AUTH, PASSWORD, USERS, add_user, bearer, log_in
from tests.support.app import TestRecorders, started
from tests.support.people import add_zone, grant
from vedette.access.permissions import Permission
from vedette.access.principal import SYSTEM
from vedette.api.app import create_app
from vedette.audit.log import Entry, record
from vedette.audit.tables import AuditRow
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.identity import admins
from vedette.identity.tables import GrantRow, RolePermissionRow, RoleRow
from vedette.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
def app(database: Database, settings: Settings, recorders: TestRecorders) -> FastAPI:
    return create_app(settings, database, recorders=recorders)


@pytest.fixture
async def anna(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """The administrator's client."""
    async with started(app) as client:
        await add_user(app, "anna")
        client.headers.update(bearer(await log_in(client, "anna")))
        yield client


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def create(client: httpx.AsyncClient, username: str, **more: Any) -> dict[str, Any]:
    answer = await client.post(USERS, json={"username": username, "password": PASSWORD, **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_the_first_account_is_not_made_here(app: FastAPI) -> None:
    async with started(app) as client:
        answer = await client.post(USERS, json={"username": "anna", "password": PASSWORD, "role": "admin"})
        assert said(answer) == (401, "auth.setup_needed")


async def test_a_user_is_made_changed_and_removed(anna: httpx.AsyncClient, database: Database) -> None:
    answer = await anna.post(USERS, json={"username": " Bert ", "password": PASSWORD, "role": "viewer"})
    bert = answer.json()
    place = f"{USERS}/{bert['id']}"
    assert (answer.status_code, answer.headers["location"]) == (201, place)
    assert (bert["username"], bert["roles"], bert["disabled"], bert["totp"]) == ("bert", ["viewer"], False, False)
    assert (await anna.get(place)).json() == bert
    assert said(await anna.post(USERS, json={"username": "BERT", "password": PASSWORD})) == (409, "user.name_taken")

    patch = {"display_name": "Bert B.", "email": "bert@example.org"}
    changed = await anna.patch(place, json=patch, headers={"If-Match": answer.headers["etag"]})
    assert changed.json() == bert | patch | {"updated_at": changed.json()["updated_at"]}
    stale = {"If-Match": answer.headers["etag"]}
    assert said(await anna.patch(place, json=patch, headers=stale)) == (412, "request.precondition")
    assert said(await anna.delete(place, headers=stale)) == (412, "request.precondition")
    assert (await anna.delete(place)).status_code == 204
    assert said(await anna.get(place)) == (404, "user.not_found")
    async with database.read() as session:
        rows = list(await session.scalars(select(AuditRow).where(AuditRow.object_id == bert["id"])))
    assert [row.action for row in rows] == ["user.create", "user.edit", "user.delete"]
    assert {row.actor_name for row in rows} == {"anna"}
    assert (rows[1].before, rows[1].after) == ({"display_name": "", "email": None}, patch)
    assert all(PASSWORD not in str((row.before, row.after)) for row in rows)


async def test_users_are_listed_by_name_in_pages(anna: httpx.AsyncClient) -> None:
    for name in ("carl", "bert"):
        await create(anna, name)
    first = (await anna.get(USERS, params={"limit": 2})).json()
    assert [user["username"] for user in first["items"]] == ["anna", "bert"]
    second = (await anna.get(USERS, params={"cursor": first["next"]})).json()
    assert ([user["username"] for user in second["items"]], second["next"]) == (["carl"], None)
    found = (await anna.get(USERS, params={"q": "AR"})).json()["items"]
    assert [user["username"] for user in found] == ["carl"]
    assert "argon2" not in str(first)
    assert said(await anna.get(USERS, params={"cursor": "x"})) == (422, "request.cursor")
    assert (await anna.get(USERS, params={"q": "\x00"})).status_code == 422


async def test_who_does_not_manage_users_sees_none(app: FastAPI, anna: httpx.AsyncClient) -> None:
    bert = await create(anna, "bert", role="operator")
    theirs = bearer(await log_in(anna, "bert"))
    for method, path in (
        ("GET", USERS),
        ("POST", USERS),
        ("GET", f"{USERS}/{bert['id']}"),
        ("PATCH", f"{USERS}/{bert['id']}"),
        ("DELETE", f"{USERS}/{bert['id']}"),
        ("GET", f"{USERS}/{uuid4()}/sessions"),
    ):
        answer = await anna.request(method, path, headers=theirs)
        assert said(answer) == (403, "auth.forbidden"), (method, path)
        nobody = await anna.request(method, path, headers={"Authorization": ""})
        assert said(nobody) == (401, "auth.needed"), (method, path)


async def test_a_disabled_user_is_out_at_once_and_may_come_back(anna: httpx.AsyncClient) -> None:
    bert = await create(anna, "bert", role="viewer")
    tokens = await log_in(anna, "bert")
    assert (await anna.get(f"{AUTH}/me", headers=bearer(tokens))).status_code == 200
    assert (await anna.post(f"{USERS}/{bert['id']}/disable")).json()["disabled"] is True
    assert said(await anna.get(f"{AUTH}/me", headers=bearer(tokens))) == (401, "auth.revoked")
    given = {"username": "bert", "password": PASSWORD}
    assert said(await anna.post(f"{AUTH}/login", json=given)) == (401, "auth.failed")
    assert (await anna.post(f"{USERS}/{bert['id']}/enable")).json()["disabled"] is False
    assert said(await anna.get(f"{AUTH}/me", headers=bearer(tokens))) == (401, "auth.revoked")
    await log_in(anna, "bert")


async def test_a_deleted_user_is_out_at_once(anna: httpx.AsyncClient) -> None:
    bert = await create(anna, "bert", role="viewer")
    tokens = await log_in(anna, "bert")
    assert (await anna.get(f"{AUTH}/me", headers=bearer(tokens))).status_code == 200
    assert (await anna.delete(f"{USERS}/{bert['id']}")).status_code == 204
    assert said(await anna.get(f"{AUTH}/me", headers=bearer(tokens))) == (401, "auth.revoked")


async def test_the_last_administrator_stays(anna: httpx.AsyncClient) -> None:
    (me,) = (await anna.get(USERS)).json()["items"]
    place = f"{USERS}/{me['id']}"
    assert said(await anna.delete(place)) == (409, "user.last_admin")
    assert said(await anna.post(f"{place}/disable")) == (409, "user.last_admin")
    assert (await anna.get(f"{AUTH}/me")).status_code == 200
    await create(anna, "bert", role="admin")
    assert (await anna.delete(place)).status_code == 204


async def test_a_deletion_takes_its_locks_in_the_order_of_all_others(
    anna: httpx.AsyncClient, database: Database
) -> None:
    """On PostgreSQL two that each hold what the other waits for would end one another."""
    bert = await create(anna, "bert")
    async with database.write() as session:
        async with admins.keep_one(session, 0):
            deleting = asyncio.create_task(anna.delete(f"{USERS}/{bert['id']}"))
            await asyncio.wait((deleting,), timeout=0.5)
        await record(session, 0, SYSTEM, Entry("grant.delete"))
    assert (await deleting).status_code == 204


async def test_an_administrator_sets_a_password_and_ends_sessions(anna: httpx.AsyncClient) -> None:
    bert = await create(anna, "bert", role="viewer")
    first, second = await log_in(anna, "bert"), await log_in(anna, "bert")
    place = f"{USERS}/{bert['id']}/sessions"
    listed = (await anna.get(place)).json()["items"]
    assert {item["id"] for item in listed} == {first["session_id"], second["session_id"]}
    assert (await anna.delete(f"{place}/{first['session_id']}")).status_code == 204
    assert said(await anna.delete(f"{place}/{first['session_id']}")) == (404, "session.not_found")
    assert said(await anna.get(f"{AUTH}/me", headers=bearer(first))) == (401, "auth.revoked")
    assert (await anna.delete(place)).status_code == 204
    assert said(await anna.get(f"{AUTH}/me", headers=bearer(second))) == (401, "auth.revoked")
    assert said(await anna.get(f"{USERS}/{uuid4()}/sessions")) == (404, "user.not_found")

    third = await log_in(anna, "bert")
    weak = await anna.put(f"{USERS}/{bert['id']}/password", json={"password": "bert"})
    assert said(weak) == (422, "auth.password_weak")
    given = {"password": "given by somebody"}
    assert (await anna.put(f"{USERS}/{bert['id']}/password", json=given)).status_code == 204
    assert said(await anna.get(f"{AUTH}/me", headers=bearer(third))) == (401, "auth.revoked")
    tokens = await log_in(anna, "bert", "given by somebody")
    me = (await anna.get(f"{AUTH}/me", headers=bearer(tokens))).json()
    assert (me["permissions"], me["user"]["must_change_password"]) == ([], True)
    assert (await anna.delete(f"{USERS}/{bert['id']}/totp")).status_code == 204


@pytest.mark.parametrize("target", ["admin", "operator", "viewer of a zone"])
async def test_who_manages_users_takes_over_nobody_who_may_do_more(
    app: FastAPI, anna: httpx.AsyncClient, database: Database, target: str
) -> None:
    clerk = await create(anna, "clerk")
    async with database.write() as session:
        role = RoleRow(id=uuid7(), name="clerk", created_ms=0)
        session.add(role)
        await session.flush()
        session.add(RolePermissionRow(role_id=role.id, permission=Permission.USER_MANAGE))
        session.add(GrantRow(id=uuid7(), user_id=UUID(clerk["id"]), role_id=role.id, created_ms=0))
    app.state.authority.forget()
    theirs = bearer(await log_in(anna, "clerk"))
    if target == "admin":
        user_id = (await anna.get(USERS)).json()["items"][0]["id"]
    else:
        user_id = (await create(anna, "other"))["id"]
        zone_id = await add_zone(database, "Front", []) if target == "viewer of a zone" else None
        await grant(database, UUID(user_id), target.partition(" ")[0], zone_id=zone_id)
    place = f"{USERS}/{user_id}"
    bad = {"username": "bert", "password": PASSWORD, "role": "admin"}
    assert said(await anna.post(USERS, json=bad, headers=theirs)) == (403, "grant.more_than_own")
    answers = [
        await anna.put(f"{place}/password", json={"password": PASSWORD}, headers=theirs),
        await anna.delete(f"{place}/totp", headers=theirs),
        await anna.post(f"{place}/disable", headers=theirs),
        await anna.delete(f"{place}/sessions", headers=theirs),
        await anna.patch(place, json={"email": "clerk@example.org"}, headers=theirs),
        await anna.delete(place, headers=theirs),
    ]
    assert [said(answer) for answer in answers] == [(403, "grant.more_than_own")] * len(answers)
    good = {"username": "bert", "password": PASSWORD, "role": "clerk"}
    assert (await anna.post(USERS, json=good, headers=theirs)).status_code == 201


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"username": "bert", "password": "short"}, "auth.password_weak"),
        ({"username": "b b", "password": PASSWORD}, "user.name"),
        ({"username": "\ud800", "password": PASSWORD}, "request.invalid"),
        ({"username": "bert", "password": PASSWORD, "role": "king"}, "user.role_unknown"),
        ({"username": "bert", "password": PASSWORD, "password_hash": "x"}, "request.invalid"),
        ({"username": "bert", "password": PASSWORD, "email": "nobody"}, "request.invalid"),
        ({"username": "bert", "password": PASSWORD, "display_name": "a\u0000b"}, "request.invalid"),
    ],
)
async def test_bad_input_makes_nobody(anna: httpx.AsyncClient, body: dict[str, Any], code: str) -> None:
    answer = await anna.post(USERS, content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert said(answer) == (422, code)
    assert PASSWORD not in answer.text
    assert len((await anna.get(USERS)).json()["items"]) == 1


async def test_what_a_user_may_do_by_name_by_group_and_by_the_clock(anna: httpx.AsyncClient) -> None:
    bert = await create(anna, "bert")
    cameras = [
        (await anna.post("/api/v1/cameras", json={"name": name, "url": "rtsp://127.0.0.1:1/x"})).json()["id"]
        for name in ("Gate", "Yard")
    ]
    roles = {role["name"]: role["id"] for role in (await anna.get("/api/v1/roles")).json()["items"]}
    group = (await anna.post("/api/v1/groups", json={"name": "Guards", "members": [bert["id"]]})).json()
    zone = (await anna.post("/api/v1/zones", json={"name": "Front", "cameras": cameras[:1]})).json()
    for given in (
        {"group_id": group["id"], "role_id": roles["viewer"], "zone_id": zone["id"]},
        {"user_id": bert["id"], "role_id": roles["operator"], "valid_from": "2100-01-01T00:00:00Z"},
        {
            "user_id": bert["id"],
            "role_id": roles["viewer"],
            "camera_id": cameras[1],
            "valid_until": "2099-01-01T00:00:00Z",
        },
    ):
        assert (await anna.post("/api/v1/grants", json=given)).status_code == 201

    place = f"{USERS}/{bert['id']}"
    user = (await anna.get(place)).json()
    assert (user["roles"], user["limited_roles"], user["groups"]) == (["operator"], ["viewer"], ["Guards"])
    assert (await anna.get(USERS, params={"q": "bert"})).json()["items"] == [user]
    own = await anna.get("/api/v1/grants", params={"user_id": bert["id"]})
    assert [one["role"] for one in own.json()["items"]] == ["operator", "viewer"]
    all_of_them = await anna.get("/api/v1/grants", params={"user_id": bert["id"], "by_groups": True})
    assert [one["subject"] for one in all_of_them.json()["items"]] == ["Guards", "bert", "bert"]

    async def may(**at: str) -> dict[str, Any]:
        answer = await anna.get(f"{place}/permissions", params=at)
        assert answer.status_code == 200, answer.text
        return {one["name"]: one["everywhere"] or one["cameras"] for one in answer.json()["items"]}

    now = await may()
    assert set(now) == {one.value for one in Permission}
    assert (now["live.view"], now["ptz.control"], now["user.manage"]) == (sorted(cameras), [], [])
    later = await may(at="2100-01-02T00:00:00Z")
    assert (later["live.view"], later["system.view"], later["user.manage"]) == (True, True, [])
    assert (await anna.post(f"{place}/disable")).is_success
    assert await may() == now  # what they would get back
    assert said(await anna.get(f"{USERS}/{uuid4()}/permissions")) == (404, "user.not_found")
