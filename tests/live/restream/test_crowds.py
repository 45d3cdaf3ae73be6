"""Thousands who come and say nothing, in clear and by TLS: bounded, forgotten, and nobody else's trouble."""

import asyncio
import contextlib
import os
import socket
import ssl
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.certificates import write_certificate
from tests.support.recording import until
from tests.support.restreamed import Place, Token, restreamed
from tests.support.rtsp_asker import asking
from vedette.live.restream import server as limits
from vedette.live.restream.server import RestreamServer

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

CROWD = 3_000


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*write_certificate(tmp_path_factory.mktemp("certificate")))
    async with restreamed(tmp_path_factory.mktemp("crowds") / "data", ("small",), tls=context) as place:
        yield place


@pytest.fixture(scope="module")
async def token(place: Place) -> Token:
    return await place.token()


def memory() -> int:
    """Bytes that this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def come(port: int, number: int) -> socket.socket:
    """Somebody who connects from one of many addresses of this machine."""
    one = socket.socket()
    one.setblocking(False)
    one.bind((f"127.0.{number % 40}.{1 + number % 250}", 0))
    await asyncio.get_running_loop().sock_connect(one, ("127.0.0.1", port))
    return one


@pytest.mark.parametrize(
    ("tls", "says"),
    [
        (False, b""),
        (False, b"DESCRIBE rtsp://x/ RTSP/1.0\r\nX: "),
        (True, b""),
        (True, b"\x16\x03\x01\x02\x00\x01"),  # a hello that never ends
    ],
)
async def test_a_crowd_that_never_logs_in(place: Place, token: Token, tls: bool, says: bytes) -> None:
    server: RestreamServer = place.app.app.state.restream
    before = memory()
    async with asking(place.port, token) as viewer:
        await viewer.play(place.url("small"))
        crowd: list[socket.socket] = []
        most = 0
        for start in range(0, CROWD, 250):
            for number in range(start, start + 250):
                one = await come(place.tls_port if tls else place.port, number)
                crowd.append(one)
                with contextlib.suppress(OSError):  # it may have been turned away already
                    one.send(says)
            await asyncio.sleep(0)
            most = max(most, server.connections)
            assert await viewer.packet() is not None
        assert most <= limits.MAX_HALF_OPEN + 1
        # Less than what a tenth of them would take if each had a buffer of its own.
        assert memory() - before < 64 << 20
        async with asking(place.port, token) as newcomer:
            assert (await newcomer.play(place.url("small"))).status == 200
        packets = len(viewer.packets)
        for _ in range(100):
            assert await viewer.packet() is not None
        assert len(viewer.packets) == packets + 100
        video = [packet for packet in viewer.packets if packet.channel == 0]
        assert all((b.sequence - a.sequence) & 0xFFFF == 1 for a, b in pairwise(video))

        async def gone() -> bool | None:
            return server.connections <= 1 or None

        await until("those who said nothing are forgotten", gone, 30)
        for one in crowd:
            one.close()
    async with asking(place.port, token) as viewer:
        assert (await viewer.play(place.url("small"))).status == 200
    assert await place.desk.gaps(place.cameras["small"]) == []
