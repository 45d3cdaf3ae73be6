"""Recordings, gaps and coverage in Chromium: found, followed into the player, deleted, and reports made and checked."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.product import Product, until
from tests.web.test_pages import assert_nothing_found, assert_nothing_sticks_out, needs_axe

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PATHS = ("/recordings", "/recordings/gaps", "/coverage")


def test_filters_stand_in_the_address_and_go_by_a_press(site: Product, page: Page) -> None:
    page.goto("/recordings?camera=gate&days=30")
    expect(page.get_by_role("link", name="Gate").first).to_be_visible()
    assert page.get_by_role("link", name="Yard").count() == 0
    chip = page.get_by_role("button", name="Take away: Gate")
    chip.press("Enter")
    expect(page.get_by_role("link", name="Yard").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?days=30$"))
    page.get_by_role("button", name="More filters").press("Enter")
    page.get_by_label("Length, seconds: at least").fill("999999")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    expect(page).to_have_url(re.compile(r"min=999999"))
    page.get_by_role("button", name="Clear all").click()
    expect(page.get_by_role("link", name="Yard").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/recordings$"))


def test_the_sums_are_those_of_the_server_and_a_row_leads_to_its_instant(site: Product, page: Page) -> None:
    page.goto("/recordings?camera=yard")
    first = page.get_by_role("link", name="Yard").first
    expect(first).to_be_visible()
    sums = site.get("/recordings/sums", camera_id="yard")
    expect(page.get_by_role("status").first).to_contain_text(f"{sums['count']} recording")
    (newest,) = site.get("/recordings", camera_id="yard", limit=1)["items"]
    first.click()
    expect(page).to_have_url(re.compile(r"/playback\?camera=yard"))
    assert newest["start"][:16] in page.url.replace("%3A", ":")


def test_a_recording_is_deleted_when_that_is_confirmed(site: Product, page: Page) -> None:
    def closed() -> list[str]:
        return [one["id"] for one in site.get("/recordings", camera_id="gate")["items"] if one["state"] == "closed"]

    until("a file of a minute is closed", lambda: bool(closed()), 150)
    page.goto("/recordings?camera=gate")
    box = page.get_by_role("checkbox", name=re.compile("^Choose Gate")).last
    box.check()
    page.get_by_role("button", name="Delete 1 recording").click()
    dialog = page.get_by_role("dialog", name="Delete 1 recording?")
    expect(dialog).to_contain_text("lost for good")
    before = closed()
    dialog.get_by_role("button", name="Delete").click()
    expect(dialog).to_be_hidden()
    assert len(set(before) & set(closed())) == len(before) - 1
    page.goto("/recordings/gaps?camera=gate&cause=deleted_by_person")
    expect(page.get_by_role("cell", name="Deleted").first).to_be_visible()


def test_a_report_is_saved_and_checked(site: Product, page: Page, tmp_path: Path) -> None:
    page.goto("/coverage")
    expect(page.get_by_role("rowheader", name="Gate")).to_be_visible()
    page.get_by_role("button", name="Gate").press("Enter")
    expect(page.get_by_role("region", name="Gate: what is missing")).to_be_visible()
    page.get_by_role("button", name="Report", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="JSON, signed").click()
    report = tmp_path / "report.json"
    report.write_bytes(download.value.path().read_bytes())
    assert {one["name"] for one in json.loads(report.read_bytes())["report"]["cameras"]} >= {"Gate", "Yard"}
    page.locator("input[type=file]").set_input_files(report)
    expect(page.get_by_text("As it was signed")).to_be_visible()
    report.write_bytes(report.read_bytes().replace(b"Gate", b"Gata", 1))
    page.locator("input[type=file]").set_input_files(report)
    expect(page.get_by_text("changed after it was signed")).to_be_visible()


def test_a_cell_leads_to_its_day(page: Page) -> None:
    page.goto("/coverage")
    page.get_by_role("link", name=re.compile(r"^Gate, .* %")).first.click()
    expect(page).to_have_url(re.compile(r"/playback\?camera=gate"))


@needs_axe
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_it_fits_a_phone(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("main table, main [class*=empty]").first).to_be_visible()
    if path != "/coverage":
        page.get_by_role("button", name="More filters").click()
    assert_nothing_found(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert_nothing_sticks_out(page)
