"""The whole UI without a pointer: every page, a camera found and changed, played and deleted, by keys alone."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.product import Product
from tests.support.site import Cameras
from tests.support.watching import wait_shown, watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PAGES = {"l": "Live", "p": "Playback", "c": "Cameras", "s": "Storage", "y": "System", "o": "Overview"}


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, role: str, name: str) -> None:
    """Goes on by Tab until this has the focus; every stop on the way shows that it has it."""
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    expect(wanted).to_be_attached()
    for _ in range(80):
        press(page, "Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches the {role} {name}")


def test_the_first_stop_skips_to_the_page(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    press(page, "Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_two_keys_for_each_page_and_the_list_of_them(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    for key, heading in PAGES.items():
        press(page, "g", key)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    press(page, "?")
    help_ = page.get_by_role("dialog", name="Keyboard")
    expect(help_).to_contain_text("Next recording after a gap")
    press(page, "Escape")
    expect(help_).to_be_hidden()


def test_the_palette_finds_a_camera_and_an_instant(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    press(page, "Control+k")
    find = page.get_by_role("combobox")
    expect(find).to_be_focused()
    find.press_sequentially("yard")
    expect(page.get_by_role("option").first).to_contain_text("Yard")
    press(page, "Enter")
    page.wait_for_url("**/*yard*")
    press(page, "Control+k")
    find.press_sequentially("gate yesterday 14:05")
    expect(page.get_by_role("option").first).to_contain_text("Gate")
    press(page, "Enter")
    page.wait_for_url("**/playback?camera=gate&at=*")


def test_what_is_typed_before_the_palette_is_there_is_not_for_the_page(page: Page) -> None:
    page.goto("/playback?camera=gate")
    bar = page.get_by_role("toolbar", name="Player")
    expect(bar.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    waiting: list[Route] = []
    held = True
    # The browser may ask for it twice, to have it early and to run it.
    page.route("**/Palette-*.js", lambda route: waiting.append(route) if held else route.continue_())
    with page.expect_request("**/Palette-*.js"):
        page.keyboard.press("Control+k")
    page.keyboard.type("yok")
    press(page, "Backspace", "Backspace")
    page.keyboard.type("ard")
    assert waiting
    held = False
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("combobox", name="Camera, page or instant")).to_have_value("yard")
    expect(page.get_by_role("toolbar", name="Marked span")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(bar.get_by_role("button", name="Pause", exact=True)).to_be_visible()


def test_live_by_keys(page: Page) -> None:
    page.goto("/live")
    expect(page.get_by_role("article")).to_have_count(2)
    press(page, "1")
    expect(page.get_by_role("heading", name="Gate")).to_be_visible()
    watch(page.get_by_role("article", name="Gate").locator("video"))
    wait_shown(page, 5)
    with page.expect_download() as snapshot:
        press(page, "s")
    assert snapshot.value.suggested_filename.startswith("gate")
    press(page, "m")
    expect(page.get_by_role("article", name="Gate").locator("video")).to_have_js_property("muted", False)
    press(page, "Escape")
    expect(page.get_by_role("article")).to_have_count(2)


def test_a_camera_is_added_changed_and_deleted(page: Page, site: Product, cameras: Cameras) -> None:
    page.goto("/cameras")
    tab_to(page, "link", "Add camera")
    press(page, "Enter")
    tab_to(page, "textbox", "Address")
    page.keyboard.type(f"rtsp://viewer:let-me-look@127.0.0.1:{cameras.port}/cam-4/small")
    tab_to(page, "textbox", "Name")  # the login went into its own fields
    page.keyboard.type("Roof")
    tab_to(page, "button", "Test the camera")
    press(page, "Enter")
    expect(page.get_by_role("img", name="What the camera sees")).to_be_visible()
    tab_to(page, "button", "Add camera")
    press(page, "Space")
    expect(page.get_by_role("heading", name="Roof", exact=True)).to_be_visible()

    tab_to(page, "link", "Edit")
    press(page, "Enter")
    tab_to(page, "radio", "Always")
    press(page, "ArrowRight", "ArrowRight")
    expect(page.get_by_role("radio", name="By hand")).to_be_checked()
    tab_to(page, "button", "Save")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Roof", exact=True)).to_be_visible()
    assert next(one["recording_mode"] for one in site.cameras() if one["name"] == "Roof") == "manual"

    press(page, "g", "c")
    tab_to(page, "button", "Actions for Roof")
    press(page, "Enter")
    expect(page.get_by_role("menuitem", name="Live")).to_be_focused()
    press(page, "ArrowUp")
    expect(page.get_by_role("menuitem", name="Delete…")).to_be_focused()
    press(page, "Enter")
    asked = page.get_by_role("dialog", name="Delete Roof?")
    expect(asked.get_by_role("button", name="Cancel")).to_be_focused()
    press(page, "Escape")
    expect(asked).to_be_hidden()
    expect(page.get_by_role("button", name="Actions for Roof")).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_role("menuitem", name="Live")).to_be_focused()
    press(page, "End", "Enter")
    expect(asked.get_by_role("button", name="Cancel")).to_be_focused()
    press(page, "Tab", "Enter")
    expect(page.get_by_text("Roof was deleted.")).to_be_visible()
    assert [one["name"] for one in site.cameras()] == ["Gate", "Yard"]
