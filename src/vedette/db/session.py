"""Engines and units of work for both databases.

A unit of work is one transaction. `write()` begins with BEGIN IMMEDIATE on SQLite: with a deferred BEGIN, 50-77 % of
read-then-write transactions from several processes fail with "database is locked" whatever the busy timeout says.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA journal_size_limit=67108864",
)


class Database:
    """One process's connection pool. Close it with `aclose()`."""

    def __init__(self, url: str, *, cache_kib: int = 16_384, pool_size: int = 5) -> None:
        options: dict[str, Any] = {"pool_size": pool_size, "max_overflow": 5}
        self.engine: AsyncEngine = create_async_engine(url, **options)
        self.dialect: str = self.engine.dialect.name
        if self.dialect == "sqlite":
            _prepare_sqlite(self.engine.sync_engine, cache_kib)

    async def aclose(self) -> None:
        """Closes every connection."""
        await self.engine.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session for reading: a consistent snapshot, nothing is committed."""
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session whose changes are committed at the end, or rolled back when the block raises."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            await session.connection(execution_options={"vedette_write": True})
            async with _commit(session):
                yield session


@asynccontextmanager
async def _commit(session: AsyncSession) -> AsyncIterator[None]:
    try:
        yield
    except BaseException:
        await session.rollback()
        raise
    await session.commit()


def _prepare_sqlite(engine: Engine, cache_kib: int) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        # The driver's own transaction handling is switched off; `begin` below says which kind it is.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, f"PRAGMA cache_size=-{cache_kib}"):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("vedette_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
