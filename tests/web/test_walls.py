"""The Live page as a wall, in Chromium: arranged by pointer and by keyboard, saved, shared, paged, on a screen."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from playwright.sync_api import TimeoutError as NeverHappened

from tests.support.product import PASSWORD, Product
from tests.support.site import add_session, tab
from tests.web.test_pages import assert_nothing_found, needs_axe

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture(autouse=True)
def no_walls(site: Product) -> None:
    for wall in site.get("/walls")["items"]:
        site.client.delete(f"/api/v1/walls/{wall['id']}").raise_for_status()


def place(page: Page, number: int) -> Locator:
    """The handle of a place while arranging."""
    return page.get_by_role("button", name=re.compile(f"^Place {number}:"))


NAMES = """() => [...document.querySelectorAll('[data-slot]')]
  .map((slot) => slot.querySelector('article')?.getAttribute('aria-label') ?? '').join('|')"""


def shows(page: Page, *names: str) -> None:
    """What stands where on this page; empty places are ''."""
    try:
        page.wait_for_function(f"(names) => ({NAMES})() === names", arg="|".join(names))
    except NeverHappened:
        assert page.evaluate(NAMES) == "|".join(names)


def layout(page: Page, name: str) -> None:
    page.get_by_role("group", name="Layout").get_by_role("button", name=name, exact=True).click()


def menu(page: Page, item: str) -> None:
    page.get_by_role("button", name=re.compile("^Wall: ")).click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def save_as(page: Page, name: str) -> None:
    menu(page, "Save as…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name=f"Wall: {name}", exact=True)).to_be_visible()


def drag(page: Page, what: Locator, to: Locator) -> None:
    start, end = what.bounding_box(), to.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] * 0.7, steps=8)
    page.mouse.up()


def test_arranged_by_dragging_saved_and_there_after_a_reload(page: Page, site: Product) -> None:
    page.goto("/live")
    shows(page, "Gate", "Yard")
    layout(page, "2 × 2")
    shows(page, "Gate", "Yard", "", "")
    page.get_by_role("button", name="Arrange").click()
    drag(page, place(page, 1), place(page, 2))
    shows(page, "Yard", "Gate", "", "")
    drawer = page.get_by_role("region", name="Cameras")
    drag(page, drawer.get_by_role("button", name="Gate"), place(page, 4))
    shows(page, "Yard", "", "", "Gate")
    page.reload()
    shows(page, "Yard", "", "", "Gate")
    save_as(page, "Front desk")
    (wall,) = site.get("/walls")["items"]
    assert (wall["layout"], [tile["place"] for tile in wall["tiles"]]) == ("2x2", [0, 3])
    page.goto("/live")  # the wall that was open last
    expect(page.get_by_role("button", name="Wall: Front desk", exact=True)).to_be_visible()
    shows(page, "Yard", "", "", "Gate")
    layout(page, "One large and 5")
    expect(page.get_by_role("button", name="Wall: Front desk, not saved")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Wall: Front desk, not saved")).to_be_visible()
    menu(page, "Save")
    expect(page.get_by_role("button", name="Wall: Front desk", exact=True)).to_be_visible()
    assert site.get(f"/walls/{wall['id']}")["layout"] == "1+5"


def test_a_wall_that_was_saved_elsewhere_meanwhile(page: Page, site: Product) -> None:
    wall = site.post("/walls", {"name": "Night", "layout": "2x2", "source": "all"})
    path = f"/api/v1/walls/{wall['id']}"

    def saved() -> str:
        found: str = site.get(f"/walls/{wall['id']}")["layout"]
        return found

    def collide(here: str, there: str) -> Locator:
        """What is arranged here begins before it is saved there; then it is to be saved."""
        layout(page, here)
        expect(page.get_by_role("button", name="Wall: Night, not saved")).to_be_visible()
        site.client.patch(path, json={"layout": there, "sequence": True}).raise_for_status()
        menu(page, "Save")
        dialog = page.get_by_role("dialog", name="Night was changed meanwhile")
        expect(dialog).to_contain_text("keeper saved it")
        return dialog

    page.goto(f"/live?wall={wall['id']}")
    shows(page, "Gate", "Yard", "", "")
    # Renaming it here is no collision.
    layout(page, "3 × 3")
    menu(page, "Rename…")
    page.get_by_role("textbox", name="Name").fill("Night shift")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Wall: Night shift, not saved")).to_be_visible()
    menu(page, "Save")
    expect(page.get_by_text("Night shift was saved.")).to_be_visible()
    assert saved() == "3x3"
    site.client.patch(path, json={"name": "Night", "layout": "2x2"}).raise_for_status()
    page.reload()
    shows(page, "Gate", "Yard", "", "")

    dialog = collide("4 × 4", "6x6")
    expect(dialog).to_contain_text("6 × 6, all cameras, a page every 10 s")
    expect(dialog).to_contain_text("4 × 4, all cameras")
    dialog.get_by_role("button", name="Load theirs").click()
    expect(page.get_by_role("button", name="Wall: Night", exact=True)).to_be_visible()
    expect(page.locator("[data-slot]")).to_have_count(36)

    collide("4 × 4", "8x8").get_by_role("button", name="Save as a copy…").click()
    page.get_by_role("textbox", name="Name").fill("Day")
    page.get_by_role("dialog", name="Save the wall").get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Wall: Day", exact=True)).to_be_visible()
    assert saved() == "8x8"

    page.goto(f"/live?wall={wall['id']}")
    dialog = collide("4 × 4", "1+5")
    # Once more while the dialog is open: nothing is lost unseen.
    site.client.patch(path, json={"layout": "1+7"}).raise_for_status()
    dialog.get_by_role("button", name="Save mine over it").click()
    expect(dialog).to_contain_text("One large and 7")
    assert saved() == "1+7"
    dialog.get_by_role("button", name="Save mine over it").click()
    expect(page.get_by_text("Night was saved.")).to_be_visible()
    assert saved() == "4x4"


def test_arranged_by_keyboard_alone(page: Page) -> None:
    page.goto("/live")
    shows(page, "Gate", "Yard")
    layout(page, "2 × 2")
    page.keyboard.press("a")
    place(page, 1).focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("Gate is held. Move it with the arrow keys.")).to_be_attached()
    page.keyboard.press("ArrowDown")
    shows(page, "", "Yard", "Gate", "")
    expect(place(page, 3)).to_be_focused()
    page.keyboard.press("Escape")  # puts it back
    shows(page, "Gate", "Yard", "", "")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    place(page, 2).focus()
    page.keyboard.press("Delete")
    shows(page, "Gate", "", "", "")
    page.keyboard.press("ArrowDown")
    expect(place(page, 4)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Search cameras")).to_be_focused()
    page.keyboard.type("yar")
    page.keyboard.press("Enter")
    shows(page, "Gate", "", "", "Yard")
    expect(place(page, 4)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Cameras")).to_be_hidden()
    page.reload()
    shows(page, "Gate", "", "", "Yard")


def test_a_shared_wall_is_empty_where_its_viewer_may_not_look(page: Page, browser: Browser, site: Product) -> None:
    cameras = {camera["name"]: camera["id"] for camera in site.cameras()}
    with viewer_of(site, cameras["Gate"]) as name, tab(browser, site, log_in=False) as other:
        tiles = [{"place": 0, "camera_id": cameras["Yard"]}, {"place": 1, "camera_id": cameras["Gate"]}]
        wall = site.post("/walls", {"name": "Doors", "layout": "2x2", "source": "tiles", "tiles": tiles})
        page.goto(f"/live?wall={wall['id']}")
        menu(page, "Share…")
        page.get_by_role("checkbox", name="viewer").check()
        page.get_by_role("dialog").get_by_role("button", name="Share").click()
        expect(page.get_by_text("Doors is shared with viewer.")).to_be_visible()
        add_session(other.context, site, name)
        other.goto(f"/live?wall={wall['id']}")
        shows(other, "", "Gate", "", "")
        other.get_by_role("button", name="Wall: Doors").click()
        expect(other.get_by_text("One of its cameras is not open to you.")).to_be_visible()
        expect(other.get_by_role("menuitem", name="Save", exact=True)).to_be_hidden()
        other.get_by_role("menuitem", name="Copy to your walls…").click()
        other.get_by_role("dialog").get_by_role("button", name="Save").click()
        expect(other.get_by_text("Doors was saved.")).to_be_visible()
        assert "Yard" not in other.content()


@contextmanager
def viewer_of(site: Product, camera: str) -> Iterator[str]:
    roles = {role["name"]: role["id"] for role in site.get("/roles")["items"]}
    user = site.post("/users", {"username": "wall.viewer", "password": PASSWORD})
    site.post("/grants", {"user_id": user["id"], "role_id": roles["viewer"], "camera_id": camera})
    site.client.put(
        f"/api/v1/users/{user['id']}/password", json={"password": PASSWORD, "must_change_password": False}
    ).raise_for_status()
    try:
        yield "wall.viewer"
    finally:
        site.client.delete(f"/api/v1/users/{user['id']}").raise_for_status()


def test_a_sequence_turns_the_pages_and_a_screen_shows_nothing_else(page: Page, site: Product) -> None:
    cameras = {camera["name"]: camera["id"] for camera in site.cameras()}
    tiles = [{"place": 0, "camera_id": cameras["Gate"]}, {"place": 1, "camera_id": cameras["Yard"]}]
    more = {"source": "tiles", "tiles": tiles, "sequence": True, "sequence_seconds": 3}
    wall = site.post("/walls", {"name": "Screen", "layout": "1", **more})
    page.goto(f"/live?wall={wall['id']}&kiosk=1")
    for name in ("Gate", "Yard", "Gate"):
        expect(page.get_by_role("article", name=name)).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("banner")).to_have_count(0)
    expect(page.get_by_role("heading", name="Screen")).to_be_attached()
    site.client.patch(f"/api/v1/walls/{wall['id']}", json={"sequence": False}).raise_for_status()
    page.goto(f"/live?wall={wall['id']}")
    expect(page.get_by_role("button", name="Start the sequence (P)")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Stop the sequence (P)")).to_be_visible()
    expect(page.get_by_text("2 / 2")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Start the sequence (P)")).to_be_visible()
    page.keyboard.press("PageUp")
    expect(page.get_by_text("1 / 2")).to_be_visible()


def test_a_focused_tile_takes_the_main_stream(page: Page) -> None:
    page.goto("/live")
    shows(page, "Gate", "Yard")
    page.wait_for_timeout(1000)
    with page.expect_websocket(lambda socket: "stream=main" in socket.url):
        page.get_by_role("article", name="Yard").dblclick()
    expect(page.get_by_role("heading", name="Yard")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(1)
    page.keyboard.press("Escape")
    shows(page, "Gate", "Yard")


def test_a_zone_is_chosen(page: Page, site: Product) -> None:
    cameras = {camera["name"]: camera["id"] for camera in site.cameras()}
    zone = site.post("/zones", {"name": "Behind the house", "cameras": [cameras["Yard"]]})
    try:
        page.goto("/live")
        shows(page, "Gate", "Yard")
        page.get_by_role("button", name="Zone: All zones").click()
        page.get_by_role("menuitem", name="Behind the house").click()
        shows(page, "Yard")
        save_as(page, "Behind")
        assert site.get("/walls")["items"][0]["zone"] == "Behind the house"
    finally:
        site.client.delete(f"/api/v1/zones/{zone['id']}").raise_for_status()
    page.reload()
    expect(page.get_by_role("heading", name="This zone shows you no camera")).to_be_visible()
    menu(page, "Delete…")
    page.get_by_role("dialog").get_by_role("button", name="Delete wall").click()
    shows(page, "Gate", "Yard")
    assert site.get("/walls")["items"] == []


def test_a_phone_has_one_column(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/live")
    shows(page, "Gate", "Yard")
    page.get_by_role("button", name="Layout").click()
    layout(page, "2 × 2")
    page.keyboard.press("Escape")
    boxes = [tile.bounding_box() for tile in page.locator("[data-slot]").all()]
    assert len(boxes) == 2, "empty places are not shown"
    assert [box and (box["x"], box["width"]) for box in boxes] == [(0, 360), (0, 360)]
    assert page.evaluate("() => document.documentElement.scrollWidth <= 360")


@needs_axe
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_is_wrong_for_who_can_not_see(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/live")
    shows(page, "Gate", "Yard")
    page.get_by_role("button", name="Arrange").click()
    expect(place(page, 1)).to_be_visible()
    assert_nothing_found(page)
    page.get_by_role("button", name=re.compile("^Wall: ")).click()
    expect(page.get_by_role("menuitem", name="Save as…")).to_be_visible()
    assert_nothing_found(page)


def test_a_camera_is_moved_where_its_device_can_and_one_may(page: Page) -> None:
    moves: list[Any] = []

    def able(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        for camera in told["items"]:
            camera["capabilities"] = {"ptz": camera["name"] == "Gate", "presets": False, "talk": False}
        route.fulfill(response=answer, body=json.dumps(told))

    page.route(re.compile(r"/api/v1/cameras(\?|$)"), able)
    page.on("request", lambda sent: moves.append(sent.post_data_json) if "/ptz/move" in sent.url else None)
    page.goto("/live")
    shows(page, "Gate", "Yard")
    page.get_by_role("article", name="Yard").hover()
    expect(page.get_by_role("article", name="Yard").get_by_role("button", name="Move the camera")).to_have_count(0)
    page.get_by_role("article", name="Gate").hover()
    page.get_by_role("article", name="Gate").get_by_role("button", name="Move the camera").click()
    page.get_by_role("button", name="Left").click()
    expect(page.get_by_text("Gate can't be moved, as far as Vedette knows.")).to_be_visible()  # the server knows better
    assert moves[0] == {"pan": -0.5}
