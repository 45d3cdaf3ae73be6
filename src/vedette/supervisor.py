"""`vedette serve`: starts the processes, restarts what dies, stops them in order.

A crash boundary is a process boundary. A child that dies is started again at once; one that keeps dying waits longer
each time, up to 30 s. Children that are only sometimes needed (the libav recorder, the camera simulator) run while the
database holds a camera that needs them. The supervisor keeps no media and no state: killing it ends its children
(`PR_SET_PDEATHSIG`), so that a second `vedette serve` never records the same cameras twice.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vedette.core.backoff import Backoff
from vedette.core.clock import Clock, SystemClock
from vedette.core.logs import get_logger
from vedette.core.waiting import set_within

log = get_logger("supervisor")

GOOD_RUN_S = 30.0
STOP_S = 12.0
LOOK_S = 2.0

# Stopped first to last: the api goes before the recorders, so that viewers are not told that every camera is down.
STOP_ORDER = ("api", "worker", "recorder", "simulator")


@dataclass(frozen=True, slots=True)
class Program:
    """One process to keep running. `role` is its place in `STOP_ORDER`; `arguments` follow `vedette`; `descriptors` are
    those of ours that it inherits."""

    name: str
    role: str
    arguments: tuple[str, ...]
    descriptors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """What the present cameras ask for, beside what always runs."""

    libav: bool = False
    simulator: bool = False


def programs(
    *, recorders: int, needs: Needs, options: Sequence[str], api: Sequence[str], simulator: int | None
) -> list[Program]:
    """The processes that should run. `options` go to each of them, `api` to that one only; `simulator` is the
    descriptor of the socket on which the simulator answers, None where there is no such socket now."""
    common = tuple(options)
    wanted = [Program("api", "api", ("api", *common, *api)), Program("worker", "worker", ("worker", *common))]
    for shard in range(recorders):
        place = ("--engine", "native", "--shard", f"{shard}/{recorders}")
        wanted.append(Program(f"native-{shard}", "recorder", ("recorder", *common, *place)))
    if needs.libav:
        wanted.append(Program("libav", "recorder", ("recorder", *common, "--engine", "libav")))
    if needs.simulator and simulator is not None:
        wanted.append(
            Program("simulator", "simulator", ("simulate", *common, "--listener", str(simulator)), (simulator,))
        )
    return wanted


@dataclass(slots=True)
class _Child:
    program: Program
    task: asyncio.Task[None] | None = None
    process: asyncio.subprocess.Process | None = None
    stopping: bool = False
    restarts: int = 0
    since_ms: int | None = None
    last_exit: str = ""
    backoff: Backoff = field(default_factory=lambda: Backoff(first_s=0.5, limit_s=30.0))

    def restart_delay_s(self, lived_s: float) -> float:
        """None after a good run, then longer each time."""
        if lived_s >= GOOD_RUN_S or self.restarts == 0:
            self.backoff.reset()
            return 0.0
        return self.backoff.next_s()


class Supervisor:
    """Keeps a changing set of processes running. `run_dir` gets `supervisor.json`: of each process its name, role, pid
    (null while it is down), restarts, since when it runs or is down, and how it ended last."""

    def __init__(self, run_dir: Path, command: Sequence[str] | None = None, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._run_dir = run_dir
        self._command = tuple(command or (sys.executable, "-m", "vedette.cli.main"))
        self._children: dict[str, _Child] = {}

    async def run(self, look: Callable[[], Awaitable[list[Program]]], stop: asyncio.Event) -> None:
        """Asks `look` for the wanted processes every 2 s and makes it so until `stop` is set; then stops them all."""
        try:
            while not stop.is_set():
                await self._reconcile(await look())
                await set_within(stop, LOOK_S)
        finally:
            await self._stop_all()

    async def _reconcile(self, wanted: list[Program]) -> None:
        by_name = {program.name: program for program in wanted}
        for name, child in list(self._children.items()):
            if by_name.get(name) != child.program:
                await self._stop(child)
                del self._children[name]
        for name, program in by_name.items():
            if name not in self._children:
                child = _Child(program)
                child.task = asyncio.create_task(self._keep(child), name=f"keep-{name}")
                self._children[name] = child

    async def _keep(self, child: _Child) -> None:
        """Starts one process again and again until told to stop."""
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            child.process = await asyncio.create_subprocess_exec(
                *self._command,
                *child.program.arguments,
                stdin=asyncio.subprocess.DEVNULL,
                env={**os.environ, "VEDETTE_SUPERVISOR": str(os.getpid())},
                pass_fds=child.program.descriptors,
                start_new_session=True,  # Ctrl+C reaches only the supervisor, which stops the others in order
            )
            child.since_ms = self._clock.now_ms()
            self._write_state()
            code = await child.process.wait()
            if child.stopping:
                return
            lived = loop.time() - started
            wait = child.restart_delay_s(lived)
            child.restarts += 1
            child.since_ms, child.last_exit = self._clock.now_ms(), _describe(code)
            self._write_state()
            log.warning(
                "process died, starting it again",
                name=child.program.name,
                exit=_describe(code),
                lived_s=round(lived, 1),
                wait_s=round(wait, 1),
            )
            await asyncio.sleep(wait)

    async def _stop(self, child: _Child) -> None:
        child.stopping = True
        process = child.process
        if process is not None and process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), STOP_S)
            except TimeoutError:
                log.warning("process did not stop in time and was killed", name=child.program.name)
                process.kill()
                await process.wait()
        if child.task is not None:
            child.task.cancel()  # it may be waiting to start the process again
            await asyncio.gather(child.task, return_exceptions=True)

    async def _stop_all(self) -> None:
        for role in STOP_ORDER:
            children = [child for child in self._children.values() if child.program.role == role]
            await asyncio.gather(*(self._stop(child) for child in children))
        self._children.clear()
        self._write_state()

    def _write_state(self) -> None:
        state = [
            {
                "name": name,
                "role": child.program.role,
                "pid": child.process.pid if child.process and child.process.returncode is None else None,
                "restarts": child.restarts,
                "since_ms": child.since_ms,
                "last_exit": child.last_exit,
            }
            for name, child in self._children.items()
        ]
        path = self._run_dir / "supervisor.json"
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps({"pid": os.getpid(), "processes": state}), encoding="utf-8")
        temporary.replace(path)


def _describe(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"code {code}"
