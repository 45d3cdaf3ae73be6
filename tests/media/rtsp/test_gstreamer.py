"""Interoperability with GStreamer's RTSP server: whole units, proven by decoding them."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.support.decoding import decode_audio, decode_video
from tests.support.gst_server import GstServer, aac, h264, h265, mjpeg, opus, pcma
from tests.support.rtsp_viewer import RememberingSink, watch
from vedette.core.clock import SystemClock
from vedette.media.credentials import Credentials
from vedette.media.rtsp.client import RtspSource
from vedette.media.rtsp.errors import RtspError
from vedette.media.units import AUDIO, VIDEO, Codec, EndReason, VideoConfig

pytestmark = [pytest.mark.anyio, pytest.mark.gstreamer, pytest.mark.timeout(60)]

WANTED_FRAMES = 40


@pytest.fixture(scope="module")
def server() -> Iterator[GstServer]:
    mounts = {
        "/h264-aac": h264(width=1280, height=720) + aac(),
        "/h265-pcma": h265() + pcma(),
        "/b-frames-opus": h264(b_frames=2) + opus(),
        "/mjpeg": mjpeg(),
    }
    with GstServer(mounts) as started:
        yield started


def enough(sink: RememberingSink) -> bool:
    """Two key frames after the first, both tracks' reports, and frames to count."""
    return (
        len(sink.video) >= WANTED_FRAMES
        and sum(unit.key for unit in sink.video) >= 3
        and {report.track for report in sink.reports} == {0, 1}
    )


async def record(url: str, credentials: Credentials | None = None) -> RememberingSink:
    sink = RememberingSink()
    source = RtspSource(url, credentials, sink, clock=SystemClock())
    await source.connect()
    await watch(source, sink, enough)
    source.close()
    assert sink.ends == [(EndReason.STOPPED, "")]
    assert sink.lost == []
    return sink


def video_config(sink: RememberingSink) -> VideoConfig:
    assert sink.tracks is not None
    assert sink.tracks.video is not None
    assert sink.tracks.video.complete
    assert not any(unit.config for unit in sink.video), "the sets in band are those of the SDP"
    return sink.tracks.video


@pytest.fixture(scope="module")
async def recordings(server: GstServer) -> dict[str, RememberingSink]:
    """All streams at once, since each takes as long as GStreamer waits before its sender reports."""
    paths = ["/h264-aac", "/h265-pcma", "/b-frames-opus"]
    sinks = await asyncio.gather(*(record(server.url(path)) for path in paths))
    return dict(zip(paths, sinks, strict=True))


@pytest.mark.parametrize(
    ("path", "video", "audio", "in_order"),
    [
        ("/h264-aac", Codec.H264, Codec.AAC, True),
        ("/h265-pcma", Codec.H265, Codec.PCMA, True),
        ("/b-frames-opus", Codec.H264, Codec.OPUS, False),
    ],
)
async def test_every_frame_decodes(
    recordings: dict[str, RememberingSink], path: str, video: Codec, audio: Codec, in_order: bool
) -> None:
    sink = recordings[path]
    config = video_config(sink)
    assert config.codec is video

    first_key = next(number for number, unit in enumerate(sink.video) if unit.key)
    units = sink.video[first_key:]
    pictures = decode_video(config, units)
    assert len(pictures) == len(units)
    assert {picture.width for picture in pictures} == {1280 if path == "/h264-aac" else 320}
    stamps = [unit.pts_ticks for unit in units]
    assert [picture.pts for picture in pictures] == sorted(stamps)
    assert (stamps == sorted(stamps)) is in_order

    assert sink.tracks is not None
    assert sink.tracks.audio is not None
    assert sink.tracks.audio.codec is audio
    assert decode_audio(sink.tracks.audio, sink.audio) > sink.tracks.audio.sample_rate // 2


async def test_audio_time_stamps_count_its_samples(recordings: dict[str, RememberingSink]) -> None:
    sink = recordings["/h264-aac"]
    stamps = [unit.pts_ticks for unit in sink.units if unit.track == AUDIO]
    steps = {(later - earlier) & 0xFFFF_FFFF for earlier, later in pairwise(stamps)}
    assert steps
    assert max(steps) <= 1026  # 1024, and rounding of the nanoseconds that GStreamer counts in
    assert min(steps) >= 1022


async def test_sender_reports_tell_the_wall_clock(recordings: dict[str, RememberingSink]) -> None:
    clock = SystemClock()
    sink = recordings["/h264-aac"]
    assert {report.track for report in sink.reports} == {VIDEO, AUDIO}
    for report in sink.reports:
        assert abs(report.ntp_ms - clock.now_ms()) < 60_000


@pytest.mark.parametrize("method", ["basic", "digest"])
async def test_login(method: str) -> None:
    with GstServer({"/cam": h264() + pcma()}, auth=method, username="viewer", password='p:a s"s') as server:
        sink = await record(server.url("/cam"), Credentials("viewer", 'p:a s"s'))
        assert len(sink.video) >= WANTED_FRAMES

        for credentials in (None, Credentials("viewer", "wrong")):
            refused = RtspSource(server.url("/cam"), credentials, RememberingSink(), clock=SystemClock())
            with pytest.raises(RtspError) as caught:
                await refused.connect()
            assert caught.value.reason is EndReason.UNAUTHORIZED
            assert "wrong" not in caught.value.message


async def test_a_stream_that_is_not_there(server: GstServer) -> None:
    source = RtspSource(server.url("/nothing"), None, RememberingSink(), clock=SystemClock())
    with pytest.raises(RtspError) as caught:
        await source.connect()
    assert caught.value.reason is EndReason.NOT_FOUND


async def test_motion_jpeg_is_left_to_libav(server: GstServer) -> None:
    source = RtspSource(server.url("/mjpeg"), None, RememberingSink(), clock=SystemClock())
    with pytest.raises(RtspError) as caught:
        await source.connect()
    assert caught.value.reason is EndReason.UNSUPPORTED
    assert "JPEG" in caught.value.message


async def test_a_server_that_dies_ends_the_run() -> None:
    with GstServer({"/cam": h264()}) as server:
        sink = RememberingSink()
        source = RtspSource(server.url("/cam"), None, sink, clock=SystemClock())
        await source.connect()
        await watch(source, sink, lambda seen: len(seen.video) > 3)
        server.kill()
        await watch(source, sink, lambda seen: False)
        assert [reason for reason, _ in sink.ends] == [EndReason.CLOSED]
        assert source.fileno() == -1
