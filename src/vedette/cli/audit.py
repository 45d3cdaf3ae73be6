"""`vedette audit verify`: whether the audit log is what was written, exit code 1 when it is not. `vedette audit
report`: what happened in a period."""

import argparse
import json
from datetime import datetime

from vedette.audit.chain import verify
from vedette.audit.log import record
from vedette.audit.periods import DAY_MS, period, zone_of
from vedette.audit.report import made_report, report
from vedette.audit.schemas import AuditReport
from vedette.cli.audit_report import lines
from vedette.cli.common import existing_installation, operator, run_async, settings_from
from vedette.cli.options import add_common
from vedette.core.clock import SystemClock
from vedette.core.errors import invalid
from vedette.core.logs import configure
from vedette.core.words import count
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.http.instants import format_instant, parse_instant
from vedette.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    verifying = actions.add_parser("verify", help="read the whole log and name the first entry that is not right")
    verifying.add_argument("--hash", default=None, help="one that was noted before: it must still be in the log")
    verifying.add_argument("--json", action="store_true", help="one JSON object, for scripts")
    add_common(verifying)
    reporting = actions.add_parser("report", help="sign-ins, who watched what, changes of permissions, deletions")
    when = reporting.add_mutually_exclusive_group()
    when.add_argument("--month", help="as 2026-11; without any of these it is the present month")
    when.add_argument("--days", type=int, help="the last so many days")
    when.add_argument("--from", dest="since", metavar="TIME", help="as 2026-11-21T14:05:12+01:00")
    reporting.add_argument("--to", dest="until", metavar="TIME", help="with --from; by default now")
    reporting.add_argument("--timezone", default="UTC", help="of months and of times, as Europe/Vienna (default: UTC)")
    reporting.add_argument("--json", action="store_true", help="one JSON object, as the API gives it")
    add_common(reporting)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("audit", level=settings.log_level if arguments.log_level else "error", lines=settings.log_format)
    existing_installation(settings)
    if arguments.action == "report":
        return run_async(_report(settings, arguments))
    known: str | None = arguments.hash
    if known is not None and (len(known) != 64 or set(known) - set("0123456789abcdef")):
        raise invalid("audit.hash", "A hash has 64 characters of 0-9 and a-f.", field="hash")
    return run_async(_verify(settings, known, as_json=arguments.json))


async def _report(settings: Settings, arguments: argparse.Namespace) -> int:
    now_ms = SystemClock().now_ms()
    month, span = wanted_period(arguments, now_ms)
    await migrate(settings.sqlalchemy_url, backups=settings.backups)
    database = Database(settings.sqlalchemy_url, pool_size=1)
    try:
        async with database.write() as session:
            await record(session, now_ms, operator(), made_report(span, month, arguments.timezone))
        async with database.read() as session:
            found = AuditReport.of(await report(session, *span, now_ms), span, month, arguments.timezone)
    finally:
        await database.aclose()
    print(found.model_dump_json() if arguments.json else "\n".join(lines(found)))
    return 0


def wanted_period(arguments: argparse.Namespace, now_ms: int) -> tuple[str | None, tuple[int, int]]:
    """The month, where it is one, and the period in milliseconds. Raises VedetteError as `periods.period`."""
    timezone: str = arguments.timezone
    if arguments.days is not None and arguments.days < 1:
        raise invalid("audit.days", "Give at least one day.", field="days")
    if arguments.until is not None and arguments.since is None:
        raise invalid("audit.period", "--to goes with --from.", field="to")
    month: str | None = arguments.month
    since_ms = _instant("from", arguments.since)
    if arguments.days is not None:
        since_ms = now_ms - arguments.days * DAY_MS
    if month is None and since_ms is None:
        month = f"{datetime.fromtimestamp(now_ms / 1000, zone_of(timezone)):%Y-%m}"
    return month, period(month, since_ms, _instant("to", arguments.until), timezone, now_ms)


def _instant(field: str, text: str | None) -> int | None:
    try:
        return None if text is None else parse_instant(text)
    except ValueError as error:
        raise invalid("audit.period", f"--{field} {error}.", field=field) from error


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
