"""HTTP load on loopback: connections that cost the client little, so that it is the server that is measured."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `headers` without Host and Content-Length. `source`: the local address it comes from."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    source: str = "127.0.0.1"

    def encoded(self, host: str) -> bytes:
        """As it goes over the wire (RFC 9112)."""
        content = b"" if self.body is None else json.dumps(self.body).encode()
        lines = [f"{'GET' if self.body is None else 'POST'} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if content:
            lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        return "\r\n".join([*lines, "", ""]).encode() + content


@dataclass(frozen=True, slots=True)
class Answer:
    """`ms` from the instant the request was due, so that a server that lags can't hide it by being asked less."""

    status: int
    ms: float
    body: bytes = b""


class Connection:
    """One connection that is kept; a request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self._reader, self._writer, self._host = reader, writer, host

    async def send(self, request: Request, due: float | None = None) -> Answer:
        """`due` is a `time.perf_counter()`. The server answers with a Content-Length."""
        began = time.perf_counter() if due is None else due
        self._writer.write(request.encoded(self._host))
        head = await self._reader.readuntil(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
        body = await self._reader.readexactly(int(fields.get(b"content-length", b"0")))
        return Answer(int(head.split(b" ", 2)[1]), (time.perf_counter() - began) * 1000, body)

    def close(self) -> None:
        """Hangs up."""
        self._writer.close()


@asynccontextmanager
async def connected(port: int, source: str = "127.0.0.1") -> AsyncIterator[Connection]:
    """A connection to a server on this machine, from a loopback address of one's choice."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0), limit=1 << 24)
    connection = Connection(reader, writer, f"127.0.0.1:{port}")
    try:
        yield connection
    finally:
        connection.close()


async def ask(port: int, request: Request, due: float | None = None) -> Answer:
    """On a connection of its own."""
    async with connected(port, request.source) as connection:
        return await connection.send(request, due)


async def steady(port: int, requests: Iterator[Request], rate: float, seconds: float) -> list[Answer]:
    """`rate` requests a second, each when it is due, whether or not earlier ones are answered (open loop)."""
    free: asyncio.Queue[Connection] = asyncio.Queue()
    answers: list[Answer] = []
    opened: list[Connection] = []

    async def one(request: Request, due: float) -> None:
        if free.empty():
            streams = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
            connection = Connection(*streams, f"127.0.0.1:{port}")
            opened.append(connection)
        else:
            connection = free.get_nowait()
        answers.append(await connection.send(request, due))
        free.put_nowait(connection)

    try:
        async with asyncio.TaskGroup() as group:
            begin = time.perf_counter()
            for number in range(round(rate * seconds)):
                due = begin + number / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(one(next(requests), due))
    finally:
        for connection in opened:
            connection.close()
    return answers


async def full(port: int, requests: Iterator[Request], connections: int, seconds: float) -> list[Answer]:
    """As many as the server answers on so many connections (closed loop)."""
    end = time.perf_counter() + seconds
    answers: list[Answer] = []

    async def keep_asking() -> None:
        async with connected(port) as connection:
            while time.perf_counter() < end:
                answers.append(await connection.send(next(requests)))

    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(keep_asking())
    return answers


def mixed(paths: list[str], headers: list[Mapping[str, str]]) -> Iterator[Request]:
    """The paths in turn, by the callers in turn; every caller comes to ask every path."""
    callers = cycle(headers)
    for path in cycle(paths):
        yield Request(path, next(callers))
