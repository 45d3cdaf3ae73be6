"""The wall in Chromium: many tiles over one WebSocket, told by the numbers in their pixels."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.watching import assert_in_step, forget, wait_shown, watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def test_all_tiles_play_over_one_socket(page: Page) -> None:
    opened: list[str] = []
    page.on("websocket", lambda socket: opened.append(socket.url))
    page.goto("/live")
    for name, frame_ms in (("Gate", 40), ("Yard", 100)):
        watch(page.get_by_role("article", name=name).locator("video"))
        assert_in_step(wait_shown(page, 15), frame_ms)
    assert len([url for url in opened if url.endswith("/live/wall")]) == 1
    assert not [url for url in opened if "/mse" in url]


def test_a_tile_goes_back_in_its_place_and_forward_to_live(page: Page) -> None:
    page.goto("/live")
    tile = page.get_by_role("article", name="Gate")
    watch(tile.locator("video"))
    wait_shown(page, 5)
    tile.hover()
    tile.get_by_role("button", name="Back 30 s").click()
    expect(tile.get_by_role("group", name="Recorded")).to_be_visible()
    expect(tile.get_by_role("timer")).to_contain_text("behind")
    tile.get_by_role("button", name="Back to live").click()
    expect(tile.get_by_role("group", name="Recorded")).to_have_count(0)
    forget(page)
    wait_shown(page, 5)


def test_zoom_by_wheel_and_back_by_key(page: Page) -> None:
    page.goto("/live?focus=gate")
    tile = page.get_by_role("article", name="Gate")
    watch(tile.locator("video"))
    wait_shown(page, 5)
    tile.hover()
    page.mouse.wheel(0, -400)
    whole = tile.get_by_role("button", name="×")
    expect(whole).to_be_visible()
    assert tile.locator("video").evaluate("(video) => getComputedStyle(video).transform") != "none"
    page.keyboard.press("0")
    expect(whole).to_have_count(0)


# Not told by the note alone: a tile that is lost for a moment says that instead. Key frames and stills are drawn into a
# stream of the page's own.
_EACH_PLAYS_ALL = """() => {
  const videos = [...document.querySelectorAll('article video')]
  return videos.length > 0 && videos.every((video) => video.currentSrc && !video.srcObject && video.readyState >= 3)
}"""


# 2 s of work, then 0.2 s for everything else: too little on any machine.
_BEGIN_OTHER_WORK = """() => {
  window.works = true
  const work = () => {
    const until = performance.now() + 2000
    while (performance.now() < until);
    if (window.works) setTimeout(work, 200)
  }
  setTimeout(work)
}"""


@pytest.mark.timeout(480)
def test_a_page_that_cannot_keep_up_shows_less_and_says_so_and_all_again_when_it_can(page: Page) -> None:
    page.goto("/live")
    note = page.locator('[data-part="limited"]')
    for name in ("Gate", "Yard"):
        watch(page.get_by_role("article", name=name).locator("video"))
        wait_shown(page, 5)
    page.evaluate(_BEGIN_OTHER_WORK)
    for shows in ("Key frames only", "Stills only"):
        expect(note.filter(has_text=f"{shows}: this computer can't keep up").first).to_be_visible(timeout=120_000)
    page.evaluate("window.works = false")
    page.wait_for_function(_EACH_PLAYS_ALL, timeout=240_000)
    expect(note).to_have_count(0)
    for name, frame_ms in (("Gate", 40), ("Yard", 100)):
        watch(page.get_by_role("article", name=name).locator("video"))
        assert_in_step(wait_shown(page, 10), frame_ms)
