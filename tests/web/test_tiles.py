"""What an operator does with a tile, in Chromium: sound, full screen, quality, and pictures without sockets."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.product import Product
from tests.support.site import PASSWORD, USER, Cameras
from tests.support.watching import assert_in_step, wait_shown, watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

FULL = "() => document.fullscreenElement?.tagName ?? null"


@pytest.fixture(scope="module")
def wide(site: Product, cameras: Cameras) -> Iterator[str]:
    """A camera with pictures that can be made smaller: its slug."""
    more = {"username": USER, "password": PASSWORD, "sub_url": cameras.url("cam-1/sub")}
    camera = site.post("/cameras", {"name": "Wide", "url": cameras.url("cam-1/main"), **more})
    site.wait_recording(3, 120)
    yield camera["slug"]
    site.client.delete(f"/api/v1/cameras/{camera['id']}").raise_for_status()


def tile(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=name)


def width(page: Page, name: str, pixels: int) -> None:
    """The tile shows pictures as wide as this."""
    page.wait_for_function(
        "([name, pixels]) => document.querySelector(`article[aria-label='${name}'] video`)?.videoWidth === pixels",
        arg=[name, pixels],
    )


def muted(video: Locator) -> bool:
    found: bool = video.evaluate("(video) => video.muted")
    return found


def test_sound_of_a_silent_sub_stream_comes_with_the_main_one(page: Page, wide: str) -> None:
    page.goto("/live")
    width(page, "Wide", 640)
    tile(page, "Wide").hover()
    page.keyboard.press("m")
    width(page, "Wide", 1280)
    expect(tile(page, "Wide").get_by_role("img", name="with sound")).to_be_visible()
    assert not muted(tile(page, "Wide").locator("video"))
    # Two at once nobody understands.
    tile(page, "Gate").hover()
    page.keyboard.press("m")
    expect(tile(page, "Gate").get_by_role("img", name="with sound")).to_be_visible()
    expect(tile(page, "Wide").get_by_role("img", name="with sound")).to_have_count(0)
    width(page, "Wide", 640)


def test_a_tile_takes_the_whole_screen_and_gives_it_back(page: Page, wide: str) -> None:
    page.goto("/live")
    width(page, "Wide", 640)
    tile(page, "Wide").hover()
    page.keyboard.press("m")
    tile(page, "Wide").get_by_role("button", name="Full screen").click()
    expect(page.get_by_role("article")).to_have_count(1)
    width(page, "Wide", 1280)
    assert page.evaluate(FULL) == "HTML"
    assert not muted(page.locator("video")), "who was heard is heard still"
    with page.expect_download() as download:
        page.keyboard.press("s")
    assert download.value.suggested_filename.startswith(f"{wide} ")
    page.get_by_role("button", name="Quality").click()
    expect(page.get_by_role("menuitem", name="Original")).to_be_visible()
    page.keyboard.press("Escape")
    tile(page, "Wide").hover()
    tile(page, "Wide").get_by_role("button", name="Leave full screen (F)").click()
    expect(page.get_by_role("article")).to_have_count(3)
    assert page.evaluate(FULL) is None
    # A wall that has the whole screen already keeps it.
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement")
    tile(page, "Yard").hover()
    tile(page, "Yard").get_by_role("button", name="Full screen").click()
    expect(page.get_by_role("article")).to_have_count(1)
    tile(page, "Yard").hover()
    tile(page, "Yard").get_by_role("button", name="Leave full screen (F)").click()
    expect(page.get_by_role("article")).to_have_count(3)
    assert page.evaluate(FULL) == "HTML"


def test_a_smaller_picture_is_asked_for(page: Page, wide: str) -> None:
    page.goto(f"/live?focus={wide}")
    width(page, "Wide", 1280)
    one = tile(page, "Wide")
    one.hover()
    one.get_by_role("button", name="Quality").click()
    page.get_by_role("menuitem", name="360p").click()
    width(page, "Wide", 640)
    one.get_by_role("button", name="Figures").click()
    expect(one.get_by_text("converted to 360p")).to_be_visible()
    one.get_by_role("button", name="Quality").click()
    expect(page.get_by_role("menuitem", name="360p")).to_have_attribute("aria-current", "true")
    page.get_by_role("menuitem", name="Original").click()
    width(page, "Wide", 1280)
    expect(one.get_by_text("converted to")).to_have_count(0)


def test_a_camera_alone_comes_by_hls_where_no_socket_gets_through(page: Page) -> None:
    page.route_web_socket(re.compile("/mse"), lambda socket: socket.close())
    page.goto("/live?focus=gate")
    watch(tile(page, "Gate").locator("video"))
    seen = wait_shown(page, 20, 60)
    assert len({one.number for one in seen}) == len(seen)
    tile(page, "Gate").hover()
    expect(tile(page, "Gate").get_by_text("Shown by HLS, a second or more behind.")).to_be_visible()
    tile(page, "Gate").get_by_role("button", name="Figures").click()
    expect(tile(page, "Gate").locator("[data-part=stats]")).to_contain_text("ByHLS")


def test_a_wall_shows_stills_where_no_socket_gets_through(page: Page) -> None:
    blocked = True
    page.route_web_socket(
        re.compile("/live/wall"), lambda socket: socket.close() if blocked else socket.connect_to_server()
    )
    page.goto("/live")
    words = tile(page, "Gate").get_by_text("Stills only: something between here and Vedette lets no video through.")
    expect(words).to_be_visible(timeout=60_000)
    watch(tile(page, "Gate").locator("video"))
    first, *_, last = wait_shown(page, 3)
    assert first.number != last.number
    blocked = False
    expect(words).to_have_count(0, timeout=60_000)
    watch(tile(page, "Gate").locator("video"))
    assert_in_step(wait_shown(page, 20))
