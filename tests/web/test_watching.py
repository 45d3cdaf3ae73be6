"""Who watches now, in Chromium: the page, the end of a view, what the player says of it, and the history."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.product import PASSWORD, Product
from tests.support.site import add_session, tab
from vedette.identity.built_in import VIEWER_ID

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PLAYS = "() => [...document.querySelectorAll('video')].every((video) => video.currentTime > 0)"


@contextmanager
def watching(browser: Browser, site: Product, who: str, path: str) -> Iterator[Page]:
    """Somebody new who may watch, in a browser of their own, with pictures."""
    user = site.post("/users", {"username": who, "password": PASSWORD})
    site.post("/grants", {"user_id": user["id"], "role_id": str(VIEWER_ID)})
    with tab(browser, site, log_in=False) as page:
        add_session(page.context, site, who)
        page.goto(path)
        page.get_by_role("article").first.wait_for()
        page.wait_for_function(PLAYS)
        yield page


def end(page: Page, who: str, camera: str) -> None:
    """As a person does, by keyboard."""
    page.get_by_role("button", name=f"End {who}, {camera}").press("Enter")
    dialog = page.get_by_role("dialog", name=f"End {who}’s view of {camera}?")
    expect(dialog).to_contain_text("for a minute")
    dialog.get_by_role("button", name="End view").press("Enter")
    expect(dialog).to_be_hidden()


def test_a_view_is_listed_with_what_its_player_tells_and_ended(browser: Browser, site: Product, page: Page) -> None:
    with watching(browser, site, "vera", "/live?focus=gate") as hers:
        page.goto("/admin/watching?user=vera")
        row = page.get_by_role("row", name="vera")
        expect(row).to_contain_text("Gate")
        expect(row).to_contain_text("Player")
        # The player told how late its picture is, by the server's clock, and it is no nonsense.
        expect(row).to_contain_text(re.compile(r"\d ms"))
        (view,) = site.get("/live/sessions", user="vera")["items"]
        assert 0 < view["latency_ms"] < 8_000
        assert view["first_frame_ms"] > 0
        end(page, "vera", "Gate")
        expect(page.get_by_text("No view matches")).to_be_visible()
        tile = hers.get_by_role("article", name="Gate")
        expect(tile.get_by_text("Ended by an administrator")).to_be_visible()
        again = tile.get_by_role("button", name="Watch again")
        hers.wait_for_timeout(4_000)
        assert site.get("/live/sessions", user="vera")["items"] == []  # it does not come back by itself
        again.click()
        expect(tile.get_by_text(re.compile(r"watched again in \d+ s"))).to_be_visible()
        expect(again).to_be_visible()
    page.get_by_role("link", name="History").click()
    past = page.get_by_role("row", name="vera")
    expect(past).to_contain_text("Ended by an administrator")
    expect(page.get_by_role("img", name=re.compile("Most at once: lowest 0, highest [1-9]"))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "vera" in download.value.path().read_text()


def test_one_tile_of_a_wall_ends_and_the_others_go_on(browser: Browser, site: Product, page: Page) -> None:
    with watching(browser, site, "walter", "/live") as his:
        page.goto("/admin/watching?user=walter")
        expect(page.get_by_role("row", name="walter")).to_have_count(2)
        end(page, "walter", "Yard")
        yard = his.get_by_role("article", name="Yard")
        expect(yard.get_by_text("Ended by an administrator")).to_be_visible()
        expect(yard.get_by_role("button", name="Watch again")).to_be_visible()
        expect(page.get_by_role("row", name="walter")).to_have_count(1)
        gate = his.get_by_role("article", name="Gate").locator("video")
        before = gate.evaluate("(video) => video.currentTime")
        his.wait_for_function("(before) => document.querySelector('video').currentTime > before + 1", arg=before)


def test_who_manages_nobody_sees_their_own_views_only(browser: Browser, site: Product) -> None:
    with watching(browser, site, "otto", "/live?focus=gate") as his, his.context.new_page() as other:
        other.goto("/admin/watching")
        expect(other.get_by_role("heading", name="Your live views")).to_be_visible()
        expect(other.get_by_role("row", name="otto")).to_have_count(1)
        expect(other.get_by_role("textbox", name="Find a person")).to_have_count(0)
        other.get_by_role("button", name="End otto, Gate").click()
        other.get_by_role("button", name="End view").click()
        expect(his.get_by_text("Ended by you from another place")).to_be_visible()
