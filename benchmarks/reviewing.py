"""Work that playback gives a node. Each kind is a context: it goes on for as long as that lasts, and counts what was
done."""

import asyncio
import json
import os
import random
import shutil
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from benchmarks.archive import SEGMENT_MS, number_at
from benchmarks.load import Request, connected
from benchmarks.page import player_page

HOUR = 3_600_000
DAY = 24 * HOUR
_FRAME_MS = 40
_LIMIT_MS = 10_000
# A seek begins when the last one has shown its picture for so long.
_LOOK_S = 0.5
# As many sheets as a browser asks one server for at once.
_AT_ONCE = 6
_ASKING = 4
_WHOLE = [[[0, 0], [1, 0], [1, 1], [0, 1]]]
_BURN = "while True: sum(range(10_000))"


@dataclass(slots=True)
class Node:
    """Where the work goes to: footage of `cameras` cameras in `[start_ms, end_ms)`."""

    address: str
    access: str
    directory: Path
    cameras: int
    start_ms: int
    end_ms: int
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    @property
    def headers(self) -> dict[str, str]:
        """Of a caller."""
        return {"Authorization": f"Bearer {self.access}"}

    def camera(self) -> str:
        """One of them."""
        return f"cam-{self.chance.randint(1, self.cameras)}"

    def hour(self) -> int:
        """The begin of one of its hours."""
        return self.start_ms + self.chance.randrange((self.end_ms - self.start_ms) // HOUR) * HOUR

    def day(self) -> int:
        """The begin of a day at any second."""
        return self.chance.randrange(self.start_ms, max(self.start_ms + 1, self.end_ms - DAY))


@dataclass(slots=True)
class Done:
    """`count` things of a kind since `began`, a `time.monotonic()`."""

    what: str
    count: float = 0
    began: float = field(default_factory=time.monotonic)

    def __str__(self) -> str:
        per_s = self.count / (time.monotonic() - self.began)
        return f"{per_s:.1f} {self.what}/s" if per_s >= 1 else f"{per_s * 60:.0f} {self.what}/min"

    def begin(self) -> None:
        """Counts from now on."""
        self.count, self.began = 0, time.monotonic()


@asynccontextmanager
async def nothing(node: Node) -> AsyncIterator[list[Done]]:
    """Recording alone."""
    yield []


@asynccontextmanager
async def seeks(node: Node) -> AsyncIterator[list[Done]]:
    """The product's player in Chromium, which seeks again as soon as it plays. Chromium, that decodes by software here
    and stands for another machine, runs at the lowest priority."""
    done = Done("seeks")
    async with player_page(node.address, node.access, node.directory, "playback.ts", _yielding(node.directory)) as page:

        async def go_on() -> None:
            while True:
                at_ms = node.chance.randrange(node.start_ms, node.end_ms - 60_000)
                into_ms = (at_ms - node.start_ms) % SEGMENT_MS
                numbers = [number_at(into_ms + later * _FRAME_MS, _FRAME_MS) for later in range(25)]
                await page.evaluate("([...all]) => show('cam-1', ...all)", [at_ms, numbers, _LIMIT_MS])
                done.count += 1
                await asyncio.sleep(_LOOK_S)

        async with _running(go_on):
            yield [done]


@asynccontextmanager
async def previews(node: Node) -> AsyncIterator[list[Done]]:
    """Hour after hour of one camera after another, a picture every 10 s, all made for the first time."""
    done = Done("sheets")
    async with httpx.AsyncClient(base_url=node.address, headers=node.headers, timeout=60) as client:
        turns = asyncio.Semaphore(_AT_ONCE)

        async def fetch(url: httpx.URL) -> None:
            async with turns:
                answer = await client.get(url)
            if answer.status_code == 200:
                done.count += 1

        async def go_on() -> None:
            while True:
                at_ms = node.hour()
                query = {"start": instant(at_ms), "end": instant(at_ms + HOUR), "step_ms": "10000"}
                listed = await client.get(f"/api/v1/playback/{node.camera()}/previews", params=query)
                listed.raise_for_status()
                urls = [listed.url.join(sheet["url"]) for sheet in listed.json()["sheets"]]
                await asyncio.gather(*map(fetch, urls))

        async with _running(go_on, go_on):
            yield [done]


@asynccontextmanager
async def find(node: Node) -> AsyncIterator[list[Done]]:
    """Two searches of the whole picture over an hour each, and again."""
    done = Done("key frames searched")

    async def go_on() -> None:
        while True:
            async with httpx.AsyncClient(base_url=node.address, headers=node.headers, timeout=60) as client:
                at_ms = node.hour()
                wanted = {"start": instant(at_ms), "end": instant(at_ms + HOUR), "region": _WHOLE}
                async with client.stream("POST", f"/api/v1/playback/{node.camera()}/find", json=wanted) as answer:
                    answer.raise_for_status()
                    before = 0
                    async for line in answer.aiter_lines():
                        pictures = json.loads(line).get("pictures", before)
                        done.count += pictures - before
                        before = pictures

    async with _running(go_on, go_on):
        yield [done]


@asynccontextmanager
async def lists(node: Node) -> AsyncIterator[list[Done]]:
    """Playlists of a day of one camera and coverage of sixteen, each of another day: as many as are answered."""
    done = Done("playlists and coverages of a day")
    port = int(node.address.rpartition(":")[2])
    async with httpx.AsyncClient(base_url=node.address, headers=node.headers, timeout=60) as client:
        ids = [one["id"] for one in (await client.get("/api/v1/cameras", params={"limit": 100})).json()["items"]]

    def path() -> str:
        at_ms = node.day()
        span = httpx.QueryParams(start=instant(at_ms), end=instant(at_ms + DAY))
        if node.chance.random() < 0.5:
            return f"/api/v1/playback/{node.camera()}/index.m3u8?{span}"
        query = "&".join(f"camera_id={one}" for one in node.chance.sample(ids, min(16, len(ids))))
        return f"/api/v1/coverage?{span}&{query}"

    async def go_on() -> None:
        async with connected(port) as connection:
            while True:
                answer = await connection.send(Request(path(), node.headers))
                if answer.status != 200:
                    raise RuntimeError(f"the server answered {answer.status}")
                done.count += 1

    async with _running(*[go_on] * _ASKING):
        yield [done]


@asynccontextmanager
async def everything(node: Node) -> AsyncIterator[list[Done]]:
    """All of it at once."""
    async with AsyncExitStack() as stack:
        yield [done for kind in (seeks, previews, find, lists) for done in await stack.enter_async_context(kind(node))]


@asynccontextmanager
async def computing(node: Node) -> AsyncIterator[list[Done]]:
    """None of playback's work: programs at a recorder's own priority that want all cores. Here an effect must show."""
    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", _BURN, start_new_session=True)
        for _ in os.sched_getaffinity(0)
    ]
    try:
        yield []
    finally:
        for process in processes:
            process.kill()
            await process.wait()


def instant(ms: int) -> str:
    """RFC 3339."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat().replace("+00:00", "Z")


def _yielding(directory: Path) -> str:
    """A program that is Chromium at the lowest priority, also as a session (sched(7), autogroup)."""
    program = directory / "chromium-behind"
    behind = "echo 19 2>/dev/null >/proc/self/autogroup"
    program.write_text(f'#!/bin/sh\n{behind}\nexec nice -n 19 {shutil.which("chromium")} "$@"\n')
    program.chmod(0o755)
    return str(program)


@asynccontextmanager
async def _running(*works: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """Works that never end, until the context does. Raises what one of them raised."""
    tasks = [asyncio.create_task(work()) for work in works]
    try:
        yield
    finally:
        failed = [task for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for task in failed:
            with suppress(asyncio.CancelledError):
                task.result()
