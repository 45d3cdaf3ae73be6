"""Attacks that need a browser: scripts in names and addresses, and pages of others that use a login."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

from tests.support.product import Product
from tests.support.site import product_with_clips, tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

OTHER = "aaaalong one"  # in evil.html too
MARKUP = (
    '<img src=x onerror="window.pwned=1">',
    "<script>window.pwned=1</script>",
    '"><svg onload=window.pwned=1>',
    "{{constructor.constructor('window.pwned=1')()}}",
)
PAGES = (
    "/",
    "/live",
    "/playback",
    "/cameras",
    "/cameras/new",
    "/storage",
    "/system",
    "/profile",
    "/admin/users",
    "/admin/users/new",
    "/admin/groups",
    "/admin/roles",
    "/admin/zones",
    "/admin/tokens",
    "/admin/sign-in",
    "/admin/audit",
    "/admin/audit/report",
)
SCRIPT_IN_ADDRESS = (
    "/%3Cscript%3Ewindow.pwned=1%3C/script%3E",
    "/cameras/%3Cimg%20src=x%20onerror=window.pwned=1%3E",
    "/playback?camera=%3Cimg%20src=x%20onerror=window.pwned=1%3E&at=%3Cscript%3Ewindow.pwned=1%3C/script%3E",
    "/live?focus=%22%3E%3Csvg%20onload=window.pwned=1%3E&layout=%3Cscript%3E",
    "/admin/audit?text=%3Cimg%20src=x%20onerror=window.pwned=1%3E",
    "/login?next=javascript:window.pwned=1",
    "/login?error=%3Cimg%20src=x%20onerror=window.pwned=1%3E",
    "/setup#token=%3Cimg%20src=x%20onerror=window.pwned=1%3E",
    "/api/v1/cameras/%3Cscript%3Ewindow.pwned=1%3C%2Fscript%3E",
    "/api/v1/%3Cscript%3Ewindow.pwned=1%3C%2Fscript%3E",
)
ELSEWHERE = ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:window.pwned=1")


@pytest.fixture(scope="module")
def target(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own, in which everything that has a name has markup for one."""
    with product_with_clips(tmp_path_factory.mktemp("target") / "data") as product:
        product.client.post("/api/v1/system/setup/finish")
        for index, markup in enumerate(MARKUP):
            camera = product.post("/cameras", {"name": markup, "url": f"rtsp://127.0.0.1:1/{index}", "notes": markup})
            product.post("/zones", {"name": markup, "description": markup, "cameras": [camera["id"]]})
            product.post("/roles", {"name": markup, "description": markup, "permissions": ["live.view"]})
            user = product.post(
                "/users", {"username": f"user-{index}", "display_name": markup, "password": "a" * 4 + "long one"}
            )
            product.post("/groups", {"name": markup, "description": markup, "members": [user["id"]]})
            failed = {"username": markup, "password": "wrong password"}
            httpx.post(f"{product.url}/api/v1/auth/login", json=failed, headers={"User-Agent": markup})
        yield product


@contextmanager
def watched(page: Page) -> Iterator[None]:
    """Whatever runs, opens a dialog, or is stopped by the content security policy only, fails."""
    found: list[str] = []

    def dialog(opened: Dialog) -> None:
        found.append(f"dialog on {page.url}")
        opened.dismiss()

    def console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            found.append(f"{message.text} on {page.url}")

    page.on("dialog", dialog)
    page.on("console", console)
    yield
    page.remove_listener("dialog", dialog)
    page.remove_listener("console", console)
    assert found == []


def visit(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("load")
    page.wait_for_timeout(700)  # requests and pictures of the page
    assert page.evaluate("window.pwned") is None, path


def test_names_are_text_on_every_page(browser: Browser, target: Product) -> None:
    cameras = target.client.get("/api/v1/cameras").json()["items"]
    users = target.client.get("/api/v1/users").json()["items"]
    zones = target.client.get("/api/v1/zones").json()["items"]
    groups = target.client.get("/api/v1/groups").json()["items"]
    single = [
        *(f"/cameras/{one['slug']}" for one in cameras),
        f"/cameras/{cameras[0]['slug']}/edit",
        f"/playback?camera={cameras[1]['slug']}",
        f"/live?focus={cameras[2]['slug']}",
        f"/admin/users/{users[0]['id']}",
        f"/admin/zones/{zones[0]['id']}",
        f"/admin/groups/{groups[0]['id']}",
        "/api/docs",
    ]
    with tab(browser, target) as page, watched(page):
        for path in (*PAGES, *single):
            visit(page, path)
        page.goto("/cameras")
        page.get_by_text(MARKUP[0]).first.wait_for()


def test_addresses_are_text_too(browser: Browser, target: Product) -> None:
    with tab(browser, target) as page, watched(page):
        for path in SCRIPT_IN_ADDRESS:
            visit(page, path)
            assert page.url.startswith(target.url), page.url
    with tab(browser, target, log_in=False) as page, watched(page):
        for path in SCRIPT_IN_ADDRESS:
            visit(page, path)
            assert page.url.startswith(target.url), page.url


@pytest.mark.parametrize("leads", ELSEWHERE)
def test_a_login_leads_nowhere_else(browser: Browser, target: Product, leads: str) -> None:
    with tab(browser, target, log_in=False) as page, watched(page):
        page.goto(f"/login?next={httpx.QueryParams({'x': leads})['x']}")
        page.get_by_label("User name").fill("keeper")
        page.get_by_label("Password", exact=True).fill("three random words")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        assert page.url.startswith(target.url)
        assert page.evaluate("window.pwned") is None


EVIL = Path(__file__).with_name("evil.html")


@contextmanager
def evil_site(product: Product, slug: str) -> Iterator[str]:
    """A page on another port of this machine: the same site for cookies, another origin. Its address."""
    page = EVIL.read_text().replace("__TO__", json.dumps(product.url)).replace("__SLUG__", slug)
    page = page.replace("__ACTION__", f"{product.url}/api/v1/zones")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


def test_a_page_of_another_origin_gets_and_does_nothing(browser: Browser, target: Product) -> None:
    slug = target.client.get("/api/v1/cameras").json()["items"][0]["slug"]
    zones = target.client.get("/api/v1/zones").json()["items"]
    with tab(browser, target) as page, evil_site(target, slug) as address:
        page.goto("/cameras")
        page.get_by_text(MARKUP[0]).first.wait_for()
        before = {one["name"]: one["value"] for one in page.context.cookies(target.url)}
        other = page.context.new_page()
        other.goto(address)
        other.wait_for_function("() => window.finished")
        results = other.evaluate("window.results")
        other.wait_for_timeout(500)  # the form
        after = {one["name"]: one["value"] for one in page.context.cookies(target.url)}
        page.reload()
        page.get_by_text(MARKUP[0]).first.wait_for()  # still logged in
    assert results["json"].startswith("refused"), results
    assert results["remove"].startswith("refused"), results
    assert results["read"].startswith("refused"), results
    assert results["events"] == "closed", results
    assert before == after
    assert target.client.get("/api/v1/zones").json()["items"] == zones
    assert target.client.get(f"/api/v1/cameras/{slug}").status_code == 200
