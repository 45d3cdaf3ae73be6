"""/playback over real files, a real index and a real server."""

import re

import httpx
import pytest
from sqlalchemy import update

from tests.support.footage import MINUTE, T0, groups_of, new_segment
from tests.support.library import clip
from tests.support.recorder_twin import StreamTwin, until
from tests.support.world import NOW, World, announce
from vedette.core.clock import ManualClock
from vedette.core.ids import uuid7
from vedette.http.instants import format_instant
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import Closing, GapCause
from vedette.recordings.tables import SegmentIndexRow, SegmentRow
from vedette.storage.tables import VolumeRow

pytestmark = pytest.mark.anyio


def entries(text: str) -> list[tuple[str, int, int]]:
    """(segment id, offset, length) of each entry."""
    found = re.findall(r"#EXT-X-BYTERANGE:(\d+)@(\d+)\n\.\./segments/([0-9a-f-]{36})\.mp4\n", text)
    return [(segment, int(offset), int(length)) for length, offset, segment in found]


async def test_the_ranges_of_a_playlist_are_the_parts_of_the_run(any_world: World) -> None:
    world = any_world
    files = await world.library.record(world.stream_id, T0, clip())
    answer = await world.playlist(T0, T0 + 6000)
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert answer.headers["cache-control"] == "private, max-age=30"
    text = answer.text
    assert text.startswith("#EXTM3U\n#EXT-X-VERSION:8\n#EXT-X-TARGETDURATION:2\n")
    assert "#EXT-X-PLAYLIST-TYPE:VOD\n" in text
    assert text.endswith("#EXT-X-ENDLIST\n")
    assert text.count("#EXT-X-MAP") == 1
    assert "DISCONTINUITY" not in text
    assert f"#EXT-X-PROGRAM-DATE-TIME:{format_instant(T0)}\n" in text
    served = b""
    for segment, offset, length in entries(text):
        headers = {"Range": f"bytes={offset}-{offset + length - 1}"}
        part = await world.http.get(f"/playback/segments/{segment}.mp4", headers=headers)
        assert part.status_code == 206
        served += part.content
    assert served == b"".join(part.data for file in files for _, part in file.parts)
    digest = clip().init.digest
    init = await world.http.get(f"/playback/gate/init/{digest}.mp4")
    assert init.content == clip().init.data
    assert "immutable" in init.headers["cache-control"]
    again = await world.http.get(f"/playback/gate/init/{digest}.mp4", headers={"If-None-Match": init.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_by_id_or_slug_with_any_offset_and_an_inner_start(world: World) -> None:
    await world.library.record(world.stream_id, T0, clip())
    by_slug = await world.playlist(T0 + 2500, T0 + 6000)
    assert "#EXT-X-START:TIME-OFFSET=0.500,PRECISE=YES\n" in by_slug.text
    assert f"#EXT-X-PROGRAM-DATE-TIME:{format_instant(T0 + 2000)}\n" in by_slug.text
    params = {"start": "2023-11-14T23:13:22.500+01:00", "end": "2023-11-14T17:13:26-05:00"}
    by_id = await world.http.get(f"/playback/{world.camera_id}/index.m3u8", params=params)
    assert by_id.text == by_slug.text


async def test_a_long_playlist_is_packed_for_those_who_ask(world: World) -> None:
    row = new_segment(world.stream_id, world.library.volume_id, T0, 15 * MINUTE)
    (world.library.root / row.path).parent.mkdir()
    (world.library.root / row.path).write_bytes(bytes(row.bytes))
    committer = SegmentCommitter(world.database, ManualClock(NOW), "node-1")
    await committer.opened(row)
    await committer.closed(Closing(row.id, row.end_ms, row.duration_ticks, row.bytes, row.frames, groups_of(row), None))
    params = {"start": format_instant(T0), "end": format_instant(row.end_ms)}
    packed = await world.http.get("/playback/gate/index.m3u8", params=params)
    assert packed.headers["content-encoding"] == "gzip"
    plain = await world.http.get("/playback/gate/index.m3u8", params=params, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert len(plain.content) > 16 * 1024
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < len(plain.content) / 3


async def test_a_span_of_the_past_is_asked_for_again_with_its_tag(any_world: World) -> None:
    world = any_world
    files = await world.library.record(world.stream_id, T0, clip())
    first = await world.playlist(T0, T0 + 6000)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    params = {"start": format_instant(T0), "end": format_instant(T0 + 6000)}
    same = {"If-None-Match": tag}
    again = await world.http.get("/playback/gate/index.m3u8", params=params, headers=same)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await world.playlist(T0, T0 + 6000)).content == first.content
    assert (await world.playlist(T0, T0 + 5000)).headers["etag"] != tag
    files[1].path.rename(files[1].path.with_suffix(".away"))
    gone = await world.http.get("/playback/gate/index.m3u8", params=params, headers=same)
    assert (gone.status_code, gone.text.count("#EXT-X-GAP")) == (200, 1)
    assert 'X-CODE="recording.file_missing"' in gone.text
    files[1].path.with_suffix(".away").rename(files[1].path)
    assert (await world.playlist(T0, T0 + 6000)).content == first.content


async def test_a_file_that_is_being_written_has_no_tag_yet(world: World) -> None:
    await world.library.record(world.stream_id, NOW - 6000, clip(), file_s=2, open_last=True)
    assert "etag" not in (await world.playlist(NOW - 6000, NOW)).headers
    assert "etag" in (await world.playlist(NOW - 6000, NOW - 2000)).headers


async def test_who_adds_tickets_by_itself_asks_for_bare_addresses(world: World) -> None:
    await world.library.record(world.stream_id, T0, clip())
    params = {"start": format_instant(T0), "end": format_instant(T0 + 6000)}
    wish = {"camera": "gate", "kind": "playback", **params}
    ticket = (await world.http.post("/media-tickets", json={"items": [wish]})).json()["items"][0]["ticket"]
    async with httpx.AsyncClient(base_url=f"http://{world.app.address}/api/v1") as player:
        texts = []
        for bare in ("false", "true"):
            query = {**params, "ticket": ticket, "bare": bare}
            texts.append((await player.get("/playback/gate/index.m3u8", params=query)).text)
    assert texts[0].count(ticket) == 4
    assert texts[1] == (await world.playlist(T0, T0 + 6000)).text


async def test_two_runs_with_a_gap_between_them(any_world: World) -> None:
    world = any_world
    await world.library.record(world.stream_id, T0, clip())
    await world.library.record(world.stream_id, T0 + 60_000, clip(width=160, height=90))
    text = (await world.playlist(T0, T0 + 120_000)).text
    assert text.count("#EXT-X-DISCONTINUITY\n") == 1
    assert text.count("#EXT-X-MAP") == 2
    second = text.split("#EXT-X-DISCONTINUITY\n")[1]
    assert second.splitlines()[1] == f"#EXT-X-PROGRAM-DATE-TIME:{format_instant(T0 + 60_000)}"
    inside = (await world.playlist(T0 + 30_000, T0 + 120_000)).text
    assert inside.count("#EXT-X-MAP") == 1
    assert f"PROGRAM-DATE-TIME:{format_instant(T0 + 60_000)}" in inside


async def test_a_missing_a_short_and_an_unreachable_file_are_gaps(world: World) -> None:
    files = await world.library.record(world.stream_id, T0, clip())
    files[1].path.unlink()
    files[2].path.write_bytes(files[2].content[:-4000])
    cut = files[2].parts[-1][0]
    files[2].path.write_bytes(files[2].content[:cut])
    lines = (await world.playlist(T0, T0 + 6000)).text.splitlines()
    assert lines.count("#EXT-X-GAP") == 2
    causes = [line.partition("X-CODE=")[2] for line in lines if line.startswith("#EXT-X-DATERANGE")]
    assert causes == ['"recording.file_missing"', '"recording.damaged"']
    gone = await world.http.get(f"/playback/segments/{files[1].id}.mp4")
    assert (gone.status_code, gone.json()["code"]) == (404, "recording.file_missing")
    assert (gone.json()["place"], str(files[1].path) in gone.json()["detail"]) == (str(files[1].path), False)
    async with world.database.write() as session:
        await session.execute(update(VolumeRow).values(state="missing"))
    assert (await world.playlist(T0, T0 + 6000)).text.count("#EXT-X-GAP") == 3
    away = await world.http.get(f"/playback/segments/{files[0].id}.mp4")
    assert (away.status_code, away.json()["code"]) == (503, "volume.unreachable")


async def test_segments_by_range_byte_for_byte(world: World) -> None:
    file = (await world.library.record(world.stream_id, T0, clip()))[0]
    url = f"/playback/segments/{file.id}.mp4"
    content = file.content
    whole = await world.http.get(url)
    assert whole.content == content
    assert "immutable" in whole.headers["cache-control"]
    tag = whole.headers["etag"]
    assert tag == f'"{file.id}-{len(content)}"'
    assert (await world.http.get(url, headers={"Range": "bytes=-100"})).content == content[-100:]
    assert (await world.http.get(url, headers={"Range": "bytes=5-5", "If-Range": tag})).content == content[5:6]
    assert (await world.http.get(url, headers={"Range": "bytes=5-5", "If-Range": '"x"'})).content == content
    assert (await world.http.get(url, headers={"Range": f"bytes={len(content)}-"})).status_code == 416
    assert (await world.http.get(url, headers={"If-None-Match": tag})).status_code == 304
    head = await world.http.head(url)
    assert (head.headers["content-length"], head.content) == (str(len(content)), b"")


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a/../../secret.mp4", "", "link/secret.mp4"])
async def test_a_row_that_names_a_file_outside_of_its_volume(world: World, path: str) -> None:
    file = (await world.library.record(world.stream_id, T0, clip()))[0]
    (world.library.root.parent / "secret.mp4").write_bytes(b"secret")
    (world.library.root / "link").symlink_to(world.library.root.parent)
    async with world.database.write() as session:
        await session.execute(update(SegmentRow).where(SegmentRow.id == file.id).values(path=path))
    answer = await world.http.get(f"/playback/segments/{file.id}.mp4")
    assert answer.status_code in (404, 500)
    assert answer.json()["code"] in ("storage.path_outside", "recording.file_missing")
    assert b"secret" not in answer.content.replace(b"secret.mp4", b"")
    assert (await world.playlist(T0, T0 + 6000)).text.count("#EXT-X-GAP") == 1


async def test_which_footage_is_at_an_instant(any_world: World) -> None:
    world = any_world
    first = await world.library.record(world.stream_id, T0, clip())
    second = await world.library.record(world.stream_id, T0 + 60_000, clip())
    committer = SegmentCommitter(world.database, ManualClock(NOW), "node-1")
    assert await world.at(T0 + 3700) == {
        "at": format_instant(T0 + 3700),
        "segment_id": str(first[1].id),
        "start": format_instant(T0 + 2000),
        "key_frame_at": format_instant(T0 + 3000),
        "next_footage_at": None,
        "previous_footage_end": None,
        "gap": None,
        "unavailable": None,
        "pending": False,
    }
    await committer.gap_opened(world.stream_id, T0 + 66_000, GapCause.CAMERA_OFFLINE, "No answer.")
    found = await world.at(T0 + 30_000)
    assert (found["segment_id"], found["next_footage_at"]) == (None, format_instant(T0 + 60_000))
    assert (found["gap"]["start"], found["gap"]["end"]) == (format_instant(T0 + 6000), format_instant(T0 + 60_000))
    assert found["gap"]["cause"] == "lost"
    assert found["previous_footage_end"] == format_instant(T0 + 6000)
    assert (await world.at(T0 + 60_000))["segment_id"] == str(second[0].id)
    after = await world.at(T0 + 66_000)
    assert (after["segment_id"], after["next_footage_at"]) == (None, None)
    assert (after["gap"]["cause"], after["gap"]["detail"]) == ("camera_offline", "No answer.")
    assert after["previous_footage_end"] == format_instant(T0 + 66_000)
    before = await world.at(T0 - 1000)  # the camera was made at T0
    assert (before["segment_id"], before["next_footage_at"], before["gap"]) == (None, format_instant(T0), None)
    assert before["previous_footage_end"] is None
    just_ahead = await world.at(NOW + 1000)  # a browser's clock may be ahead of ours
    assert (just_ahead["gap"]["cause"], just_ahead["pending"]) == ("camera_offline", False)
    future = await world.at(NOW + 60_000)
    assert (future["gap"], future["next_footage_at"], future["pending"]) == (None, None, True)
    assert future["previous_footage_end"] == format_instant(T0 + 66_000)


async def test_an_instant_whose_footage_can_not_be_had(any_world: World) -> None:
    world = any_world
    files = await world.library.record(world.stream_id, T0, clip(10.0))
    await world.library.record(world.stream_id, T0 + 60_000, clip())
    files[1].path.unlink()
    second = next(offset for offset, part in files[2].parts[1:] if part.key)
    files[2].path.write_bytes(files[2].content[:second])
    files[3].path.unlink()
    for at_ms, code, following, before in (
        (T0 + 1000, None, None, None),
        (T0 + 2500, "recording.file_missing", T0 + 4000, T0 + 2000),
        (T0 + 4500, None, None, None),  # its group of pictures is there
        (T0 + 5500, "recording.damaged", T0 + 8000, T0 + 5000),
        (T0 + 6500, "recording.file_missing", T0 + 8000, T0 + 6000),
    ):
        found = await world.at(at_ms)
        assert found["segment_id"] is not None
        assert (found["unavailable"] or {}).get("code") == code
        assert found["next_footage_at"] == (following and format_instant(following))
        assert found["previous_footage_end"] == (before and format_instant(before))
    assert (await world.at(T0 + 2500))["unavailable"]["place"] == str(files[1].path)
    async with world.database.write() as session:
        await session.execute(update(VolumeRow).values(state="missing"))
    found = await world.at(T0 + 1000)
    assert (found["unavailable"]["code"], found["next_footage_at"]) == ("volume.unreachable", None)
    assert found["previous_footage_end"] is None
    assert "footage" in found["unavailable"]["detail"]


async def test_what_is_younger_than_the_newest_part_is_no_gap(any_world: World) -> None:
    world = any_world
    await world.library.record(world.stream_id, NOW - 14_000, clip(), file_s=2, open_last=True)
    for at_ms in (NOW - 8000, NOW - 1000, NOW, NOW + 1000):
        found = await world.at(at_ms)
        assert (found["segment_id"], found["gap"], found["pending"]) == (None, None, True)
    # Nobody has said how far the file is for longer than recorders take to say it.
    world.clock.advance(60)
    found = await world.at(NOW)
    assert (found["gap"]["cause"], found["pending"]) == ("lost", False)
    assert found["gap"]["end"] == format_instant(NOW + 60_000)


async def test_of_a_removed_camera_nothing_is_missing_since(any_world: World) -> None:
    world = any_world
    files = await world.library.record(world.stream_id, NOW - 60_000, clip())
    world.clock.advance(-50)  # the camera goes ten seconds after its footage began
    assert (await world.http.delete("/cameras/gate")).status_code == 204
    world.clock.advance(50)
    assert (await world.at(NOW - 59_000))["segment_id"] == str(files[0].id)
    after = await world.at(NOW - 30_000)
    assert (after["segment_id"], after["gap"], after["pending"]) == (None, None, False)
    params = {"camera_id": str(world.camera_id), "start": format_instant(NOW - 60_000), "end": format_instant(NOW)}
    covered = (await world.http.get("/coverage", params=params)).json()["cameras"][0]
    assert (covered["gaps"], covered["percent"]) == ([], 100.0)


async def test_a_camera_that_stopped_has_a_gap_up_to_now(world: World) -> None:
    await world.library.record(world.stream_id, NOW - 6000, clip())
    committer = SegmentCommitter(world.database, ManualClock(NOW), "node-1")
    await committer.gap_opened(world.stream_id, NOW, GapCause.STOPPED, "By hand.")
    world.clock.advance(2)
    for at_ms in (NOW + 500, NOW + 2000):
        found = await world.at(at_ms)
        assert (found["gap"]["cause"], found["pending"]) == ("stopped", False)


@pytest.mark.parametrize("indexed", [False, True])
async def test_two_seconds_ago_in_the_open_file(world: World, gate_twin: StreamTwin, indexed: bool) -> None:
    files = await world.library.record(world.stream_id, NOW - 6000, clip(), file_s=2, open_last=True)
    last = files[-1]
    if indexed:
        await world.library.progress(last, groups=True)
    announce(gate_twin, last)
    await until(lambda: world.app.hub.end_of(world.stream_id) == NOW, "the hub knows the open file")
    text = (await world.playlist(NOW - 1800, NOW)).text
    assert text.endswith("#EXT-X-ENDLIST\n")
    assert [segment for segment, _, _ in entries(text)] == [str(last.id)]
    segment, offset, length = entries(text)[0]
    answer = await world.http.get(
        f"/playback/segments/{segment}.mp4", headers={"Range": f"bytes={offset}-{offset + length - 1}"}
    )
    assert answer.content == b"".join(part.data for _, part in last.parts)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["etag"].startswith("W/")
    found = await world.at(NOW - 500)
    assert (found["segment_id"], found["key_frame_at"]) == (str(last.id), format_instant(NOW - 1000))


async def test_a_playlist_into_the_future_grows_and_ends(world: World, gate_twin: StreamTwin) -> None:
    start = NOW - 12_000
    files = await world.library.record(world.stream_id, start, clip(12.0), file_s=6, open_last=True)
    last = files[-1]
    announce(gate_twin, last, 4)
    await until(lambda: len(world.app.hub.tail(world.stream_id)) == 4, "the hub knows the first parts")
    first = await world.playlist(start, None)
    assert first.headers["cache-control"] == "no-store"
    assert "#EXT-X-PLAYLIST-TYPE:EVENT\n" in first.text
    assert "ENDLIST" not in first.text
    assert "#EXT-X-START:TIME-OFFSET=0.000" in first.text
    announce(gate_twin, last, first=4)
    await until(lambda: world.app.hub.end_of(world.stream_id) == NOW, "the hub knows the rest")
    second = await world.playlist(start, None)
    assert len(entries(second.text)) > len(entries(first.text))
    assert entries(second.text)[: len(entries(first.text))] == entries(first.text)
    await world.library.close(last)
    third = await world.playlist(start, NOW)
    assert entries(third.text)[: len(entries(second.text))] == entries(second.text)
    assert third.text.endswith("#EXT-X-ENDLIST\n")


SPANS_REFUSED = [
    (T0, T0, 422, "playback.span", "end"),
    (T0 + 1000, T0, 422, "playback.span", "end"),
    (T0 - 365 * 86_400_000, T0, 422, "playback.span_too_long", "end"),
    (NOW + 1, NOW + 5000, 422, "playback.future", "start"),
    (T0, T0 + 1000, 404, "playback.no_footage", None),
]


async def test_spans_that_are_refused(world: World) -> None:
    for start, end, status, code, field in SPANS_REFUSED:
        answer = await world.playlist(start, end)
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem.get("field")) == (status, code, field)


NO_SPANS = [
    "",
    "start=yesterday",
    "start=2023-11-14T22:13:20",
    "start=1700000000000",
    "start=2023-11-14T22:13:20Z&stream=x",
]


async def test_input_that_is_no_span(world: World) -> None:
    for query in NO_SPANS:
        answer = await world.http.get(f"/playback/gate/index.m3u8?{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


async def test_what_is_not_there(world: World) -> None:
    for path, code in (
        (f"/playback/segments/{uuid7()}.mp4", "recording.not_found"),
        (f"/playback/gate/init/{'0' * 64}.mp4", "playback.init_not_found"),
        ("/playback/nobody/index.m3u8?start=2023-11-14T22:13:20Z", "camera.not_found"),
        (f"/playback/{uuid7()}/at?t=2023-11-14T22:13:20Z", "camera.not_found"),
    ):
        answer = await world.http.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, code)
    for path in ("/playback/segments/x.mp4", "/playback/gate/init/..%2f..%2fetc.mp4", "/playback/gate/init/abc.mp4"):
        assert (await world.http.get(path)).status_code in (404, 422)


async def test_an_unreadable_index_row_takes_only_its_own_file_away(world: World) -> None:
    files = await world.library.record(world.stream_id, T0, clip())
    async with world.database.write() as session:
        changed = update(SegmentIndexRow).where(SegmentIndexRow.segment_id == files[1].id).values(groups=b"\x01\xff")
        await session.execute(changed)
    text = (await world.playlist(T0, T0 + 6000)).text
    assert [segment for segment, _, _ in entries(text)] == [str(files[0].id), str(files[2].id)]
    assert text.count("#EXT-X-DISCONTINUITY") == 1
