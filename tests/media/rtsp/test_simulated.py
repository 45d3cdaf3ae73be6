"""The client against simulated cameras: their kinds, and the faults that real lines have."""

from collections.abc import AsyncIterator

import pytest
import uvloop

from tests.support.decoding import decode_video, nal_units
from tests.support.rtsp_viewer import RememberingSink, watch
from tests.support.simulated import simulated_cameras
from vedette.core.clock import SystemClock
from vedette.media.credentials import Credentials
from vedette.media.rtsp.client import RtspSource
from vedette.media.rtsp.errors import RtspError
from vedette.media.simulator.server import SimulatorServer
from vedette.media.units import VIDEO, Codec, EndReason, VideoConfig

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(60)]


@pytest.fixture(scope="module")
async def cameras() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], ("small", "h265", "nosps", "resolution"))
        yield server


async def record(url: str, frames: int, keys: int = 2) -> RememberingSink:
    sink = RememberingSink()
    source = RtspSource(url, None, sink, clock=SystemClock())
    await source.connect()
    await watch(source, sink, lambda seen: len(seen.video) >= frames and sum(u.key for u in seen.video) >= keys)
    source.close()
    return sink


@pytest.mark.parametrize(("kind", "codec", "height"), [("h265", Codec.H265, 720), ("nosps", Codec.H264, 720)])
async def test_kinds_decode_whole(cameras: SimulatorServer, kind: str, codec: Codec, height: int) -> None:
    sink = await record(cameras.url("cam-1", kind), 60)
    assert sink.tracks is not None
    config = sink.tracks.video
    first = next(number for number, unit in enumerate(sink.video) if unit.key)
    if kind == "nosps":
        assert config is not None
        assert not config.complete
        changed = sink.video[first].config
        assert isinstance(changed, VideoConfig)
        config = changed
    assert config is not None
    assert (config.codec, config.height) == (codec, height)
    pictures = decode_video(config, sink.video[first:])
    assert len(pictures) == len(sink.video) - first
    assert sink.lost == []


async def test_a_resolution_that_changes_is_told_with_the_key_frame(cameras: SimulatorServer) -> None:
    sink = RememberingSink()
    source = RtspSource(cameras.url("cam-1", "resolution"), None, sink, clock=SystemClock())
    await source.connect()
    await watch(source, sink, lambda seen: any(unit.config for unit in seen.video))
    source.close()
    changed = sink.video[-1]
    assert changed.key
    assert isinstance(changed.config, VideoConfig)
    assert changed.config.height in (540, 720)
    assert changed.config != (sink.tracks and sink.tracks.video)


async def test_a_bad_line_costs_only_what_it_breaks(cameras: SimulatorServer) -> None:
    sink = await record(cameras.url("cam-1", "small", "loss=2&garbage=2&truncate=1"), 60, keys=3)
    assert sink.ends == [(EndReason.STOPPED, "")]
    assert {track for track, _ in sink.lost} >= {VIDEO}
    for unit in sink.video:
        kinds = [nal[0] & 31 for nal in nal_units(unit)]
        assert kinds
        assert (5 in kinds) is unit.key


@pytest.mark.parametrize("scheme", ["basic", "digest", "sha256"])
async def test_login(cameras: SimulatorServer, scheme: str) -> None:
    url = cameras.url("cam-1", "small", f"auth={scheme}")
    source = RtspSource(url, Credentials(cameras.user, cameras.password), RememberingSink(), clock=SystemClock())
    await source.connect()
    source.close()
    with pytest.raises(RtspError) as caught:
        await RtspSource(url, Credentials("x", "y"), RememberingSink(), clock=SystemClock()).connect()
    assert caught.value.reason is EndReason.UNAUTHORIZED


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("speak=http", EndReason.PROTOCOL),
        ("speak=noise", EndReason.PROTOCOL),
        ("speak=silence", EndReason.TIMEOUT),
        ("sdp=absurd", EndReason.PROTOCOL),
        ("sdp=huge", EndReason.PROTOCOL),
        ("sdp=empty", EndReason.PROTOCOL),
        ("sdp=nomedia", EndReason.PROTOCOL),
        ("sdp=binary", EndReason.PROTOCOL),
        ("header=1000000", EndReason.PROTOCOL),
    ],
)
async def test_what_is_no_camera(cameras: SimulatorServer, fault: str, reason: EndReason) -> None:
    url = cameras.url("cam-1", "small", fault)
    step_s = 0.3 if reason is EndReason.TIMEOUT else 10
    source = RtspSource(url, None, RememberingSink(), clock=SystemClock(), step_timeout_s=step_s)
    with pytest.raises(RtspError) as caught:
        await source.connect()
    assert caught.value.reason is reason, caught.value


async def test_a_dropped_connection_ends_the_run(cameras: SimulatorServer) -> None:
    sink = RememberingSink()
    source = RtspSource(cameras.url("cam-1", "small"), None, sink, clock=SystemClock())
    await source.connect()
    await watch(source, sink, lambda seen: len(seen.video) > 3)
    assert cameras.drop("cam-1")
    await watch(source, sink, lambda seen: False)
    assert [reason for reason, _ in sink.ends] == [EndReason.CLOSED]


async def test_a_hung_camera_ends_the_run_at_the_idle_limit(cameras: SimulatorServer) -> None:
    sink = RememberingSink()
    url = cameras.url("cam-1", "small", "hang=0.3")
    source = RtspSource(url, None, sink, clock=SystemClock(), idle_limit_s=0.5)
    await source.connect()
    await watch(source, sink, lambda seen: False)
    assert [reason for reason, _ in sink.ends] == [EndReason.TIMEOUT]


def test_the_recorders_event_loop_will_do() -> None:
    async def session() -> RememberingSink:
        async with simulated_cameras() as server:
            await server.prepare(["cam-1"], ("small",))
            return await record(server.url("cam-1", "small"), 5, keys=0)

    assert uvloop.run(session()).lost == []
