"""Playlists in Chromium with hls.js: the right frame at the right time, across files, runs, gaps and the open file."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.async_api import Page

from tests.support.browser import HLS_JS, browser_page, frames_seen
from tests.support.footage import T0
from tests.support.library import clip
from tests.support.recorder_twin import StreamTwin, until
from tests.support.world import NOW, World, announce
from vedette.http.instants import format_instant

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.browser,
    pytest.mark.skipif(not HLS_JS.exists(), reason="hls.js is not installed (npm ci in web/)"),
]

_PLAYER = """
(url) => {
  const video = document.querySelector('video')
  window.watchFrames(video)
  window.details = null
  const hls = (window.hls = new Hls({ enableWorker: false, backBufferLength: Infinity }))
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (data.fatal || data.details === 'bufferAppendError') window.problems.push(`${data.details} ${data.error}`)
  })
  hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => {
    window.details = details.fragments.map((one) => ({
      start: one.start, duration: one.duration, wall: one.programDateTime, cc: one.cc, gap: !!one.gap
    }))
    window.live = details.live
  })
  hls.on(Hls.Events.MANIFEST_PARSED, () => video.play())
  hls.loadSource(url)
  hls.attachMedia(video)
}
"""


def address(start_ms: int, end_ms: int) -> str:
    return f"/api/v1/playback/gate/index.m3u8?start={format_instant(start_ms)}&end={format_instant(end_ms)}"


async def seek(page: Page, at_s: float) -> dict[str, Any]:
    """Seeks while paused and gives the frame that is then shown."""
    await page.evaluate(
        """(at) => {
          window.frames_seen = []
          const video = document.querySelector('video')
          video.pause()
          video.currentTime = at
        }""",
        at_s,
    )
    await page.wait_for_function(
        """(at) => !document.querySelector('video').seeking
          && window.frames_seen.some((frame) => Math.abs(frame.time - at) < 0.06)""",
        arg=at_s,
        timeout=20_000,
    )
    return (await frames_seen(page))[-1]


async def test_one_run_across_three_files(world: World) -> None:
    of = clip(6.0, sound=True, numbered=True)
    files = await world.library.record(world.stream_id, T0, of, file_s=2)
    assert len(files) == 3
    async with browser_page(world.app, HLS_JS) as page:
        await page.evaluate(_PLAYER, address(T0, T0 + 6000))
        await page.wait_for_function("document.querySelector('video').ended", timeout=30_000)
        seen = await frames_seen(page)
        assert await page.evaluate("window.problems") == []
        numbers = [frame["number"] for frame in seen]
        assert None not in numbers
        assert numbers == sorted(set(numbers))
        assert len(numbers) > 75  # a busy machine may skip some
        for one, later in pairwise(seen):
            step = (later["number"] - one["number"]) / 25
            assert later["time"] - one["time"] == pytest.approx(step, abs=0.002)
        fragments = await page.evaluate("window.details")
        assert [fragment["wall"] for fragment in fragments] == [T0, T0 + 2000, T0 + 4000]
        # Exact to the frame on both sides of each border between files, and at the end.
        for number in (48, 49, 50, 51, 99, 100, 10, 149):
            assert (await seek(page, (number + 0.5) / 25))["number"] == number


async def test_gaps_and_runs_of_the_same_and_of_another_size(world: World) -> None:
    first, other = clip(3.0, numbered=True), clip(3.0, width=480, height=270, numbered=True)
    for number, of in enumerate((first, first, other)):
        await world.library.record(world.stream_id, T0 + number * 60_000, of, file_s=10)
    async with browser_page(world.app, HLS_JS) as page:
        await page.evaluate(_PLAYER, address(T0, T0 + 180_000))
        await page.wait_for_function("document.querySelector('video').ended", timeout=30_000)
        seen = await frames_seen(page)
        assert await page.evaluate("window.problems") == []
        fragments = await page.evaluate("window.details")
        assert [fragment["cc"] for fragment in fragments] == [0, 1, 2]
        assert [fragment["wall"] for fragment in fragments] == [T0, T0 + 60_000, T0 + 120_000]
        for fragment, width in zip(fragments, (320, 320, 480), strict=True):
            begin, end = fragment["start"] - 0.01, fragment["start"] + fragment["duration"] - 0.01
            numbers = [frame["number"] for frame in seen if begin <= frame["time"] < end]
            assert {frame["width"] for frame in seen if begin <= frame["time"] < end} == {width}
            assert None not in numbers
            assert numbers == sorted(set(numbers))
            for number in (20, 74):  # the last one, too: a busy machine may have played past it
                shown = await seek(page, fragment["start"] + (number + 0.5) / 25)
                assert (shown["number"], shown["width"]) == (number, width)


async def test_a_damaged_file_is_passed_over(world: World) -> None:
    of = clip(6.0, numbered=True)
    files = await world.library.record(world.stream_id, T0, of, file_s=2)
    files[1].path.unlink()
    async with browser_page(world.app, HLS_JS) as page:
        await page.evaluate(_PLAYER, address(T0, T0 + 6000))
        await page.wait_for_function("window.details !== null")
        assert [fragment["gap"] for fragment in await page.evaluate("window.details")] == [False, True, False]
        await page.wait_for_function("window.frames_seen.some((frame) => frame.number > 140)", timeout=30_000)
        numbers = [frame["number"] for frame in await frames_seen(page)]
        assert await page.evaluate("window.problems") == []
    assert not [number for number in numbers if 50 <= number < 100]


async def test_the_open_file_plays_on_as_it_grows(world: World, gate_twin: StreamTwin) -> None:
    of = clip(12.0, numbered=True)
    start = NOW - 12_000
    *_, last = await world.library.record(world.stream_id, start, of, file_s=2, open_last=True)
    announce(gate_twin, last, 1, of=of)
    await until(lambda: world.app.hub.end_of(world.stream_id), "the hub knows the open file")
    async with browser_page(world.app, HLS_JS) as page:
        await page.evaluate(_PLAYER, address(start, NOW + 600))
        await page.wait_for_function("window.frames_seen.some((frame) => frame.number > 5)", timeout=30_000)
        assert await page.evaluate("window.live") is True
        assert (await frames_seen(page))[0]["number"] <= 2  # begun at the start, not at the live edge
        assert len(await page.evaluate("window.details")) == 5
        announce(gate_twin, last, first=1, of=of)
        await until(lambda: world.app.hub.end_of(world.stream_id) == NOW, "the hub knows the rest")
        world.clock.wall_ms = NOW + 700  # the asked end is over: the playlist gets its end
        await page.wait_for_function("document.querySelector('video').ended", timeout=40_000)
        numbers = [frame["number"] for frame in await frames_seen(page)]
        assert await page.evaluate("window.problems") == []
        assert len(await page.evaluate("window.details")) == 6
        assert (await seek(page, 299.5 / 25))["number"] == 299
    assert None not in numbers
    assert numbers == sorted(set(numbers))
