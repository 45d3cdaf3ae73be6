"""`vedette audit verify`: whether the audit log is what was written. Exit code 1 when it is not."""

import argparse
import json

from vedette.audit.chain import verify
from vedette.cli.common import existing_installation, run_async, settings_from
from vedette.cli.options import add_common
from vedette.core.errors import invalid
from vedette.core.logs import configure
from vedette.core.words import count
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.http.instants import format_instant
from vedette.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    verifying = actions.add_parser("verify", help="read the whole log and name the first entry that is not right")
    verifying.add_argument("--hash", default=None, help="one that was noted before: it must still be in the log")
    verifying.add_argument("--json", action="store_true", help="one JSON object, for scripts")
    add_common(verifying)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("audit", level=settings.log_level if arguments.log_level else "error", lines=settings.log_format)
    existing_installation(settings)
    known: str | None = arguments.hash
    if known is not None and (len(known) != 64 or set(known) - set("0123456789abcdef")):
        raise invalid("audit.hash", "A hash has 64 characters of 0-9 and a-f.", field="hash")
    return run_async(_verify(settings, known, as_json=arguments.json))


async def _verify(settings: Settings, known: str | None, *, as_json: bool) -> int:
    await migrate(settings.sqlalchemy_url, backups=settings.backups)
    database = Database(settings.sqlalchemy_url, pool_size=1)
    try:
        async with database.read() as session:
            found = await verify(session, known)
    finally:
        await database.aclose()
    at = None if found.at_ms is None else format_instant(found.at_ms)
    if as_json:
        told = {"intact": found.problem is None, "entries": found.entries, "hash": found.hash}
        print(
            json.dumps(
                {**told, "problem": found.problem, "explanation": found.explanation}
                | {"row_id": found.row_id, "row_at": at}
            )
        )
    elif found.problem is None:
        print(f"{count(found.entries, 'entry', 'entries')}, intact. The newest has the hash\n{found.hash}")
    else:
        print(f"{found.problem}: {found.explanation}" + (f"\n    {at}" if at else ""))
        print(f"    The {found.entries} entries before are as they were written.")
    return 0 if found.problem is None else 1
