"""The recorder's socket, with real readers."""

import asyncio
import stat
from pathlib import Path
from typing import cast

import pytest

from vedette.events.announcements import (
    Announcement,
    Hello,
    InitAnnounced,
    Lagged,
    PartWritten,
    Reload,
    SegmentClosed,
    SegmentOpened,
    StreamStatus,
    decode,
    encode,
)
from vedette.recorder.announcer import MAX_READERS, Announcer
from vedette.recorder.sockets import socket_path

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module", params=[True, False], ids=["uvloop", "asyncio"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, bool]]:
    """The recorder runs on uvloop, whose transports differ in detail."""
    return "asyncio", {"use_uvloop": request.param}


STATUS = StreamStatus(7, "camera", "main", "recording", 1000)
INIT = InitAnnounced(7, "d1", "avc1.640028", 90_000, "AAAA")
SEGMENT = SegmentOpened(7, "s1", "r1", "/v/a.mp4", "d1", 1000, 0, True)


def part(number: int) -> PartWritten:
    return PartWritten(7, "s1", number, 100 * number, 100, 0, 45_000, 1000, True)


class Heard:
    """An announcer on a socket, and what it was asked."""

    def __init__(self, path: Path, **options: int) -> None:
        self.path = path
        self.reloads: list[list[str]] = []
        self.announcer = Announcer(Hello("native-0", "node-1", 42), self.reloads.append, **options)

    async def __aenter__(self) -> "Heard":
        await self.announcer.start(self.path)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.announcer.aclose()

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_unix_connection(self.path, limit=1 << 20)


async def lines(reader: asyncio.StreamReader, count: int) -> list[Announcement | None]:
    return [decode(await reader.readline()) for _ in range(count)]


async def test_a_reader_is_told_the_state_and_then_what_happens(tmp_path: Path) -> None:
    async with Heard(tmp_path / "native-0.sock") as heard:
        for message in (STATUS, INIT, SEGMENT, part(1)):
            heard.announcer.announce(message)
        reader, writer = await heard.connect()
        assert await lines(reader, 4) == [Hello("native-0", "node-1", 42), STATUS, INIT, SEGMENT]
        heard.announcer.announce(part(2))
        heard.announcer.announce(SegmentClosed(7, "s1", 2000))
        assert await lines(reader, 2) == [part(2), SegmentClosed(7, "s1", 2000)]
        writer.close()
        late, late_writer = await heard.connect()
        assert await lines(late, 3) == [Hello("native-0", "node-1", 42), STATUS, INIT]
        late_writer.close()


async def test_a_late_close_of_the_former_segment_leaves_the_present_one(tmp_path: Path) -> None:
    async with Heard(tmp_path / "native-0.sock") as heard:
        second = SegmentOpened(7, "s2", "r1", "/v/b.mp4", "d1", 2000, 90_000, True)
        for message in (INIT, SEGMENT, second, SegmentClosed(7, "s1", 2000)):
            heard.announcer.announce(message)
        reader, writer = await heard.connect()
        assert (await lines(reader, 3))[2] == second
        writer.close()


async def test_a_forgotten_stream_is_not_told(tmp_path: Path) -> None:
    async with Heard(tmp_path / "native-0.sock") as heard:
        heard.announcer.announce(STATUS)
        heard.announcer.forget(7)
        reader, writer = await heard.connect()
        await lines(reader, 1)
        heard.announcer.announce(part(1))
        assert await lines(reader, 1) == [part(1)]
        writer.close()


async def test_a_slow_reader_loses_messages_and_is_told(tmp_path: Path) -> None:
    async with Heard(tmp_path / "native-0.sock", unsent_limit=20_000) as heard:
        for message in (STATUS, INIT, SEGMENT):
            heard.announcer.announce(message)
        slow, slow_writer = await heard.connect()
        quick, quick_writer = await heard.connect()
        await lines(slow, 4)
        await lines(quick, 4)
        slow_transport = cast("asyncio.Transport", slow_writer.transport)
        slow_transport.pause_reading()
        sent = 0
        while not heard.announcer.dropped:
            sent += 1
            heard.announcer.announce(part(sent))
            assert await lines(quick, 1) == [part(sent)]
        slow_transport.resume_reading()
        told: list[Announcement | None] = []
        while not told or isinstance(told[-1], PartWritten):
            told += await lines(slow, 1)
        lost = heard.announcer.dropped
        assert told == [*(part(number) for number in range(1, sent - lost + 1)), Lagged(lost)]
        assert await lines(slow, 3) == [STATUS, INIT, SEGMENT]
        heard.announcer.announce(part(sent + 1))
        assert await lines(slow, 1) == [part(sent + 1)]
        slow_writer.close()
        quick_writer.close()


async def test_readers_may_ask_to_look_again(tmp_path: Path) -> None:
    async with Heard(tmp_path / "native-0.sock") as heard:
        reader, writer = await heard.connect()
        question = encode(Reload(["a", "b"]))
        writer.write(question[:5])
        await writer.drain()
        writer.write(question[5:] + encode(Reload()))
        while len(heard.reloads) < 2:
            await asyncio.sleep(0.01)
        assert heard.reloads == [["a", "b"], []]
        assert await lines(reader, 1) == [Hello("native-0", "node-1", 42)]
        writer.close()


@pytest.mark.parametrize("noise", [b"\xff\xfe\n", b"[]\n", b'{"t":"reload","x":1}\n', b"x" * 100_000])
async def test_a_reader_that_talks_nonsense_is_hung_up_on(tmp_path: Path, noise: bytes) -> None:
    async with Heard(tmp_path / "native-0.sock") as heard:
        reader, writer = await heard.connect()
        await lines(reader, 1)
        writer.write(noise)
        try:
            assert await reader.read() == b""
        except ConnectionResetError:
            pass  # as good
        assert heard.announcer.readers == 0
        writer.close()


async def test_readers_are_bounded(tmp_path: Path) -> None:
    async with Heard(tmp_path / "native-0.sock") as heard:
        connections = [await heard.connect() for _ in range(MAX_READERS)]
        for reader, _ in connections:
            await lines(reader, 1)
        extra, extra_writer = await heard.connect()
        assert await extra.read() == b""
        for _, writer in [*connections, (extra, extra_writer)]:
            writer.close()


async def test_the_socket_is_private_and_replaces_a_dead_one(tmp_path: Path) -> None:
    path = socket_path(tmp_path, "native-0")
    path.touch()
    async with Heard(path) as heard:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        reader, writer = await heard.connect()
        await lines(reader, 1)
        writer.close()
    assert not path.exists()
    with pytest.raises(OSError, match="too long"):
        socket_path(tmp_path / ("x" * 120), "native-0")
