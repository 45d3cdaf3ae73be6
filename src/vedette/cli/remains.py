"""What is left of an installation whose database is gone, and the way back. Only looks.

Without a look a lost database is taken for a directory that never held an installation, and the advice for that would
begin one anew on top of the footage.
"""

import shlex
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from vedette.cli.program import command
from vedette.settings import Settings

# What a database holds that no file on a volume does, as people know it.
ONLY_IN_DATABASE = (
    "accounts, groups, roles and grants, API tokens, share links, zones, holds, the audit log, and the settings of "
    "the pages"
)


@dataclass(frozen=True, slots=True)
class Remains:
    """`footage` is the volume in the data directory; `copy` the newest copy of the database that has accounts in it,
    else the newest one. Each is None where there is none."""

    footage: Path | None
    key: Path | None
    copy: Path | None

    @property
    def of_a_lost_one(self) -> bool:
        """Whether there was a database for sure. A key alone may have been laid there for the first start."""
        return self.footage is not None or self.copy is not None


def remains(settings: Settings) -> Remains | None:
    """What lies in the data directory of an SQLite database that is not there; None where it is, or nothing does."""
    if settings.database_url is not None or (settings.data / "vedette.sqlite").is_file():
        return None
    from vedette.storage.volumes import marked  # see cli.main: only who has lost a database pays for it

    found = Remains(
        footage=settings.default_volume if marked(settings.default_volume) else None,
        key=settings.key_file if settings.key_file.is_file() else None,
        copy=best_copy(settings.backups),
    )
    return found if found.footage or found.key or found.copy else None


def best_copy(directory: Path) -> Path | None:
    """The newest copy of an SQLite database with accounts in it, else the newest one. A database that was begun anew,
    or rebuilt, is copied as well, and would hide the one that people want."""
    from vedette.db.backup import sqlite_copies

    copies = sqlite_copies(directory)
    return next((path for path in copies if has_accounts(path)), copies[0] if copies else None)


def has_accounts(path: Path) -> bool:
    """Whether a copy of an SQLite database has any; damaged ones have none."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            return database.execute("SELECT 1 FROM user_account LIMIT 1").fetchone() is not None
    except sqlite3.Error:  # damaged, or of a version before there were accounts
        return False


def told(settings: Settings, found: Remains) -> str:
    """What is gone, what is there and how to come back, in several lines."""
    things = {"footage": found.footage, "a key (secret.key)": found.key, "copies of the database": found.copy}
    there = [name for name, path in things.items() if path is not None]
    listed = " and ".join(filter(None, (", ".join(there[:-1]), there[-1])))
    missing = f"There is no database (vedette.sqlite) in {settings.data.resolve()}, but {listed}: "
    if found.of_a_lost_one:
        return f"{missing}an installation was there and has lost it.\n{way_back(settings, found)}"
    return (
        f"{missing}if an installation was there, it has lost its database.\n{way_back(settings, found)}\n"
        f"  If there was none, make one: {command(settings, 'serve')}"
    )


def way_back(settings: Settings, found: Remains) -> str:
    """The commands that bring back what can be; several lines, the last one without an end."""
    volume = () if found.footage else ("--volume", "DIR")
    where = "" if found.footage else " (DIR: where the footage is)"
    reindex = f"      {command(settings, 'reindex', *volume)}"
    if found.copy is None:
        return (
            f"  With no server running, rebuild it from the footage{where}. That brings back footage and cameras, "
            f"not {ONLY_IN_DATABASE}:\n{reindex}"
        )
    return (
        f"  With no server running, put the newest copy back, then add the footage since{where}:\n"
        f"{put_back(settings, found.copy)}\n{reindex}\n"
        f"  The second command alone brings back footage and cameras, not {ONLY_IN_DATABASE}."
    )


def put_back(settings: Settings, copy: Path) -> str:
    """The command that makes a copy the database. What SQLite left beside the old one must go: it would be taken for
    the copy's own and damage it."""
    database = settings.data.resolve() / "vedette.sqlite"
    beside = shlex.join([f"{database}-wal", f"{database}-shm"])
    return f"      rm -f {beside} && {shlex.join(['cp', '-p', str(copy.resolve()), str(database)])}"
