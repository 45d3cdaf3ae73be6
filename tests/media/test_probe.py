"""The probe against simulated cameras, GStreamer's server and things that are no camera."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.support.gst_server import GstServer, h264, mjpeg
from tests.support.rtsp_script import ScriptedCamera, answer
from tests.support.simulated import simulated_cameras
from vedette.core.clock import SystemClock
from vedette.media.credentials import Credentials
from vedette.media.probe import probe
from vedette.media.probe_results import ProbeResult
from vedette.media.simulator.server import SimulatorServer
from vedette.media.stills import jpeg
from vedette.media.units import Codec

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(90)]


@pytest.fixture(scope="module")
async def cameras() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        # Making a clip takes longer than a client waits.
        await server.prepare(["cam-1"], ("small", "main", "bframes", "unsupported"))
        yield server


def codes(result: ProbeResult) -> list[str]:
    return [note.code for note in result.warnings]


async def test_a_good_camera(cameras: SimulatorServer) -> None:
    result = await probe(cameras.url("cam-1", "small"), None, SystemClock())
    assert result.ok, result
    assert result.message.startswith("H.264 640x360, 25 fps")
    assert result.video is not None
    assert (result.video.codec, result.video.width, result.video.height) == (Codec.H264, 640, 360)
    assert result.video.fps == pytest.approx(25, abs=0.5)
    assert result.video.key_interval_s == pytest.approx(1, abs=0.05)
    assert 100_000 < result.video.bitrate < 1_500_000
    assert result.audio is not None
    assert (result.audio.codec, result.audio.sample_rate) == (Codec.AAC, 16_000)
    assert result.round_trip_ms is not None
    assert result.setup_ms is not None
    assert 0 < result.round_trip_ms <= result.setup_ms
    assert codes(result) == []
    assert result.picture is not None
    picture = await asyncio.to_thread(jpeg, result.picture.init, result.picture.part)
    assert picture.startswith(b"\xff\xd8")


async def test_what_could_be_better(cameras: SimulatorServer) -> None:
    clock = SystemClock()
    kinds = ["bframes", "g711", "mute", "nosps"]
    results = await asyncio.gather(*(probe(cameras.url("cam-1", kind), None, clock) for kind in kinds))
    assert [codes(result) for result in results] == [["b_frames"], ["g711_audio"], ["no_audio"], []]
    assert all(result.ok and result.video and result.video.height == 720 for result in results)


@pytest.mark.gstreamer
async def test_key_frames_far_apart_and_no_sound() -> None:
    with GstServer({"/slow": h264(gop=1000), "/mjpeg": mjpeg()}) as server:
        slow, unsupported = await asyncio.gather(
            probe(server.url("/slow"), None, SystemClock()), probe(server.url("/mjpeg"), None, SystemClock())
        )
    assert slow.ok
    assert slow.video is not None
    assert slow.video.profile == "Constrained Baseline"
    assert slow.video.key_interval_s is None
    assert codes(slow) == ["no_audio", "key_interval_long"]
    assert (unsupported.ok, unsupported.code) == (False, "unsupported_codec")


async def test_failures_say_what_to_do(cameras: SimulatorServer) -> None:
    clock = SystemClock()
    async with (
        simulated_cameras(user="admin", password="right") as locked,
        ScriptedCamera({"OPTIONS": lambda _request: b"HTTP/1.1 400 Bad Request\r\n\r\n"}) as web,
        ScriptedCamera({"DESCRIBE": lambda request: answer(request, "503 Service Unavailable")}) as busy,
    ):
        wrong = Credentials("admin", "wrong-password")
        results = {
            "unauthorized": await probe(locked.url("cam-1", "main"), wrong, clock),
            "not_found": await probe(cameras.url("cam-1", "no-such-kind"), None, clock),
            "not_rtsp": await probe(web.url(), None, clock),
            "busy": await probe(busy.url(), None, clock),
            "dns": await probe("rtsp://no-such-camera.invalid/", None, clock),
            "unsupported_address": await probe("rtmp://127.0.0.1/live", None, clock),
            "unsupported_codec": await probe(cameras.url("cam-1", "unsupported"), None, clock),
        }
    for code, result in results.items():
        assert (result.ok, result.code) == (False, code)
        assert result.message
        assert result.remedy
        assert "wrong-password" not in f"{result}"


async def test_a_stream_without_key_frames(cameras: SimulatorServer) -> None:
    result = await probe(cameras.url("cam-1", "nokey"), None, SystemClock(), watch_s=1, key_frame_s=2)
    assert (result.ok, result.code) == (False, "no_key_frame")
    assert "I-frame" in (result.remedy or "")
    assert result.setup_ms is not None


async def test_a_camera_that_describes_and_then_hangs_up() -> None:
    camera = ScriptedCamera()
    async with camera:
        hang_up = asyncio.create_task(_close_after_play(camera))
        result = await probe(camera.url(), None, SystemClock())
        await hang_up
    assert (result.ok, result.code) == (False, "closed")


async def _close_after_play(camera: ScriptedCamera) -> None:
    while "PLAY" not in camera.methods():
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    camera.writers[0].close()
