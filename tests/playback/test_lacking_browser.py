"""Footage that can't be had, in the product's own player in Chromium: it says what is missing and why, and goes on at
the next footage by itself. What is shown is told by the numbers in the pictures."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.support.browser import WATCH_FRAMES
from tests.support.buckets import Cold
from tests.support.ceph import Gateway
from tests.support.footage import T0, add_stream
from tests.support.library import Library, RecordedFile, clip
from tests.support.world import World
from vedette.api.webui import WEBUI
from vedette.http.instants import format_instant
from vedette.storage.tables import Delivery
from vedette.vault import open_vault

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.browser,
    pytest.mark.timeout(180),
    pytest.mark.skipif(not (WEBUI / "index.html").exists(), reason="the web UI is not built (make web)"),
]

# Three files, of these pictures each.
FILE_MS, FRAMES = 4000, 100
PATIENCE_MS = 60_000


@asynccontextmanager
async def player(world: World, query: str) -> AsyncIterator[Page]:
    """The Playback page, signed in, its pictures written down."""
    origin = f"http://{world.app.address}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        try:
            page = await browser.new_page()
            page.set_default_timeout(PATIENCE_MS)
            cookies = [{"name": name, "value": value, "url": origin} for name, value in world.app.cookies.items()]
            await page.context.add_cookies(cookies)  # type: ignore[arg-type] # dictionaries that are right
            await page.add_init_script(WATCH_FRAMES)
            await page.add_init_script(_WATCH_ALL)
            await page.goto(f"{origin}/playback?{query}")
            yield page
        finally:
            await browser.close()


# Every video as it comes into the page.
_WATCH_ALL = """
new MutationObserver(() => {
  for (const video of document.querySelectorAll('video:not([data-watched])')) {
    video.dataset.watched = ''
    if (!window.watched) window.watchFrames(video)
  }
}).observe(document, { childList: true, subtree: true })
"""


async def numbers(page: Page) -> list[int]:
    seen: list[int] = await page.evaluate("window.frames_seen.map((frame) => frame.number).filter((n) => n !== null)")
    return seen


async def shows(page: Page, number: int) -> None:
    """Waits until a picture at or after this one was shown."""
    await page.wait_for_function("(n) => window.frames_seen.some((frame) => frame.number >= n)", arg=number)


async def recorded(world: World) -> list[RecordedFile]:
    return await world.library.record(world.stream_id, T0, clip(12.0, numbered=True), file_s=4)


def lose(file: RecordedFile) -> None:
    file.path.unlink()


def damage(file: RecordedFile) -> None:
    """Its head and first picture are there."""
    file.path.write_bytes(file.content[: file.parts[1][0]])


LOSSES = [(lose, "file gone"), (damage, "file damaged")]


def at(ms: int) -> str:
    return f"camera=gate&at={format_instant(ms)}"


@pytest.mark.parametrize(("harm", "words"), LOSSES)
async def test_what_is_lost_in_the_middle_is_named_and_gone_over(today: World, harm: object, words: str) -> None:
    files = await recorded(today)
    harm(files[1])  # type: ignore[operator]
    async with player(today, at(T0 + 1000)) as page:
        told = page.get_by_role("status").filter(has_text="Went over")
        await expect(told).to_contain_text("that can’t be had", timeout=PATIENCE_MS)
        await expect(told).to_contain_text(words)
        await shows(page, 2 * FRAMES + 20)
        seen = await numbers(page)
    assert not [number for number in seen if FRAMES <= number < 2 * FRAMES]
    assert min(seen) < FRAMES


@pytest.mark.parametrize(("harm", "words"), LOSSES)
async def test_opened_where_the_first_file_is_lost(today: World, harm: object, words: str) -> None:
    """The very beginning of what there is to play is a gap."""
    files = await recorded(today)
    harm(files[0])  # type: ignore[operator]
    async with player(today, at(T0 + 1000)) as page:
        notice = page.get_by_role("status").filter(has_text="This footage can’t be had")
        await expect(notice).to_contain_text(words, timeout=PATIENCE_MS)
        # Who may see the storage finds the file.
        if harm is lose:
            await expect(notice).to_contain_text(str(files[0].path))
        await shows(page, FRAMES + 20)
        await expect(notice).to_be_hidden()
        assert min(await numbers(page)) >= FRAMES


async def test_paused_it_stays_where_there_is_nothing(today: World) -> None:
    files = await recorded(today)
    lose(files[0])
    async with player(today, at(T0 + 1000)) as page:
        notice = page.get_by_role("status").filter(has_text="This footage can’t be had")
        await expect(notice).to_contain_text("by itself in a few seconds", timeout=PATIENCE_MS)
        await page.keyboard.press("k")
        await expect(notice).not_to_contain_text("by itself")
        await notice.get_by_role("button", name="Continue at").click()
        await shows(page, FRAMES + 20)


async def test_an_instant_in_a_gap_and_one_to_come(today: World) -> None:
    await recorded(today)
    await today.library.record(today.stream_id, T0 + 60_000, clip(6.0, numbered=True))
    async with player(today, at(T0 + 30_000)) as page:
        await expect(page.get_by_role("status").filter(has_text="Nothing recorded: lost")).to_be_visible(
            timeout=PATIENCE_MS
        )
        await shows(page, 20)
        clock = page.get_by_role("toolbar", name="Player").locator("time")
        assert await clock.get_attribute("datetime") >= format_instant(T0 + 60_000)  # type: ignore[operator]
    async with player(today, at(today.clock.now_ms() + 3_600_000)) as page:
        await expect(page.get_by_role("status").filter(has_text="That time has not come yet")).to_be_visible()


async def test_a_disk_that_is_away(today: World, tmp_path: Path) -> None:
    """The second of three hours' worth lies on it."""
    second = await Library.make(today.database, tmp_path / "second", "second")
    await today.library.record(today.stream_id, T0, clip(4.0, numbered=True))
    await second.record(today.stream_id, T0 + 4000, clip(4.0, numbered=True))
    await today.library.record(today.stream_id, T0 + 8000, clip(12.0, numbered=True))
    second.root.rename(tmp_path / "unplugged")
    states = {volume["state"] for volume in (await today.http.get("/storage/volumes")).json()["items"]}
    assert states == {"ok", "missing"}
    async with player(today, at(T0 + 5000)) as page:
        notice = page.get_by_role("status").filter(has_text="This footage can’t be had: out of reach")
        await expect(notice).to_contain_text("which holds this footage, is not there", timeout=PATIENCE_MS)
        await shows(page, 20)
    async with player(today, at(T0 + 1000)) as page:
        told = page.get_by_role("status").filter(has_text="Went over")
        await expect(told).to_contain_text("out of reach", timeout=PATIENCE_MS)
        await shows(page, 120)  # of the third


@pytest.mark.ceph
@pytest.mark.parametrize("delivery", list(Delivery))
async def test_a_bucket_that_can_not_be_reached(today: World, gateway: Gateway, delivery: Delivery) -> None:
    files = await recorded(today)
    cold = await Cold.make(
        today.database,
        gateway,
        vault=open_vault(today.app.app.state.settings),
        delivery=delivery,
        cors=f"http://{today.app.address}",
    )
    assert await cold.move(files[0].end_ms) == 1
    gateway.stop()
    try:
        await today.http.get("/storage/volumes")  # as the worker looks every ten seconds
        async with player(today, at(T0 + 1000)) as page:
            notice = page.get_by_role("status").filter(has_text="This footage can’t be had: out of reach")
            await expect(notice).to_contain_text("cold", timeout=PATIENCE_MS)
            await shows(page, FRAMES + 20)
            assert min(await numbers(page)) >= FRAMES
    finally:
        gateway.start()


@pytest.mark.ceph
async def test_a_bucket_without_a_rule_for_pages(today: World, gateway: Gateway) -> None:
    """Browsers are not let read there: what is sent to them comes through the server."""
    files = await recorded(today)
    vault = open_vault(today.app.app.state.settings)
    cold = await Cold.make(today.database, gateway, vault=vault, delivery=Delivery.BROWSER)
    assert await cold.move(files[1].end_ms) == 2
    async with player(today, at(T0 + 1000)) as page:
        await shows(page, 2 * FRAMES + 20)
        seen = await numbers(page)
        # A busy browser need not show all that it decodes.
        decoded = await page.evaluate(
            "() => document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames"
        )
        told: dict[str, Any] = (await today.http.get("/storage/volumes")).json()["items"][1]
        assert told["bucket"]["detour_at"] is not None
        await page.goto(f"http://{today.app.address}/storage")
        await expect(page.get_by_role("status").filter(has_text="CORS rule")).to_be_visible(timeout=PATIENCE_MS)
    assert min(seen) < FRAMES
    assert {number // FRAMES for number in seen} == {0, 1, 2}, "of both files in the bucket, and of the one after them"
    assert decoded > FRAMES + FRAMES // 2


async def test_several_cameras_one_without_its_file(today: World) -> None:
    """The others go on; its tile says why it has nothing, and comes back."""
    files = await recorded(today)
    yard = await add_stream(today.database, "yard")
    await today.library.record(yard, T0, clip(12.0, numbered=True), file_s=4)
    lose(files[1])
    async with player(today, f"cameras=gate,yard&at={format_instant(T0 + 1000)}") as page:
        tile = page.locator("article").filter(has_text="gate").first
        await expect(tile.get_by_role("status")).to_contain_text("File gone", timeout=PATIENCE_MS)
        await expect(tile.get_by_role("status")).to_be_hidden()
