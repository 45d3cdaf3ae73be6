"""A simulated camera whose clip is still being made says so, and plays when it is there."""

from pathlib import Path

import pytest

from tests.media.simulator.client import BareClient
from vedette.core.clock import SystemClock
from vedette.media.probe import probe
from vedette.media.simulator.server import SimulatorServer, listen

pytestmark = pytest.mark.anyio


async def test_it_asks_for_a_moment_and_makes_only_the_clip_that_is_watched(tmp_path: Path) -> None:
    async with SimulatorServer(cache=tmp_path, patience_s=0.001) as cameras:
        url = cameras.url("yard", "sub")
        early = await probe(url, None, SystemClock())
        assert (early.ok, early.code) == (False, "starting")
        async with BareClient(url) as client:
            answer = await client.ask("DESCRIBE")
            assert (answer.status, answer.headers["retry-after"]) == (503, "2")
        await cameras.prepare(["yard"], ("sub",))
        cameras.patience_s = 3.0
        async with BareClient(url) as client:
            assert (await client.ask("DESCRIBE")).status == 200
    assert len([path for path in tmp_path.iterdir() if path.suffix != ".lock"]) == 1


async def test_a_socket_that_listened_before_keeps_its_clients() -> None:
    with listen("127.0.0.1", 0) as listener:
        async with (
            BareClient(f"rtsp://127.0.0.1:{listener.getsockname()[1]}/yard") as waiting,
            SimulatorServer(cache=Path("/nonexistent"), listener=listener) as cameras,
        ):
            assert cameras.port == listener.getsockname()[1]
            assert (await waiting.ask("OPTIONS")).status == 200
