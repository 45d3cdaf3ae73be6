"""WebRTC in other qualities: what no browser takes is converted by itself, and nothing is once nobody watches."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.live.whep.conftest import Scene, watched
from tests.support.offers import offer, video
from tests.support.recording import until
from tests.support.webrtc import SDP, webrtc_viewer
from vedette.live.transcode.transcodes import Transcodes
from vedette.live.whep.answer import needed
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer
from vedette.media.transcode.rungs import Rung

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

LOOP = LOOP_MS // 40


def readable_in_order(numbers: list[int | None]) -> None:
    """Never back, never unreadable. A busy machine leaves some out."""
    assert None not in numbers
    steps = [(later - one) % LOOP for one, later in pairwise(one for one in numbers if one is not None)]
    assert all(0 < step < LOOP // 2 for step in steps), numbers


async def until_none_runs(scene: Scene) -> None:
    """The process of every transcode is gone."""
    transcodes: Transcodes = scene.app.app.state.transcodes

    async def none() -> bool | None:
        return not transcodes.jobs or None

    await until("no transcode runs", none, 40)


async def until_codec(scene: Scene) -> None:
    async def known() -> bool | None:
        status = scene.app.hub.status(scene.camera.stream_id)
        return bool(status and status.video_codec) or None

    await until("the codec is known", known)


async def viewers(scene: Scene) -> list[int]:
    """Of each transcode that runs."""
    told = (await scene.app.http.get("/live/encoders")).json()
    return [one["viewers"] for one in told["transcodes"]]


async def test_an_h265_camera_is_converted_by_itself_once_for_all(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server, "h265") as scene:
        await until_codec(scene)
        async with webrtc_viewer(scene.app.http, "gate") as first:
            assert first.answer.headers["x-vedette-quality"] == "h264"
            readable_in_order(await first.until_frames(40))
            async with webrtc_viewer(scene.app.http, "gate") as second:
                await second.until_frames(20)
                assert await viewers(scene) == [2]
                now = (await scene.app.http.get("/live/sessions")).json()["items"]
                assert [(one["transport"], one["quality"]) for one in now] == [("whep", "h264")] * 2
                metrics = (await scene.app.http.get(f"http://{scene.app.address}/metrics")).text
                assert '\nvedette_live_viewers{transport="whep"} 2.0\n' in metrics
        await until_none_runs(scene)


async def test_less_is_sent_to_who_asks_for_less(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server, "g711") as scene:
        async with webrtc_viewer(scene.app.http, "gate", quality="360p") as viewer:
            readable_in_order(await viewer.until_frames(40))
            assert set(viewer.sizes) == {640}
            assert viewer.answer.headers["x-vedette-quality"] == "360p"
            assert "AAC" in viewer.answer.headers["x-vedette-silent"]
        async with webrtc_viewer(scene.app.http, "gate") as viewer:
            await viewer.until_frames(5)
            assert set(viewer.sizes) == {1280}
            assert "x-vedette-quality" not in viewer.answer.headers
        await until_none_runs(scene)


async def test_b_frames_are_taken_out_for_who_asks(tmp_path: Path, server: SimulatorServer) -> None:
    async with (
        watched(tmp_path, server, "bframes") as scene,
        webrtc_viewer(scene.app.http, "gate", quality="h264") as viewer,
    ):
        readable_in_order(await viewer.until_frames(60))


async def test_what_can_not_be_converted_is_refused_in_words(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server, "h265", transcodes=0) as scene:
        await until_codec(scene)
        given = offer(video(), bundle="0")
        off = await scene.app.http.post("/live/gate/whep", content=given, headers=SDP)
        assert (off.status_code, off.json()["code"]) == (503, "transcode.off")
        wrong = await scene.app.http.post("/live/gate/whep?quality=999p", content=given, headers=SDP)
        assert wrong.status_code == 422
        assert scene.sessions.count == 0


async def test_one_too_many_is_told_whose_are_running(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server, transcodes=1) as scene:
        async with webrtc_viewer(scene.app.http, "gate", quality="360p") as viewer:
            await viewer.until_frames(5)
            given = offer(video(), bundle="0")
            other = await scene.app.http.post("/live/gate/whep?quality=h264", content=given, headers=SDP)
            assert (other.status_code, other.json()["code"]) == (507, "transcode.limit")
            assert "for gate" in other.json()["detail"]
        await until_none_runs(scene)


async def test_switched_off(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server, webrtc=False) as scene:
        answer = await scene.app.http.post("/live/gate/whep", content=offer(video(), bundle="0"), headers=SDP)
        assert (answer.status_code, answer.json()["code"]) == (503, "whep.off")
        assert not scene.sessions.loaded


@pytest.mark.parametrize(
    ("asked", "codec", "sent"),
    [
        (None, "h264", None),
        (None, None, None),
        (None, "h265", Rung.H264),
        (Rung.P720, "h265", Rung.P720),
        (Rung.P360, "h264", Rung.P360),
    ],
)
def test_what_is_sent(asked: Rung | None, codec: str | None, sent: Rung | None) -> None:
    assert needed(asked, codec) is sent


async def test_nobody_waits_for_it_to_be_loaded(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene:

        async def loaded() -> bool | None:
            return scene.sessions.loaded or None

        await until("it is loaded", loaded)
        assert scene.sessions.count == 0
