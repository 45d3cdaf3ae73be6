"""Simulated cameras for tests. Clips are made once per checkout, in `.cache/simulator`, and shared by all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from vedette.media.simulator.server import SimulatorServer

CLIPS = Path(__file__).parents[2] / ".cache" / "simulator"


@asynccontextmanager
async def simulated_cameras(**options: Any) -> AsyncIterator[SimulatorServer]:
    """A running `SimulatorServer` on a free port. `options` are its own (`user`, `password`, `port` ...)."""
    # A clip that is drawn for the first time on a busy machine takes its time.
    async with SimulatorServer(cache=CLIPS, **{"patience_s": 60.0} | options) as server:
        yield server
