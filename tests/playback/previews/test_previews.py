"""Previews over real files, a real index and a real server."""

import asyncio
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import av
import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.footage import T0, add_stream
from tests.support.library import clip
from tests.support.world import World
from vedette.http.instants import format_instant, parse_instant
from vedette.media import sheets
from vedette.media.stills import jpeg
from vedette.playback.previews.service import PreviewService

pytestmark = pytest.mark.anyio


async def listed(world: World, start_ms: int = T0, end_ms: int = T0 + 60_000, **more: Any) -> httpx.Response:
    params = {"start": format_instant(start_ms), "end": format_instant(end_ms), "step_ms": 2_000, **more}
    return await world.http.get("/playback/gate/previews", params=params)


async def sheet(world: World, told: dict[str, Any]) -> httpx.Response:
    return await world.http.get(urljoin("/playback/gate/previews", told["url"]))


def grey(picture: bytes) -> NDArray[np.int32]:
    with av.open(BytesIO(picture), "r") as container:
        return next(container.decode(video=0)).reformat(format="gray").to_ndarray().astype(np.int32)


async def test_every_place_has_the_picture_of_its_time(any_world: World) -> None:
    world = any_world
    start = T0 + 1_000  # in the middle of a slot
    files = await world.library.record(world.stream_id, start, clip(), file_s=6)
    answer = (await listed(world)).json()
    assert (answer["stream"], answer["step_ms"], answer["width"], answer["columns"]) == ("main", 2_000, 160, 10)
    (told,) = answer["sheets"]
    assert (parse_instant(told["first"]), told["count"]) == (T0, 4)
    assert (parse_instant(told["start"]), parse_instant(told["end"])) == (start, start + 6_000)
    got = await sheet(world, told)
    assert got.headers["content-type"] == "image/jpeg"
    assert "immutable" in got.headers["cache-control"]
    whole = grey(got.content)
    assert whole.shape == (90, 640)
    keys = [part.data for file in files for _, part in file.parts if part.key]
    alone = [grey(jpeg(clip().init.data, key, 160)) for key in keys]
    # Key frames are a second apart, from T0 + 1 s on; the first that begins in its slot is shown.
    for place, expected in enumerate([0, 1, 3, 5]):
        tile = whole[:, place * 160 : place * 160 + 160]
        assert int(np.argmin([np.abs(tile - one).mean() for one in alone])) == expected
    again = await world.http.get(
        urljoin("/playback/gate/previews", told["url"]), headers={"If-None-Match": got.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


async def test_a_sheet_is_made_once_and_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = await world.library.record(world.stream_id, T0, clip(), file_s=6)
    drawn: list[int] = []

    def draw(init: bytes, parts: Iterable[bytes | None], *, width: int, columns: int) -> tuple[bytes, int]:
        drawn.append(width)
        return sheets.sheet(init, parts, width=width, columns=columns)

    monkeypatch.setattr("vedette.playback.previews.service.sheet", draw)
    (told,) = (await listed(world)).json()["sheets"]
    answers = await asyncio.gather(*(sheet(world, told) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(drawn) == 1
    file.path.unlink()
    assert (await sheet(world, told)).content == answers[0].content


async def test_the_sub_stream_is_taken_where_it_was_recorded(world: World) -> None:
    await world.library.record(world.stream_id, T0, clip(), file_s=6)
    sub = await add_stream(world.database, kind="sub", camera_id=world.camera_id)
    assert (await listed(world)).json()["stream"] == "main"
    await world.library.record(sub, T0 + 6_000, clip(width=160, height=90), file_s=6)
    assert (await listed(world)).json()["stream"] == "sub"
    assert (await listed(world, end_ms=T0 + 6_000)).json()["stream"] == "main"
    assert (await listed(world, stream="main")).json()["stream"] == "main"


async def test_only_the_sheets_of_the_span_are_named(world: World) -> None:
    await world.library.record(world.stream_id, T0, clip(), file_s=2)
    found = (await listed(world, T0 + 2_000, T0 + 4_000)).json()["sheets"]
    assert [parse_instant(one["start"]) for one in found] == [T0 + 2_000]
    assert (await listed(world, T0 + 60_000, T0 + 120_000)).json()["sheets"] == []


async def test_what_is_wrong_is_said(world: World) -> None:
    files = await world.library.record(world.stream_id, T0, clip(), file_s=3, open_last=True)
    wrong = await listed(world, T0 + 1, T0)
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (422, "previews.span", "end")
    wrong = await listed(world, step_ms=1_234)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "previews.step")
    told = (await listed(world)).json()["sheets"][0]
    base = f"/playback/segments/{files[0].id}/previews"
    assert (await world.http.get(f"{base}/1234-0.jpg")).json()["code"] == "previews.step"
    assert (await world.http.get(f"{base}/2000-9.jpg")).json()["code"] == "previews.no_sheet"
    still_open = await world.http.get(f"/playback/segments/{files[-1].id}/previews/2000-0.jpg")
    assert (still_open.status_code, still_open.json()["code"]) == (404, "previews.no_sheet")
    nobody = await world.http.get(f"/playback/segments/{UUID(int=9)}/previews/2000-0.jpg")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "recording.not_found")
    files[0].path.unlink()
    gone = await sheet(world, told)
    assert (gone.status_code, gone.json()["code"]) == (404, "recording.file_missing")


async def test_of_a_file_that_is_being_written_there_is_what_stays_as_it_is(any_world: World) -> None:
    world = any_world
    start = T0 + 1_000
    (file,) = await world.library.record(world.stream_id, start, clip(), file_s=60, open_last=True)
    await world.library.progress(file, groups=True)
    (told,) = (await listed(world)).json()["sheets"]
    count = told["count"]
    assert told["url"].endswith(f"/2000-0.jpg?tiles={count}")
    end = parse_instant(told["end"])
    assert end % 2_000 == 0
    assert end - T0 == count * 2_000
    got = await sheet(world, told)
    assert got.status_code == 200
    whole = grey(got.content)
    assert min(float(whole[:, at : at + 160].mean()) for at in range(0, min(10, count) * 160, 160)) > 3, (
        "all have pictures"
    )
    fewer = await world.http.get(f"/playback/segments/{file.id}/previews/2000-0.jpg", params={"tiles": 1})
    assert grey(fewer.content).shape[1] == 160
    assert np.abs(grey(fewer.content) - whole[:90, :160]).mean() < 4
    for tiles in (count + 1, 0, 999):
        wrong = await world.http.get(f"/playback/segments/{file.id}/previews/2000-0.jpg", params={"tiles": tiles})
        assert wrong.status_code in (404, 422)
    assert list((world.app.data / "previews").glob("*/*.jpg")) == []


async def test_a_damaged_file_shows_what_is_left(world: World) -> None:
    (file,) = await world.library.record(world.stream_id, T0, clip(), file_s=6)
    keys = [offset for offset, part in file.parts if part.key]
    with file.path.open("r+b") as opened:
        opened.seek(keys[2])
        opened.write(bytes(keys[4] - keys[2]))
    (told,) = (await listed(world)).json()["sheets"]
    whole = grey((await sheet(world, told)).content)
    black = [bool(whole[:, at : at + 160].mean() < 3) for at in range(0, 480, 160)]
    assert black == [False, True, False]
    with file.path.open("r+b") as opened:
        opened.seek(keys[0])
        opened.write(bytes(file.parts[-1][0] - keys[0]))
    for kept in (world.app.data / "previews").glob("*/*.jpg"):
        kept.unlink()
    answer = await sheet(world, told)
    assert (answer.status_code, answer.json()["code"]) == (500, "recording.damaged")


async def test_deleted_footage_leaves_no_pictures_behind(world: World) -> None:
    files = await world.library.record(world.stream_id, T0, clip(), file_s=2)
    for told in (await listed(world)).json()["sheets"]:
        assert (await sheet(world, told)).status_code == 200
    kept = world.app.data / "previews"
    assert len(list(kept.glob("*/*.jpg"))) == 3
    (await world.http.delete(f"/recordings/{files[0].id}")).raise_for_status()
    gone = await world.http.get(f"/playback/segments/{files[0].id}/previews/2000-0.jpg")
    assert gone.status_code == 404
    service: PreviewService = world.app.app.state.previews
    assert await service.tidy() == 1
    assert not [path for path in kept.glob("*/*.jpg") if str(files[0].id) in path.name]
    assert len(list(kept.glob("*/*.jpg"))) == 2


async def test_the_longest_unused_make_room(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.library.record(world.stream_id, T0, clip(), file_s=2)
    told = (await listed(world)).json()["sheets"]
    for one in told:
        await sheet(world, one)
    await sheet(world, told[0])
    service: PreviewService = world.app.app.state.previews
    sizes = [path.stat().st_size for path in (world.app.data / "previews").glob("*/*.jpg")]
    monkeypatch.setattr(service, "_limit_bytes", max(sizes) * 2)
    assert await service.tidy() == 1
    names = {path.name for path in (world.app.data / "previews").glob("*/*.jpg")}
    assert told[0]["url"].split("/")[2] in {name[:36] for name in names}
    assert told[1]["url"].split("/")[2] not in {name[:36] for name in names}
