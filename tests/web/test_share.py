"""Sharing in Chromium: a link is made on the playback page, opened by somebody without an account, and withdrawn."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.product import Product, until
from tests.support.site import tab
from tests.support.watching import assert_in_step, wait_shown, watch
from tests.web.test_access import judge
from tests.web.test_pages import needs_axe

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def some_instant(site: Product) -> str:
    """In the middle of some seconds of Gate's footage."""
    gate = next(camera["id"] for camera in site.cameras() if camera["name"] == "Gate")

    def find() -> str | None:
        now = datetime.now(UTC)
        query = {"camera_id": gate, "start": (now - timedelta(hours=1)).isoformat(), "end": now.isoformat()}
        for start, end, *_ in site.get("/coverage", stream="main", **query)["cameras"][0]["spans"]:
            if end - start > 15_000:
                return datetime.fromtimestamp((start + end) / 2000, UTC).isoformat().replace("+00:00", "Z")
        return None

    return until("some seconds are recorded", find, 120)


@needs_axe
def test_footage_is_shared_watched_and_withdrawn(page: Page, browser: Browser, site: Product) -> None:
    assert site.get("/system")["timezone"] == "UTC"
    at = some_instant(site)
    page.goto(f"/playback?camera=gate&at={at}")
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share footage")
    # The browser is in Berlin, the site is not: the page has the site's time.
    middle = datetime.fromisoformat(at) - timedelta(seconds=30)
    begin = f"{middle:%Y-%m-%dT%H:%M}" + (f"{middle::%S}" if middle.second else "")  # as browsers write it
    expect(dialog.get_by_label("From")).to_have_value(begin)
    # What the link will show is said before it is made.
    what = dialog.get_by_role("region", name="What is shared")
    expect(what).to_contain_text("Gate")
    expect(what).to_contain_text(f"{middle:%H:%M:%S} to ")
    expect(what).to_contain_text("UTC")
    end = dialog.get_by_label(re.compile(r"^To\b")).input_value()
    dialog.get_by_label(re.compile(r"^To\b")).fill(begin)
    dialog.get_by_role("button", name="Make the link").click()
    expect(dialog.get_by_text("The end must be after the beginning.")).to_be_in_viewport()
    expect(dialog.get_by_label(re.compile(r"^To\b"))).to_be_focused()
    dialog.get_by_label(re.compile(r"^To\b")).fill(end)
    dialog.get_by_label("Password").first.fill("open")
    dialog.get_by_role("button", name="Make the link").click()
    expect(dialog.get_by_text("at least 6 characters", exact=False).nth(1)).to_be_in_viewport()
    expect(dialog.get_by_label("Password").first).to_be_focused()
    dialog.get_by_label("Password").first.fill("open sesame")
    dialog.get_by_label("May be opened at most").fill("3")
    dialog.get_by_label("Note").fill("For the insurance")
    dialog.get_by_role("button", name="Make the link").click()
    link = dialog.get_by_role("textbox", name="Link").input_value()
    assert re.fullmatch(rf"{site.url}/share/[\w-]{{43}}", link)

    with tab(browser, site, log_in=False) as guest:
        guest.goto(link)
        expect(guest.get_by_role("button", name="Watch")).to_be_visible()
        judge(guest)
        guest.get_by_label("Password").first.fill("open barley")
        guest.get_by_role("button", name="Watch").click()
        expect(guest.get_by_text("The password is wrong")).to_be_visible()
        guest.get_by_label("Password").first.fill("open sesame")
        guest.get_by_role("button", name="Watch").click()
        expect(guest.get_by_role("heading", name="Gate")).to_be_visible()
        expect(guest.get_by_text("For the insurance")).to_be_visible()
        # The guest's clock is not the site's: the times are theirs, and say so.
        expect(guest.get_by_text("Times are those of Europe/Berlin (UTC+")).to_be_visible()
        expect(guest.get_by_role("navigation")).to_have_count(0)
        judge(guest)
        watch(guest.locator("video"))
        assert_in_step(wait_shown(guest, 25, 60))

        dialog.get_by_role("tab", name="My links").click()
        expect(dialog.get_by_text("opened 1 of 3 times")).to_be_visible()
        dialog.get_by_role("tab", name="All links").click()
        expect(dialog.get_by_text("of keeper, works")).to_be_visible()
        dialog.get_by_role("button", name="Withdraw").first.click()
        asked = page.get_by_role("dialog", name="Withdraw the link to Gate?")
        expect(asked).to_contain_text("opened 1 of 3 times so far")
        asked.get_by_role("button", name="Cancel").click()
        expect(asked).to_have_count(0)
        expect(dialog.get_by_text("of keeper, works")).to_be_visible()
        dialog.get_by_role("button", name="Withdraw").first.click()
        asked.get_by_role("button", name="Withdraw the link").click()
        expect(dialog.get_by_text("withdrawn").first).to_be_visible()
        guest.reload()
        expect(guest.get_by_role("heading", name="This link was withdrawn")).to_be_visible()
