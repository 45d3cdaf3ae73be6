"""Cameras in Chromium: the table, adding with a test, editing, what is seen when a camera fails, deleting."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.support.product import Product
from tests.support.site import USER, Cameras

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PATIENT = 60_000


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Cameras]:
    """Another maker's cameras, which can be switched off without harm to the others."""
    simulated = Cameras(password=None)
    simulated.switch_on()
    yield simulated
    simulated.switch_off()


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


def test_the_overview_says_that_all_is_well(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text(re.compile(r"^2 of 2$"))).to_be_visible()
    expect(page.get_by_text("Everything is as it should be.")).to_be_visible()
    for name in ("Gate", "Yard"):
        expect(page.get_by_role("main").get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Recording", exact=True)).not_to_have_count(0)


def test_the_table_tells_state_and_figures(page: Page) -> None:
    page.goto("/cameras")
    expect(page.get_by_text("2 of 2 cameras recording")).to_be_visible()
    expect(row(page, "Gate")).to_contain_text("Recording")
    expect(row(page, "Gate")).to_contain_text(re.compile(r"2\d(\.\d)? fps"))
    still = row(page, "Gate").locator("img")
    expect(still).to_have_js_property("complete", True)
    assert still.evaluate("(image) => image.naturalWidth") > 0


def test_bad_input_is_explained_beside_its_field(page: Page) -> None:
    page.goto("/cameras/new")
    page.get_by_role("button", name="Add camera").click()
    address = page.get_by_role("textbox", name="Address", exact=True)
    expect(address).to_have_attribute("aria-invalid", "true")
    address.fill("rtsp://127.0.0.1:1/nothing")
    page.get_by_role("textbox", name="Name").fill("Gate")
    # The name is taken: that is said before anything is tried.
    name = page.get_by_role("textbox", name="Name")
    page.get_by_role("button", name="Test the camera").click()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("complementary", name="Test")).to_contain_text("Another camera is called Gate.")
    name.fill("Another")
    page.get_by_role("button", name="Test").click()
    expect(page.get_by_role("complementary", name="Test")).to_contain_text("refused")
    name.fill("gate")
    page.get_by_role("button", name="Add camera").click()
    expect(name).to_have_attribute("aria-invalid", "true")
    assert page.url.endswith("/cameras/new")


def test_a_changed_address_is_tried_with_the_stored_login_on_the_same_host_only(page: Page, cameras: Cameras) -> None:
    page.goto("/cameras/gate/edit")
    address = page.get_by_role("textbox", name="Address", exact=True)
    test = page.get_by_role("complementary", name="Test")
    address.fill(cameras.url("cam-2/small"))
    page.get_by_role("button", name="Test the camera").click()
    expect(page.get_by_role("img", name="What the camera sees")).to_be_visible()
    address.fill(cameras.url("cam-2/small").replace("127.0.0.1", "127.0.0.2"))
    test.get_by_role("button").click()
    expect(test).to_contain_text("Enter the user and password again")


def test_what_always_records_and_cant_has_nothing_to_start(page: Page, site: Product, cameras: Cameras) -> None:
    wrong = {"name": "Cellar", "url": cameras.url("cam-1/small"), "username": USER, "password": "not this one"}
    site.post("/cameras", wrong)
    try:
        page.goto("/cameras/cellar")
        # Once on the page, as sentences.
        expect(page.get_by_role("alert")).to_contain_text("Wrong password", timeout=PATIENT)
        expect(page.get_by_role("article", name="Cellar")).to_contain_text("No picture")
        expect(page.get_by_role("main").get_by_text("Wrong password")).to_have_count(1)
        expect(page.get_by_role("main")).not_to_contain_text(re.compile(r"[.][.,]"))
        expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Start", exact=True)).to_have_count(0)
        page.goto("/cameras")
        page.get_by_role("button", name="Actions for Cellar").click()
        expect(page.get_by_role("menuitem", name="Stop recording")).to_be_visible()
        page.get_by_role("menuitem", name="Delete…").click()
        expect(page.get_by_role("dialog", name="Delete Cellar?")).to_contain_text("This cannot be undone.")
        expect(page.get_by_role("dialog", name="Delete Cellar?")).not_to_contain_text("hold")
    finally:
        site.client.delete("/api/v1/cameras/cellar").raise_for_status()


def test_saving_other_settings_keeps_the_mark_of_a_lost_login(page: Page) -> None:
    def lose(route: Route) -> None:
        if route.request.method == "PATCH":
            saved.append(route.request.post_data_json)
            route.fulfill(status=409, json={"title": "Kept", "status": 409, "code": "test", "detail": "Not now."})
            return
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "has_credentials": False, "login_lost": True})

    saved: list[Any] = []
    page.route(re.compile(r"/api/v1/cameras/[0-9a-f-]{36}$"), lose)
    page.goto("/cameras/gate/edit")
    expect(page.get_by_role("note").filter(has_text="Enter the login again")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not now.")).to_be_visible()
    page.get_by_role("checkbox", name="This camera needs no login").check()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.get_by_role("button", name="Save").click()
    unchanged, cleared = saved
    assert not {"username", "password"} & unchanged.keys()
    assert (cleared["username"], cleared["password"]) == (None, None)


def test_a_camera_from_adding_to_deleting(page: Page, site: Product, elsewhere: Cameras) -> None:
    page.goto("/cameras")
    page.get_by_role("link", name="Add camera").click()
    page.get_by_role("textbox", name="Address", exact=True).fill(elsewhere.url("cam-3/small"))
    page.get_by_role("textbox", name="Name").fill("Shed")
    page.get_by_role("button", name="Test the camera").click()
    expect(page.get_by_role("img", name="What the camera sees")).to_be_visible()
    page.get_by_role("button", name="Add camera").click()
    expect(page.get_by_role("heading", name="Shed", exact=True)).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Recording", exact=True).first).to_be_visible(timeout=PATIENT)

    # By hand: stop, and back to the settings.
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Stopped by hand, until someone changes it.")).to_be_visible()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    page.get_by_role("button", name="Follow the settings again").click()
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible(timeout=PATIENT)

    page.get_by_role("link", name="Edit").click()
    page.get_by_role("textbox", name="Name").fill("Old shed")
    page.get_by_role("textbox", name="Length of a file").fill("5")
    page.get_by_role("checkbox", name="Keep for at most").check()
    page.get_by_role("textbox", name="Keep for at most, days").fill("12")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Old shed", exact=True)).to_be_visible()
    camera = next(one for one in site.cameras() if one["name"] == "Old shed")
    assert (camera["segment_minutes"], camera["keep_days"]) == (5, 12)
    site.wait_recording(3)

    # Nobody reloads: the page hears of it.
    page.goto("/cameras")
    expect(row(page, "Old shed")).to_contain_text("Recording")
    page.evaluate("window.not_reloaded = true")
    elsewhere.switch_off()
    expect(row(page, "Old shed")).to_contain_text("No connection", timeout=PATIENT)
    expect(row(page, "Old shed")).to_contain_text("Check that the camera has power")
    expect(page.get_by_text("2 of 3 cameras recording")).to_be_visible()
    page.get_by_role("button", name="Attention: 1").click()
    expect(page.get_by_role("dialog", name="Needs attention")).to_contain_text("Old shed")
    page.keyboard.press("Escape")

    # Its gap goes on until it is back, and not a moment longer.
    page.get_by_role("link", name="Overview").click()
    gap = page.get_by_role("link", name=re.compile(r"^Old shed.*Camera offline"))
    expect(gap).to_contain_text("still, ", timeout=PATIENT)
    elsewhere.switch_on()
    expect(gap).not_to_contain_text("still, ", timeout=PATIENT)
    page.get_by_role("link", name="Cameras").click()
    expect(row(page, "Old shed")).to_contain_text("Recording", timeout=PATIENT)
    assert page.evaluate("window.not_reloaded")

    page.get_by_role("button", name="Actions for Old shed").click()
    page.get_by_role("menuitem", name="Delete…").click()
    asked = page.get_by_role("dialog", name="Delete Old shed?")
    asked.get_by_role("button", name="Cancel").click()
    expect(asked).to_be_hidden()
    assert len(site.cameras()) == 3
    page.get_by_role("button", name="Actions for Old shed").click()
    page.get_by_role("menuitem", name="Delete…").click()
    asked.get_by_role("radio", name="Delete").check()
    asked.get_by_role("button", name="Delete camera and footage").click()
    expect(page.get_by_text("Old shed and its footage were deleted.")).to_be_visible()
    expect(row(page, "Old shed")).to_have_count(0)
    assert len(site.cameras()) == 2
    assert site.client.get(f"/api/v1/cameras/{camera['id']}").status_code == 404


def test_two_people_editing_are_told(page: Page, site: Product) -> None:
    page.goto("/cameras/yard/edit")
    notes = page.get_by_role("textbox", name="Notes")
    expect(notes).to_be_visible()
    yard = next(one for one in site.cameras() if one["name"] == "Yard")
    site.client.patch(f"/api/v1/cameras/{yard['id']}", json={"notes": "by the other one"}).raise_for_status()
    notes.fill("by this one")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert site.get(f"/cameras/{yard['id']}")["notes"] == "by the other one"


def test_a_camera_that_does_not_exist(page: Page) -> None:
    page.goto("/cameras/nowhere")
    expect(page.get_by_text("There is no such camera")).to_be_visible()
