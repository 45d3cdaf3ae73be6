"""Smart find as a person uses it, in Chromium: draw, search, go to what was found."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.playback.find.test_find import hour_of_nothing
from tests.support.footage import HOUR, T0
from tests.support.recorder_twin import until
from tests.support.scene import Picture, box, nothing, scene_clip
from tests.support.world import World
from vedette.api.webui import WEBUI
from vedette.playback.find.service import FindService

pytestmark = [pytest.mark.anyio, pytest.mark.browser, pytest.mark.timeout(240)]

CHANGE_S, GONE_S = 1831.5, 1837.0


def something(picture: Picture, at_s: float) -> None:
    """Somebody walks at the left all the time; at the right something stands for a moment."""
    walk = 0.05 + 0.3 * abs(at_s / 20 % 2 - 1)
    box(picture, walk, 0.4, walk + 0.06, 0.85, level=30)
    if CHANGE_S <= at_s < GONE_S:
        box(picture, 0.62, 0.35, 0.7, 0.6)


def iso(at_ms: float) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
async def tab(world: World, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A page on the world's server, logged in, as wide as a test says."""
    if not (WEBUI / "index.html").exists():
        pytest.skip("the web UI is not built (make web)")
    (await world.http.post("/system/setup/finish")).raise_for_status()
    wide, tall = getattr(request, "param", (1440, 900))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        try:
            context = await browser.new_context(
                viewport={"width": wide, "height": tall}, timezone_id="UTC", base_url=f"http://{world.app.address}"
            )
            cookies = [
                {"name": name, "value": value, "url": f"http://{world.app.address}"}
                for name, value in world.app.cookies.items()
            ]
            await context.add_cookies(cookies)  # type: ignore[arg-type] # dictionaries that are right
            context.set_default_timeout(30_000)
            expect.set_options(timeout=30_000)
            yield await context.new_page()
        finally:
            await browser.close()


async def open_panel(page: Page, at_ms: int) -> None:
    await page.goto(f"/playback?camera=gate&at={iso(at_ms)}")
    await page.wait_for_function("() => document.querySelector('video')?.videoWidth > 0")
    await page.keyboard.press("k")
    await page.keyboard.press("c")
    await expect(page.get_by_role("region", name="Find changes")).to_be_visible()


async def draw(page: Page, left: float, top: float, right: float, bottom: float) -> None:
    """By hand, in fractions of the picture."""
    picture = page.locator("[data-part=find-picture]")
    await page.wait_for_function("() => document.querySelector('[data-part=find-picture]').clientWidth > 100")
    shown = await picture.bounding_box()
    assert shown is not None
    x, y, width, height = shown["x"], shown["y"], shown["width"], shown["height"]
    await page.mouse.move(x + left * width, y + top * height)
    await page.mouse.down()
    await page.mouse.move(x + right * width, y + bottom * height, steps=5)
    await page.mouse.up()


async def test_the_change_planted_in_an_hour_is_found_and_shown(world: World, tab: Page) -> None:
    hour = scene_clip(3600, something, fps=2, dusk=0.7, width=256, height=144)
    await world.library.record(world.stream_id, T0 - HOUR, hour, file_s=900)
    await open_panel(tab, T0 - HOUR + 600_000)
    await draw(tab, 0.5, 0.2, 0.9, 0.8)
    await expect(tab.get_by_role("button", name="Area 1: 50 % from the left, 20 % from the top")).to_be_visible()
    await tab.get_by_role("button", name="Search").click()
    told = tab.locator("[data-part=find-told]")
    await expect(told).to_contain_text("1 change from")
    await expect(told).to_contain_text("Searched 1 800 key frames")
    (hit,) = await tab.get_by_role("list", name="Changes").get_by_role("button").all()
    started = await hit.locator("time").get_attribute("datetime")
    assert started == iso(T0 - HOUR + CHANGE_S * 1000)
    await expect(hit).to_contain_text("for 5 s")
    assert await hit.locator("img").evaluate("(image) => image.naturalWidth") == 240
    await hit.click()
    await tab.wait_for_function(
        "(at) => new URL(location.href).searchParams.get('at') === at", arg=iso(T0 - HOUR + CHANGE_S * 1000)
    )
    await expect(hit).to_have_attribute("aria-current", "true")
    # By keys: there is none after it, and from before it the key leads back to it.
    await tab.keyboard.press("ArrowLeft")
    await tab.wait_for_timeout(1600)
    await tab.keyboard.press("h")
    await expect(hit).to_have_attribute("aria-current", "true")


async def test_an_area_is_made_moved_and_removed_by_keys(world: World, tab: Page) -> None:
    await world.library.record(world.stream_id, T0, scene_clip(60, nothing), file_s=60)
    await open_panel(tab, T0 + 5_000)
    await tab.get_by_role("button", name="Add an area").press("Enter")
    area = tab.get_by_role("button", name="Area 1:")
    await expect(area).to_have_accessible_name("Area 1: 35 % from the left, 35 % from the top, 30 % wide, 30 % high")
    await area.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowDown"):
        await tab.keyboard.press(key)
    await expect(area).to_have_accessible_name("Area 1: 37 % from the left, 34 % from the top, 30 % wide, 31 % high")
    before = tab.url
    await tab.get_by_role("button", name="Search").press("Enter")
    await expect(tab.locator("[data-part=find-told]")).to_contain_text("Nothing changed here from")
    assert tab.url == before, "the arrow keys were the area's"
    await area.press("Delete")
    await expect(area).to_have_count(0)
    await expect(tab.get_by_text("The whole picture")).to_be_visible()


async def test_a_search_is_cancelled_and_the_server_stops(world: World, tab: Page) -> None:
    for number in range(6):
        await world.library.record(world.stream_id, T0 - (6 - number) * HOUR, hour_of_nothing(), file_s=900)
    await open_panel(tab, T0 - HOUR)
    service: FindService = world.app.app.state.find
    await tab.get_by_role("button", name="Search").click()
    await expect(tab.get_by_role("progressbar", name="Searched")).to_be_visible()
    await tab.get_by_role("button", name="Cancel").click()
    await expect(tab.locator("[data-part=find-told]")).to_contain_text("Cancelled at")
    await until(lambda: not service._running, "the search has ended")
    # So does the page that goes.
    await tab.get_by_role("button", name="Search").click()
    await until(lambda: bool(service._running), "another one runs")
    await tab.goto("/cameras")
    await until(lambda: not service._running, "it has ended, too")


async def test_what_is_wrong_is_said_at_the_field(world: World, tab: Page) -> None:
    await world.library.record(world.stream_id, T0, scene_clip(60, nothing), file_s=60)
    await open_panel(tab, T0 + 5_000)
    await tab.get_by_role("combobox", name="When").click()
    await tab.get_by_role("option", name="Other…").click()
    await tab.get_by_label(re.compile("^To")).fill("2023-11-13T00:00:00")
    await tab.get_by_role("button", name="Search").click()
    await expect(tab.get_by_text("The end must be after the beginning.")).to_be_visible()


@pytest.mark.parametrize("tab", [(360, 740)], indirect=True)
async def test_on_a_phone_the_picture_stays_in_sight(world: World, tab: Page) -> None:
    await world.library.record(world.stream_id, T0, scene_clip(60, nothing), file_s=60)
    await open_panel(tab, T0 + 5_000)
    picture = await tab.locator("[data-part=find-picture]").bounding_box()
    panel = await tab.get_by_role("region", name="Find changes").bounding_box()
    assert picture is not None
    assert panel is not None
    assert picture["height"] > 100
    assert panel["y"] >= picture["y"] + picture["height"] - 1
    assert panel["x"] + panel["width"] <= 360
