"""The installation's database for a command. Apart from `common`: the recorder starts without what migrations need."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from vedette.cli.common import existing_installation, prepare_data
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.settings import Settings


@asynccontextmanager
async def opened(settings: Settings, *, new: bool = False) -> AsyncIterator[Database]:
    """The installation's database at this version's schema. `new` makes the installation where there is none yet."""
    if new:
        prepare_data(settings)
    else:
        existing_installation(settings)
    await migrate(settings.sqlalchemy_url, backups=settings.backups)
    database = Database(settings.sqlalchemy_url, pool_size=1)
    try:
        yield database
    finally:
        await database.aclose()
