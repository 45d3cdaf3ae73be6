"""What an operator does with a tile, in Chromium: sound, full screen, quality, and pictures without sockets."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.product import PASSWORD as ADMIN_PASSWORD
from tests.support.product import Product
from tests.support.site import PASSWORD, USER, Cameras, add_session, tab
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
    expect(one.get_by_role("definition").filter(has_text="converted to 360p")).to_be_visible()
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


@pytest.fixture
def phone(browser: Browser, site: Product) -> Iterator[Page]:
    """A page under fingers."""
    with tab(browser, site, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True) as opened:
        yield opened


class Fingers:
    """Real touches, which playwright has none of but taps."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session = page.context.new_cdp_session(page)

    def tap(self, at: tuple[float, float]) -> None:
        self._send("touchStart", at)
        self._send("touchEnd")

    def move(self, *ways: tuple[tuple[float, float], tuple[float, float]]) -> None:
        """Each finger goes from one place to another, at the same time."""
        self._send("touchStart", *(start for start, _ in ways))
        for step in range(1, 11):
            here = [(a + (c - a) * step / 10, b + (d - b) * step / 10) for (a, b), (c, d) in ways]
            self._send("touchMove", *here)
            self._page.wait_for_timeout(20)
        self._send("touchEnd")

    def _send(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


MATRIX = "() => new DOMMatrix(getComputedStyle(document.querySelector('article video')).transform).toFloat64Array()"


def enlarged(page: Page) -> tuple[float, float]:
    """How many times, and how far to the side."""
    found = page.evaluate(f"() => [...({MATRIX})()]")
    return found[0], found[12]


def test_two_fingers_enlarge_one_moves_two_taps_show_the_whole(phone: Page) -> None:
    phone.goto("/live?focus=gate")
    watch(tile(phone, "Gate").locator("video"))
    wait_shown(phone, 5)
    fingers = Fingers(phone)
    fingers.move(((170, 400), (70, 400)), ((220, 400), (320, 400)))
    expect(tile(phone, "Gate").get_by_title("The whole picture (0)")).to_be_visible()
    times, before = enlarged(phone)
    assert times > 2
    assert phone.evaluate("visualViewport.scale") == 1, "the page stays as it is"
    fingers.move(((200, 400), (260, 400)))
    assert enlarged(phone)[1] > before + 30
    fingers.tap((200, 400))
    fingers.tap((200, 400))
    expect(tile(phone, "Gate").get_by_title("The whole picture (0)")).to_have_count(0)
    phone.wait_for_timeout(600)
    assert "focus=gate" in phone.url, "it is not left by the same taps"


def test_tiles_are_exchanged_by_a_finger(phone: Page) -> None:
    phone.goto("/live")
    expect(phone.get_by_role("article")).not_to_have_count(0)
    phone.wait_for_timeout(4500)  # the page rests; its tools on a phone do not
    phone.get_by_role("button", name="Arrange").tap()
    handles = phone.locator("[data-handle]")
    expect(handles.first).to_have_attribute("aria-label", "Place 1: Gate")
    grips = [handles.nth(place).locator("[data-grip]").bounding_box() for place in (0, 1)]
    ends = [(box["x"] + 8, box["y"] + box["height"] / 2) for box in grips if box]
    Fingers(phone).move((ends[0], ends[1]))
    expect(handles.nth(0)).not_to_have_attribute("aria-label", "Place 1: Gate")
    expect(handles.nth(1)).to_have_attribute("aria-label", "Place 2: Gate")


def test_a_picture_is_enlarged_by_keys_and_moved_by_the_mouse(page: Page) -> None:
    page.goto("/live?focus=gate")
    watch(tile(page, "Gate").locator("video"))
    wait_shown(page, 5)
    for _ in range(3):
        page.keyboard.press("+")
    times, before = enlarged(page)
    assert times == pytest.approx(1.4**3)
    tile(page, "Gate").hover()
    page.mouse.down()
    page.mouse.move(900, 500, steps=5)
    page.mouse.up()
    assert enlarged(page)[1] != before
    page.keyboard.press("-")
    assert enlarged(page)[0] == pytest.approx(1.4**2)
    page.mouse.dblclick(700, 400)
    assert enlarged(page)[0] == 1
    assert "focus=gate" in page.url


def test_who_may_only_watch_is_offered_nothing_else(browser: Browser, site: Product) -> None:
    role = site.post("/roles", {"name": "Only live", "permissions": ["live.view"]})
    user = site.post("/users", {"username": "only.live", "password": ADMIN_PASSWORD})
    gate = next(camera["id"] for camera in site.cameras() if camera["name"] == "Gate")
    site.post("/grants", {"user_id": user["id"], "role_id": role["id"], "camera_id": gate})
    known = {"password": ADMIN_PASSWORD, "must_change_password": False}
    site.client.put(f"/api/v1/users/{user['id']}/password", json=known).raise_for_status()
    try:
        with tab(browser, site, log_in=False) as page:
            add_session(page.context, site, "only.live")
            page.goto("/live")
            tile(page, "Gate").hover()
            expect(tile(page, "Gate").get_by_role("button", name="Snapshot (S)")).to_be_visible()
            expect(tile(page, "Gate").get_by_role("button", name="Back 30 s")).to_have_count(0)
            expect(tile(page, "Gate").get_by_role("link", name="Open in playback")).to_have_count(0)
            expect(tile(page, "Gate").get_by_role("button", name="Move the camera")).to_have_count(0)
    finally:
        site.client.delete(f"/api/v1/users/{user['id']}").raise_for_status()
        site.client.delete(f"/api/v1/roles/{role['id']}").raise_for_status()
