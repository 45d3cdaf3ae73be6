"""What the tiles of playback of several cameras show, told from the numbers in their pictures, and how far apart they
are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from playwright.sync_api import Page

from tests.support.history import FRAME_MS

# Every tile's pictures as they are presented: the number, when it came on the screen, and what the page's clock said.
SCRIPT = """
window.presented = []
const CELLS = 24
const canvas = document.createElement('canvas')
canvas.width = CELLS
canvas.height = 1
const context = canvas.getContext('2d', { willReadFrequently: true })
const read = (frame, width, height) => {
  const cell = width / 40
  const top = height - Math.floor((2 * height) / 45) + height / 180
  context.drawImage(frame, cell, top, CELLS * cell, height / 90, 0, 0, CELLS, 1)
  const pixels = context.getImageData(0, 0, CELLS, 1).data
  const bits = [...Array(CELLS).keys()].map((i) => (pixels[4 * i + 1] > 128 ? 1 : 0))
  const number = parseInt(bits.slice(2, 18).join(''), 2)
  const check = ((number >> 12) ^ (number >> 8) ^ (number >> 4) ^ number) & 15
  const whole = bits[0] === 1 && bits[1] === 0 && bits[22] === 0 && bits[23] === 1
  return whole && parseInt(bits.slice(18, 22).join(''), 2) === check ? number : null
}
const watch = (video) => {
  video.watched = true
  const onFrame = (_, { mediaTime, expectedDisplayTime }) => {
    if (!video.isConnected) return
    video.requestVideoFrameCallback(onFrame)
    const frame = new VideoFrame(video)
    // A late callback can meet the next picture already.
    if (Math.abs(frame.timestamp / 1e6 - mediaTime) < 0.002) {
      const number = read(frame, video.videoWidth, video.videoHeight)
      const clock = Date.parse(document.querySelector('[role=toolbar] time').dateTime)
      const tile = video.closest('article').ariaLabel
      window.presented.push({ tile, number, at: expectedDisplayTime, clock, rate: video.playbackRate })
    }
    frame.close()
  }
  video.requestVideoFrameCallback(onFrame)
}
// What stands on the screen now, whether it was reported or not.
window.standing = () => [...document.querySelectorAll('article video')].map((video) => {
  const article = video.closest('article')
  const { currentTime, readyState, seeking, buffered, error } = video
  const held = [...Array(buffered.length).keys()].map((i) => [buffered.start(i), buffered.end(i)])
  const element = { currentTime, readyState, seeking, held, error: error?.message, says: article.innerText }
  const tile = article.ariaLabel
  if (readyState < 2 || seeking) return { tile, number: null, element }
  const frame = new VideoFrame(video)
  const number = read(frame, video.videoWidth, video.videoHeight)
  frame.close()
  return { tile, number, element }
})
const look = () => {
  for (const video of document.querySelectorAll('article video')) if (!video.watched) watch(video)
}
new MutationObserver(look).observe(document, { childList: true, subtree: true })
"""


class Camera(Protocol):
    """What tells when a picture was taken."""

    def taken_ms(self, number: int, near_ms: float) -> int:
        """When the picture with this number was taken, next to `near_ms`; Unix milliseconds."""


@dataclass(frozen=True, slots=True)
class Presented:
    """A picture of a tile: when it was taken (Unix milliseconds), when it was presented (the page's own milliseconds),
    and the instant that the page named then."""

    tile: str
    taken_ms: int
    at: float
    clock: float


def presented(page: Page, cameras: Mapping[str, Camera]) -> list[Presented]:
    """What the tiles have presented since `forget`. A picture whose number can't be read fails."""
    seen = page.evaluate("window.presented")
    assert all(one["number"] is not None for one in seen), [one for one in seen if one["number"] is None]
    return [
        Presented(one["tile"], cameras[one["tile"]].taken_ms(one["number"], one["clock"]), one["at"], one["clock"])
        for one in seen
    ]


def forget(page: Page) -> None:
    """What was presented so far does not count."""
    page.evaluate("window.presented = []")


def clock_ms(page: Page) -> float:
    """The instant that the page names, Unix milliseconds."""
    time_ = page.get_by_role("toolbar", name="Player").locator("time")
    named: float = time_.evaluate("(time) => Date.parse(time.dateTime)")
    return named


def played_to(page: Page, ms: float) -> None:
    """Waits until the page names an instant after this one."""
    page.wait_for_function(
        "(ms) => Date.parse(document.querySelector('[role=toolbar] time').dateTime) > ms", arg=ms, timeout=90_000
    )


def wait_pictures(page: Page, names: Sequence[str], count: int = 20) -> None:
    """Every tile has presented so many pictures since `forget`."""
    page.wait_for_function(
        """([names, count]) => names.every((name) =>
          window.presented.filter((one) => one.tile === name).length >= count)""",
        arg=[list(names), count],
        timeout=60_000,
    )


def drifts(seen: Sequence[Presented], names: Sequence[str], second_ms: float = 1000) -> list[float]:
    """By how much the tiles differ in each second: of each tile the median place of its pictures against the time at
    which they were presented. One picture may come a moment late to the screen; a tile that is off is so for all of
    them."""
    spreads = []
    begin = min(one.at for one in seen)
    for number in range(int((max(one.at for one in seen) - begin) / second_ms)):
        within = [one for one in seen if number <= (one.at - begin) / second_ms < number + 1]
        places = {name: [one.taken_ms - one.at for one in within if one.tile == name] for name in names}
        if all(len(found) >= 3 for found in places.values()):
            middle = [median(found) for found in places.values()]
            spreads.append(max(middle) - min(middle))
    return spreads


def wait_in_step(page: Page, names: Sequence[str], cameras: Mapping[str, Camera], seconds: int = 3) -> list[Presented]:
    """What was presented in so many seconds in a row in which the tiles were less than a frame apart. A machine that
    does other things meanwhile may need some tries."""
    spreads: list[float] = []
    for _ in range(12):
        forget(page)
        page.wait_for_timeout(seconds * 1000 + 500)
        seen = presented(page, cameras)
        spreads = drifts(seen, names) if seen else []
        if len(spreads) >= seconds and max(spreads) < FRAME_MS:
            return seen
    raise AssertionError(f"never in step: {spreads}")
