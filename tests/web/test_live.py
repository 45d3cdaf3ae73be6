"""Live pictures in Chromium: every tile of the grid and a single camera really play, told by the numbers in the
pixels."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.support.watching import assert_in_step, taken_ms, wait_shown, watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

# Numbers come again every 16 s: a picture that is not younger than this could be one of the loop before.
FRESH_MS = 8_000


def test_all_tiles_of_the_grid_play(page: Page) -> None:
    page.goto("/live")
    expect(page.get_by_role("article")).to_have_count(2)
    # In the grid Yard shows its sub-stream, which has ten pictures a second.
    for name, camera, frame_ms in (("Gate", 1, 40), ("Yard", 2, 100)):
        video = page.get_by_role("article", name=name).locator("video")
        watch(video)
        seen = wait_shown(page, 15)
        assert_in_step(seen, frame_ms)
        assert len({one.number for one in seen}) == len(seen)
        last = seen[-1]
        age = last.at_ms - taken_ms(last.number, last.at_ms, camera, frame_ms)
        assert -500 < age < FRESH_MS


def test_one_camera_alone_by_key_and_back(page: Page) -> None:
    page.goto("/live")
    expect(page.get_by_role("article")).to_have_count(2)
    page.keyboard.press("2")
    expect(page.get_by_role("heading", name="Yard")).to_be_visible()
    assert "focus=yard" in page.url
    expect(page.get_by_role("article")).to_have_count(1)
    watch(page.get_by_role("article", name="Yard").locator("video"))
    seen = wait_shown(page, 25)
    assert_in_step(seen)  # the main stream, 25 a second
    page.keyboard.press("Escape")
    expect(page.get_by_role("article")).to_have_count(2)


def test_a_tile_shows_figures_and_leads_to_playback(page: Page) -> None:
    page.goto("/live?focus=gate")
    tile = page.get_by_role("article", name="Gate")
    watch(tile.locator("video"))
    wait_shown(page, 5)
    tile.hover()
    tile.get_by_role("button", name="Figures").click()
    expect(tile.get_by_text("640 × 360")).to_be_visible()
    expect(tile.get_by_text("avc1")).to_be_visible()
    before = time.time_ns() // 1_000_000
    tile.get_by_role("link", name="Open in playback").click()
    expect(page.get_by_role("heading", name="Playback")).to_be_visible()
    assert "camera=gate" in page.url
    assert before - 12_000 < page.evaluate("() => Date.parse(new URL(location).searchParams.get('at'))") < before


def test_a_phone_shows_the_whole_name(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/live")
    tile = page.get_by_role("article", name="Gate")
    long = "Car park, northern entrance"
    tile.get_by_text("Gate", exact=True).evaluate("(element, long) => { element.textContent = long }", long)
    name = tile.get_by_text(long)
    tile.hover()
    expect(tile.get_by_role("button", name="Full screen")).to_be_visible()
    page.wait_for_function("(element) => element.scrollWidth <= element.clientWidth", arg=name.element_handle())


def test_the_picture_comes_back_after_another_page(page: Page) -> None:
    page.goto("/live?focus=gate")
    video = page.get_by_role("article", name="Gate").locator("video")
    watch(video)
    wait_shown(page, 5)
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    page.go_back()
    watch(page.get_by_role("article", name="Gate").locator("video"))
    assert_in_step(wait_shown(page, 10))
