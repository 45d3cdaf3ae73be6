"""Sharing in Chromium: a link is made on the playback page, opened by somebody without an account, and withdrawn."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.product import Product, until
from tests.support.site import tab
from tests.support.watching import assert_in_step, wait_shown, watch

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


def test_footage_is_shared_watched_and_withdrawn(page: Page, browser: Browser, site: Product) -> None:
    page.goto(f"/playback?camera=gate&at={some_instant(site)}")
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share footage")
    dialog.get_by_label("Password").first.fill("open sesame")
    dialog.get_by_label("Note").fill("For the insurance")
    dialog.get_by_role("button", name="Make the link").click()
    link = dialog.get_by_role("textbox", name="Link").input_value()
    assert re.fullmatch(rf"{site.url}/share/[\w-]{{43}}", link)

    with tab(browser, site, log_in=False) as guest:
        guest.goto(link)
        guest.get_by_label("Password").first.fill("open barley")
        guest.get_by_role("button", name="Watch").click()
        expect(guest.get_by_text("The password is wrong")).to_be_visible()
        guest.get_by_label("Password").first.fill("open sesame")
        guest.get_by_role("button", name="Watch").click()
        expect(guest.get_by_role("heading", name="Gate")).to_be_visible()
        expect(guest.get_by_text("For the insurance")).to_be_visible()
        expect(guest.get_by_role("navigation")).to_have_count(0)
        watch(guest.locator("video"))
        assert_in_step(wait_shown(guest, 25, 60))

        dialog.get_by_role("tab", name="My links").click()
        expect(dialog.get_by_text("opened 1 times")).to_be_visible()
        dialog.get_by_role("button", name="Withdraw").first.click()
        expect(dialog.get_by_text("withdrawn").first).to_be_visible()
        guest.reload()
        expect(guest.get_by_role("heading", name="This link was withdrawn")).to_be_visible()
