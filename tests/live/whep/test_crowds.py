"""Thousands of offers whose players never come: bounded, forgotten, and nobody else's trouble."""

import asyncio
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.live.whep.conftest import watched
from tests.support.burned import breaks
from tests.support.offers import offer, video
from tests.support.webrtc import SDP, webrtc_viewer
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.server import SimulatorServer

# Three thousand offers take a minute of a core.
pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]

CROWD = 3_000
LOOP = LOOP_MS // 40


def memory() -> int:
    """Bytes that this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def open_files() -> int:
    """Sockets among them."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


async def test_a_crowd_whose_players_never_come(tmp_path: Path, server: SimulatorServer) -> None:
    unlimited: dict[str, Any] = {"rate_signed_in": 0, "rate_media": 0, "rate_anonymous": 0}
    async with watched(tmp_path, server, **unlimited) as scene, webrtc_viewer(scene.app.http, "gate") as viewer:
        await viewer.until_frames(30)
        given = offer(video(), bundle="0")
        statuses: Counter[int] = Counter()
        files, before = open_files(), memory()
        most = most_files = 0

        async def come(count: int) -> None:
            nonlocal most, most_files
            for _ in range(count):
                answer = await scene.app.http.post("/live/gate/whep", content=given, headers=SDP)
                statuses[answer.status_code] += 1
                most = max(most, scene.sessions.count)
                most_files = max(most_files, open_files())

        await asyncio.gather(*(come(CROWD // 20) for _ in range(20)))
        assert set(statuses) == {201, 429}
        limit = scene.sessions.limits
        assert most <= limit.half_open_of_one + 1
        # A port on each address of the machine for each of them, and the connections that asked.
        assert most_files - files < 40 * (limit.half_open_of_one + 1)
        assert memory() - before < 64 << 20
        had = len(viewer.numbers)
        # The crowd, the server, the camera and this player are one process here: it may take a while to catch up.
        assert breaks(await viewer.until_frames(had + 50, 120), LOOP) == []
        await scene.until_sessions(1, 40)
    assert open_files() <= files
    assert scene.sessions.count == 0
