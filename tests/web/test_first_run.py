"""The first run as a new user has it: a place for footage, a first camera with its test picture, then its live
picture."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.product import Product
from tests.support.site import PASSWORD, USER, Cameras, product_with_clips, tab
from tests.support.watching import wait_shown, watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product_with_clips(tmp_path_factory.mktemp("fresh") / "data") as product:
        yield product


@pytest.fixture
def fresh_page(browser: Browser, fresh: Product) -> Iterator[Page]:
    with tab(browser, fresh) as opened:
        yield opened


def test_every_page_leads_to_the_first_run(fresh_page: Page) -> None:
    fresh_page.goto("/storage")
    expect(fresh_page.get_by_role("heading", name="Welcome to Vedette")).to_be_visible()
    assert fresh_page.url.endswith("/welcome")


def test_a_place_that_can_not_be_written_is_refused(fresh_page: Page) -> None:
    fresh_page.goto("/welcome")
    fresh_page.get_by_role("radio", name="On another disk").check()
    fresh_page.get_by_label("Directory on this server").fill("/proc/footage")
    expect(fresh_page.get_by_text("may not write")).to_be_visible()
    expect(fresh_page.get_by_role("button", name="Continue")).to_be_disabled()


def test_from_nothing_to_a_live_picture(fresh: Product, fresh_page: Page, cameras: Cameras, tmp_path: Path) -> None:
    page = fresh_page
    page.goto("/")
    page.get_by_role("radio", name="On another disk").check()
    page.get_by_label("Directory on this server").fill(str(tmp_path / "archive"))
    expect(page.get_by_text("The directory will be made.")).to_be_visible()
    page.get_by_label("Name of this volume").fill("Archive")
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_text("Step 2 of 2")).to_be_visible()
    page.get_by_role("textbox", name="Address").fill(f"rtsp://{USER}:wrong@127.0.0.1:{cameras.port}/cam-1/small")
    page.get_by_role("textbox", name="Name").fill("Gate")
    page.get_by_role("button", name="Test the camera").click()
    expect(page.get_by_role("complementary", name="Test")).to_contain_text("password")

    # The login was taken out.
    expect(page.get_by_role("textbox", name="Address")).to_have_value(cameras.url("cam-1/small"))
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Test again").click()
    picture = page.get_by_role("img", name="What the camera sees")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.naturalWidth") >= 320
    expect(page.get_by_role("complementary", name="Test")).to_contain_text("640 × 360")

    page.get_by_role("button", name="Add and watch").click()
    tile = page.get_by_role("article", name="Gate")
    expect(tile).to_be_visible()
    assert page.url.endswith("/live")
    watch(tile.locator("video"))
    wait_shown(page, 10)
    camera = fresh.wait_recording(1)[0]
    volume = next(one for one in fresh.get("/storage/stats")["volumes"] if one["name"] == "Archive")
    assert camera["volume_id"] == volume["id"]
    assert list((tmp_path / "archive").glob("gate/*/*.mp4"))

    page.goto("/welcome")  # it is over
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
