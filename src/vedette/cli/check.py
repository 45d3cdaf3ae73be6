"""`vedette check`: finds and explains every disagreement between the index and the files. Exit code 1 with findings
that are left; notes, such as files that are not Vedette's, are told and are none."""

import argparse
import json
import sys

from vedette.audit.log import Entry, record
from vedette.cli.common import existing_installation, operator, run_async, settings_from
from vedette.core.clock import SystemClock
from vedette.core.logs import configure
from vedette.core.words import count
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.recordings.check import check
from vedette.recordings.findings import Finding, Progress
from vedette.settings import Settings
from vedette.storage.s3.buckets import Buckets
from vedette.vault import open_vault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repair", action="store_true", help="mend what can be mended without losing anything")
    parser.add_argument("--verify", action="store_true", help="read every file whole and compare its hash (slow)")
    parser.add_argument("--json", action="store_true", help="one JSON object per finding and line, for scripts")


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("check", level=settings.log_level if arguments.log_level else "error", lines=settings.log_format)
    existing_installation(settings)
    return run_async(_check(settings, repair=arguments.repair, verify=arguments.verify, as_json=arguments.json))


async def _check(settings: Settings, *, repair: bool, verify: bool, as_json: bool) -> int:
    await migrate(settings.sqlalchemy_url, backups=settings.backups)
    database = Database(settings.sqlalchemy_url)
    clock = SystemClock()
    buckets = Buckets(database, clock, open_vault(settings))
    left = mended = notes = files = 0
    try:
        async for item in check(database, clock, repair=repair, verify=verify, buckets=buckets):
            if isinstance(item, Progress):
                files = item.done
                _show(item)
                continue
            print(_line(item) if as_json else _text(item), flush=True)
            mended += item.repaired
            notes += item.note
            left += not item.repaired and not item.note
        told = {"files": files, "findings": left + mended, "mended": mended, "notes": notes, "verify": verify}
        async with database.write() as session:
            entry = Entry("index.repair" if repair else "index.check", object_kind="index", after=told)
            await record(session, SystemClock().now_ms(), operator(), entry)
    finally:
        await database.aclose()
        _show(None)
    if not as_json:
        more = f", {count(notes, 'note')}" if notes else ""
        print(f"{count(files, 'file')} looked at, {count(left + mended, 'finding')}, {mended} mended{more}.")
    return 1 if left else 0


def _text(finding: Finding) -> str:
    state = " ".join(filter(None, ("mended.", finding.lost))) if finding.repaired else finding.remedy
    kind = " (a note)" if finding.note else ""
    return f"{finding.code}{kind}: {finding.thing}\n    {finding.explanation}\n    {state}"


def _line(finding: Finding) -> str:
    fields = {"code": finding.code, "thing": finding.thing, "explanation": finding.explanation}
    fields["remedy"] = finding.remedy
    return json.dumps({**fields, "note": finding.note, "repaired": finding.repaired, "lost": finding.lost})


def _show(progress: Progress | None) -> None:
    """A line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        text = f"{progress.done} of {progress.total} files, {progress.what}" if progress else ""
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
