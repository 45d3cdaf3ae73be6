"""Searches over real files, a real index and a real server."""

import asyncio
import base64
import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from sqlalchemy import delete, select, update

from tests.support.footage import DAY, HOUR, MINUTE, T0, add_stream
from tests.support.library import Clip, RecordedFile
from tests.support.people import add_user, add_zone, as_user, grant, let_in_by_header
from tests.support.recorder_twin import until
from tests.support.scene import Picture, box, nothing, scene_clip
from tests.support.world import NOW, World, announce, make_world
from vedette.audit.tables import AuditRow
from vedette.db.session import Database
from vedette.http.instants import format_instant, parse_instant
from vedette.identity.tables import GrantRow
from vedette.playback.find import service as searching
from vedette.storage.tables import VolumeRow

pytestmark = pytest.mark.anyio

# What is looked at; the clock is burned in below it.
REGION = [[0.5, 0.2], [0.9, 0.2], [0.9, 0.8], [0.5, 0.8]]
CHANGE_S, GONE_S = 1831.5, 1838.75
FRAME_MS = 250


def something(start_s: float, end_s: float, picture: Picture, at_s: float) -> None:
    """Stands in the region for a while; beside it somebody walks to and fro all the time."""
    walk = 0.05 + 0.3 * abs(at_s / 20 % 2 - 1)
    box(picture, walk, 0.4, walk + 0.06, 0.85, level=30)
    if start_s <= at_s < end_s:
        box(picture, 0.6, 0.35, 0.68, 0.6)


@cache
def short(start_s: float = 20.3, end_s: float = 1000.0, seconds: float = 60, **more: Any) -> Clip:
    """A minute, in which something is put down."""
    return scene_clip(seconds, partial(something, start_s, end_s), **more)


@asynccontextmanager
async def answer_of(
    world: World, start_ms: int, end_ms: int, headers: dict[str, str] | None = None, **more: Any
) -> AsyncIterator[httpx.Response]:
    body = {"start": format_instant(start_ms), "end": format_instant(end_ms), "region": [REGION], **more}
    async with world.http.stream("POST", "/playback/gate/find", json=body, headers=headers, timeout=120) as answer:
        yield answer


async def lines(world: World, start_ms: int = T0, end_ms: int = T0 + MINUTE, **more: Any) -> list[dict[str, Any]]:
    """The whole answer."""
    async with answer_of(world, start_ms, end_ms, **more) as answer:
        assert answer.status_code == 200, await answer.aread()
        assert answer.headers["content-type"] == "application/x-ndjson"
        return [json.loads(line) async for line in answer.aiter_lines()]


def hits_in(told: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The last that was said of each hit, with the picture that came before."""
    found: dict[int, dict[str, Any]] = {}
    for line in told:
        if line["kind"] == "hit":
            picture = line["picture"] or found[line["number"]]["picture"]
            found[line["number"]] = line | {"picture": picture}
    return found


def ms(line: dict[str, Any], key: str) -> int:
    return parse_instant(line[key])


def of_kind(told: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [line for line in told if line["kind"] == kind]


@pytest.mark.timeout(300)
async def test_the_one_change_in_an_hour_is_found_to_the_frame_and_nothing_else(world: World) -> None:
    """With noise, dusk, somebody who walks beside the region and a clock that runs below it."""
    hour = scene_clip(3600, partial(something, CHANGE_S, GONE_S), fps=4, dusk=0.6, width=256, height=144)
    await world.library.record(world.stream_id, T0 - HOUR, hour, file_s=900)
    told = await lines(world, T0 - HOUR, T0)
    (hit,) = hits_in(told).values()
    assert abs(ms(hit, "start") - (T0 - HOUR + CHANGE_S * 1000)) <= FRAME_MS
    assert abs(ms(hit, "end") - (T0 - HOUR + GONE_S * 1000)) <= FRAME_MS
    assert (hit["unseen"], hit["stream"]) == (False, "main")
    with av.open(BytesIO(base64.b64decode(hit["picture"])), "r") as container:
        picture = next(container.decode(video=0)).reformat(format="gray").to_ndarray()
    assert picture.shape == (136, 240)
    assert picture[60:80, 150:160].mean() > 200
    done = told[-1]
    assert (done["kind"], done["pictures"], done["hits"], done["full"]) == ("done", 1800, 1, False)
    assert (ms(done, "at"), done["searched_ms"]) == (T0, HOUR)
    assert of_kind(told, "skipped") == []


async def test_a_camera_with_much_noise_has_no_hits(world: World) -> None:
    await world.library.record(world.stream_id, T0, scene_clip(300, nothing, noise=18, key_s=1), file_s=60)
    for sensitivity in (1, 50, 90):
        told = await lines(world, end_ms=T0 + 300_000, sensitivity=sensitivity)
        assert (hits_in(told), told[-1]["pictures"]) == ({}, 300)


async def test_what_comes_before_and_after_the_span_is_not_found(any_world: World) -> None:
    world = any_world
    await world.library.record(world.stream_id, T0, short(), file_s=20)
    assert list(hits_in(await lines(world, T0 + 22_000))) == []
    assert list(hits_in(await lines(world, end_ms=T0 + 19_000))) == []
    # The key frame before the start is what the start is compared with.
    (hit,) = hits_in(await lines(world, T0 + 20_200)).values()
    assert abs(ms(hit, "start") - T0 - 20_300) <= FRAME_MS
    assert ms(hit, "end") == ms(hit, "start")


async def test_outside_of_the_region_nothing_is_seen(world: World) -> None:
    await world.library.record(world.stream_id, T0, short(), file_s=20)
    beside = [[0.75, 0.2], [0.95, 0.2], [0.95, 0.8], [0.75, 0.8]]
    assert hits_in(await lines(world, region=[beside])) == {}
    triangle = [[0.58, 0.3], [0.72, 0.3], [0.58, 0.7]]
    assert list(hits_in(await lines(world, region=[beside, triangle]))) == [1]


async def test_the_sub_stream_is_searched_and_the_main_one_where_there_is_none(world: World) -> None:
    sub = await add_stream(world.database, kind="sub", camera_id=world.camera_id)
    await world.library.record(world.stream_id, T0, short(10.3), file_s=60)
    small = scene_clip(30, partial(something, 15.1, 1000), width=160, height=90)
    files = await world.library.record(sub, T0 + 30_000, small, file_s=60)
    told = await lines(world)
    hits = list(hits_in(told).values())
    assert [hit["stream"] for hit in hits] == ["main", "sub"]
    assert [ms(hit, "start") - T0 for hit in hits] == pytest.approx([10_300, 45_100], abs=FRAME_MS)
    assert told[-1]["pictures"] == 30
    (only,) = hits_in(await lines(world, stream="main")).values()
    assert only["stream"] == "main"
    # A file of the sub-stream that is gone is made up for by the main stream.
    files[0].path.unlink()
    told = await lines(world)
    assert ([hit["stream"] for hit in hits_in(told).values()], of_kind(told, "skipped")) == (["main"], [])
    assert told[-1]["pictures"] == 30


async def test_what_happened_while_nothing_was_recorded_is_said_to_be_so(world: World) -> None:
    await world.library.record(world.stream_id, T0, scene_clip(20, nothing), file_s=60)
    await world.library.record(world.stream_id, T0 + 40_000, short(0), file_s=60)
    (hit,) = hits_in(await lines(world, end_ms=T0 + 2 * MINUTE)).values()
    assert (hit["unseen"], ms(hit, "start"), ms(hit, "end")) == (True, T0 + 20_000, T0 + 40_000)


def traffic(picture: Picture, at_s: float) -> None:
    """Every 16 s a car takes 10 s to drive through the region; one is in it when the recording begins."""
    since_s = (at_s + 4) % 16
    if since_s < 10:
        box(picture, 0.36 + 0.056 * since_s, 0.4, 0.44 + 0.056 * since_s, 0.6)


async def test_in_traffic_each_car_is_one_and_none_is_there_over_a_gap(world: World) -> None:
    for start_ms in (T0, T0 + 5 * MINUTE):
        await world.library.record(world.stream_id, start_ms, scene_clip(76, traffic), file_s=60)
    hits = list(hits_in(await lines(world, end_ms=T0 + 10 * MINUTE)).values())
    begun = [*range(12_000, 76_000, 16_000)]
    assert len(hits) == 2 * (1 + len(begun))
    for start_ms, found in ((T0, hits[:5]), (T0 + 5 * MINUTE, hits[5:])):
        # It comes into the region a moment after the picture, and leaves it before.
        assert [round((ms(hit, "start") - start_ms) / 4000) for hit in found[1:]] == [3 + 4 * n for n in range(4)]
        assert all(6_000 <= ms(hit, "end") - ms(hit, "start") <= 11_000 for hit in found[1:-1])
        assert start_ms <= ms(found[0], "start") <= ms(found[0], "end") < start_ms + 12_000
        assert ms(found[-1], "end") <= start_ms + 76_000
    assert not any(hit["unseen"] for hit in hits)


async def test_what_can_t_be_read_is_skipped_and_told(world: World) -> None:
    files = await world.library.record(world.stream_id, T0, short(50.3), file_s=10)
    files[0].path.unlink()
    spoil(files[1])
    files[2].path.write_bytes(files[2].content[: files[2].parts[-1][0] // 2])
    told = await lines(world)
    skipped = [(line["code"], ms(line, "start") - T0, ms(line, "end") - T0) for line in of_kind(told, "skipped")]
    assert skipped[:2] == [("recording.file_missing", 0, 10_000), ("recording.damaged", 14_000, 18_000)]
    assert (skipped[2][0], skipped[2][2]) == ("recording.damaged", 30_000)
    (hit,) = hits_in(told).values()
    assert abs(ms(hit, "start") - T0 - 50_300) <= FRAME_MS
    assert told[-1]["kind"] == "done"
    async with world.database.write() as session:
        await session.execute(update(VolumeRow).values(state="missing"))
    told = await lines(world)
    assert {line["code"] for line in of_kind(told, "skipped")} == {"volume.unreachable"}
    assert (told[-1]["kind"], told[-1]["pictures"]) == ("done", 0)


def spoil(file: RecordedFile) -> None:
    """Its third and fourth group are zeros."""
    keys = [offset for offset, part in file.parts if part.key]
    with file.path.open("r+b") as opened:
        opened.seek(keys[2])
        opened.write(bytes(keys[4] - keys[2]))


async def test_the_file_that_is_written_now_is_searched_as_far_as_it_is(world: World, gate_twin: Any) -> None:
    (file,) = await world.library.record(world.stream_id, NOW - MINUTE, short(50.3), file_s=60, open_last=True)
    announce(gate_twin, file, of=short(50.3))
    await until(lambda: len(world.app.hub.tail(world.stream_id)) == len(file.parts), "the hub knows all parts")
    told = await lines(world, NOW - MINUTE, NOW + DAY)
    assert ms(told[0], "end") == NOW
    (hit,) = hits_in(told).values()
    assert abs(ms(hit, "start") - (NOW - MINUTE + 50_300)) <= FRAME_MS


async def test_nothing_recorded_is_no_error(world: World) -> None:
    told = await lines(world)
    assert [line["kind"] for line in told] == ["begin", "done"]
    assert told[-1]["pictures"] == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"end": format_instant(T0)}, "end"),
        ({"end": format_instant(T0 - 1)}, "end"),
        ({"start": format_instant(NOW + HOUR), "end": format_instant(NOW + 2 * HOUR)}, "start"),
        ({"start": format_instant(T0 - 8 * DAY)}, "end"),
        ({"start": "yesterday"}, "start"),
        ({"region": []}, "region"),
        ({"region": [[[0.1, 0.1], [0.2, 0.2]]]}, "region.0"),
        ({"region": [[[0.1, 0.1], [1.2, 0.1], [0.2, 0.3]]]}, "region.0.1.0"),
        ({"region": [[[0.1, 0.1], [0.2, -0.1], [0.2, 0.3]]]}, "region.0.1.1"),
        ({"region": [[[0.1, 0.1]] * 4]}, "region.0"),
        ({"region": [REGION] * 11}, "region"),
        ({"sensitivity": 0}, "sensitivity"),
        ({"sensitivity": 101}, "sensitivity"),
        ({"stream": "third"}, "stream"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_bad_input_is_refused_by_its_field(world: World, change: dict[str, Any], field: str) -> None:
    body = {"start": format_instant(T0), "end": format_instant(T0 + 1000), "region": [REGION], **change}
    answer = await world.http.post("/playback/gate/find", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text


async def idle(world: World) -> bool:
    """Whether the thread of searches has nothing to do: a word to it is answered at once, and no search has a seat."""
    service: searching.FindService = world.app.app.state.find
    ran = threading.Event()
    service._background.after(ran.set)
    return await asyncio.to_thread(ran.wait, 5) and not service._running


async def test_who_leaves_ends_the_work(world: World) -> None:
    for number in range(4):
        await world.library.record(world.stream_id, T0 - 4 * HOUR + number * HOUR, hour_of_nothing(), file_s=900)
    async with answer_of(world, T0 - 4 * HOUR, T0) as answer:
        async for line in answer.aiter_lines():
            told = json.loads(line)
            if told["kind"] == "progress":
                break
    assert told["at"] < format_instant(T0 - HOUR)
    service: searching.FindService = world.app.app.state.find
    await until(lambda: not service._running, "the search has ended")
    assert await idle(world)


@cache
def hour_of_nothing() -> Clip:
    return scene_clip(3600, nothing, fps=1, key_s=1, width=160, height=90)


async def test_one_caller_has_two_searches_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        await world.library.record(world.stream_id, T0 - 4 * HOUR + number * HOUR, hour_of_nothing(), file_s=900)
    async with answer_of(world, T0 - 4 * HOUR, T0) as first, answer_of(world, T0 - 4 * HOUR, T0) as second:
        assert (first.status_code, second.status_code) == (200, 200)
        async with answer_of(world, T0, T0 + 1000) as third:
            assert third.status_code == 429
            assert json.loads(await third.aread())["code"] == "find.too_many_of_user"
            assert "retry-after" in third.headers
        monkeypatch.setattr(searching, "OF_ALL", 2)
        monkeypatch.setattr(searching, "OF_ONE", 3)
        async with answer_of(world, T0, T0 + 1000) as third:
            assert (third.status_code, json.loads(await third.aread())["code"]) == (503, "find.busy")
    service: searching.FindService = world.app.app.state.find
    await until(lambda: not service._running, "both have ended")
    assert (await lines(world))[-1]["kind"] == "done"


async def test_more_than_anybody_would_look_at_is_not_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def blinking(picture: Picture, at_s: float) -> None:
        if at_s % 20 >= 10:
            box(picture, 0.6, 0.3, 0.8, 0.6)

    await world.library.record(world.stream_id, T0, scene_clip(120, blinking), file_s=60)
    monkeypatch.setattr(searching, "MOST_HITS", 3)
    told = await lines(world, end_ms=T0 + 2 * MINUTE)
    assert len(hits_in(told)) == told[-1]["hits"] >= 3
    assert told[-1]["full"]
    assert ms(told[-1], "at") <= T0 + MINUTE


async def test_a_right_that_is_withdrawn_ends_it(tmp_path: Path, sqlite_database: Database) -> None:
    async with make_world(tmp_path, sqlite_database) as world:
        let_in_by_header(world.app.app)
        for number in range(6):
            at_ms = T0 - 6 * HOUR + number * HOUR
            await world.library.record(world.stream_id, at_ms, hour_of_nothing(), file_s=900)
        zone = await add_zone(world.database, "Front", [world.camera_id])
        user = await add_user(world.database, "guest", password_hash="fits nothing")
        await grant(world.database, user, "viewer", zone_id=zone)
        told: list[dict[str, Any]] = []
        async with answer_of(world, T0 - 6 * HOUR, T0, as_user(user), region=[[[0, 0], [1, 0], [1, 1], [0, 1]]]) as got:
            assert got.status_code == 200
            async for line in got.aiter_lines():
                told.append(json.loads(line))
                if len(told) == 1:
                    async with world.database.write() as session:
                        await session.execute(delete(GrantRow).where(GrantRow.user_id == user))
        assert told[-1]["kind"] == "failed"
        assert told[-1]["code"] == "auth.forbidden"
        assert await idle(world)


async def test_the_audit_log_says_who_looked_for_what(world: World) -> None:
    await world.library.record(world.stream_id, T0, short(), file_s=20)
    await lines(world, sensitivity=70)
    async with world.database.read() as session:
        row = (await session.scalars(select(AuditRow).where(AuditRow.action == "playback.find"))).one()
        views = (await session.scalars(select(AuditRow).where(AuditRow.action == "playback.view"))).all()
    assert (row.camera_id, row.object_name) == (world.camera_id, "gate")
    assert row.after == {
        "from": format_instant(T0),
        "to": format_instant(T0 + MINUTE),
        "region": [REGION],
        "sensitivity": 70,
    }
    assert len(views) == 1


async def test_who_may_not_play_back_finds_nothing(tmp_path: Path, sqlite_database: Database) -> None:
    async with make_world(tmp_path, sqlite_database) as world:
        let_in_by_header(world.app.app)
        await world.library.record(world.stream_id, T0, short(), file_s=20)
        stranger = await add_user(world.database, "stranger", password_hash="fits nothing")
        async with answer_of(world, T0, T0 + MINUTE, as_user(stranger)) as answer:
            assert (answer.status_code, json.loads(await answer.aread())["code"]) == (404, "camera.not_found")
