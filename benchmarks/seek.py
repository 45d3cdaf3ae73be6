"""Playback of a day: time to the first decoded picture in Chromium, playlists and coverage over HTTP."""

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

from benchmarks.archive import SEGMENT_MS, fill, number_at
from benchmarks.installation import Installation, free_port, ready
from benchmarks.page import player_page
from benchmarks.report import Result, Table, Timing
from vedette.cameras.schemas import CameraCreate

NAME = "seek"
WHAT = (
    "A day of 1080p25 4 Mbit/s footage: time from a seek to the first right picture in Chromium (the product's player, "
    "file not in the page cache), a playlist of 24 h, coverage of 16 cameras x 24 h over HTTP."
)
CAMERAS = 16
LIMIT_MS = 10_000
FRAME_MS = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="10 instants in 2 hours")


async def run(arguments: argparse.Namespace) -> Result:
    """Fills an installation, starts its api, asks and looks."""
    hours, count = (2, 10) if arguments.quick else (24, 50)
    directory = Path(tempfile.mkdtemp(prefix="vedette-bench-"))
    installation = Installation(directory / "data")
    end_ms = int(time.time() * 1000) // SEGMENT_MS * SEGMENT_MS
    start_ms = end_ms - hours * 3_600_000
    wrong: list[dict[str, Any]] = []
    try:
        await installation.prepare(
            [CameraCreate(name=f"cam-{index}", url="rtsp://127.0.0.1:1/nothing") for index in range(1, CAMERAS + 1)]
        )
        file = await fill(installation, start_ms, hours)
        address = f"http://127.0.0.1:{free_port()}"
        await installation.start("api", "api", "--port", address.rpartition(":")[2])
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            await ready(client)
            access = await installation.log_in(client)
            timings = [await _playlists(client, start_ms, end_ms), *await _coverage(client, start_ms, end_ms)]
        chance = random.Random(7)
        instants = [chance.randrange(start_ms, end_ms - 60_000) for _ in range(count)]
        seeks = await _seeks(address, access, file, directory, start_ms, instants, wrong)
        timings = [*seeks, *timings]
    finally:
        await installation.stop()
        shutil.rmtree(directory, ignore_errors=True)
    rows = [timing.row() for timing in timings]
    notes = [f"{hours} h of footage in files of 15 minutes.", f"{len(wrong)} seeks did not show the right picture."]
    data = {"timings_ms": {timing.what: timing.values for timing in timings}, "wrong": wrong, "hours": hours}
    return Result(NAME, WHAT, data, [Table("Playback", ["", "times", "median ms", "95 % ms", "most ms"], rows, notes)])


async def _playlists(client: httpx.AsyncClient, start_ms: int, end_ms: int) -> Timing:
    query = {"start": _instant(start_ms), "end": _instant(end_ms)}
    values, size = await _timed(client, "/api/v1/playback/cam-1/index.m3u8", query, 30)
    return Timing(f"playlist, one camera, {(end_ms - start_ms) // 3_600_000} h ({size / 1e6:.1f} MB)", values)


async def _coverage(client: httpx.AsyncClient, start_ms: int, end_ms: int) -> list[Timing]:
    cameras = (await client.get("/api/v1/cameras", params={"limit": 100})).json()["items"]
    timings = []
    for resolution in (None, 60_000):
        query: dict[str, Any] = {"start": _instant(start_ms), "end": _instant(end_ms)}
        query["camera_id"] = [camera["id"] for camera in cameras]
        if resolution:
            query["resolution_ms"] = resolution
        values, _ = await _timed(client, "/api/v1/coverage", query, 30)
        exact = f"at {resolution // 1000} s" if resolution else "exact"
        timings.append(
            Timing(f"coverage, {len(cameras)} cameras, {(end_ms - start_ms) // 3_600_000} h, {exact}", values)
        )
    return timings


async def _timed(client: httpx.AsyncClient, path: str, query: dict[str, Any], times: int) -> tuple[list[float], int]:
    values, size = [], 0
    for _ in range(times):
        began = time.perf_counter()
        answer = await client.get(path, params=query)
        values.append((time.perf_counter() - began) * 1000)
        answer.raise_for_status()
        size = len(answer.content)
    return values, size


async def _seeks(
    address: str,
    access: str,
    file: Path,
    directory: Path,
    start_ms: int,
    instants: Sequence[int],
    wrong: list[dict[str, Any]],
) -> list[Timing]:
    values = []
    async with player_page(address, access, directory, "playback.ts") as page:
        for at_ms in instants:
            _forget(file)
            found = await _show(page, at_ms, start_ms)
            if found["number"] is None or found["ms"] >= LIMIT_MS:
                wrong.append({"at_ms": at_ms, **found})
            values.append(float(found["ms"]))
    return [Timing("first picture, player opened", values[:1]), Timing("first picture after a seek", values[1:])]


async def _show(page: Page, at_ms: int, start_ms: int) -> dict[str, Any]:
    """Seeks; a picture of the second that begins at the instant is right: playing goes on while it is decoded."""
    expected = [number_at((at_ms - start_ms) % SEGMENT_MS + later * FRAME_MS, FRAME_MS) for later in range(25)]
    found: dict[str, Any] = await page.evaluate(
        "([at, expected, limit]) => show('cam-1', at, expected, limit)", [at_ms, expected, LIMIT_MS]
    )
    return found


def _forget(file: Path) -> None:
    """Drops a file from the page cache."""
    with file.open("rb") as opened:
        os.fdatasync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _instant(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat().replace("+00:00", "Z")
