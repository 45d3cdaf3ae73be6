"""RTSP in other qualities, as ffmpeg and whoever speaks RTSP takes them."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from tests.support.recording import until
from tests.support.restreamed import Place, Token, restreamed
from tests.support.rtsp_asker import asking
from vedette.live.restream.addresses import asked
from vedette.live.transcode.transcodes import Transcodes

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    data = tmp_path_factory.mktemp("quality") / "data"
    async with restreamed(data, ("h265", "small"), transcodes=1) as place:
        yield place


@pytest.fixture(scope="module")
async def token(place: Place) -> Token:
    return await place.token()


async def until_none_runs(place: Place) -> None:
    transcodes: Transcodes = place.app.app.state.transcodes

    async def none() -> bool | None:
        return not transcodes.jobs or None

    await until("no transcode runs", none, 40)


async def probed(url: str) -> list[dict[str, object]]:
    """The streams that ffprobe finds."""
    process = await asyncio.create_subprocess_exec(
        *("ffprobe", "-v", "error", "-rtsp_transport", "tcp", "-show_streams", "-of", "json", url),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, error = await process.communicate()
    assert process.returncode == 0, error.decode()
    streams: list[dict[str, object]] = json.loads(output)["streams"]
    return streams


@pytest.mark.parametrize(
    ("path", "codec", "width"),
    [
        ("h265", "hevc", 1280),
        ("h265?quality=h264", "h264", 1280),
        ("h265/main?quality=360p", "h264", 640),
        ("h265/main-360p", "h264", 640),
        ("h265/sub?quality=360p", "h264", 640),  # there is none: the main stream is given
    ],
)
async def test_ffprobe_finds_what_was_asked_for(place: Place, token: Token, path: str, codec: str, width: int) -> None:
    await until_none_runs(place)
    streams = await probed(place.url(path, token))
    video = next(stream for stream in streams if stream["codec_type"] == "video")
    assert (video["codec_name"], video["width"]) == (codec, width)
    assert [stream["codec_name"] for stream in streams if stream["codec_type"] == "audio"] == ["aac"]


async def test_it_ends_after_the_last_viewer(place: Place, token: Token) -> None:
    await until_none_runs(place)
    async with asking(place.port, token) as one, asking(place.port, token) as other:
        for asker in (one, other):
            assert (await asker.play(place.url("small?quality=360p"))).status == 200
        while sum(packet.channel == 0 for packet in one.packets) < 100:
            assert await one.packet() is not None
        assert await other.packet() is not None
        video = [packet for packet in one.packets if packet.channel == 0]
        assert all((b.sequence - a.sequence) & 0xFFFF == 1 for a, b in pairwise(video))
        (running,) = (await place.app.http.get("/live/encoders")).json()["transcodes"]
        assert (running["camera"], running["quality"], running["viewers"]) == ("small", "360p", 2)
        metrics = (await place.app.http.get(f"http://{place.app.address}/metrics")).text
        assert '\nvedette_live_viewers{transport="rtsp"} 2.0\n' in metrics
        now = (await place.app.http.get("/live/sessions")).json()["items"]
        assert {(one["transport"], one["quality"]) for one in now} == {("rtsp", "360p")}
    await until_none_runs(place)


async def test_refusals_in_words(place: Place, token: Token) -> None:
    await until_none_runs(place)
    async with asking(place.port, token) as viewer:
        wrong = await viewer.ask("DESCRIBE", place.url("small?quality=999p"))
        assert wrong.status == 451
        assert b"999p" in wrong.body
        assert (await viewer.play(place.url("small?quality=360p"))).status == 200
        mixed = await viewer.ask("DESCRIBE", place.url("small"))
        assert mixed.status == 455
        async with asking(place.port, token) as late:
            full = await late.ask("DESCRIBE", place.url("h265?quality=h264"))
            assert full.status == 453
            assert b"running, for small" in full.body
            assert (await late.ask("DESCRIBE", place.url("h265"))).status == 200
        blind = await place.token(cameras=[str(place.cameras["h265"].id)])
        async with asking(place.port, blind) as late:
            full = await late.ask("DESCRIBE", place.url("h265?quality=h264"))
            assert full.status == 453
            assert b"small" not in full.body
            assert (await late.ask("DESCRIBE", place.url("small?quality=360p"))).status == 404


BASE = "rtsp://nvr:8554/gate/"


@pytest.mark.parametrize(
    ("uri", "kind", "quality", "track", "base"),
    [
        ("rtsp://nvr:8554/gate", "main", "", None, BASE),
        ("rtsp://nvr:8554/gate?tcp", "main", "", None, BASE),
        ("rtsp://a:b@nvr:8554/gate/sub/trackID=1", "sub", "", 1, f"{BASE}sub/"),
        ("rtsp://nvr:8554/gate?quality=720p", "main", "720p", None, f"{BASE}main-720p/"),
        ("rtsp://nvr:8554/gate/?quality=720p/trackID=0", "main", "720p", 0, f"{BASE}main-720p/"),
        ("rtsp://nvr:8554/gate/main-720p/trackID=1", "main", "720p", 1, f"{BASE}main-720p/"),
        ("rtsp://nvr:8554/gate/sub?a=b&quality=h264", "sub", "h264", None, f"{BASE}sub-h264/"),
        ("rtsp://nvr:8554/gate?quality=a%0D%0Ab%2Fc", "main", "a\r\nb/c", None, f"{BASE}main-a%0D%0Ab%2Fc/"),
    ],
)
def test_addresses(uri: str, kind: str, quality: str, track: int | None, base: str) -> None:
    found = asked(uri)
    assert found
    assert (found.camera, found.kind, found.quality, found.track, found.base) == ("gate", kind, quality, track, base)


@pytest.mark.parametrize(
    "uri",
    [
        "rtsp://nvr/gate/third",
        "rtsp://nvr/gate/third-720p",
        "rtsp://nvr/gate/main/x",
        "rtsp://nvr/gate?quality=720p/x/y",
        f"rtsp://nvr/gate?{'a=b&' * 100}quality=720p",
    ],
)
def test_no_addresses(uri: str) -> None:
    assert asked(uri) is None
