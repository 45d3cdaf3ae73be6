"""Who goes first where the processor is short: recording, then what serves video, then all other work."""

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path


def step_back(nice: int) -> None:
    """For the thread that calls it: Linux has a priority for each."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), nice)


def step_forward(nice: int) -> bool:
    """For the process that calls it, before it has threads: goes `nice` (1 to 20) before others. Says whether it may:
    that takes a right (root, CAP_SYS_NICE, or RLIMIT_NICE)."""
    if sys.platform != "linux":
        return False
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -nice)
    except OSError:
        return False
    # Linux may share out the processor by sessions first (sched(7), autogroup): within one alone it would count for
    # nothing against the other processes, each of which has a session of its own.
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(-nice))
    return True
