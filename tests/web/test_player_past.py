"""Looking back at cameras that recorded hours ago, in Chromium: backwards over gaps longer than what a player has
loaded, a right that is withdrawn meanwhile, bookmarks and marks of one camera and of several."""

import time
from collections.abc import Iterator

import pytest
from benchmarks.archive import SEGMENT_MS
from playwright.sync_api import Browser, Page, expect

from tests.support.history import FRAME_MS, Past
from tests.support.product import PASSWORD, Product, until
from tests.support.site import add_session, product_with_past, tab
from tests.support.watching import shown, wait_shown, watch, watch_canvas
from tests.web.test_playback import clock_ms, iso, pause, player, press
from vedette.media.simulator.clipspec import LOOP_MS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SECOND = 1000
HOUR = 3_600_000
# Each camera recorded a file long ago, and after hours one more. A player loads some hours around the playhead.
LONG_AGO = (time.time_ns() // 1_000_000 - 9 * HOUR) // LOOP_MS * LOOP_MS
AGAIN = LONG_AGO + (4 * HOUR) // LOOP_MS * LOOP_MS
HALL = Past("Hall", [LONG_AGO, AGAIN])
# Its last footage before the gap is the later one of the two.
STORE = Past("Store", [LONG_AGO + 60 * SECOND, AGAIN + 15 * FRAME_MS])
BEFORE_HALL = LONG_AGO + SEGMENT_MS
BEFORE_STORE = BEFORE_HALL + 60 * SECOND


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Two cameras that recorded hours ago, with hours in between."""
    with product_with_past(tmp_path_factory.mktemp("past") / "data", [HALL, STORE]) as product:
        yield product


@pytest.fixture
def page(browser: Browser, past: Product) -> Iterator[Page]:
    """A fresh page on it."""
    with tab(browser, past) as opened:
        yield opened


def open_hall(page: Page, ms: int) -> None:
    page.goto(f"/playback?camera=hall&at={iso(ms)}")
    watch(page.get_by_label("Footage of Hall"))
    wait_shown(page, 2)


def open_both(page: Page, ms: int) -> None:
    page.goto(f"/playback?cameras=hall,store&at={iso(ms)}")
    expect(page.get_by_role("article")).to_have_count(2)
    page.wait_for_function(
        "() => [...document.querySelectorAll('article video')].every((video) => video.readyState >= 2)"
    )


def test_backwards_over_hours_without_footage_it_goes_on_at_the_last_before(page: Page) -> None:
    open_hall(page, AGAIN + 2 * SECOND)
    watch_canvas(page, "trick")
    press(page, "j")
    until("it is before the gap", lambda: clock_ms(page) < BEFORE_HALL, 60)
    assert clock_ms(page) > BEFORE_HALL - 60 * SECOND
    page.evaluate("window.frames_seen = []")
    seen = wait_shown(page, 10)
    taken = [HALL.taken_ms(one.number, clock_ms(page)) for one in seen]
    assert taken == sorted(taken, reverse=True)
    expect(page.get_by_role("status").filter(has_text="Went over 3 h")).to_have_count(1)
    pause(page)
    named = clock_ms(page)
    assert abs(HALL.taken_ms(shown(page)[-1].number, named) - named) < 10 * SECOND


def test_backwards_to_the_very_first_footage_it_says_so(page: Page) -> None:
    open_hall(page, LONG_AGO + 2 * SECOND)
    press(page, "j")
    oldest = page.locator("[data-part=oldest]")
    expect(oldest).to_be_visible(timeout=30_000)
    expect(player(page).get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert abs(clock_ms(page) - LONG_AGO) < SECOND
    press(page, "l")
    expect(oldest).to_be_hidden()


def test_several_cameras_go_back_to_the_last_that_any_of_them_recorded(page: Page) -> None:
    open_both(page, AGAIN + 3 * SECOND)
    press(page, "j")
    until("the clock is before the gap", lambda: clock_ms(page) < BEFORE_STORE, 60)
    assert clock_ms(page) > BEFORE_HALL
    # Where the other one ended earlier it says that it has nothing, and comes back by itself.
    expect(page.locator("article[data-phase=ready]")).to_have_count(1, timeout=30_000)
    until("it goes on back", lambda: clock_ms(page) < BEFORE_STORE - 2 * SECOND, 60)


def test_a_right_that_is_withdrawn_ends_the_picture(browser: Browser, past: Product) -> None:
    ids = {camera["name"]: camera["id"] for camera in past.cameras()}
    guard = past.post("/users", {"username": "guard", "password": PASSWORD})["id"]
    role = {"name": "Looks back", "description": "", "permissions": ["camera.view", "playback.view"]}
    looks = past.post("/roles", role)["id"]
    grants = {
        name: past.post("/grants", {"user_id": guard, "role_id": looks, "camera_id": ids[name]})["id"] for name in ids
    }
    with tab(browser, past, log_in=False) as page:
        add_session(page.context, past, "guard")
        open_hall(page, AGAIN + 60 * SECOND)
        past.client.delete(f"/api/v1/grants/{grants['Hall']}").raise_for_status()
        closed = page.get_by_role("status").filter(has_text="is not open to you")
        expect(closed).to_be_visible(timeout=30_000)
        expect(page.locator("video")).to_have_count(0)
        # The other one is still theirs; without any there is nothing left but the words.
        page.get_by_role("combobox", name="Camera").click()
        page.get_by_role("option", name="Store").click()
        watch(page.get_by_label("Footage of Store"))
        wait_shown(page, 2)
        past.client.delete(f"/api/v1/grants/{grants['Store']}").raise_for_status()
        expect(page.get_by_role("heading", name="No camera is shared with you yet")).to_be_visible(timeout=30_000)
        expect(page.locator("video")).to_have_count(0)
        # What is given back is there by itself.
        past.post("/grants", {"user_id": guard, "role_id": looks, "camera_id": ids["Store"]})
        watch(page.get_by_label("Footage of Store"))
        wait_shown(page, 2)


def test_a_bookmark_takes_the_marked_span_and_is_the_next_thing_to_see(page: Page, past: Product) -> None:
    start, end = AGAIN + 100 * SECOND, AGAIN + 130 * SECOND
    page.goto(f"/playback?camera=hall&at={iso(AGAIN + 20 * SECOND)}&in={iso(start)}&out={iso(end)}")
    expect(page.get_by_role("toolbar", name="Marked span")).to_contain_text("30.0 s")
    watch(page.get_by_label("Footage of Hall"))
    wait_shown(page, 2)
    press(page, "b")
    dialog = page.get_by_role("dialog", name="New bookmark")
    dialog.get_by_label("Title").fill("Van")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    saved = past.get("/bookmarks")["items"]
    assert [(one["title"], one["start"], one["end"]) for one in saved] == [("Van", iso(start), iso(end))]
    pause(page)
    press(page, "n")
    until("it is at the bookmark", lambda: abs(clock_ms(page) - start) <= FRAME_MS, 30)
    # Of several cameras it is the next thing as well.
    open_both(page, AGAIN + 20 * SECOND)
    press(page, "k")
    press(page, "n")
    until("all are at the bookmark", lambda: abs(clock_ms(page) - start) <= FRAME_MS, 30)


def test_several_cameras_loop_between_marks(page: Page) -> None:
    open_both(page, AGAIN + 200 * SECOND)
    press(page, "k")
    expect(player(page).get_by_role("button", name="Play", exact=True)).to_be_visible()
    press(page, "i")
    for _ in range(2):
        press(page, "Shift+ArrowRight")
    press(page, "o")
    bar = page.get_by_role("toolbar", name="Marked span")
    expect(bar).to_contain_text("2.0 s")
    begin = clock_ms(page) - 2 * SECOND
    press(page, "r")
    expect(bar.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "true")
    turns, last = 0, clock_ms(page)

    def came_round() -> bool:
        nonlocal turns, last
        now = clock_ms(page)
        assert begin - SECOND < now < begin + 4 * SECOND
        turns, last = turns + (now < last), now
        return turns >= 2

    until("it came round twice", came_round, 60)
    # One camera of them keeps the marks, and so does the address for a colleague.
    assert all(part in page.url for part in ("in=", "out=", "loop=1"))
    page.get_by_role("button", name="2 cameras").click()
    page.get_by_role("menuitem", name="One camera").click()
    expect(bar).to_contain_text("2.0 s")
