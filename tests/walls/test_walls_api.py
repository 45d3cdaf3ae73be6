"""Saved walls through the real app, on both databases: whose they are, who sees what of them, and bad input."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from tests.support.app import TestRecorders, started
from tests.support.footage import T0
from tests.support.people import add_user, add_zone, as_user, grant, let_in_by_header
from vedette.api.app import create_app
from vedette.audit.tables import AuditRow
from vedette.db.session import Database
from vedette.identity.built_in import OPERATOR_ID, VIEWER_ID
from vedette.settings import Settings
from vedette.walls.tables import WallRow

pytestmark = pytest.mark.anyio

WALLS = "/api/v1/walls"


@dataclass
class House:
    """Two cameras; Ann may do everything, Otto operates, Vera views the zone of Gate, Eve was granted nothing."""

    client: httpx.AsyncClient
    database: Database
    people: dict[str, UUID]
    gate: str
    yard: str
    zone: str

    async def ask(self, by: str, method: str, path: str = "", body: Any = None, **headers: str) -> httpx.Response:
        sent = as_user(self.people[by]) | {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, WALLS + path, json=body, headers=sent)

    async def make(self, by: str, **body: Any) -> dict[str, Any]:
        answer = await self.ask(by, "POST", "", body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        assert (answer.headers["location"], answer.headers["etag"]) == (f"{WALLS}/{made['id']}", '"1"')
        return made

    async def names(self, by: str) -> list[str]:
        return [wall["name"] for wall in (await self.ask(by, "GET")).json()["items"]]

    def tile(self, place: int, camera: str, stream: str = "auto") -> dict[str, Any]:
        return {"place": place, "camera_id": camera, "stream": stream}

    async def two(self, by: str = "ann", **more: Any) -> dict[str, Any]:
        tiles = [self.tile(0, self.gate), self.tile(3, self.yard, "main")]
        return await self.make(by, name="Front desk", layout="2x2", source="tiles", tiles=tiles, **more)


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
        yield House(client, database, people, cameras["Gate"], cameras["Yard"], str(zone))


def refused(answer: httpx.Response, status: int, code: str) -> str:
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    return str(answer.json()["detail"])


async def test_a_wall_is_kept_changed_and_deleted(house: House) -> None:
    wall = await house.two(sequence=True, sequence_seconds=8)
    assert (wall["own"], wall["owner"], wall["layout"], wall["hidden"]) == (True, "ann", "2x2", 0)
    assert wall["tiles"] == [house.tile(0, house.gate), house.tile(3, house.yard, "main")]
    path = f"/{wall['id']}"
    patch = {"name": "Desk", "tiles": [house.tile(1, house.yard)], "sequence": False}
    changed = await house.ask("ann", "PATCH", path, patch, If_Match='"1"')
    assert (changed.headers["etag"], changed.json()["name"], changed.json()["layout"]) == ('"2"', "Desk", "2x2")
    assert changed.json()["tiles"] == [house.tile(1, house.yard)]
    assert (changed.json()["sequence"], changed.json()["sequence_seconds"]) == (False, 8)
    refused(await house.ask("ann", "PATCH", path, {"name": "Other"}, If_Match='"1"'), 412, "request.precondition")
    refused(await house.ask("ann", "DELETE", path, If_Match='"1"'), 412, "request.precondition")
    assert (await house.ask("ann", "GET", path)).headers["etag"] == '"2"'
    assert (await house.ask("ann", "DELETE", path, If_Match='"2"')).status_code == 204
    refused(await house.ask("ann", "GET", path), 404, "wall.not_found")
    async with house.database.read() as session:
        rows = await session.scalars(select(AuditRow).where(AuditRow.object_kind == "wall").order_by(AuditRow.id))
        told = [(row.action, row.object_name, row.before, row.after) for row in rows]
    assert [(action, name) for action, name, _, _ in told] == [
        ("wall.create", "Front desk"),
        ("wall.edit", "Desk"),
        ("wall.delete", "Desk"),
    ]
    assert [before and before["name"] for _, _, before, _ in told] == [None, "Front desk", "Desk"]
    assert [after and after["tiles"][-1]["camera"] for _, _, _, after in told] == [house.yard, house.yard, None]


async def test_each_sees_in_a_shared_wall_what_they_may_see_anyway(house: House) -> None:
    wall = await house.two(shared_with=[str(VIEWER_ID)])
    assert [role["name"] for role in wall["shared_with"]] == ["viewer"]
    seen = (await house.ask("vera", "GET", f"/{wall['id']}")).json()
    assert (seen["own"], seen["owner"], seen["hidden"], seen["shared_with"]) == (False, "ann", 1, [])
    assert seen["tiles"] == [house.tile(0, house.gate)]
    assert house.yard not in str(seen)
    assert (await house.names("vera"), await house.names("otto"), await house.names("eve")) == (["Front desk"], [], [])
    for by in ("otto", "eve"):
        for method in ("GET", "PATCH", "DELETE"):
            body = {"name": "x"} if method == "PATCH" else None
            refused(await house.ask(by, method, f"/{wall['id']}", body), 404, "wall.not_found")
    said = refused(await house.ask("vera", "PATCH", f"/{wall['id']}", {"name": "Mine"}), 403, "wall.not_yours")
    assert "belongs to ann" in said
    refused(await house.ask("vera", "DELETE", f"/{wall['id']}"), 403, "wall.not_yours")
    copied = {"name": seen["name"], "layout": seen["layout"], "source": "tiles", "tiles": seen["tiles"]}
    mine = await house.make("vera", **copied)
    assert (mine["own"], mine["hidden"]) == (True, 0)


async def test_a_role_that_is_not_held_now_opens_nothing(house: House) -> None:
    wall = await house.two(shared_with=[str(VIEWER_ID)])
    await grant(house.database, house.people["eve"], "viewer", until_ms=T0)
    assert await house.names("eve") == []
    assert await house.names("otto") == []
    await grant(house.database, house.people["otto"], "viewer")
    assert (await house.ask("otto", "GET", f"/{wall['id']}")).json()["hidden"] == 0
    await house.ask("ann", "PATCH", f"/{wall['id']}", {"shared_with": []})
    assert await house.names("otto") == []


async def test_sharing_takes_the_permission_and_taking_back_does_not(house: House) -> None:
    share = {"shared_with": [str(OPERATOR_ID)]}
    mine = await house.make("vera", name="Mine")
    refused(await house.ask("vera", "PATCH", f"/{mine['id']}", share), 403, "auth.forbidden")
    refused(await house.ask("vera", "POST", "", {"name": "Other", **share}), 403, "auth.forbidden")
    refused(await house.ask("vera", "GET", "/roles"), 403, "auth.forbidden")
    assert await house.names("vera") == ["Mine"]
    listed = (await house.ask("otto", "GET", "/roles")).json()["items"]
    assert [role["name"] for role in listed] == ["admin", "operator", "viewer"]
    shared = await house.make("otto", name="Night", shared_with=[str(VIEWER_ID)])
    assert (await house.ask("ann", "DELETE", f"/{shared['id']}")).status_code == 204, "who manages users tidies up"
    private = await house.make("otto", name="Own")
    refused(await house.ask("ann", "GET", f"/{private['id']}"), 404, "wall.not_found")


async def test_what_the_owner_cannot_see_any_more_stays_where_it_is(house: House) -> None:
    wall = await house.two()  # Gate at 0, Yard at 3
    path = f"/{wall['id']}"
    async with house.database.write() as session:
        row = await session.get(WallRow, UUID(wall["id"]))
        assert row is not None
        row.owner_id = house.people["vera"]  # who may not see Yard
    changed = (await house.ask("vera", "PATCH", path, {"tiles": [house.tile(1, house.gate)]})).json()
    assert (changed["tiles"], changed["hidden"]) == ([house.tile(1, house.gate)], 1)
    async with house.database.write() as session:
        row = await session.get(WallRow, UUID(wall["id"]))
        assert row is not None
        row.owner_id = house.people["ann"]
    seen = (await house.ask("ann", "GET", path)).json()
    assert seen["tiles"] == [house.tile(1, house.gate), house.tile(3, house.yard, "main")]
    over = [house.tile(3, house.gate)]
    assert (await house.ask("ann", "PATCH", path, {"tiles": over})).json()["tiles"] == over


async def test_a_removed_camera_falls_out(house: House) -> None:
    wall = await house.two()
    removed = await house.client.delete(f"/api/v1/cameras/{house.yard}", headers=as_user(house.people["ann"]))
    assert removed.status_code == 204
    seen = (await house.ask("ann", "GET", f"/{wall['id']}")).json()
    assert (seen["tiles"], seen["hidden"]) == ([house.tile(0, house.gate)], 0)
    tiles = {"tiles": [house.tile(0, house.yard)]}
    refused(await house.ask("ann", "PATCH", f"/{wall['id']}", tiles), 422, "camera.not_found")


async def test_zones_are_shown_to_who_sees_a_camera_of_them(house: House) -> None:
    back = str(await add_zone(house.database, "Back", [UUID(house.yard)]))
    listed = (await house.ask("vera", "GET", "/zones")).json()["items"]
    assert listed == [{"id": house.zone, "name": "Entrances", "cameras": [house.gate]}]
    assert [one["name"] for one in (await house.ask("otto", "GET", "/zones")).json()["items"]] == ["Back", "Entrances"]
    assert (await house.ask("eve", "GET", "/zones")).json()["items"] == []
    given = {"name": "Z", "source": "zone", "zone_id": back}
    refused(await house.ask("vera", "POST", "", given), 422, "zone.not_found")
    wall = await house.make("otto", **given, shared_with=[str(VIEWER_ID)])
    assert wall["zone"] == "Back"
    seen = (await house.ask("vera", "GET", f"/{wall['id']}")).json()
    assert (seen["zone_id"], seen["zone"]) == (None, None)
    gone = await house.client.delete(f"/api/v1/zones/{back}", headers=as_user(house.people["ann"]))
    assert gone.status_code == 204
    seen = (await house.ask("otto", "GET", f"/{wall['id']}")).json()
    assert (seen["source"], seen["zone_id"]) == ("zone", None)
    needed = await house.ask("otto", "PATCH", f"/{wall['id']}", {"source": "zone"})
    refused(needed, 422, "wall.zone_needed")


async def test_names_are_ones_own_and_once(house: House) -> None:
    await house.make("ann", name="Night")
    refused(await house.ask("ann", "POST", "", {"name": " NIGHT "}), 409, "wall.name_taken")
    await house.make("otto", name="Night")
    other = await house.make("ann", name="Day")
    refused(await house.ask("ann", "PATCH", f"/{other['id']}", {"name": "night"}), 409, "wall.name_taken")
    assert (await house.ask("ann", "PATCH", f"/{other['id']}", {"name": "DAY"})).json()["name"] == "DAY"


async def test_a_person_has_a_hundred_walls_at_most_and_reads_them_in_pages(house: House) -> None:
    for number in range(100):
        await house.make("eve", name=f"Wall {number}")
    refused(await house.ask("eve", "POST", "", {"name": "One more"}), 409, "wall.too_many")
    names: list[str] = []
    cursor = ""
    while True:
        page = (await house.ask("eve", "GET", f"?limit=40{cursor}")).json()
        names += [wall["name"] for wall in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert names == [f"Wall {number}" for number in range(100)]
    refused(await house.ask("eve", "GET", "?cursor=nonsense"), 422, "request.cursor")


SOMEWHERE = str(uuid4())


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "request.invalid", "name"),
        ({"name": ""}, "request.invalid", "name"),
        ({"name": "a\nb"}, "request.invalid", "name"),
        ({"name": "x" * 101}, "request.invalid", "name"),
        ({"name": "x", "layout": "5x5"}, "request.invalid", "layout"),
        ({"name": "x", "source": "none"}, "request.invalid", "source"),
        ({"name": "x", "source": "zone"}, "wall.zone_needed", "zone_id"),
        ({"name": "x", "source": "zone", "zone_id": SOMEWHERE}, "zone.not_found", "zone_id"),
        ({"name": "x", "sequence_seconds": 2}, "request.invalid", "sequence_seconds"),
        ({"name": "x", "sequence_seconds": 3601}, "request.invalid", "sequence_seconds"),
        ({"name": "x", "sequence": "yes"}, "request.invalid", "sequence"),
        ({"name": "x", "tiles": [{"place": 64, "camera_id": SOMEWHERE}]}, "request.invalid", "tiles.0.place"),
        ({"name": "x", "tiles": [{"place": -1, "camera_id": SOMEWHERE}]}, "request.invalid", "tiles.0.place"),
        ({"name": "x", "tiles": [{"place": 0, "camera_id": SOMEWHERE}]}, "camera.not_found", "tiles"),
        ({"name": "x", "tiles": [{"place": 0, "camera_id": SOMEWHERE}] * 2}, "request.invalid", None),
        ({"name": "x", "tiles": [{"place": 0, "camera_id": SOMEWHERE}] * 65}, "request.invalid", "tiles"),
        ({"name": "x", "shared_with": [SOMEWHERE]}, "role.not_found", "shared_with"),
        ({"name": "x", "owner": "otto"}, "request.invalid", "owner"),
    ],
)
async def test_bad_input_is_refused_by_its_field(
    house: House, body: dict[str, Any], code: str, field: str | None
) -> None:
    answer = await house.ask("ann", "POST", "", body)
    refused(answer, 422, code)
    assert answer.json().get("field") == field
    assert await house.names("ann") == []


async def test_nothing_but_the_zone_is_emptied_by_null(house: House) -> None:
    wall = await house.two()
    for name in ("name", "layout", "source", "tiles", "sequence", "sequence_seconds", "shared_with"):
        refused(await house.ask("ann", "PATCH", f"/{wall['id']}", {name: None}), 422, "request.invalid")
    assert (await house.ask("ann", "PATCH", f"/{wall['id']}", {"zone_id": None})).status_code == 200


async def test_what_a_device_cannot_do_is_refused_by_name(house: House) -> None:
    camera = f"/api/v1/cameras/{house.gate}"
    headers = as_user(house.people["otto"])
    shown = (await house.client.get(camera, headers=headers)).json()
    assert shown["capabilities"] == {"ptz": False, "presets": False, "talk": False}
    moved = await house.client.post(f"{camera}/ptz/move", json={"pan": 0.5}, headers=headers)
    assert "Gate can't be moved" in refused(moved, 409, "ptz.unsupported")
    refused(await house.client.get(f"{camera}/ptz/presets", headers=headers), 409, "presets.unsupported")
    refused(await house.client.post(f"{camera}/ptz/presets/1/go", headers=headers), 409, "presets.unsupported")
    refused(await house.client.post(f"{camera}/talk", headers=headers), 409, "talk.unsupported")
    for body in ({"pan": 2}, {"tilt": "up"}, {"roll": 1}):
        refused(await house.client.post(f"{camera}/ptz/move", json=body, headers=headers), 422, "request.invalid")
    as_viewer = as_user(house.people["vera"])
    refused(await house.client.post(f"{camera}/ptz/move", json={}, headers=as_viewer), 403, "auth.forbidden")
    refused(await house.client.post(f"{camera}/talk", headers=as_viewer), 403, "auth.forbidden")
