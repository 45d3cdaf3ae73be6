"""Migrated, empty databases. A test that takes `database` runs once on SQLite and once on PostgreSQL.

    async def test_something(database: Database) -> None:
        async with database.write() as session: ...

`database_url` gives only the URL (for processes), `sqlite_database` is for tests that are about SQLite or do not care.
"""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.postgres import PostgresServer
from vedette.db.migrate import migrate
from vedette.db.session import Database

_numbers = itertools.count()

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied: a test starts in a millisecond instead of a hundred."""
    path = tmp_path_factory.mktemp("template") / "vedette.sqlite"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of a migrated PostgreSQL database, to be cloned."""
    postgres_server.execute("CREATE DATABASE template_vedette")
    asyncio.run(migrate(postgres_server.url("template_vedette")))
    return "template_vedette"


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> Iterator[str]:
    """The URL of a database without any table."""
    yield from _url(request, tmp_path, kind, migrated=False)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> Iterator[str]:
    """The URL of a migrated, empty database."""
    yield from _url(request, tmp_path, kind, migrated=True)


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgres`: every test that uses a database of this module runs with both."""
    name: str = request.param
    return name


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    database = Database(database_url)
    yield database
    await database.aclose()


@pytest.fixture
async def sqlite_database(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Database]:
    """A migrated, empty SQLite database only."""
    shutil.copy(sqlite_template, tmp_path / "vedette.sqlite")
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'vedette.sqlite'}")
    yield database
    await database.aclose()


def _url(request: pytest.FixtureRequest, tmp_path: Path, kind: str, *, migrated: bool) -> Iterator[str]:
    if kind == "sqlite":
        path = tmp_path / "vedette.sqlite"
        if migrated:
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite+aiosqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template") if migrated else "template0"
    name = f"test_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
