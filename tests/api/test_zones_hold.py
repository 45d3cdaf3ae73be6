"""What a viewer of one zone gets to know: lists, events and media of that zone, and nothing by guessing. On both
databases, with real footage."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, update
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.api.test_matrix import Place, make_place
from tests.support.library import clip
from tests.support.people import as_user
from tests.support.recorder_twin import RecorderTwin, until
from vedette.access.permissions import ADMIN, OF_A_CAMERA, OPERATOR, Permission
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.events import outbox
from vedette.events.announcements import StreamStatus
from vedette.identity.tables import GrantRow, RolePermissionRow, RoleRow, UserRow

pytestmark = pytest.mark.anyio

VIEWER = "viewer of the zone"


@pytest.fixture
async def place(tmp_path: Path, database: Database) -> AsyncIterator[Place]:
    async with make_place(tmp_path, database) as place:
        yield place


@pytest.fixture
async def sqlite_place(tmp_path: Path, sqlite_database: Database) -> AsyncIterator[Place]:
    async with make_place(tmp_path, sqlite_database) as place:
        yield place


async def get(place: Place, caller: str, path: str, **params: Any) -> dict[str, Any]:
    answer = await place.world.http.get(path, params=params, headers=as_user(place.people[caller]))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def code(place: Place, caller: str, path: str, **params: Any) -> tuple[int, str]:
    answer = await place.world.http.get(path, params=params, headers=as_user(place.people[caller]))
    return answer.status_code, answer.json()["code"]


async def test_lists_hold_what_may_be_seen(place: Place) -> None:
    gate, old, yard = str(place.gate), str(place.old), str(place.yard)
    for caller, cameras, removed, recorded in (
        (VIEWER, {gate}, {old}, {gate, old}),
        ("viewer elsewhere", {yard}, set(), {yard}),
        ("operator", {gate, yard}, {old}, {gate, old, yard}),
        ("expired", set(), set(), set()),
        ("out of hours", set(), set(), set()),
    ):
        assert {one["id"] for one in (await get(place, caller, "/cameras"))["items"]} == cameras, caller
        assert {one["id"] for one in (await get(place, caller, "/removed-cameras"))["items"]} == removed, caller
        listed = (await get(place, caller, "/recordings"))["items"]
        assert {one["camera_id"] for one in listed} == recorded, caller
        main = (await get(place, caller, "/recordings", stream="main", limit=1))["items"]
        assert {one["camera_id"] for one in main} <= recorded, caller
    usage = (await get(place, "operator", "/storage/stats"))["cameras"]
    assert {one["camera_id"] for one in usage} == {gate, old, yard}


async def test_each_camera_says_what_may_be_done_with_it(place: Place) -> None:
    watching = {"camera.view", "live.view", "playback.view"}
    for caller, allowed, everywhere in (
        (VIEWER, watching, set()),
        ("operator", {one.value for one in OPERATOR & OF_A_CAMERA}, {one.value for one in OPERATOR}),
        ("admin", {one.value for one in OF_A_CAMERA}, {one.value for one in ADMIN}),
    ):
        listed = next(one for one in (await get(place, caller, "/cameras"))["items"] if one["id"] == str(place.gate))
        assert set(listed["allowed"]) == allowed, caller
        assert (await get(place, caller, f"/cameras/{place.gate}"))["allowed"] == listed["allowed"]
        [removed] = (await get(place, caller, "/removed-cameras"))["items"]
        assert set(removed["allowed"]) == allowed, caller
        me = await get(place, caller, "/auth/me")
        assert (set(me["everywhere"]), set(me["permissions"])) == (everywhere, everywhere | allowed), caller
        [mine] = me["grants"]
        zone = "Front" if caller == VIEWER else None
        assert (mine["role"], mine["zone"], mine["in_force"]) == (caller.split()[0], zone, True)


async def test_where_a_camera_is_in_the_network_is_for_who_may_change_it(place: Place) -> None:
    for caller, told in ((VIEWER, False), ("operator", False), ("admin", True)):
        camera = await get(place, caller, f"/cameras/{place.gate}")
        assert [stream["url"] is not None for stream in camera["streams"]] == [told] * len(camera["streams"]), caller
        assert camera["streams"], "it has some"
        assert ("rtsp://" in str(camera)) is told, caller


async def test_the_hours_come(place: Place) -> None:
    assert (await get(place, "out of hours", "/cameras"))["items"] == []
    place.world.clock.advance(3 * 3600)  # Wednesday
    assert len((await get(place, "out of hours", "/cameras"))["items"]) == 1


async def test_guessing_finds_nothing(place: Place) -> None:
    """What may not be seen is answered as what does not exist, word for word."""
    span = {"start": place.values()["start"], "end": place.values()["end"]}
    for path, params in (
        ("/cameras/{}", {}),
        ("/cameras/{}/snapshot.jpg", {}),
        ("/playback/{}/index.m3u8", span),
        ("/cameras/{}/recording/status", {}),
    ):
        answers = []
        for key in (str(place.yard), "yard", str(uuid4()), "nothing"):
            answer = await place.world.http.get(path.format(key), params=params, headers=as_user(place.people[VIEWER]))
            answers.append((answer.status_code, answer.text.replace(key, "KEY")))
        assert len(set(answers)) == 1, answers
        assert answers[0][0] == 404
    for cameras in ([str(place.gate), "yard"], ["yard", "nothing"]):
        assert await code(place, VIEWER, "/coverage", camera_id=cameras, **span) == (404, "camera.not_found")
    asked = {"camera_id": ["yard", "nothing"], **span}
    hidden = await place.world.http.get("/coverage", params=asked, headers=as_user(place.people[VIEWER]))
    assert "yard" in hidden.json()["detail"], "the first is named, whether it exists or not"
    assert await code(place, VIEWER, "/recordings", camera_id="yard") == (404, "camera.not_found")
    month = {"month": "2026-11"}
    assert await code(place, VIEWER, "/calendar", camera_id="yard", **month) == (404, "camera.not_found")
    # One that they see, whose footage they may not look at, is there all the same.
    async with place.world.database.write() as session:
        role = RoleRow(id=uuid7(), name="live only", created_ms=0)
        session.add(role)
        await session.flush()
        session.add(RolePermissionRow(role_id=role.id, permission="live.view"))
        theirs = GrantRow.user_id == place.people[VIEWER]
        await session.execute(update(GrantRow).where(theirs).values(role_id=role.id))
    place.world.app.app.state.authority.forget()
    for camera in ("gate", str(place.gate)):
        for path, more in (("/coverage", span), ("/calendar", month), ("/recordings", {})):
            assert await code(place, VIEWER, path, camera_id=camera, **more) == (403, "auth.forbidden"), path
            assert await code(place, VIEWER, path, camera_id="yard", **more) == (404, "camera.not_found"), path
    assert (await get(place, VIEWER, "/recordings"))["items"] == []
    for recording in (place.yard_recording, uuid4()):
        for path in ("/recordings/{}", "/recordings/{}/stream", "/playback/segments/{}.mp4"):
            assert await code(place, VIEWER, path.format(recording)) == (404, "recording.not_found")


async def test_an_init_belongs_to_a_camera(place: Place) -> None:
    """The name is a hash that nobody guesses; with it one gets the init of a camera that one may see, and no other."""
    of_yard = clip(seconds=4.0, width=160, height=90).init.digest
    assert of_yard != clip().init.digest
    assert await code(place, VIEWER, f"/playback/yard/init/{of_yard}.mp4") == (404, "camera.not_found")
    assert await code(place, VIEWER, f"/playback/gate/init/{of_yard}.mp4") == (404, "playback.init_not_found")
    for camera in ("gate", "old"):
        answer = await place.world.http.get(
            f"/playback/{camera}/init/{clip().init.digest}.mp4", headers=as_user(place.people[VIEWER])
        )
        assert answer.content == clip().init.data


async def test_head_is_as_get(place: Place) -> None:
    for path in ("/recordings/{}/stream", "/recordings/{}/download", "/playback/segments/{}.mp4"):
        for recording, good in (
            (place.gate_recording, path != "/recordings/{}/download"),
            (place.yard_recording, False),
        ):
            url = path.format(recording)
            answer = await place.world.http.head(url, headers=as_user(place.people[VIEWER]))
            assert (answer.status_code == 200) is good, url


async def test_a_camera_goes_with_its_footage_only_for_who_may_delete_that(place: Place) -> None:
    person = place.people["expired"]
    async with place.world.database.write() as session:
        role = RoleRow(id=uuid7(), name="installer", created_ms=0)
        session.add(role)
        await session.flush()
        permitted = (Permission.CAMERA_VIEW, Permission.CAMERA_EDIT)
        session.add_all(RolePermissionRow(role_id=role.id, permission=one.value) for one in permitted)
        session.add(GrantRow(id=uuid7(), user_id=person, role_id=role.id, camera_id=place.gate, created_ms=0))
    url, headers = f"/cameras/{place.gate}", as_user(person)
    refused = await place.world.http.delete(url, params={"footage": "delete"}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "auth.forbidden")
    assert (await place.world.http.delete(url, headers=headers)).status_code == 204


async def hear(socket: ClientConnection, *topics: str) -> dict[str, Any]:
    while True:
        message: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 30))
        if message["topic"] in topics:
            return message


def events(place: Place, caller: str, query: str = "") -> connect:
    url = f"ws://{place.world.app.address}/api/v1/events{query}"
    return connect(url, additional_headers=as_user(place.people[caller]))


async def test_events_are_of_what_may_be_seen(place: Place) -> None:
    last = {"number": 9, "camera_id": str(place.gate)}
    told: list[tuple[str, dict[str, Any]]] = [
        ("camera.changed", {"number": 1, "camera_id": str(place.yard)}),
        ("camera.changed", {"number": 2, "camera_id": str(place.gate)}),
        ("gap", {"number": 3, "camera_id": str(place.yard)}),
        ("gap", {"number": 4, "camera_id": str(place.gate)}),
        ("volume.state", {"number": 5, "volume_id": 1}),
        ("something.new", {"number": 6}),
        ("system.preferences", {"number": 7}),
        ("camera.changed", {"number": 8, "camera_id": "no id at all"}),
        ("camera.changed", last),
    ]
    for caller, numbers in (
        (VIEWER, [2, 4, 7, 9]),
        ("viewer elsewhere", [1, 3, 7]),
        ("operator", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ):
        async with events(place, caller) as socket:
            hello = await hear(socket, "hello")
            async with place.world.database.write() as session:
                for topic, payload in told:
                    outbox.emit(session, 1_700_000_000_000, topic, payload)
            topics = {topic for topic, _ in told}
            heard = [(await hear(socket, *topics))["payload"]["number"] for _ in numbers]
            assert heard == numbers, caller
        async with events(place, caller, f"?cursor={hello['payload']['cursor']}") as socket:
            assert (await hear(socket, "hello"))["payload"]["resumed"] is True
            heard = [(await hear(socket, *topics))["payload"]["number"] for _ in numbers]
            assert heard == numbers, f"{caller}, replayed"


async def test_what_streams_do_is_told_by_camera(sqlite_place: Place) -> None:
    place = sqlite_place
    async with RecorderTwin(place.world.app.data / "run") as recorder:
        await until(place.world.app.hub.recorders, "the hub connects")
        yards = (await get(place, "operator", "/cameras/yard"))["streams"][0]["id"]
        for stream_id, camera_id in ((place.world.stream_id, place.gate), (yards, place.yard)):
            stream = recorder.stream(stream_id, place.world.app.data)
            recorder.tell(StreamStatus(stream.stream_id, str(camera_id), "main", "recording", 0))
        await until(lambda: len(place.world.app.hub.statuses()) == 2, "both are known")
        for caller, cameras in ((VIEWER, {place.gate}), ("operator", {place.gate, place.yard})):
            async with events(place, caller) as socket:
                stats = await hear(socket, "stats")
                assert {UUID(one["camera_id"]) for one in stats["payload"]["streams"]} == cameras


async def closing(socket: ClientConnection) -> int:
    """The code that the server closes it with."""
    try:
        while True:
            await asyncio.wait_for(socket.recv(), 30)
    except ConnectionClosed:
        return socket.close_code or 0


async def test_open_sockets_end_with_the_permission(sqlite_place: Place) -> None:
    place = sqlite_place
    url = f"ws://{place.world.app.address}/api/v1/live/gate/mse"
    headers = as_user(place.people[VIEWER])
    async with connect(url, additional_headers=headers) as live, events(place, VIEWER) as told:
        await hear(told, "hello")
        async with place.world.database.write() as session:
            await session.execute(delete(GrantRow).where(GrantRow.user_id == place.people[VIEWER]))
        assert await closing(live) == 4403
        # The events' reader is still somebody, who may know nothing of cameras now.
        async with place.world.database.write() as session:
            outbox.emit(session, 0, "gap", {"camera_id": str(place.gate)})
            outbox.emit(session, 0, "system.preferences", {})
        assert (await hear(told, "gap", "system.preferences"))["topic"] == "system.preferences"
        async with place.world.database.write() as session:
            gone = update(UserRow).where(UserRow.id == place.people[VIEWER]).values(disabled_ms=1)
            await session.execute(gone)
        assert await closing(told) == 4401


async def test_tiles_of_a_wall_are_let_in_and_end_one_by_one(place: Place) -> None:
    url = f"ws://{place.world.app.address}/api/v1/live/wall"
    async with connect(url, additional_headers=as_user(place.people[VIEWER])) as wall:

        async def told(kind: str) -> dict[str, Any]:
            while True:
                message: dict[str, Any] = json.loads(await asyncio.wait_for(wall.recv(), 30))
                if message["type"] == kind:
                    return message

        for tile, camera in enumerate((place.yard, uuid4(), "yard")):
            await wall.send(json.dumps({"type": "show", "tile": tile, "camera": str(camera)}))
            closed = await told("closed")
            # One that exists for others is answered as one that does not exist.
            assert (closed["tile"], closed["code"]) == (tile, 4404)
            assert closed["reason"] == f"There is no camera {camera}."
        await wall.send(json.dumps({"type": "show", "tile": 7, "camera": "gate"}))
        await until(lambda: place.world.app.hub.viewer_count() == 1, "its own camera is shown")
        async with place.world.database.write() as session:
            await session.execute(delete(GrantRow).where(GrantRow.user_id == place.people[VIEWER]))
        closed = await told("closed")
        assert (closed["tile"], closed["code"]) == (7, 4403)
        await until(lambda: place.world.app.hub.viewer_count() == 0, "nothing of it is left")
        async with place.world.database.write() as session:
            await session.execute(update(UserRow).where(UserRow.id == place.people[VIEWER]).values(disabled_ms=1))
        assert await closing(wall) == 4401
