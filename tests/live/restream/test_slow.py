"""A client that plays and never reads: it is cut, and nobody else notices."""

import asyncio
import socket
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from tests.support.recording import contiguous
from tests.support.restreamed import Place, restreamed
from tests.support.rtsp_asker import Asker, asking

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]


@pytest.fixture
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    async with restreamed(tmp_path_factory.mktemp("slow") / "data", ("bench",)) as place:
        yield place


async def test_who_never_reads_is_cut_and_costs_nobody_a_picture(place: Place) -> None:
    token = await place.token()
    stuck = socket.socket()
    stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 << 10)
    stuck.setblocking(False)
    await asyncio.get_running_loop().sock_connect(stuck, ("127.0.0.1", place.port))
    server = place.app.app.state.restream
    reader, writer = await asyncio.open_connection(sock=stuck)
    async with asking(place.port, token) as viewer:
        sleeper = Asker(reader, writer, token)
        assert (await sleeper.play(place.url("bench"))).status == 200
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        await viewer.play(place.url("bench"))
        assert server.connections == 2
        async with asyncio.timeout(120):
            while server.connections == 2:
                assert await viewer.packet() is not None
        video = [packet for packet in viewer.packets if packet.channel == 0]
        assert all((b.sequence - a.sequence) & 0xFFFF == 1 for a, b in pairwise(video))
    writer.transport.abort()
    camera = place.cameras["bench"]
    assert await place.desk.gaps(camera) == []
    assert contiguous(await place.desk.segments(camera, "closed"))
