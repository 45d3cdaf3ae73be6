"""What is lost when a process is killed, and how soon recording goes on after a camera drops or falls silent.

The whole product runs (`vedette serve`) with simulated cameras. Afterwards every file is decoded, and the numbers
burned into the pictures say which are missing.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.cameras import Cameras, simulated
from benchmarks.footage import Taken, taken
from benchmarks.installation import Installation, free_port
from benchmarks.report import Result, Table, number
from vedette.cameras.schemas import CameraCreate

NAME = "kill"
WHAT = (
    "Frames lost by kill -9 of each process, and the time until recording goes on after a camera closes its "
    "connection or falls silent. 25 frames/s, a key frame every 2 s, parts of 0.5 s."
)
KIND = "main"
PROCESSES = ("api", "worker", "native-0", "serve")
SETTLE_S = {"api": 8, "worker": 8, "native-0": 12, "serve": 20, "drop": 10, "hang": 22}
BEFORE_MS = 5000  # how far back from an event frames may have been lost by it


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to all cameras or to a process at `at_ms`."""

    name: str
    at_ms: float


@dataclass(frozen=True, slots=True)
class Effect:
    """On one camera. `lost_frames`: taken before the event, and nowhere. `missing_frames` also counts those until
    recording went on. `silent_s`: from the event to the first picture after it; None without interruption."""

    event: str
    camera: str
    lost_frames: int
    missing_frames: int
    silent_s: float | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="each event once, 2 cameras")


async def run(arguments: argparse.Namespace) -> Result:
    """Does everything to one installation, then looks at its files."""
    cameras, rounds = (2, 1) if arguments.quick else (4, 3)
    directory = Path(tempfile.mkdtemp(prefix="vedette-bench-"))
    try:
        installation = Installation(directory / "data")
        async with simulated((KIND,)) as source:
            slugs = [f"cam-{index}" for index in range(1, cameras + 1)]
            await installation.prepare([CameraCreate(name=slug, url=source.url(slug, KIND)) for slug in slugs])
            events = await _provoke(installation, source, slugs, rounds)
            await installation.stop()
        footage = {slug: await asyncio.to_thread(taken, installation.files(slug), slug, KIND) for slug in slugs}
    finally:
        await installation.stop()
        shutil.rmtree(directory, ignore_errors=True)
    ends = [event.at_ms - 1000 for event in events[1:]] + [events[-1].at_ms + 1000 * SETTLE_S[events[-1].name]]
    effects = [effect for event, end in zip(events, ends, strict=True) for effect in _effects(event, end, footage)]
    data = {
        "effects": [asdict(effect) for effect in effects],
        "doubled_frames": sum(found.doubled for found in footage.values()),
        "unreadable_frames": sum(found.unreadable for found in footage.values()),
    }
    return Result(NAME, WHAT, data, [_table(effects, rounds, cameras)])


async def _provoke(installation: Installation, source: Cameras, slugs: list[str], rounds: int) -> list[Event]:
    serve = ("serve", "serve", "--port", str(free_port()))
    await installation.start(*serve)
    await _recording(installation, len(slugs))
    await asyncio.sleep(8)
    events: list[Event] = []

    async def kill(name: str) -> None:
        os.kill(_pid(installation, name), signal.SIGKILL)
        if name == "serve":
            await installation.processes["serve"].wait()
            await installation.start(*serve)

    async def drop(_: str) -> None:
        await asyncio.gather(*(source.drop(slug) for slug in slugs))

    async def hang(_: str) -> None:
        await asyncio.gather(*(source.hang(slug) for slug in slugs))

    actions: dict[str, Callable[[str], Awaitable[None]]] = dict.fromkeys(PROCESSES, kill)
    actions |= {"drop": drop, "hang": hang}
    for _ in range(rounds):
        for name, action in actions.items():
            print(f"{name} ...", flush=True)
            events.append(Event(name, time.time() * 1000))
            await action(name)
            await asyncio.sleep(SETTLE_S[name])
            await _recording(installation, len(slugs))
    return events


async def _recording(installation: Installation, count: int) -> None:
    """Waits until so many cameras record. Raises TimeoutError after half a minute."""
    ear = installation.ear("native-0")
    await ear.listen()
    try:
        async with asyncio.timeout(60):
            while sum(status.state == "recording" for status in ear.statuses.values()) < count:
                await asyncio.sleep(0.1)
    finally:
        await ear.close()


def _pid(installation: Installation, name: str) -> int:
    if name == "serve":
        return installation.processes[name].pid
    state = json.loads((installation.settings.run_dir / "supervisor.json").read_text())
    return next(int(entry["pid"]) for entry in state["processes"] if entry["name"] == name)


def _effects(event: Event, end_ms: float, footage: dict[str, Taken]) -> list[Effect]:
    effects = []
    for slug, found in footage.items():
        hole = found.hole(event.at_ms - BEFORE_MS, end_ms)
        lost = found.frames_missing(event.at_ms - BEFORE_MS, event.at_ms)
        missing = (hole[1] - hole[0]) // found.frame_ms - 1 if hole else 0
        silent_s = (hole[1] - event.at_ms) / 1000 if hole else None
        effects.append(Effect(event.name, slug, lost, missing, silent_s))
    return effects


def _table(effects: list[Effect], rounds: int, cameras: int) -> Table:
    rows = []
    for name in SETTLE_S:
        of = [effect for effect in effects if effect.event == name]
        lost = [effect.lost_frames for effect in of]
        silent = [effect.silent_s for effect in of if effect.silent_s is not None]
        rows.append(
            [
                _TITLES[name],
                f"{number(statistics.median(lost), 0)} / {max(lost)}",
                f"{len(silent)} of {len(of)}",
                f"{number(statistics.median(silent))} / {number(max(silent))}" if silent else "-",
                str(max(effect.missing_frames for effect in of)),
            ]
        )
    columns = ["event", "frames lost that were taken before it (median / most)", "interrupted"]
    columns += ["seconds until recording goes on (median / most)", "most frames missing in all"]
    notes = [
        f"{rounds} times with {cameras} cameras each.",
        "Recording goes on at a key frame: up to 2 s of the time are the camera's.",
    ]
    return Table("Losses and interruptions", columns, rows, notes)


_TITLES = {
    "api": "kill -9 api",
    "worker": "kill -9 worker",
    "native-0": "kill -9 recorder",
    "serve": "kill -9 supervisor, started again",
    "drop": "camera closes the connection",
    "hang": "camera falls silent",
}
