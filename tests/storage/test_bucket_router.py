"""/storage/buckets and /storage/moves over the real gateway and a real server."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from tests.support.ceph import ACCESS_KEY, SECRET_KEY, Gateway
from tests.support.footage import T0
from tests.support.library import clip
from tests.support.world import World
from vedette.audit.tables import AuditRow
from vedette.http.instants import format_instant
from vedette.storage.tables import BucketRow

pytestmark = [pytest.mark.anyio, pytest.mark.ceph]


def given(gateway: Gateway, **changed: Any) -> dict[str, Any]:
    fields = {
        "name": "Cold",
        "endpoint": gateway.endpoint,
        "bucket": gateway.make_bucket(),
        "prefix": "house",
        "access_key": ACCESS_KEY,
        "secret_key": SECRET_KEY,
    }
    return {**fields, **changed}


async def add(world: World, wish: dict[str, Any]) -> httpx.Response:
    return await world.http.post("/storage/buckets", json=wish)


async def test_add_list_change_and_remove(any_today: World, gateway: Gateway) -> None:
    world, http = any_today, any_today.http
    wish = given(gateway)
    made = await add(world, wish)
    assert made.status_code == 201, made.text
    volume = made.json()
    assert (volume["kind"], volume["state"], volume["tier"]) == ("s3", "ok", "cold")
    assert volume["location"] == f"{gateway.endpoint}/{wish['bucket']}/house"
    assert (volume["free_bytes"], volume["bytes"]) == (None, 0)
    assert volume["bucket"]["delivery"] == "server"
    assert gateway.keys(wish["bucket"]) == ["house/.vedette-volume"]

    again = await add(world, wish)
    assert (again.status_code, again.json()["code"]) == (409, "volume.name_taken")
    again = await add(world, {**wish, "name": "Other"})
    assert (again.status_code, again.json()["code"], again.json()["field"]) == (409, "volume.known", "prefix")
    inside = await add(world, {**wish, "name": "Other", "prefix": "house/attic"})
    assert inside.json()["code"] == "volume.nested"

    url = f"/storage/buckets/{volume['id']}"
    changed = await http.patch(url, json={"delivery": "browser", "timeout_s": 3})
    assert (changed.json()["bucket"]["delivery"], changed.json()["bucket"]["timeout_s"]) == ("browser", 3)
    wrong = await http.patch(url, json={"secret_key": "wrong"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "secret_key")
    right = await http.patch(url, json={"secret_key": SECRET_KEY})
    assert right.status_code == 200, right.text

    # No camera records there, and footage on directories stays possible.
    camera = await http.post("/cameras", json={"name": "x", "url": "rtsp://127.0.0.1:1/", "volume_id": volume["id"]})
    assert (camera.status_code, camera.json()["field"]) == (422, "volume_id")
    only = await http.delete(f"/storage/volumes/{world.library.volume_id}")
    assert (only.status_code, only.json()["code"]) == (409, "volume.last")

    for answer in (made, changed, right, wrong, await http.get("/storage/volumes"), await http.get("/storage/stats")):
        assert SECRET_KEY not in answer.text
    async with world.database.read() as session:
        row = (await session.scalars(select(BucketRow))).one()
        assert SECRET_KEY not in row.secret_sealed
        told = list(await session.scalars(select(AuditRow.after).where(AuditRow.action.like("volume.%"))))
    assert SECRET_KEY not in str(told)
    assert {"secret_key": "changed"} in told

    assert (await http.delete(f"/storage/volumes/{volume['id']}")).status_code == 204
    assert gateway.keys(wish["bucket"]) == []


async def test_a_volume_that_is_there_is_added_as_it_is(any_today: World, gateway: Gateway) -> None:
    world, wish = any_today, given(gateway)
    missing = await add(world, {**wish, "create": False})
    assert (missing.status_code, missing.json()["code"]) == (422, "volume.unmarked")
    gateway.ask("PUT", wish["bucket"], "house/holiday.jpg", content="x").raise_for_status()
    full = await add(world, wish)
    assert (full.status_code, full.json()["code"]) == (409, "volume.not_empty")
    wish["prefix"] = ""
    marker = '{"marker": "018bcfe5-6800-7bd6-800a-aba0a029a558", "name": "old", "created_ms": 1}'
    gateway.ask("PUT", wish["bucket"], ".vedette-volume", content=marker).raise_for_status()
    looked = await world.http.post(
        "/storage/buckets/check", json={key: wish[key] for key in wish if key not in ("name", "create")}
    )
    # Nobody allowed the bucket to pages of this address.
    assert looked.json() == {"marker": "018bcfe5-6800-7bd6-800a-aba0a029a558", "name": "old", "pages": False}
    assert (await add(world, wish)).json()["code"] == "volume.exists"
    made = await add(world, {**wish, "create": False})
    assert made.status_code == 201, made.text


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"access_key": "nobody"}, "volume.access_key", "access_key"),
        ({"secret_key": "wrong"}, "volume.secret_key", "secret_key"),
        ({"bucket": "there-is-none"}, "volume.no_bucket", "bucket"),
        ({"endpoint": "http://127.0.0.1:9"}, "volume.unreachable", "endpoint"),
        ({"endpoint": "http://example.com"}, "volume.endpoint", "endpoint"),
        ({"prefix": "../x"}, "volume.prefix", "prefix"),
    ],
)
async def test_what_is_wrong_names_its_field(
    any_today: World, gateway: Gateway, changed: dict[str, str], code: str, field: str
) -> None:
    answer = await add(any_today, given(gateway, **changed))
    found = answer.json()
    assert (answer.status_code, found["code"], found["field"]) == (422, code, field)
    assert SECRET_KEY not in answer.text


async def test_moves(any_today: World, gateway: Gateway) -> None:
    world, http = any_today, any_today.http
    files = await world.library.record(world.stream_id, T0, clip())
    volume_id = (await add(world, given(gateway))).json()["id"]
    wish = {"volume_id": volume_id, "camera_id": "gate", "end": format_instant(files[1].end_ms)}
    asked = await http.post("/storage/moves", json=wish)
    assert asked.status_code == 202, asked.text
    move = asked.json()
    assert (move["state"], move["files"], move["camera_id"]) == ("waiting", 2, str(world.camera_id))
    assert move["bytes"] == sum(len(file.content) for file in files[:2])
    assert [one["id"] for one in (await http.get("/storage/moves")).json()["items"]] == [move["id"]]
    called_off = await http.post(f"/storage/moves/{move['id']}/cancel")
    assert called_off.json()["state"] == "cancelled"
    assert (await http.get(f"/storage/moves/{move['id']}")).json()["state"] == "cancelled"
    for wrong, field in (
        ({"volume_id": volume_id}, None),
        ({"volume_id": 99, "older_than_days": 0}, "volume_id"),
        ({"volume_id": volume_id, "older_than_days": 9_999}, "end"),
        ({"volume_id": volume_id, "older_than_days": 1, "end": format_instant(T0)}, None),
    ):
        refused = await http.post("/storage/moves", json=wrong)
        assert refused.status_code == 422, refused.text
        assert field is None or refused.json()["field"] == field
    assert (await http.post("/storage/moves", json={**wish, "camera_id": "nobody"})).status_code == 404
