"""`vedette reindex`: rebuilds the index from the files alone. The database is copied before."""

import argparse
import sys
from pathlib import Path

from vedette.audit.log import Entry, record
from vedette.cli.common import operator, prepare_data, run_async, settings_from
from vedette.cli.program import command
from vedette.cli.remains import ONLY_IN_DATABASE, best_copy, has_accounts, put_back
from vedette.core.clock import SystemClock
from vedette.core.errors import not_found
from vedette.core.lifecycle import not_running
from vedette.core.logs import configure
from vedette.core.words import count
from vedette.db.backup import back_up
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.identity import users_repository as users
from vedette.recordings.findings import Progress
from vedette.recordings.reindex import Reindexed, reindex
from vedette.settings import Settings
from vedette.storage.s3.buckets import Buckets
from vedette.storage.service import VolumeService
from vedette.storage.volumes import marked
from vedette.vault import open_vault

_RESTORED = {
    "enabled": "was restored from the copy of its settings, as it was.",
    "disabled": "was restored from the copy of its settings, disabled.",
    "removed": "had been removed and stays so. The footage that is left of it is in the index again, until its limits.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--volume",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="a volume that the database has lost, or knows elsewhere",
    )
    parser.add_argument("--no-hash", action="store_true", help="do not read files whole; the worker hashes them later")


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("reindex", level=settings.log_level if arguments.log_level else "error", lines=settings.log_format)
    if not arguments.volume and not settings.data.is_dir():
        # The database may be lost, but not the directory too without a word about where the footage is.
        raise not_found("settings.data", f"The data directory {settings.data.resolve()} does not exist. See --data.")
    prepare_data(settings)
    with not_running(settings.run_dir, "vedette reindex"):
        return run_async(_reindex(settings, arguments.volume, hashed=not arguments.no_hash))


async def _reindex(settings: Settings, more: list[Path], *, hashed: bool) -> int:
    url, clock = settings.sqlalchemy_url, SystemClock()
    before = (await migrate(url, backups=settings.backups)).before
    copy = await back_up(url, settings.backups, "reindex", clock.now_ms()) if before is not None else None
    if copy is not None:
        print(f"The database was copied to {copy}.")
    database = Database(url)
    try:
        volumes = VolumeService(database, clock)
        for location in (*more, *([settings.default_volume] if marked(settings.default_volume) else ())):
            await volumes.adopt(location, operator())
        if not await volumes.every():
            raise not_found("volume.none", f"No volume is known, nor in {settings.data}. Give its place: --volume DIR")
        buckets = Buckets(database, clock, open_vault(settings)) if await volumes.buckets() else None
        async for item in reindex(database, clock, hashed=hashed, buckets=buckets):
            if isinstance(item, Progress):
                _show(f"{item.done} of {item.total} days, {item.what}")
            else:
                _show("")
                told = {"files": item.files, "added": item.added, "changed": item.changed, "removed": item.removed,
                        "cameras": [*(camera.slug for camera in item.restored), *item.cameras]}  # fmt: skip
                async with database.write() as session:
                    entry = Entry("index.reindex", object_kind="index", after=told)
                    await record(session, clock.now_ms(), operator(), entry)
                async with database.read() as session:
                    forgotten = await users.count(session) == 0
                code = _report(item)
                if forgotten:
                    print(_what_is_gone(settings))
                return code
    finally:
        await database.aclose()
    return 1


def _report(done: Reindexed) -> int:
    print(
        f"{count(done.files, 'file')}: {done.added} added, {done.changed} changed,"
        f" {count(done.removed, 'row')} without a file removed."
    )
    if done.empty:
        print(f"{count(done.empty, 'file')} without footage; `vedette check --repair` deletes what is empty.")
    for camera in done.restored:
        state = _RESTORED["removed" if camera.removed else "enabled" if camera.enabled else "disabled"]
        print(f"Camera {camera.name} ({camera.slug}) {state}")
        for sentence in camera.lacks:
            print(f"  {sentence}")
    for slug in done.cameras:
        print(f"Camera {slug} was made from its footage, disabled. Enter its address and enable it.")
    for path, reason in done.unreadable:
        print(f"Not read: {path}: {reason}")
    return 1 if done.unreadable else 0


def _what_is_gone(settings: Settings) -> str:
    """What to do about what no file on a volume holds."""
    create = command(settings, "user", "create", "NAME", "--role", "admin")
    gone = f"\nThis database has no accounts. No file on a volume holds {ONLY_IN_DATABASE}.\n"
    copy = best_copy(settings.backups) if settings.database_url is None else None
    if copy is not None and has_accounts(copy):
        gone += (
            "  A copy of the database has them as they were then. Put it back and reindex once more:\n"
            f"{put_back(settings, copy)}\n      {command(settings, 'reindex')}\n  Or begin"
        )
    else:
        gone += "  Begin"
    return f"{gone} them again with the first administrator (or start the server, which asks for one):\n      {create}"


def _show(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
