"""`kill -9` at moments that nobody chose: what was told to be there is there, what was told to be gone is gone, and a
start mends the rest."""

import asyncio
import os
import random
import signal
import sys
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.support.footage import add_stream, every_segment
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.media.fmp4.segment import scan
from vedette.recordings.check import check
from vedette.recordings.findings import Finding
from vedette.recordings.model import SegmentState
from vedette.recordings.recovery import recover
from vedette.recordings.tables import GarbageRow
from vedette.storage.service import VolumeService

pytestmark = pytest.mark.anyio

KILLS = 3


async def killed(url: str, root: Path, stream: int, lines: int) -> list[tuple[str, UUID]]:
    """Lets the crasher work until it has said so many lines, kills it a little later, and returns what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.support.crasher", url, str(root), str(stream)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    said: list[bytes] = []
    try:
        while len(said) < lines and (line := await process.stdout.readline()):
            said.append(line)
        await asyncio.sleep(random.uniform(0, 0.05))
    finally:
        if process.returncode is None:
            os.kill(process.pid, signal.SIGKILL)
    rest, errors = await process.communicate()
    assert len(said) == lines, errors.decode()
    said += rest.splitlines()
    words = [line.decode().split() for line in said]
    return [(word[0], UUID(word[1])) for word in words if len(word) == 2 and len(word[1]) == 36]


async def test_what_was_promised_survives_any_kill(database_url: str, tmp_path: Path) -> None:
    database, clock, root = Database(database_url), SystemClock(), tmp_path / "footage"
    volume = await VolumeService(database, clock).ensure_default(root)
    stream = await add_stream(database)
    closed: set[UUID] = set()
    deleted: set[UUID] = set()
    for number in range(KILLS):
        for what, segment in await killed(database_url, root, stream, 3 + 2 * number):
            (closed if what == "closed" else deleted).add(segment)
        await recover(database, clock, [stream], {volume.id: root})
        async with database.read() as session:
            rows = {row.id: row for row in await every_segment(session)}
            garbage = await session.scalar(select(func.count()).select_from(GarbageRow))
        assert garbage == 0
        # What was being deleted when it was killed may be gone without having been told; one file each time.
        assert len(closed - deleted - rows.keys()) <= 1 + number
        assert not deleted & rows.keys()
        files = {str(path.relative_to(root)) for path in root.rglob("*.mp4")}
        assert files == {row.path for row in rows.values()}
        for row in rows.values():
            scanned = scan(root / row.path)
            assert (row.state, scanned.finalised, scanned.frames) == (SegmentState.CLOSED, True, row.frames)
        found = [item async for item in check(database, clock, verify=True) if isinstance(item, Finding)]
        assert found == []
    await database.aclose()
