"""A running product with cameras that a test can switch off, and a Chromium in front of it, as a person has them."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.browser import WATCH_FRAMES
from tests.support.history import Past, make_past
from tests.support.product import ADMIN, Product, free_port, until
from tests.support.simulated import CLIPS

USER, PASSWORD = "viewer", "let-me-look"
# A busy machine is no fault.
PATIENCE_MS = 45_000


class Cameras:
    """`vedette simulate` in a process of its own: RTSP cameras that ask for a password and can be switched off."""

    def __init__(self, *, password: str | None = PASSWORD) -> None:
        self.port = free_port()
        self.password = password
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, path: str) -> str:
        return f"rtsp://127.0.0.1:{self.port}/{path}"

    def switch_on(self) -> None:
        """Comes back when they answer. Clips that are missing are made when they are first asked for."""
        command = ["simulate", "--cameras", "0", "--port", str(self.port), "--cache", str(CLIPS), "--user", USER]
        password = ["--password", self.password] if self.password else []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "vedette.cli.main", *command, *password],
            env={**os.environ, "VEDETTE_SUPERVISOR": str(os.getpid())},
        )
        until("the simulated cameras answer", self._answer)

    def _answer(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def switch_off(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None


def product_with_clips(data: Path, *arguments: str, claim: bool = True) -> Product:
    """A product whose own simulated cameras use the checkout's clips instead of making theirs."""
    CLIPS.mkdir(parents=True, exist_ok=True)
    data.mkdir(parents=True, exist_ok=True)
    (data / "simulator").symlink_to(CLIPS)
    return Product(data, *arguments, claim=claim)


@contextmanager
def product_with_past(data: Path, cameras: Sequence[Past]) -> Iterator[Product]:
    """A running product, set up, whose cameras recorded hours ago and record nothing now."""
    product = product_with_clips(data)
    make_past(data, cameras)
    with product:
        product.client.post("/api/v1/system/setup/finish")
        yield product


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window, with sound and pictures by software."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        try:
            yield browser
        finally:
            browser.close()


def add_session(context: BrowserContext, product: Product, who: str = ADMIN) -> None:
    """Logs a browser in."""
    kept = product.cookies(who).items()
    context.add_cookies([{"name": name, "value": value, "url": product.url} for name, value in kept])


@contextmanager
def tab(browser: Browser, product: Product, *, log_in: bool = True, **options: Any) -> Iterator[Page]:
    """A page of its own, logged in as the administrator, without anything else remembered. What the page throws fails
    the test."""
    given = {
        "viewport": {"width": 1440, "height": 900},
        "base_url": product.url,
        "timezone_id": "Europe/Berlin",
        **options,
    }
    with browser.new_context(**given) as context:
        if log_in:
            add_session(context, product)
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(WATCH_FRAMES)
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.on("console", lambda said: thrown.append(said.text) if "Content Security Policy" in said.text else None)
        yield page
        assert not thrown, thrown
