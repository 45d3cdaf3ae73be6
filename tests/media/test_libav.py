"""The libav source against real servers: what it delivers must be what the native client would."""

import asyncio
import http.server
import socket
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path

import av
import pytest

from tests.support.decoding import decode_audio, decode_video
from tests.support.gst_server import GstServer, aac, h264, h265, mjpeg, opus, pcma
from tests.support.simulated import simulated_cameras
from vedette.core.clock import SystemClock
from vedette.media.codecs.errors import BadMedia
from vedette.media.credentials import Credentials
from vedette.media.libav import LibavError, LibavSource
from vedette.media.libav_tracks import AudioTrack, VideoTrack, annex_b, length_prefixed
from vedette.media.simulator.server import SimulatorServer
from vedette.media.units import (
    AUDIO,
    VIDEO,
    AccessUnit,
    AudioConfig,
    Codec,
    EndReason,
    SenderReport,
    Tracks,
    VideoConfig,
)

pytestmark = pytest.mark.anyio


class Sink:
    """Keeps what it gets."""

    def __init__(self) -> None:
        self.tracks: Tracks | None = None
        self.units: list[AccessUnit] = []
        self.config: VideoConfig | None = None
        self.lost = 0
        self.ended: tuple[EndReason, str] | None = None
        self.thread = threading.get_ident()

    def on_tracks(self, tracks: Tracks) -> None:
        assert self.tracks is None
        self.tracks = tracks
        self.config = tracks.video

    def on_unit(self, unit: AccessUnit) -> None:
        assert threading.get_ident() == self.thread
        assert self.tracks is not None
        assert self.ended is None
        if isinstance(unit.config, VideoConfig) and not any(entry.track == VIDEO for entry in self.units):
            self.config = unit.config
        self.units.append(unit)

    def on_report(self, report: SenderReport) -> None: ...

    def on_lost(self, track: int, packets: int) -> None:
        self.lost += packets

    def on_end(self, reason: EndReason, detail: str) -> None:
        assert self.ended is None
        self.ended = reason, detail

    def of(self, track: int) -> list[AccessUnit]:
        return [unit for unit in self.units if unit.track == track]

    def from_key(self) -> list[AccessUnit]:
        frames = self.of(VIDEO)
        first = next(index for index, unit in enumerate(frames) if unit.key)
        return frames[first:]


async def received(url: str, frames: int, *, credentials: Credentials | None = None, prefer_tcp: bool = True) -> Sink:
    """What comes from `url` until there are so many frames, or it ends."""
    sink = Sink()
    source = LibavSource(url, credentials, sink, clock=SystemClock(), prefer_tcp=prefer_tcp)
    async with asyncio.timeout(40):
        await source.connect()
        while len(sink.of(VIDEO)) < frames and sink.ended is None:
            await asyncio.sleep(0.02)
    source.close()
    assert sink.ended is not None
    return sink


def check(sink: Sink, codec: Codec, *, at_least: int) -> None:
    """Every frame decodes, times rise."""
    frames = sink.from_key()
    assert len(frames) >= at_least
    assert sink.config is not None
    assert sink.config.codec is codec
    assert sink.config.complete
    assert len(decode_video(sink.config, frames)) == len(frames)
    stamps = [unit.dts_ticks for unit in frames if unit.dts_ticks is not None]
    assert all(after > before for before, after in pairwise(stamps))


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        await server.prepare(["cam-1"], ("small", "bframes", "h265", "mjpeg", "nosps"))
        yield server


@pytest.mark.parametrize(("kind", "codec"), [("small", Codec.H264), ("bframes", Codec.H264), ("h265", Codec.H265)])
async def test_rtsp(server: SimulatorServer, kind: str, codec: Codec) -> None:
    # Sound and picture together; what came before the first key frame does not count.
    sink = await received(server.url("cam-1", kind), 160)
    check(sink, codec, at_least=25)
    assert sink.tracks is not None
    assert sink.tracks.audio is not None
    assert sink.tracks.audio.codec is Codec.AAC
    assert decode_audio(sink.tracks.audio, sink.of(AUDIO)) == len(sink.of(AUDIO)) * 1024
    assert sink.ended == (EndReason.STOPPED, "")


async def test_parameter_sets_that_come_in_band(server: SimulatorServer) -> None:
    # A key frame every 50: whenever this begins, there is one with ten after it.
    check(await received(server.url("cam-1", "nosps"), 60), Codec.H264, at_least=10)


@pytest.mark.gstreamer
@pytest.mark.parametrize(
    ("sound", "codec"), [(aac(), Codec.AAC), (pcma(), Codec.PCMA), (opus(), Codec.OPUS)], ids=["aac", "pcma", "opus"]
)
async def test_rtsp_over_udp(sound: str, codec: Codec) -> None:
    with GstServer({"/cam": h264() + sound}, udp_only=True) as server:
        sink = await received(server.url("/cam"), 40, prefer_tcp=False)
    check(sink, Codec.H264, at_least=10)
    assert sink.tracks is not None
    assert sink.tracks.audio is not None
    assert sink.tracks.audio.codec is codec
    assert decode_audio(sink.tracks.audio, sink.of(AUDIO)) > 0


@pytest.mark.gstreamer
async def test_h265_of_another_server() -> None:
    with GstServer({"/cam": h265()}) as server:
        check(await received(server.url("/cam"), 40), Codec.H265, at_least=10)


@pytest.mark.gstreamer
async def test_motion_jpeg_is_refused() -> None:
    advice = r"mjpeg, which is not recorded"
    with GstServer({"/cam": mjpeg()}) as server, pytest.raises(LibavError, match=advice) as caught:
        await received(server.url("/cam"), 5)
    assert caught.value.reason is EndReason.UNSUPPORTED


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """4 s of H.264 and AAC in MP4."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=4"),
            *("-f", "lavfi", "-i", "sine=d=4:r=44100", "-c:v", "libx264", "-preset", "ultrafast", "-g", "25"),
            *("-c:a", "aac", "-movflags", "faststart", str(path)),
        ],
        check=True,
        timeout=60,
    )
    return path


@pytest.fixture
def web(clip: Path, tmp_path: Path) -> Iterator[str]:
    """An HTTP server on the clip, as MP4, MPEG-TS and HLS."""
    for arguments in (
        ("-c", "copy", "-movflags", "faststart", str(tmp_path / "clip.mp4")),
        ("-c", "copy", str(tmp_path / "clip.ts")),
        ("-c", "copy", "-hls_time", "1", "-hls_playlist_type", "vod", str(tmp_path / "clip.m3u8")),
    ):
        subprocess.run(["ffmpeg", "-v", "error", "-i", str(clip), *arguments], check=True, timeout=60)
    playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:4,\n{}\n#EXT-X-ENDLIST\n"
    (tmp_path / "escape.m3u8").write_text(playlist.format(f"file://{clip}"))
    handler = partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{web.server_port}"
        web.shutdown()
        thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - the base class names it


@pytest.mark.ffmpeg
@pytest.mark.parametrize("name", ["clip.mp4", "clip.ts", "clip.m3u8"])
async def test_over_http(web: str, name: str) -> None:
    sink = await received(f"{web}/{name}", 1000)
    assert sink.ended == (EndReason.CLOSED, "The source ended.")
    check(sink, Codec.H264, at_least=100)
    assert sink.tracks is not None
    assert sink.tracks.audio is not None
    sound = sink.of(AUDIO)
    assert decode_audio(sink.tracks.audio, sound) == len(sound) * 1024
    assert {after.pts_ticks - before.pts_ticks for before, after in pairwise(sound)} == {1024}


@pytest.mark.ffmpeg
async def test_over_rtmp_in_milliseconds(clip: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"rtmp://127.0.0.1:{port}/live/cam"
    command = ["ffmpeg", "-v", "error", "-re", "-i", str(clip), "-c", "copy", "-f", "flv", "-listen", "1", url]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as sender:
        try:
            sink = await _when_it_listens(url)
        finally:
            sender.kill()
    check(sink, Codec.H264, at_least=40)
    sound = sink.of(AUDIO)
    assert {after.pts_ticks - before.pts_ticks for before, after in pairwise(sound)} == {1024}


async def _when_it_listens(url: str) -> Sink:
    for _ in range(50):
        try:
            return await received(url, 50)
        except LibavError as error:
            assert error.reason is EndReason.REFUSED  # noqa: PT017 - the server is only starting
            await asyncio.sleep(0.1)
    raise AssertionError("the sender never listened")


async def test_a_redirect_is_not_followed() -> None:
    """It could lead to an address that a camera can't have."""
    asked: list[str] = []

    class Redirecting(_Quiet):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Redirecting) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with pytest.raises(LibavError, match="redirects are not followed") as refused:
            await received(f"http://127.0.0.1:{server.server_port}/cam", 1)
        server.shutdown()
        thread.join()
    assert refused.value.reason is EndReason.REFUSED
    assert asked == ["/cam"]


async def test_a_playlist_may_not_name_local_files(web: str) -> None:
    with pytest.raises(LibavError):
        await received(f"{web}/escape.m3u8", 5)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "/etc/passwd", "concat:/etc/passwd", "data:video/mp4;base64,AA", "pipe:0", "lavfi:x"]
)
async def test_what_is_no_camera_is_not_opened(url: str) -> None:
    with pytest.raises(LibavError) as caught:
        await received(url, 1)
    assert caught.value.reason is EndReason.UNSUPPORTED


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("speak=http", EndReason.PROTOCOL), ("auth=digest", EndReason.UNAUTHORIZED), ("sdp=empty", EndReason.PROTOCOL)],
)
async def test_what_goes_wrong_is_named(server: SimulatorServer, fault: str, reason: EndReason) -> None:
    with pytest.raises(LibavError) as caught:
        await received(server.url("cam-1", "small", fault), 1, credentials=Credentials("viewer", "gu:e/ss@1"))
    assert caught.value.reason is reason
    assert "gu" not in caught.value.message


async def test_nobody_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(LibavError) as caught:
        await received(f"rtsp://127.0.0.1:{port}/x", 1)
    assert caught.value.reason is EndReason.REFUSED


async def test_credentials_with_odd_characters(server: SimulatorServer) -> None:
    async with simulated_cameras(password="p@ss/w:rd #1", user="ad min") as guarded:
        sink = await received(guarded.url("cam-1", "small"), 10, credentials=Credentials("ad min", "p@ss/w:rd #1"))
    assert len(sink.units) >= 10


@pytest.mark.parametrize("fault", ["hang=1", "speak=silence"])
async def test_a_source_that_hangs_ends_in_time(server: SimulatorServer, fault: str) -> None:
    sink = Sink()
    clock = SystemClock()
    source = LibavSource(
        server.url("cam-1", "small", fault), None, sink, clock=clock, prefer_tcp=True, io_limit_s=2, idle_limit_s=2
    )
    async with asyncio.timeout(20):
        try:
            await source.connect()
        except LibavError as error:
            assert error.reason is EndReason.TIMEOUT  # noqa: PT017 - it may come here or at the end
            return
        while sink.ended is None:
            await asyncio.sleep(0.05)
    assert sink.ended[0] is EndReason.TIMEOUT


async def test_a_dropped_connection_ends_it(server: SimulatorServer) -> None:
    sink = await received(server.url("cam-1", "small", "drop=2"), 1000)
    assert sink.ended is not None
    assert sink.ended[0] is EndReason.CLOSED


class TestPackets:
    """The conversion, on bytes."""

    def test_annex_b(self) -> None:
        assert list(annex_b(b"\0\0\0\1\x67a\0\0\1\x68b\0\0\0\1\x65c\0\0")) == [b"\x67a", b"\x68b", b"\x65c"]
        assert list(annex_b(b"")) == []
        assert list(annex_b(b"\0\0\1")) == []

    def test_length_prefixed_ends_where_it_does_not_fit(self) -> None:
        assert list(length_prefixed(b"\0\0\0\2ab\0\0\0\0\0\0\0\1c\0\0\0\x09d", 4)) == [b"ab", b"c"]
        assert list(length_prefixed(b"\x01a\x02b", 1)) == [b"a"]

    @pytest.mark.parametrize("codec", [Codec.H264, Codec.H265])
    @pytest.mark.parametrize("cut", range(1, 40, 3))
    def test_cut_configuration_records_are_refused(self, codec: Codec, cut: int) -> None:
        record = b"\x01" + bytes(range(1, 5)) + b"\xe1\x00\x40" + bytes(60)
        with pytest.raises(BadMedia):
            VideoTrack(codec, (b"\x01" + b"\xff" * 22 + record)[:cut], Fraction(1, 90_000))

    def test_audio_in_milliseconds_is_put_where_it_belongs(self) -> None:
        track = AudioTrack(Codec.AAC, b"\x12\x10", 44_100, 2, Fraction(1, 1000))
        stamps = [round(index * 1024 / 44.1) for index in range(200)]
        units = [track.unit(b"x", stamp, 0.0) for stamp in stamps]
        assert [unit.pts_ticks for unit in units if unit] == [index * 1024 for index in range(200)]
        later = track.unit(b"x", 10_000, 0.0)
        assert later is not None
        assert later.pts_ticks == 441_000

    def test_nonsense_audio_is_refused(self) -> None:
        with pytest.raises(BadMedia):
            AudioTrack(Codec.AAC, b"", 44_100, 9, Fraction(1, 1000))

    def test_adts_headers_are_taken_off(self) -> None:
        track = AudioTrack(Codec.AAC, b"", 48_000, 2, Fraction(1, 90_000))
        unit = track.unit(b"\xff\xf1\x4c\x80\x01\x3f\xfcBODY", 0, 0.0)
        assert unit is not None
        assert unit.chunks == [b"BODY"]
        assert track.config == AudioConfig(Codec.AAC, 48_000, 2, b"\x11\x90")


def test_libav_here_is_what_the_source_was_written_for() -> None:
    """`timeout` is the option of RTSP since FFmpeg 5; before it meant to listen."""
    assert tuple(map(int, av.__version__.split(".")[:1])) >= (18,)
