"""Names that change where they lead between one question and the next."""

import asyncio
import socket
from typing import Any

import pytest

from tests.support.simulated import simulated_cameras
from vedette.core.clock import SystemClock
from vedette.media.dial import Found, RefusedAddressError, addresses
from vedette.media.libav import LibavError, LibavSource
from vedette.media.rtsp.errors import RtspError
from vedette.media.rtsp.wire import connect
from vedette.media.units import EndReason

pytestmark = pytest.mark.anyio


class Resolver:
    """A name server's answers, one after the other."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    async def __call__(self, host: str, port: int) -> Found:
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, port))
            for address in self.answers.pop(0)
        ]


class Nothing:
    """A sink that takes what comes."""

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: None


@pytest.mark.parametrize(
    "answer", [["169.254.169.254"], ["127.0.0.1", "169.254.169.254"], ["::ffff:a9fe:a9fe"], ["fd00:ec2::254"]]
)
async def test_bad_answers_are_refused(answer: list[str]) -> None:
    with pytest.raises(RefusedAddressError, match=r"address leads to one that is link-local"):
        await addresses("camera.example", 554, "rtsp", Resolver(answer))
    with pytest.raises(RtspError) as native:
        await connect("camera.example", 554, Resolver(answer))
    assert (native.value.reason, native.value.code) == (EndReason.REFUSED, "rtsp.forbidden_address")
    source = LibavSource("http://camera.example/x", None, Nothing(), clock=SystemClock(), resolve=Resolver(answer))
    with pytest.raises(LibavError) as libav:
        await source.connect()
    assert (libav.value.reason, libav.value.code) == (EndReason.REFUSED, "libav.forbidden_address")


async def test_the_address_that_was_checked_is_the_one_that_is_dialled() -> None:
    """The second answer would be a bad one: it must never be asked for."""
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        resolver = Resolver(["127.0.0.1"], ["169.254.169.254"])
        with await connect("camera.example", port, resolver) as connected:
            assert connected.getpeername() == ("127.0.0.1", port)
        assert len(resolver.answers) == 1


async def test_libav_dials_the_checked_address_too() -> None:
    async with simulated_cameras() as cameras:
        await cameras.prepare(["cam-1"], ("small",))
        url = cameras.url("cam-1", "small").replace("127.0.0.1", "camera.invalid")  # no resolver knows it
        resolver = Resolver(["127.0.0.1"], ["169.254.169.254"])
        source = LibavSource(url, None, Nothing(), clock=SystemClock(), prefer_tcp=True, resolve=resolver)
        await source.connect()
        source.close()
        assert len(resolver.answers) == 1
