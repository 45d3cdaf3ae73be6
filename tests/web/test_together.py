"""Several cameras on one clock in Chromium. Which instants their tiles show is told by the numbers in the pictures,
read at the moments when the pictures were presented."""

import re
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from statistics import median

import pytest
from benchmarks.archive import SEGMENT_MS
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support import together
from tests.support.history import FRAME_MS, Past
from tests.support.product import PASSWORD, Product, until
from tests.support.site import add_session, product_with_past, tab
from tests.support.together import SCRIPT, Presented, clock_ms, drifts, forget, played_to, wait_pictures
from vedette.media.simulator.clipspec import LOOP_MS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SECOND = 1000
# On the loop of the pictures, hours ago.
BASE = (time.time_ns() // 1_000_000 - 4 * 3_600_000) // LOOP_MS * LOOP_MS
BORDER = BASE + SEGMENT_MS
GAP_S = 8
# Nobody recorded from the end of the second files to these.
AGAIN = BASE + 3 * SEGMENT_MS


def past(number: int) -> Past:
    """Each camera's frames stand elsewhere between those of the others; the third misses some seconds at the border,
    and the fourth has a sub-stream."""
    off = number * 7 % FRAME_MS
    late = GAP_S * SECOND if number == 3 else 0
    files = [BASE + off, BORDER + off + late, AGAIN + off + number * SECOND]
    return Past(f"Cam {number:02}", files, sub=files if number == 4 else None)


PASTS = {one.name: one for one in (past(number) for number in range(1, 17))}
FOUR = list(PASTS)[:4]


@pytest.fixture(scope="module")
def site_of_past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """16 cameras that recorded hours ago."""
    with product_with_past(tmp_path_factory.mktemp("together") / "data", list(PASTS.values())) as product:
        yield product


@pytest.fixture
def several(browser: Browser, site_of_past: Product) -> Iterator[Page]:
    """A page that writes down what its tiles present."""
    with tab(browser, site_of_past) as page:
        page.add_init_script(SCRIPT)
        yield page


def iso(ms: float) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def slugs(names: Sequence[str]) -> str:
    return ",".join(PASTS[name].slug for name in names)


def open_at(page: Page, ms: float, names: Sequence[str] = FOUR) -> None:
    page.goto(f"/playback?cameras={slugs(names)}&at={iso(ms)}")
    expect(page.get_by_role("article")).to_have_count(len(names))


def presented(page: Page) -> list[Presented]:
    return together.presented(page, PASTS)


def wait_in_step(page: Page, names: Sequence[str], seconds: int = 3) -> list[Presented]:
    return together.wait_in_step(page, names, PASTS, seconds)


def tile(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=name, exact=True)


def pause(page: Page, names: Sequence[str] = FOUR) -> float:
    """The instant that all tiles then show, to the frame."""
    page.keyboard.press("k")
    expect(page.get_by_role("toolbar", name="Player").get_by_role("button", name="Play", exact=True)).to_be_visible()
    standing(page, names)
    return clock_ms(page)


def standing(page: Page, names: Sequence[str] = FOUR) -> None:
    """Waits until every tile shows the frame of the instant that the page names."""

    def off() -> list[float | None]:
        """How far each tile's picture is from the instant, milliseconds."""
        named = clock_ms(page)
        numbers = {one["tile"]: one["number"] for one in page.evaluate("window.standing()")}
        found = [(name, numbers.get(name)) for name in names]
        return [None if number is None else PASTS[name].taken_ms(number, named) - named for name, number in found]

    # The nearest; of two that are as near (the page's instant is rounded to a millisecond) either.
    nearest = FRAME_MS / 2 + 1
    try:
        until("all show it", lambda: all(ms is not None and abs(ms) <= nearest for ms in off()), 20)
    except AssertionError:
        without = [one for one in page.evaluate("window.standing()") if one["number"] is None]
        raise AssertionError(f"not shown: {iso(clock_ms(page))}, but {off()}; without a picture: {without}") from None


def test_four_cameras_in_step_across_the_border_of_their_files(several: Page) -> None:
    names = [name for name in PASTS if name != "Cam 03"][:4]
    open_at(several, BORDER - 11 * SECOND, names)
    wait_pictures(several, names, 5)
    played_to(several, BORDER + 10 * SECOND)
    seen = presented(several)
    spreads = drifts(seen, names)
    assert len(spreads) >= 15, spreads
    assert median(spreads) < FRAME_MS, spreads
    for name in names:
        own = [one for one in seen if one.tile == name]
        assert any(one.taken_ms < BORDER - FRAME_MS for one in own)
        assert any(one.taken_ms > BORDER + FRAME_MS for one in own)
        # What is shown is what the page names, which is written a moment later.
        assert abs(median(one.taken_ms + FRAME_MS / 2 - one.clock for one in own)) < 4 * FRAME_MS
    pause(several, names)


def test_after_a_seek_and_at_another_speed_they_are_in_step_again(several: Page) -> None:
    open_at(several, BASE + 60 * SECOND)
    wait_pictures(several, FOUR, 5)
    several.keyboard.press("ArrowRight")
    seen = wait_in_step(several, FOUR)
    assert min(one.taken_ms for one in seen) > BASE + 64 * SECOND
    several.get_by_role("button", name="Speed 1×").click()
    several.get_by_role("menuitem", name="2×", exact=True).click()
    expect(several.get_by_role("button", name="Speed 2×")).to_be_visible()
    forget(several)
    wait_pictures(several, FOUR, 30)
    pause(several)


def named_is(page: Page, ms: float) -> bool:
    return abs(clock_ms(page) - ms) < 2


def test_frame_by_frame_and_by_seconds_all_at_once(several: Page) -> None:
    open_at(several, BASE + 100 * SECOND)
    wait_pictures(several, FOUR, 5)
    named = pause(several)
    for key, frames in ((".", 1), (".", 1), (",", -1)):
        several.keyboard.press(key)
        named += frames * FRAME_MS
        until("the clock is a frame further", partial(named_is, several, named))
        standing(several)
    several.keyboard.press("Shift+ArrowLeft")
    until("the clock is a second back", lambda: abs(clock_ms(several) - named + SECOND) < 2)
    standing(several)


def test_backwards_the_pictures_go_back_together(several: Page) -> None:
    open_at(several, BASE + 200 * SECOND)
    wait_pictures(several, FOUR, 5)
    forget(several)
    several.keyboard.press("j")
    wait_pictures(several, FOUR, 8)
    pause(several)
    for name in FOUR:
        own = [one.taken_ms for one in presented(several) if one.tile == name]
        # The first may have been on their way, the last is the one that stays.
        assert own[-2] < own[2]
    standing(several)


def test_a_camera_in_a_gap_says_so_and_comes_back_by_itself(several: Page) -> None:
    gap = tile(several, "Cam 03")
    open_at(several, BORDER - 4 * SECOND)
    wait_pictures(several, FOUR, 5)
    expect(gap.get_by_role("status").filter(has_text="Camera offline")).to_be_visible(timeout=30_000)
    expect(gap.get_by_role("status").filter(has_text="Nothing recorded until")).to_be_visible()
    expect(gap.locator("video")).to_be_hidden()
    others = [name for name in FOUR if name != "Cam 03"]
    forget(several)
    wait_pictures(several, others, 60)
    expect(gap.locator("video")).to_be_visible(timeout=30_000)
    wait_in_step(several, FOUR)
    pause(several)


def test_where_none_recorded_the_clock_jumps_to_the_first_that_did(several: Page) -> None:
    open_at(several, BORDER + SEGMENT_MS + 2 * SECOND + GAP_S * SECOND - 4 * SECOND)
    expect(several.get_by_role("status").filter(has_text="Went over")).to_be_visible(timeout=30_000)
    assert AGAIN - SECOND < clock_ms(several) < AGAIN + 30 * SECOND
    # The others follow second by second.
    played_to(several, AGAIN + 6 * SECOND)
    wait_in_step(several, FOUR)


def test_an_address_opens_at_the_same_frame(several: Page, browser: Browser, site_of_past: Product) -> None:
    open_at(several, BASE + 300 * SECOND)
    several.get_by_role("button", name="One large and 5").click()
    forget(several)
    wait_pictures(several, FOUR, 5)
    named = pause(several)
    several.wait_for_url(lambda url: iso(named).replace(":", "%3A") in url)
    with tab(browser, site_of_past) as colleague:
        colleague.add_init_script(SCRIPT)
        colleague.goto(several.url)
        wait_pictures(colleague, FOUR, 2)
        first = {one.tile: one for one in reversed(presented(colleague))}
        assert {name: first[name].taken_ms for name in FOUR} == {name: PASTS[name].shown_ms(named) for name in FOUR}
        expect(colleague.get_by_role("button", name="One large and 5")).to_have_attribute("aria-pressed", "true")


def test_from_one_camera_to_several_and_back(several: Page) -> None:
    several.goto(f"/playback?camera=cam-02&at={iso(BASE + 50 * SECOND)}")
    several.get_by_role("button", name="Several").click()
    several.get_by_role("menuitem", name="Choose cameras…").click()
    drawer = several.get_by_role("region", name="Cameras")
    expect(several.get_by_role("article")).to_have_count(1)
    drawer.get_by_role("button", name="Cam 05").click()
    drawer.get_by_role("button", name="Cam 06").click()
    several.wait_for_url(re.compile("cameras=cam-02%2Ccam-05%2Ccam-06"))
    drawer.get_by_role("button", name="Finish arranging").click()
    wait_pictures(several, ["Cam 02", "Cam 05", "Cam 06"], 5)
    # By its grip to another place.
    several.keyboard.press("a")
    grip = several.locator('[data-place="0"]').bounding_box()
    target = several.locator('[data-place="2"]').bounding_box()
    assert grip
    assert target
    several.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    several.mouse.down()
    several.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] / 2, steps=6)
    several.mouse.up()
    several.wait_for_url(re.compile("cameras=cam-06%2Ccam-05%2Ccam-02"))
    several.keyboard.press("Escape")
    several.keyboard.press("2")
    expect(several.get_by_role("article")).to_have_count(1)
    several.wait_for_url(re.compile("focus=cam-05"))
    several.keyboard.press("Escape")
    expect(several.get_by_role("article")).to_have_count(3)
    several.get_by_role("button", name="3 cameras").click()
    several.get_by_role("menuitem", name="One camera").click()
    expect(several.get_by_label("Footage of Cam 05")).to_be_visible()
    assert "cameras=" not in several.url


def test_a_saved_wall_and_one_sound_at_a_time(several: Page, site_of_past: Product) -> None:
    ids = {camera["name"]: camera["id"] for camera in site_of_past.cameras()}
    tiles = [{"place": place, "camera_id": ids[name]} for place, name in ((0, "Cam 07"), (2, "Cam 04"))]
    wall = {"name": "Doors", "layout": "2x2", "source": "tiles", "tiles": tiles}
    site_of_past.post("/walls", wall)
    asked: list[str] = []
    several.on("request", lambda request: asked.append(request.url))
    several.goto(f"/playback?camera=cam-07&at={iso(BASE + 70 * SECOND)}")
    several.get_by_role("button", name="Several").click()
    several.get_by_role("menuitem", name="Doors").click()
    several.wait_for_url(re.compile("cameras=cam-07%2C%2Ccam-04&layout=2x2"))
    wait_pictures(several, ["Cam 07", "Cam 04"], 5)
    # A small tile has the sub-stream, one alone the main one.
    cam_4 = [url for url in asked if ids["Cam 04"] in url and "index.m3u8" in url]
    assert cam_4
    assert all("stream=sub" in url for url in cam_4)
    for name in ("Cam 04", "Cam 07"):
        tile(several, name).get_by_role("button", name=name).click()
        several.keyboard.press("m")
        expect(several.locator("video:not([data-none])").filter(visible=True)).to_have_count(2)
        heard = several.locator("article video").evaluate_all("(all) => all.filter((one) => !one.muted).length")
        assert heard == 1
    with several.expect_request(lambda asks: "index.m3u8" in asks.url and "stream=main" in asks.url):
        tile(several, "Cam 04").dblclick()
    expect(several.get_by_role("article")).to_have_count(1)


def test_a_right_that_is_withdrawn_ends_that_tile_alone(browser: Browser, site_of_past: Product) -> None:
    ids = {camera["name"]: camera["id"] for camera in site_of_past.cameras()}
    guard = site_of_past.post("/users", {"username": "guard", "password": PASSWORD})["id"]
    role = {"name": "Looks back", "description": "", "permissions": ["camera.view", "playback.view"]}
    looks = site_of_past.post("/roles", role)["id"]
    grants = {
        name: site_of_past.post("/grants", {"user_id": guard, "role_id": looks, "camera_id": ids[name]})["id"]
        for name in FOUR[:2]
    }
    with tab(browser, site_of_past, log_in=False) as page:
        add_session(page.context, site_of_past, "guard")
        page.add_init_script(SCRIPT)
        # One of them was never open.
        open_at(page, BASE + 80 * SECOND, FOUR[:3])
        expect(tile(page, "cam-03").get_by_role("status")).to_contain_text("not open to you")
        wait_pictures(page, FOUR[:2], 5)
        site_of_past.client.delete(f"/api/v1/grants/{grants['Cam 02']}").raise_for_status()
        ended = page.locator("article").filter(has_text="not open to you")
        expect(ended).to_have_count(2, timeout=60_000)
        expect(page.locator("article video")).to_have_count(1)
        forget(page)
        wait_pictures(page, FOUR[:1], 25)


def test_sixteen_cameras_at_one_instant(several: Page) -> None:
    names = list(PASTS)
    open_at(several, BASE + 400 * SECOND, names)
    wait_pictures(several, names, 1)
    assert several.locator("article video").count() == 16
    pause(several, names)
    several.keyboard.press("ArrowRight")
    standing(several, names)
    several.keyboard.press(".")
    standing(several, names)
