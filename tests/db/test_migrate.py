import asyncio
import fcntl
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, inspect, text

from tests.support.schema import metadata
from vedette.core.clock import ManualClock
from vedette.core.errors import VedetteError
from vedette.db.migrate import Migrated, migrate, newest_revision
from vedette.db.session import Database

pytestmark = pytest.mark.anyio


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata()))


def check_constraints(connection: Connection) -> dict[str, set[str]]:
    inspector = inspect(connection)
    return {
        table: {str(check["name"]) for check in inspector.get_check_constraints(table)}
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


async def test_migrations_make_exactly_the_tables_that_the_code_declares(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        made = await connection.run_sync(check_constraints)
    declared = {
        table.name: {str(check.name) for check in table.constraints if isinstance(check, CheckConstraint)}
        for table in metadata().sorted_tables
    }
    assert made == declared


async def test_a_new_database_is_made_with_its_directory_and_without_a_backup(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'deep' / 'er' / 'vedette.sqlite'}"
    assert await migrate(url) == Migrated(None, newest_revision())
    assert await migrate(url) == Migrated(newest_revision(), newest_revision())
    assert not (tmp_path / "deep" / "er" / "backups").exists()


async def test_nobody_else_reads_the_database(tmp_path: Path) -> None:
    open_to_all = tmp_path / "made by somebody"
    open_to_all.mkdir(mode=0o755)
    path = open_to_all / "vedette.sqlite"
    for _ in range(2):
        await migrate(f"sqlite+aiosqlite:///{path}")
        assert {file.stat().st_mode & 0o077 for file in open_to_all.glob("vedette.sqlite*")} == {0}
        path.chmod(0o644)  # as a version before this one, or a copy that was put back, left it


async def test_what_is_there_is_backed_up_before_it_is_changed_and_five_copies_stay(tmp_path: Path) -> None:
    path = tmp_path / "vedette.sqlite"
    clock = ManualClock()
    made = []
    for number in range(7):
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as old:
            old.execute("CREATE TABLE older (number INTEGER)")
            old.execute("INSERT INTO older VALUES (?)", (number,))
            old.commit()
        made.append((await migrate(f"sqlite+aiosqlite:///{path}", clock=clock)).backup)
        clock.advance(1)
    assert sorted((tmp_path / "backups").iterdir()) == made[2:]
    assert made[-1] is not None
    assert made[-1].name == "vedette-unversioned-20231114T221326Z.sqlite"
    with closing(sqlite3.connect(made[-1])) as copy:
        assert copy.execute("SELECT number FROM older").fetchall() == [(6,)]
        assert copy.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (1,)


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgres"])
async def test_postgresql_is_dumped_before_it_is_changed(kind: str, empty_url: str, tmp_path: Path) -> None:
    database = Database(empty_url)
    async with database.write() as session:
        await session.execute(text("CREATE TABLE older (number INTEGER)"))
    await database.aclose()
    backup = (await migrate(empty_url, backups=tmp_path / "backups")).backup
    assert backup is not None
    assert backup.suffix == ".dump"
    assert b"older" in backup.read_bytes()


async def test_a_database_of_a_newer_version_is_refused_untouched(database_url: str) -> None:
    database = Database(database_url)
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(VedetteError, match="newer") as refused:
        await migrate(database_url)
    assert refused.value.code == "database.newer"
    async with database.read() as session:
        assert await session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    await database.aclose()


async def test_a_failed_migration_leaves_the_database_as_it_was(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.write() as session:
        # In the way of one of the last tables that the migration makes.
        await session.execute(text("CREATE TABLE segment_index (number INTEGER)"))
    with pytest.raises(Exception, match="segment_index"):
        await migrate(empty_url)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == ["segment_index"]
    await database.aclose()


async def test_a_backup_that_can_not_be_made_stops_the_migration(tmp_path: Path) -> None:
    path = tmp_path / "vedette.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.execute("CREATE TABLE older (number INTEGER)")
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(VedetteError) as refused:
        await migrate(f"sqlite+aiosqlite:///{path}")
    assert refused.value.code == "backup.failed"
    with closing(sqlite3.connect(path)) as old:
        assert old.execute("SELECT name FROM sqlite_schema").fetchall() == [("older",)]


async def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    program = (
        "import asyncio, sys; from vedette.db.migrate import migrate;"
        "print(asyncio.run(migrate(sys.argv[1])).before, file=sys.stderr)"
    )
    starts = [
        asyncio.create_subprocess_exec(
            sys.executable, "-c", program, empty_url, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    processes = await asyncio.gather(*starts)
    answers = [(await process.communicate())[1].decode().strip() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sorted(answers) == sorted(["None", newest_revision(), newest_revision()])


async def test_the_lock_leaves_nothing_behind_and_is_none_on_a_file_that_was_taken_away(tmp_path: Path) -> None:
    url, lock = f"sqlite+aiosqlite:///{tmp_path / 'vedette.sqlite'}", tmp_path / "vedette.sqlite.migrating"
    lock.touch()  # of a process that was killed
    with lock.open("rb") as before:
        fcntl.flock(before, fcntl.LOCK_EX)
        waiting = asyncio.create_task(migrate(url))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        lock.unlink()
        with lock.open("wb") as next_one:  # a third process was faster, and has made a new file
            fcntl.flock(next_one, fcntl.LOCK_EX)
            fcntl.flock(before, fcntl.LOCK_UN)
            await asyncio.sleep(0.3)
            assert not waiting.done()
    assert (await waiting).after == newest_revision()
    assert not lock.exists()
