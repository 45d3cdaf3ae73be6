"""Scrubbing on the product's own playback page: how many pictures a second are shown while the playhead is dragged."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Page

from benchmarks.installation import LOGIN
from benchmarks.page import bundle, chromium_page, login_cookies
from benchmarks.report import Table, number
from benchmarks.reviewing import HOUR, instant
from benchmarks.wall_page import SIZE

# How much the timeline shows, and the step of the previews that are shown then.
SPANS = {"10 min": (HOUR // 6, 2_000), "2 h": (2 * HOUR, 10_000), "24 h": (24 * HOUR, 60_000)}
# A hand that is in no hurry crosses the timeline in so long.
SWEEP_S = 4.0
_RULER_PX = 12
_MARGIN_PX = 20


async def table(address: str, directory: Path, end_ms: int) -> Table:
    """Drags over what was before `end_ms`, each span over footage of a camera of its own: first while its previews are
    made, then again in a new page, which has to fetch them. An administrator can log in."""
    rows, columns = [], ["timeline shows", "previews", "moves/s", "pictures/s", "at once, %", "longest wait ms"]
    script = await bundle(directory, "scrub.ts")
    async with httpx.AsyncClient(base_url=address, timeout=120) as client:
        await _finish_setup(client)
        for number_, (words, (span_ms, step_ms)) in enumerate(SPANS.items()):
            camera = f"cam-{number_ + 1}"
            url = f"{address}/playback?camera={camera}&at={instant(end_ms - span_ms)}"
            for made in ("made on demand", "made already"):
                if made == "made already":
                    # The page stands in the middle of its timeline.
                    await _make(client, camera, end_ms - span_ms * 3 // 2, end_ms - span_ms // 2, step_ms)
                async with _page(url, await login_cookies(address, LOGIN), script, span_ms) as page:
                    seen = await _drag(page)
                rate = [seen[what] / seen["seconds"] for what in ("moves", "pictures")]
                at_once = number(100 * seen["atOnce"] / seen["moves"], 0)
                rows.append([words, made, *(number(value, 0) for value in rate), at_once, number(seen["longest"], 0)])
    notes = [
        f"The product's own page, {SIZE['width']} pixels wide: the playhead goes over its timeline in {SWEEP_S:.0f} s.",
        "Pictures/s: frames of the screen that had another preview than the one before.",
        "At once: moves of which the picture was there when the playhead came.",
    ]
    return Table("Scrubbing", columns, rows, notes)


async def _finish_setup(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/auth/login", json=LOGIN)
    answer.raise_for_status()
    access = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    client.headers.update(access)
    (await client.post("/api/v1/system/setup/finish")).raise_for_status()


async def _make(client: httpx.AsyncClient, camera: str, start_ms: int, end_ms: int, step_ms: int) -> None:
    """All sheets of a span, one after the other."""
    query = {"start": instant(start_ms), "end": instant(end_ms), "step_ms": str(step_ms)}
    listed = await client.get(f"/api/v1/playback/{camera}/previews", params=query)
    listed.raise_for_status()
    for sheet in listed.json()["sheets"]:
        # Of the page before there may be so many under way that this one is sent away.
        while (await client.get(listed.url.join(sheet["url"]))).status_code == 503:
            await asyncio.sleep(1)


@asynccontextmanager
async def _page(url: str, cookies: list[dict[str, str]], script: Path, span_ms: int) -> AsyncIterator[Page]:
    """The playback page with a timeline of this span, once it shows its first picture."""
    async with chromium_page(cookies, viewport=SIZE) as page:
        keep = f"localStorage.setItem('vedette.preferences', JSON.stringify({{ timelineSpanMs: {span_ms} }}))"
        await page.add_init_script(keep)
        await page.goto(url)
        await page.wait_for_function("() => (document.querySelector('video')?.readyState ?? 0) >= 2", timeout=60_000)
        await page.add_script_tag(path=script)
        # The timeline has been drawn, and the footage around is loaded.
        await asyncio.sleep(3)
        yield page


async def _drag(page: Page) -> dict[str, Any]:
    """From one end of the timeline to the other."""
    box = await page.get_by_role("slider", name="Timeline").bounding_box()
    assert box
    right, y = box["x"] + box["width"] - _MARGIN_PX, box["y"] + _RULER_PX
    await page.mouse.move(right, y)
    await page.mouse.down()
    # A hand does not go off at full speed.
    for step in range(1, 11):
        await page.mouse.move(right - 2 * step, y)
        await asyncio.sleep(0.03)
    sweep = [right - 20, box["x"] + _MARGIN_PX, y, SWEEP_S * 1000]
    seen: dict[str, Any] = await page.evaluate("(all) => drag(...all)", sweep)
    await page.mouse.up()
    return seen
