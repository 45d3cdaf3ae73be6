"""Threads that give way to those that serve video."""

import os
import sys
import threading
from contextlib import suppress


def step_back(nice: int) -> None:
    """For the thread that calls it: Linux has a priority for each."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), nice)
