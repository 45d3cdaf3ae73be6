"""Roles, groups, zones and grants through the real app, on both databases."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from tests.support.app import TestRecorders, started
from tests.support.people import add_user, as_user, grant, let_in_by_header
from vedette.api.app import create_app
from vedette.audit.tables import AuditRow
from vedette.db.session import Database
from vedette.identity.built_in import ADMIN_ID, OPERATOR_ID, VIEWER_ID
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

API = "/api/v1"


@dataclass
class Office:
    """An admin at work."""

    client: httpx.AsyncClient
    database: Database
    admin: UUID

    async def ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, by: UUID | None = None, **more: Any
    ) -> httpx.Response:
        headers = as_user(by or self.admin) | more.pop("headers", {})
        return await self.client.request(method, API + path, json=body, headers=headers, **more)

    async def make(self, path: str, **body: Any) -> dict[str, Any]:
        answer = await self.ask("POST", path, body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        assert answer.headers["location"] == f"{API}{path}/{made['id']}"
        return made

    async def camera(self, name: str) -> str:
        return str((await self.make("/cameras", name=name, url="rtsp://127.0.0.1:1/x"))["id"])

    async def sees(self, user_id: UUID) -> set[str]:
        answer = await self.ask("GET", "/cameras", by=user_id)
        return {camera["name"] for camera in answer.json()["items"]}


@pytest.fixture
async def office(database: Database, settings: Settings, recorders: TestRecorders) -> AsyncIterator[Office]:
    app = create_app(settings, database, recorders=recorders)
    async with started(app) as client:
        let_in_by_header(app)
        admin = await add_user(database, "ann", password_hash="x")
        await grant(database, admin, "admin")
        yield Office(client, database, admin)


def refused(answer: httpx.Response, status: int, code: str) -> str:
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    detail: str = answer.json()["detail"]
    return detail


async def test_a_viewer_of_a_zone(office: Office) -> None:
    gate, yard = await office.camera("Gate"), await office.camera("Yard")
    bob = await add_user(office.database, "bob")
    assert await office.sees(bob) == set()
    zone = await office.make("/zones", name="Front", cameras=[gate])
    assert (zone["cameras"], zone["grants"]) == ([gate], 0)
    given = await office.make("/grants", user_id=str(bob), role_id=str(VIEWER_ID), zone_id=zone["id"])
    assert (given["subject"], given["role"], given["zone"], given["in_force"]) == ("bob", "viewer", "Front", True)
    assert await office.sees(bob) == {"Gate"}
    changed = await office.ask("PATCH", f"/zones/{zone['id']}", {"cameras": [yard]}, headers={"If-Match": '"1"'})
    assert (changed.json()["cameras"], changed.headers["etag"]) == ([yard], '"2"')
    assert await office.sees(bob) == {"Yard"}
    refused(await office.ask("DELETE", f"/zones/{zone['id']}"), 409, "zone.in_use")
    assert await office.sees(bob) == {"Yard"}
    assert (await office.ask("DELETE", f"/zones/{zone['id']}?confirm=true")).status_code == 204
    assert await office.sees(bob) == set()
    refused(await office.ask("GET", f"/grants/{given['id']}"), 404, "grant.not_found")


async def test_a_group_with_a_role_of_its_own(office: Office) -> None:
    await office.camera("Gate")
    bob = await add_user(office.database, "bob")
    role = await office.make("/roles", name="Watcher", permissions=["camera.view", "live.view"])
    assert (role["built_in"], role["permissions"]) == (False, ["camera.view", "live.view"])
    group = await office.make("/groups", name="Night shift", members=[str(bob)])
    assert [member["username"] for member in group["members"]] == ["bob"]
    await office.make("/grants", group_id=group["id"], role_id=role["id"])
    assert await office.sees(bob) == {"Gate"}
    url = f"/roles/{role['id']}"
    assert (await office.ask("PATCH", url, {"permissions": ["live.view"]})).json()["permissions"] == ["live.view"]
    assert await office.sees(bob) == {"Gate"}, "who may watch it sees that it is there"
    assert (await office.ask("PATCH", url, {"permissions": ["system.view"]})).json()["permissions"] == ["system.view"]
    assert await office.sees(bob) == set()
    detail = refused(await office.ask("DELETE", url), 409, "role.in_use")
    assert "1 grant" in detail
    await office.ask("PATCH", url, {"permissions": ["camera.view"]})
    assert await office.sees(bob) == {"Gate"}
    assert (await office.ask("PATCH", f"/groups/{group['id']}", {"members": []})).json()["members"] == []
    assert await office.sees(bob) == set()
    refused(await office.ask("DELETE", f"/groups/{group['id']}"), 409, "group.in_use")
    assert (await office.ask("DELETE", f"/groups/{group['id']}?confirm=true")).status_code == 204
    assert (await office.ask("DELETE", url)).status_code == 204


async def test_built_in_roles_stay(office: Office) -> None:
    listed = (await office.ask("GET", "/roles")).json()["items"]
    assert [role["name"] for role in listed] == ["admin", "operator", "viewer"]
    for role_id in (ADMIN_ID, OPERATOR_ID, VIEWER_ID):
        refused(await office.ask("PATCH", f"/roles/{role_id}", {"name": "other"}), 409, "role.built_in")
        refused(await office.ask("DELETE", f"/roles/{role_id}?confirm=true"), 409, "role.built_in")
    refused(await office.ask("POST", "/roles", {"name": "Admin", "permissions": []}), 409, "role.name_taken")


async def test_the_last_admin_stays(office: Office) -> None:
    (own,) = (await office.ask("GET", "/grants", params={"user_id": str(office.admin)})).json()["items"]
    refused(await office.ask("DELETE", f"/grants/{own['id']}"), 409, "user.last_admin")
    # Grants that end, or hold at some hours only, are no lasting ones.
    bob = str(await add_user(office.database, "bob", password_hash="x"))
    hours = {"timezone": "UTC", "week": [[["00:00", "24:00"]]] * 7}
    for limit in ({"valid_until": "2099-01-01T00:00:00Z"}, {"hours": hours}):
        await office.make("/grants", user_id=bob, role_id=str(ADMIN_ID), **limit)
    refused(await office.ask("DELETE", f"/grants/{own['id']}"), 409, "user.last_admin")
    # By a group is as good; then that group has to stay, and its member in it.
    group = await office.make("/groups", name="Chiefs", members=[bob])
    await office.make("/grants", group_id=group["id"], role_id=str(ADMIN_ID))
    assert (await office.ask("DELETE", f"/grants/{own['id']}")).status_code == 204
    office.admin = UUID(bob)
    refused(await office.ask("PATCH", f"/groups/{group['id']}", {"members": []}), 409, "user.last_admin")
    refused(await office.ask("DELETE", f"/groups/{group['id']}?confirm=true"), 409, "user.last_admin")


async def test_nobody_gives_what_they_do_not_have(office: Office) -> None:
    carl, dora = await add_user(office.database, "carl"), str(await add_user(office.database, "dora"))
    role = await office.make("/roles", name="Clerk", permissions=["user.manage", "camera.view"])
    group = await office.make("/groups", name="Chiefs")
    await office.make("/grants", group_id=group["id"], role_id=str(ADMIN_ID))
    await office.make("/grants", user_id=str(carl), role_id=role["id"])
    for method, path, body in (
        ("POST", "/grants", {"user_id": dora, "role_id": str(ADMIN_ID)}),
        ("POST", "/grants", {"user_id": str(carl), "role_id": str(VIEWER_ID)}),
        ("POST", "/roles", {"name": "More", "permissions": ["system.manage"]}),
        ("PATCH", f"/roles/{role['id']}", {"permissions": ["user.manage", "live.view"]}),
        ("PATCH", f"/groups/{group['id']}", {"members": [str(carl)]}),
    ):
        refused(await office.ask(method, path, body, by=carl), 403, "grant.more_than_own")
    made = await office.ask("POST", "/grants", {"user_id": dora, "role_id": role["id"]}, by=carl)
    assert made.status_code == 201


async def test_who_manages_users_opens_no_zone_for_themselves(office: Office) -> None:
    gate, yard = await office.camera("Gate"), await office.camera("Yard")
    carl = await add_user(office.database, "carl")
    clerk = await office.make("/roles", name="Clerk", permissions=["user.manage"])
    zone = await office.make("/zones", name="Front", cameras=[gate])
    await office.make("/grants", user_id=str(carl), role_id=clerk["id"])
    await office.make("/grants", user_id=str(carl), role_id=str(VIEWER_ID), zone_id=zone["id"])
    url = f"/zones/{zone['id']}"
    for cameras in ([gate, yard], [yard], []):
        refused(await office.ask("PATCH", url, {"cameras": cameras}, by=carl), 403, "grant.more_than_own")
    refused(await office.ask("DELETE", f"{url}?confirm=true", by=carl), 403, "grant.more_than_own")
    assert await office.sees(carl) == {"Gate"}
    # What a zone is called changes nothing, and one that nobody was granted is anybody's to arrange.
    assert (await office.ask("PATCH", url, {"name": "Gates", "cameras": [gate]}, by=carl)).status_code == 200
    empty = await office.make("/zones", name="Back")
    elsewhere = f"/zones/{empty['id']}"
    refused(await office.ask("PATCH", elsewhere, {"cameras": [yard]}, by=carl), 422, "camera.not_found")
    assert (await office.ask("PATCH", elsewhere, {"cameras": [gate]}, by=carl)).status_code == 200
    assert (await office.ask("DELETE", f"/zones/{empty['id']}", by=carl)).status_code == 204


async def test_a_zone_hides_the_cameras_that_one_may_not_see_and_keeps_them(office: Office) -> None:
    gate, yard, attic = [await office.camera(name) for name in ("Gate", "Yard", "Attic")]
    carl = await add_user(office.database, "carl")
    clerk = await office.make("/roles", name="Clerk", permissions=["user.manage"])
    await office.make("/grants", user_id=str(carl), role_id=clerk["id"])
    for camera in (gate, attic):
        await office.make("/grants", user_id=str(carl), role_id=str(VIEWER_ID), camera_id=camera)
    zone = await office.make("/zones", name="Front", cameras=[gate, yard])
    assert (set(zone["cameras"]), zone["hidden"]) == ({gate, yard}, 0)
    url = f"/zones/{zone['id']}"
    seen = (await office.ask("GET", url, by=carl)).json()
    assert (seen["cameras"], seen["hidden"]) == ([gate], 1)
    (listed,) = (await office.ask("GET", "/zones", by=carl)).json()["items"]
    assert (listed["cameras"], listed["hidden"]) == ([gate], 1)
    changed = (await office.ask("PATCH", url, {"cameras": [attic]}, by=carl)).json()
    assert (changed["cameras"], changed["hidden"]) == ([attic], 1)
    assert set((await office.ask("GET", url)).json()["cameras"]) == {attic, yard}
    refused(await office.ask("POST", "/zones", {"name": "Back", "cameras": [yard]}, by=carl), 422, "camera.not_found")


@pytest.mark.parametrize("kind", ["zone", "group", "role"])
async def test_names_differ_in_more_than_capital_letters(office: Office, kind: str) -> None:
    """On both databases alike: SQLite folds ASCII alone."""
    more = {"permissions": ["live.view"]} if kind == "role" else {}
    made = await office.make(f"/{kind}s", name="Äußerer Hof", **more)
    for same in ("äußerer hof", "ÄUSSERER HOF", "A\u0308ußerer Hof"):
        refused(await office.ask("POST", f"/{kind}s", {"name": same, **more}), 409, f"{kind}.name_taken")
    other = await office.make(f"/{kind}s", name="Ausserer Hof", **more)
    renaming = f"/{kind}s/{other['id']}"
    refused(await office.ask("PATCH", renaming, {"name": "äusserer Hof"}), 409, f"{kind}.name_taken")
    own = await office.ask("PATCH", f"/{kind}s/{made['id']}", {"name": "ÄUßERER HOF"})
    assert own.json()["name"] == "ÄUßERER HOF", "its own name it may have"


async def test_permissions_say_what_comes_with_them(office: Office) -> None:
    known = {one["name"]: one for one in (await office.ask("GET", "/permissions")).json()["items"]}
    assert known["live.view"]["implies"] == ["camera.view"]
    assert (known["camera.view"]["implies"], known["system.view"]["implies"]) == ([], [])
    assert [name for name, one in known.items() if not one["for_tokens"]] == ["share.create", "user.manage"]
    assert not known["evidence.lock"]["used"]
    assert known["live.view"]["used"]


async def test_a_zone_that_a_provider_gives_counts_as_granted(office: Office) -> None:
    yard, carl = await office.camera("Yard"), await add_user(office.database, "carl")
    clerk = await office.make("/roles", name="Clerk", permissions=["user.manage"])
    await office.make("/grants", user_id=str(carl), role_id=clerk["id"])
    zone = await office.make("/zones", name="Front")
    mapping = {"value": "staff", "role_id": str(VIEWER_ID), "zone_id": zone["id"]}
    provider = {"slug": "house", "name": "House", "issuer": "https://id.example", "client_id": "vedette"}
    await office.make("/oidc-providers", **provider, mappings=[mapping])
    widened = await office.ask("PATCH", f"/zones/{zone['id']}", {"cameras": [yard]}, by=carl)
    refused(widened, 403, "grant.more_than_own")


async def test_nobody_takes_what_they_could_not_give(office: Office) -> None:
    """An account that was made small could be taken over by its password, to wait for what it gets back."""
    carl, dora = await add_user(office.database, "carl"), str(await add_user(office.database, "dora"))
    clerk = await office.make("/roles", name="Clerk", permissions=["user.manage"])
    guard = await office.make("/roles", name="Guard", permissions=["live.view"])
    group = await office.make("/groups", name="Guards", members=[dora])
    await office.make("/grants", user_id=str(carl), role_id=clerk["id"])
    await office.make("/grants", group_id=group["id"], role_id=guard["id"])
    own = await office.make("/grants", user_id=dora, role_id=guard["id"])
    for method, path, body in (
        ("DELETE", f"/grants/{own['id']}", None),
        ("PATCH", f"/groups/{group['id']}", {"members": []}),
        ("DELETE", f"/groups/{group['id']}?confirm=true", None),
        ("PATCH", f"/roles/{guard['id']}", {"permissions": []}),
        ("DELETE", f"/roles/{guard['id']}?confirm=true", None),
    ):
        refused(await office.ask(method, path, body, by=carl), 403, "grant.more_than_own")
    renamed = await office.ask("PATCH", f"/groups/{group['id']}", {"name": "Watch", "members": [dora]}, by=carl)
    assert renamed.status_code == 200


ALWAYS = {"timezone": "UTC", "week": [[["00:00", "24:00"]]] * 7}


@pytest.mark.parametrize(
    "limit", [{"until_ms": 4_000_000_000_000}, {"hours": ALWAYS}], ids=["until a day", "at certain hours"]
)
async def test_an_administrator_for_a_time_makes_no_lasting_one(office: Office, limit: dict[str, Any]) -> None:
    temp, dora = await add_user(office.database, "temp"), str(await add_user(office.database, "dora"))
    await grant(office.database, temp, "admin", **limit)
    group = await office.make("/groups", name="Chiefs")
    await office.make("/grants", group_id=group["id"], role_id=str(ADMIN_ID))
    clerk = await office.make("/roles", name="Clerk", permissions=["user.manage"])
    own = await office.make("/grants", user_id=str(temp), role_id=clerk["id"])
    guard = await office.make("/roles", name="Guard", permissions=["live.view"])
    provider = {"slug": "house", "name": "House", "issuer": "https://id.example", "client_id": "vedette"}
    mapped = {**provider, "mappings": [{"value": "staff", "role_id": guard["id"]}]}
    kept = await office.make("/oidc-providers", **mapped)
    for method, path, body in (
        ("POST", "/grants", {"user_id": str(temp), "role_id": str(ADMIN_ID)}),
        ("POST", "/grants", {"user_id": dora, "role_id": str(ADMIN_ID)}),
        ("POST", "/grants", {"user_id": dora, "role_id": str(VIEWER_ID), "valid_from": "2099-01-01T00:00:00Z"}),
        ("POST", "/users", {"username": "ghost", "password": "three random words", "role": "admin"}),
        ("PATCH", f"/groups/{group['id']}", {"members": [str(temp)]}),
        ("PATCH", f"/roles/{clerk['id']}", {"permissions": ["user.manage", "system.manage"]}),
        ("PATCH", f"/roles/{guard['id']}", {"permissions": ["live.view", "system.manage"]}),
        ("POST", "/oidc-providers", {**provider, "slug": "other", "name": "Other", "issuer": "https://other.example"}),
        ("PATCH", f"/oidc-providers/{kept['id']}", {"enabled": False}),
        ("PUT", f"/users/{office.admin}/password", {"password": "three other words"}),
        ("POST", f"/users/{office.admin}/disable", None),
    ):
        refused(await office.ask(method, path, body, by=temp), 403, "grant.more_than_own")
    assert (await office.ask("DELETE", f"/grants/{own['id']}", by=temp)).status_code == 204
    # What lies within their own limits is theirs to give, also to make an administrator for as long.
    within = {"hours": ALWAYS} if "hours" in limit else {"valid_until": "2090-01-01T00:00:00Z"}
    for person in (dora, str(temp)):
        lesser = {"user_id": person, "role_id": str(ADMIN_ID), **within}
        assert (await office.ask("POST", "/grants", lesser, by=temp)).status_code == 201
    plain = await office.ask("POST", "/users", {"username": "erin", "password": "three random words"}, by=temp)
    assert plain.status_code == 201
    assert (await office.ask("POST", f"/users/{dora}/disable", by=temp)).status_code == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"user_id": None}, "request.invalid"),
        ({"group_id": str(uuid4())}, "request.invalid"),
        ({"zone_id": str(uuid4()), "camera_id": str(uuid4())}, "request.invalid"),
        ({"valid_from": "2026-02-01T00:00:00Z", "valid_until": "2026-01-01T00:00:00Z"}, "request.invalid"),
        ({"hours": {"timezone": "Nowhere/At_All", "week": [[]] * 7}}, "request.invalid"),
        ({"hours": {"timezone": "UTC", "week": [[]] * 6}}, "request.invalid"),
        ({"hours": {"timezone": "UTC", "week": [[["8", "9"]], *[[]] * 6]}}, "request.invalid"),
        ({"id": str(uuid4())}, "request.invalid"),
        ({"user_id": str(uuid4())}, "user.not_found"),
        ({"role_id": str(uuid4())}, "role.not_found"),
        ({"zone_id": str(uuid4())}, "zone.not_found"),
        ({"camera_id": str(uuid4())}, "camera.not_found"),
    ],
)
async def test_a_grant_that_makes_no_sense_is_refused(office: Office, change: dict[str, Any], code: str) -> None:
    body = {"user_id": str(office.admin), "role_id": str(VIEWER_ID)} | change
    refused(await office.ask("POST", "/grants", {key: one for key, one in body.items() if one}), 422, code)


async def test_names_members_and_versions_are_checked(office: Office) -> None:
    for things, code in (("roles", "role"), ("groups", "group"), ("zones", "zone")):
        more: dict[str, Any] = {"permissions": []} if things == "roles" else {}
        made = await office.make(f"/{things}", name="Front", **more)
        url = f"/{things}/{made['id']}"
        refused(await office.ask("POST", f"/{things}", {"name": "FRONT", **more}), 409, f"{code}.name_taken")
        stale = await office.ask("PATCH", url, {"name": "x"}, headers={"If-Match": '"7"'})
        refused(stale, 412, "request.precondition")
        refused(await office.ask("DELETE", url, headers={"If-Match": '"7"'}), 412, "request.precondition")
        refused(await office.ask("PATCH", url, {"name": None}), 422, "request.invalid")
        refused(await office.ask("PATCH", url, {"name": "a\x00b"}), 422, "request.invalid")
        renamed = await office.ask("PATCH", url, {"name": "Back"}, headers={"If-Match": '"1"'})
        assert (renamed.json()["name"], renamed.headers["etag"]) == ("Back", '"2"')
        assert (await office.ask("GET", url)).headers["etag"] == '"2"'
        assert (await office.ask("DELETE", url)).status_code == 204
        for method in ("GET", "DELETE"):
            refused(await office.ask(method, url), 404, f"{code}.not_found")
    nobody = str(uuid4())
    refused(await office.ask("POST", "/groups", {"name": "x", "members": [nobody]}), 422, "user.not_found")
    refused(await office.ask("POST", "/zones", {"name": "x", "cameras": [nobody]}), 422, "camera.not_found")
    refused(await office.ask("POST", "/roles", {"name": "x", "permissions": ["all"]}), 422, "request.invalid")


async def test_grants_are_paged_and_filtered(office: Office) -> None:
    people = [str(await add_user(office.database, f"user-{number}")) for number in range(5)]
    for person in people:
        await office.make("/grants", user_id=person, role_id=str(VIEWER_ID))
    seen: list[str] = []
    cursor = None
    while cursor is not None or not seen:
        params = {"role_id": str(VIEWER_ID), "limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await office.ask("GET", "/grants", params=params)).json()
        seen += [one["user_id"] for one in page["items"]]
        cursor = page["next"]
    assert seen == people
    refused(await office.ask("GET", "/grants", params={"cursor": "WyJ4Il0"}), 422, "request.cursor")


async def test_every_change_is_in_the_audit_log(office: Office) -> None:
    gate = await office.camera("Gate")
    zone = await office.make("/zones", name="Front", cameras=[])
    await office.ask("PATCH", f"/zones/{zone['id']}", {"cameras": [gate]})
    role = await office.make("/roles", name="Watcher", permissions=["live.view"])
    made = await office.make("/grants", user_id=str(office.admin), role_id=role["id"], zone_id=zone["id"])
    await office.ask("DELETE", f"/grants/{made['id']}")
    await office.ask("DELETE", f"/roles/{role['id']}")
    refused(await office.ask("DELETE", f"/roles/{ADMIN_ID}"), 409, "role.built_in")
    async with office.database.read() as session:
        rows = list(await session.scalars(select(AuditRow).order_by(AuditRow.id)))
    told = [(row.action, row.object_name) for row in rows if row.action.split(".")[0] in ("zone", "role", "grant")]
    assert told == [
        ("zone.create", "Front"),
        ("zone.edit", "Front"),
        ("role.create", "Watcher"),
        ("grant.create", "Watcher for ann"),
        ("grant.delete", "Watcher for ann"),
        ("role.delete", "Watcher"),
    ]
    edit = next(row for row in rows if row.action == "zone.edit")
    assert edit.before is not None
    assert edit.after is not None
    assert (edit.before["cameras"], edit.after["cameras"]) == ([], [gate])
    assert (edit.actor_name, edit.actor_id) == ("ann", str(office.admin))
