"""Connections that no honest client makes, over sockets."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import connect

from tests.support.accounts import signed_in
from tests.support.app import TestRecorders
from vedette.api.app import create_app
from vedette.api.main import server_config
from vedette.db.session import Database
from vedette.http import wire
from vedette.http.binding import listen
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

Answer = tuple[int, dict[str, str], bytes]


@asynccontextmanager
async def serving(settings: Settings, database: Database, app: FastAPI | None = None) -> AsyncIterator[int]:
    """The app as the api process runs it; gives its port."""
    listener = listen(settings.model_copy(update={"port": 0}))
    app = app or create_app(settings, database, recorders=TestRecorders())
    server = uvicorn.Server(server_config(app, settings))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            assert not running.done(), running.exception()
            await asyncio.sleep(0.01)
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await running
        listener.close()


@pytest.fixture
async def port(sqlite_database: Database, settings: Settings) -> AsyncIterator[int]:
    async with serving(settings, sqlite_database) as number:
        yield number


async def read(reader: asyncio.StreamReader) -> Answer:
    async with asyncio.timeout(30):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:]) if name}
        body = await reader.readexactly(int(fields["content-length"]))
    return int(head[0].split()[1]), fields, body


async def ask(port: int, *pieces: bytes) -> Answer:
    """The answer to what is sent, and that the connection ends when it says so."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        answer = await read(reader)
        if answer[1].get("connection") == "close":
            assert await asyncio.wait_for(reader.read(), 30) == b""
        return answer
    except ConnectionResetError:
        pytest.fail("the connection was cut before the answer could be read")
    finally:
        writer.close()


def check_problem(answer: Answer, status: int, code: str) -> None:
    assert (answer[0], json.loads(answer[2])["code"]) == (status, code)
    assert answer[1]["content-type"] == "application/problem+json"
    assert answer[1]["x-content-type-options"] == "nosniff"
    assert "default-src" in answer[1]["content-security-policy"]


START = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"


async def test_what_is_no_http(port: int) -> None:
    check_problem(await ask(port, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"), 400, "request.malformed")
    both = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    check_problem(await ask(port, both), 400, "request.malformed")


@pytest.mark.parametrize(
    "head",
    [
        START + b"X: " + b"a" * wire.MOST_HEAD + b"\r\n\r\n",
        START + b"X: " + b"a" * 2 * wire.MOST_HEAD,
        START + b"a" * 2 * wire.MOST_HEAD,
        START + b"X: y\r\n" * wire.MOST_FIELDS + b"\r\n",
        b"GET /" + b"a" * wire.MOST_HEAD + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /" + b"a" * 2 * wire.MOST_HEAD,
    ],
)
async def test_a_head_that_is_too_large(port: int, head: bytes) -> None:
    check_problem(await ask(port, head), 431, "request.head_too_large")


async def test_a_head_at_the_limit_is_answered(port: int) -> None:
    assert (await ask(port, START + b"X: " + b"a" * (wire.MOST_HEAD - 200) + b"\r\n\r\n"))[0] == 200
    assert (await ask(port, START + b"X: y\r\n" * (wire.MOST_FIELDS - 1) + b"\r\n"))[0] == 200


async def test_a_head_that_does_not_come_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "HEAD_S", 0.3)
    for begun in (b"", b"GET /healthz HTTP/1.1\r\nHost: local", START):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        assert await asyncio.wait_for(reader.read(), 30) == b""
        writer.close()
    # The same for the second request of a connection, also after a stray line end.
    for begun in (b"GET /heal", b"\r\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(START + b"\r\n")
        assert (await read(reader))[0] == 200
        writer.write(begun)
        assert await asyncio.wait_for(reader.read(), 30) == b""
        writer.close()


async def test_an_answer_that_takes_long_is_not_cut(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "HEAD_S", 0.2)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = b'{"username": "nobody", "password": "three random words"}'
    fields = b"Content-Type: application/json\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n"
    writer.write(b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n" + fields)
    await asyncio.sleep(0.5)  # the head is there: its time does not count for the body
    writer.write(body)
    assert (await read(reader))[0] == 401
    writer.close()


async def test_a_websocket_stays(
    sqlite_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "HEAD_S", 0.3)
    app = create_app(settings, sqlite_database, recorders=TestRecorders())
    async with serving(settings, sqlite_database, app) as port:
        headers = await signed_in(app)
        async with connect(f"ws://127.0.0.1:{port}/api/v1/events", additional_headers=headers) as socket:
            await socket.recv()
            await asyncio.sleep(1)
            await (await socket.ping())


async def test_trailers_are_no_headers(port: int) -> None:
    head = b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert (await ask(port, head, b"2\r\n{}\r\n0\r\nX-Late: 1\r\n\r\n"))[0] == 422
    many = b"X: " + b"a" * 1000 + b"\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head + b"2\r\n{}\r\n0\r\n" + many * 100)
    assert (await read(reader))[0] == 431
    writer.close()


async def test_a_body_that_is_too_large_is_not_read_to_its_end(port: int) -> None:
    declared = b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n"
    check_problem(await ask(port, declared), 413, "request.too_large")
    chunked = b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    check_problem(await ask(port, chunked, chunk * 17), 413, "request.too_large")


async def test_the_rest_of_a_refused_body_is_not_read_for_ever(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "HEAD_S", 0.5)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
    check_problem(await read(reader), 413, "request.too_large")

    async def trickle() -> None:
        while True:
            writer.write(b"x")
            await asyncio.sleep(0.05)

    trickling = asyncio.create_task(trickle())
    try:
        with contextlib.suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), 30) == b""
    finally:
        trickling.cancel()
        writer.close()


async def test_a_body_nested_a_hundred_thousand_deep(port: int) -> None:
    for body in (b"[" * 100_000 + b"]" * 100_000, b'{"username":' * 80_000):
        head = b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        length = b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n"
        check_problem(await ask(port, head + length, body), 422, "request.too_deep")


async def test_no_more_connections_than_the_setting_says(sqlite_database: Database, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(exist_ok=True)
    async with serving(Settings(data=tmp_path, max_connections=10), sqlite_database) as port:
        held = [await opened(port, f"127.0.0.{number % 5 + 2}") for number in range(10)]
        reader, writer = await opened(port)
        check_problem(await read(reader), 503, "server.full")
        writer.close()
        held.pop()[1].close()
        await until_answered(port)
        for _, waiting in held:
            waiting.close()


async def test_one_address_leaves_half_of_them_to_others(sqlite_database: Database, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(exist_ok=True)
    settings = Settings(data=tmp_path, max_connections=10, trusted_proxies="127.0.0.9")
    async with serving(settings, sqlite_database) as port:
        held = [await opened(port, "127.0.0.2") for _ in range(5)]
        refused, writer = await opened(port, "127.0.0.2")
        check_problem(await read(refused), 503, "server.full")
        writer.close()
        await until_answered(port)
        for _, waiting in held:
            waiting.close()
        held = [await opened(port, "127.0.0.9") for _ in range(8)]
        reader, writer = await opened(port, "127.0.0.9")
        writer.write(START + b"\r\n")
        assert (await read(reader))[0] == 200
        for _, waiting in [*held, (reader, writer)]:
            waiting.close()


async def opened(port: int, source: str = "127.0.0.1") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))


async def until_answered(port: int) -> None:
    async with asyncio.timeout(30):
        while (await ask(port, START + b"\r\n"))[0] != 200:
            await asyncio.sleep(0.05)
