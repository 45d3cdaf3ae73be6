"""Chromium with an empty page of the app's own origin, and a script that reads burned-in frame numbers from video."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

from tests.support.running import RunningApp

HLS_JS = Path(__file__).parents[2] / "web" / "node_modules" / "hls.js" / "dist" / "hls.min.js"

# As `media.simulator.counter.read`: 24 cells at the bottom left, each 1/40 wide and 1/45 high.
WATCH_FRAMES = """
window.frames_seen = []
window.problems = []
window.watchFrames = (video) => {
  const canvas = document.createElement('canvas')
  const read = (picture) => {
    const w = (canvas.width = video.videoWidth), h = (canvas.height = video.videoHeight)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context.drawImage(picture, 0, 0, w, h)
    const y = h - Math.floor((3 * h) / 90)
    const cells = [...Array(24).keys()].map((i) => {
      const x = Math.floor(((i + 1.5) * w) / 40)
      return context.getImageData(x, y, 1, 1).data[1] > 128 ? 1 : 0
    })
    const number = parseInt(cells.slice(2, 18).join(''), 2)
    const check = (number >> 12) ^ (number >> 8) ^ (number >> 4) ^ number
    const good = cells[0] === 1 && cells[1] === 0 && cells[22] === 0 && cells[23] === 1
    return good && parseInt(cells.slice(18, 22).join(''), 2) === (check & 15) ? number : null
  }
  window.watched = video
  const onFrame = () => {
    if (window.watched !== video) return
    // A late callback can meet the next picture already: number and time must be of the same one.
    let picture
    try {
      picture = new VideoFrame(video)
    } catch {
      // Its source was taken away meanwhile: this picture is shown no more.
      video.requestVideoFrameCallback(onFrame)
      return
    }
    const time = picture.timestamp / 1e6
    window.frames_seen.push({ number: read(picture), time, width: picture.displayWidth, at: Date.now() })
    picture.close()
    video.requestVideoFrameCallback(onFrame)
  }
  video.requestVideoFrameCallback(onFrame)
  video.addEventListener('error', () => window.problems.push(video.error && video.error.message))
}
"""


@asynccontextmanager
async def browser_page(app: RunningApp, *scripts: Path) -> AsyncIterator[Page]:
    """A page of the app's origin, logged in, with a muted `<video>` and the given scripts."""
    origin = f"http://{app.address}"

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        try:
            # Something that the server really sends: made-up pages may not talk to the local network.
            page = await browser.new_page(bypass_csp=True)
            cookies = [{"name": name, "value": value, "url": origin} for name, value in app.cookies.items()]
            await page.context.add_cookies(cookies)  # type: ignore[arg-type] # dictionaries that are right
            await page.goto(f"{origin}/healthz")
            await page.set_content("<!doctype html><video muted playsinline width=640></video>")
            await page.add_script_tag(content=WATCH_FRAMES)
            for script in scripts:
                await page.add_script_tag(path=script)
            yield page
        finally:
            await browser.close()


async def frames_seen(page: Page) -> list[dict[str, Any]]:
    """What the video has presented since `watchFrames`: number, media time, width and wall clock of each frame."""
    seen: list[dict[str, Any]] = await page.evaluate("window.frames_seen")
    return seen
