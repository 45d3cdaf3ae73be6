"""Engines and units of work for both databases.

A unit of work is one transaction. `write()` takes SQLite's write lock at once (see `db/dialect.py`), so that a unit
that reads before it writes never fails half-way.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from vedette.db.dialect import READ_OPTIONS, prepare_sqlite, serialise


class Database:
    """One process's connection pool. Close it with `aclose()`."""

    def __init__(self, url: str, *, cache_kib: int = 16_384, pool_size: int = 5) -> None:
        options: dict[str, Any] = {"pool_size": pool_size, "max_overflow": 5}
        self.engine: AsyncEngine = create_async_engine(url, **options)
        self.dialect: str = self.engine.dialect.name
        if self.dialect == "sqlite":
            prepare_sqlite(self.engine.sync_engine, cache_kib)

    async def aclose(self) -> None:
        """Closes every connection."""
        await self.engine.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session for reading: a consistent snapshot, nothing is committed."""
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            if options := READ_OPTIONS.get(self.dialect):
                await session.connection(execution_options=options)
            yield session

    @asynccontextmanager
    async def write(self, lock: int | None = None) -> AsyncIterator[AsyncSession]:
        """A session whose changes are committed at the end, or rolled back when the block raises.

        `lock`, one of `db.dialect`, is waited for before anything else: units that lock several rows each, in whatever
        order, then can't wait for one another.
        """
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            connection = await session.connection(execution_options={"vedette_write": True})
            async with _commit(session):
                if lock is not None:
                    await connection.run_sync(serialise, lock)
                yield session


@asynccontextmanager
async def _commit(session: AsyncSession) -> AsyncIterator[None]:
    try:
        yield
    except BaseException:
        await session.rollback()
        raise
    await session.commit()
