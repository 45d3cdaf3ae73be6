"""The administration as an administrator walks through it, on the running product."""

import re

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.product import PASSWORD, Product
from tests.support.site import tab
from tests.web.test_pages import assert_nothing_found, assert_nothing_sticks_out, needs_axe

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def choose(page: Page, label: str, option: str) -> None:
    """Picks in a list that can be searched."""
    field = page.get_by_role("combobox", name=label, exact=True)
    field.click()
    page.get_by_role("option", name=option, exact=True).click()


def signed_in(site: Product, username: str, password: str) -> httpx.Client:
    """A program with that person's token."""
    answer = httpx.post(f"{site.url}/api/v1/auth/login", json={"username": username, "password": password})
    answer.raise_for_status()
    return httpx.Client(base_url=site.url, headers={"Authorization": f"Bearer {answer.json()['access_token']}"})


def test_from_a_new_person_to_what_the_log_says_of_it(page: Page, site: Product) -> None:
    page.goto("/admin/zones/new")
    page.get_by_role("textbox", name="Name").fill("Front")
    page.get_by_role("checkbox", name="Gate").check()
    page.get_by_role("button", name="Add zone").click()
    expect(page.get_by_role("heading", name="Front", exact=True)).to_be_visible()

    page.goto("/admin/users/new")
    page.get_by_role("textbox", name="User name").fill("Berta")
    page.get_by_role("textbox", name="Full name").fill("Berta B.")
    page.get_by_role("radio", name="One that you choose").check()
    page.get_by_role("textbox", name="New password").fill(PASSWORD)
    page.get_by_role("checkbox", name="They must choose their own").uncheck()
    page.get_by_role("button", name="Add user").click()
    expect(page.get_by_role("heading", name="Berta B.")).to_be_visible()
    expect(page.get_by_text("Nothing: no role of theirs counts at this time.")).to_be_visible()

    with signed_in(site, "berta", PASSWORD) as berta:
        assert berta.get("/api/v1/cameras").json()["items"] == []
        page.get_by_role("button", name="Give a role").click()
        choose(page, "Role", "viewer")
        page.get_by_text("In a zone").click()
        choose(page, "Zone", "Front")
        page.get_by_role("dialog").get_by_role("button", name="Give role").click()
        row = page.get_by_role("row", name=re.compile("viewer"))
        expect(row).to_contain_text("zone Front")
        expect(row).to_contain_text("In force")
        expect(page.get_by_role("heading", name="On Gate")).to_be_visible()
        assert [one["name"] for one in berta.get("/api/v1/cameras").json()["items"]] == ["Gate"]

    page.goto("/admin/roles")
    page.get_by_role("button", name="Add role").click()
    page.get_by_role("textbox", name="Name").fill("Night shift")
    choose(page, "Begin with the permissions of", "viewer")
    page.get_by_role("dialog").get_by_role("button", name="Add role").click()
    page.get_by_role("checkbox", name="Talk: Night shift").check()
    page.get_by_role("checkbox", name="Play back: Night shift").uncheck()
    pending = page.get_by_role("region", name="Changes that are not saved yet")
    expect(pending).to_contain_text("+ Talk, − Play back")
    pending.get_by_role("button", name="Save").click()
    expect(pending).to_have_count(0)
    role = next(one for one in site.get("/roles")["items"] if one["name"] == "Night shift")
    assert role["permissions"] == ["camera.view", "live.view", "talk.use"]

    page.goto("/admin/audit?action=role.edit")
    page.get_by_role("link", name="Changed a role").click()
    entry = page.get_by_role("dialog")
    expect(entry.get_by_role("row", name=re.compile("permissions"))).to_contain_text("playback.view")
    expect(entry.get_by_role("row", name=re.compile("permissions"))).to_contain_text("talk.use")
    assert re.search(r"entry=\d+", page.url)
    page.reload()  # it has an address of its own
    expect(page.get_by_role("dialog")).to_contain_text("Before and after")
    page.goto("/admin/audit")
    for said in (
        "Added a zone Front",
        "Added a user berta",
        "Gave a role viewer for berta",
        "Added a role Night shift",
    ):
        expect(page.get_by_role("row", name=re.compile(said))).to_be_visible()
    page.get_by_role("textbox", name="To what").fill("berta")
    expect(page.get_by_role("row", name=re.compile("Added a zone"))).to_have_count(0)
    expect(page).to_have_url(re.compile("object=berta"))
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_role("dialog")).to_contain_text("Intact:")


def test_the_last_administrator_stays(page: Page, site: Product) -> None:
    page.goto("/admin/users?q=keeper")
    page.get_by_role("link", name="keeper", exact=True).click()
    page.get_by_role("button", name="Disable").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Disable").click()
    expect(dialog.get_by_role("alert")).to_contain_text("nobody who may do everything")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    assert site.get("/auth/me")["user"]["username"] == "keeper"


def test_two_who_change_the_same_zone_are_told_of_each_other(page: Page, site: Product) -> None:
    zone = site.post("/zones", {"name": "Back", "description": "old"})
    page.goto(f"/admin/zones/{zone['id']}")
    page.get_by_role("textbox", name="Name").fill("Rear")
    other = {"description": "by the river"}
    site.client.patch(f"/api/v1/zones/{zone['id']}", json=other).raise_for_status()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Somebody else changed this zone meanwhile")).to_be_visible()
    expect(page.get_by_text("Description is now “by the river”")).to_be_visible()
    assert site.get(f"/zones/{zone['id']}")["name"] == "Back"
    page.get_by_role("button", name="Save mine as well").click()
    expect(page.get_by_role("heading", name="Rear", exact=True)).to_be_visible()
    saved = site.get(f"/zones/{zone['id']}")
    assert (saved["name"], saved["description"]) == ("Rear", "by the river")


def test_a_token_is_shown_once_works_is_changed_and_revoked(page: Page, site: Product) -> None:
    page.goto("/admin/tokens/new")
    page.get_by_role("textbox", name="Name").fill("Door panel")
    page.get_by_role("checkbox", name="Watch live").check()
    seeing = page.get_by_role("checkbox", name="See the camera")
    expect(seeing).to_be_checked()
    expect(seeing).to_be_disabled()
    for name in ("Share", "Manage people"):
        expect(page.get_by_role("checkbox", name=name, exact=True)).to_have_count(0)
    page.get_by_text("Some", exact=True).click()
    page.get_by_role("checkbox", name="Yard").check()
    page.get_by_role("textbox", name="Addresses and networks").fill("127.0.0.0/8, 300.1.1.1")
    expect(page.get_by_text("“300.1.1.1” is no address or network")).to_be_visible()
    page.get_by_role("textbox", name="Addresses and networks").fill("127.0.0.0/8, 2001:db8::/32")
    page.get_by_role("button", name="Make token").click()
    token = page.get_by_role("textbox", name="Token", exact=True).input_value()
    assert token.startswith("vdt_")
    page.get_by_role("button", name="I have it").click()
    expect(page.get_by_role("link", name="Door panel")).to_be_visible()
    expect(page.get_by_text(token)).to_have_count(0)
    with httpx.Client(base_url=site.url, headers={"Authorization": f"Bearer {token}"}) as program:
        assert [one["name"] for one in program.get("/api/v1/cameras").json()["items"]] == ["Yard"]
        page.get_by_role("link", name="Door panel").click()
        page.get_by_role("link", name="Change").click()
        page.get_by_role("textbox", name="Name").fill("Hall panel")
        page.get_by_role("checkbox", name="Gate").check()
        page.get_by_role("checkbox", name="Yard").uncheck()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("dialog")).to_contain_text("Hall panel")
        assert [one["name"] for one in program.get("/api/v1/cameras").json()["items"]] == ["Gate"]
        page.get_by_role("button", name="Revoke…").click()
        page.get_by_role("button", name="Revoke", exact=True).click()
        expect(page.get_by_role("link", name="Hall panel")).to_have_count(0)
        assert program.get("/api/v1/cameras").status_code == 401


PAGES = (
    "/admin/users",
    "/admin/users/new",
    "/admin/groups",
    "/admin/groups/new",
    "/admin/roles",
    "/admin/zones",
    "/admin/zones/new",
    "/admin/tokens",
    "/admin/tokens/new",
    "/admin/audit",
    "/admin/audit/report",
)


def opened(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("navigation", name="Administration")).to_be_visible()
    expect(page.locator(".mantine-Skeleton-root")).to_have_count(0)


@needs_axe
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, path: str) -> None:
    opened(page, path)
    assert_nothing_found(page)


@needs_axe
def test_axe_finds_nothing_on_a_person_and_in_dialogs(page: Page, site: Product) -> None:
    keeper = site.get("/users", q="keeper")["items"][0]["id"]
    opened(page, f"/admin/users/{keeper}")
    assert_nothing_found(page)
    page.get_by_role("button", name="Give a role").click()
    page.get_by_role("switch", name="Only at certain hours of the week").check(force=True)
    expect(page.get_by_role("textbox", name="Monday")).to_be_visible()
    assert_nothing_found(page)
    opened(page, "/admin/audit")
    page.get_by_role("link", name="Signed in").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Hash")
    assert_nothing_found(page)


def test_a_phone_shows_all_without_scrolling_sideways(browser: Browser, site: Product) -> None:
    keeper = site.get("/users", q="keeper")["items"][0]["id"]
    with tab(browser, site, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as page:
        for path in (*PAGES, f"/admin/users/{keeper}"):
            opened(page, path)
            assert_nothing_sticks_out(page)
