"""Live video in Chromium: what the socket sends is decoded and shown, across files, runs and a change of codec."""

import asyncio
from itertools import pairwise

import pytest

from tests.support.browser import browser_page, frames_seen
from tests.support.library import Clip, RecordedFile, clip
from tests.support.recorder_twin import StreamTwin, until
from tests.support.world import NOW, World, announce

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

# A minimal player: a new MediaSource for each init, stays at the end of what is buffered.
_PLAYER = """
(path) => {
  const video = document.querySelector('video')
  window.inits = []
  window.walls = []
  let buffer, queue, expectInit
  const next = () => {
    if (!buffer || buffer.updating || !queue.length) return
    buffer.appendBuffer(queue.shift())
  }
  const begin = (mime) => {
    queue = []
    buffer = undefined
    const mine = queue
    const source = new MediaSource()
    video.src = URL.createObjectURL(source)
    source.addEventListener('sourceopen', () => {
      if (mine !== queue) return
      buffer = source.addSourceBuffer(mime)
      buffer.addEventListener('updateend', () => {
        const ranges = video.buffered
        if (ranges.length) {
          if (video.currentTime < ranges.start(0)) video.currentTime = ranges.start(0)
          video.play()
        }
        next()
      })
      buffer.addEventListener('error', () => window.problems.push('append failed'))
      next()
    })
  }
  window.watchFrames(video)
  const socket = new WebSocket(`ws://${location.host}${path}`)
  socket.binaryType = 'arraybuffer'
  socket.onclose = (event) => window.problems.push(`closed ${event.code} ${event.reason}`)
  socket.onmessage = ({ data }) => {
    if (typeof data === 'string') {
      const message = JSON.parse(data)
      if (message.type !== 'init') return
      window.inits.push(message)
      begin(message.mime)
      expectInit = true
    } else if (expectInit) {
      expectInit = false
      queue.push(data)
      next()
    } else {
      window.walls.push(Number(new DataView(data).getBigUint64(0)))
      queue.push(new Uint8Array(data, 8))
      next()
    }
  }
}
"""


async def feed(twin: StreamTwin, files: list[RecordedFile], of: Clip) -> None:
    """Announces the parts of files as a recorder does, two a second."""
    for file in files:
        for number in range(len(file.parts)):
            announce(twin, file, number + 1, first=number, of=of)
            await asyncio.sleep(0.4)


async def test_frames_are_shown_across_files_and_runs(world: World, gate_twin: StreamTwin) -> None:
    first, second = clip(4.0, sound=True, numbered=True), clip(3.0, width=480, height=270, numbered=True)
    files = await world.library.record(world.stream_id, NOW - 60_000, first)
    await until(world.app.hub.recorders, "the hub connects")
    async with browser_page(world.app) as page:
        await page.evaluate(_PLAYER, "/api/v1/live/gate/mse")
        await until(lambda: world.app.hub.viewer_count() == 1, "the page watches")
        await feed(gate_twin, files, first)
        await page.wait_for_function("window.frames_seen.some((frame) => frame.number >= 90)", timeout=20_000)
        # A new run of another size and without sound.
        files = await world.library.record(world.stream_id, NOW - 30_000, second)
        await feed(gate_twin, files, second)
        await page.wait_for_function(
            "window.frames_seen.some((frame) => frame.width === 480 && frame.number >= 65)", timeout=20_000
        )
        seen = await frames_seen(page)
        problems = await page.evaluate("window.problems")
        inits = await page.evaluate("window.inits")
        walls = await page.evaluate("window.walls")
    assert problems == []
    assert [init["codecs"] for init in inits] == [first.init.codecs, second.init.codecs]
    assert walls[0] == NOW - 60_000
    assert walls == sorted(walls)
    for width, count in ((320, 100), (480, 75)):
        numbers = [frame["number"] for frame in seen if frame["width"] == width]
        assert None not in numbers
        assert numbers == sorted(numbers)
        # A busy machine may skip frames, the player shows most of them and never one twice.
        assert len(set(numbers)) == len(numbers) > count // 2
        times = [frame["time"] for frame in seen if frame["width"] == width]
        for (number, time), (later, later_time) in pairwise(zip(numbers, times, strict=True)):
            # The picture that is read may be the one after the callback's: a frame of slack, which does not add up.
            assert later_time - time == pytest.approx((later - number) / 25, abs=0.081)
        assert times[-1] - times[0] == pytest.approx((numbers[-1] - numbers[0]) / 25, abs=0.081)
