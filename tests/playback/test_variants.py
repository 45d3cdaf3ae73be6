"""Main and sub-stream over one span: what is said of each, and players that change between them."""

import asyncio
import json
import re
from dataclasses import replace

import pytest

from tests.support.browser import HLS_JS, browser_page, frames_seen
from tests.support.footage import T0, add_stream
from tests.support.library import Clip, clip
from tests.support.world import NOW, World
from vedette.http.instants import format_instant
from vedette.playback.variants import Recorded, Variant, exchangeable, render_master, variants

MAIN, SUB = 1, 2
H264, AAC = "avc1.640028", "mp4a.40.2"


def recorded(stream: int, **more: object) -> Recorded:
    """An hour of 4 Mbit/s at 25 fps."""
    hour = Recorded(stream, f"{H264},{AAC}", 1920, 1080, "aac", 5_000_000.0, 1_800_000_000, 3_600_000, 90_000)
    return replace(hour, **more)  # type: ignore[arg-type]


def test_what_is_said_of_a_stream() -> None:
    (found,) = variants({"main": MAIN, "sub": SUB}, [recorded(MAIN)])
    assert found == Variant("main", 5_000_000, 4_000_000, f"{H264},{AAC}", 1920, 1080, 25.0, True, 3_600_000)


def test_a_stream_that_changed_is_told_by_what_it_was_for_longest_with_all_codecs() -> None:
    minute = recorded(MAIN, codecs=f"hvc1.1.6.L93.B0,{AAC}", width=640, height=360, duration_ms=60_000, most_bps=9e6)
    (found,) = variants({"main": MAIN}, [minute, recorded(MAIN)])
    assert (found.width, found.height, found.bandwidth) == (1920, 1080, 9_000_000)
    assert found.codecs == f"{H264},{AAC},hvc1.1.6.L93.B0"


def test_the_order_is_that_of_the_streams_and_what_has_no_footage_is_left_out() -> None:
    both = [recorded(SUB, width=640, height=360), recorded(MAIN)]
    assert [one.stream for one in variants({"main": MAIN, "sub": SUB}, both)] == ["main", "sub"]
    assert [one.stream for one in variants({"main": MAIN, "sub": SUB}, both[:1])] == ["sub"]
    assert variants({"main": MAIN}, [recorded(MAIN, duration_ms=0)]) == []


def test_sound_alone_has_no_size_and_no_frames_per_second() -> None:
    (found,) = variants({"main": MAIN}, [recorded(MAIN, codecs=AAC, width=None, height=None)])
    assert found.fps is None
    assert "RESOLUTION" not in render_master([found], {})


@pytest.mark.parametrize(("sounds", "kept"), [("ab", "ab"), ("a", "a"), ("", "-")])
def test_only_streams_with_the_same_tracks_are_exchanged(sounds: str, kept: str) -> None:
    main = recorded(MAIN, sound="aac" if "a" in sounds else None)
    sub = recorded(SUB, sound="aac" if "b" in sounds else None)
    found = exchangeable(variants({"main": MAIN, "sub": SUB}, [main, sub]))
    assert len(found) == (1 if kept == "a" else 2)


async def two_streams(world: World, main: Clip, sub: Clip) -> None:
    """The same 24 seconds: the main stream in files of 10 s, the sub-stream, 800 ms later, in files of 7 s."""
    sub_id = await add_stream(world.database, kind="sub", camera_id=world.camera_id)
    await world.library.record(world.stream_id, T0, main, file_s=10)
    await world.library.record(sub_id, T0 + 800, sub, file_s=7)


def media_of(text: str) -> list[str]:
    """The ranges that it names, in order."""
    return re.findall(r"#EXT-X-BYTERANGE:.+\n.+", text)


SPAN = {"start": format_instant(T0), "end": format_instant(T0 + 24_000)}


@pytest.mark.anyio
async def test_a_master_playlist_names_both(any_world: World) -> None:
    world = any_world
    await two_streams(world, clip(24.0), clip(24.0, width=160, height=90))
    answer = await world.http.get("/playback/gate/master.m3u8", params=SPAN)
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
    found = re.findall(
        r"#EXT-X-STREAM-INF:BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+),CODECS=\"(.+?)\",(.+)\n(.+)\n", answer.text
    )
    assert [size for _, _, _, size, _ in found] == [
        "RESOLUTION=320x180,FRAME-RATE=25.000",
        "RESOLUTION=160x90,FRAME-RATE=25.000",
    ]
    assert all(int(most) >= int(average) > 0 for most, average, *_ in found)
    length_s: list[float] = []
    peaks: list[float] = []
    for (*_, uri), kind in zip(found, ("main", "sub"), strict=True):
        listed = (await world.http.get(f"/playback/gate/{uri}")).text
        alone = (await world.http.get("/playback/gate/index.m3u8", params={**SPAN, "stream": kind})).text
        assert media_of(listed) == media_of(alone)
        assert ("#EXT-X-DISCONTINUITY-SEQUENCE:1000000\n" in listed) == (kind == "sub")
        assert "#EXT-X-GAP" not in alone
        peaks.append(
            max(
                int(size) * 8 / float(duration)
                for duration, size in re.findall(r"#EXTINF:(.+),\n#EXT-X-BYTERANGE:(\d+)@", alone)
                if float(duration) >= 1.75
            )
        )
        length_s.append(sum(map(float, re.findall(r"#EXTINF:(.+),", listed))))
    assert length_s == pytest.approx([24.0, 24.8], abs=0.001)
    # RFC 8216, section 4.3.4.2: that of the busiest piece.
    assert [int(most) for most, *_ in found] == pytest.approx(peaks, rel=0.001)
    told = (await world.http.get("/playback/gate/streams", params=SPAN)).json()["streams"]
    assert [(one["stream"], one["width"], one["sound"], one["recorded_ms"]) for one in told] == [
        ("main", 320, False, 24_000),
        ("sub", 160, False, 24_000),
    ]


@pytest.mark.anyio
async def test_a_stream_that_players_could_not_change_to_is_left_out_of_the_master(world: World) -> None:
    await two_streams(world, clip(24.0, sound=True), clip(24.0, width=160, height=90))
    text = (await world.http.get("/playback/gate/master.m3u8", params=SPAN)).text
    assert text.count("#EXT-X-STREAM-INF") == 1
    told = (await world.http.get("/playback/gate/streams", params=SPAN)).json()["streams"]
    assert [(one["stream"], one["sound"]) for one in told] == [("main", True), ("sub", False)]


@pytest.mark.anyio
async def test_spans_that_have_none(world: World) -> None:
    await world.library.record(world.stream_id, T0, clip())
    for path in ("master.m3u8", "streams"):
        for start, end, status, code in (
            (T0 + 60_000, T0 + 61_000, 404, "playback.no_footage"),
            (T0, T0, 422, "playback.span"),
            (T0 - 365 * 86_400_000, T0, 422, "playback.span_too_long"),
            (NOW + 1, NOW + 5000, 422, "playback.future"),
        ):
            query = {"start": format_instant(start), "end": format_instant(end)}
            answer = await world.http.get(f"/playback/gate/{path}", params=query)
            assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.anyio
async def test_a_ticket_goes_on_into_the_master(world: World) -> None:
    await two_streams(world, clip(24.0), clip(24.0, width=160, height=90))
    wish = {"camera": "gate", "kind": "playback", **SPAN}
    given = await world.http.post("/media-tickets", json={"items": [wish]})
    ticket = given.json()["items"][0]["ticket"]
    world.http.cookies.clear()
    world.http.headers.pop("Authorization", None)
    answer = await world.http.get("/playback/gate/master.m3u8", params={**SPAN, "ticket": ticket})
    assert answer.status_code == 200, answer.text
    uri = answer.text.splitlines()[-1]
    listed = await world.http.get(f"/playback/gate/{uri}")
    assert f"ticket={ticket}" in listed.text
    wider = {"start": SPAN["start"], "end": format_instant(T0 + 25_000), "ticket": ticket}
    assert (await world.http.get("/playback/gate/master.m3u8", params=wider)).status_code == 403
    assert (await world.http.get("/playback/gate/streams", params={**SPAN, "ticket": ticket})).status_code == 200


@pytest.mark.anyio
async def test_ffprobe_finds_both(world: World) -> None:
    await two_streams(world, clip(24.0), clip(24.0, width=160, height=90))
    wish = {"camera": "gate", "kind": "playback", **SPAN}
    ticket = (await world.http.post("/media-tickets", json={"items": [wish]})).json()["items"][0]["ticket"]
    url = f"http://{world.app.address}/api/v1/playback/gate/master.m3u8?start={SPAN['start']}&end={SPAN['end']}"
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_programs", "-show_streams", f"{url}&ticket={ticket}"]
    process = await asyncio.create_subprocess_exec(*command, stdout=-1, stderr=-1)
    out, problems = await process.communicate()
    assert process.returncode == 0, problems.decode()
    streams = json.loads(out)["streams"]
    assert [(one["codec_name"], one["width"]) for one in streams] == [("h264", 320), ("h264", 160)]


_PLAYER = """
(url) => {
  const video = document.querySelector('video')
  window.watchFrames(video)
  const hls = (window.hls = new Hls({ enableWorker: false, startLevel: 1, startPosition: 2, maxBufferLength: 4 }))
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (data.fatal || data.details === 'bufferAppendError') window.problems.push(`${data.details} ${data.error}`)
  })
  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    hls.currentLevel = 1
    video.play()
  })
  hls.loadSource(url)
  hls.attachMedia(video)
}
"""


@pytest.mark.anyio
@pytest.mark.browser
@pytest.mark.skipif(not HLS_JS.exists(), reason="hls.js is not installed (npm ci in web/)")
async def test_hls_js_changes_between_them_at_the_same_instant(world: World) -> None:
    """Both clips are numbered from 0; the sub-stream began 800 ms, 20 pictures, later."""
    await two_streams(world, clip(24.0, numbered=True), clip(24.0, width=480, height=270, numbered=True))
    url = f"/api/v1/playback/gate/master.m3u8?start={SPAN['start']}&end={SPAN['end']}"
    async with browser_page(world.app, HLS_JS) as page:
        await page.evaluate(_PLAYER, url)
        await page.wait_for_function("window.frames_seen.some((frame) => frame.time > 5)", timeout=30_000)
        await page.evaluate("hls.nextLevel = 0")
        await page.wait_for_function("document.querySelector('video').ended", timeout=60_000)
        seen = [frame for frame in await frames_seen(page) if frame["number"] is not None]
        assert await page.evaluate("window.problems") == []
    widths = [frame["width"] for frame in seen]
    assert set(widths) == {320, 480}
    # In numbers of the main stream: each picture is where the wall clock has it, whichever stream it is of.
    numbers = [frame["number"] + (20 if frame["width"] == 480 else 0) for frame in seen]
    places = [number / 25 - frame["time"] for number, frame in zip(numbers, seen, strict=True)]
    assert max(places) - min(places) < 0.05
    assert numbers == sorted(numbers)
