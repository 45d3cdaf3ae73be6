"""Media tickets in Chromium: pictures go on when a ticket ends and when an access token ends, and stop with the login.
The product gives both lives of seconds."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.support.product import Product, until
from tests.support.site import PASSWORD, USER, Cameras, product_with_clips, tab
from tests.support.watching import assert_in_step, shown, wait_shown, watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TICKET_S, ACCESS_S = 6, 9
# Longer than both lives, in pictures.
LONG = 25 * 20


@pytest.fixture(scope="module")
def hasty(cameras: Cameras, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = product_with_clips(tmp_path_factory.mktemp("hasty") / "data")
    product.environment |= {"VEDETTE_TICKET_SECONDS": str(TICKET_S), "VEDETTE_ACCESS_SECONDS": str(ACCESS_S)}
    with product:
        gate = {"name": "Gate", "url": cameras.url("cam-1/small"), "username": USER, "password": PASSWORD}
        product.post("/cameras", gate)
        product.client.post("/api/v1/system/setup/finish")
        product.wait_recording(1, 120)
        yield product


@pytest.fixture
def page(browser: Browser, hasty: Product) -> Iterator[Page]:
    with tab(browser, hasty) as opened:
        yield opened


def access_cookie(page: Page) -> str:
    return next(str(one.get("value")) for one in page.context.cookies() if one.get("name") == "vedette_access")


def ticket_of(url: str) -> str | None:
    found = parse_qs(urlsplit(url).query).get("ticket")
    return found[0] if found else None


def test_live_goes_on_when_ticket_and_access_token_end(page: Page) -> None:
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto("/live?focus=gate")
    watch(page.get_by_role("article", name="Gate").locator("video"))
    wait_shown(page, 5)
    cookie = access_cookie(page)
    assert_in_step(wait_shown(page, LONG, 120))
    assert access_cookie(page) != cookie, "the access token ended meanwhile"
    live = [url for url in sockets if "/mse" in url]
    assert len(live) == 1
    assert ticket_of(live[0])


def test_playback_goes_on_when_ticket_and_access_token_end(page: Page, hasty: Product) -> None:
    span: tuple[int, int] = until("enough is recorded", lambda: recorded(hasty, 45), 120)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer) if "/playback/" in answer.url else None)
    at = datetime.fromtimestamp(span[0] / 1000 + 2, UTC).isoformat().replace("+00:00", "Z")
    page.goto(f"/playback?camera=gate&at={at}")
    watch(page.locator("video").first)
    wait_shown(page, 5, 60)
    cookie = access_cookie(page)
    wait_shown(page, LONG, 120)
    assert_in_step(shown(page))
    assert access_cookie(page) != cookie, "the access token ended meanwhile"
    media = [answer for answer in answers if answer.url.partition("?")[0].endswith((".m3u8", ".mp4"))]
    assert {answer.status for answer in media} <= {200, 206}
    # A playlist may go by the cookie while the first ticket is on its way.
    used = [ticket_of(answer.url) for answer in media if ".m3u8" not in answer.url]
    assert None not in used
    assert len(set(used)) >= 2, "another ticket took over"


def test_pictures_end_with_the_login(page: Page, hasty: Product) -> None:
    page.goto("/live?focus=gate")
    watch(page.get_by_role("article", name="Gate").locator("video"))
    wait_shown(page, 5)
    header = {"Authorization": f"Bearer {access_cookie(page)}"}
    with httpx.Client(base_url=hasty.url, headers=header, timeout=30) as client:
        (session,) = [one["id"] for one in client.get("/api/v1/auth/sessions").json()["items"] if one["current"]]
        assert client.delete(f"/api/v1/auth/sessions/{session}").status_code == 204
    expect(page).to_have_url(re.compile("/login"))


def test_no_log_has_a_ticket(hasty: Product) -> None:
    assert "ticket=" not in re.sub(r"ticket=\*\*\*", "", hasty.log.read_text(errors="replace"))


def recorded(product: Product, seconds: int) -> tuple[int, int] | None:
    """A span of Gate's footage that is at least so long."""
    gate = product.cameras()[0]["id"]
    now = datetime.now(UTC)
    query = {"camera_id": gate, "start": (now - timedelta(hours=1)).isoformat(), "end": now.isoformat()}
    for start, end, *_ in product.get("/coverage", stream="main", **query)["cameras"][0]["spans"]:
        if end - start > seconds * 1000:
            return start, end
    return None
