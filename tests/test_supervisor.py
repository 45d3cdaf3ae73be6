"""The supervisor against real child processes."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vedette.api.processes import read_processes
from vedette.supervisor import Needs, Program, Supervisor, programs

pytestmark = pytest.mark.anyio

# Appends its name and pid to a file, then waits; SIGTERM ends it well, and is noted.
CHILD = """
import os, signal, sys, time
name, log = sys.argv[1], sys.argv[2]
def note(word):
    with open(log, "a") as file:
        file.write(f"{word} {name} {os.getpid()}\\n")
def stop(*_):
    note("stopped")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
note("started")
time.sleep(60)
"""


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        await asyncio.sleep(0.02)


def lines(path: Path, word: str) -> list[list[str]]:
    text = path.read_text() if path.exists() else ""
    return [line.split() for line in text.splitlines() if line.startswith(word)]


async def test_restarts_what_dies_and_stops_the_api_before_the_recorders(tmp_path: Path) -> None:
    log = tmp_path / "log"
    supervisor = Supervisor(tmp_path, (sys.executable, "-c", CHILD))
    wanted = [
        Program("native-0", "recorder", ("native-0", str(log))),
        Program("api", "api", ("api", str(log))),
    ]

    async def look() -> list[Program]:
        return wanted

    stop = asyncio.Event()
    task = asyncio.create_task(supervisor.run(look, stop))
    await until(lambda: len(lines(log, "started")) == 2)
    victim = next(int(pid) for _, name, pid in lines(log, "started") if name == "native-0")
    os.kill(victim, signal.SIGKILL)
    await until(lambda: len(lines(log, "started")) == 3)
    state = json.loads((tmp_path / "supervisor.json").read_text())
    assert {entry["name"]: entry["restarts"] for entry in state["processes"]} == {"native-0": 1, "api": 0}
    told = {process.name: process for process in read_processes(tmp_path)}
    assert list(told) == ["native-0", "api"]
    assert (told["native-0"].last_exit, told["api"].last_exit) == ("SIGKILL", "")
    assert all(process.running for process in told.values())
    assert all(process.since is not None for process in told.values())

    stop.set()
    await task
    assert [name for _, name, _ in lines(log, "stopped")] == ["api", "native-0"]


async def test_starts_and_stops_programs_as_the_needs_change(tmp_path: Path) -> None:
    log = tmp_path / "log"
    supervisor = Supervisor(tmp_path, (sys.executable, "-c", CHILD))
    libav = Program("libav", "recorder", ("libav", str(log)))
    wanted = [libav]

    async def look() -> list[Program]:
        return wanted

    stop = asyncio.Event()
    task = asyncio.create_task(supervisor.run(look, stop))
    await until(lambda: bool(lines(log, "started")))
    wanted = []
    await until(lambda: bool(lines(log, "stopped")))
    stop.set()
    await task
    assert len(lines(log, "started")) == 1


async def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    child = (
        "import os, sys, time\n"
        "from vedette.core.lifecycle import end_with_parent\n"
        "end_with_parent()\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n"
        "time.sleep(60)\n"
    )
    parent = (
        "import os, subprocess, sys, time\n"
        "os.environ['VEDETTE_SUPERVISOR'] = str(os.getpid())\n"
        f"subprocess.Popen([sys.executable, '-c', {child!r}])\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent]) as process:
        await until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().isdigit())
        process.kill()
    pid = int((tmp_path / "pid").read_text())
    await until(lambda: not Path(f"/proc/{pid}").exists() or "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text())


def test_programs_follow_the_needs() -> None:
    names = [
        program.name
        for program in programs(recorders=2, needs=Needs(libav=True, simulator=True), options=(), api=(), simulator=7)
    ]
    assert names == ["api", "worker", "native-0", "native-1", "libav", "simulator"]
    without = programs(recorders=1, needs=Needs(simulator=True), options=(), api=(), simulator=None)
    assert [program.name for program in without] == ["api", "worker", "native-0"], "no port is free for it"
    assert programs(recorders=1, needs=Needs(), options=("--data", "d"), api=("--port", "1"), simulator=7)[
        0
    ] == Program("api", "api", ("api", "--data", "d", "--port", "1"))
