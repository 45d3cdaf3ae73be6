"""The linter looks at all Python that there is: a pattern that hides more than it means to would never be noticed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_ruff_leaves_nothing_out() -> None:
    ruff = Path(sys.executable).with_name("ruff")
    if not ruff.exists():
        pytest.skip("ruff is not installed beside this Python")
    shown = subprocess.run([ruff, "check", "--show-files", "."], cwd=ROOT, capture_output=True, text=True, check=True)
    looked_at = {Path(line) for line in shown.stdout.splitlines()}
    ours = [path for part in ("src", "tests", "benchmarks", "docs") for path in (ROOT / part).rglob("*.py")]
    assert [str(path) for path in ours if path not in looked_at] == []
