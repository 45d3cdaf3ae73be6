"""Playback out of a month of 50 cameras: seeks in Chromium, playlists, coverage, calendar, previews.

The index has a row for every quarter of an hour of every camera, with its groups of pictures; all of them name one real
file. Rows are put in by bulk, which is not measured; what is asked goes the product's way.
"""

import argparse
import os
import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Page

from benchmarks import preview_costs, scrub
from benchmarks.archive import SEGMENT_MS, number_at
from benchmarks.installation import Installation, free_port, ready
from benchmarks.month import fill
from benchmarks.page import player_page
from benchmarks.processes import cpu_s
from benchmarks.report import Result, Table, Timing
from vedette.cameras.schemas import CameraCreate

NAME = "playback"
WHAT = (
    "30 days of 50 cameras in the index, 1080p25 4 Mbit/s: time from a random seek to the first picture in Chromium "
    "(the product's player, file not in the page cache, and Chromium alone with the plain file beside it), playlists, "
    "coverage and calendar over HTTP, previews, scrubbing."
)
CAMERAS = 50
DAY = 86_400_000
LIMIT_MS = 10_000
FRAME_MS = 40
GOP_MS = 2_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="3 days, 12 instants")
    parser.add_argument("--seeks", type=int, help="instead of 60")


async def run(arguments: argparse.Namespace) -> Result:
    """Fills an installation, starts its api, asks and looks."""
    days, count = (3, 12) if arguments.quick else (30, 60)
    count = arguments.seeks or count
    directory = Path(tempfile.mkdtemp(prefix="vedette-bench-"))
    installation = Installation(directory / "data")
    end_ms = int(time.time() * 1000) // SEGMENT_MS * SEGMENT_MS
    start_ms = end_ms - days * DAY
    try:
        await installation.prepare(
            [CameraCreate(name=f"cam-{index}", url="rtsp://127.0.0.1:1/nothing") for index in range(1, CAMERAS + 1)]
        )
        file = await fill(installation, start_ms, end_ms)
        address = f"http://127.0.0.1:{free_port()}"
        await installation.start("api", "api", "--port", address.rpartition(":")[2])
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            await ready(client)
            access = await installation.log_in(client)
            asked = _Asked(client, installation.processes["api"].pid, start_ms, end_ms)
            timings = [*await asked.playlists(), await asked.coverage(), await asked.calendar()]
            previews = await preview_costs.told(client, installation, file, start_ms, end_ms)
            plain = (await client.get("/api/v1/recordings", params={"camera_id": "cam-1", "limit": 1})).json()["items"][
                0
            ]
        chance = random.Random(7)
        instants = [chance.randrange(start_ms, end_ms - 60_000) for _ in range(count)]
        wrong: list[dict[str, Any]] = []
        seeks, alone = await _seeks(address, access, file, directory, start_ms, instants, plain["id"], wrong)
        scrubbed = await scrub.table(address, directory, end_ms)
    finally:
        await installation.stop()
        shutil.rmtree(directory, ignore_errors=True)
    rows = [timing.row() for timing in (*seeks, alone, *timings)]
    notes = [
        f"{days} days of {CAMERAS} cameras in files of 15 minutes: {days * 96 * CAMERAS} rows.",
        f"{len(wrong)} seeks did not show the right picture. {_ratio(seeks[2], alone)}",
        asked.cost,
        previews,
    ]
    data = {"timings_ms": {one.what: one.values for one in (*seeks, alone, *timings)}, "wrong": wrong, "days": days}
    timed = Table("Playback", ["", "times", "median ms", "95 % ms", "most ms"], rows, notes)
    return Result(NAME, WHAT, data, [timed, scrubbed])


def _ratio(ours: Timing, alone: Timing) -> str:
    middle = [sorted(one.values)[len(one.values) // 2] for one in (ours, alone)]
    return f"Median of the right picture: {middle[0] / middle[1]:.2f} x of Chromium alone with the plain file."


class _Asked:
    """Questions over HTTP, each about another camera and span."""

    def __init__(self, client: httpx.AsyncClient, api: int, start_ms: int, end_ms: int) -> None:
        self._client = client
        self._api = api
        self.cost = ""
        self._start_ms, self._end_ms = start_ms, end_ms
        self._chance = random.Random(11)

    async def playlists(self) -> list[Timing]:
        """A day: for the first time, again, and told that it is the same."""
        spans = [(f"/api/v1/playback/cam-{number + 1}/index.m3u8", self._day()) for number in range(30)]
        tags = [""] * len(spans)
        timings, costs = [], []
        for what, status in (("for the first time", 200), ("again", 200), ("304", 304)):
            values, before = [], cpu_s(self._api)
            for number, (path, start_ms) in enumerate(spans):
                headers = {"If-None-Match": tags[number]} if status == 304 else {}
                taken, answer = await self._timed(path, _span(start_ms, start_ms + DAY), headers)
                assert answer.status_code == status, answer.status_code
                tags[number] = answer.headers["etag"]
                values.append(taken)
            timings.append(Timing(f"playlist of 24 h, {what}", values))
            costs.append(f"{what} {(cpu_s(self._api) - before) * 1000 / len(spans):.0f} ms")
        self.cost = f"A playlist of 24 h takes of the api's CPU: {', '.join(costs)}."
        return timings

    async def coverage(self) -> Timing:
        """16 cameras, 24 hours."""
        cameras = (await self._client.get("/api/v1/cameras", params={"limit": 100})).json()["items"]
        values = []
        for _ in range(30):
            start_ms = self._day()
            query: dict[str, Any] = _span(start_ms, start_ms + DAY)
            query["camera_id"] = [one["id"] for one in self._chance.sample(cameras, 16)]
            values.append((await self._timed("/api/v1/coverage", query))[0])
        return Timing("coverage, 16 cameras, 24 h, exact", values)

    async def calendar(self) -> Timing:
        """A month of one camera."""
        values = []
        for number in range(30):
            month = datetime.fromtimestamp(self._day() / 1000, UTC).strftime("%Y-%m")
            query = {"camera_id": f"cam-{number + 1}", "month": month, "timezone": "Europe/Vienna"}
            values.append((await self._timed("/api/v1/calendar", query))[0])
        return Timing("calendar of a month", values)

    def _day(self) -> int:
        return self._chance.randrange(self._start_ms, max(self._start_ms + 1, self._end_ms - DAY))

    async def _timed(
        self, path: str, query: dict[str, Any], headers: dict[str, str] | None = None
    ) -> tuple[float, httpx.Response]:
        began = time.perf_counter()
        answer = await self._client.get(path, params=query, headers=headers)
        taken = (time.perf_counter() - began) * 1000
        if answer.status_code != 304:
            answer.raise_for_status()
        return taken, answer


async def _seeks(
    address: str,
    access: str,
    file: Path,
    directory: Path,
    start_ms: int,
    instants: Sequence[int],
    recording: str,
    wrong: list[dict[str, Any]],
) -> tuple[list[Timing], Timing]:
    """The player's, and those of a video element with the plain file, one after the other."""
    right, first, opened, alone = [], [], [], []
    async with player_page(address, access, directory, "playback.ts") as page:
        for number, at_ms in enumerate(instants):
            _forget(file)
            found = await _show(page, at_ms, start_ms)
            if found["number"] is None or found["ms"] >= LIMIT_MS:
                wrong.append({"at_ms": at_ms, **found})
            if number == 0:
                opened.append(float(found["ms"]))
                continue
            right.append(float(found["ms"]))
            first.append(float(found["first"]))
        await page.evaluate("leave()")
        for at_ms in instants:
            _forget(file)
            into_ms = (at_ms - start_ms) % SEGMENT_MS
            call = "([url, at, near, limit]) => plain(url, at, near, limit)"
            url = f"/api/v1/recordings/{recording}/stream"
            alone.append(float(await page.evaluate(call, [url, into_ms / 1000, _near(into_ms), LIMIT_MS])))
    timings = [
        Timing("the right picture, player opened", opened),
        Timing("first picture after a seek", first),
        Timing("the right picture after a seek", right),
    ]
    return timings, Timing("first picture, Chromium alone with the plain file", alone[1:])


async def _show(page: Page, at_ms: int, start_ms: int) -> dict[str, Any]:
    """Seeks; a picture of the second that begins at the instant is right: playing goes on while it is decoded."""
    into_ms = (at_ms - start_ms) % SEGMENT_MS
    expected = [number_at(into_ms + later * FRAME_MS, FRAME_MS) for later in range(25)]
    call = "([at, expected, near, limit]) => show('cam-1', at, expected, limit, near)"
    found: dict[str, Any] = await page.evaluate(call, [at_ms, expected, _near(into_ms), LIMIT_MS])
    return found


def _near(into_ms: int) -> list[int]:
    """Pictures of the place: those of its group of pictures, and of the second after it."""
    return [number_at(max(0, into_ms + later), FRAME_MS) for later in range(-GOP_MS - FRAME_MS, 1000, FRAME_MS)]


def _span(start_ms: int, end_ms: int) -> dict[str, Any]:
    return {"start": _instant(start_ms), "end": _instant(end_ms)}


def _instant(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat().replace("+00:00", "Z")


def _forget(file: Path) -> None:
    """Drops a file from the page cache."""
    with file.open("rb") as opened:
        os.fdatasync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
