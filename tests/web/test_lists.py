"""Lists and forms of the administration: found by a word, sorted by a head, chosen by the keyboard, not lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.product import Product
from tests.web.test_pages import assert_nothing_found, needs_axe

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

HALLS = 12


@pytest.fixture(scope="module")
def many(site: Product) -> Iterator[Product]:
    """With cameras that nobody connects to, and zones; without them again for the tests that come after."""
    url = "rtsp://127.0.0.1:9/nothing"
    halls = [
        site.post("/cameras", {"name": f"Hall {n}", "url": url, "enabled": False})["id"] for n in range(1, HALLS + 1)
    ]
    zones = [
        site.post("/zones", {"name": name, "cameras": chosen})["id"]
        for name, chosen in (("Wing 10", halls[:1]), ("Wing 2", halls[1:4]), ("Attic", []))
    ]
    yield site
    for zone in zones:
        site.client.delete(f"/api/v1/zones/{zone}", params={"confirm": True})
    for hall in halls:
        site.client.delete(f"/api/v1/cameras/{hall}", params={"confirm": True})


def rows(page: Page) -> list[str]:
    return [text.splitlines()[0] for text in page.locator("tbody tr td:first-child").all_inner_texts()]


@needs_axe
def test_a_list_is_sorted_and_searched_and_its_address_says_so(page: Page, many: Product) -> None:
    page.goto("/admin/zones")
    expect(page.get_by_role("link", name="Wing 2", exact=True)).to_be_visible()
    assert [name for name in rows(page) if name.startswith(("Wing", "Attic"))] == ["Attic", "Wing 2", "Wing 10"]
    page.get_by_role("button", name="Cameras", exact=True).click()
    expect(page.get_by_role("columnheader", name="Cameras")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Cameras", exact=True).click()
    expect(page).to_have_url(re.compile("sort=-cameras"))
    assert rows(page)[0] == "Wing 2"
    page.get_by_role("textbox", name="Find a zone").fill("wing hall")
    expect(page.get_by_text("2 zones found")).to_be_visible()
    expect(page).to_have_url(re.compile("q=wing"))
    assert_nothing_found(page)
    page.reload()
    expect(page.get_by_role("textbox", name="Find a zone")).to_have_value("wing hall")
    assert rows(page) == ["Wing 2", "Wing 10"]
    page.get_by_role("textbox", name="Find a zone").fill("nowhere")
    expect(page.get_by_text("No zone has “nowhere”.")).to_be_visible()
    page.get_by_role("button", name="Clear the search").last.click()
    expect(page.get_by_role("link", name="Attic")).to_be_visible()


def test_cameras_are_chosen_by_the_keyboard_alone(page: Page, many: Product) -> None:
    page.goto("/admin/zones/new")
    page.get_by_role("textbox", name="Name").fill("Halls")
    page.get_by_role("textbox", name="Search: Cameras").fill("hall")
    count = page.locator("legend")
    expect(page.get_by_role("checkbox", name="Hall 12", exact=True)).to_be_visible()
    page.get_by_role("checkbox", name="Select all that are shown: Cameras").focus()
    page.keyboard.press("Tab")  # the whole list is one stop
    expect(page.get_by_role("checkbox", name="Hall 1", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(count).to_contain_text("4 of")
    for number in range(1, 5):
        expect(page.get_by_role("checkbox", name=f"Hall {number}", exact=True)).to_be_checked()
    page.get_by_role("checkbox", name="Hall 8", exact=True).click()
    page.get_by_role("checkbox", name="Hall 6", exact=True).click(modifiers=["Shift"])
    expect(count).to_contain_text("7 of")
    page.get_by_role("checkbox", name="Select all that are shown: Cameras").check()
    expect(count).to_contain_text(f"{HALLS} of")
    page.get_by_text("Chosen", exact=True).click()
    expect(page.get_by_role("checkbox", name="Gate")).to_have_count(0)


def test_work_that_is_not_saved_is_asked_about(page: Page, many: Product) -> None:
    zone = next(one for one in many.get("/zones")["items"] if one["name"] == "Attic")["id"]
    page.goto(f"/admin/zones/{zone}")
    page.get_by_role("textbox", name="Description").fill("Under the roof")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()
    page.get_by_role("link", name="Roles", exact=True).click()
    asked = page.get_by_role("dialog", name="Leave without saving?")
    asked.get_by_role("button", name="Stay here").click()
    expect(asked).to_have_count(0)
    expect(page.get_by_role("textbox", name="Description")).to_have_value("Under the roof")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Attic was saved.")).to_be_visible()
    page.get_by_role("link", name="Roles", exact=True).click()
    expect(page.get_by_role("heading", name="Roles", level=1)).to_be_visible()
    assert many.get(f"/zones/{zone}")["description"] == "Under the roof"


@pytest.mark.parametrize("size", [(1440, 700), (360, 740)])
def test_the_names_of_the_roles_stay_above_their_columns(page: Page, many: Product, size: tuple[int, int]) -> None:
    if not any(role["name"] == "Porter" for role in many.get("/roles")["items"]):
        many.post("/roles", {"name": "Porter", "permissions": ["camera.view"]})
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/admin/roles")
    box = page.get_by_role("checkbox", name="Talk: Porter")
    box.click()
    expect(page.get_by_role("region", name="Changes that are not saved yet")).to_be_in_viewport()
    table = page.get_by_role("region", name="Permissions of the roles")
    table.evaluate("table => table.scrollTop = table.scrollHeight")
    page.locator("#main").evaluate("main => main.scrollTop = main.scrollHeight")
    name = page.get_by_role("columnheader", name="Porter").get_by_text("Porter", exact=True)
    on_top = name.evaluate(
        "name => { const at = name.getBoundingClientRect();"
        " return name.contains(document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)) }"
    )
    assert on_top
    page.get_by_role("button", name="Discard").click()


def test_signing_out_everywhere_else_is_asked_about(page: Page, site: Product) -> None:
    site.cookies()  # another session
    page.goto("/profile")
    page.get_by_role("button", name="Sign out everywhere else").click()
    asked = page.get_by_role("dialog", name="Sign out everywhere else?")
    expect(asked).to_contain_text("of yours")
    asked.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("Signed out everywhere else.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign out everywhere else")).to_have_count(0)
