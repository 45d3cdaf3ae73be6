"""Live view: how old a picture is when Chromium shows it, by each transport, and what a viewer costs the server."""

import argparse
import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import connect

from benchmarks import converted, rtsp_viewers
from benchmarks.cameras import simulated
from benchmarks.installation import Installation, free_port, ready
from benchmarks.page import player_page
from benchmarks.processes import Meter
from benchmarks.report import Result, Table, Timing, number
from vedette.cameras.schemas import CameraCreate
from vedette.media.simulator import catalogue
from vedette.media.simulator.clipspec import LOOP_MS

NAME = "live"
WHAT = (
    "Live view of a 1080p25 4 Mbit/s camera: age of the shown picture in Chromium from the number burned into it (from "
    "the simulated camera's clock to the presented frame), time to the first picture, and CPU per viewer."
)
FRAME_MS = 40
_SEQUENCE = re.compile(r"MEDIA-SEQUENCE:(\d+)")
_PART = re.compile(r'EXT-X-PART:[^"]*"([^"]*/part/(\d+)\.m4s)"')
TRANSPORTS = ("mse", "hls", "whep", "mse 720p", "whep 720p")
PARTS = ("ages", "mse", "hls", "rtsp", "webrtc", "converted")
VIEWERS = (0, 1, 10, 50, 100)
# Each of these asks ten times a second, which costs the machine that measures more than the server.
HLS_VIEWERS = (0, 1, 10)
WEBRTC_VIEWERS = (0, 1, 10, 40)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="short windows")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="some of its tables")


async def run(arguments: argparse.Namespace) -> Result:
    """Measures ages and costs."""
    seconds, times = (6.0, 2) if arguments.quick else (15.0, 5)
    directory = Path(tempfile.mkdtemp(prefix="vedette-bench-"))
    installation = Installation(directory / "data")
    port, rtsp_port = free_port(), free_port()
    address = f"http://127.0.0.1:{port}"
    tables: list[Table] = []
    data: dict[str, Any] = {}
    try:
        async with simulated() as source:
            await installation.prepare([CameraCreate(name="cam-1", url=source.url("cam-1"))])
            await installation.start("api", "api", "--port", str(port), "--rtsp-port", str(rtsp_port))
            await installation.start("native-0", "recorder", "--engine", "native", "--shard", "0/1")
            async with httpx.AsyncClient(base_url=address, timeout=30) as client:
                await ready(client)
                access = await installation.log_in(client)
                await _recording(client)
                token = await _token(client)
            measured: dict[str, Callable[[], Coroutine[Any, Any, tuple[Table, Any]]]] = {
                "ages": lambda: _ages(address, access, directory, seconds, times),
                "mse": lambda: _costs(installation, port, access, seconds, "MSE", _watch, VIEWERS),
                "hls": lambda: _costs(installation, port, access, seconds, "LL-HLS", _follow, HLS_VIEWERS),
                "rtsp": lambda: rtsp_viewers.costs(installation, rtsp_port, token, seconds),
                "webrtc": lambda: _webrtc_costs(installation, address, access, seconds),
                "converted": lambda: converted.costs(installation, address, access, seconds),
            }
            for part in PARTS:
                if part in arguments.only:
                    table, data[part] = await measured[part]()
                    tables.append(table)
    finally:
        await installation.stop()
        shutil.rmtree(directory, ignore_errors=True)
    return Result(NAME, WHAT, data, tables)


async def _token(client: httpx.AsyncClient) -> str:
    given = {"name": "reader", "permissions": ["live.view"]}
    answer = await client.post("/api/v1/api-tokens", json=given)
    answer.raise_for_status()
    token: str = answer.json()["token"]
    return token


async def _recording(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(60):
        while True:
            answer = (await client.get("/api/v1/cameras/cam-1/recording/status")).json()
            if any(stream["state"] == "recording" for stream in answer["streams"]):
                return
            await asyncio.sleep(0.3)


async def _ages(
    address: str, access: str, directory: Path, seconds: float, times: int
) -> tuple[Table, dict[str, list[dict[str, Any]]]]:
    camera = catalogue.find("cam-1")
    assert camera
    clock = {"frameMs": FRAME_MS, "phaseMs": camera.phase_ms, "loopMs": LOOP_MS}
    seen: dict[str, list[dict[str, Any]]] = {}
    rows = []
    async with player_page(address, access, directory, "live.ts") as page:
        for transport in TRANSPORTS:
            runs = seen[transport] = [
                await page.evaluate(
                    "([transport, clock, settle, length]) => watch(transport, 'cam-1', clock, settle, length)",
                    [transport, clock, 5000, seconds * 1000],
                )
                for _ in range(times)
            ]
            ages = Timing(transport, [age for run in runs for age in run["ages"]])
            first = Timing("", [run["firstMs"] for run in runs])
            stalls, dropped = (sum(run[what] for run in runs) for what in ("stalls", "dropped"))
            rows.append([*ages.row(0), first.row(0)[2], first.row(0)[4], str(stalls), str(dropped)])
    columns = [
        "",
        "pictures",
        "age ms, median",
        "95 %",
        "most",
        "first picture ms, median",
        "most",
        "stalls",
        "dropped",
    ]
    note = f"{times} times {seconds:.0f} s each, after 5 s; first: from the wish to a picture."
    return Table("Glass to glass", columns, rows, [note]), seen


async def _costs(
    installation: Installation,
    port: int,
    access: str,
    seconds: float,
    transport: str,
    watch: Callable[[int, str, list[int]], Coroutine[Any, Any, None]],
    counts: Sequence[int],
) -> tuple[Table, dict[str, Any]]:
    api, recorder = (installation.processes[name].pid for name in ("api", "native-0"))
    rows, spent = [], {}
    alone = 0.0
    for viewers in counts:
        async with AsyncExitStack() as stack:
            read = [0]
            for _ in range(viewers):
                task = asyncio.create_task(watch(port, access, read))
                stack.callback(task.cancel)
            await asyncio.sleep(3)
            meters = Meter([api]), Meter([recorder])
            await asyncio.sleep(seconds)
            usage = [meter.read().cpu_percent for meter in meters]
        if not viewers:
            alone = usage[0]
        each = (usage[0] - alone) / viewers if viewers else 0.0
        spent[str(viewers)] = {"api": usage[0], "recorder": usage[1], "messages": read[0]}
        rows.append([str(viewers), number(usage[0], 1), number(usage[1], 1), number(each, 2) if viewers else ""])
    columns = [f"{transport} viewers of one camera", "api % of a core", "recorder %", "api per viewer %"]
    return Table(
        f"Cost of viewers by {transport}", columns, rows, ["Headless clients that read and throw away."]
    ), spent


async def _webrtc_costs(
    installation: Installation, address: str, access: str, seconds: float
) -> tuple[Table, dict[str, Any]]:
    api = installation.processes["api"].pid
    rows, spent = [], {}
    alone = 0.0
    for viewers in WEBRTC_VIEWERS:
        async with AsyncExitStack() as stack:
            if viewers:
                await stack.enter_async_context(_receivers(address, access, viewers))
            await asyncio.sleep(2)
            meter = Meter([api])
            await asyncio.sleep(seconds)
            usage = meter.read().cpu_percent
        if not viewers:
            alone = usage
        each = (usage - alone) / viewers if viewers else 0.0
        spent[str(viewers)] = usage
        rows.append([str(viewers), number(usage, 1), number(each, 2) if viewers else ""])
    columns = ["WebRTC viewers of one camera", "api % of a core", "api per viewer %"]
    return Table("Cost of WebRTC", columns, rows, ["Receivers in another process that decrypt and throw away."]), spent


@asynccontextmanager
async def _receivers(address: str, access: str, count: int) -> AsyncIterator[None]:
    command = (sys.executable, "-m", "benchmarks.receivers", address, access, "cam-1", str(count))
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    try:
        async with asyncio.timeout(60):
            if await process.stdout.readline() != b"ready\n":
                raise RuntimeError("the receivers got no pictures")
        yield
    finally:
        process.stdin.close()
        await process.wait()


async def _watch(port: int, access: str, read: list[int]) -> None:
    headers = {"Authorization": f"Bearer {access}"}
    address = f"ws://127.0.0.1:{port}/api/v1/live/cam-1/mse"
    async with connect(address, additional_headers=headers, compression=None, max_size=None) as socket:
        async for _ in socket:
            read[0] += 1


async def _follow(port: int, access: str, read: list[int]) -> None:
    """By blocking reloads and parts, as hls.js does."""
    base = f"http://127.0.0.1:{port}/api/v1/live/cam-1/hls/main/"
    async with httpx.AsyncClient(base_url=base, headers={"Authorization": f"Bearer {access}"}, timeout=30) as client:
        following: dict[str, int] = {}
        taken = -1
        while True:
            text = (await client.get("index.m3u8", params=following)).raise_for_status().text
            msn = int(_SEQUENCE.findall(text)[0]) + text.count("#EXTINF")
            tail = text[text.rfind("#EXTINF") :]
            following = {"_HLS_msn": msn, "_HLS_part": tail.count("#EXT-X-PART:")}
            parts = [(int(number), uri) for uri, number in _PART.findall(text)]
            for number, uri in parts if taken >= 0 else parts[-1:]:
                if number > taken:
                    taken = number
                    await client.get(uri)
                    read[0] += 1
