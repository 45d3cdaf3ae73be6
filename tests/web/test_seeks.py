"""Seeks of the page of one camera: what is seen on the way to the very frame, and addresses that change."""

import time
from collections.abc import Iterator

import pytest
from benchmarks.archive import number_at
from playwright.sync_api import Browser, Page, expect

from tests.support.history import FRAME_MS, Past
from tests.support.product import Product
from tests.support.site import product_with_past, tab
from tests.support.watching import wait_number, wait_shown, watch, watch_canvas

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

BEGIN = (int(time.time() * 1000) // 60_000 - 180) * 60_000
PAST = Past("Yard", [BEGIN, BEGIN + 3_600_000])
OTHER = Past("Lane", [BEGIN - 7_200_000])

# Media reaches the element late, as on a machine that takes its time.
SLOW = """
const append = SourceBuffer.prototype.appendBuffer
window.late = false
SourceBuffer.prototype.appendBuffer = function (data) {
  // Until then the player may have given it up.
  const later = () => {
    try {
      append.call(this, data)
    } catch {}
  }
  if (window.late) setTimeout(later, 2000)
  else append.call(this, data)
}
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product_with_past(tmp_path_factory.mktemp("first") / "data", [PAST, OTHER]) as product:
        yield product


@pytest.fixture
def slow(browser: Browser, recorded: Product) -> Iterator[Page]:
    with tab(browser, recorded) as page:
        page.add_init_script(SLOW)
        page.goto(f"/playback?camera=yard&at={at(BEGIN + 60_000)}")
        video = page.get_by_label("Footage of Yard")
        watch(video)
        wait_shown(page, 2)
        yield page


def at(ms: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(ms / 1000)) + f".{ms % 1000:03}Z"


def go(page: Page, camera: str, instant: int) -> None:
    """To another address, as a link within the page does."""
    page.evaluate(
        "(to) => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')) }",
        f"/playback?camera={camera}&at={at(instant)}",
    )


def test_its_key_frame_is_shown_while_the_element_works(slow: Page) -> None:
    slow.keyboard.press("k")
    expect(slow.get_by_role("button", name="Play", exact=True)).to_be_visible()
    watch_canvas(slow, "last-frame")
    slow.evaluate("window.late = true")
    # In the other file; 19 frames after a key frame, and in the next group of an entry of the playlist.
    instant = PAST.files[1] + 61_000 + 19 * FRAME_MS
    go(slow, "yard", instant)
    seen = wait_shown(slow, 1)
    assert [PAST.taken_ms(one.number, instant) for one in seen] == [PAST.files[1] + 61_000]
    covered = slow.locator("canvas[data-part=last-frame]")
    expect(covered).to_be_hidden(timeout=30_000)
    video = slow.get_by_label("Footage of Yard")
    watch(video)
    video.evaluate("(video) => { video.currentTime = video.currentTime }")
    wait_number(slow, number_at(instant - PAST.files[1], FRAME_MS))


def test_an_address_names_another_camera_and_another_instant_at_once(slow: Page) -> None:
    instant = OTHER.files[0] + 100_000
    asked: list[str] = []
    slow.on("request", lambda request: asked.append(request.url))
    go(slow, "lane", instant)
    video = slow.get_by_label("Footage of Lane")
    watch(video)
    first = wait_shown(slow, 1)[0]
    assert abs(OTHER.taken_ms(first.number, instant) - instant) < 2_000
    named = slow.get_by_role("toolbar", name="Player").locator("time")
    shown_ms = named.evaluate("(time) => Date.parse(time.dateTime)")
    assert 0 <= shown_ms - instant + FRAME_MS < 30_000
    # The camera that is left is not asked for what the other one is.
    assert not [url for url in asked if "/playback/" in url and "at=" in url]
