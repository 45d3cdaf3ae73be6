"""The reactor on real sockets."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

import pytest

from vedette.core.clock import SystemClock
from vedette.recorder.reactor import Reactor

pytestmark = pytest.mark.anyio


class Source:
    """Reads a socket."""

    def __init__(self, act: Callable[["Source"], None] = lambda _: None) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.ours.setblocking(False)
        self.theirs.setblocking(False)
        self.read = b""
        self.timers = 0
        self.failed: Exception | None = None
        self._act = act

    def fileno(self) -> int:
        return self.ours.fileno()

    def on_readable(self, now_s: float) -> None:
        self.read += self.ours.recv(1000)
        self._act(self)

    def on_timer(self, now_s: float) -> None:
        self.timers += 1
        self._act(self)

    def fail(self, error: Exception) -> None:
        self.failed = error

    def close(self) -> None:
        self.ours.close()
        self.theirs.close()


class Ticks:
    """Counts."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


def boom(_: Source) -> None:
    raise RuntimeError("boom")


async def test_sources_are_read_and_one_that_fails_stops_no_other() -> None:
    ticks = Ticks()
    reactor = Reactor(SystemClock(), ticks)
    bad, good = Source(boom), Source()
    for source in (bad, good):
        reactor.add(source, source.fail)
        source.theirs.send(b"hello")
    reactor.start()
    while not good.read or not bad.failed:
        await asyncio.sleep(0.01)
    reactor.on_timer()
    assert good.timers == bad.timers == 1
    assert str(bad.failed) == "boom"
    assert good.read == b"hello"
    assert ticks.count >= 1
    reactor.close()
    bad.close()
    good.close()


async def test_the_number_of_a_closed_socket_may_be_anothers() -> None:
    reactor = Reactor(SystemClock(), Ticks())
    reactor.start()
    first = Source()
    key = reactor.add(first, first.fail)
    first.ours.close()
    reactor.remove(key)
    second = Source()
    assert second.fileno() == key
    reactor.add(second, second.fail)
    reactor.remove(10_000)
    second.theirs.send(b"hello")
    while not second.read:
        await asyncio.sleep(0.01)
    reactor.close()
    first.close()
    second.close()


async def test_it_wakes_up_about_fifty_times_a_second_whatever_comes() -> None:
    ticks = Ticks()
    reactor = Reactor(SystemClock(), ticks)
    source = Source()
    reactor.add(source, source.fail)
    reactor.start()
    loop = asyncio.get_running_loop()
    began = loop.time()
    while loop.time() - began < 0.5:
        with suppress(BlockingIOError):
            source.theirs.send(b"x")
        await asyncio.sleep(0)
    assert ticks.count <= (loop.time() - began) / 0.02 + 2
    reactor.close()
    source.close()
