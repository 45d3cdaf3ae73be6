"""Moving footage to the real gateway and back, on both databases."""

import asyncio
import hashlib
import os
import random
import signal
import sys
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.support.buckets import Cold, local_files
from tests.support.ceph import Gateway
from tests.support.footage import T0, add_stream
from tests.support.library import clip
from tests.support.shelf import File, Shelf
from vedette.access.principal import SYSTEM
from vedette.audit.tables import AuditRow
from vedette.core.clock import SystemClock
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.recordings import ledger, listing, repository, trash
from vedette.recordings.model import GapCause, Segment
from vedette.recordings.moving import repository as moves
from vedette.recordings.moving.mover import Mover
from vedette.recordings.moving.service import MoveService, Wish
from vedette.recordings.tables import GarbageRow
from vedette.recordings.tables_moving import MoveCopyRow, MoveRow

pytestmark = [pytest.mark.anyio, pytest.mark.ceph]


async def shelf_of(database: Database, tmp_path: Path) -> tuple[Shelf, list[File]]:
    shelf = await Shelf.make(database, tmp_path / "footage")
    stream = await add_stream(database)
    return shelf, await shelf.record(stream, T0, clip(), files=3)


async def rows(database: Database) -> list[Segment]:
    async with database.read() as session:
        result = await session.execute(select(*repository.COLUMNS))
        return sorted((Segment(*row) for row in result), key=lambda row: row.start_ms)


async def the_move(database: Database) -> MoveRow:
    async with database.read() as session:
        return (await moves.moves(session, 1))[0]


async def check_all_is_well(cold: Cold, shelf: Shelf, hashes: dict[str, str]) -> list[Segment]:
    """Each segment is at exactly one place, whole, and nothing else is anywhere."""
    found = await rows(cold.database)
    assert {str(row.id) for row in found} == set(hashes)
    bucket = await cold.bucket()
    for row in found:
        if row.volume_id == cold.volume_id:
            data = await bucket.read(row.path, 0, row.bytes + 1)
        else:
            data = (shelf.root / row.path).read_bytes()
        assert hashlib.sha256(data).hexdigest() == hashes[str(row.id)]
    assert cold.keys() == sorted(row.path for row in found if row.volume_id == cold.volume_id)
    assert local_files(shelf.root) == sorted(row.path for row in found if row.volume_id == shelf.volume_id)
    assert cold.gateway.uploads(cold.name) == 0
    async with cold.database.read() as session:
        assert list(await session.scalars(select(MoveCopyRow))) == []
        assert list(await session.scalars(select(GarbageRow))) == []
        stored = {(one["volume_id"], one["day"]): one for one in await listing.usage(session)}
        counted = {(one["volume_id"], one["day"]): one for one in await ledger.counted_usage(session)}
    assert stored == counted
    return found


def hashed(files: list[File]) -> dict[str, str]:
    return {str(file.id): hashlib.sha256(file.path.read_bytes()).hexdigest() for file in files}


async def test_there_and_back(database: Database, tmp_path: Path, gateway: Gateway) -> None:
    shelf, files = await shelf_of(database, tmp_path)
    hashes = hashed(files)
    cold = await Cold.make(database, gateway)
    assert await cold.move(files[1].end_ms) == 2
    found = await check_all_is_well(cold, shelf, hashes)
    assert [row.volume_id == cold.volume_id for row in found] == [True, True, False]
    move = await the_move(database)
    assert (move.state, move.files, move.files_done, move.files_failed) == ("done", 2, 2, 0)
    assert move.bytes == move.bytes_done == sum(row.bytes for row in found[:2])

    assert await cold.move(to=shelf.volume_id) == 2
    found = await check_all_is_well(cold, shelf, hashes)
    assert {row.volume_id for row in found} == {shelf.volume_id}
    async with database.read() as session:
        actions = list(await session.scalars(select(AuditRow.action).order_by(AuditRow.id)))
    assert actions[-4:] == ["recording.move", "recording.moved", "recording.move", "recording.moved"]


async def test_damage_is_not_carried_on(database: Database, tmp_path: Path, gateway: Gateway) -> None:
    shelf, files = await shelf_of(database, tmp_path)
    data = bytearray(files[1].path.read_bytes())
    data[len(data) // 2] ^= 1
    files[1].path.write_bytes(data)
    files[2].path.write_bytes(files[2].path.read_bytes()[:-10])
    hashes = hashed(files)
    cold = await Cold.make(database, gateway)
    assert await cold.move() == 1
    await check_all_is_well(cold, shelf, hashes)
    move = await the_move(database)
    assert (move.state, move.files_done, move.files_failed) == ("failed", 1, 2)
    assert "stays where it is" in move.detail


async def test_a_taken_path_gets_another_name(database: Database, tmp_path: Path, gateway: Gateway) -> None:
    _, files = await shelf_of(database, tmp_path)
    cold = await Cold.make(database, gateway)
    async with database.write() as session:
        session.add(
            GarbageRow(
                volume_id=cold.volume_id,
                path=files[0].new.path,
                start_ms=T0,
                bytes=1,
                reason="x",
                created_ms=T0,
            )
        )
    places = await cold.places()
    await MoveService(database, cold.clock).ask(Wish(cold.volume_id, files[0].end_ms), SYSTEM)
    assert await Mover(database, cold.clock).run(places) == 1  # type: ignore[arg-type]
    (path,) = cold.keys()
    assert path != files[0].new.path
    assert path.startswith(files[0].new.path.removesuffix(".mp4"))


async def test_an_endpoint_that_is_gone_makes_it_wait(database: Database, tmp_path: Path, gateway: Gateway) -> None:
    shelf, files = await shelf_of(database, tmp_path)
    hashes = hashed(files)
    cold = await Cold.make(database, gateway)
    await MoveService(database, cold.clock).ask(Wish(cold.volume_id, files[-1].end_ms), SYSTEM)
    places = await cold.places()
    gateway.stop()
    try:
        assert await Mover(database, cold.clock).run(places) == 0  # type: ignore[arg-type]
        move = await the_move(database)
        assert (move.state, move.files_failed) == ("running", 0)
        assert "Is the storage running" in move.detail
    finally:
        gateway.start()
    assert await cold.work() == 3
    await check_all_is_well(cold, shelf, hashes)
    assert (await the_move(database)).detail == ""


async def test_cancelled_in_the_middle_of_a_file(database: Database, tmp_path: Path, gateway: Gateway) -> None:
    shelf, files = await shelf_of(database, tmp_path)
    hashes = hashed(files)
    cold = await Cold.make(database, gateway)
    service = MoveService(database, cold.clock)
    await service.ask(Wish(cold.volume_id, files[-1].end_ms), SYSTEM)

    class Cancelling(Mover):
        async def still_ours(self, move_id: UUID, segment_id: UUID, path: str) -> None:
            await service.cancel(move_id, SYSTEM)
            await super().still_ours(move_id, segment_id, path)

    assert await Cancelling(database, cold.clock).run(await cold.places()) == 0  # type: ignore[arg-type]
    assert await cold.work(0) == 0
    found = await check_all_is_well(cold, shelf, hashes)
    assert {row.volume_id for row in found} == {shelf.volume_id}
    assert (await the_move(database)).state == "cancelled"


async def test_two_movers_and_a_deletion_at_once(database: Database, tmp_path: Path, gateway: Gateway) -> None:
    shelf, files = await shelf_of(database, tmp_path)
    hashes = hashed(files)
    cold = await Cold.make(database, gateway)
    await MoveService(database, cold.clock).ask(Wish(cold.volume_id, files[-1].end_ms), SYSTEM)
    places = await cold.places()

    async def delete() -> None:
        async with database.write() as session:
            await trash.discard(session, [files[2].id], GapCause.DELETED_BY_RETENTION, "", T0)

    movers = [Mover(database, cold.clock).run(places) for _ in range(2)]  # type: ignore[arg-type]
    await asyncio.gather(*movers, delete())
    await cold.work(0)
    hashes.pop(str(files[2].id))
    found = await check_all_is_well(cold, shelf, hashes)
    assert {row.volume_id for row in found} == {cold.volume_id}
    assert (await the_move(database)).state == "done"


async def test_killed_at_any_moment(database_url: str, tmp_path: Path, gateway: Gateway) -> None:
    database = Database(database_url)
    shelf = await Shelf.make(database, tmp_path / "footage")
    stream = await add_stream(database)
    files: list[File] = []
    for number in range(6):
        files += await shelf.record(stream, T0 + number * 60_000, clip(), files=5)
    hashes = hashed(files)
    cold = await Cold.make(database, gateway)
    await MoveService(database, SystemClock()).ask(Wish(cold.volume_id, files[-1].end_ms), SYSTEM)
    kills = 0
    while True:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.support.moving_process", database_url, "0"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stdout
        assert await process.stdout.readline() == b"working\n"
        if kills < 5:
            await asyncio.sleep(random.uniform(0.05, 0.4))
            if process.returncode is None:
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
            await process.communicate()
            # Whatever was under way: each segment is somewhere, whole.
            bucket = await cold.bucket()
            for row in await rows(database):
                if row.volume_id == cold.volume_id:
                    assert await bucket.size(row.path) == row.bytes
                else:
                    assert (shelf.root / row.path).stat().st_size == row.bytes
            continue
        out, errors = await process.communicate()
        assert out.endswith(b"done\n"), errors.decode()
        break
    await cold.work(0)
    found = await check_all_is_well(cold, shelf, hashes)
    assert {row.volume_id for row in found} == {cold.volume_id}
    await database.aclose()


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(99, T0 + 1), "move.volume"),
        (Wish(2, T0, start_ms=T0), "move.span"),
        (Wish(2, T0 - 86_400_000), "move.nothing"),
        (Wish(2, T0 + 60_000, from_volume_id=2), "move.volume"),
    ],
)
async def test_what_can_not_be_moved(
    database: Database, tmp_path: Path, gateway: Gateway, wish: Wish, code: str
) -> None:
    await shelf_of(database, tmp_path)
    await Cold.make(database, gateway)
    with pytest.raises(VedetteError) as caught:
        await MoveService(database, SystemClock()).ask(wish, SYSTEM)
    assert caught.value.code == code
