"""What many tiles of a page show at once, told from pixels. Needs a page with `SCRIPT` in it."""

from collections.abc import Collection
from typing import Any

from playwright.sync_api import Page

from vedette.media.simulator.clipspec import LOOP_MS

# `counters(names)`: of each tile the numbers and media times of pictures, from one to another half a second later.
SCRIPT = """
window.counters = (names) => {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const read = (picture, video) => {
    const w = (canvas.width = video.videoWidth), h = (canvas.height = video.videoHeight)
    context.drawImage(picture, 0, 0, w, h)
    const cells = context.getImageData(0, h - Math.floor((3 * h) / 90), w, 1).data
    const bits = [...Array(24).keys()].map((i) => (cells[4 * Math.floor(((i + 1.5) * w) / 40) + 1] > 128 ? 1 : 0))
    const number = parseInt(bits.slice(2, 18).join(''), 2)
    const check = ((number >> 12) ^ (number >> 8) ^ (number >> 4) ^ number) & 15
    const good = bits[0] === 1 && bits[1] === 0 && bits[22] === 0 && bits[23] === 1
    return good && parseInt(bits.slice(18, 22).join(''), 2) === check ? number : null
  }
  const wait = (ms) => new Promise((resolve) => setTimeout(() => resolve(null), ms))
  const next = (video) =>
    new Promise((resolve) =>
      video.requestVideoFrameCallback(() => {
        const picture = new VideoFrame(video)
        resolve({ number: read(picture, video), mediaS: picture.timestamp / 1e6 })
        picture.close()
      }),
    )
  // A page that is laid out anew makes new elements.
  const shown = async (name) => {
    for (let turn = 0; turn < 30; turn += 1) {
      const video = document.querySelector(`article[aria-label="${name}"] video`)
      const found = await Promise.race([wait(1000), ...(video ? [next(video)] : [])])
      if (found) return found
    }
    throw new Error(`${name} stands still`)
  }
  const one = async (name) => {
    const first = await shown(name)
    await wait(500)
    return [name, [first, await shown(name)]]
  }
  return Promise.all(names.map(one))
}
"""


def assert_play(page: Page, names: Collection[str], frame_ms: int) -> None:
    """Each of these tiles presents pictures that follow one another as their numbers say, none left out and none twice.
    Raises Playwright's error that names one which stands still."""
    found: list[Any] = page.evaluate("(names) => counters(names)", list(names))
    for name, (one, later) in found:
        assert one["number"] is not None, name
        assert later["number"] is not None, name
        frames = round((later["mediaS"] - one["mediaS"]) * 1000 / frame_ms)
        assert frames > 0, (name, one, later)
        assert (one["number"] + frames) % (LOOP_MS // frame_ms) == later["number"], (name, one, later)
