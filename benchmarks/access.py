"""What it costs to ask who somebody is and what they may do: requests of people with roles in zones while cameras
record, the permission check alone, and a flood of logins beside a live view."""

import argparse
import asyncio
import json
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from tests.support import people
from websockets.asyncio.client import connect

from benchmarks.cameras import simulated
from benchmarks.installation import Installation, free_port
from benchmarks.load import Answer, Request, ask, full, mixed, steady
from benchmarks.processes import Meter, pss_bytes
from benchmarks.report import Result, Table, Timing, number
from vedette.access.permissions import OPERATOR, VIEWER, Permission
from vedette.access.policy import Grant, Hours, allowed, allowed_cameras
from vedette.access.principal import SYSTEM
from vedette.cameras.schemas import CameraCreate
from vedette.cameras.tables import CameraRow
from vedette.core.clock import SystemClock
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.identity.accounts import Accounts
from vedette.identity.users_service import NewUser
from vedette.vault import open_vault

NAME = "access"
WHAT = (
    "Authorised API requests of an administrator and nine viewers of one zone each while cameras record (1080p25, "
    "4 Mbit/s), the permission check alone, and logins with wrong passwords at 50/s beside a live view."
)
CAMERAS, ZONES, VIEWERS = 50, 5, 9
PASSWORD = "three random words"
API = "/api/v1"
RATE = 100.0
FLOOD_RATE = 50.0
CHECKS = 20_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This benchmark's options."""
    parser.add_argument("--quick", action="store_true", help="5 cameras, short windows")
    parser.add_argument("--cameras", type=int, help="instead of 50")
    parser.add_argument("--seconds", type=float, help="length of each window (default 30)")


async def run(arguments: argparse.Namespace) -> Result:
    """Measures all three."""
    cameras = arguments.cameras or (5 if arguments.quick else CAMERAS)
    seconds = arguments.seconds or (6.0 if arguments.quick else 30.0)
    checks = _checks()
    directory = Path(tempfile.mkdtemp(prefix="vedette-bench-"))
    installation = Installation(directory / "data")
    try:
        async with simulated() as source:
            slugs = [f"cam-{index}" for index in range(1, cameras + 1)]
            await installation.prepare([CameraCreate(name=slug, url=source.url(slug)) for slug in slugs])
            await _add_people(installation)
            port = free_port()
            await installation.start("api", "api", "--port", str(port))
            await installation.start("native-0", "recorder", "--engine", "native", "--shard", "0/1")
            await _recording(installation, cameras)
            callers = await _log_in(port)
            requests, answers = await _requests(installation, port, callers, seconds)
            flood, evidence = await _flood(installation, port, callers[0], seconds)
            await installation.stop()
    finally:
        await installation.stop()
        shutil.rmtree(directory, ignore_errors=True)
    data = {"checks_ns": checks, "requests": answers, "flood": evidence, "cameras": cameras}
    return Result(NAME, WHAT, data, [_check_table(checks), requests, flood])


# The check alone.


def _checks() -> dict[str, float]:
    """Nanoseconds of one call of the policy, for grants as people have them."""
    chance = random.Random(7)
    cameras = [uuid7() for _ in range(CAMERAS)]
    zones = [frozenset(cameras[first::ZONES]) for first in range(ZONES)]
    office = Hours("Europe/Vienna", tuple(((480, 1080),) for _ in range(7)))
    viewer = (Grant(VIEWER, zones[0]),)
    hours = (Grant(VIEWER, zones[0], hours=office),)
    many = tuple(Grant(chance.choice((VIEWER, OPERATOR)), frozenset({camera}), hours=office) for camera in cameras)
    now_ms = int(time.time() * 1000)
    asked = [chance.choice(cameras) for _ in range(CHECKS)]

    def each(grants: tuple[Grant, ...]) -> Callable[[], None]:
        def go() -> None:
            for camera in asked:
                allowed(grants, Permission.LIVE_VIEW, camera, now_ms)

        return go

    def lists() -> None:
        for _ in asked:
            allowed_cameras(viewer, Permission.CAMERA_VIEW, now_ms)

    what = {
        "viewer of one zone": each(viewer),
        "the same, in office hours": each(hours),
        "50 grants on single cameras, with hours": each(many),
        "cameras of a list, viewer of one zone": lists,
    }
    return {name: _nanoseconds(go) for name, go in what.items()}


def _nanoseconds(go: Callable[[], None]) -> float:
    go()
    began = time.perf_counter_ns()
    go()
    return (time.perf_counter_ns() - began) / CHECKS


def _check_table(checks: dict[str, float]) -> Table:
    rows = [[name, number(nanoseconds / 1000, 2)] for name, nanoseconds in checks.items()]
    return Table("Permission check", ["", "us"], rows, [f"Mean of {CHECKS} checks."])


# Requests.


async def _add_people(installation: Installation) -> None:
    database = Database(installation.settings.sqlalchemy_url)
    accounts = Accounts.open(database, SystemClock(), open_vault(installation.settings))
    try:
        await accounts.users.create(NewUser("admin", PASSWORD, "admin"), SYSTEM, first=True)
        cameras = await _camera_ids(database)
        zones = [await people.add_zone(database, f"zone {one}", cameras[one::ZONES]) for one in range(ZONES)]
        for index in range(VIEWERS):
            made = await accounts.users.create(NewUser(f"viewer-{index}", PASSWORD), SYSTEM)
            await people.grant(database, made.row.id, "viewer", zone_id=zones[index % ZONES])
    finally:
        accounts.close()
        await database.aclose()


async def _camera_ids(database: Database) -> list[UUID]:
    async with database.read() as session:
        return list(await session.scalars(select(CameraRow.id)))


async def _recording(installation: Installation, cameras: int) -> None:
    ear = installation.ear("native-0")
    await ear.listen()
    try:
        async with asyncio.timeout(60):
            while sum(status.state == "recording" for status in ear.statuses.values()) < cameras:
                await asyncio.sleep(0.1)
    finally:
        await ear.close()


async def _log_in(port: int) -> list[Mapping[str, str]]:
    """The headers of the administrator, then of the viewers."""
    headers: list[Mapping[str, str]] = []
    async with asyncio.timeout(60):
        while True:
            try:
                await ask(port, Request("/healthz"))
                break
            except OSError:
                await asyncio.sleep(0.1)
        for name in ("admin", *(f"viewer-{index}" for index in range(VIEWERS))):
            answer = await ask(port, Request(f"{API}/auth/login", body={"username": name, "password": PASSWORD}))
            headers.append({"Authorization": f"Bearer {json.loads(answer.body)['access_token']}"})
    return headers


async def _requests(
    installation: Installation, port: int, callers: list[Mapping[str, str]], seconds: float
) -> tuple[Table, dict[str, Any]]:
    """A steady load, then as much as there can be."""
    end_ms = int(time.time() * 1000)
    span = f"start={_instant(end_ms - 3_600_000)}&end={_instant(end_ms)}"
    found = json.loads((await ask(port, Request(f"{API}/cameras?limit=100", callers[0]))).body)["items"]
    camera = found[0]["id"]
    paths = [
        f"{API}/auth/me",
        f"{API}/cameras/{camera}",
        f"{API}/cameras?limit=100",
        f"{API}/coverage?camera_id={camera}&{span}",
        f"{API}/recordings?limit=20",
        f"{API}/playback/{camera}/index.m3u8?{span}",
    ]
    meter = Meter([installation.processes["api"].pid])
    calm = await steady(port, mixed(paths, callers), RATE, seconds)
    usage = meter.read()
    busy = await full(port, mixed(paths, callers), 8, seconds / 2)
    each = {path: [one async for one in _one_after_another(port, path, callers[0])] for path in paths}
    timings = [
        Timing(f"{RATE:.0f} requests/s, {len(paths)} routes, {len(callers)} people", [one.ms for one in calm]),
        Timing(f"8 connections, {len(busy) / (seconds / 2):.0f} requests/s", [one.ms for one in busy]),
        *(Timing(path.partition("?")[0].replace(camera, "{camera}"), values) for path, values in each.items()),
    ]
    notes = [
        f"The api process took {number(usage.cpu_percent)} % of a core at {RATE:.0f} requests/s.",
        f"Answers at {RATE:.0f} requests/s: {_statuses(calm)}; a viewer asking for a camera of another zone gets 404.",
        "The last rows: the administrator, one request after the other.",
    ]
    table = Table(
        "Requests", ["", "times", "median ms", "95 % ms", "most ms"], [timing.row() for timing in timings], notes
    )
    return table, {timing.what: timing.values for timing in timings}


async def _one_after_another(port: int, path: str, headers: Mapping[str, str]) -> Any:
    for _ in range(50):
        yield (await ask(port, Request(path, headers))).ms


def _statuses(answers: list[Answer]) -> str:
    counted = Counter(answer.status for answer in answers)
    return ", ".join(f"{times} x {status}" for status, times in sorted(counted.items()))


def _instant(at_ms: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at_ms / 1000))


# The flood.


async def _flood(
    installation: Installation, port: int, admin: Mapping[str, str], seconds: float
) -> tuple[Table, dict[str, Any]]:
    """A live view alone, then with logins from many addresses under many names."""
    pid = installation.processes["api"].pid
    meter = Meter([pid])
    calm_gaps = await _watch(port, admin, seconds)
    calm_usage, before = meter.read(), pss_bytes(pid) / 1e6
    meter = Meter([pid])
    gaps, answers = await asyncio.gather(_watch(port, admin, seconds), _attempts(port, seconds))
    usage = meter.read()
    after = pss_bytes(pid) / 1e6
    rows = [
        ["live view alone", *_gap_cells(calm_gaps), number(calm_usage.cpu_percent), number(before, 0), "-"],
        ["with the flood", *_gap_cells(gaps), number(usage.cpu_percent), number(after, 0), _statuses(answers)],
    ]
    columns = ["", "parts", "median gap ms", "95 % gap ms", "longest gap ms", "api CPU %", "api PSS MB", "logins"]
    notes = [
        f"{FLOOD_RATE:.0f} logins/s with wrong passwords, each under another name and from another address, so that no "
        "delay spares the server the work. The camera sends a frame every 40 ms.",
        "503: too many were waiting for a hash, sent away at once.",
    ]
    evidence = {"calm_gaps_ms": calm_gaps, "gaps_ms": gaps, "login_ms": [answer.ms for answer in answers]}
    return Table("Login flood", columns, rows, notes), evidence


async def _watch(port: int, admin: Mapping[str, str], seconds: float) -> list[float]:
    """Milliseconds between the parts of a live view."""
    arrived: list[float] = []
    async with connect(f"ws://127.0.0.1:{port}{API}/live/cam-1/mse", additional_headers=admin, max_size=None) as live:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                async with asyncio.timeout(left):
                    message = await live.recv()
            except TimeoutError:
                break
            if isinstance(message, bytes):
                arrived.append(time.monotonic() * 1000)
    return [later - one for one, later in pairwise(arrived[2:])]


async def _attempts(port: int, seconds: float) -> list[Answer]:
    answers: list[Answer] = []

    async def one(index: int, due: float) -> None:
        body = {"username": f"somebody-{index}", "password": "not the right one"}
        source = f"127.1.{index // 250 % 250}.{index % 250 + 1}"
        answers.append(await ask(port, Request(f"{API}/auth/login", body=body, source=source), due))

    async with asyncio.TaskGroup() as group:
        begin = time.perf_counter()
        for index in range(round(FLOOD_RATE * seconds)):
            due = begin + index / FLOOD_RATE
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            group.create_task(one(index, due))
    return answers


def _gap_cells(gaps: list[float]) -> list[str]:
    return Timing("", gaps).row(0)[1:]
