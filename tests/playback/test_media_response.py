"""Media answers, byte for byte, over a real server."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request
from starlette.responses import Response

from tests.support.serving import serve
from vedette.http.media import IMMUTABLE, MediaFile, MediaResponse

pytestmark = pytest.mark.anyio

CONTENT = os.urandom(1_000_003)


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    path = tmp_path / "media.mp4"
    path.write_bytes(CONTENT)
    app = FastAPI()

    async def media(request: Request) -> Response:
        tag = request.query_params.get("tag", '"one"')
        return MediaResponse(await MediaFile.open(path, tmp_path), tag=tag, cache=IMMUTABLE, disposition="attachment")

    app.add_api_route("/media", media, methods=["GET", "HEAD"], response_class=Response)
    async with serve(app) as address, httpx.AsyncClient(base_url=f"http://{address}") as client:
        yield client


def open_descriptors() -> int:
    links = [entry for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]
    return sum(entry.readlink().name == "media.mp4" for entry in links)


async def test_all_of_it(client: httpx.AsyncClient) -> None:
    answer = await client.get("/media")
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["cache-control"] == IMMUTABLE
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["content-length"] == str(len(CONTENT))
    assert open_descriptors() == 0


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-262143", 0, 262_144),
        ("bytes=262144-", 262_144, len(CONTENT)),
        ("bytes=-7", len(CONTENT) - 7, len(CONTENT)),
        ("bytes=999999-9999999", 999_999, len(CONTENT)),
        ("bytes=100-700000", 100, 700_001),
    ],
)
async def test_ranges(client: httpx.AsyncClient, header: str, start: int, end: int) -> None:
    answer = await client.get("/media", headers={"Range": header})
    assert (answer.status_code, answer.content) == (206, CONTENT[start:end])
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"
    assert answer.headers["content-length"] == str(end - start)


async def test_a_range_outside(client: httpx.AsyncClient) -> None:
    answer = await client.get("/media", headers={"Range": "bytes=2000000-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(CONTENT)}"
    assert answer.json()["code"] == "request.range"
    assert open_descriptors() == 0


async def test_head_tells_and_sends_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.head("/media", headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, b"")
    assert answer.headers["content-length"] == "10"
    answer = await client.head("/media")
    assert (answer.status_code, answer.headers["content-length"]) == (200, str(len(CONTENT)))
    assert open_descriptors() == 0


@pytest.mark.parametrize(
    ("tag", "if_range", "status"),
    [
        ('"one"', '"one"', 206),
        ('"one"', '"two"', 200),
        ('W/"one"', 'W/"one"', 200),
        ('"one"', "Sat, 21 Nov 2026 00:00:00 GMT", 200),
    ],
)
async def test_if_range(client: httpx.AsyncClient, tag: str, if_range: str, status: int) -> None:
    answer = await client.get("/media", params={"tag": tag}, headers={"Range": "bytes=0-9", "If-Range": if_range})
    assert answer.status_code == status
    assert answer.content == (CONTENT[:10] if status == 206 else CONTENT)


async def test_not_modified(client: httpx.AsyncClient) -> None:
    answer = await client.get("/media", headers={"If-None-Match": '"zero", "one"'})
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", '"one"')
    assert open_descriptors() == 0


async def test_a_client_that_goes_away_leaves_nothing_open(client: httpx.AsyncClient, tmp_path: Path) -> None:
    with (tmp_path / "media.mp4").open("ab") as file:
        file.truncate(200_000_000)  # far more than the sockets hold
    async with client.stream("GET", "/media") as answer:
        async for _ in answer.aiter_raw(1000):
            break
    for _ in range(500):
        if open_descriptors() == 0:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the file is still open")


async def test_only_regular_files_of_the_volume_are_opened(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    os.mkfifo(volume / "pipe")
    (tmp_path / "secret").write_bytes(b"secret")
    (volume / "link.mp4").symlink_to(tmp_path / "secret")
    (volume / "out").symlink_to(tmp_path)
    for name in ("pipe", ".", "absent", "link.mp4", "out/secret", "../secret"):
        with pytest.raises(OSError):
            await MediaFile.open(volume / name, volume)


async def test_reading_past_the_end_is_told(tmp_path: Path) -> None:
    (tmp_path / "short").write_bytes(b"12345")
    file = await MediaFile.open(tmp_path / "short", tmp_path)
    try:
        assert await file.read_exactly(1, 3) == b"234"
        with pytest.raises(EOFError):
            await file.read_exactly(3, 3)
    finally:
        file.close()


@pytest.mark.parametrize(
    ("host", "cache"),
    [
        ("localhost:7070", IMMUTABLE),
        ("[::1]:7070", IMMUTABLE),
        ("192.168.1.5:7070", "no-store"),
        ("nvr.lan", "no-store"),
        ("localhost.evil.example", "no-store"),
        ("a@localhost", "no-store"),
    ],
)
async def test_what_a_logout_could_not_clear_is_not_kept(client: httpx.AsyncClient, host: str, cache: str) -> None:
    answer = await client.get("/media", headers={"Host": host, "Range": "bytes=0-9"})
    assert (answer.status_code, answer.headers["cache-control"]) == (206, cache)
