"""Bookmarks through the real app, on both databases: who sees, makes and deletes them, lists, and bad input."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import delete, select

from tests.support.app import TestRecorders, started
from tests.support.people import add_user, add_zone, as_user, grant, let_in_by_header
from vedette.api.app import create_app
from vedette.audit.tables import AuditRow
from vedette.cases.bookmarks.tables import MAX_SPAN_MS
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.http.instants import format_instant, parse_instant
from vedette.identity.tables import UserRow
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

BOOKMARKS = "/api/v1/bookmarks"
HOUR = 3_600_000


@dataclass
class House:
    """Two cameras; Ann may do everything, Otto operates, Vera views the zone of Gate, Eve was granted nothing."""

    client: httpx.AsyncClient
    database: Database
    people: dict[str, UUID]
    gate: str
    yard: str
    now: int

    async def ask(self, by: str, method: str, path: str = "", body: Any = None, **more: Any) -> httpx.Response:
        headers = as_user(self.people.get(by)) | more.pop("headers", {})
        return await self.client.request(method, BOOKMARKS + path, json=body, headers=headers, params=more)

    def at(self, hours: float) -> str:
        """So long ago."""
        return format_instant(self.now - round(hours * HOUR))

    async def make(self, by: str, hours: float, title: str = "Van", **body: Any) -> dict[str, Any]:
        answer = await self.ask(
            by, "POST", "", {"camera_id": self.gate, "start": self.at(hours), "title": title} | body
        )
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        assert (answer.headers["location"], answer.headers["etag"]) == (f"{BOOKMARKS}/{made['id']}", '"1"')
        return made

    async def titles(self, by: str, **asked: Any) -> list[str]:
        answer = await self.ask(by, "GET", **asked)
        assert answer.status_code == 200, answer.text
        return [one["title"] for one in answer.json()["items"]]


@pytest.fixture
async def house(database: Database, settings: Settings, recorders: TestRecorders) -> AsyncIterator[House]:
    app = create_app(settings, database, recorders=recorders)
    async with started(app) as client:
        let_in_by_header(app)
        people = {name: await add_user(database, name) for name in ("ann", "otto", "vera", "eve")}
        await grant(database, people["ann"], "admin")
        await grant(database, people["otto"], "operator")
        cameras = {}
        for name in ("Gate", "Yard"):
            given = {"name": name, "url": "rtsp://127.0.0.1:1/x"}
            made = await client.post("/api/v1/cameras", json=given, headers=as_user(people["ann"]))
            cameras[name] = made.json()["id"]
        zone = await add_zone(database, "Entrances", [UUID(cameras["Gate"])])
        await grant(database, people["vera"], "viewer", zone_id=zone)
        yield House(client, database, people, cameras["Gate"], cameras["Yard"], SystemClock().now_ms())


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    problem: dict[str, Any] = answer.json()
    return problem


async def test_a_bookmark_is_kept_changed_and_deleted(house: House) -> None:
    made = await house.make("vera", 2, note="Two men.\nA white van.")
    assert (made["start"], made["end"], made["note"]) == (house.at(2), house.at(2), "Two men.\nA white van.")
    assert (made["author"], made["own"], made["deletable"], made["camera_id"]) == ("vera", True, True, house.gate)
    path = f"/{made['id']}"
    patch = {"title": "White van", "end": house.at(1.5)}
    changed = await house.ask("vera", "PATCH", path, patch, headers={"If-Match": '"1"'})
    assert (changed.headers["etag"], changed.json()["title"], changed.json()["end"]) == (
        '"2"',
        "White van",
        house.at(1.5),
    )
    moved = await house.ask("vera", "PATCH", path, {"start": house.at(3)})
    assert (moved.json()["start"], moved.json()["end"]) == (house.at(3), house.at(2.5))
    stale = {"If-Match": '"1"'}
    refused(await house.ask("vera", "PATCH", path, {"title": "x"}, headers=stale), 412, "request.precondition")
    refused(await house.ask("vera", "DELETE", path, headers=stale), 412, "request.precondition")
    assert (await house.ask("vera", "DELETE", path)).status_code == 204
    refused(await house.ask("vera", "GET", path), 404, "bookmark.not_found")
    async with house.database.read() as session:
        rows = await session.scalars(select(AuditRow).where(AuditRow.object_kind == "bookmark").order_by(AuditRow.id))
        told = [(row.action, row.actor_name, str(row.camera_id), row.before, row.after) for row in rows]
    names = [f"bookmark.{verb}" for verb in ("create", "edit", "edit", "delete")]
    assert [(action, actor, camera) for action, actor, camera, _, _ in told] == [
        (name, "vera", house.gate) for name in names
    ]
    assert [before and before["title"] for *_, before, _ in told] == [None, "Van", "White van", "White van"]
    assert [after and after["start"] for *_, after in told] == [house.at(2), house.at(2), house.at(3), None]


async def test_who_sees_the_footage_sees_its_bookmarks(house: House) -> None:
    gate = await house.make("otto", 2, "At the gate")
    yard = await house.make("otto", 1, "In the yard", camera_id=house.yard)
    assert await house.titles("ann") == await house.titles("otto") == ["In the yard", "At the gate"]
    assert await house.titles("vera") == ["At the gate"]
    assert await house.titles("eve") == []
    refused(await house.ask("nobody", "GET"), 401, "auth.needed")
    seen = (await house.ask("vera", "GET", f"/{gate['id']}")).json()
    assert (seen["own"], seen["deletable"], seen["author"]) == (False, False, "otto")
    hidden = refused(await house.ask("vera", "GET", f"/{yard['id']}"), 404, "bookmark.not_found")
    missing = refused(await house.ask("vera", "GET", f"/{uuid4()}"), 404, "bookmark.not_found")
    assert set(hidden) == set(missing)
    for method, body in (("PATCH", {"title": "x"}), ("DELETE", None)):
        refused(await house.ask("vera", method, f"/{yard['id']}", body), 404, "bookmark.not_found")
        refused(await house.ask("vera", method, f"/{gate['id']}", body), 403, "bookmark.not_yours")
    refused(await house.ask("vera", "GET", camera_id=house.yard), 404, "camera.not_found")
    body = {"camera_id": house.yard, "start": house.at(1), "title": "x"}
    refused(await house.ask("vera", "POST", "", body), 404, "camera.not_found")


async def test_who_manages_users_deletes_those_of_others_and_changes_none(house: House) -> None:
    path = f"/{(await house.make('vera', 2))['id']}"
    assert (await house.ask("ann", "GET", path)).json()["deletable"] is True
    refused(await house.ask("ann", "PATCH", path, {"title": "x"}), 403, "bookmark.not_yours")
    refused(await house.ask("otto", "DELETE", path), 403, "bookmark.not_yours")
    assert (await house.ask("ann", "DELETE", path)).status_code == 204


async def test_a_bookmark_stays_when_its_author_goes(house: House) -> None:
    path = f"/{(await house.make('vera', 2))['id']}"
    async with house.database.write() as session:
        await session.execute(delete(UserRow).where(UserRow.id == house.people["vera"]))
    left = (await house.ask("otto", "GET", path)).json()
    assert (left["author"], left["own"]) == ("vera", False)


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["now", "long", "old", "yard"]),
        ({"camera_id": "gate"}, ["now", "long", "old"]),
        ({"camera_id": ["gate", "yard"], "start": 6.5}, ["now", "long", "old"]),
        ({"start": 4.5}, ["now", "long"]),
        ({"start": 4, "end": 2}, ["long"]),
        ({"end": 6}, ["yard"]),
        ({"start": 6, "end": 5.5}, ["old"]),
        ({"start": 8, "end": 7.5}, []),
    ],
)
async def test_lists_by_camera_and_span(house: House, asked: dict[str, Any], titles: list[str]) -> None:
    """The yard at -7 h, an old one at -6 h, one from -5 to -3 h, one at -1 h."""
    await house.make("otto", 1, "now")
    await house.make("otto", 6, "old")
    await house.make("otto", 5, "long", end=house.at(3))
    await house.make("otto", 7, "yard", camera_id=house.yard)
    query = {name: house.at(value) if name in ("start", "end") else value for name, value in asked.items()}
    assert await house.titles("ann", **query) == titles
    paged: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await house.ask("ann", "GET", limit=2, **query, **cursor)).json()
        paged += [one["title"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert paged == titles


async def test_bookmarks_of_the_same_instant_are_paged_without_loss(house: House) -> None:
    for number in range(5):
        await house.make("otto", 1, f"n{number}")
    first = (await house.ask("otto", "GET", limit=3)).json()
    second = (await house.ask("otto", "GET", limit=3, cursor=first["next"])).json()
    titles = [one["title"] for page in (first, second) for one in page["items"]]
    assert sorted(titles) == [f"n{number}" for number in range(5)]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"end": 3}, "bookmark.span", "end"),
        ({"start": 200, "end": 1}, "bookmark.too_long", "end"),
        ({"start": -1}, "bookmark.future", "start"),
        ({"title": "  "}, "request.invalid", "title"),
        ({"title": "two\nlines"}, "request.invalid", "title"),
        ({"note": "nul \x00"}, "request.invalid", "note"),
        ({"note": "x" * 4001}, "request.invalid", "note"),
        ({"colour": "red"}, "request.invalid", "colour"),
        ({"start": "yesterday"}, "request.invalid", "start"),
    ],
)
async def test_bad_input_names_its_field(house: House, change: dict[str, Any], code: str, field: str) -> None:
    body: dict[str, Any] = {"camera_id": house.gate, "start": 2, "title": "Van"} | change
    for name in ("start", "end"):
        if isinstance(body.get(name), int):
            body[name] = house.at(body[name])
    answer = await house.ask("vera", "POST", "", body)
    assert answer.status_code == 422, answer.text
    assert (answer.json()["code"], answer.json()["field"]) == (code, field)
    assert await house.titles("vera") == []


async def test_a_patch_is_judged_as_the_whole_that_it_makes(house: House) -> None:
    path = f"/{(await house.make('vera', 2, end=house.at(1)))['id']}"
    for patch, code in (
        ({"end": house.at(2.5)}, "bookmark.span"),
        ({"start": house.at(-1)}, "bookmark.future"),
        (
            {"start": format_instant(parse_instant(house.at(1)) - MAX_SPAN_MS - 1), "end": house.at(1)},
            "bookmark.too_long",
        ),
        ({"title": None}, "request.invalid"),
    ):
        refused(await house.ask("vera", "PATCH", path, patch), 422, code)
    assert (await house.ask("vera", "GET", path)).headers["etag"] == '"1"'
