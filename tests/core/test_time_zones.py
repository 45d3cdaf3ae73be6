"""Time zones on a system that brings none."""

import os
import subprocess
import sys


def test_they_exist_without_the_systems_database() -> None:
    program = "from vedette.recordings.days import zone; print(zone('Europe/Vienna').key)"
    environment = {**os.environ, "PYTHONTZPATH": ""}
    outcome = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert (outcome.returncode, outcome.stdout) == (0, "Europe/Vienna\n"), outcome.stderr
