"""What a tree of processes costs, from /proc: CPU time, proportional memory, threads, context switches.

CPU is utime + stime of every process of the tree, as a percentage of ONE core: other work on the machine does not
count, apart from its effect on caches. Memory is PSS (`smaps_rollup`), so that what processes share counts once.
"""

import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    """Over a window of `seconds`. `pss_mb` (10^6 bytes), processes and threads are those at its end."""

    seconds: float
    cpu_percent: float
    pss_mb: float
    processes: int
    threads: int
    switches_per_s: float

    def as_dict(self) -> dict[str, float]:
        return {name: round(value, 3) for name, value in asdict(self).items()}


def tree(roots: list[int]) -> list[int]:
    """The processes and all their descendants that live now."""
    found: list[int] = []
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
        except OSError:
            continue
        found.append(pid)
        for task in tasks:
            try:
                waiting += map(int, (task / "children").read_text().split())
            except OSError:
                continue
    return found


def cpu_s(pid: int) -> float:
    """utime + stime of one process and of its children that have ended, seconds; 0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    fields = text.rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) * _TICK_S


def pss_bytes(pid: int) -> int:
    """Proportional set size; 0 when the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


class Meter:
    """Measures a tree from its making to `read`."""

    def __init__(self, roots: list[int]) -> None:
        self._roots = roots
        self._began = time.monotonic()
        self._cpu = self._cpu_now()
        self._switches = self._switches_now()

    def read(self) -> Usage:
        """The usage since the start."""
        seconds = time.monotonic() - self._began
        cpu, switches = self._cpu_now(), self._switches_now()
        spent = sum(cpu[pid] - self._cpu.get(pid, 0.0) for pid in cpu)
        turns = sum(switches[pid] - self._switches.get(pid, 0) for pid in switches)
        pids = tree(self._roots)
        return Usage(
            seconds,
            100 * spent / seconds,
            sum(map(pss_bytes, pids)) / 1e6,
            len(pids),
            sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in pids),
            turns / seconds,
        )

    def _cpu_now(self) -> dict[int, float]:
        return {pid: cpu_s(pid) for pid in tree(self._roots)}

    def _switches_now(self) -> dict[int, int]:
        return {pid: _switches(pid) for pid in tree(self._roots)}


def _switches(pid: int) -> int:
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/status"):
        try:
            lines = task.read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if "ctxt_switches" in line)
    return total


def machine_busy_s() -> float:
    """CPU time that all processes of the machine together have taken, seconds."""
    user, nice, system, _, _, *interrupts = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:8])
    return (user + nice + system + sum(interrupts)) * _TICK_S
