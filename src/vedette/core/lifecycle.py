"""How a process lives: it stops on SIGTERM, it ends with its supervisor, and there is one of it per data directory."""

import asyncio
import ctypes
import fcntl
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from vedette.core.errors import ErrorKind, VedetteError

_PR_SET_PDEATHSIG = 1


def stop_event() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set. Call it in the running loop of a process's main task."""
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, event.set)
    return event


def end_with_parent() -> None:
    """Asks the kernel for SIGTERM when the process dies that `VEDETTE_SUPERVISOR` names, which has to be the one that
    started this one (Linux, prctl(2)). When it is already gone the process ends itself; without the variable nothing
    is done."""
    expected = os.environ.get("VEDETTE_SUPERVISOR")
    if expected is None:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(expected):
        os.kill(os.getpid(), signal.SIGTERM)


def raise_file_limit() -> None:
    """Raises the soft limit of open files to the hard one: a camera needs a socket, a file and a share of the rest."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextmanager
def not_running(run_dir: Path, what: str) -> Iterator[None]:
    """Keeps every process of this data directory from running as long as the block runs. `what` is who wants that.

    Raises VedetteError `process.running` when one runs now.
    """
    run_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    (run_dir / "supervisor.lock").touch(mode=0o600)
    with ExitStack() as held:
        for path in sorted(run_dir.glob("*.lock"), key=lambda path: path.stem != "supervisor"):
            file = held.enter_context(path.open("r+", encoding="ascii"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                pid = file.read().strip() or "unknown"
                raise VedetteError(
                    ErrorKind.CONFLICT,
                    "process.running",
                    f"Vedette is running on {run_dir.parent} ({path.stem}, process {pid}). "
                    f"Stop it first: {what} would get in its way.",
                ) from error
        yield


@contextmanager
def single_instance(run_dir: Path, name: str) -> Iterator[None]:
    """Holds `{run_dir}/{name}.lock` as long as the block runs. The kernel lets go of it however the process ends.

    Raises VedetteError `process.already_running` when another process has it.
    """
    run_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = run_dir / f"{name}.lock"
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            pid = file.read().strip() or "unknown"
            raise VedetteError(
                ErrorKind.CONFLICT,
                "process.already_running",
                f"{name} is already running on {run_dir.parent} (process {pid}). "
                "Stop it first, or use another data directory with --data.",
            ) from error
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield


def holder(run_dir: Path, name: str) -> int | None:
    """The process that has `{run_dir}/{name}.lock` now; None where none has it, or it may not be looked at."""
    try:
        with (run_dir / f"{name}.lock").open("r", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read().strip() or 0) or None
    except (OSError, ValueError):
        pass
    return None
