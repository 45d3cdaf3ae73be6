"""Priorities, in processes of their own with sessions of their own, as the supervisor starts them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="priorities are Linux's")

AUTOGROUP = Path("/proc/self/autogroup")
_TELL = (
    "import os; from pathlib import Path; from vedette.core.threads import {0}; {1};"
    "said = {0}(10); group = Path('/proc/self/autogroup');"
    "print(said, os.getpriority(os.PRIO_PROCESS, 0), *(group.read_text().split()[-1:] if group.exists() else []))"
)


def told(call: str, before: str = "pass", *, session: bool = True) -> list[str]:
    """What the call says, and the priorities of process and session after it. `before` is done first."""
    command = [sys.executable, "-c", _TELL.format(call, before)]
    done = subprocess.run(command, start_new_session=session, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split()


root = pytest.mark.skipif(os.geteuid() != 0, reason="takes the right to go before others, and to be somebody else")


@root
def test_a_process_goes_forward_and_its_session_with_it() -> None:
    said, nice, *group = told("step_forward")
    assert (said, nice) == ("True", "-10")
    assert group == (["-10"] if AUTOGROUP.exists() else [])


@root
def test_in_the_session_of_others_it_moves_itself_alone() -> None:
    if not AUTOGROUP.exists():
        pytest.skip("this kernel knows no groups of sessions")
    # Says nothing where the session is as old as the machine, and has no group.
    before = AUTOGROUP.read_text().split()[-1:]
    assert told("step_forward", session=False) == ["True", "-10", *before]


@root
def test_without_the_right_everything_stays_as_it_is() -> None:
    said, nice, *group = told("step_forward", "os.setpriority(os.PRIO_PROCESS, 0, 0); os.setuid(65534)")
    assert (said, nice) == ("False", "0")
    assert group == (["0"] if AUTOGROUP.exists() else [])


def test_a_thread_steps_back() -> None:
    said, nice, *_ = told("step_back")
    assert (said, nice) == ("None", "10")
