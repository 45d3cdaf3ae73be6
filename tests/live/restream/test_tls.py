"""RTSP by TLS, and a port that somebody else has: what is told, and that all else goes on."""

import asyncio
import base64
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live.restream.test_players import run
from tests.support.burned import breaks, numbers_in
from tests.support.certificates import write_certificate
from tests.support.product import free_port
from tests.support.recording import until
from tests.support.restreamed import Place, Token, restreamed
from tests.support.rtsp_asker import Asker, asking
from vedette.media.simulator.clipspec import LOOP_MS

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

LOOP = LOOP_MS // 40


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory, certificate: tuple[Path, Path]) -> AsyncIterator[Place]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    async with restreamed(tmp_path_factory.mktemp("tls") / "data", ("small",), tls=context) as place:
        yield place


@pytest.fixture(scope="module")
async def token(place: Place) -> Token:
    return await place.token()


@pytest.mark.ffmpeg
async def test_ffmpeg_takes_rtsps(tmp_path: Path, place: Place, token: Token) -> None:
    target = tmp_path / "taken.h264"
    source = ["ffmpeg", "-v", "warning", "-i", place.url("small", token, tls=True)]
    code, _, error = await run(*source, "-t", "4", "-map", "0:v", "-c", "copy", str(target))
    assert code == 0, error
    numbers = numbers_in(target)
    assert len(numbers) > 75, error
    assert breaks(numbers, LOOP) == []


async def test_who_trusts_the_certificate_plays(place: Place, token: Token, certificate: tuple[Path, Path]) -> None:
    context = ssl.create_default_context(cafile=str(certificate[0]))
    reader, writer = await asyncio.open_connection("localhost", place.tls_port, ssl=context, family=socket.AF_INET)
    asker = Asker(reader, writer, token)
    assert (await asker.play(place.url("small", tls=True))).status == 200
    for _ in range(100):
        assert await asker.packet() is not None
    described = await asker.ask("DESCRIBE", place.url("small", tls=True))
    assert described.one("content-base").startswith("rtsps://")
    writer.transport.abort()


async def test_basic_is_taken_by_tls(place: Place, token: Token) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    reader, writer = await asyncio.open_connection("127.0.0.1", place.tls_port, ssl=context)
    pair = base64.b64encode(f"anybody:{token.secret}".encode()).decode()
    answer = await Asker(reader, writer).ask("DESCRIBE", place.url("small", tls=True), Authorization=f"Basic {pair}")
    assert answer.status == 200
    writer.transport.abort()


async def test_who_speaks_no_tls_is_gone_and_nobody_else(place: Place, token: Token) -> None:
    async with asking(place.port, token) as viewer:
        await viewer.play(place.url("small"))
        for data in (b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n", b"\x16\x03\x01\x00\x05hello", bytes(5_000)):
            async with asking(place.tls_port) as plain:
                plain.writer.write(data)
                assert await plain.ended()
        for _ in range(50):
            assert await viewer.packet() is not None


async def test_both_addresses_are_told(place: Place) -> None:
    told = (await place.app.http.get("/live/small/addresses")).json()
    assert (told["rtsp"]["state"], told["rtsps"]["state"]) == ("on", "on")
    assert told["rtsps"]["main"] == f"rtsps://127.0.0.1:{place.tls_port}/small"


async def test_a_taken_port_is_told_and_tried_again(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", free_port())) as other:
        taken = other.getsockname()[1]
        async with restreamed(tmp_path / "data", ("small",), rtsp_port=taken) as place:
            told = (await place.app.http.get("/live/small/addresses")).json()["rtsp"]
            assert (told["state"], told["main"]) == ("taken", None)
            assert told["detail"].startswith(f"RTSP is off: port {taken} can't be listened on (")
            assert "rtsp_port" in told["detail"]
            # All else goes on.
            assert (await place.app.http.get("/cameras/small/snapshot.jpg")).status_code == 200
            assert (await place.app.http.get("/live/small/hls/index.m3u8")).status_code == 200
            other.close()

            async def listens() -> bool | None:
                told = (await place.app.http.get("/live/small/addresses")).json()["rtsp"]
                return told["state"] == "on" or None

            await until("it listens once the port is free", listens, 40)
            token = await place.token()
            async with asking(taken, token) as asker:
                assert (await asker.play(f"rtsp://127.0.0.1:{taken}/small")).status == 200
