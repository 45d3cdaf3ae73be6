"""`python -m tests.support.new_migration "what changes"`: writes the next migration from the difference between the
tables and the migrations so far. Read it before you commit it: Alembic sees no renames, data or CHECK constraints."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from tests.support.schema import metadata
from vedette.db.base import BigId, Id
from vedette.db.migrate import SCRIPTS, migrate


def _render(kind: str, thing: object, _context: AutogenContext) -> str | Literal[False]:
    if kind == "type" and isinstance(thing, Id):
        return "Id()"
    return "BigId" if kind == "type" and thing is BigId else False


def _write(connection: Connection, message: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    config.attributes.update(connection=connection, metadata=metadata(), render_item=_render)
    number = 1 + sum(1 for _ in (SCRIPTS / "versions").glob("v*.py"))
    command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")


async def _main(message: str) -> None:
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite+aiosqlite:///{Path(directory) / 'empty.sqlite'}"
        if any((SCRIPTS / "versions").glob("v*.py")):
            await migrate(url)
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            await connection.run_sync(_write, message)
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
