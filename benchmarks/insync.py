"""Playback of several cameras on one clock in Chromium: how far their pictures are apart, and what it costs."""

import argparse
import asyncio
import shutil
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from benchmarks.archive import SEGMENT_MS, fill
from benchmarks.installation import LOGIN, Installation, free_port, ready
from benchmarks.page import bundle, chromium_page, login_cookies
from benchmarks.processes import Meter
from benchmarks.report import Result, Table, number
from benchmarks.wall_page import SIZE, ChromiumMeter
from vedette.cameras.schemas import CameraCreate
from vedette.media.simulator.clipspec import LOOP_MS

NAME = "insync"
WHAT = (
    "The playback page with 4 and 16 cameras of 640x360p25 on one clock in Chromium: by how much the pictures that are "
    "presented at one moment differ in the instant they were taken at, pictures dropped, and CPU."
)
COUNTS = (4, 16)
FRAME_MS = 40
# Until decoders have begun and all are in step.
SETTLE_S = 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="10 s of each instead of 60")


async def run(arguments: argparse.Namespace) -> Result:
    """Fills an installation with footage, opens its page and looks."""
    seconds = 10.0 if arguments.quick else 60.0
    directory = Path(tempfile.mkdtemp(prefix="vedette-bench-"))
    installation = Installation(directory / "data")
    # Whole loops: a picture's number then tells its instant.
    start_ms = (int(time.time() * 1000) - 3_600_000) // SEGMENT_MS * SEGMENT_MS
    found = []
    try:
        await installation.prepare(
            [
                CameraCreate(name=f"cam-{index}", url="rtsp://127.0.0.1:1/nothing", enabled=False)
                for index in range(1, max(COUNTS) + 1)
            ]
        )
        await fill(installation, start_ms, SEGMENT_MS / 3_600_000, "small")
        address = f"http://127.0.0.1:{free_port()}"
        await installation.start("api", "api", "--port", address.rpartition(":")[2])
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            await ready(client)
            await installation.log_in(client)
            (await client.post("/api/v1/system/setup/finish")).raise_for_status()
        script = await bundle(directory, "insync.ts")
        for count in COUNTS:
            at = datetime.fromtimestamp((start_ms + 60_000) / 1000, UTC).isoformat().replace("+00:00", "Z")
            cameras = ",".join(f"cam-{index}" for index in range(1, count + 1))
            url = f"{address}/playback?cameras={cameras}&at={at}"
            cookies = await login_cookies(address, LOGIN)
            found.append(await _look(url, cookies, script, count, seconds, installation))
    finally:
        await installation.stop()
        shutil.rmtree(directory, ignore_errors=True)
    return Result(NAME, WHAT, {"looks": found}, [_drift(found), _costs(found)])


async def _look(
    url: str,
    cookies: list[dict[str, str]],
    script: Path,
    count: int,
    seconds: float,
    installation: Installation,
) -> dict[str, Any]:
    async with chromium_page(cookies, viewport=SIZE) as page:
        began = time.perf_counter()
        await page.goto(url)
        playing = "(count) => [...document.querySelectorAll('article video')].filter((one) => !one.paused).length"
        await page.wait_for_function(f"{playing} >= count", arg=count, timeout=60_000)
        opened_ms = (time.perf_counter() - began) * 1000
        await page.add_script_tag(path=script)
        await asyncio.sleep(SETTLE_S)
        chromium, api = ChromiumMeter(), Meter([installation.processes["api"].pid])
        # What is read is 25 pictures of all tiles a second, whatever their number.
        ask = "([ms, every]) => watchTogether(ms, every)"
        seen: dict[str, Any] = await page.evaluate(ask, [seconds * 1000, count])
        cpu = {**chromium.read(), "api": api.read().cpu_percent}
    return {"count": count, "seen": seen, "cpu": cpu, "opened_ms": opened_ms, "drifts": drifts(seen["pictures"])}


def drifts(pictures: Sequence[dict[str, Any]]) -> list[float]:
    """Of each picture how far it was from the middle of all that were presented within the same second, in
    milliseconds of footage. A picture is on the screen for 40 ms and the screen is drawn every 16.7: what is within
    them is not drift.
    """
    found = []
    # Where footage and screen meet: the same for all that are in step.
    places = [(one["at"], (one["number"] * FRAME_MS - one["at"]) % LOOP_MS) for one in pictures]
    for at, place in places:
        near = [(other - place + LOOP_MS / 2) % LOOP_MS - LOOP_MS / 2 for when, other in places if abs(when - at) < 500]
        found.append(abs(median(near)))
    return found


def _drift(found: Sequence[dict[str, Any]]) -> Table:
    rows = []
    for look in found:
        values = sorted(look["drifts"])
        seen = look["seen"]
        rows.append(
            [
                str(look["count"]),
                number(look["opened_ms"], 0),
                str(len(values)),
                number(median(values)),
                number(values[int(len(values) * 0.95)]),
                number(values[-1]),
                number(seen["presented"] / seen["seconds"], 0),
                str(seen["dropped"]),
            ]
        )
    columns = ["cameras", "all play after ms", "pictures read", "drift ms, median", "95 %", "most"]
    columns += ["pictures/s", "dropped"]
    notes = [
        "Drift: from the middle of all tiles to one picture, by the number burned into it and the moment it came on "
        "the screen; up to 17 ms of it is the screen, which is drawn 60 times a second.",
        "640x360p25 from files, the product's own page at 1920x1080, decoded by software.",
    ]
    return Table("Cameras in step", columns, rows, notes)


def _costs(found: Sequence[dict[str, Any]]) -> Table:
    names = ("renderer", "gpu-process", "other", "api")
    rows = [
        [str(look["count"]), *(number(look["cpu"][name], 0) for name in names), number(sum(look["cpu"].values()), 0)]
        for look in found
    ]
    columns = ["cameras", "page and decoders", "Chromium's drawing", "Chromium's rest", "api", "together"]
    return Table("Who takes what, % of a core", columns, rows, [])
