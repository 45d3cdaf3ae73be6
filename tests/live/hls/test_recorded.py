"""HLS of real cameras through a real recorder: nothing missing, nothing twice, in parts and in segments."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.burned import breaks, numbers_in
from tests.support.hls import HlsClient, read
from tests.support.recording import RecordedCamera, Recording, recording, until
from tests.support.running import RunningApp, running_app
from tests.support.simulated import simulated_cameras
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

LOOP = LOOP_MS // 40
KINDS = ("small", "bframes", "g711")


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], KINDS)
        yield server


@asynccontextmanager
async def showing(tmp_path: Path, url: str) -> AsyncIterator[tuple[RunningApp, RecordedCamera, Recording]]:
    """A recorded camera `gate` and the app that shows it."""
    async with recording(tmp_path / "data", segment_seconds=10) as desk:
        camera = await desk.add_camera("gate", url)
        desk.start()
        async with running_app(tmp_path / "data", desk.database) as app:

            async def recorded() -> bool | None:
                return len(app.hub.tail(camera.stream_id)) > 8 or None

            await until("parts come", recorded)
            yield app, camera, desk


@pytest.mark.parametrize("kind", KINDS)
async def test_parts_follow_one_another_without_loss_or_repetition(
    tmp_path: Path, server: SimulatorServer, kind: str
) -> None:
    async with showing(tmp_path, server.url("cam-1", kind)) as (app, _, _):
        client = HlsClient(app.http, "/live/gate/hls/main/index.m3u8")
        first = await client.reload()
        assert len(first.segments) >= 2  # what was there before is shown at once
        await client.take(from_last=2)
        for _ in range(40):
            before = client.playlist
            after = await client.reload()
            assert before is not None
            assert after.following != before.following
            await client.take()
        parts = [part for segment in after.segments for part in segment.parts]
        assert all(seconds <= after.part_target_s <= 0.25 for seconds, _, _ in parts), after.text
        whole = [segment for segment in after.segments if segment.parts and segment.uri]
        assert all(seconds >= 0.85 * after.part_target_s for one in whole for seconds, _, _ in one.parts[:-1])
        assert all(round(segment.seconds) <= after.target_s for segment in after.segments)
        assert whole[-1].parts[0][2]  # a segment begins with a key frame
        assert {segment.discontinuity for segment in after.segments} == {after.segments[0].discontinuity}
        numbers = numbers_in(client.media, cut=True)
        assert breaks(numbers, LOOP) == []
        assert len(numbers) > 40 * 4
        # The same by whole segments.
        plain = read((await app.http.get("/live/gate/hls/main/plain.m3u8")).text)
        media = (await app.http.get(client.absolute(plain.segments[0].init))).content
        for segment in plain.segments:
            media += (await app.http.get(client.absolute(segment.uri))).content
        assert breaks(numbers_in(media), LOOP) == []


async def test_ffmpeg_reads_the_master_and_its_pictures(tmp_path: Path, server: SimulatorServer) -> None:
    async with showing(tmp_path, server.url("cam-1", "small")) as (app, _, _):
        url = f"http://{app.address}/api/v1/live/gate/hls/index.m3u8"
        for more in ("", "?low_latency=no"):
            command = ["ffmpeg", "-v", "error", "-headers", f"Authorization: {app.headers['Authorization']}\r\n"]
            command += ["-i", url + more, "-t", "5", "-map", "0:v:0", "-c", "copy", "-f", "mp4"]
            made = tmp_path / "seen.mp4"
            process = await asyncio.create_subprocess_exec(
                *command, "-y", str(made), stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
            )
            async with asyncio.timeout(60):
                _, errors = await process.communicate()
            assert (process.returncode, errors.decode()) == (0, "")
            numbers = numbers_in(made)
            assert len(numbers) >= 100
            assert breaks(numbers, LOOP) == []
        command = ["ffprobe", "-v", "error", "-headers", f"Authorization: {app.headers['Authorization']}\r\n"]
        process = await asyncio.create_subprocess_exec(
            *command, "-show_streams", "-of", "json", url, stdout=asyncio.subprocess.PIPE
        )
        answer, _ = await process.communicate()
        streams = json.loads(answer)["streams"]
        assert {stream["codec_name"] for stream in streams} >= {"h264", "aac"}


async def test_a_recorder_that_dies_is_a_discontinuity(tmp_path: Path, server: SimulatorServer) -> None:
    async with showing(tmp_path, server.url("cam-1", "small")) as (app, _, desk):
        client = HlsClient(app.http, "/live/gate/hls/main/index.m3u8")
        await client.reload()
        await client.take()
        for _ in range(8):
            await client.reload()
            await client.take()
        before = client.playlist
        assert before is not None
        await desk.runs[-1].kill()
        desk.start()

        async def goes_on() -> bool | None:
            assert client.playlist is not None
            last = client.playlist.segments[-1]
            if last.discontinuity > before.segments[-1].discontinuity and len(client.media) > 100_000:
                return True
            # Asked again and again meanwhile: the answer is what there is.
            await client.reload()
            await client.take()
            return None

        await until("the stream goes on", goes_on, 60)
        for _ in range(10):
            await client.reload()
            await client.take()
        for media in (*client.runs, client.media):
            assert breaks(numbers_in(media, cut=True), LOOP) == []
        assert len(client.runs) == 1


async def test_ffmpeg_plays_on_after_the_end_of_its_ticket(tmp_path: Path, server: SimulatorServer) -> None:
    """It asks for the same address with the same ticket for ever."""
    async with showing(tmp_path, server.url("cam-1", "small")) as (app, _, _):
        for path in ("hls/index.m3u8?low_latency=no&", "hls/main/index.m3u8?"):
            wanted = {"items": [{"camera": "gate", "kind": "live"}], "seconds": 5}
            ticket = (await app.http.post("/media-tickets", json=wanted)).json()["items"][0]["ticket"]
            made = tmp_path / "seen.mp4"
            url = f"http://{app.address}/api/v1/live/gate/{path}ticket={ticket}"
            command = ["ffmpeg", "-v", "error", "-i", url, "-t", "20", "-map", "0:v:0", "-c", "copy", "-f", "mp4"]
            process = await asyncio.create_subprocess_exec(*command, "-y", str(made), stderr=asyncio.subprocess.PIPE)
            async with asyncio.timeout(90):
                _, errors = await process.communicate()
            assert (process.returncode, errors.decode()) == (0, "")
            numbers = numbers_in(made)
            assert len(numbers) >= 19 * 25
            assert breaks(numbers, LOOP) == []
