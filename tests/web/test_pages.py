"""What holds for every page: no finding of axe in either theme, no sideways scrolling on a phone, a heading and a
title, and everything by keyboard."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.product import Product
from tests.support.site import product_with_clips, tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm ci in web/)")


def overview(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Gaps of the last 24 h")).to_be_visible()


def attention(page: Page) -> None:
    overview(page)
    page.get_by_role("button", name="Attention").click()
    expect(page.get_by_role("dialog", name="Needs attention")).to_be_visible()


def keys(page: Page) -> None:
    overview(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()


def palette(page: Page) -> None:
    overview(page)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("gate yesterday 14:05")
    expect(page.get_by_role("option")).not_to_have_count(0)


def live(page: Page) -> None:
    page.goto("/live")
    page.wait_for_function("() => [...document.querySelectorAll('video')].some((video) => video.currentTime > 0)")
    page.get_by_role("article", name="Gate").hover()


def live_alone(page: Page) -> None:
    page.goto("/live?focus=gate")
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 0")


def playback(page: Page) -> None:
    at = datetime.now(UTC) - timedelta(seconds=3)
    page.goto(f"/playback?camera=gate&at={at:%Y-%m-%dT%H:%M:%S}Z")
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 0")


def calendar(page: Page) -> None:
    playback(page)
    page.get_by_role("group", name="Day").get_by_role("button").nth(1).click()
    expect(page.get_by_role("dialog", name="Choose a day")).to_be_visible()


def in_a_gap(page: Page) -> None:
    page.goto("/playback?camera=gate&at=2020-01-01T00:00:00Z")
    expect(page.get_by_text("Nothing recorded")).to_be_visible()


def cameras(page: Page) -> None:
    page.goto("/cameras")
    expect(page.get_by_role("link", name="Gate", exact=True)).to_be_visible()


def menu(page: Page) -> None:
    cameras(page)
    page.get_by_role("button", name="Actions for Gate").click()
    expect(page.get_by_role("menu")).to_be_visible()


def deleting(page: Page) -> None:
    menu(page)
    page.get_by_role("menuitem", name="Delete…").click()
    expect(page.get_by_role("dialog", name="Delete Gate?")).to_be_visible()


def camera(page: Page) -> None:
    page.goto("/cameras/gate")
    expect(page.get_by_role("heading", name="Health")).to_be_visible()


def adding(page: Page) -> None:
    page.goto("/cameras/new")
    page.get_by_role("button", name="More settings").click()
    page.get_by_text("By plan").click()
    page.get_by_role("button", name="Add camera").click()  # with its complaints


def editing(page: Page) -> None:
    page.goto("/cameras/yard/edit")
    expect(page.get_by_role("textbox", name="Notes")).to_be_visible()


def storage(page: Page) -> None:
    page.goto("/storage")
    expect(page.get_by_role("heading", name="Volumes")).to_be_visible()
    expect(page.get_by_role("button", name="Edit")).to_be_visible()


def volume(page: Page) -> None:
    storage(page)
    page.get_by_role("button", name="Add volume").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def system(page: Page) -> None:
    page.goto("/system")
    expect(page.get_by_text("native-0")).to_be_visible()


def watching(page: Page) -> None:
    page.context.new_page().goto("/live?focus=gate")
    page.goto("/admin/watching")
    expect(page.get_by_role("button", name="End keeper, Gate").first).to_be_visible()


def watched(page: Page) -> None:
    page.goto("/admin/watching/history")
    expect(page.get_by_role("heading", name="Viewers over time")).to_be_visible()
    page.get_by_role("combobox", name="Period").click()
    page.get_by_role("option", name="From and to…").click()
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_visible()


def nothing(page: Page) -> None:
    page.goto("/nonsense")
    expect(page.get_by_text("There is no such page")).to_be_visible()


PLAIN = [
    overview,
    live,
    live_alone,
    playback,
    in_a_gap,
    cameras,
    camera,
    adding,
    editing,
    storage,
    system,
    watching,
    watched,
    nothing,
]
OPENED = [attention, keys, palette, calendar, menu, deleting, volume]


def look(page: Page, theme: str) -> None:
    """Changes the theme of the open page, and waits until nothing moves."""
    page.evaluate("(theme) => document.documentElement.setAttribute('data-mantine-color-scheme', theme)", theme)
    page.evaluate(
        """async () => {
          const moving = () => document.getAnimations()
            .filter((one) => one.playState !== 'finished' && one.effect.getComputedTiming().endTime < 5000)
          let still = 0  // a tooltip comes a moment after the pointer: nothing moved twice in a row
          while (still < 2) {
            const now = moving()
            still = now.length === 0 ? still + 1 : 0
            await Promise.allSettled(now.map((one) => one.finished))
            await new Promise((done) => setTimeout(done, 150))
          }
        }"""
    )


def assert_nothing_found(page: Page) -> None:
    page.evaluate(AXE.read_text())
    for theme in ("dark", "light"):
        look(page, theme)
        found: list[dict[str, Any]] = page.evaluate(
            "() => axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations)"
        )
        said = [
            f"{theme}: {one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary']}"
            for one in found
            for node in one["nodes"]
            # A tooltip that is still there stands beside the page, and belongs to what it is about.
            if not (one["id"] == "region" and "data-portal" in node["html"])
        ]
        assert said == [], "\n".join(said)


def assert_nothing_sticks_out(page: Page) -> None:
    wide: int = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= 360
    # Also nothing that is cut off: text and buttons lie within the screen, but for what scrolls by itself.
    out: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main :is(h1, h2, button, a, input, p, td, dd)')].filter((element) => {
          const box = element.getBoundingClientRect()
          if (box.width === 0 || box.height === 0) return false
          for (let at = element; at; at = at.parentElement) {
            const style = getComputedStyle(at)
            if (/auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth) return false
            if (style.clip === 'rect(0px, 0px, 0px, 0px)' || style.clipPath !== 'none') return false
          }
          return box.left < -1 || box.right > 361
        }).map((element) => element.outerHTML.slice(0, 160))"""
    )
    assert out == []


@needs_axe
@pytest.mark.parametrize("opened", [*PLAIN, *OPENED], ids=lambda one: one.__name__)
def test_axe_finds_nothing(page: Page, opened: Callable[[Page], None]) -> None:
    opened(page)
    assert page.title().endswith("Vedette")
    assert_nothing_found(page)


@pytest.mark.parametrize("opened", PLAIN, ids=lambda one: one.__name__)
def test_a_phone_shows_all_without_scrolling_sideways(
    browser: Browser, site: Product, opened: Callable[[Page], None]
) -> None:
    with tab(browser, site, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as page:
        opened(page)
        assert_nothing_sticks_out(page)


def told_more(page: Page, path: str, change: Callable[[Any], None]) -> None:
    """The answers of `path` are changed on their way."""

    def answer(route: Route) -> None:
        response = route.fetch()
        told = response.json()
        change(told)
        route.fulfill(response=response, json=told)

    page.route(re.compile(rf"/api/v1{path}$"), answer)


def test_processes_that_died_stay_readable_on_a_phone(browser: Browser, site: Product) -> None:
    def die(system: Any) -> None:
        for process in system["processes"]:
            process |= {"running": False, "since": "2026-01-15T13:05:12Z", "restarts": 12}
            process["last_exit"] = "killed by signal 9 (SIGKILL)"

    with tab(browser, site, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as page:
        told_more(page, "/system", die)
        page.goto("/system")
        expect(page.get_by_text("12 restarts, last: killed by signal 9 (SIGKILL)").first).to_be_visible()
        assert_nothing_sticks_out(page)
        page.unroute_all(behavior="ignoreErrors")  # pages ask again, also while they are closed


def test_how_far_footage_reaches_back_stays_on_one_line_on_a_phone(browser: Browser, site: Product) -> None:
    def age(storage: Any) -> None:
        oldest = datetime.now(UTC) - timedelta(minutes=18, seconds=26)
        for camera in storage["cameras"]:
            camera |= {"oldest": oldest.isoformat(), "bytes": 888_800_000_000}

    with tab(browser, site, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as page:
        told_more(page, "/storage/stats", age)
        page.goto("/storage")
        back = page.get_by_text(re.compile(r"^1[89] min( \d+ s)?$")).first
        expect(back).to_be_visible()
        assert back.evaluate("(element) => element.getClientRects().length") == 1
        assert_nothing_sticks_out(page)
        page.unroute_all(behavior="ignoreErrors")  # pages ask again, also while they are closed


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product_with_clips(tmp_path_factory.mktemp("unconfigured") / "data") as product:
        yield product


@needs_axe
def test_the_first_run_and_empty_pages(browser: Browser, fresh: Product) -> None:
    with tab(browser, fresh) as page:
        page.goto("/welcome")
        expect(page.get_by_role("radio", name="In Vedette")).to_be_visible()
        assert_nothing_found(page)
        page.set_viewport_size({"width": 360, "height": 740})
        assert_nothing_sticks_out(page)
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", name="What shall be recorded?")).to_be_visible()
        assert_nothing_sticks_out(page)
        page.set_viewport_size({"width": 1440, "height": 900})
        assert_nothing_found(page)
        page.get_by_role("radio", name="Simulated cameras").check()
        assert_nothing_found(page)
        page.get_by_role("button", name="Later").click()
        for path, text in (("/", "No camera yet"), ("/live", "camera"), ("/playback", "Nothing to play back yet")):
            page.goto(path)
            expect(page.get_by_role("main").get_by_role("heading", name=text).last).to_be_visible()
            assert_nothing_found(page)
