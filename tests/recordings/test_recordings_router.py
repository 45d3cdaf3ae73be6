"""/recordings, /coverage and /calendar over real files and a real server."""

import asyncio
import os
import re
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from sqlalchemy import update

from tests.support.accounts import bearer, signed_in
from tests.support.footage import DAY, T0, add_stream, camera_of
from tests.support.library import RecordedFile, clip
from tests.support.recorder_twin import StreamTwin, until
from tests.support.world import NOW, World, announce
from vedette.core.clock import ManualClock
from vedette.core.ids import uuid7
from vedette.http.instants import format_instant
from vedette.http.lasting import RECHECK_S
from vedette.media.fmp4.segment import finalise
from vedette.recordings import holds
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.holds import NewHold
from vedette.recordings.model import GapCause
from vedette.recordings.tables import SegmentRow
from vedette.recordings.upkeep import Hasher

pytestmark = pytest.mark.anyio


async def recorded(world: World, *, open_last: bool = False) -> list[RecordedFile]:
    """Three files of 2 s."""
    return await world.library.record(world.stream_id, T0, clip(), open_last=open_last)


async def test_a_recording(any_world: World) -> None:
    world = any_world
    file = (await recorded(world))[1]
    answer = await world.http.get(f"/recordings/{file.id}")
    found = answer.json()
    assert re.fullmatch("[0-9a-f]{64}", found.pop("sha256"))
    assert found == {
        "id": str(file.id),
        "camera_id": str(world.camera_id),
        "stream": "main",
        "start": format_instant(T0 + 2000),
        "end": format_instant(T0 + 4000),
        "duration_ms": 2000,
        "bytes": len(file.content),
        "state": "closed",
        "codecs": clip().init.codecs,
        "width": 320,
        "height": 180,
        "volume_id": world.library.volume_id,
        "path": str(file.path.relative_to(world.library.root)),
        "held": False,
        "gap_before": None,
        "gap_after": None,
    }


async def test_lists_are_paged_newest_first_and_filtered(any_world: World) -> None:
    world = any_world
    files = await recorded(world)
    other_stream = await add_stream(world.database, "yard")
    other = await world.library.record(other_stream, T0, clip(), file_s=10)
    newest_first = [str(file.id) for file in reversed(files)]

    async def ids(**params: str | int) -> list[str]:
        answer = await world.http.get("/recordings", params=params)
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["items"]]

    gate = str(world.camera_id)
    assert await ids(camera_id=gate) == newest_first
    assert await ids(camera_id="gate") == newest_first
    assert set(await ids()) == {*newest_first, str(other[0].id)}
    assert await ids(camera_id=str(await camera_of(world.database, other_stream))) == [str(other[0].id)]
    assert await ids(camera_id=gate, start=format_instant(T0 + 2500), end=format_instant(T0 + 4000)) == [
        str(files[1].id)
    ]
    assert await ids(camera_id=gate, stream="sub") == []

    first = (await world.http.get("/recordings", params={"camera_id": gate, "limit": 2})).json()
    assert [item["id"] for item in first["items"]] == newest_first[:2]
    second = (
        await world.http.get("/recordings", params={"camera_id": gate, "limit": 2, "cursor": first["next"]})
    ).json()
    assert [item["id"] for item in second["items"]] == newest_first[2:]
    assert second["next"] is None


LISTS_REFUSED = [
    ("cursor=garbage", 422, "request.cursor"),
    ("cursor=WyJhIl0", 422, "request.cursor"),
    ("limit=0", 422, "request.invalid"),
    ("limit=100000", 422, "request.invalid"),
    ("camera_id=nobody", 404, "camera.not_found"),
    ("camera_id=../gate", 404, "camera.not_found"),
    ("stream=third", 422, "request.invalid"),
    ("start=2026-01-01", 422, "request.invalid"),
    ("start=2026-01-02T00:00:00Z&end=2026-01-01T00:00:00Z", 422, "recordings.span"),
    ("camera_id=0190b0a0-0000-7000-8000-00000000dead", 404, "camera.not_found"),
    ("zone_id=0190b0a0-0000-7000-8000-00000000dead", 404, "zone.not_found"),
    ("start=2200-01-01T00:00:00Z", 422, "recordings.future"),
    ("start=2020-01-01T00:00:00Z&day=mon", 422, "recordings.span_too_long"),
    ("time_from=22:00", 422, "recordings.span_needed"),
    ("time_from=25:00", 422, "request.invalid"),
    ("day=someday", 422, "request.invalid"),
    ("timezone=Mars/Olympus", 422, "calendar.timezone"),
    ("min_bytes=2&max_bytes=1", 422, "recordings.limits"),
    ("min_duration_s=-1", 422, "request.invalid"),
    ("gap_cause=mood", 422, "request.invalid"),
    ("cursor=WzksIjAxOTBiMGEwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwZGVhIl0", 422, "request.cursor"),
]


async def test_list_input_that_is_refused(world: World) -> None:
    for query, status, code in LISTS_REFUSED:
        answer = await world.http.get(f"/recordings?{query}")
        assert (answer.status_code, answer.json()["code"]) == (status, code), query


async def test_lists_by_the_clock_of_the_site_and_sums(any_world: World) -> None:
    """The files begin at 22:13:20 UTC of a Tuesday, which is 03:43 of Wednesday in Kolkata."""
    world = any_world
    files = await recorded(world)
    since = {"start": format_instant(T0 - DAY)}

    async def count(**params: Any) -> int:
        answer = await world.http.get("/recordings", params={**since, **params})
        assert answer.status_code == 200, answer.text
        sums = (await world.http.get("/recordings/sums", params={**since, **params})).json()
        assert sums["count"] == len(answer.json()["items"])
        return int(sums["count"])

    assert await count(day="tue", timezone="UTC") == 3
    assert await count(day=["wed", "thu"], timezone="UTC") == 0
    assert await count(day="wed", timezone="Asia/Kolkata") == 3
    given = {"timezone": "Asia/Kolkata", "theme": "dark", "keep_days": None}
    assert (await world.http.put("/system/preferences", json=given)).status_code == 200
    assert await count(day="wed") == 3, "the site's zone"
    assert await count(time_from="22:00", time_to="06:00", day="tue") == 3, "Tuesday's night"
    assert await count(time_from="04:00", time_to="24:00") == 0
    assert await count(min_duration_s=2, max_duration_s=2) == 3
    assert await count(max_bytes=1) == 0
    assert await count(held=True) == 0
    assert await count(camera_id=["gate", str(world.camera_id)]) == 3
    sums = (await world.http.get("/recordings/sums")).json()
    assert sums == {
        "count": 3,
        "duration_ms": 6000,
        "bytes": sum(len(file.content) for file in files),
        "start": format_instant(T0),
        "end": format_instant(T0 + 6000),
    }


async def test_gaps_are_listed_and_stand_beside_recordings(any_world: World) -> None:
    world = any_world
    files = await recorded(world)
    assert (await world.http.delete(f"/recordings/{files[1].id}")).status_code == 204
    page = (await world.http.get("/gaps", params={"camera_id": "gate"})).json()
    (gap,) = page["items"]
    assert (gap["cause"], gap["start"], gap["duration_ms"]) == ("deleted_by_person", format_instant(T0 + 2000), 2000)
    assert (gap["camera_id"], gap["stream"]) == (str(world.camera_id), "main")
    assert (await world.http.get("/gaps", params={"cause": "network"})).json()["items"] == []
    sums = (await world.http.get("/gaps/sums")).json()
    assert sums == {
        "count": 1,
        "duration_ms": 2000,
        "causes": [{"cause": "deleted_by_person", "count": 1, "duration_ms": 2000}],
    }
    near = (await world.http.get("/recordings", params={"gap_cause": "deleted_by_person"})).json()["items"]
    assert [(one["gap_before"], one["gap_after"]) for one in near] == [
        ("deleted_by_person", None),
        (None, "deleted_by_person"),
    ]
    wrong = await world.http.get("/gaps", params={"cursor": "Wy0xLDFd"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "cursor")


async def test_download_under_a_good_name(world: World) -> None:
    file = (await recorded(world))[0]
    answer = await world.http.get(f"/recordings/{file.id}/download")
    assert answer.content == file.content
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["content-disposition"] == 'attachment; filename="gate_2023-11-14_22-13-20Z.mp4"'
    local = await world.http.head(f"/recordings/{file.id}/download", params={"timezone": "Asia/Kolkata"})
    assert local.headers["content-disposition"] == 'attachment; filename="gate_2023-11-15_03-43-20+0530.mp4"'
    resumed = await world.http.get(f"/recordings/{file.id}/download", headers={"Range": "bytes=1000-"})
    assert (resumed.status_code, resumed.content) == (206, file.content[1000:])
    nowhere = await world.http.get(f"/recordings/{file.id}/download", params={"timezone": "Mars/Olympus"})
    assert (nowhere.status_code, nowhere.json()["field"]) == (422, "timezone")


async def test_stream_with_ranges(world: World) -> None:
    file = (await recorded(world))[0]
    url = f"/recordings/{file.id}/stream"
    detail = (await world.http.get(f"/recordings/{file.id}")).json()
    whole = await world.http.get(url)
    assert (whole.content, detail["bytes"]) == (file.content, len(file.content))
    assert whole.headers["etag"] == f'"{file.id}-{detail["bytes"]}"'
    assert whole.headers["content-disposition"] == "inline", "to be played, not to be kept under a name"
    part = await world.http.get(url, headers={"Range": "bytes=100-199", "If-Range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, file.content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(file.content)}"
    assert (await world.http.get(url, headers={"Range": "bytes=99999999-"})).status_code == 416
    head = await world.http.head(url)
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(file.content)))


async def test_a_file_that_is_hashed_meanwhile_is_still_the_same(world: World) -> None:
    """As a repaired or an adopted one: a browser that holds a part of it asks for the next of the same tag."""
    file = (await recorded(world))[0]
    url = f"/recordings/{file.id}/stream"
    async with world.database.write() as session:
        await session.execute(update(SegmentRow).where(SegmentRow.id == file.id).values(sha256=None))
    first = await world.http.get(url, headers={"Range": "bytes=0-99"})
    assert await Hasher(world.database).run({world.library.volume_id: world.library.root}, 10) == 1
    assert (await world.http.get(f"/recordings/{file.id}")).json()["sha256"] is not None
    asked = {"Range": "bytes=100-199", "If-Range": first.headers["etag"]}
    for place in (url, f"/playback/segments/{file.id}.mp4"):
        part = await world.http.get(place, headers=asked)
        assert (part.status_code, part.content) == (206, file.content[100:200]), place


async def test_an_open_recording_is_streamed_as_far_as_it_is(world: World) -> None:
    file = (await recorded(world, open_last=True))[-1]
    answer = await world.http.get(f"/recordings/{file.id}/stream")
    assert answer.content == file.content
    assert (answer.headers["etag"], answer.headers["cache-control"]) == (f'W/"{file.id}"', "no-store")
    assert (await world.http.get(f"/recordings/{file.id}")).json()["state"] == "open"


async def test_an_open_recording_is_downloaded_with_a_time_line_of_its_own(world: World, tmp_path: Path) -> None:
    file = (await recorded(world, open_last=True))[-1]
    before = file.path.read_bytes()
    url = f"/recordings/{file.id}/download"
    whole = await world.http.get(url)
    saved = tmp_path / "saved.mp4"
    saved.write_bytes(whole.content)
    with av.open(str(saved)) as container:
        video = container.streams.video[0]
        frames = [frame.time for frame in container.decode(video)]
        assert video.duration is not None
        assert video.time_base is not None
        assert float(video.duration * video.time_base) == pytest.approx(2, abs=0.1)
        assert (frames[0], len(frames)) == (0.0, video.frames)
    # The same bytes, wherever one begins to read.
    for start in (0, 20, 30, 40, 5000, len(whole.content) - 10):
        part = await world.http.get(url, headers={"Range": f"bytes={start}-{start + 99}"})
        assert part.content == whole.content[start : start + 100]
    assert file.path.read_bytes() == before
    finished = tmp_path / "finished.mp4"
    finished.write_bytes(before)
    finalise(finished)
    assert finished.read_bytes() == whole.content


async def test_deleting_leaves_a_gap_with_its_cause(any_world: World) -> None:
    world = any_world
    files = await recorded(world)
    assert (await world.http.delete(f"/recordings/{files[1].id}")).status_code == 204
    for method, path in (("GET", ""), ("GET", "/download"), ("GET", "/stream"), ("DELETE", "")):
        gone = await world.http.request(method, f"/recordings/{files[1].id}{path}")
        assert (gone.status_code, gone.json()["code"]) == (404, "recording.not_found")
    gaps = (await coverage(world, T0, T0 + 6000))["cameras"][0]["gaps"]
    assert [(gap["start_ms"], gap["end_ms"], gap["cause"]) for gap in gaps] == [
        (T0 + 2000, T0 + 4000, "deleted_by_person")
    ]


async def test_what_is_held_or_open_is_not_deleted(world: World) -> None:
    files = await recorded(world, open_last=True)
    async with world.database.write() as session:
        hold_id = await holds.place(
            session, NewHold(world.camera_id, T0, T0 + 1000, owner="anna", reason="case 7"), NOW
        )
    held = await world.http.delete(f"/recordings/{files[0].id}")
    assert (held.status_code, held.json()["code"]) == (409, "recording.held")
    assert (await world.http.get(f"/recordings/{files[0].id}")).json()["held"] is True
    opened = await world.http.delete(f"/recordings/{files[-1].id}")
    assert (opened.status_code, opened.json()["code"]) == (409, "recording.open")
    async with world.database.write() as session:
        assert await holds.release(session, hold_id)
    assert (await world.http.delete(f"/recordings/{files[0].id}")).status_code == 204


async def test_a_file_that_is_gone_is_named(world: World) -> None:
    file = (await recorded(world))[0]
    file.path.unlink()
    answer = await world.http.get(f"/recordings/{file.id}/stream")
    assert (answer.status_code, answer.json()["code"]) == (404, "recording.file_missing")
    assert answer.json()["place"] == str(file.path)


async def test_what_is_not_there(world: World) -> None:
    for path in ("", "/download", "/stream"):
        answer = await world.http.get(f"/recordings/{uuid7()}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "recording.not_found")
        assert (await world.http.get(f"/recordings/..%2f..%2fetc{path}")).status_code in (404, 422)


# Coverage and calendar


async def coverage(world: World, start_ms: int, end_ms: int, *cameras: str) -> dict[str, Any]:
    params = [("camera_id", camera) for camera in cameras or (str(world.camera_id),)]
    span = [("start", format_instant(start_ms)), ("end", format_instant(end_ms))]
    answer = await world.http.get("/coverage", params=[*params, *span])
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_coverage_of_several_cameras(any_world: World) -> None:
    world = any_world
    await recorded(world)
    await world.library.record(world.stream_id, T0 + 60_000, clip())
    committer = SegmentCommitter(world.database, ManualClock(), "node-1")
    await committer.gap_opened(world.stream_id, T0 + 66_000, GapCause.NETWORK, "The camera does not answer.")
    yard = str(await camera_of(world.database, await add_stream(world.database, "yard")))
    found = await coverage(world, T0, T0 + 70_000, str(world.camera_id), yard)
    assert (found["start"], found["end"]) == (format_instant(T0), format_instant(T0 + 70_000))
    gate, other = found["cameras"]
    assert gate["spans"] == [[T0, T0 + 6000], [T0 + 60_000, T0 + 66_000]]
    assert [(gap["start_ms"], gap["end_ms"], gap["cause"]) for gap in gate["gaps"]] == [
        (T0 + 6000, T0 + 60_000, "lost"),
        (T0 + 66_000, T0 + 70_000, "network"),
    ]
    assert gate["gaps"][1]["detail"] == "The camera does not answer."
    assert (gate["recorded_ms"], gate["percent"]) == (12_000, pytest.approx(17.143))
    assert (other["camera_id"], other["spans"]) == (yard, [])


async def test_coverage_reaches_to_the_live_end(world: World, gate_twin: StreamTwin) -> None:
    files = await world.library.record(world.stream_id, NOW - 6000, clip(), open_last=True)
    # The index knows the first part of the open file only.
    announce(gate_twin, files[-1], 2)
    await until(lambda: world.app.hub.end_of(world.stream_id), "the hub knows the file")
    half = (await coverage(world, NOW - 6000, NOW))["cameras"][0]
    assert (half["spans"], half["gaps"]) == ([[NOW - 6000, world.app.hub.end_of(world.stream_id)]], [])
    assert NOW - 1100 < half["spans"][0][1] < NOW
    announce(gate_twin, files[-1], first=2)
    await until(lambda: world.app.hub.end_of(world.stream_id) == NOW, "the hub knows the rest")
    whole = (await coverage(world, NOW - 6000, NOW))["cameras"][0]
    assert (whole["spans"], whole["percent"]) == ([[NOW - 6000, NOW]], 100.0)


COVERAGE_REFUSED = [
    ("start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z", 422, "request.invalid"),
    ("camera_id={camera}&start=2026-01-02T00:00:00Z&end=2026-01-01T00:00:00Z", 422, "coverage.span"),
    ("camera_id={camera}&start=2024-01-01T00:00:00Z&end=2026-01-01T00:00:00Z", 422, "coverage.span_too_long"),
    ("camera_id={camera}&start=2026-01-01T00:00:00Z", 422, "request.invalid"),
    (
        "camera_id=0190b0a0-0000-7000-8000-00000000dead&start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z",
        404,
        "camera.not_found",
    ),
    (
        "camera_id={camera}&start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z&resolution_ms=-1",
        422,
        "request.invalid",
    ),
    (
        "&".join(["camera_id={camera}"] * 65) + "&start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z",
        422,
        "request.invalid",
    ),
]


async def test_coverage_input_that_is_refused(world: World) -> None:
    for query, status, code in COVERAGE_REFUSED:
        answer = await world.http.get(f"/coverage?{query.format(camera=world.camera_id)}")
        assert (answer.status_code, answer.json()["code"]) == (status, code), query


async def test_calendar_by_the_days_of_a_zone(any_world: World) -> None:
    world = any_world
    # 2023-11-14 23:59:57 in UTC: three seconds before midnight, and three after.
    await world.library.record(world.stream_id, T0 - T0 % DAY + DAY - 3000, clip(), file_s=10)
    world.clock.wall_ms = T0 + 3 * DAY
    world.http.headers.update(await signed_in(world.app.app, "later"))  # nobody stays logged in for days of silence

    async def days(**params: str) -> dict[str, int]:
        query = {"camera_id": str(world.camera_id), "month": "2023-11", **params}
        answer = await world.http.get("/calendar", params=query)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        assert (found["month"], len(found["days"])) == ("2023-11", 30)
        return {day["date"]: day["recorded_ms"] for day in found["days"] if day["recorded_ms"]}

    assert await days() == {"2023-11-14": 3000, "2023-11-15": 3000}
    assert await days(timezone="Europe/Vienna") == {"2023-11-15": 6000}
    assert await days(timezone="America/New_York") == {"2023-11-14": 6000}


CALENDARS_REFUSED = [
    ("month=2023-13", 422, "month"),
    ("month=november", 422, "month"),
    ("month=2023-11&timezone=Nowhere", 422, "timezone"),
    ("month=2023-11&timezone=../../etc/passwd", 422, "timezone"),
    ("month=2023-11&stream=x", 422, "stream"),
]


async def test_calendar_input_that_is_refused(world: World) -> None:
    for query, status, field in CALENDARS_REFUSED:
        answer = await world.http.get(f"/calendar?camera_id={world.camera_id}&{query}")
        assert (answer.status_code, answer.json()["field"]) == (status, field)


async def test_a_slug_means_its_camera_everywhere(any_world: World) -> None:
    world = any_world
    await recorded(world)
    span = {"start": format_instant(T0), "end": format_instant(T0 + 6000)}
    by_id = await world.http.get("/coverage", params={"camera_id": str(world.camera_id), **span})
    both = await world.http.get("/coverage", params={"camera_id": ["gate", str(world.camera_id)], **span})
    assert both.json() == by_id.json()
    assert len(both.json()["cameras"]) == 1
    month = {"month": format_instant(T0)[:7]}
    by_id = await world.http.get("/calendar", params={"camera_id": str(world.camera_id), **month})
    assert (await world.http.get("/calendar", params={"camera_id": "gate", **month})).json() == by_id.json()


async def test_a_download_breaks_off_when_its_caller_is_kept_out(any_world: World) -> None:
    world = any_world
    file = (await recorded(world))[0]
    os.truncate(file.path, 256 << 20)  # more than all buffers on the way hold
    login = {"username": "bert", "password": "three random words"}
    bert = (await world.http.post("/users", json={**login, "role": "operator"})).json()
    tokens = (await world.http.post("/auth/login", json=login)).json()
    got: list[int] = []

    async def fetch(client: httpx.AsyncClient) -> None:
        async with client.stream("GET", f"/recordings/{file.id}/download") as answer:
            assert answer.status_code == 200
            async for piece in answer.aiter_raw():
                if not got:
                    assert (await world.http.post(f"/users/{bert['id']}/disable")).status_code == 200
                    await asyncio.sleep(RECHECK_S)
                got.append(len(piece))

    async with httpx.AsyncClient(base_url=world.http.base_url, headers=bearer(tokens), timeout=30) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await fetch(client)
    assert 0 < sum(got) < 256 << 20
