"""Real players on the re-stream: every picture in order, in every codec, with every way to log in that they know."""

import asyncio
import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.burned import breaks, numbers_in
from tests.support.gstreamer import gst_launch
from tests.support.restreamed import Place, Token, restreamed
from vedette.media.simulator.clipspec import LOOP_MS

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

KINDS = ("small", "bframes", "g711", "pcmu", "opus", "h265")
LOOP = LOOP_MS // 40


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    async with restreamed(tmp_path_factory.mktemp("restream") / "data", KINDS) as place:
        yield place


@pytest.fixture(scope="module")
async def token(place: Place) -> Token:
    return await place.token()


async def run(*command: str, seconds: float = 60) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(seconds):
            out, error = await process.communicate()
    except TimeoutError:
        process.kill()
        raise
    assert process.returncode is not None
    return process.returncode, out.decode(), error.decode()


@pytest.mark.ffmpeg
@pytest.mark.parametrize("kind", KINDS)
async def test_ffmpeg_gets_every_picture_in_order(tmp_path: Path, place: Place, token: Token, kind: str) -> None:
    # Matroska wants decode times of B-frames, which RTP does not have.
    target = tmp_path / ("taken.h265" if kind == "h265" else "taken.h264")
    source = ["ffmpeg", "-v", "warning", "-rtsp_transport", "tcp", "-i", place.url(kind, token)]
    code, _, error = await run(*source, "-t", "4", "-map", "0:v", "-c", "copy", str(target))
    assert code == 0, error
    numbers = numbers_in(target)
    assert len(numbers) > 75, error
    assert breaks(numbers, LOOP) == []


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("kind", "video", "sound"),
    [
        ("small", "h264", "aac"),
        ("h265", "hevc", "aac"),
        ("g711", "h264", "pcm_alaw"),
        ("pcmu", "h264", "pcm_mulaw"),
        ("opus", "h264", "opus"),
    ],
)
async def test_ffprobe_knows_the_tracks(place: Place, token: Token, kind: str, video: str, sound: str) -> None:
    command = ["ffprobe", "-v", "error", "-rtsp_transport", "tcp", "-show_streams", "-of", "json"]
    code, out, error = await run(*command, place.url(f"{kind}/main", token))
    assert code == 0, error
    streams = {stream["codec_type"]: stream for stream in json.loads(out)["streams"]}
    assert (streams["video"]["codec_name"], streams["audio"]["codec_name"]) == (video, sound)
    assert streams["video"]["width"] in (640, 1280, 1920)


def _gstreamer_lacks() -> str | None:
    if shutil.which("gst-inspect-1.0") is None:
        return "GStreamer's tools are not installed (gstreamer1.0-tools)"
    for element in ("rtspsrc", "rtph264depay", "h264parse"):
        if subprocess.run(["gst-inspect-1.0", element], capture_output=True, check=False).returncode:
            return f"GStreamer has no {element}"
    return None


@pytest.mark.skipif(_gstreamer_lacks() is not None, reason=str(_gstreamer_lacks()))
async def test_gstreamer_gets_every_picture_in_order(tmp_path: Path, place: Place, token: Token) -> None:
    target = tmp_path / "taken.h264"
    login = ("protocols=tcp", f"user-id={token.user}", f"user-pw={token.secret}")
    take = "rtph264depay ! h264parse config-interval=-1 ! video/x-h264,stream-format=byte-stream,alignment=au"
    end = f"identity eos-after=100 ! filesink location={target}"
    words = ["rtspsrc", f"location={place.url('small')}", *login, "name=s", "s.", "!", "application/x-rtp,media=video"]
    await gst_launch(*words, *f"! {take} ! {end}".split())
    numbers = numbers_in(target)
    assert len(numbers) > 75
    assert breaks(numbers, LOOP) == []
