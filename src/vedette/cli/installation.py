"""The installation's database for a command. Apart from `common`: the recorder starts without what migrations need."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from vedette.cli.common import existing_installation, missing_installation, prepare_data
from vedette.cli.remains import remains, told
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.settings import Settings


@asynccontextmanager
async def opened(settings: Settings, *, new: bool = False) -> AsyncIterator[Database]:
    """The installation's database at this version's schema. Where there is none: `new` makes it and says so, without it
    raises VedetteError `settings.data`."""
    if not new:
        existing_installation(settings)
    elif missing_installation(settings):
        if (left := remains(settings)) and left.of_a_lost_one:
            print(told(settings, left), file=sys.stderr)
        prepare_data(settings)
        print(f"Made a new installation in {settings.data.resolve()}.", file=sys.stderr)
    await migrate(settings.sqlalchemy_url, backups=settings.backups)
    database = Database(settings.sqlalchemy_url, pool_size=1)
    try:
        yield database
    finally:
        await database.aclose()
