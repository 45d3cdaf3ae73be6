"""What a page's video shows, told from pixels: the numbers burned into the pictures of simulated cameras.

Needs the page of `tests.support.site.tab`, which has the script of `tests.support.browser` in it.
"""

from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as NeverHappened

from tests.support.burned import captured_ms
from vedette.media.simulator.clipspec import LOOP_MS

FRAME_MS = 40
FRAMES = LOOP_MS // FRAME_MS


@dataclass(frozen=True, slots=True)
class Shown:
    """One presented picture: its burned-in number, its place on the media time line, and when it was presented."""

    number: int
    media_s: float
    at_ms: int


def watch(video: Locator) -> None:
    """Begins to write down what this video presents; the page remembers one video."""
    video.evaluate("(video) => { window.frames_seen = []; window.watchFrames(video) }")


def forget(page: Page) -> None:
    """What was presented so far does not count."""
    page.evaluate("window.frames_seen = []")


def wait_shown(page: Page, count: int, timeout_s: float = 20) -> list[Shown]:
    """What was presented, once that are `count` pictures whose numbers can be read."""
    page.wait_for_function(
        "(count) => window.frames_seen.filter((frame) => frame.number !== null).length >= count",
        arg=count,
        timeout=timeout_s * 1000,
    )
    return shown(page)


def wait_number(page: Page, number: int) -> None:
    """The last picture that was presented is the one with this number."""
    try:
        page.wait_for_function("(number) => window.frames_seen.at(-1)?.number === number", arg=number)
    except NeverHappened:
        raise AssertionError(f"not shown: {number}, but {[one.number for one in shown(page)]}") from None


def shown(page: Page) -> list[Shown]:
    """What was presented since `watch` or `forget`. A picture whose number can't be read fails."""
    seen = page.evaluate("window.frames_seen")
    assert all(frame["number"] is not None for frame in seen), [frame for frame in seen if frame["number"] is None]
    return [Shown(frame["number"], frame["time"], frame["at"]) for frame in seen]


def assert_in_step(seen: list[Shown], frame_ms: int = FRAME_MS) -> None:
    """Numbers and media time go on together: nothing left out, nothing twice, also where a busy machine presented only
    some of the pictures."""
    for one, later in pairwise(seen):
        frames = round((later.media_s - one.media_s) * 1000 / frame_ms)
        assert (one.number + frames) % (LOOP_MS // frame_ms) == later.number, (one, later)


def taken_ms(number: int, near_ms: float, camera: int, frame_ms: int = FRAME_MS) -> int:
    """When the picture with this number was taken by the simulated camera `cam-{camera}`."""
    return captured_ms(number, frame_ms, near_ms, 205 * camera % 2000)


_WATCH_CANVAS = """(part) => {
  // As the script of tests.support.browser reads a video.
  const read = (canvas) => {
    const w = canvas.width, h = canvas.height
    const copy = document.createElement('canvas')
    copy.width = w
    copy.height = h
    const context = copy.getContext('2d', { willReadFrequently: true })
    context.drawImage(canvas, 0, 0)
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
  window.frames_seen = []
  window.watched = null
  let last = null
  const look = () => {
    const canvas = document.querySelector(`canvas[data-part=${part}]`)
    const at = canvas && canvas.checkVisibility() ? canvas.dataset.at : null
    if (at && at !== last) window.frames_seen.push({ number: read(canvas), time: Number(at), at: Date.now() })
    last = at ?? last
    requestAnimationFrame(look)
  }
  look()
}"""


def watch_canvas(page: Page, part: str) -> None:
    """Begins to write down what the player's canvas of this name shows, in place of a video."""
    page.evaluate(_WATCH_CANVAS, part)
