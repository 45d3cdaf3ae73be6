"""The video wall under load: 64 tiles in one page, and a wall beside 500 viewers while 50 cameras are recorded."""

import argparse
import asyncio
import json
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from tests.support.burned import breaks, numbers_in

from benchmarks.cameras import Cameras, simulated
from benchmarks.installation import LOGIN, Ear, Installation, free_port, ready
from benchmarks.processes import Meter, machine_busy_s
from benchmarks.report import Result, Table, Timing, number
from benchmarks.wall_page import ChromiumMeter, live_page, watch
from vedette.cameras.schemas import CameraCreate

NAME = "wall"
WHAT = (
    "The Live page with up to 64 tiles of 640x360p10 sub-streams in one headless Chromium that decodes by software, "
    "alone and beside 50 recorded 1080p25 cameras with 10 MSE viewers each; and what a viewer by MSE costs."
)
SUB_FRAME_MS = 100
LOOP_FRAMES = 400  # of 1080p25
PARTS = ("wall", "load", "viewers")
VIEWERS = (0, 10, 50, 100)
_DROPPED = re.compile(r"^vedette_live_parts_dropped_total (\S+)$", re.MULTILINE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="short windows")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="what of it (default all)")
    parser.add_argument("--tiles", type=int, nargs="+", default=[16, 36, 64], help="walls of so many, each alone")


async def run(arguments: argparse.Namespace) -> Result:
    """Measures all parts."""
    seconds = 8.0 if arguments.quick else 30.0
    data: dict[str, Any] = {"window_s": seconds}
    tables: list[Table] = []
    if "wall" in arguments.parts:
        data["walls"] = []
        for tiles in arguments.tiles:
            data["walls"].append(await _wall(tiles, seconds))
            print(_costs(data["walls"]).markdown(), _pictures(data["walls"]).markdown(), flush=True)
    if "load" in arguments.parts:
        data["load"] = await _load(50, 10, seconds)
        print(_losses(data["load"]).markdown(), flush=True)
    walls = [*data.get("walls", []), *([data["load"]] if "load" in data else [])]
    if walls:
        tables += [_pictures(walls), _costs(walls)]
    if "load" in data:
        tables.append(_losses(data["load"]))
    if "viewers" in arguments.parts:
        data["viewers"] = await _viewers(seconds / 2)
        tables.append(_per_viewer(data["viewers"]))
    return Result(NAME, WHAT, data, tables)


# Walls


async def _wall(tiles: int, seconds: float) -> dict[str, Any]:
    """Cameras whose main stream is a small one, too: it is the page that is measured."""
    async with _house(tiles, "small") as house:
        return {"what": f"{tiles} tiles alone", "tiles": tiles, "viewers": 0, **await _look(house, tiles, seconds)}


async def _load(cameras: int, each: int, seconds: float) -> dict[str, Any]:
    async with _house(cameras, "bench") as house:
        slugs = [f"cam-{index}" for index in range(1, cameras + 1)]
        async with _mse_viewers(house.address, house.token, each, slugs) as sums:
            found = await _look(house, cameras, seconds, sums)
    what = f"{cameras} tiles beside {cameras * each} viewers"
    return {"what": what, "tiles": cameras, "viewers": cameras * each, **found, **house.lost}


async def _look(house: "_House", tiles: int, seconds: float, sums: "_Sums | None" = None) -> dict[str, Any]:
    async with live_page(f"http://{house.address}", LOGIN, house.directory, tiles) as page:
        dropped = await house.dropped()
        chromium = ChromiumMeter()
        meters = {name: Meter([pid]) for name, pid in house.pids().items()}
        viewers = Meter([sums.pid]) if sums else None
        before, busy_s = await sums.read() if sums else {}, machine_busy_s()
        seen = await watch(page, tiles, SUB_FRAME_MS, seconds)
        after = await sums.read() if sums else {}
        cpu = {name: meter.read().cpu_percent for name, meter in meters.items()}
        cpu |= {"viewers": viewers.read().cpu_percent if viewers else 0.0} | chromium.read()
        cpu["others"] = max(0.0, 100 * (machine_busy_s() - busy_s) / seen["seconds"] - sum(cpu.values()))
        dropped = await house.dropped() - dropped
    came = {name: after[name] - before[name] for name in after}
    return {"seen": seen, "cpu": cpu, "parts_dropped": dropped, "came": came}


def _pictures(walls: Sequence[dict[str, Any]]) -> Table:
    rows = []
    for wall in walls:
        seen, tiles = wall["seen"], wall["seen"]["tiles"]
        due = len(tiles) * 1000 / SUB_FRAME_MS
        per_s = [tile["presented"] / seen["seconds"] for tile in tiles]
        ages = Timing("", seen["ages"]).row(0) if seen["ages"] else ["", "0", "-", "-", "-"]
        rows.append(
            [
                wall["what"],
                f"{sum(per_s):.0f} of {due:.0f}",
                number(min(per_s)),
                str(sum(tile["dropped"] for tile in tiles)),
                str(sum(tile["stalls"] for tile in tiles)),
                ", ".join(f"{count} {words}" for words, count in seen["limited"].items()) or "none",
                *ages[2:],
                number(seen["lagMs"], 0),
            ]
        )
    columns = ["", "pictures/s", "slowest tile /s", "dropped in all", "stalls", "stepped down"]
    columns += ["age ms, median", "95 %", "most", "longest lag of the page ms"]
    notes = [
        f"Over {walls[0]['seen']['seconds']:.0f} s. Presented and dropped pictures as the browser counts them.",
        "Age: from the simulated camera's clock to the presented picture, by the number burned into it, four a second "
        "of one tile after the other. Tiles hold back 0.3 s, so that many play without a stall.",
    ]
    return Table("Walls", columns, rows, notes)


def _costs(walls: Sequence[dict[str, Any]]) -> Table:
    names = ("renderer", "gpu-process", "other", "api", "recorder", "simulator", "viewers", "others")
    rows = []
    for wall in walls:
        spent = [wall["cpu"][name] for name in names]
        rows.append([wall["what"], *(number(value, 0) for value in spent), number(sum(spent), 0)])
    columns = ["% of a core", "page and decoders", "Chromium's drawing", "Chromium's rest", "api", "recorder"]
    columns += ["simulated cameras", "viewers' clients", "all else", "together"]
    return Table(
        "Who takes what",
        columns,
        rows,
        ["All of them share the machine's cores. All else: the benchmark itself, and whatever else ran meanwhile."],
    )


def _losses(load: dict[str, Any]) -> Table:
    columns = [
        "",
        "lost packets",
        "lost frames (checked)",
        "frames not sent",
        "viewers' parts left out",
        "messages/s",
        "Mbit/s",
    ]
    seconds = load["seen"]["seconds"]
    row = [load["what"], str(load["lost_packets"]), f"{load['lost_frames']} ({load['checked_frames']})"]
    row += [str(load["frames_not_sent"]), str(load["parts_dropped"])]
    row += [number(load["came"]["messages"] / seconds, 0), number(load["came"]["bytes"] * 8 / seconds / 1e6, 0)]
    return Table("What went missing", columns, [row], ["Lost frames by the numbers burned into a sample of cameras."])


# Viewers of one camera


async def _viewers(seconds: float) -> dict[str, Any]:
    found: dict[str, Any] = {}
    async with _house(1, "bench") as house:
        for count in VIEWERS:
            async with _mse_viewers(house.address, house.token, max(count, 1), ["cam-1"] if count else []) as sums:
                await asyncio.sleep(3)
                meters = {name: Meter([pid]) for name, pid in house.pids().items()}
                before = await sums.read()
                await asyncio.sleep(seconds)
                after = await sums.read()
                found[str(count)] = {name: meter.read().cpu_percent for name, meter in meters.items()}
                found[str(count)]["lagged"] = after["lagged"] - before["lagged"]
    return found


def _per_viewer(found: dict[str, Any]) -> Table:
    alone = found["0"]["api"]
    rows = []
    for count, spent in found.items():
        each = number((spent["api"] - alone) / int(count), 3) if int(count) else ""
        rows.append([count, number(spent["api"]), number(spent["recorder"]), each, str(spent["lagged"])])
    columns = ["MSE viewers of one camera", "api % of a core", "recorder %", "api per viewer %", "parts left out"]
    return Table("Cost of viewers by MSE", columns, rows, ["1080p25 4 Mbit/s; clients in a process of their own."])


# The installation and those who watch


class _House:
    """A running installation with cameras of which all streams have begun."""

    def __init__(self, installation: Installation, cameras: Cameras, address: str, token: str, directory: Path) -> None:
        self.address, self.token, self.directory = address, token, directory
        self.lost: dict[str, int] = {}
        self._installation = installation
        self._cameras = cameras

    def pids(self) -> dict[str, int]:
        """Of what is measured."""
        processes = self._installation.processes
        return {"api": processes["api"].pid, "recorder": processes["native-0"].pid, "simulator": self._cameras.pid}

    async def dropped(self) -> int:
        """Parts that the server left out for its viewers so far."""
        async with httpx.AsyncClient(base_url=f"http://{self.address}", timeout=30) as client:
            found = _DROPPED.search((await client.get("/metrics")).text)
        return int(float(found[1])) if found else 0


@asynccontextmanager
async def _house(count: int, main: str) -> AsyncIterator[_House]:
    """`main`: the kind of the main streams. Afterwards `lost` says what went missing."""
    directory = Path(tempfile.mkdtemp(prefix="vedette-bench-", dir="/dev/shm"))
    installation = Installation(directory / "data")
    try:
        async with simulated((main, "sub")) as cameras:
            slugs = [f"cam-{index}" for index in range(1, count + 1)]
            await installation.prepare(
                [
                    CameraCreate(name=slug, url=cameras.url(slug, main), sub_url=cameras.url(slug, "sub"))
                    for slug in slugs
                ]
            )
            port = free_port()
            address = f"127.0.0.1:{port}"
            await installation.start("native-0", "recorder", "--engine", "native", "--shard", "0/1")
            await installation.start("api", "api", "--port", str(port))
            ear = installation.ear("native-0")
            await ear.listen()
            try:
                async with httpx.AsyncClient(base_url=f"http://{address}", timeout=30) as client:
                    await ready(client)
                    token = await installation.log_in(client)
                    (await client.post("/api/v1/system/setup/finish")).raise_for_status()
                await _recording(ear, 2 * count)
                house = _House(installation, cameras, address, token, directory)
                not_sent = (await cameras.counters())["frames_dropped"]
                yield house
                house.lost["frames_not_sent"] = (await cameras.counters())["frames_dropped"] - not_sent
                statuses = ear.statuses.values()
                house.lost["lost_packets"] = sum(one.lost_packets + (one.state != "recording") for one in statuses)
            finally:
                await ear.close()
            await installation.stop()
            if main == "bench":
                house.lost |= await asyncio.to_thread(_check, installation, slugs)
    finally:
        await installation.stop()
        shutil.rmtree(directory, ignore_errors=True)


async def _recording(ear: Ear, streams: int) -> None:
    async with asyncio.timeout(90):
        while sum(status.state == "recording" for status in ear.statuses.values()) < streams:
            await asyncio.sleep(0.3)


def _check(installation: Installation, slugs: Sequence[str]) -> dict[str, int]:
    """Lost and decoded frames of the first and the last camera."""
    lost = checked = 0
    for slug in (slugs[0], slugs[-1]):
        files = [file for file in installation.files(slug) if "sub" not in file.stem]
        numbers = [value for file in files for value in numbers_in(file)]
        checked += len(numbers)
        lost += sum(max(found.missing, 0) for found in breaks(numbers, LOOP_FRAMES))
        lost += sum(value is None for value in numbers)
    return {"lost_frames": lost, "checked_frames": checked}


class _Sums:
    """The other end of the viewers' pipe."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid

    async def read(self) -> dict[str, int]:
        """`benchmarks.mse_viewers.Sums`."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(b"sums\n")
        answer: dict[str, int] = json.loads(await self._process.stdout.readline())
        return answer


@asynccontextmanager
async def _mse_viewers(address: str, token: str, each: int, cameras: Sequence[str]) -> AsyncIterator[_Sums]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.mse_viewers", address, token, str(each), *cameras),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    try:
        async with asyncio.timeout(120):
            if await process.stdout.readline() != b"ready\n":
                raise RuntimeError("the viewers got no pictures")
        yield _Sums(process)
    finally:
        process.stdin.close()
        await process.wait()
