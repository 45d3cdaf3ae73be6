"""A camera that Chromium can't play, watched in it through the product's own routes; and what the API says of that."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live.hls.test_recorded import showing
from tests.live.test_mse import watch
from tests.live.test_mse_browser import _PLAYER
from tests.support.browser import browser_page, frames_seen
from tests.support.recording import until
from tests.support.simulated import simulated_cameras
from vedette.events.announcements import StreamStatus
from vedette.live.hls.renditions import worth_making
from vedette.media.simulator.server import SimulatorServer
from vedette.media.transcode.rungs import Rung

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], ("h265",))
        yield server


@pytest.mark.browser
async def test_an_h265_camera_in_chromium(tmp_path: Path, server: SimulatorServer) -> None:
    async with showing(tmp_path, server.url("cam-1", "h265")) as (app, _, _):
        async with browser_page(app) as page:
            await page.evaluate(_PLAYER, "/api/v1/live/gate/mse?quality=h264")
            await page.wait_for_function("window.frames_seen.length >= 40", timeout=60_000)
            seen = await frames_seen(page)
            problems = await page.evaluate("window.problems")
            inits = await page.evaluate("window.inits")
            told = (await app.http.get("/live/encoders")).json()
        assert problems == []
        assert inits[0]["quality"] == "h264"
        assert inits[0]["codecs"].startswith("avc1.")
        numbers = [frame["number"] for frame in seen]
        assert None not in numbers
        assert len(set(numbers)) == len(numbers)
        assert {frame["width"] for frame in seen} == {1280}
        (one,) = told["transcodes"]
        assert (one["camera"], one["quality"], one["viewers"], one["encoder"]) == ("gate", "h264", 1, "libx264")
        assert (one["width"], one["height"], one["failure"]) == (1280, 720, "")
        assert {row["name"]: row["works"] for row in told["encoders"]}["libx264"]
        assert all(row["works"] or row["why"] for row in told["encoders"])


async def test_qualities_and_live_playlists(tmp_path: Path, server: SimulatorServer) -> None:
    async with showing(tmp_path, server.url("cam-1", "h265")) as (app, camera, _):

        async def sized() -> bool | None:
            status = app.hub.status(camera.stream_id)
            return bool(status and status.width) or None

        await until("the size is known", sized)
        told = (await app.http.get("/live/gate/qualities")).json()
        assert (told["stream"], told["width"], told["height"], told["codec"]) == ("main", 1280, 720, "h265")
        assert [(one["quality"], one["width"], one["running"]) for one in told["renditions"]] == [
            ("h264", 1280, False),
            ("480p", 854, False),
            ("360p", 640, False),
        ]
        master = (await app.http.get("/live/gate/hls/index.m3u8")).text
        assert "main-h264/index.m3u8" in master
        assert "main-360p/index.m3u8" in master
        assert 'CODECS="avc1.4d401f,mp4a.40.2"' in master
        playlist = await app.http.get("/live/gate/hls/main-360p/index.m3u8")
        (session,) = (await app.http.get("/live/sessions", params={"transport": "hls"})).json()["items"]
        assert (session["stream"], session["quality"]) == ("main", "360p")
        assert playlist.status_code == 200, playlist.text
        assert "#EXT-X-MAP" in playlist.text
        told = (await app.http.get("/live/gate/qualities")).json()
        assert {one["quality"] for one in told["renditions"] if one["running"]} == {"360p"}
        # One transcode is the limit of this machine or less than what is asked for: who comes then is told.
        if not told["spare"]:
            async with watch(app, "gate", "?quality=h264") as client:
                await client.wait_closed()
                assert client.close_code == 4429
                assert "running, for gate. Close one" in (client.close_reason or "")


def status_of(codec: str, width: int, height: int) -> StreamStatus:
    return StreamStatus(1, "", "main", "recording", 0, width=width, height=height, video_codec=codec)


@pytest.mark.parametrize(
    ("rung", "codec", "sub", "worth"),
    [
        (Rung.H264, "h265", None, True),
        (Rung.H264, "h264", None, False),
        (Rung.P720, "h264", None, True),
        (Rung.P1440, "h264", None, False),  # no smaller than the camera's own
        (Rung.P360, "h264", status_of("h264", 640, 360), False),
        (Rung.P720, "h264", status_of("h264", 640, 360), True),
        (Rung.P360, "h265", status_of("h265", 640, 360), True),
    ],
)
def test_which_renditions_are_worth_making(rung: Rung, codec: str, sub: StreamStatus | None, worth: bool) -> None:
    assert worth_making(rung, status_of(codec, 1920, 1080), sub, 1440) is worth
