"""Independent players (ffmpeg, GStreamer) watch simulated cameras: what they record has every frame, in order."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.burned import breaks, numbers_in
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
    output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()[-2000:]
    return output


async def record(url: str, file: Path, seconds: float = 4) -> None:
    await run(
        *("ffmpeg", "-v", "error", "-rtsp_transport", "tcp", "-i", url),
        *("-t", str(seconds), "-c", "copy", "-y", file),
    )


async def probe(url: str) -> list[dict[str, Any]]:
    entries = "stream=codec_name,width,height,avg_frame_rate,sample_rate"
    command = (
        "ffprobe",
        "-v",
        "error",
        "-rtsp_transport",
        "tcp",
        "-analyzeduration",
        "1M",
        "-show_entries",
        entries,
        "-of",
        "json",
        url,
    )
    streams: list[dict[str, Any]] = json.loads(await run(*command))["streams"]
    return streams


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("kind", "video", "audio"),
    [
        ("small", ("h264", 640, 360), ("aac", "16000")),
        ("bframes", ("h264", 1280, 720), ("aac", "48000")),
        ("h265", ("hevc", 1280, 720), ("aac", "48000")),
        ("g711", ("h264", 1280, 720), ("pcm_alaw", "8000")),
        ("pcmu", ("h264", 1280, 720), ("pcm_mulaw", "8000")),
        ("opus", ("h264", 1280, 720), ("opus", "48000")),
        ("nosps", ("h264", 1280, 720), ("aac", "48000")),
    ],
)
async def test_ffmpeg_records_every_frame(
    cameras: SimulatorServer, tmp_path: Path, kind: str, video: tuple[str, int, int], audio: tuple[str, str]
) -> None:
    url = cameras.url("front-door", kind)
    pictures, sound = await probe(url)
    assert (pictures["codec_name"], pictures["width"], pictures["height"]) == video
    assert (sound["codec_name"], sound["sample_rate"]) == audio

    await record(url, tmp_path / "seen.mkv")

    numbers = numbers_in(tmp_path / "seen.mkv")
    whole = numbers[:-3]  # the last frames may lack the ones they are predicted from, where there are B-frames
    assert len(whole) > 40
    assert breaks(whole, FRAMES) == []
    assert cameras.counters.frames_dropped == 0
