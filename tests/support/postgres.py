"""A real PostgreSQL for the tests: one server per test process, on a Unix socket in a directory of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_OPTIONS = (
    "listen_addresses=''",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "shared_buffers=32MB",
)


def programs() -> Path | None:
    """The directory of `initdb` and `postgres`, the newest version where there are several."""
    found = shutil.which("initdb")
    candidates = (
        [Path(found).resolve()] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    )
    return candidates[0].parent if candidates else None


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server. `directory` holds its data and its socket."""

    bin: Path
    directory: Path

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one database."""
        return f"postgresql+asyncpg://vedette@/{database}?host={self.directory}"

    def execute(self, statement: str) -> None:
        """Runs one statement outside a transaction, as CREATE DATABASE needs."""
        command = [
            str(self.bin / "psql"),
            "-h",
            str(self.directory),
            "-U",
            "vedette",
            "-d",
            "postgres",
            "-q",
            "-c",
            statement,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=60)


def _as_owner(command: list[str]) -> None:
    """Runs one of PostgreSQL's programs, as the user `postgres` where we are root: initdb and postgres refuse root."""
    root = os.geteuid() == 0
    who = pwd.getpwnam("postgres") if root else None
    result = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd="/",
        user=who.pw_uid if who else None,
        group=who.pw_gid if who else None,
        extra_groups=[] if who else None,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    )
    if result.returncode:
        raise RuntimeError(f"{command[0]} failed: {result.stdout[-1000:]}{result.stderr[-1000:]}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server. Tests that use it carry the `postgres` marker."""
    programs_dir = programs()
    assert programs_dir is not None, "the postgres marker skips tests where PostgreSQL is missing"
    with running_server(programs_dir) as server:
        yield server


@contextmanager
def running_server(programs_dir: Path) -> Iterator[PostgresServer]:
    """A new server in a directory of its own, stopped and deleted at the end."""
    # Not below pytest's own directory: a socket's path may have 107 characters, and its user must get to it.
    directory = Path(tempfile.mkdtemp(prefix="vedette-pg-", dir="/tmp"))
    data = directory / "data"
    if os.geteuid() == 0:
        shutil.chown(directory, "postgres")
    # The socket is for whoever runs the tests, who may be another user than the server's.
    directory.chmod(0o711)
    log = directory / "log"
    options = " ".join(f"-c {option}" for option in (*_OPTIONS, f"unix_socket_directories={directory}"))
    try:
        _as_owner(
            [str(programs_dir / "initdb"), "-D", str(data), "-A", "trust", "-U", "vedette", "--no-sync", "-E", "UTF8"]
        )
        control = [str(programs_dir / "pg_ctl"), "-D", str(data), "-l", str(log), "-w", "-t", "60"]
        _as_owner([*control, "-o", options, "start"])
        try:
            yield PostgresServer(programs_dir, directory)
        finally:
            _as_owner([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(directory, ignore_errors=True)
