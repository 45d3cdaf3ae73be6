"""API tokens through the real app, on both databases."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, update
from starlette.requests import HTTPConnection
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.accounts import PASSWORD, USERS, session_of
from tests.support.footage import add_stream, camera_of
from tests.support.people import add_user, add_zone, grant
from tests.support.running import RunningApp, StillClock, running_app
from vedette.access.permissions import Permission
from vedette.access.principal import Media, MediaKind
from vedette.audit.tables import AuditRow
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.http.lasting import LastingCaller
from vedette.identity.api_tokens.secret import new_token
from vedette.identity.api_tokens.usage import TokenUsage
from vedette.identity.built_in import VIEWER_ID
from vedette.identity.tables import GrantRow
from vedette.identity.tables_logins import ApiTokenRow, ApiTokenUseRow

pytestmark = pytest.mark.anyio

TOKENS = "/api-tokens"
NOW = 1_763_737_200_000  # 2025-11-21T15:00:00Z
NOBODY = {"Authorization": ""}
EVERYTHING = ["live.view", "camera.view", "system.view"]


@dataclass
class House:
    """A running app with the administrator anna and the viewer bert, of the camera `gate` alone."""

    app: RunningApp
    clock: StillClock
    database: Database
    gate: UUID
    yard: UUID
    anna: dict[str, str]
    bert: dict[str, str]

    async def make(self, whose: dict[str, str], **more: Any) -> dict[str, Any]:
        given = {"name": "door panel", "permissions": ["camera.view"], **more}
        answer = await self.app.http.post(TOKENS, json=given, headers=whose)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def ask(self, method: str, path: str, whose: dict[str, str], **more: Any) -> httpx.Response:
        return await self.app.http.request(method, path, headers=whose, **more)

    async def audited(self, object_id: str) -> list[AuditRow]:
        async with self.database.read() as session:
            found = select(AuditRow).where(AuditRow.object_id == object_id).order_by(AuditRow.id)
            return list(await session.scalars(found))


@pytest.fixture
async def house(tmp_path: Path, database: Database) -> AsyncIterator[House]:
    clock = StillClock(NOW)
    gate = await camera_of(database, await add_stream(database))
    yard = await camera_of(database, await add_stream(database, "yard"))
    async with running_app(tmp_path, database, clock) as app:
        anna, bert = await add_user(database, "anna"), await add_user(database, "bert")
        await grant(database, anna, "admin")
        await grant(database, bert, "viewer", zone_id=await add_zone(database, "Front", [gate]))
        app.app.state.authority.forget()
        hers, his = await session_of(app.app, anna), await session_of(app.app, bert)
        yield House(app, clock, database, gate, yard, hers, his)


def with_token(made: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {made['token']}"}


async def closed(socket: ClientConnection) -> int | None:
    """Waits for the end of a socket, and gives its code."""
    with contextlib.suppress(ConnectionClosed):
        while True:
            await socket.recv()
    return socket.close_code


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_token_is_made_used_changed_and_revoked(house: House) -> None:
    made = await house.make(house.bert, networks=["127.0.0.0/8", "::1"], expires_at="2025-12-01T00:00:00Z")
    assert made["token"].startswith(made["hint"])
    assert made["state"] == "active"
    assert (made["username"], made["networks"]) == ("bert", ["127.0.0.0/8", "::1/128"])
    place = f"{TOKENS}/{made['id']}"
    shown = (await house.ask("GET", place, house.bert)).json()
    assert shown == {name: value for name, value in made.items() if name != "token"}
    async with house.database.read() as session:
        row = await session.get_one(ApiTokenRow, UUID(made["id"]))
    assert made["token"] not in str(vars(row))

    cameras = (await house.ask("GET", "/cameras", with_token(made))).json()["items"]
    assert [camera["id"] for camera in cameras] == [str(house.gate)]
    me = (await house.ask("GET", "/auth/me", with_token(made))).json()
    assert (me["kind"], me["permissions"]) == ("token", ["camera.view"])

    changed = await house.ask("PATCH", place, house.bert, json={"name": "panel", "permissions": ["live.view"]})
    assert (changed.json()["name"], changed.json()["permissions"]) == ("panel", ["live.view"])
    assert (await house.ask("GET", "/auth/me", with_token(made))).json()["permissions"] == ["camera.view", "live.view"]
    await house.ask("PATCH", place, house.bert, json={"cameras": [str(house.gate)]})
    assert [one["id"] for one in (await house.ask("GET", "/cameras", with_token(made))).json()["items"]] == [
        str(house.gate)
    ], "what may be watched is in the list"

    assert (await house.ask("DELETE", place, house.bert)).status_code == 204
    assert (await house.ask("DELETE", place, house.bert)).status_code == 204, "a second time changes nothing"
    assert said(await house.ask("GET", "/cameras", with_token(made))) == (401, "auth.invalid")
    assert said(await house.ask("PATCH", place, house.bert, json={"name": "x"})) == (409, "token.revoked")
    assert (await house.ask("GET", TOKENS, house.bert)).json()["items"] == []
    gone = (await house.ask("GET", TOKENS, house.bert, params={"revoked": True})).json()["items"]
    assert [(one["id"], one["state"]) for one in gone] == [(made["id"], "revoked")]

    rows = await house.audited(made["id"])
    assert [row.action for row in rows] == ["token.create", "token.edit", "token.edit", "token.revoke"]
    assert rows[1].before == {"name": "door panel", "permissions": ["camera.view"]}
    assert all(made["token"] not in str(vars(row)) for row in rows)


async def test_a_token_has_at_most_what_its_owner_has(house: House) -> None:
    for bad, code in (
        ({"permissions": ["camera.view", "camera.edit"]}, "token.more_than_own"),
        ({"permissions": ["system.view"]}, "token.more_than_own"),
        ({"cameras": [str(house.yard)]}, "camera.not_found"),
        ({"cameras": [str(UUID(int=7))]}, "camera.not_found"),
        ({"expires_at": "2025-11-21T15:00:00Z"}, "token.expiry"),
        ({"permissions": []}, "request.invalid"),
        ({"permissions": ["moon.view"]}, "request.invalid"),
        ({"networks": ["example.org"]}, "request.invalid"),
        ({"networks": []}, "request.invalid"),
        ({"cameras": []}, "request.invalid"),
        ({"name": " "}, "request.invalid"),
    ):
        given = {"name": "x", "permissions": ["camera.view"], **bad}
        assert said(await house.ask("POST", TOKENS, house.bert, json=given)) == (422, code), bad
    # What the owner loses the token loses, too.
    made = await house.make(house.anna, permissions=EVERYTHING, cameras=[str(house.yard)])
    cameras = (await house.ask("GET", "/cameras", with_token(made))).json()["items"]
    assert [camera["id"] for camera in cameras] == [str(house.yard)]
    beside = await house.ask("GET", "/storage/stats", with_token(made))
    assert said(beside) == (403, "token.scope"), "a token for some cameras is for nothing beside cameras"
    assert beside.json()["detail"].startswith("This API token was not given the permission storage.view")


async def test_a_refusal_says_whether_the_token_or_its_owner_lacks_it(house: House) -> None:
    gate = f"/cameras/{house.gate}"
    small = await house.make(house.anna, permissions=["camera.view"])
    refused = await house.ask("PATCH", gate, with_token(small), json={"name": "x"})
    assert said(refused) == (403, "token.scope")
    assert refused.json()["detail"] == (
        "This API token was not given the permission camera.edit. anna can change the token."
    )
    placed = await house.make(house.anna, permissions=["storage.view"], cameras=[str(house.gate)])
    assert "is for some cameras only" in (await house.ask("GET", "/storage/stats", with_token(placed))).json()["detail"]
    # What the owner has lost since is the owner's lack.
    big = await house.make(house.anna, permissions=["camera.edit"])
    async with house.database.write() as session:
        await session.execute(update(GrantRow).values(role_id=VIEWER_ID))
    house.app.app.state.authority.forget()
    assert said(await house.ask("PATCH", gate, with_token(big), json={"name": "x"})) == (403, "auth.forbidden")


async def test_what_takes_a_person_is_no_token_s(house: House) -> None:
    for permission in ("user.manage", "share.create"):
        given = {"name": "x", "permissions": ["live.view", permission]}
        refused = await house.ask("POST", TOKENS, house.anna, json=given)
        assert said(refused) == (422, "token.of_people")
        assert (permission in refused.json()["detail"], refused.json()["field"]) == (True, "permissions")
    made = await house.make(house.anna)
    async with house.database.write() as session:  # one from before that was refused
        limits = {"permissions": ["live.view", "user.manage"], "cameras": None, "networks": None}
        await session.execute(update(ApiTokenRow).values(limits=limits))
    await asyncio.sleep(1.1)  # what was read of it is old now
    users = USERS.removeprefix("/api/v1")
    assert said(await house.ask("GET", users, with_token(made))) == (403, "auth.session_needed")
    assert "user.manage" not in (await house.ask("GET", "/auth/me", with_token(made))).json()["permissions"]
    place = f"{TOKENS}/{made['id']}"
    kept = await house.ask("PATCH", place, house.anna, json={"permissions": ["user.manage", "playback.view"]})
    assert kept.status_code == 200, "what it had it may keep: it permits nothing"
    assert (await house.audited(made["id"]))[-1].before == {"permissions": ["live.view", "user.manage"]}


async def test_a_token_for_a_zone_follows_what_is_in_it(house: House) -> None:
    (mine,) = (await house.ask("GET", "/auth/me", house.bert)).json()["grants"]
    other = (await house.ask("POST", "/zones", house.anna, json={"name": "Back", "cameras": [str(house.yard)]})).json()
    for whose, zones in ((house.bert, [other["id"]]), (house.anna, [str(UUID(int=7))])):
        given = {"name": "x", "permissions": ["camera.view"], "zones": zones}
        assert said(await house.ask("POST", TOKENS, whose, json=given)) == (422, "zone.not_found")

    async def sees(made: dict[str, Any]) -> set[str]:
        return {one["id"] for one in (await house.ask("GET", "/cameras", with_token(made))).json()["items"]}

    gate, yard = str(house.gate), str(house.yard)
    his = await house.make(house.bert, zones=[mine["zone_id"]])
    hers = await house.make(house.anna, zones=[other["id"]])
    both = await house.make(house.anna, zones=[other["id"]], cameras=[gate])
    assert (his["zones"], his["cameras"]) == ([mine["zone_id"]], None)
    assert (await sees(his), await sees(hers), await sees(both)) == ({gate}, {yard}, {gate, yard})
    assert said(await house.ask("GET", "/storage/stats", with_token(hers))) == (403, "token.scope")
    await house.ask("PATCH", f"/zones/{other['id']}", house.anna, json={"cameras": [gate]})
    assert (await sees(hers), await sees(his)) == ({gate}, {gate}), "at once, for those of its zone"
    await house.ask("DELETE", f"/zones/{other['id']}", house.anna)
    assert (await sees(hers), await sees(both)) == (set(), {gate}), "a zone that is gone has no cameras"
    everything = await house.ask("PATCH", f"{TOKENS}/{hers['id']}", house.anna, json={"zones": None})
    assert (everything.json()["zones"], await sees(hers)) == (None, {gate, yard})


async def test_a_token_hears_nothing_of_its_owner_s_affairs(house: House) -> None:
    everywhere = await house.make(house.anna, permissions=["camera.view", "system.view"])
    for made, cameras in (
        (everywhere, None),
        (await house.make(house.anna, permissions=["live.view"], cameras=[str(house.gate)]), [str(house.gate)]),
        (await house.make(house.bert, permissions=["live.view"]), [str(house.gate)]),
    ):
        me = (await house.ask("GET", "/auth/me", with_token(made))).json()
        assert (me["user"], me["grants"], me["session_id"]) == (None, [], None)
        token = {"id": made["id"], "name": "door panel", "username": made["username"], "cameras": cameras}
        assert (me["name"], me["token"]) == (made["username"], token)
        for path in ("/share-links", TOKENS, f"{TOKENS}/{made['id']}", f"{TOKENS}/{made['id']}/usage"):
            assert said(await house.ask("GET", path, with_token(made))) == (403, "auth.session_needed"), path
        answer = await house.ask("GET", "/system", with_token(made))
        if made is everywhere:
            assert answer.status_code == 200
        else:
            assert said(answer) == (403, "token.scope")
    person = (await house.ask("GET", "/auth/me", house.bert)).json()
    assert (person["user"]["username"], person["token"], len(person["grants"])) == ("bert", None, 1)


async def test_who_loses_what_is_open_is_told_whether_the_token_lacks_it(house: House) -> None:
    """As a live socket asks, again and again."""
    permission = Permission.LIVE_VIEW
    for narrower, why in (
        ({"cameras": [str(house.yard)]}, "This API token does not reach this camera. anna can change the token."),
        ({"permissions": ["system.view"]}, "This API token was not given the permission live.view. anna can"),
    ):
        made = await house.make(house.anna, permissions=["live.view"])
        authority = house.app.app.state.authority
        request = HTTPConnection(
            {
                "type": "http",
                "app": house.app.app,
                "headers": [(b"authorization", f"Bearer {made['token']}".encode())],
                "query_string": b"",
                "client": ("127.0.0.1", 1),
            }
        )
        caller = await authority.principal(request)
        for media in (None, Media(MediaKind.LIVE)):
            lasting = LastingCaller(authority, replace(caller, media=media), house.clock)
            if media is None:
                await lasting.demand(permission, house.gate)
                changed = await house.ask("PATCH", f"{TOKENS}/{made['id']}", house.anna, json=narrower)
                assert changed.status_code == 200
                house.clock.advance(1)  # so long is it remembered
            with pytest.raises(VedetteError) as lost:
                await lasting.demand(permission, house.gate)
            assert (lost.value.code, lost.value.message[: len(why)]) == ("token.scope", why)


async def test_a_token_ends_after_90_days_unless_something_else_is_said(house: House) -> None:
    assert (await house.make(house.bert))["expires_at"] == "2026-02-19T15:00:00.000Z"
    assert (await house.make(house.bert, expires_at=None))["expires_at"] is None
    made = await house.make(house.bert, expires_at="2025-11-22T00:00:00Z")
    kept = await house.ask("PATCH", f"{TOKENS}/{made['id']}", house.bert, json={"name": "y"})
    assert kept.json()["expires_at"] == "2025-11-22T00:00:00.000Z"
    lasting = await house.ask("PATCH", f"{TOKENS}/{made['id']}", house.bert, json={"expires_at": None})
    assert lasting.json()["expires_at"] is None


async def test_what_the_owner_lost_may_stay_in_a_token_that_is_edited(house: House) -> None:
    made = await house.make(house.anna, permissions=["camera.edit", "live.view"], cameras=[str(house.gate)])
    async with house.database.write() as session:
        await session.execute(update(GrantRow).values(role_id=VIEWER_ID))
    house.app.app.state.authority.forget()
    place = f"{TOKENS}/{made['id']}"
    wider = await house.ask("PATCH", place, house.anna, json={"permissions": ["camera.edit", "system.view"]})
    assert said(wider) == (422, "token.more_than_own")
    narrower = await house.ask("PATCH", place, house.anna, json={"permissions": ["camera.edit"]})
    assert narrower.json()["permissions"] == ["camera.edit"]


async def test_a_token_makes_no_way_in(house: House) -> None:
    """Whatever its owner may do: what it made would stay when it is revoked."""
    made = await house.make(house.anna, permissions=[*EVERYTHING, "system.manage"])
    use = with_token(made)
    users = USERS.removeprefix("/api/v1")
    for method, path, body in (
        ("GET", users, None),
        ("GET", "/zones", None),
        ("POST", TOKENS, {"name": "x", "permissions": ["live.view"]}),
        ("PATCH", f"{TOKENS}/{made['id']}", {"permissions": EVERYTHING}),
        ("DELETE", f"{TOKENS}/{made['id']}", None),
        ("POST", users, {"username": "mallory", "password": PASSWORD, "role": "admin"}),
        ("POST", "/grants", {}),
        ("POST", "/roles", {"name": "x", "permissions": []}),
        ("POST", "/zones", {"name": "x"}),
        ("POST", "/auth/password", {"current_password": PASSWORD, "new_password": "quite another one"}),
        ("GET", "/auth/sessions", None),
        ("POST", "/auth/totp/begin", {"password": PASSWORD}),
    ):
        assert said(await house.ask(method, path, use, json=body)) == (403, "auth.session_needed"), (method, path)


async def test_an_administrator_sees_and_revokes_those_of_all(house: House) -> None:
    made = await house.make(house.bert)
    house.clock.advance(1)
    own = await house.make(house.anna)
    place = f"{TOKENS}/{made['id']}"
    assert [one["id"] for one in (await house.ask("GET", TOKENS, house.anna)).json()["items"]] == [own["id"]]
    every = (await house.ask("GET", TOKENS, house.anna, params={"everybody": True, "limit": 1})).json()
    assert [one["username"] for one in every["items"]] == ["anna"]
    rest = {"everybody": True, "cursor": every["next"]}
    assert [one["username"] for one in (await house.ask("GET", TOKENS, house.anna, params=rest)).json()["items"]] == [
        "bert"
    ]
    of_bert = (await house.ask("GET", TOKENS, house.anna, params={"user_id": made["user_id"]})).json()["items"]
    assert [one["id"] for one in of_bert] == [made["id"]]
    assert said(await house.ask("PATCH", place, house.anna, json={"name": "x"})) == (403, "token.not_yours")
    assert (await house.ask("DELETE", place, house.anna)).status_code == 204
    assert said(await house.ask("GET", "/cameras", with_token(made))) == (401, "auth.invalid")

    for params in ({"everybody": True}, {"user_id": own["user_id"]}):
        assert said(await house.ask("GET", TOKENS, house.bert, params=params)) == (403, "auth.forbidden")
    for method in ("GET", "DELETE"):
        theirs = await house.ask(method, f"{TOKENS}/{own['id']}", house.bert)
        assert said(theirs) == (404, "token.not_found"), "not even that it is there"
    assert said(await house.ask("GET", f"{TOKENS}/{own['id']}/usage", house.bert)) == (404, "token.not_found")
    assert said(await house.ask("GET", TOKENS, house.anna, params={"cursor": "x"})) == (422, "request.cursor")


async def test_what_is_not_a_good_token_is_refused(house: House) -> None:
    made = await house.make(house.bert, expires_at="2025-11-21T16:00:00Z")
    assert (await house.ask("GET", "/cameras", with_token(made))).status_code == 200
    for bad in (new_token(), made["token"][:-1], made["hint"], "vdt_"):
        header = {"Authorization": f"Bearer {bad}"}
        assert said(await house.ask("GET", "/cameras", header)) == (401, "auth.invalid"), bad
    for elsewhere in ({"token": made["token"]}, {"access_token": made["token"]}, {"ticket": made["token"]}):
        assert (await house.ask("GET", "/cameras", NOBODY, params=elsewhere)).status_code == 401, "never in an address"
    cookie = {**NOBODY, "Cookie": f"vedette_access={made['token']}"}
    assert (await house.ask("GET", "/cameras", cookie)).status_code == 401
    house.clock.advance(3600)
    assert said(await house.ask("GET", "/cameras", with_token(made))) == (401, "auth.expired")
    assert (await house.ask("GET", f"{TOKENS}/{made['id']}", house.anna)).status_code == 401, "her session, too, is old"


async def test_a_disabled_owner_s_token_is_dead(house: House) -> None:
    made = await house.make(house.bert)
    users = USERS.removeprefix("/api/v1")
    assert (await house.ask("POST", f"{users}/{made['user_id']}/disable", house.anna)).status_code == 200
    assert (await house.ask("GET", "/cameras", with_token(made))).status_code == 401
    await asyncio.sleep(1.1)  # what was read of the token is old now
    assert said(await house.ask("GET", "/cameras", with_token(made))) == (401, "auth.invalid")
    assert (await house.ask("POST", f"{users}/{made['user_id']}/enable", house.anna)).status_code == 200
    assert (await house.ask("GET", "/cameras", with_token(made))).status_code == 200


async def test_a_token_is_good_only_from_its_networks(house: House) -> None:
    made = await house.make(house.bert, networks=["192.0.2.0/24", "2001:db8::/32"])
    assert said(await house.ask("GET", "/cameras", with_token(made))) == (403, "token.address")
    for address, status in (
        ("192.0.2.7", 200),
        ("::ffff:192.0.2.9", 200),
        ("2001:db8::9", 200),
        ("192.0.3.7", 403),
        ("::ffff:192.0.3.7", 403),
    ):
        transport = httpx.ASGITransport(house.app.app, client=(address, 5000))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7070") as client:
            answer = await client.get("/api/v1/cameras", headers=with_token(made))
            assert answer.status_code == status, (address, answer.text)
    usage: TokenUsage = house.app.app.state.token_usage
    await usage.flush()
    refusals = [row for row in await house.audited(made["id"]) if row.action == "token.use"]
    assert sorted(row.address for row in refusals) == ["127.0.0.1", "192.0.3.7"], "once for one address"
    assert {row.result for row in refusals} == {"denied"}


async def test_use_is_counted_by_route_and_day(house: House) -> None:
    made = await house.make(house.bert)
    usage: TokenUsage = house.app.app.state.token_usage
    for path in ("/cameras", "/cameras", f"/cameras/{house.gate}", "/cameras/nothing"):
        await house.ask("GET", path, with_token(made))
    await usage.flush()
    place = f"{TOKENS}/{made['id']}"
    first = (await house.ask("GET", place, house.bert)).json()
    assert (first["last_used_at"], first["last_address"]) == ("2025-11-21T15:00:00.000Z", "127.0.0.1")

    house.clock.wall_ms += 30_000
    await house.ask("GET", "/cameras", with_token(made))
    await usage.flush()
    again = (await house.ask("GET", place, house.bert)).json()
    assert again["last_used_at"] == first["last_used_at"], "at most once a minute"
    house.clock.wall_ms += 31_000
    await usage.flush()
    await house.ask("GET", "/cameras", with_token(made))
    await usage.flush()
    assert (await house.ask("GET", place, house.bert)).json()["last_used_at"] == "2025-11-21T15:01:01.000Z"

    answer = await house.ask("GET", f"{place}/usage", house.bert)
    assert answer.json()["items"] == [
        {"day": "2025-11-21", "route": "GET /api/v1/cameras", "requests": 4},
        {"day": "2025-11-21", "route": "GET /api/v1/cameras/{camera}", "requests": 2},
    ]
    assert said(await house.ask("GET", f"{place}/usage", house.bert, params={"days": 91})) == (422, "request.invalid")


async def test_an_orderly_stop_writes_what_was_counted(tmp_path: Path, database: Database) -> None:
    clock = StillClock(NOW)
    async with running_app(tmp_path, database, clock) as app:
        given = {"name": "x", "permissions": ["camera.view"]}
        made = (await app.http.post(TOKENS, json=given)).json()
        for _ in range(3):
            assert (await app.http.get("/cameras", headers=with_token(made))).status_code == 200
    async with database.read() as session:
        assert list(await session.scalars(select(ApiTokenUseRow.requests))) == [3]
        assert await session.scalar(select(ApiTokenRow.last_used_ms)) == NOW


async def test_an_open_socket_ends_with_its_token(house: House) -> None:
    for end in ("revoke", "expire", "move"):
        made = await house.make(house.bert, permissions=["camera.view", "live.view"])
        url = f"ws://{house.app.address}/api/v1/events"
        async with connect(url, additional_headers=with_token(made), compression=None) as socket:
            await socket.recv()
            if end == "revoke":
                await house.ask("DELETE", f"{TOKENS}/{made['id']}", house.bert)
            elif end == "move":
                await house.ask("PATCH", f"{TOKENS}/{made['id']}", house.bert, json={"networks": ["192.0.2.0/24"]})
            else:
                async with house.database.write() as session:  # as another process would
                    await session.execute(update(ApiTokenRow).values(expires_ms=NOW))
            async with asyncio.timeout(5):
                assert await closed(socket) == 4401, end


@pytest.mark.parametrize("revoke", [True, False])
@pytest.mark.parametrize("what", ["password", "disable"])
async def test_who_is_shut_out_loses_their_tokens_for_good_where_that_is_asked_for(
    house: House, what: str, revoke: bool
) -> None:
    made = [await house.make(house.bert) for _ in range(2)]
    kept = await house.make(house.anna)
    used = [{"Authorization": f"Bearer {one['token']}"} for one in (*made, kept)]

    async def statuses() -> list[int]:
        return [(await house.ask("GET", "/cameras", one)).status_code for one in used]

    assert await statuses() == [200, 200, 200]
    (bert,) = (await house.ask("GET", "/users", house.anna, params={"q": "bert"})).json()["items"]
    url = f"/users/{bert['id']}"
    if what == "password":
        given = {"password": "quite another one", "end_sessions": False, "revoke_tokens": revoke}
        assert (await house.ask("PUT", f"{url}/password", house.anna, json=given)).status_code == 204
        assert (await house.ask("GET", "/auth/me", house.bert)).status_code == 200, "sessions were to go on"
    else:
        asked = {"json": {"revoke_tokens": True}} if revoke else {}
        assert (await house.ask("POST", f"{url}/disable", house.anna, **asked)).status_code == 200
        assert await statuses() == [401, 401, 200]
        assert (await house.ask("POST", f"{url}/enable", house.anna)).status_code == 200
        house.clock.advance(2)
    assert await statuses() == ([401, 401, 200] if revoke else [200, 200, 200])
    for one in made:
        ends = [(row.action, row.actor_name) for row in await house.audited(one["id"]) if row.action == "token.revoke"]
        assert ends == ([("token.revoke", "anna")] if revoke else [])
