"""The worker's duties on real volumes, and the worker as a process."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.footage import DAY, T0, add_stream, camera_of
from tests.support.library import clip
from tests.support.mounts import Mount
from tests.support.shelf import Shelf
from vedette.access.principal import SYSTEM
from vedette.audit.chain import head, verify
from vedette.audit.log import Entry, record
from vedette.cameras.tables import CameraRow
from vedette.core.clock import Clock, ManualClock, SystemClock
from vedette.db.session import Database
from vedette.events import outbox
from vedette.identity.tables_logins import LoginAttemptRow
from vedette.recordings import trash
from vedette.recordings.model import GapCause
from vedette.storage.service import VolumeService
from vedette.storage.volumes import COPY
from vedette.worker.duties import Duties, Intervals

pytestmark = pytest.mark.anyio

QUICK = Intervals(0.05, 0.05, 0.05, 0.05)


async def until(what: Callable[[], bool]) -> None:
    while not what():
        await asyncio.sleep(0.02)


@asynccontextmanager
async def working(
    database: Database, root: Path, clock: Clock | None = None, backups: Path | None = None, url: str = ""
) -> AsyncIterator[None]:
    clock = clock or SystemClock()
    duties = Duties(database, clock, url=url, default_volume=root, backups=backups, intervals=QUICK)
    stop = asyncio.Event()
    task = asyncio.create_task(duties.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def test_it_makes_the_default_volume_and_unlinks_garbage(database: Database, tmp_path: Path) -> None:
    root = tmp_path / "footage"
    async with working(database, root):
        while not await VolumeService(database, ManualClock(T0)).every():
            await asyncio.sleep(0.02)
        shelf = await Shelf.make(database, root)
        stream = await add_stream(database)
        (file,) = await shelf.record(stream, T0, clip())
        async with database.write() as session:
            await trash.discard(session, [file.id], GapCause.DELETED_BY_PERSON, "", T0)
        await until(lambda: not file.path.exists())


async def test_footage_of_a_camera_deleted_with_it_goes_at_once(database: Database, tmp_path: Path) -> None:
    shelf = await Shelf.make(database, tmp_path / "footage")
    stream = await add_stream(database)
    (file,) = await shelf.record(stream, T0, clip())
    async with working(database, shelf.root, ManualClock(T0 + DAY)):
        camera_id = await camera_of(database, stream)
        async with database.write() as session:
            camera = await session.get_one(CameraRow, camera_id)
            camera.deleted_ms, camera.discard_footage = T0, True
        await until(lambda: not file.path.exists())
        while True:
            async with database.read() as session:
                if await session.get(CameraRow, camera_id) is None:
                    break
            await asyncio.sleep(0.02)


async def test_a_disk_that_fills_is_kept_from_it(database: Database, tmpfs: Mount) -> None:
    shelf = await Shelf.make(database, tmpfs.path)
    stream = await add_stream(database)
    files = await shelf.record(stream, T0, clip(), files=3)
    async with working(database, shelf.root):
        await asyncio.sleep(0.2)
        assert all(file.path.exists() for file in files)
        tmpfs.fill()
        await until(lambda: not files[0].path.exists())


async def test_trouble_does_not_end_it(database: Database, tmpfs: Mount) -> None:
    shelf = await Shelf.make(database, tmpfs.path)
    stream = await add_stream(database)
    (file,) = await shelf.record(stream, T0, clip())
    async with database.write() as session:
        await trash.discard(session, [file.id], GapCause.DELETED_BY_PERSON, "", T0)
    volumes = VolumeService(database, ManualClock(T0))
    tmpfs.read_only()
    async with working(database, shelf.root):
        while (await volumes.get(shelf.volume_id)).state != "read_only":
            await asyncio.sleep(0.02)
        assert file.path.exists()
        tmpfs.writable()
        await until(lambda: not file.path.exists())
        assert (await volumes.get(shelf.volume_id)).state == "ok"


async def test_a_copy_of_the_database_is_made_once_a_day(sqlite_database: Database, tmp_path: Path) -> None:
    clock = ManualClock(T0)
    backups = tmp_path / "backups"
    url = str(sqlite_database.engine.url)
    async with working(sqlite_database, tmp_path / "footage", clock, backups, url):
        await until(lambda: len(list(backups.glob("*.sqlite"))) == 1)
        await asyncio.sleep(0.2)
        for day in range(1, 8):
            clock.advance(86_400)
            name = backups / f"vedette-daily-202311{14 + day}T221320Z.sqlite"
            await until(name.exists)
        await until(lambda: len(list(backups.glob("*.sqlite"))) == 5)
    with closing(sqlite3.connect(max(backups.glob("*.sqlite")))) as copy:
        assert copy.execute("SELECT count(*) FROM volume").fetchone() == (1,)


async def test_the_process_works_and_stops_on_sigterm(tmp_path: Path) -> None:
    program = (
        "import asyncio, pathlib, sys\nfrom vedette.settings import Settings\nfrom vedette.worker.main import run\n"
        "asyncio.run(run(Settings(data=pathlib.Path(sys.argv[1]))))"
    )
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, str(tmp_path / "data"), stdout=output, stderr=output
        )
        try:
            await until(
                lambda: (tmp_path / "data" / "footage" / ".vedette-volume").exists() or process.returncode is not None
            )
            await until(lambda: list((tmp_path / "data" / "backups").glob("*.sqlite")) != [])
            os.kill(process.pid, signal.SIGTERM)
            assert await process.wait() == 0, log.read_text()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    assert "worker stopped" in log.read_text()


async def test_a_copy_of_the_cameras_settings_lies_beside_their_footage(database: Database, tmp_path: Path) -> None:
    shelf = await Shelf.make(database, tmp_path / "footage")
    await add_stream(database, "gate")
    copy = shelf.root / COPY
    async with working(database, shelf.root):
        await until(copy.exists)
        await add_stream(database, "door")
        async with database.write() as session:
            outbox.emit(session, T0, "camera.changed", {})
        await until(lambda: "door" in copy.read_text())


async def test_old_attempts_to_log_in_are_forgotten(database: Database, tmp_path: Path) -> None:
    async with database.write() as session:
        session.add(LoginAttemptRow(at_ms=T0, username="anna", address="192.0.2.1", outcome="password"))
    async with working(database, tmp_path / "footage"):
        while True:
            async with database.read() as session:
                if (await session.scalars(select(LoginAttemptRow))).first() is None:
                    break
            await asyncio.sleep(0.02)


async def test_the_newest_audit_hash_leaves_the_database(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with database.write() as session:
        await record(session, SystemClock().now_ms(), SYSTEM, Entry("camera.edit", object_name="Gate"))
    said, stands = "", None
    async with working(database, tmp_path / "footage"):
        # The worker's own doings are in the log, too: the newest of now, whichever that is.
        while stands is None or stands[1] not in said:
            await asyncio.sleep(0.02)
            said += "".join(capsys.readouterr())
            async with database.read() as session:
                stands = await head(session)
        await asyncio.sleep(0.3)
    said += "".join(capsys.readouterr())
    async with database.read() as session:
        assert (await verify(session, stands[1])).problem is None
    assert said.count(stands[1]) == 1, "it is told when it changes"
