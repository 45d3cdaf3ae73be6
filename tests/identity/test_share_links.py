"""Share links through the real app: made by people with an account, opened by anybody who has one."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import delete, select
from starlette.requests import HTTPConnection

from tests.support.accounts import session_of
from tests.support.footage import T0, add_stream
from tests.support.library import RecordedFile, clip
from tests.support.people import add_user, add_zone, grant
from tests.support.world import NOW, World, make_world
from vedette.access.permissions import Permission
from vedette.audit.tables import AuditRow
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.http.access import HELD
from vedette.http.instants import format_instant
from vedette.http.lasting import still_holds
from vedette.identity.attempts import ACCOUNT_FREE
from vedette.identity.passwords import Passwords
from vedette.identity.tables import GrantRow, RolePermissionRow, RoleRow
from vedette.identity.tables_logins import ShareLinkRow

pytestmark = pytest.mark.anyio

LINKS = "/share-links"
TOMORROW = format_instant(NOW + 86_400_000)


@dataclass
class Place:
    """Footage of `gate` (6 s from T0 in files of 2 s); bert operates gate, carl only watches it, anna may do all,
    clerk manages people and sees no camera."""

    world: World
    files: list[RecordedFile]
    bert_id: UUID
    anna: dict[str, str]
    bert: dict[str, str]
    carl: dict[str, str]
    clerk: dict[str, str]

    async def make(self, **more: Any) -> dict[str, Any]:
        answer = await self.post(LINKS, {"camera": "gate", **span(2, 4), "expires_at": TOMORROW, **more}, self.bert)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def post(self, path: str, body: dict[str, Any], whose: dict[str, str]) -> httpx.Response:
        return await self.world.http.post(path, json=body, headers=whose)

    async def visit(
        self, method: str, path: str, body: dict[str, Any] | None = None, address: str = "192.0.2.7"
    ) -> httpx.Response:
        """As somebody elsewhere, without an account."""
        transport = httpx.ASGITransport(self.world.app.app, client=(address, 5000))
        base = "http://127.0.0.1:7070/api/v1"
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.request(method, path, json=body)

    async def open(self, made: dict[str, Any], **given: Any) -> httpx.Response:
        return await self.visit("POST", f"/share/{made['token']}/open", given)

    async def plays(self, opened: dict[str, Any], **other: Any) -> tuple[int, str]:
        params = httpx.QueryParams({"start": opened["start"], "end": opened["end"], "ticket": opened["ticket"]} | other)
        answer = await self.visit("GET", f"/playback/{opened['camera_id']}/index.m3u8?{params}")
        return answer.status_code, "" if answer.status_code == 200 else answer.json()["code"]


def span(start_s: float, end_s: float) -> dict[str, str]:
    return {"start": format_instant(T0 + int(start_s * 1000)), "end": format_instant(T0 + int(end_s * 1000))}


@pytest.fixture
async def place(tmp_path: Path, database: Database) -> AsyncIterator[Place]:
    async with make_world(tmp_path, database) as world:
        await add_stream(database, "yard")
        files = await world.library.record(world.stream_id, T0, clip())
        anna, bert, carl, clerk = [await add_user(database, name) for name in ("anna", "bert", "carl", "clerk")]
        zone = await add_zone(database, "Front", [world.camera_id])
        await grant(database, anna, "admin")
        await grant(database, bert, "operator", zone_id=zone)
        await grant(database, carl, "viewer", zone_id=zone)
        async with database.write() as session:
            role = RoleRow(id=uuid7(), name="Clerk", created_ms=NOW)
            session.add(role)
            await session.flush()
            session.add(RolePermissionRow(role_id=role.id, permission="user.manage"))
            session.add(GrantRow(id=uuid7(), user_id=clerk, role_id=role.id, created_ms=NOW))
        app = world.app.app
        app.state.authority.forget()
        headers = [await session_of(app, one) for one in (anna, bert, carl, clerk)]
        yield Place(world, files, bert, *headers)


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_link_shows_its_range_to_anybody_and_nothing_else(place: Place) -> None:
    made = await place.make(note="For the insurance")
    assert made["path"] == f"/share/{made['token']}"
    async with place.world.database.read() as session:
        row = await session.get_one(ShareLinkRow, UUID(made["id"]))
    assert made["token"] not in str(vars(row))
    assert (await place.visit("GET", f"/share/{made['token']}")).json() == {"password_needed": False}
    opened = (await place.open(made)).json()
    assert (opened["camera_name"], opened["note"]) == (made["camera_name"], "For the insurance")
    assert (opened["start"], opened["end"]) == (made["start"], made["end"])
    assert await place.plays(opened) == (200, "")
    assert await place.plays(opened, start=span(0, 4)["start"]) == (403, "ticket.range")
    for path, code in (
        (f"/playback/segments/{place.files[0].id}.mp4", "ticket.range"),
        ("/playback/yard/index.m3u8", "camera.not_found"),
        ("/cameras", "ticket.kind"),
        ("/cameras/gate/snapshot.jpg", "ticket.kind"),
        ("/auth/me", "ticket.kind"),
        (LINKS, "ticket.kind"),
    ):
        params = httpx.QueryParams({**span(2, 4), "ticket": opened["ticket"]})
        answer = await place.visit("GET", f"{path}?{params}")
        assert answer.json()["code"] == code, path
    segment = await place.visit("GET", f"/playback/segments/{place.files[1].id}.mp4?ticket={opened['ticket']}")
    assert segment.status_code == 200
    elsewhere = await place.visit(
        "GET", f"/playback/segments/{place.files[1].id}.mp4?ticket={opened['ticket']}", address="198.51.100.1"
    )
    assert said(elsewhere) == (403, "ticket.address")

    await asyncio.sleep(1.5)  # views are written in batches
    async with place.world.database.read() as session:
        rows = list(await session.scalars(select(AuditRow).where(AuditRow.action.like("share.%"))))
        watched = list(await session.scalars(select(AuditRow).where(AuditRow.action == "playback.view")))
    assert [(row.action, row.actor_name, row.address) for row in rows] == [
        ("share.create", "bert", "127.0.0.1"),
        ("share.open", "share link of bert", "192.0.2.7"),
    ]
    assert {(row.actor_kind, row.actor_name) for row in watched} == {("share", "share link of bert")}
    assert all(made["token"] not in str(vars(row)) for row in [*rows, *watched])


async def test_who_may_share_what(place: Place) -> None:
    body = {"camera": "gate", **span(2, 4), "expires_at": TOMORROW}
    assert said(await place.post(LINKS, body, place.carl)) == (403, "auth.forbidden")
    assert said(await place.post(LINKS, body, {"Authorization": ""})) == (401, "auth.needed")
    for camera in ("yard", "nothing"):
        assert said(await place.post(LINKS, {**body, "camera": camera}, place.bert)) == (404, "camera.not_found")
    for bad, code in (
        ({"expires_at": format_instant(NOW)}, "share.expiry"),
        ({"expires_at": format_instant(NOW + 31 * 86_400_000)}, "share.expiry"),
        ({"end": format_instant(NOW + 120_000)}, "share.future"),
        ({"end": body["start"]}, "request.invalid"),
        ({"start": "2020-01-01T00:00:00Z"}, "request.invalid"),
        ({"password": "short"}, "request.invalid"),
        ({"most_views": 0}, "request.invalid"),
        ({"expires_at": None}, "request.invalid"),
    ):
        assert said(await place.post(LINKS, {**body, **bad}, place.bert)) == (422, code), bad
    made = await place.make()
    mine = (await place.world.http.get(LINKS, headers=place.bert)).json()["items"]
    assert [(one["id"], one["state"], "token" in one) for one in mine] == [(made["id"], "active", False)]
    assert (await place.world.http.get(LINKS, headers=place.carl)).json()["items"] == []
    every = {"everybody": True}
    assert said(await place.world.http.get(LINKS, params=every, headers=place.carl)) == (403, "auth.forbidden")
    for who, name in ((place.anna, made["camera_name"]), (place.clerk, None)):
        (one,) = (await place.world.http.get(LINKS, params=every, headers=who)).json()["items"]
        assert one["camera_name"] == name, "who manages people need not see every camera"
    assert made["camera_name"] is not None
    there = f"{LINKS}/{made['id']}"
    assert said(await place.world.http.delete(there, headers=place.carl)) == (404, "share.not_found")
    assert (await place.world.http.delete(there, headers=place.anna)).status_code == 204


async def test_a_password_is_asked_for_and_guessing_is_slowed_down(place: Place) -> None:
    made = await place.make(password="open sesame")
    assert (await place.visit("GET", f"/share/{made['token']}")).json() == {"password_needed": True}
    assert said(await place.open(made)) == (401, "share.password_needed")
    for _ in range(5):
        assert said(await place.open(made, password="open barley")) == (401, "share.password_wrong")
    assert said(await place.open(made, password="open sesame")) == (401, "share.password_wrong"), "too soon"
    place.world.clock.advance(60)
    assert (await place.open(made, password="open sesame")).status_code == 200
    async with place.world.database.read() as session:
        row = await session.get_one(ShareLinkRow, UUID(made["id"]))
        failed = list(await session.scalars(select(AuditRow).where(AuditRow.result != "ok")))
    assert row.views == 1
    assert [row.result for row in failed] == ["failed"] * 5 + ["denied"]
    assert all("sesame" not in str(vars(one)) and "barley" not in str(vars(one)) for one in [row, *failed])


async def test_views_are_counted_and_go_on(place: Place) -> None:
    made = await place.make(most_views=2)
    first = (await place.open(made)).json()
    place.world.clock.advance(200)
    again = await place.open(made, ticket=first["ticket"])
    assert again.status_code == 200, "the same view goes on"
    assert again.json()["ticket"] != first["ticket"]
    assert (await place.open(made)).status_code == 200
    assert said(await place.open(made)) == (404, "share.used_up")
    assert said(await place.visit("GET", f"/share/{made['token']}")) == (404, "share.used_up")
    assert (await place.open(made, ticket=again.json()["ticket"])).status_code == 200
    other = await place.make()
    assert said(await place.open(other, ticket=first["ticket"])) == (403, "ticket.of_another")
    assert said(await place.open(other, ticket="x")) == (401, "ticket.invalid")


@pytest.mark.parametrize("end", ["withdrawn", "expired", "disabled", "permission", "removed"])
async def test_a_link_ends(place: Place, end: str) -> None:
    made = await place.make()
    opened = (await place.open(made)).json()
    assert await place.plays(opened) == (200, "")
    http = place.world.http
    if end == "withdrawn":
        assert (await http.delete(f"{LINKS}/{made['id']}", headers=place.bert)).status_code == 204
    elif end == "expired":
        place.world.clock.advance(86_400)
        opened["ticket"] = "x"
    elif end == "disabled":
        assert (await http.post(f"/users/{place.bert_id}/disable")).status_code == 200
    elif end == "removed":
        assert (await http.delete(f"/users/{place.bert_id}")).status_code == 204
    else:
        async with place.world.database.write() as session:
            await session.execute(delete(GrantRow).where(GrantRow.user_id == place.bert_id))
        await grant(place.world.database, place.bert_id, "viewer")  # may watch still, but not share
    await asyncio.sleep(1.1)
    assert (await place.plays(opened))[0] == 401
    code = {"disabled": "share.over", "permission": "share.over", "removed": "share.not_found"}.get(end, f"share.{end}")
    assert said(await place.open(made)) == (404, code)


async def test_what_is_no_link(place: Place) -> None:
    for token in ("x", "A" * 43, "%00", "a" * 101):
        answer = await place.visit("POST", f"/share/{token}/open", {})
        assert answer.status_code in (404, 422), token


async def test_a_long_answer_goes_on_as_long_as_the_link_does(place: Place) -> None:
    made = await place.make()
    opened = (await place.open(made)).json()
    app = place.world.app.app
    query = str(httpx.QueryParams({"ticket": opened["ticket"]})).encode()
    scope = {"type": "http", "app": app, "headers": [], "query_string": query, "client": ("192.0.2.7", 5000)}
    scope["vedette.principal"] = await app.state.authority.principal(HTTPConnection(scope))
    scope[HELD] = Permission.PLAYBACK_VIEW, UUID(opened["camera_id"])
    assert await still_holds(scope)
    answer = await place.world.http.delete(f"{LINKS}/{made['id']}", headers=place.bert)
    assert answer.status_code == 204
    place.world.clock.advance(1)  # so long is it remembered
    assert not await still_holds(scope)


async def test_a_password_that_nobody_had_time_for_is_no_failure(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await place.make(password="for the insurance")

    async def busy(*_: object) -> None:
        raise VedetteError(ErrorKind.UNAVAILABLE, "auth.busy", "Too many at once.")

    with monkeypatch.context() as patched:
        patched.setattr(Passwords, "verify", busy)
        for _ in range(ACCOUNT_FREE + 1):
            assert said(await place.open(made, password="for the insurance")) == (503, "auth.busy")
    assert (await place.open(made, password="for the insurance")).status_code == 200
