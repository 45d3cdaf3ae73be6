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


@pytest.mark.timeout(480)
def test_a_page_that_cannot_keep_up_shows_less_and_says_so_and_all_again_when_it_can(page: Page) -> None:
    page.goto("/live")
    note = page.locator('[data-part="limited"]')
    for name in ("Gate", "Yard"):
        watch(page.get_by_role("article", name=name).locator("video"))
        wait_shown(page, 5)
    weak = page.context.new_cdp_session(page)
    for shows in ("key frames only", "stills only"):
        words = f"{shows}: this computer can't keep up"
        rate = 20
        while note.filter(has_text=words).count() == 0:
            # How weak is weak depends on the machine.
            weak.send("Emulation.setCPUThrottlingRate", {"rate": rate})
            rate = min(2 * rate, 320)
            page.wait_for_timeout(4_000)
    weak.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    expect(note).to_have_count(0, timeout=180_000)
    for name, frame_ms in (("Gate", 40), ("Yard", 100)):
        watch(page.get_by_role("article", name=name).locator("video"))
        assert_in_step(wait_shown(page, 10), frame_ms)
