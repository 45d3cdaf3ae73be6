"""A page in Chromium with the product's own players and nothing else, logged in."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Page, async_playwright

WEB = Path(__file__).parents[1] / "web"
PLAYER = Path(__file__).parent / "player"


@asynccontextmanager
async def player_page(
    address: str, access: str, directory: Path, entry: str, program: str | None = None
) -> AsyncIterator[Page]:
    """`entry` is a file in `benchmarks/player`; `access` the access token of a login at `address`; `program` starts
    Chromium in another way than by its name."""
    script = await bundle(directory, entry)
    async with chromium_page([{"name": "vedette_access", "value": access, "url": address}], program=program) as page:
        await page.goto(f"{address}/healthz")
        await page.set_content("<!doctype html><video muted playsinline width=960></video>")
        await page.add_script_tag(path=script)
        yield page


@asynccontextmanager
async def chromium_page(
    cookies: list[dict[str, str]], *, program: str | None = None, **options: Any
) -> AsyncIterator[Page]:
    """A page in a Chromium of its own, which lets scripts in; `options` are of the page."""
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = await playwright.chromium.launch(executable_path=program or shutil.which("chromium"), args=arguments)
        try:
            page = await browser.new_page(bypass_csp=True, **options)
            await page.context.add_cookies(cookies)  # type: ignore[arg-type] # name, value, url
            yield page
        finally:
            await browser.close()


async def login_cookies(address: str, login: Mapping[str, str]) -> list[dict[str, str]]:
    """Of a login of its own: the page renews it, and what it replaced is good for nobody."""
    given = {**login, "transport": "cookie"}
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        answer = await client.post("/api/v1/auth/login", json=given, headers={"X-Vedette-Client": "bench"})
    answer.raise_for_status()
    return [{"name": name, "value": value, "url": address} for name, value in answer.cookies.items()]


async def bundle(directory: Path, entry: str) -> Path:
    """The script of a file in `benchmarks/player`, with what it imports of the product. Raises RuntimeError."""
    command = ("node", "--input-type=module", "-", str(PLAYER / entry), str(directory / "player"))
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE, cwd=WEB)
    await process.communicate((PLAYER / "build.mjs").read_bytes())
    if process.returncode:
        raise RuntimeError("the player could not be bundled; `make web` says what is missing")
    return directory / "player" / "player.js"
