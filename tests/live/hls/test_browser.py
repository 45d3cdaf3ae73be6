"""HLS in Chromium with the product's own player: over changes of resolution."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from benchmarks.page import player_page
from playwright.async_api import Page

from tests.support.recording import recording, until
from tests.support.running import running_app
from tests.support.simulated import simulated_cameras
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer

pytestmark = [pytest.mark.anyio, pytest.mark.browser, pytest.mark.timeout(300)]

LOOP = LOOP_MS // 40
ENTRY = str(Path(__file__).parent / "player.ts")


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], ("resolution",))
        yield server


@asynccontextmanager
async def page_of(tmp_path: Path, server: SimulatorServer, kind: str) -> AsyncIterator[Page]:
    """A page of Chromium that could watch the camera `gate`."""
    async with recording(tmp_path / "data", segment_seconds=10) as desk:
        camera = await desk.add_camera("gate", server.url("cam-1", kind))
        desk.start()
        async with running_app(tmp_path / "data", desk.database) as app:

            async def recorded() -> bool | None:
                return len(app.hub.tail(camera.stream_id)) > 4 or None

            await until("parts come", recorded, 60)
            access = app.cookies["vedette_access"]
            async with player_page(f"http://{app.address}", access, tmp_path / "page", ENTRY) as page:
                yield page


async def shown(page: Page, condition: str) -> list[dict[str, Any]]:
    """The pictures that were shown, once `condition` holds for `shown`."""
    await page.wait_for_function(f"(() => {{ const shown = window.shown; return {condition} }})()", timeout=90_000)
    pictures: list[dict[str, Any]] = await page.evaluate("window.shown")
    return pictures


def never_back(pictures: list[dict[str, Any]]) -> None:
    numbers = [picture["number"] for picture in pictures if picture["number"] is not None]
    assert len(numbers) > 0.9 * len(pictures)
    assert all((later - one) % LOOP < LOOP // 2 for one, later in pairwise(numbers)), numbers


async def test_the_player_goes_on_over_changes_of_resolution(tmp_path: Path, server: SimulatorServer) -> None:
    """Each is a new run with an init of its own: a discontinuity of the playlist."""
    async with page_of(tmp_path, server, "resolution") as page:
        await page.evaluate("begin('gate')")
        changes = "shown.filter((one, at) => at > 0 && one.width !== shown[at - 1].width).length"
        pictures = await shown(page, f"{changes} >= 3")
        assert {picture["width"] for picture in pictures} >= {1280, 960}
        before = len(pictures)
        pictures = await shown(page, f"shown.length > {before + 25}")  # and after the last change, too
        never_back(pictures)
        state = await page.evaluate("window.player.getState()")
        assert state["phase"] == "playing"
