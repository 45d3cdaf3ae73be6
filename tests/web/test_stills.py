"""Pictures of cameras that have none: nothing in the browser's console."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response, expect

from tests.support.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture
def nowhere(site: Product) -> Iterator[str]:
    """A camera that nothing answers for."""
    made = site.post("/cameras", {"name": "Nowhere", "url": "rtsp://127.0.0.1:9/nobody", "recording_mode": "off"})
    yield made["id"]
    site.client.delete(f"/api/v1/cameras/{made['id']}")


@pytest.mark.parametrize(("path", "heading"), [("/", "Gaps of the last 24 h"), ("/cameras", "Cameras")])
def test_a_camera_without_a_picture_leaves_the_console_clean(page: Page, nowhere: str, path: str, heading: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    def is_still(answer: Response) -> bool:
        return f"/cameras/{nowhere}/snapshot.jpg" in answer.url

    with page.expect_response(is_still) as asked:
        page.goto(path)
    assert asked.value.status == 204
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    # Those of cameras that have one are shown all the same.
    expect(page.locator("[data-part=still][data-shown]")).not_to_have_count(0)
    assert complaints == []
