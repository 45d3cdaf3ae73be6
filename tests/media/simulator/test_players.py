"""Independent players (ffmpeg, GStreamer) watch simulated cameras: what they record has every frame, in order."""

import asyncio
import itertools
import json
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.support.burned import breaks, captured_ms, number_of, numbers_in
from tests.support.gstreamer import gst_launch
from tests.support.simulated import simulated_cameras
from vedette.media.simulator.server import SimulatorServer

pytestmark = pytest.mark.anyio

FRAMES = 400  # in the loop, at 25 fps


@pytest.fixture
async def cameras() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        yield server


async def run(*command: str | Path) -> bytes:
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        output, errors = await process.communicate()
    except BaseException:
        process.kill()
        await process.communicate()
        raise
    assert process.returncode == 0, errors.decode()[-2000:]
    return output


# Time to find the parameter sets: without them in the SDP that is up to the next key frame, 2 s.
RTSP = ("-rtsp_transport", "tcp", "-analyzeduration", "3M")


async def record(url: str, file: Path, frames: int = 60) -> None:
    await run("ffmpeg", "-v", "error", *RTSP, "-i", url, "-frames:v", str(frames), "-c", "copy", "-y", file)


async def probe(source: str | Path, *options: str) -> list[dict[str, Any]]:
    entries = ("-show_entries", "stream=codec_name,width,height,sample_rate", "-of", "json")
    streams: list[dict[str, Any]] = json.loads(await run("ffprobe", "-v", "error", *options, *entries, source))[
        "streams"
    ]
    return streams


@pytest.mark.ffmpeg
async def test_ffmpeg_records_every_frame_of_every_kind(cameras: SimulatorServer, tmp_path: Path) -> None:
    kinds = {
        "small": (("h264", 640, 360), ("aac", "16000")),
        "bframes": (("h264", 1280, 720), ("aac", "48000")),
        "h265": (("hevc", 1280, 720), ("aac", "48000")),
        "g711": (("h264", 1280, 720), ("pcm_alaw", "8000")),
        "pcmu": (("h264", 1280, 720), ("pcm_mulaw", "8000")),
        "opus": (("h264", 1280, 720), ("opus", "48000")),
        "nosps": (("h264", 1280, 720), ("aac", "48000")),
    }
    await cameras.prepare(["front-door"], tuple(kinds))

    async def watch(kind: str) -> None:
        url, file = cameras.url("front-door", kind), tmp_path / f"{kind}.mkv"
        await record(url, file)
        pictures, sound = await probe(file)
        found = (pictures["codec_name"], pictures["width"], pictures["height"])
        assert (found, (sound["codec_name"], sound["sample_rate"])) == kinds[kind]
        # The last frames may lack the ones they are predicted from, where there are B-frames.
        numbers = (await asyncio.to_thread(numbers_in, file))[:-3]
        assert len(numbers) > 50, kind
        assert breaks(numbers, FRAMES) == [], kind

    async with asyncio.TaskGroup() as watching:
        for kind in kinds:
            watching.create_task(watch(kind))
    assert cameras.counters.frames_dropped == 0


@pytest.mark.ffmpeg
async def test_libav_finds_the_wall_clock_of_each_picture(cameras: SimulatorServer) -> None:
    """libavformat relates RTP time to the wall clock by the sender reports; the burned-in number says the same."""
    errors = await asyncio.to_thread(_wall_clock_errors, cameras.url("yard", "small"), 40)

    assert len(errors) > 5
    assert max(map(abs, errors)) < 1


@pytest.mark.ffmpeg
async def test_beep_and_flash_are_at_the_same_time(cameras: SimulatorServer, tmp_path: Path) -> None:
    await record(cameras.url("yard", "small"), tmp_path / "seen.mkv", frames=130)

    flashes, beeps = await asyncio.to_thread(_flashes_and_beeps, tmp_path / "seen.mkv")

    matched = [min(abs(flash - beep) for beep in beeps) for flash in flashes[1:-1]]
    assert len(matched) >= 2
    assert max(matched) < 0.04


@pytest.mark.ffmpeg
@pytest.mark.parametrize("scheme", ["basic", "digest"])
async def test_ffmpeg_with_credentials(scheme: str) -> None:
    async with simulated_cameras(user="guard", password="let-me-in") as guarded:
        assert await probe(guarded.url("yard", "small", f"auth={scheme}", credentials=True), *RTSP)
        with pytest.raises(AssertionError, match="401"):
            await probe(guarded.url("yard", "small", f"auth={scheme}"), *RTSP)


@pytest.mark.ffmpeg
async def test_ffmpeg_sees_motion_jpeg(cameras: SimulatorServer, tmp_path: Path) -> None:
    await record(cameras.url("yard", "mjpeg"), tmp_path / "seen.mkv", frames=20)

    numbers = numbers_in(tmp_path / "seen.mkv")
    assert len(numbers) == 20
    assert breaks(numbers, 160) == []


@pytest.mark.gstreamer
async def test_gstreamer_records_every_frame(cameras: SimulatorServer, tmp_path: Path) -> None:
    async def watch(kind: str, codec: str) -> None:
        file = tmp_path / f"{kind}.mkv"
        source = ("rtspsrc", f"location={cameras.url('front-door', kind)}", "protocols=tcp")
        chain = ("!", f"rtp{codec}depay", "!", f"{codec}parse", "!", "identity", "eos-after=100", "!", "matroskamux")
        await gst_launch(*source, *chain, "!", "filesink", f"location={file}")
        numbers = await asyncio.to_thread(numbers_in, file)
        assert len(numbers) > 40, kind
        assert breaks(numbers, FRAMES) == [], kind

    async with asyncio.TaskGroup() as watching:
        watching.create_task(watch("small", "h264"))
        watching.create_task(watch("h265", "h265"))


def _wall_clock_errors(url: str, count: int) -> list[float]:
    """By how many ms libavformat's wall clock of `count` packets differs from what their pictures say."""
    errors = []
    with av.open(url, "r", options={"rtsp_transport": "tcp"}) as container:
        for packet in itertools.islice(container.demux(video=0), count):
            wall = packet.get_sidedata("prft") if packet.has_sidedata("prft") else None
            for picture in packet.decode():
                assert isinstance(picture, av.VideoFrame)
                number = number_of(picture)
                if wall and number is not None:
                    wall_ms = struct.unpack_from("<q", bytes(wall))[0] / 1000
                    errors.append(wall_ms - captured_ms(number, 40, wall_ms))
    return errors


def _flashes_and_beeps(file: Path) -> tuple[list[float], list[float]]:
    """When flashes and beeps begin, seconds of the file."""
    flashes, beeps = [], []
    with av.open(str(file), "r") as container:
        for picture in container.decode(video=0):
            number = number_of(picture)
            if number is not None and number % 25 == 0 and picture.time is not None:
                flashes.append(picture.time)
    with av.open(str(file), "r") as container:
        loud = True
        for frame in container.decode(audio=0):
            level = np.abs(frame.to_ndarray()[0])
            above = np.flatnonzero(level > 0.1)
            if len(above) and not loud and frame.time is not None:
                beeps.append(frame.time + float(above[0]) / frame.sample_rate)
            loud = len(above) > 0
    return flashes, beeps
