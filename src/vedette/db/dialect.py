"""Everything that SQLite and PostgreSQL do not share lives here (backups apart: `db/backup.py`)."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

if TYPE_CHECKING:
    from vedette.db.session import Database

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA busy_timeout=10000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA journal_size_limit=67108864",
)

# Advisory locks of PostgreSQL: one name space for the whole database, so the numbers are ours by these upper bits.
LOCK_MIGRATION = 0x5EDE_77E0_0000_0001
LOCK_OUTBOX = 0x5EDE_77E0_0000_0002
LOCK_HOLDS = 0x5EDE_77E0_0000_0003
LOCK_AUDIT = 0x5EDE_77E0_0000_0004
LOCK_REQUEST_COUNTS = 0x5EDE_77E0_0000_0005
LOCK_ACCOUNTS = 0x5EDE_77E0_0000_0006
LOCK_SIGNING = 0x5EDE_77E0_0000_0007

READ_OPTIONS: dict[str, dict[str, Any]] = {
    # WAL gives every SQLite reader a snapshot. PostgreSQL's default, READ COMMITTED, gives one per statement: a listing
    # and its totals could disagree.
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


def prepare_sqlite(engine: Engine, cache_kib: int, *, foreign_keys: bool = True) -> None:
    """Pragmas on every connection, and BEGIN IMMEDIATE for units that write.

    With a deferred BEGIN, 50-77 % of read-then-write transactions from several processes fail with "database is locked"
    whatever the busy timeout says.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        # The driver's own transaction handling is switched off; `begin` below says which kind it is.
        connection.isolation_level = None
        cursor = connection.cursor()
        enforce = f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}"
        for pragma in (*_SQLITE_PRAGMAS, enforce, f"PRAGMA cache_size=-{cache_kib}"):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("vedette_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def upsert(session: AsyncSession, table: type[DeclarativeBase]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows `on_conflict_do_update` and `on_conflict_do_nothing`; both databases spell them alike."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


async def optimise(database: "Database") -> None:
    """Refreshes what the query planner knows. PostgreSQL's autovacuum does it by itself."""
    if database.dialect == "sqlite":
        async with database.write() as session:
            await session.execute(text("PRAGMA optimize"))


async def lock_table(session: AsyncSession, table: type[DeclarativeBase]) -> None:
    """Keeps others from changing the table until the transaction ends. SQLite has one writer as it is."""
    if session.get_bind().dialect.name == "postgresql":
        name = session.get_bind().dialect.identifier_preparer.quote(table.__tablename__)
        await session.execute(text(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE"))


def serialise(connection: Connection, lock: int) -> None:
    """Makes the transaction wait for others that hold `lock` until they end. SQLite has one writer as it is."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock})
