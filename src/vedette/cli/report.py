"""`vedette report coverage|verify|keys`: how much of a month is recorded, as a signed file, and whether a file is one.

vedette report coverage --month 2026-10 --out october.pdf
vedette report verify october.pdf                      # exit code 1 where it is not what was signed
vedette report verify october.pdf --keys keys.json     # elsewhere, with the public keys of the installation
"""

import argparse
import asyncio
import json
import sys
from datetime import datetime
from importlib import metadata
from pathlib import Path

import orjson

from vedette.audit.log import record
from vedette.cli.common import operator, run_async, settings_from
from vedette.cli.installation import opened
from vedette.cli.options import add_common
from vedette.core.clock import SystemClock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.logs import configure
from vedette.db.session import Database
from vedette.events import site
from vedette.recordings.days import zone
from vedette.recordings.report.document import Maker, content, signed
from vedette.recordings.report.judge import Verdict, judged
from vedette.recordings.report.pdf import signed_pdf
from vedette.recordings.report.router import made_entry
from vedette.recordings.report.service import ReportService
from vedette.recordings.report.table import as_csv
from vedette.recordings.service import RecordingService
from vedette.settings import Settings
from vedette.signing.jws import decode, public_jwk, thumbprint
from vedette.signing.service import SigningKeys
from vedette.vault import open_vault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    coverage = actions.add_parser("coverage", help="how much of a month is recorded, by camera and day")
    coverage.add_argument("--month", help="as 2026-11; by default the present one")
    coverage.add_argument("--timezone", help="whose days count, as Europe/Vienna; by default the site's")
    coverage.add_argument("--format", choices=("pdf", "json", "csv"), help="by default as FILE ends, else json")
    coverage.add_argument("--out", type=Path, metavar="FILE", help="where to; by default standard output")
    verify = actions.add_parser("verify", help="whether a report is what was signed; exit code 1 when it is not")
    verify.add_argument("file", type=Path, metavar="FILE", help="a PDF or JSON report")
    verify.add_argument(
        "--keys", type=Path, help="public keys to judge by, as `keys` prints them; by default one's own"
    )
    verify.add_argument("--json", action="store_true", help="one JSON object, for scripts")
    keys = actions.add_parser("keys", help="print the public keys that reports are signed with")
    for action in (coverage, verify, keys):
        add_common(action)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("report", level=settings.log_level if arguments.log_level else "error", lines=settings.log_format)
    if arguments.action == "coverage":
        return run_async(_coverage(settings, arguments))
    if arguments.action == "keys":
        return run_async(_keys(settings))
    return run_async(_verify(settings, arguments))


async def _coverage(settings: Settings, arguments: argparse.Namespace) -> int:
    out: Path | None = arguments.out
    wanted: str = arguments.format or (out.suffix.removeprefix(".").lower() if out is not None else "json")
    if wanted not in ("pdf", "json", "csv"):
        raise invalid(
            "report.format", f"There is no format {wanted!r}. Give --format pdf, json or csv.", field="format"
        )
    async with opened(settings) as database:
        data = await _made(database, settings, arguments.month, arguments.timezone, wanted)
    if out is None:
        sys.stdout.buffer.write(data)
        return 0
    try:
        await asyncio.to_thread(out.write_bytes, data)
    except OSError as error:
        raise invalid("report.out", f"{out} can't be written: {error.strerror}.", field="out") from error
    return 0


async def _made(database: Database, settings: Settings, month: str | None, timezone: str | None, wanted: str) -> bytes:
    clock = SystemClock()
    reports = ReportService(database, clock, RecordingService(database, clock))
    if month is None:
        async with database.read() as session:
            here = zone(timezone or await site.timezone(session))
        month = f"{datetime.fromtimestamp(clock.now_ms() / 1000, here):%Y-%m}"
    asked = await reports.asked(month, timezone)
    async with database.write() as session:
        await record(session, clock.now_ms(), operator(), made_entry(asked, wanted))
    if wanted == "csv":
        return b"".join([line async for line in as_csv(reports.cameras(asked, None), asked)])
    key = await SigningKeys(database, clock, open_vault(settings)).current()
    found, maker = await reports.month(asked, None), Maker(settings.node, metadata.version("vedette"), operator().name)
    data = signed(content(found, maker), key)
    return signed_pdf(found, maker, data, key) if wanted == "pdf" else data


async def _keys(settings: Settings) -> int:
    async with opened(settings) as database:
        found = await SigningKeys(database, SystemClock(), open_vault(settings)).public()
    print(json.dumps({"keys": [public_jwk(one.public) for one in found]}, indent=2))
    return 0


async def _verify(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.keys is not None:
        keys = trusted(_read(arguments.keys))
    else:
        async with opened(settings) as database:
            found = await SigningKeys(database, SystemClock(), open_vault(settings)).public()
        keys = {one.kid: one.public for one in found}
    verdict = judged(_read(arguments.file), keys)
    print(json.dumps(_told(verdict)) if arguments.json else _sentence(verdict))
    return 0 if verdict.good else 1


def trusted(data: bytes) -> dict[str, bytes]:
    """The public keys in a JSON web key set, or in a single key, by their ids. Others are left out.

    Raises VedetteError `report.keys`.
    """
    try:
        whole = orjson.loads(data)
        given = whole.get("keys", [whole])
        found = [one["x"] for one in given if one["kty"] == "OKP" and one["crv"] == "Ed25519"]
        keys = {thumbprint(x): decode(x) for x in found}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise invalid("report.keys", "This file holds no public keys. Print them with: vedette report keys") from error
    if not keys:
        raise invalid("report.keys", "There is no Ed25519 key in this file. Print them with: vedette report keys")
    return keys


def _told(verdict: Verdict) -> dict[str, object]:
    told = {"good": verdict.good, "kind": verdict.kind, "kid": verdict.kid, "problem": verdict.problem}
    return told | {
        "month": verdict.month,
        "timezone": verdict.timezone,
        "made": verdict.made,
        "made_by": verdict.made_by,
    }


def _sentence(verdict: Verdict) -> str:
    if not verdict.good:
        return f"NOT GOOD: {verdict.problem}"
    about = f" Coverage of {verdict.month} ({verdict.timezone}), made {verdict.made} by {verdict.made_by}."
    return f"Good: unchanged since it was signed with key {verdict.kid}.{about if verdict.month else ''}"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise not_found("report.file", f"There is no file {path}.") from error
    except OSError as error:
        raise VedetteError(ErrorKind.INVALID, "report.file", f"{path} can't be read: {error.strerror}.") from error
