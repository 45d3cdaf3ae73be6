"""/storage over real directories and a real server."""

from pathlib import Path

import pytest

from tests.support.footage import T0, add_stream, camera_of
from tests.support.library import clip
from tests.support.mounts import Mount
from tests.support.world import World
from vedette.core.ids import uuid7
from vedette.http.instants import format_instant
from vedette.storage import volumes

pytestmark = pytest.mark.anyio


async def test_stats_are_the_files(any_world: World) -> None:
    world = any_world
    files = await world.library.record(world.stream_id, T0, clip())
    yard = await add_stream(world.database, "yard")
    files += (others := await world.library.record(yard, T0 + 60_000, clip(), file_s=10))
    found = (await world.http.get("/storage/stats")).json()
    total = sum(file.path.stat().st_size for file in files)
    assert (found["bytes"], found["files"]) == (total, 4)
    assert (found["oldest"], found["newest"]) == (format_instant(T0), format_instant(T0 + 66_000))
    yard_id = str(await camera_of(world.database, yard))
    share = next(camera for camera in found["cameras"] if camera["camera_id"] == yard_id)
    assert (share["bytes"], share["files"]) == (others[0].path.stat().st_size, 1)
    assert (share["oldest"], share["newest"]) == (format_instant(T0 + 60_000), format_instant(T0 + 66_000))
    assert [(volume["bytes"], volume["files"]) for volume in found["volumes"]] == [(total, 4)]


async def test_nothing_recorded_yet(world: World) -> None:
    found = (await world.http.get("/storage/stats")).json()
    assert (found["bytes"], found["files"], found["oldest"], found["newest"]) == (0, 0, None, None)
    assert found["cameras"] == []


async def test_add_list_and_change_a_volume(any_world: World, tmp_path: Path) -> None:
    http = any_world.http
    location = tmp_path / "second" / "disk"
    made = await http.post("/storage/volumes", json={"name": "Second", "location": str(location)})
    assert made.status_code == 201, made.text
    volume = made.json()
    assert (volume["name"], volume["location"], volume["state"]) == ("Second", str(location), "ok")
    assert volume["free_bytes"] > 0
    assert (volume["bytes"], volume["oldest"]) == (0, None)
    assert volumes.identify(location).name == "Second"
    listed = (await http.get("/storage/volumes")).json()
    assert [one["name"] for one in listed["items"]] == ["footage", "Second"]

    url = f"/storage/volumes/{volume['id']}"
    changed = (await http.patch(url, json={"keep_days": 30, "headroom_percent": 5})).json()
    assert (changed["keep_days"], changed["headroom_percent"], changed["name"]) == (30, 5, "Second")
    changed = (await http.patch(url, json={"keep_days": None, "name": "Zweite"})).json()
    assert (changed["keep_days"], changed["headroom_percent"], changed["name"]) == (None, 5, "Zweite")


async def test_volumes_on_one_disk_say_so(world: World, tmp_path: Path, tmpfs: Mount) -> None:
    for name, location in (("Second", tmp_path / "second"), ("Stick", tmpfs.path / "footage")):
        made = await world.http.post("/storage/volumes", json={"name": name, "location": str(location)})
        assert made.status_code == 201
    first, second, stick = (await world.http.get("/storage/volumes")).json()["items"]
    assert first["disk"] == second["disk"] != stick["disk"]


async def test_an_unused_volume_is_removed_and_can_be_added_again(any_world: World, tmp_path: Path) -> None:
    http = any_world.http
    only = f"/storage/volumes/{any_world.library.volume_id}"
    last = await http.delete(only)
    assert (last.status_code, last.json()["code"]) == (409, "volume.last")
    body = {"name": "Second", "location": str(tmp_path / "second")}
    made = (await http.post("/storage/volumes", json=body)).json()
    await any_world.library.record(any_world.stream_id, T0, clip())
    used = await http.delete(only)
    assert (used.status_code, used.json()["code"]) == (409, "volume.in_use")
    assert (await http.delete(f"/storage/volumes/{made['id']}")).status_code == 204
    assert not (tmp_path / "second").exists()
    assert (await http.delete(f"/storage/volumes/{made['id']}")).status_code == 404
    assert [one["name"] for one in (await http.get("/storage/volumes")).json()["items"]] == ["footage"]
    assert (await http.post("/storage/volumes", json=body)).status_code == 201


async def test_a_volume_that_a_camera_records_to_stays(world: World, tmp_path: Path) -> None:
    body = {"name": "Second", "location": str(tmp_path / "second")}
    made = (await world.http.post("/storage/volumes", json=body)).json()
    await world.app.add_camera("Yard", volume_id=made["id"])
    refused = await world.http.delete(f"/storage/volumes/{made['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "volume.in_use")
    assert volumes.marked(tmp_path / "second")


async def test_a_volume_that_was_unplugged_says_so(world: World) -> None:
    (world.library.root / volumes.MARKER).unlink()  # as on an empty mount point
    listed = (await world.http.get("/storage/volumes")).json()["items"]
    assert [(volume["state"], volume["free_bytes"]) for volume in listed] == [("missing", None)]
    assert "not mounted" in listed[0]["state_detail"]


VOLUMES_REFUSED = [
    ({"name": "x", "location": "relative/path"}, 422, "location"),
    ({"name": "x", "location": "/tmp/../etc"}, 422, "location"),
    ({"name": " ", "location": "/tmp/x"}, 422, "name"),
    ({"name": "x"}, 422, "location"),
    ({"name": "x", "location": "/proc/nothing"}, 422, "location"),
    ({"name": "x", "location": "/tmp/x", "shape": "round"}, 422, "shape"),
    ({"name": "footage", "location": "/nowhere/else"}, 409, "name"),
    ({"name": "Footage", "location": "/nowhere/else"}, 409, "name"),
]


async def test_volumes_that_are_refused(world: World) -> None:
    for body, status, field in VOLUMES_REFUSED:
        answer = await world.http.post("/storage/volumes", json=body)
        assert (answer.status_code, answer.json().get("field")) == (status, field)


async def test_a_directory_with_other_things_in_it_is_refused(world: World, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")
    answer = await world.http.post("/storage/volumes", json={"name": "x", "location": str(tmp_path / "home")})
    assert (answer.status_code, answer.json()["code"]) == (409, "volume.not_empty")


CHANGES_REFUSED = [
    {"keep_days": 0},
    {"keep_bytes": -1},
    {"headroom_percent": 91},
    {"headroom_percent": None},
    {"name": None},
    {"x": 1},
]


async def test_changes_that_are_refused(world: World) -> None:
    for patch in CHANGES_REFUSED:
        answer = await world.http.patch(f"/storage/volumes/{world.library.volume_id}", json=patch)
        assert answer.status_code == 422
        assert (await world.http.patch("/storage/volumes/999", json={"name": "y"})).status_code == 404


async def test_looking_at_a_directory_changes_nothing(world: World, tmp_path: Path) -> None:
    async def look(location: Path) -> dict[str, object]:
        answer = await world.http.post("/storage/volumes/check", json={"location": str(location)})
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    absent = await look(tmp_path / "not" / "yet")
    assert (absent["exists"], absent["writable"], absent["marker"]) == (False, True, None)
    free, total, room = absent["free_bytes"], absent["total_bytes"], absent["room_bytes"]
    assert isinstance(free, int)
    assert isinstance(total, int)
    assert isinstance(room, int)
    # As for a volume: the headroom is not there to be filled.
    assert room == max(0, free - total * 10 // 100)
    assert absent["days_at_4mbps"] == pytest.approx(room / 500_000 / 86_400, abs=0.1)
    assert absent["problem"] == ""
    assert not (tmp_path / "not").exists()
    identity = volumes.create(tmp_path / "volume", "name", 0, marker=uuid7())
    for location, words in (
        (Path("/etc/passwd"), "is a file"),
        (Path("/etc/passwd/in"), "/etc/passwd is a file"),
        (tmp_path, "is not empty"),
        (world.library.root, "is the volume footage already"),
        (world.library.root / "in", "one within the other"),
    ):
        assert words in str((await look(location))["problem"])
    known = await look(tmp_path / "volume")
    assert known["problem"] == ""
    assert (known["exists"], known["marker"]) == (True, str(identity.marker))
    refused = await world.http.post("/storage/volumes/check", json={"location": "footage"})
    assert (refused.status_code, refused.json()["field"]) == (422, "location")
