"""`vedette check` and `vedette reindex` with a volume in a bucket."""

from pathlib import Path

import pytest

from tests.recordings.moving.test_mover import hashed, rows, shelf_of
from tests.support.buckets import Cold
from tests.support.ceph import Gateway
from vedette.core.clock import ManualClock
from vedette.db.session import Database
from vedette.recordings import ledger
from vedette.recordings.check import check
from vedette.recordings.findings import Code, Finding
from vedette.recordings.model import SegmentState
from vedette.recordings.reindex import Reindexed, reindex

pytestmark = [pytest.mark.anyio, pytest.mark.ceph]


async def found(cold: Cold, *, repair: bool = False, verify: bool = False) -> list[Finding]:
    later = ManualClock(cold.clock.now_ms() + 3_600_000)
    items = [item async for item in check(cold.database, later, repair=repair, verify=verify, buckets=cold.buckets)]
    return [item for item in items if isinstance(item, Finding)]


async def test_all_is_well(database: Database, tmp_path: Path, gateway: Gateway) -> None:
    await shelf_of(database, tmp_path)
    cold = await Cold.make(database, gateway)
    assert await cold.move() == 3
    assert await found(cold) == []
    assert await found(cold, verify=True) == []
    before = await rows(database)
    async for item in reindex(database, cold.clock):
        if isinstance(item, Reindexed):
            assert (item.files, item.removed) == (0, 0)
    assert await rows(database) == before


async def test_what_is_missing_damaged_or_unknown(database: Database, tmp_path: Path, gateway: Gateway) -> None:
    _, files = await shelf_of(database, tmp_path)
    hashes = hashed(files)
    data = files[1].path.read_bytes()
    cold = await Cold.make(database, gateway)
    assert await cold.move() == 3
    bucket = await cold.bucket()
    one, two, three = await rows(database)
    await bucket.delete(one.path)
    changed = bytearray(data)
    changed[len(data) // 2] ^= 1
    gateway.ask("PUT", cold.name, f"house/{two.path}", content=bytes(changed)).raise_for_status()
    async with database.write() as session:
        assert await ledger.remove_segment(session, three.id)
    assert {finding.code for finding in await found(cold)} == {Code.MISSING, Code.ORPHAN}
    told = await found(cold, verify=True)
    assert {finding.code for finding in told} >= {Code.MISSING, Code.ORPHAN, Code.HASH}
    assert all(finding.repaired for finding in await found(cold, repair=True, verify=True))
    left = await rows(database)
    assert [(row.id, row.state) for row in left] == [
        (two.id, SegmentState.DAMAGED),
        (three.id, SegmentState.CLOSED),
    ]
    assert left[1].path == three.path
    assert set(hashes) >= {str(row.id) for row in left}
    assert await found(cold) == []
