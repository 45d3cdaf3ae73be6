"""The client against a scripted server: a good session, and everything that can go wrong with one."""

import asyncio
import socket
import ssl
import struct
from pathlib import Path

import pytest

from tests.media.rtsp.nals import idr, inter
from tests.support.rtp_packets import RtpSender, interleaved
from tests.support.rtsp_script import Answer, Request, ScriptedCamera, answer, sets
from tests.support.rtsp_viewer import RememberingSink, watch
from vedette.core.clock import Clock, ManualClock, SystemClock
from vedette.media.credentials import Credentials
from vedette.media.rtsp.client import RtspSource
from vedette.media.rtsp.errors import RtspError
from vedette.media.units import AccessUnit, Codec, EndReason

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(30)]

LOGIN = Credentials("admin", "s3cret")
TICK_S = 0.005


def pictures(count: int, rtp: RtpSender | None = None, *, first: int = 0) -> bytes:
    """A key frame and what follows."""
    rtp = rtp or RtpSender()
    frames: list[bytes] = []
    for number in range(first, first + count):
        frames += rtp.h264([*sets(), idr(3000)] if number == 0 else [inter(2000)], number * 3600)
    return b"".join(frames)


def source_of(
    camera: ScriptedCamera,
    sink: RememberingSink,
    credentials: Credentials | None = None,
    *,
    clock: Clock | None = None,
    step_timeout_s: float = 5.0,
    verify_tls: bool = False,
) -> RtspSource:
    return RtspSource(
        camera.url(),
        credentials,
        sink,
        clock=clock or SystemClock(),
        step_timeout_s=step_timeout_s,
        verify_tls=verify_tls,
    )


async def failure(camera: ScriptedCamera, credentials: Credentials | None = None, timeout_s: float = 5.0) -> RtspError:
    sink = RememberingSink()
    source = source_of(camera, sink, credentials, step_timeout_s=timeout_s)
    with pytest.raises(RtspError) as caught:
        await source.connect()
    assert sink.ends == []
    assert LOGIN.password not in str(caught.value)
    return caught.value


async def until_asked(camera: ScriptedCamera, source: RtspSource, method: str, times: int = 1) -> None:
    """Reads as the recorder does until the camera was asked; the test's time limit ends what never comes."""
    while camera.methods().count(method) < times:
        await asyncio.sleep(TICK_S)
        source.on_readable(0.0)


async def test_a_good_session() -> None:
    async with ScriptedCamera(media=pictures(5)) as camera:
        sink = RememberingSink()
        source = source_of(camera, sink)
        await source.connect()
        await watch(source, sink, lambda seen: len(seen.video) == 5)
        source.close()
        source.close()

        assert camera.methods()[:5] == ["OPTIONS", "DESCRIBE", "SETUP", "SETUP", "PLAY"]
        urls = [request.url for request in camera.requests]
        assert urls[2:5] == [camera.url("/cam/track1"), camera.url("/cam/track2"), camera.url("/cam/")]
        assert camera.requests[2].headers["transport"] == "RTP/AVP/TCP;unicast;interleaved=0-1"
        assert camera.requests[3].headers["session"] == "abc"
        assert [int(request.cseq) for request in camera.requests] == list(range(1, len(urls) + 1))
    assert sink.tracks is not None
    assert sink.tracks.audio is not None
    assert sink.tracks.audio.codec is Codec.PCMA
    assert [unit.key for unit in sink.video] == [True, False, False, False, False]
    assert sink.ends == [(EndReason.STOPPED, "")]
    assert source.fileno() == -1


async def test_teardown_is_sent_on_close() -> None:
    async with ScriptedCamera() as camera:
        source = source_of(camera, RememberingSink())
        await source.connect()
        source.close()
        while "TEARDOWN" not in camera.methods():
            await asyncio.sleep(TICK_S)


async def test_media_before_the_answer_to_play_is_not_lost() -> None:
    media = pictures(3)
    async with ScriptedCamera(answers={"PLAY": lambda request: media + answer(request)}) as camera:
        sink = RememberingSink()
        source = source_of(camera, sink)
        await source.connect()
        assert len(sink.video) == 3
        source.close()


async def test_media_without_end_before_the_answer_to_play() -> None:
    def flood(_request: Request) -> bytes:
        rtp = RtpSender()
        return b"".join(pictures(1, rtp, first=number) for number in range(1, 2500))

    async with ScriptedCamera({"PLAY": flood}) as camera:
        error = await failure(camera)
        assert (error.reason, error.code) == (EndReason.PROTOCOL, "rtsp.early_media")


async def test_channels_are_those_that_the_camera_names() -> None:
    def setup(request: Request) -> bytes:
        channels = {"track1": "6-7", "track2": "8-9"}[request.url.rsplit("/", 1)[1]]
        return answer(request, headers={"Session": "1", "Transport": f"RTP/AVP/TCP;interleaved={channels}"})

    async with ScriptedCamera({"SETUP": setup}, media=pictures(2, RtpSender(6))) as camera:
        sink = RememberingSink()
        source = source_of(camera, sink)
        await source.connect()
        await watch(source, sink, lambda seen: len(seen.video) == 2)
        source.close()


async def test_audio_that_is_refused_leaves_the_video() -> None:
    def setup(request: Request) -> bytes:
        if request.url.endswith("track2"):
            return answer(request, "461 Unsupported Transport")
        return answer(request, headers={"Session": "1"})

    async with ScriptedCamera({"SETUP": setup}, media=pictures(2)) as camera:
        sink = RememberingSink()
        source = source_of(camera, sink)
        await source.connect()
        await watch(source, sink, lambda seen: len(seen.video) == 2)
        assert sink.tracks is not None
        assert sink.tracks.audio is None
        assert [note.code for note in source.session.notes] == ["audio_refused"]
        source.close()


# Login


class Door:
    """Digest access: `nonces` are given out one after another, each good until the next is given."""

    def __init__(self, scheme: str = 'Digest realm="cam"', *, stale: bool = False) -> None:
        self.scheme = scheme
        self.stale = ", stale=true" if stale else ""
        self.nonce = 0
        self.refused = 0

    def refuse(self, request: Request) -> bytes:
        self.nonce += 1
        self.refused += 1
        return answer(
            request, "401 Unauthorized", {"WWW-Authenticate": f'{self.scheme}, nonce="n{self.nonce}"{self.stale}'}
        )

    def guard(self, camera: ScriptedCamera) -> Answer:
        def check(request: Request) -> bytes:
            if f'nonce="n{self.nonce}"' in request.headers.get("authorization", ""):
                return camera.good(request)
            return self.refuse(request)

        return check


GUARDED = ("OPTIONS", "DESCRIBE", "SETUP", "PLAY", "GET_PARAMETER", "TEARDOWN")


async def test_login_is_asked_for_once() -> None:
    camera, door = ScriptedCamera(), Door()
    camera.answers = dict.fromkeys(GUARDED, door.guard(camera))
    async with camera:
        source = source_of(camera, RememberingSink(), LOGIN)
        await source.connect()
        assert door.refused == 1
        assert all('username="admin"' in request.headers["authorization"] for request in camera.requests[1:])
        source.close()


async def test_a_nonce_that_goes_stale_between_requests() -> None:
    camera, door = ScriptedCamera(), Door(stale=True)
    guard = door.guard(camera)

    def expiring(request: Request) -> bytes:
        if request.method == "SETUP" and door.nonce < 3:
            door.nonce += 1
        reply = guard(request)
        assert reply is not None
        return reply

    camera.answers = dict.fromkeys(GUARDED, expiring)
    async with camera:
        source = source_of(camera, RememberingSink(), LOGIN)
        await source.connect()
        assert door.refused > 1
        source.close()


@pytest.mark.parametrize("credentials", [None, LOGIN])
async def test_a_refused_login(credentials: Credentials | None) -> None:
    door = Door()
    async with ScriptedCamera(dict.fromkeys(GUARDED, door.refuse)) as camera:
        error = await failure(camera, credentials)
        assert error.reason is EndReason.UNAUTHORIZED
        # A camera locks the account after a few wrong logins: one attempt has to do.
        assert sum("authorization" in request.headers for request in camera.requests) == (1 if credentials else 0)


async def test_a_login_that_we_can_not_do() -> None:
    async with ScriptedCamera({"DESCRIBE": Door('Negotiate realm="x"').refuse}) as camera:
        error = await failure(camera, LOGIN)
        assert (error.reason, error.code) == (EndReason.UNAUTHORIZED, "rtsp.login_method")


async def test_keep_alive_logs_in_again() -> None:
    camera, door = ScriptedCamera(), Door()
    camera.answers = dict.fromkeys(GUARDED, door.guard(camera))
    clock = ManualClock()
    async with camera:
        sink = RememberingSink()
        source = source_of(camera, sink, LOGIN, clock=clock)
        await source.connect()
        door.nonce += 1
        source.on_timer(5.0)
        await until_asked(camera, source, "GET_PARAMETER", 2)
        assert door.refused == 2
        assert 'nonce="n3"' in camera.requests[-1].headers["authorization"]
        assert sink.ends == []
        source.close()


# What is due in time


async def test_keep_alive_at_half_the_session_timeout() -> None:
    async with ScriptedCamera() as camera:
        source = source_of(camera, RememberingSink(), clock=ManualClock())
        await source.connect()
        source.on_timer(4.9)
        source.on_timer(5.0)
        source.on_timer(6.0)
        await until_asked(camera, source, "GET_PARAMETER")
        assert camera.methods().count("GET_PARAMETER") == 1
        assert camera.requests[-1].headers["session"] == "abc"
        source.close()


@pytest.mark.parametrize("status", ["405 Method Not Allowed", "454 Session Not Found", "501 Not Implemented"])
async def test_keep_alive_by_options_where_get_parameter_is_refused(status: str) -> None:
    async with ScriptedCamera({"GET_PARAMETER": lambda request: answer(request, status)}) as camera:
        source = source_of(camera, RememberingSink(), clock=ManualClock())
        await source.connect()
        source.on_timer(5.0)
        await until_asked(camera, source, "OPTIONS", 2)
        source.close()


async def test_silence_ends_the_run() -> None:
    async with ScriptedCamera() as camera:
        sink = RememberingSink()
        source = source_of(camera, sink, clock=ManualClock())
        await source.connect()
        camera.send(pictures(2))
        while len(sink.video) < 2:
            await asyncio.sleep(TICK_S)
            source.on_readable(3.0)
        source.on_timer(10.9)
        assert sink.ends == []
        source.on_timer(11.0)
        assert [reason for reason, _ in sink.ends] == [EndReason.TIMEOUT]
        source.on_timer(30.0)
        source.on_readable(30.0)
        source.close()
        assert len(sink.ends) == 1


async def test_audio_alone_is_silence() -> None:
    rtp = RtpSender(2, 8)
    async with ScriptedCamera() as camera:
        sink = RememberingSink()
        source = source_of(camera, sink, clock=ManualClock())
        await source.connect()
        camera.send(b"".join(rtp.frame(b"x" * 160, number * 160) for number in range(3)))
        while len(sink.audio) < 3:
            await asyncio.sleep(TICK_S)
            source.on_readable(7.0)
        source.on_timer(8.0)
        assert [reason for reason, _ in sink.ends] == [EndReason.TIMEOUT]


async def test_receiver_reports() -> None:
    rtp = RtpSender()
    report = struct.pack(">BBHIIIIII", 0x80, 200, 6, rtp.ssrc, 0x83AA7E80 + 1000, 1 << 31, 77, 10, 1000)
    media = pictures(2, rtp)
    rtp.lose(3)
    media += pictures(1, rtp, first=2) + interleaved(1, report)
    async with ScriptedCamera() as camera:
        sink = RememberingSink()
        source = source_of(camera, sink, clock=ManualClock())
        await source.connect()
        camera.send(media)
        while not sink.reports:
            await asyncio.sleep(TICK_S)
            source.on_readable(1.0)
        assert [(found.track, found.ntp_ms, found.rtp_ticks) for found in sink.reports] == [(0, 1_000_500.0, 77)]
        source.on_timer(5.0)
        while not camera.received:
            await asyncio.sleep(TICK_S)
        frame, length, head, kind, _words, _own, ssrc, lost, highest, _jitter, last, delay = struct.unpack(
            ">HHBBHIIIIIII", camera.received[:36]
        )
        assert (frame, head, kind, ssrc) == (0x2401, 0x81, 201, rtp.ssrc)
        assert length + 4 == len(camera.received)
        assert lost & 0xFFFFFF == 3
        assert highest == rtp.sequence - 1
        assert last == (0x83AA7E80 + 1000 & 0xFFFF) << 16 | 0x8000
        assert delay == 4 * 65536
        source.close()


async def test_goodbye_ends_the_run_unless_media_goes_on() -> None:
    rtp = RtpSender()
    bye = interleaved(1, struct.pack(">BBHI", 0x81, 203, 1, rtp.ssrc))
    async with ScriptedCamera() as camera:
        sink = RememberingSink()
        source = source_of(camera, sink, clock=ManualClock())
        await source.connect()
        camera.send(pictures(2, rtp) + bye)
        while len(sink.video) < 2:
            await asyncio.sleep(TICK_S)
            source.on_readable(1.0)
        camera.send(pictures(2, rtp, first=2))
        while len(sink.video) < 4:
            await asyncio.sleep(TICK_S)
            source.on_readable(1.5)
        source.on_timer(3.0)
        assert sink.ends == []
        camera.send(bye + b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n")
        while b"RTSP/1.0 200" not in camera.received:
            await asyncio.sleep(TICK_S)
            source.on_readable(3.0)
        source.on_timer(3.9)
        assert sink.ends == []
        source.on_timer(4.0)
        assert [reason for reason, _ in sink.ends] == [EndReason.CLOSED]


async def test_requests_of_the_camera_are_answered() -> None:
    async with ScriptedCamera(media=b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n" + pictures(2)) as camera:
        sink = RememberingSink()
        source = source_of(camera, sink)
        await source.connect()
        await watch(source, sink, lambda seen: len(seen.video) == 2)
        assert sink.ends == []
        camera.writers[0].write(b"TEARDOWN * RTSP/1.0\r\nCSeq: 2\r\n\r\n")
        await watch(source, sink, lambda seen: False)
        assert [reason for reason, _ in sink.ends] == [EndReason.CLOSED]


async def test_the_sink_may_close_the_source_while_it_reads() -> None:
    class Impatient(RememberingSink):
        source: RtspSource

        def on_unit(self, unit: AccessUnit) -> None:
            super().on_unit(unit)
            self.source.close()

    async with ScriptedCamera(media=pictures(20)) as camera:
        sink = Impatient()
        sink.source = source_of(camera, sink)
        await sink.source.connect()
        await watch(sink.source, sink, lambda seen: False)
        assert len(sink.video) == 1
        assert sink.ends == [(EndReason.STOPPED, "")]


# Bad cameras


def status(text: str) -> Answer:
    return lambda request: answer(request, text)


def says(data: bytes) -> Answer:
    return lambda _request: data


@pytest.mark.parametrize(
    ("answers", "reason", "code"),
    [
        ({"DESCRIBE": status("404 Stream Not Found")}, EndReason.NOT_FOUND, "rtsp.not_found"),
        ({"DESCRIBE": status("403 Forbidden")}, EndReason.UNAUTHORIZED, "rtsp.forbidden"),
        ({"DESCRIBE": status("503 Service Unavailable")}, EndReason.REFUSED, "rtsp.busy"),
        ({"DESCRIBE": status("500 Oops")}, EndReason.PROTOCOL, "rtsp.status"),
        ({"DESCRIBE": status("200 OK")}, EndReason.PROTOCOL, "rtsp.bad_sdp"),
        ({"DESCRIBE": lambda request: answer(request, body="<html></html>")}, EndReason.PROTOCOL, "rtsp.bad_sdp"),
        ({"SETUP": status("461 Unsupported Transport")}, EndReason.UNSUPPORTED, "rtsp.transport"),
        ({"SETUP": status("454 Session Not Found")}, EndReason.UNSUPPORTED, "rtsp.transport"),
        (
            {"SETUP": lambda request: answer(request, headers={"Transport": "RTP/AVP;unicast;client_port=1-2"})},
            EndReason.UNSUPPORTED,
            "rtsp.transport",
        ),
        ({"PLAY": status("453 Not Enough Bandwidth")}, EndReason.REFUSED, "rtsp.busy"),
        ({"OPTIONS": says(b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n")}, EndReason.PROTOCOL, "rtsp.http"),
        ({"OPTIONS": says(b"220 ftp\r\n")}, EndReason.PROTOCOL, "rtsp.not_rtsp"),
        (
            {"DESCRIBE": says(b"RTSP/1.0 200 OK\r\nContent-Length: 1073741824\r\n\r\n")},
            EndReason.PROTOCOL,
            "rtsp.body_too_long",
        ),
        (
            {"DESCRIBE": says(b"RTSP/1.0 200 OK\r\nX: " + b"a" * 5_000_000)},
            EndReason.PROTOCOL,
            "rtsp.header_too_long",
        ),
        ({"DESCRIBE": lambda _request: None}, EndReason.CLOSED, "rtsp.closed"),
        ({"PLAY": lambda _request: None}, EndReason.CLOSED, "rtsp.closed"),
    ],
)
async def test_cameras_that_refuse_or_fail(answers: dict[str, Answer], reason: EndReason, code: str) -> None:
    async with ScriptedCamera(answers) as camera:
        error = await failure(camera)
        assert (error.reason, error.code) == (reason, code)


@pytest.mark.parametrize("method", ["OPTIONS", "DESCRIBE", "SETUP", "PLAY"])
async def test_a_camera_that_stops_answering(method: str) -> None:
    async with ScriptedCamera({method: says(b"")}) as camera:
        error = await failure(camera, timeout_s=0.1)
        assert (error.reason, error.code) == (EndReason.TIMEOUT, "rtsp.timeout")
        assert method in error.message


@pytest.mark.parametrize("text", ["405 Method Not Allowed", "404 Not Found"])
async def test_options_may_be_refused(text: str) -> None:
    async with ScriptedCamera({"OPTIONS": status(text)}, media=pictures(1)) as camera:
        sink = RememberingSink()
        source = source_of(camera, sink)
        await source.connect()
        await watch(source, sink, lambda seen: len(seen.video) == 1)
        source.close()


async def test_an_absurd_session_timeout_is_not_followed() -> None:
    def setup(request: Request) -> bytes:
        return answer(request, headers={"Session": "1;timeout=0"})

    async with ScriptedCamera({"SETUP": setup}) as camera:
        source = source_of(camera, RememberingSink())
        await source.connect()
        assert source.session.timeout_s == 60
        source.close()


async def test_garbage_in_the_stream_is_survived() -> None:
    rtp = RtpSender()
    media = pictures(2, rtp) + b"\x00\xffgarbage$$" * 50 + pictures(2, rtp, first=2)
    async with ScriptedCamera(media=media) as camera:
        sink = RememberingSink()
        source = source_of(camera, sink)
        await source.connect()
        await watch(source, sink, lambda seen: len(seen.video) == 4)
        source.close()
        assert sink.lost == []


async def test_an_oversized_message_in_the_stream_ends_the_run() -> None:
    async with ScriptedCamera() as camera:
        sink = RememberingSink()
        source = source_of(camera, sink)
        await source.connect()
        camera.send(pictures(2) + b"RTSP/1.0 200 OK\r\nX: " + b"a" * 100_000)
        await watch(source, sink, lambda seen: False)
        assert [reason for reason, _ in sink.ends] == [EndReason.PROTOCOL]


# Redirects


async def test_a_redirect_is_followed() -> None:
    async with ScriptedCamera(media=pictures(1)) as there:
        moved: Answer = lambda request: answer(request, "302 Moved", {"Location": there.url("/other")})  # noqa: E731
        async with ScriptedCamera({"DESCRIBE": moved}) as camera:
            sink = RememberingSink()
            source = source_of(camera, sink)
            await source.connect()
            await watch(source, sink, lambda seen: len(seen.video) == 1)
            assert there.requests[1].url == there.url("/other")
            source.close()


async def test_redirects_in_a_circle_end() -> None:
    camera = ScriptedCamera()
    camera.answers = {"DESCRIBE": lambda request: answer(request, "301 Moved", {"Location": camera.url()})}
    async with camera:
        error = await failure(camera)
        assert (error.reason, error.code) == (EndReason.PROTOCOL, "rtsp.redirects")
        assert len(camera.requests) == 8


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1/", "rtsps://u:hunter2@127.0.0.1/", "rtsp://h:port/", "file:///etc"]
)
async def test_redirects_elsewhere_are_refused(location: str) -> None:
    async with ScriptedCamera({"DESCRIBE": status(f"302 Moved\r\nLocation: {location}")}) as camera:
        error = await failure(camera)
        assert (error.reason, error.code) == (EndReason.PROTOCOL, "rtsp.bad_redirect")
        assert "hunter2" not in error.message


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"], ids=["another host", "another port"])
@pytest.mark.parametrize("challenge", ['Basic realm="x"', 'Digest realm="x", qop="auth"'])
async def test_the_login_does_not_follow_a_redirect_to_another_server(host: str, challenge: str) -> None:
    door = Door(challenge)
    async with ScriptedCamera(dict.fromkeys(GUARDED, door.refuse)) as there:
        elsewhere = f"rtsp://{host}:{there.port}/cam"
        moved: Answer = lambda request: answer(request, "302 Moved", {"Location": elsewhere})  # noqa: E731
        async with ScriptedCamera({"DESCRIBE": moved}) as camera:
            error = await failure(camera, LOGIN)
            assert error.reason is EndReason.UNAUTHORIZED
            assert f"{host}, port {there.port}" in error.message
            assert there.requests
            assert not any("authorization" in request.headers for request in there.requests)


async def test_the_login_follows_a_redirect_on_the_same_server() -> None:
    camera, door = ScriptedCamera(media=pictures(1)), Door()
    guarded = door.guard(camera)

    def moved(request: Request) -> bytes | None:
        if request.url == camera.url():
            return answer(request, "302 Moved", {"Location": camera.url("/other")})
        return guarded(request)

    camera.answers = {"DESCRIBE": moved}
    async with camera:
        sink = RememberingSink()
        source = source_of(camera, sink, LOGIN)
        await source.connect()
        await watch(source, sink, lambda seen: len(seen.video) == 1)
        source.close()
    assert any("authorization" in request.headers for request in camera.requests)


# The network


async def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    source = RtspSource(f"rtsp://127.0.0.1:{port}/", None, RememberingSink(), clock=SystemClock())
    with pytest.raises(RtspError) as caught:
        await source.connect()
    assert (caught.value.reason, caught.value.code) == (EndReason.REFUSED, "rtsp.refused")


async def test_a_name_that_is_not_known() -> None:
    source = RtspSource("rtsp://no-such-camera.invalid/", None, RememberingSink(), clock=SystemClock())
    with pytest.raises(RtspError) as caught:
        await source.connect()
    assert (caught.value.reason, caught.value.code) == (EndReason.REFUSED, "rtsp.dns")


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "rtsp://127.0.0.1:99999/", "rtsp:///cam", "nonsense"])
async def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(RtspError):
        await RtspSource(url, None, RememberingSink(), clock=SystemClock()).connect()


async def test_a_cancelled_connect_closes_the_connection() -> None:
    async with ScriptedCamera({"DESCRIBE": says(b"")}) as camera:
        connecting = asyncio.create_task(source_of(camera, RememberingSink()).connect())
        while "DESCRIBE" not in camera.methods():
            await asyncio.sleep(TICK_S)
        connecting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await connecting
        await camera.writers[0].wait_closed()


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that a camera signed for itself."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "camera")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "camera.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


async def test_rtsps(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with ScriptedCamera(tls=context, media=pictures(200)) as camera:
        sink = RememberingSink()
        source = source_of(camera, sink)
        await source.connect()
        await watch(source, sink, lambda seen: len(seen.video) == 200)
        assert sink.lost == []
        source.close()

        strict = source_of(camera, RememberingSink(), verify_tls=True)
        with pytest.raises(RtspError) as caught:
            await strict.connect()
        assert (caught.value.reason, caught.value.code) == (EndReason.PROTOCOL, "rtsp.tls_certificate")


async def test_rtsps_to_a_plain_port() -> None:
    async with ScriptedCamera({"OPTIONS": says(b"")}) as camera:
        source = RtspSource(
            camera.url().replace("rtsp:", "rtsps:"), None, RememberingSink(), clock=SystemClock(), step_timeout_s=0.3
        )
        with pytest.raises(RtspError) as caught:
            await source.connect()
        assert caught.value.reason in (EndReason.TIMEOUT, EndReason.PROTOCOL, EndReason.REFUSED)
