"""WebRTC in Chromium with the product's own player: the right pictures, in time, over networks good and bad."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from benchmarks.page import player_page
from playwright.async_api import Page

from tests.live.whep.conftest import Scene, watched
from tests.support.burned import captured_ms
from tests.support.lossy import LossyNetwork, lossy
from tests.support.recording import until
from vedette.media.simulator import catalogue
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer

pytestmark = [pytest.mark.anyio, pytest.mark.browser, pytest.mark.timeout(240)]

FRAME_MS = 40
FRAMES = LOOP_MS // FRAME_MS


@asynccontextmanager
async def page_of(scene: Scene, tmp_path: Path, network: LossyNetwork | None = None) -> AsyncIterator[Page]:
    """A page that watches `gate` by WebRTC where it can."""
    access = scene.app.cookies["vedette_access"]
    entry = str(Path(__file__).parent / "player.ts")
    async with player_page(f"http://{scene.app.address}", access, tmp_path / "page", entry) as page:
        if network is not None:
            await page.expose_function("rewrite", network.between)
        await page.evaluate("begin('gate')")
        yield page


async def shown(page: Page, count: int) -> list[dict[str, Any]]:
    """What was shown, once that are so many pictures."""
    await page.wait_for_function("(count) => window.shown.length >= count", arg=count, timeout=60_000)
    pictures: list[dict[str, Any]] = await page.evaluate("window.shown")
    return pictures


async def state(page: Page) -> dict[str, Any]:
    told: dict[str, Any] = await page.evaluate("window.player.getState()")
    return told


def in_order(pictures: list[dict[str, Any]]) -> None:
    """Never back, never unreadable; a busy machine may leave some out."""
    numbers = [picture["number"] for picture in pictures]
    assert None not in numbers
    steps = [(later - one) % FRAMES for one, later in pairwise(numbers)]
    assert all(0 <= step < FRAMES // 2 for step in steps), numbers


def in_time(pictures: list[dict[str, Any]]) -> None:
    """Pictures of `cam-1` have the wall clock of their capture. What a late callback reads may be of a later picture
    than its clock: a busy machine may do so one time in ten."""
    camera = catalogue.find("cam-1")
    assert camera
    errors = [abs(one["wall"] - captured_ms(one["number"], FRAME_MS, one["wall"], camera.phase_ms)) for one in pictures]
    assert sum(error > 2 * FRAME_MS + 20 for error in errors) <= len(errors) // 10, errors


async def test_the_right_pictures_and_their_wall_clock(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene, page_of(scene, tmp_path) as page:
        pictures = (await shown(page, 120))[60:]
        in_order(pictures)
        in_time(pictures)
        told = await state(page)
        assert (told["phase"], told["connected"], told["silentSince"]) == ("playing", True, None)
        assert told["codecs"] == "H264"
        assert "AAC" in told["notice"]
        figures = await page.evaluate("window.player.figures()")
        assert figures["lost"] == 0
        assert scene.sessions.count == 1
        await page.evaluate("window.player.destroy()")
        await scene.until_sessions(0, 5)


async def test_two_percent_loss_in_full_hd(tmp_path: Path, server: SimulatorServer) -> None:
    async with (
        watched(tmp_path, server, "bench") as scene,
        lossy(0.02) as network,
        page_of(scene, tmp_path, network) as page,
    ):
        pictures = (await shown(page, 300))[50:]
        in_order(pictures)
        assert network.dropped > 50
        # Unrepaired, every fifth picture has a hole and most of the time nothing moves. A busy machine may stand still
        # once for more than a second.
        waits = [later["at"] - one["at"] for one, later in pairwise(pictures)]
        assert sum(wait for wait in waits if wait >= 1_000) < sum(waits) / 4
        assert (await page.evaluate("window.player.figures()"))["repaired"] > 50


async def test_without_udp_it_is_shown_the_ordinary_way(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene, lossy(0) as network:
        network.down = True
        async with page_of(scene, tmp_path, network) as page:
            in_order((await shown(page, 75))[25:])
            told = await state(page)
            assert told["notice"] == "Shown without WebRTC: no UDP comes through."
            assert told["status"]["state"] == "recording"
            await scene.until_sessions(0, 5)


async def test_b_frames_are_shown_the_ordinary_way(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server, "bframes") as scene, page_of(scene, tmp_path) as page:
        # It may begin with an older key frame and jump to the present, by half of the clip or more on a busy machine.
        in_order((await shown(page, 75))[25:])
        assert "B-frames" in (await state(page))["notice"]


async def test_the_picture_comes_back_alone(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene, page_of(scene, tmp_path) as page:
        await shown(page, 30)
        await scene.recorder.kill()
        await page.wait_for_function("window.player.getState().silentSince !== null", timeout=20_000)
        before = await page.evaluate("window.shown.length")
        scene.desk.start()
        pictures = await shown(page, before + 50)
        in_order(pictures[before + 5 :])
        assert (await state(page))["silentSince"] is None


async def test_a_server_that_restarts_is_found_again(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene, page_of(scene, tmp_path) as page:
        await shown(page, 30)
        for session in scene.sessions.open_sessions:
            session.close()
        await asyncio.sleep(0.5)
        before = await page.evaluate("window.shown.length")
        in_order((await shown(page, before + 60))[before + 30 :])
        assert scene.sessions.count == 1


async def test_an_h265_camera_is_converted_for_chromium(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server, "h265") as scene:

        async def known() -> bool | None:
            status = scene.app.hub.status(scene.camera.stream_id)
            return bool(status and status.video_codec) or None

        await until("the codec is known", known)
        async with page_of(scene, tmp_path) as page:
            pictures = (await shown(page, 80))[30:]
            in_order(pictures)
            assert {one["width"] for one in pictures} == {1280}
            told = await state(page)
            assert (told["phase"], told["converted"], told["codecs"]) == ("playing", "h264", "H264")
            assert "Shown without WebRTC" not in told["notice"]
            in_time(pictures)  # the wall clock outlives the conversion
