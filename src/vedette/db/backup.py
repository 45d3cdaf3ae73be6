"""Copies of the database: before every migration that changes something, and daily by the worker.

SQLite is copied with its online backup, which is consistent while other processes write. PostgreSQL is dumped with
`pg_dump` where that program is installed; the operator of a server has backups of their own, so its absence is a
warning and not a refusal.
"""

import asyncio
import os
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, make_url

from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.core.words import sentences

log = get_logger("db.backup")

KEEP = 5
_PAGES_PER_STEP = 4096
_STAMP = "%Y%m%dT%H%M%SZ"


def default_directory(url: str) -> Path | None:
    """`backups` beside an SQLite file; None for a database that is not one."""
    place = make_url(url)
    if not place.drivername.startswith("sqlite") or not place.database or place.database == ":memory:":
        return None
    return Path(place.database).parent / "backups"


async def back_up(url: str, directory: Path, label: str, now_ms: int) -> Path | None:
    """Copies the database to `vedette-{label}-{utc}.sqlite` (or `.dump`) in `directory`, where the last `KEEP` stay.

    Returns the file, None when there is no program that could make it.

    Raises VedetteError `backup.failed`; a half-written copy is not left behind.
    """
    place = make_url(url)
    stamp = datetime.fromtimestamp(now_ms / 1000, UTC).strftime(_STAMP)
    sqlite = place.drivername.startswith("sqlite")
    target = directory / f"vedette-{label}-{stamp}.{'sqlite' if sqlite else 'dump'}"
    partial = target.with_name(target.name + ".partial")
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sqlite:
            await asyncio.to_thread(_copy_sqlite, str(place.database), partial)
        elif not await _dump_postgres(place, partial):
            return None
        partial.chmod(0o600)
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        if directory.is_dir():
            partial.unlink(missing_ok=True)
        raise VedetteError(
            ErrorKind.UNAVAILABLE,
            "backup.failed",
            sentences(
                f"The database could not be backed up to {target}: {error}", "Make room there, or make it writable"
            ),
        ) from error
    _keep_newest(directory)
    return target


def newest_ms(directory: Path, label: str) -> int | None:
    """When the newest copy with this label was made; None without one."""
    stamps = [path.stem.rpartition("-")[2] for path in directory.glob(f"vedette-{label}-*") if _is_copy(path)]
    if not stamps:
        return None
    return round(datetime.strptime(max(stamps), _STAMP).replace(tzinfo=UTC).timestamp() * 1000)


def sqlite_copies(directory: Path) -> list[Path]:
    """The copies of an SQLite database, whatever their label, the newest first."""
    found = [path for path in directory.glob("vedette-*.sqlite") if _is_copy(path)]
    return sorted(found, key=lambda path: path.stem.rpartition("-")[2], reverse=True)


def _is_copy(path: Path) -> bool:
    return re.search(r"-\d{8}T\d{6}Z\.(sqlite|dump)$", path.name) is not None


def _copy_sqlite(database: str, target: Path) -> None:
    with closing(sqlite3.connect(database, timeout=10)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=_PAGES_PER_STEP)
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


async def _dump_postgres(place: URL, target: Path) -> bool:
    program = shutil.which("pg_dump") or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"), reverse=True)), None
    )
    if program is None:
        log.warning("database not backed up: pg_dump is not installed", remedy="install the PostgreSQL client programs")
        return False
    host = place.host or place.query.get("host") or ""
    environment = {
        **os.environ,
        "PGHOST": host if isinstance(host, str) else host[0],
        "PGPORT": str(place.port or place.query.get("port") or 5432),
        "PGUSER": place.username or "",
        "PGPASSWORD": str(place.password or ""),
        "PGDATABASE": place.database or "",
    }
    process = await asyncio.create_subprocess_exec(
        program,
        "--format=custom",
        "--no-password",
        f"--file={target}",
        env={key: value for key, value in environment.items() if value or not key.startswith("PG")},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaint = await process.communicate()
    if process.returncode:
        raise OSError(f"pg_dump ended with {process.returncode}: {complaint.decode(errors='replace').strip()[-500:]}")
    return True


def _keep_newest(directory: Path) -> None:
    """Deletes all but the newest `KEEP` copies. Daily ones are counted apart: a week of them must not push out the one
    from before the last upgrade."""
    families: dict[bool, list[Path]] = {}
    for path in directory.glob("vedette-*-*"):
        if _is_copy(path):
            families.setdefault(path.name.startswith("vedette-daily-"), []).append(path)
    for copies in families.values():
        copies.sort(key=lambda path: path.stem.rpartition("-")[2], reverse=True)
        for old in copies[KEEP:]:
            old.unlink(missing_ok=True)
