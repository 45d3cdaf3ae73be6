"""The installation's database for a command. Apart from `common`: the recorder starts without what migrations need."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from vedette.cli.common import existing_installation
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.settings import Settings


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The installation's database at this version's schema. Raises VedetteError `settings.data` where there is none."""
    existing_installation(settings)
    await migrate(settings.sqlalchemy_url, backups=settings.backups)
    database = Database(settings.sqlalchemy_url, pool_size=1)
    try:
        yield database
    finally:
        await database.aclose()
