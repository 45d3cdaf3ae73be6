"""What the supervisor says of its processes, in `{run}/supervisor.json`."""

import json
import os
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from vedette.http.instants import InstantOut

_MAX_BYTES = 64 * 1024


class ProcessOut(BaseModel):
    """One process that `vedette serve` keeps running."""

    name: str
    role: str = Field(description="api, worker, recorder or simulator")
    running: bool = Field(description="False while it is being started again.")
    pid: int | None
    restarts: int = Field(description="Since Vedette was started.")
    since: InstantOut | None = Field(description="Since when it runs, or is down.")
    last_exit: str = Field(description="How it ended last: a signal or an exit code; empty when it never did.")


def read_processes(run_dir: Path) -> list[ProcessOut]:
    """Its processes, recorders first; none where no supervisor runs (each process was started alone)."""
    try:
        with (run_dir / "supervisor.json").open("rb") as file:
            state = json.loads(file.read(_MAX_BYTES))
        os.kill(int(state["pid"]), 0)
        found = [
            ProcessOut(
                name=entry["name"],
                role=entry["role"],
                running=entry["pid"] is not None,
                pid=entry["pid"],
                restarts=entry["restarts"],
                since=entry["since_ms"],
                last_exit=entry["last_exit"],
            )
            for entry in state["processes"]
        ]
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        # Left by one that is gone, or by another version: nothing is known.
        return []
    return sorted(found, key=lambda process: (process.role != "recorder", process.name))
