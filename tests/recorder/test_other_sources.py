"""Streams of other servers and of the libav recorder, through real recorder processes."""

import asyncio
from pathlib import Path

import av
import pytest

from tests.support.burned import breaks, numbers_in
from tests.support.gst_server import GstServer, aac, h264, h265, mjpeg, pcma
from tests.support.recording import Listener, contiguous, recording, until
from tests.support.simulated import simulated_cameras
from vedette.media.simulator.clipspec import LOOP_MS

pytestmark = pytest.mark.anyio

LOOP = LOOP_MS // 40


@pytest.mark.gstreamer
async def test_another_servers_streams_are_recorded_whole(tmp_path: Path) -> None:
    mounts = {
        "/aac": h264(gop=25) + aac(),
        "/bframes": h264(gop=50, b_frames=2) + pcma(),
        "/h265": h265(fps=15, gop=15),
        "/mjpeg": mjpeg(),
    }
    with GstServer(mounts, auth="digest") as server:
        async with recording(tmp_path / "data", segment_seconds=2) as desk:
            login = ("viewer", "pass word")
            cameras = {
                name: await desk.add_camera(name, server.url(f"/{name}"), login=login)
                for name in ("aac", "bframes", "h265", "mjpeg")
            }
            run, odd = desk.start(), desk.start("libav")
            async with await Listener().connect(run.socket), await Listener().connect(odd.socket) as heard:
                for name in ("aac", "bframes", "h265"):
                    await desk.wait_for(cameras[name], 3)
                status = await heard.state(cameras["mjpeg"].stream_id, "waiting")
                assert (status.cause, status.engine) == ("unsupported", "libav")
                assert "mjpeg" in status.detail
            assert (await desk.stream(cameras["mjpeg"])).fallback
            assert [await run.stop(), await odd.stop()] == [0, 0]
            for name, fps in (("aac", 25), ("bframes", 25), ("h265", 15)):
                rows = await desk.segments(cameras[name], "closed")
                assert contiguous(rows)
                for row in rows[:-1]:  # the last one ends wherever it was stopped, perhaps between B-frames
                    with av.open(str(desk.volume / row.path)) as container:
                        pictures = sum(1 for _ in container.decode(video=0))
                    assert pictures == row.frames
                    assert row.frames == pytest.approx((row.end_ms - row.start_ms) / 1000 * fps, abs=2)


async def test_the_libav_recorder_loses_nothing_either(tmp_path: Path) -> None:
    async with simulated_cameras() as server, recording(tmp_path / "data", segment_seconds=2) as desk:
        await server.prepare(["cam-1"], ("small", "bframes", "resolution"))
        cameras = {
            kind: await desk.add_camera(kind, server.url("cam-1", kind), engine="libav")
            for kind in ("small", "bframes", "resolution")
        }
        broken = await desk.add_camera("broken", server.url("cam-1", "small", "drop=4"), engine="libav")
        run = desk.start("libav")
        async with await Listener().connect(run.socket) as listener:
            for camera in cameras.values():
                await desk.wait_for(camera, 4)
            await until("it came back", lambda: _reconnected(listener, broken.stream_id))
        assert await run.stop() == 0
        for kind, camera in cameras.items():
            rows = await desk.segments(camera, "closed")
            assert contiguous(rows)
            numbers = [number for row in rows for number in numbers_in(desk.volume / row.path)]
            assert len(numbers) > 200
            assert breaks(numbers, LOOP) == [], kind
        assert {row.end_reason for row in await desk.run_rows(broken)} == {"closed", "stopped"}


async def _reconnected(listener: Listener, stream_id: int) -> bool | None:
    status = listener.statuses[stream_id]
    return (status.reconnects >= 1 and status.state == "recording") or None


async def test_streams_go_to_the_recorder_that_can_read_them(tmp_path: Path) -> None:
    async with simulated_cameras() as server, recording(tmp_path / "data") as desk:
        native = await desk.add_camera("native", server.url("cam-1", "small"))
        libav = await desk.add_camera("libav", server.url("cam-1", "small"), engine="libav")
        nowhere = await desk.add_camera("nowhere", "http://127.0.0.1:1/x.m3u8")
        run, odd = desk.start(), desk.start("libav")
        async with await Listener().connect(run.socket) as first, await Listener().connect(odd.socket) as second:
            await first.state(native.stream_id, "recording")
            await second.state(libav.stream_id, "recording")
            status = await second.state(nowhere.stream_id, "waiting")
            assert status.cause == "refused"
            await asyncio.sleep(0.5)
            assert set(first.statuses) == {native.stream_id}
            assert set(second.statuses) == {libav.stream_id, nowhere.stream_id}
        assert [await run.stop(), await odd.stop()] == [0, 0]
