"""The timeline in Chromium over footage of the day on which the clocks of Berlin go back: labels, calendar, links, the
overview of days, fingers, and bookmarks. The browser itself is in another time zone."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.planted import HOUR, plant
from tests.support.product import Product
from tests.support.site import product_with_clips, tab
from tests.web.test_pages import assert_nothing_found, assert_nothing_sticks_out, needs_axe

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

ZONE = "Europe/Berlin"


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def iso(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


CHANGE = ms("2026-10-25T01:00:00+00:00")
DAY_START, DAY_END = ms("2026-10-25T00:00:00+02:00"), ms("2026-10-26T00:00:00+01:00")
AWAY = (ms("2026-10-25T08:00:00+00:00"), ms("2026-10-25T10:00:00+00:00"))

# What was drawn since the ruler was last cleared: the labels on the canvas, which the page has nowhere else.
LABELS = """(() => {
  window.labels = new Map()
  const { clearRect, fillText } = CanvasRenderingContext2D.prototype
  CanvasRenderingContext2D.prototype.clearRect = function (...given) {
    window.labels.set(this.canvas, [])
    return clearRect.apply(this, given)
  }
  CanvasRenderingContext2D.prototype.fillText = function (text, ...given) {
    window.labels.get(this.canvas)?.push(text)
    return fillText.call(this, text, ...given)
  }
})()"""


@pytest.fixture(scope="module")
def autumn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Gate recorded from the day before to the day after, and was away for two hours of the 25th."""
    data = tmp_path_factory.mktemp("autumn") / "data"
    plant(data, "gate", DAY_START - 24 * HOUR, DAY_END + 12 * HOUR, played_ms=CHANGE, away=AWAY)
    with product_with_clips(data) as product:
        product.client.post("/api/v1/system/setup/finish").raise_for_status()
        site = {"timezone": ZONE, "theme": "dark", "keep_days": None}
        product.client.put("/api/v1/system/preferences", json=site).raise_for_status()
        yield product


@pytest.fixture
def page(browser: Browser, autumn: Product) -> Iterator[Page]:
    with tab(browser, autumn, timezone_id="Asia/Tokyo") as opened:
        opened.add_init_script(LABELS)
        yield opened


def open_at(page: Page, at: int | str) -> None:
    page.goto(f"/playback?camera=gate&at={at if isinstance(at, str) else iso(at)}")
    expect(page.get_by_role("slider", name="Timeline")).to_be_visible()
    page.wait_for_function("() => window.labels.size > 0")


def labels(page: Page) -> list[str]:
    """Those in the ruler."""
    found: list[str] = page.evaluate(
        "() => [...window.labels].find(([canvas]) => canvas.isConnected && canvas.offsetHeight === 28)?.[1] ?? []"
    )
    return found


def wait_labels(page: Page, good: Callable[[list[str]], bool]) -> list[str]:
    for _ in range(100):
        found = labels(page)
        if good(found):
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"never so: {labels(page)}")


def clock(page: Page) -> str:
    return page.get_by_role("toolbar", name="Player").locator("time").inner_text()


def zoom(page: Page, key: str, times: int) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def test_the_hour_that_comes_twice_is_told_apart_by_label_clock_and_link(page: Page) -> None:
    open_at(page, CHANGE - HOUR // 2)
    page.keyboard.press("k")
    expect(page.get_by_role("toolbar", name="Player").locator("time")).to_have_text(re.compile(r"^02:30:0\d\.\d{3} A$"))
    found = wait_labels(page, lambda seen: "02:00 B" in seen)
    assert "02:00 A" in found
    assert found.index("02:00 A") < found.index("02:00 B")
    # What a colleague wrote with the offset of the place, as it comes out of a mail.
    open_at(page, "2026-10-25T02:30:00+01:00")
    page.keyboard.press("k")
    expect(page.get_by_role("toolbar", name="Player").locator("time")).to_have_text(re.compile(r"^02:30:0\d\.\d{3} B$"))


def test_it_plays_from_the_first_turn_into_the_second(page: Page) -> None:
    open_at(page, CHANGE - 4000)
    page.wait_for_function("() => /^02:59:5\\d.\\d+ A$/.test(document.querySelector('[role=toolbar] time').innerText)")
    page.wait_for_function("() => /^02:00:0\\d.\\d+ B$/.test(document.querySelector('[role=toolbar] time').innerText)")
    page.keyboard.press("k")
    shown = page.get_by_role("toolbar", name="Player").locator("time").get_attribute("datetime")
    assert shown is not None
    assert CHANGE <= ms(shown.replace("Z", "+00:00")) < CHANGE + 30_000


def choose_day(page: Page, name: str) -> None:
    page.get_by_role("group", name="Day").get_by_role("button").nth(1).click()
    page.get_by_role("dialog", name="Choose a day").get_by_role("button", name=name).click()


def test_the_calendar_knows_the_day_of_25_hours(page: Page) -> None:
    open_at(page, DAY_START - 3 * HOUR)
    # 23 of 25 hours; of 24 it would be 95 %.
    choose_day(page, "Sun 25 Oct, 92 % recorded")
    found = wait_labels(page, lambda seen: seen[:1] == ["Sun 25 Oct"] and "Mon 26 Oct" not in seen[:-1])
    assert found.count("Sun 25 Oct") == 1
    expect(page.get_by_role("group", name="Day").locator("time")).to_have_text("Sun 25 Oct 2026")
    page.wait_for_url(re.compile("at=2026-10-24T22%3A00%3A00"))
    # The day after it begins 25 hours later.
    page.get_by_role("button", name="Day after").click()
    page.wait_for_url(re.compile("at=2026-10-25T23%3A00%3A00"))


def test_zoomed_out_it_shows_days_and_a_click_opens_one(page: Page) -> None:
    open_at(page, CHANGE)
    page.keyboard.press("k")
    zoom(page, "ArrowDown", 14)
    wait_labels(page, lambda seen: bool(seen) and all(re.fullmatch(r"\w{3} \d{1,2} \w{3}", text) for text in seen))
    plot = page.get_by_role("slider", name="Timeline")
    box = plot.bounding_box()
    assert box is not None
    card = page.locator("[data-part=hover-card]")
    # Along the row until the day is found: its column is some pixels wide.
    for x in range(0, int(box["width"]), 4):
        page.mouse.move(box["x"] + x, box["y"] + 28 + 14)
        if card.is_visible() and "Sun 25 Oct" in card.inner_text():
            break
    expect(card).to_contain_text("92 % recorded")
    expect(card).to_contain_text("2 h missing, mostly: camera offline")
    expect(card).to_contain_text("A day of 25 hours")
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url(re.compile("at=2026-10-24T22%3A00%3A00"))
    wait_labels(page, lambda seen: "06:00" in seen)


def test_two_fingers_zoom_and_one_moves(browser: Browser, autumn: Product) -> None:
    size = {"width": 360, "height": 740}
    with tab(browser, autumn, viewport=size, has_touch=True, is_mobile=True) as page:
        page.add_init_script(LABELS)
        open_at(page, CHANGE)
        page.keyboard.press("k")
        box = page.get_by_role("slider", name="Timeline").bounding_box()
        assert box is not None
        middle, y = box["x"] + box["width"] / 2, box["y"] + 40
        fingers = page.context.new_cdp_session(page)

        def touch(kind: str, *xs: float) -> None:
            points = [{"x": x, "y": y, "id": number} for number, x in enumerate(xs)]
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        wait_labels(page, lambda seen: bool(seen) and seen[0].count(":") == 1)
        for _ in range(4):
            touch("touchStart", middle - 20, middle + 20)
            for away in range(20, 110, 10):
                touch("touchMove", middle - away, middle + away)
            touch("touchEnd")
        # From hours to seconds.
        closer = wait_labels(page, lambda seen: bool(seen) and seen[0].count(":") == 2)
        # Far from the playhead, which would be taken along.
        right = box["x"] + box["width"] - 12
        touch("touchStart", right)
        for x in range(0, 120, 10):
            touch("touchMove", right - x)
        touch("touchEnd")
        wait_labels(page, lambda seen: bool(seen) and seen != closer)
        assert_nothing_sticks_out(page)


def bookmark(page: Page, title: str, note: str = "") -> None:
    page.keyboard.press("b")
    dialog = page.get_by_role("dialog", name="New bookmark")
    dialog.get_by_label("Title").fill(title)
    dialog.get_by_label("Note").fill(note)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).not_to_be_visible()


def test_bookmarks_by_keys_on_the_timeline_and_in_the_list(page: Page) -> None:
    for at, title in ((CHANGE - HOUR // 2, "Van arrives"), (CHANGE + HOUR // 2, "Van leaves")):
        open_at(page, at)
        page.keyboard.press("k")
        expect(page.get_by_role("toolbar", name="Player").locator("time")).to_have_text(re.compile(r"^02:30"))
        bookmark(page, title, "White, no plate.")
        expect(page.get_by_text(f"Bookmark “{title}” saved.")).to_be_visible()
    told = page.locator("[data-part=mark-told]")
    page.keyboard.press("PageUp")
    expect(told).to_have_text(re.compile(r"^Bookmark: Van arrives, .*02:30:00 A$"))
    page.keyboard.press("PageDown")
    expect(told).to_have_text(re.compile(r"^Bookmark: Van leaves, .*02:30:00 B$"))
    page.keyboard.press("PageDown")
    expect(page.get_by_text("There is no mark between here and now.")).to_be_visible()
    # Under the pointer, at the playhead.
    line = page.locator("[data-part=playhead], [class*=playhead]").first.bounding_box()
    assert line is not None
    page.mouse.move(line["x"] + 1, line["y"] + 28 + 14)
    expect(page.locator("[data-part=hover-card]")).to_contain_text("Bookmark: Van leaves")
    page.keyboard.press("Shift+B")
    drawer = page.get_by_role("dialog", name="Bookmarks")
    expect(drawer.get_by_role("listitem")).to_have_count(2)
    drawer.get_by_role("button", name=re.compile("^Van arrives")).click()
    page.wait_for_url(re.compile("at=2026-10-25T00%3A30"))
    drawer.get_by_role("button", name="Edit Van arrives").click()
    dialog = page.get_by_role("dialog", name="Edit the bookmark")
    dialog.get_by_label("Title").fill("Van comes")
    dialog.get_by_role("button", name="Save").click()
    expect(drawer.get_by_role("button", name=re.compile("^Van comes"))).to_be_visible()
    for title in ("Van comes", "Van leaves"):
        drawer.get_by_role("button", name=f"Delete {title}").click()
        asked = page.get_by_role("dialog", name=f"Delete “{title}”?")
        expect(asked).to_contain_text("The footage stays as it is")
        asked.get_by_role("button", name="Delete bookmark").click()
        expect(drawer.get_by_role("button", name=f"Delete {title}")).not_to_be_visible()
    expect(drawer).to_contain_text("No bookmark yet")


@needs_axe
def test_axe_finds_nothing_in_the_list_and_the_dialog(page: Page) -> None:
    open_at(page, CHANGE - HOUR // 2)
    page.keyboard.press("k")
    bookmark(page, "Van", "White.")
    page.keyboard.press("Shift+B")
    expect(page.get_by_role("dialog", name="Bookmarks").get_by_role("listitem")).to_have_count(1)
    assert_nothing_found(page)
    page.get_by_role("button", name="Edit Van").click()
    expect(page.get_by_role("dialog", name="Edit the bookmark")).to_be_visible()
    assert_nothing_found(page)
