"""Brings a database to the schema of this version. Safe to call from every process at its start.

One transaction under a lock: whoever comes second waits and finds nothing to do. A failed migration leaves the database
as it was. Before anything is changed, the database is copied (`db/backup.py`).
"""

import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from vedette.core.clock import Clock, SystemClock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.db.backup import back_up, default_directory
from vedette.db.dialect import LOCK_MIGRATION, prepare_sqlite, serialise

log = get_logger("db.migrate")

SCRIPTS = Path(__file__).parent / "migrations"
_LOCK_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Migrated:
    """`before` is None for a new database; equal to `after` when nothing was to do. `backup` is the copy made first."""

    before: str | None
    after: str
    backup: Path | None = None


def newest_revision() -> str:
    """The schema that this version works with."""
    head = ScriptDirectory(str(SCRIPTS)).get_current_head()
    assert head is not None
    return head


async def migrate(url: str, *, backups: Path | None = None, clock: Clock | None = None) -> Migrated:
    """Creates or upgrades the database at `url` (SQLAlchemy, asynchronous driver).

    `backups` is the directory for the copy; by default `backups` beside an SQLite file. Without one PostgreSQL is not
    copied, with a warning. Raises VedetteError `database.newer` when a newer Vedette made the schema, and
    `backup.failed`; in both cases nothing was changed.
    """
    clock = clock or SystemClock()
    place = make_url(url)
    if place.drivername.startswith("sqlite") and place.database not in (None, "", ":memory:"):
        _keep_private(Path(str(place.database)))
    engine = create_async_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        # Rebuilding a table (the only ALTER that SQLite has for most changes) drops it first, which would cascade.
        prepare_sqlite(engine.sync_engine, cache_kib=16_384, foreign_keys=False)
    try:
        async with _exclusive(url, clock), engine.connect() as connection:
            return await _upgrade(connection, url, backups or default_directory(url), clock)
    finally:
        await engine.dispose()


def _keep_private(path: Path) -> None:
    """Makes the file, if need be, so that only its owner can read it: it holds hashes of passwords and sessions. SQLite
    gives the files beside it (`-wal`, `-shm`) the same mode, but for those that are there already."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(OSError):  # somebody else's, or nowhere: the database says that better
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            if file.exists():
                file.chmod(0o600)


async def _upgrade(connection: AsyncConnection, url: str, backups: Path | None, clock: Clock) -> Migrated:
    await connection.execution_options(vedette_write=True)
    async with connection.begin():
        await connection.run_sync(serialise, LOCK_MIGRATION)
        before, after = await connection.run_sync(current_revision), newest_revision()
        if before == after:
            return Migrated(before, after)
        _refuse_newer(before)
        filled = await connection.run_sync(lambda sync: bool(inspect(sync).get_table_names()))
        backup = await _back_up(url, backups, before or "unversioned", clock.now_ms()) if filled else None
        await connection.run_sync(_run_scripts)
        if connection.dialect.name == "sqlite":
            await _require_intact_references(connection)
    log.info("database migrated", before=before, after=after, backup=str(backup) if backup else None)
    return Migrated(before, after, backup)


async def _back_up(url: str, backups: Path | None, label: str, now_ms: int) -> Path | None:
    if backups is None:
        log.warning("database not backed up before its migration: no directory was given for it")
        return None
    return await back_up(url, backups, label, now_ms)


def current_revision(connection: Connection) -> str | None:
    """The schema that a database has; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(revision: str | None) -> None:
    known = {script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()}
    if revision is not None and revision not in known:
        raise VedetteError(
            ErrorKind.CONFLICT,
            "database.newer",
            f"The database has schema {revision}, which this version of Vedette does not know: a newer one made it. "
            "Run that version again, or restore the copy that it made in the backups directory.",
        )


def _run_scripts(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def _require_intact_references(connection: AsyncConnection) -> None:
    broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).mappings().first()
    if broken is not None:
        raise VedetteError(
            ErrorKind.DATA_LOSS,
            "database.references",
            f"Migrating was undone: a row of {broken['table']} names a row of {broken['parent']} that does not exist. "
            "Run `vedette check` with the version that made the database.",
        )


@asynccontextmanager
async def _exclusive(url: str, clock: Clock) -> AsyncIterator[None]:
    """One migrating process per SQLite file, however long the one before takes; PostgreSQL has `serialise`."""
    place = make_url(url)
    if not place.drivername.startswith("sqlite") or not place.database or place.database == ":memory:":
        yield
        return
    path = Path(f"{place.database}.migrating")
    while (descriptor := _try_lock(path)) is None:
        await clock.sleep(_LOCK_POLL_S)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()  # while it is locked: who opened it before finds out that it is gone
        os.close(descriptor)


def _try_lock(path: Path) -> int | None:
    """The descriptor of the locked file, None while another process has it. A lock on a file that the one before has
    taken away protects from nobody: whoever comes next makes a new one."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None
