"""A page in Chromium with the product's own players and nothing else, logged in."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, async_playwright

WEB = Path(__file__).parents[1] / "web"
PLAYER = Path(__file__).parent / "player"


@asynccontextmanager
async def player_page(address: str, access: str, directory: Path, entry: str) -> AsyncIterator[Page]:
    """`entry` is a file in `benchmarks/player`; `access` the access token of a login at `address`."""
    script = await bundle(directory, entry)
    async with async_playwright() as playwright:
        options = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        try:
            page = await browser.new_page(bypass_csp=True)
            await page.context.add_cookies([{"name": "vedette_access", "value": access, "url": address}])
            await page.goto(f"{address}/healthz")
            await page.set_content("<!doctype html><video muted playsinline width=960></video>")
            await page.add_script_tag(path=script)
            yield page
        finally:
            await browser.close()


async def bundle(directory: Path, entry: str) -> Path:
    """The script of a file in `benchmarks/player`, with what it imports of the product. Raises RuntimeError."""
    command = ("node", "--input-type=module", "-", str(PLAYER / entry), str(directory / "player"))
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE, cwd=WEB)
    await process.communicate((PLAYER / "build.mjs").read_bytes())
    if process.returncode:
        raise RuntimeError("the player could not be bundled; `make web` says what is missing")
    return directory / "player" / "player.js"
