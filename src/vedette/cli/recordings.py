"""`vedette recordings list|gaps`: what is recorded and what is not, with the filters of the page.

vedette recordings list --camera gate --from 2026-11-01T00:00:00+01:00 --hours 22:00-06:00 --days sat,sun
vedette recordings gaps --cause network --sums
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from vedette.cameras.directory import names_of
from vedette.cli.common import run_async, settings_from
from vedette.cli.installation import opened
from vedette.cli.options import add_common
from vedette.core.clock import SystemClock
from vedette.core.errors import invalid, not_found
from vedette.core.logs import configure
from vedette.db.session import Database
from vedette.events import site
from vedette.http.instants import parse_instant
from vedette.identity.tables import ZoneRow
from vedette.recordings.days import zone
from vedette.recordings.model import GapCause
from vedette.recordings.schemas import Recording
from vedette.recordings.search.hours import DAY_MINUTES, EVERY_DAY, Hours
from vedette.recordings.search.router import WEEKDAYS, limits, minutes
from vedette.recordings.search.schemas import RecordingSums, StreamGap, StreamGapSums
from vedette.recordings.search.service import SearchService
from vedette.recordings.search.wanted import Cameras, Range, Wanted, WantedGaps
from vedette.recordings.service import RecordingService
from vedette.settings import Settings

_HOURS = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list recordings, newest first")
    gaps = actions.add_parser("gaps", help="list gaps with their causes, those that began last first")
    for action in (listing, gaps):
        action.add_argument(
            "--camera", action="append", metavar="SLUG", help="name in addresses, or id; may be repeated"
        )
        action.add_argument("--zone", action="append", metavar="NAME", help="cameras of a zone; may be repeated")
        action.add_argument("--stream", choices=("main", "sub"))
        action.add_argument("--from", dest="start", metavar="TIME", help="as 2026-11-21T14:05:12+01:00")
        action.add_argument("--to", dest="end", metavar="TIME")
        action.add_argument("--hours", metavar="A-B", help="hours of the day, as 22:00-06:00")
        action.add_argument("--days", help="days of the week on which the hours begin, as sat,sun")
        action.add_argument("--timezone", help="whose clock counts, and of what is printed; by default the site's")
        action.add_argument("--min-duration", type=int, metavar="SECONDS")
        action.add_argument("--max-duration", type=int, metavar="SECONDS")
        action.add_argument("--limit", type=int, default=100, help="at most so many (default: 100)")
        action.add_argument("--sums", action="store_true", help="only how much it is in all")
        action.add_argument("--json", action="store_true", help="JSON as of the API, for scripts")
        add_common(action)
    listing.add_argument("--min-bytes", type=int)
    listing.add_argument("--max-bytes", type=int)
    listing.add_argument("--held", action=argparse.BooleanOptionalAction, help="only what holds keep, or only the rest")
    causes = [cause.value for cause in GapCause]
    listing.add_argument("--gap-cause", action="append", choices=causes, help="only next to a gap with this cause")
    gaps.add_argument("--cause", action="append", choices=causes)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("recordings", level=settings.log_level if arguments.log_level else "error", lines=settings.log_format)
    return run_async(_run(settings, arguments))


async def _run(settings: Settings, arguments: argparse.Namespace) -> int:
    async with opened(settings) as database:
        search = SearchService(database, SystemClock())
        zone_here = await _zone(database, arguments.timezone)
        shared: dict[str, Any] = {
            "of": await _cameras(database, arguments),
            "start_ms": _instant("from", arguments.start),
            "end_ms": _instant("to", arguments.end),
            "hours": hours_of(arguments.hours, arguments.days, zone_here),
            "duration_ms": limits("duration", arguments.min_duration, arguments.max_duration, 1000),
        }
        if arguments.limit < 1:
            raise invalid("recordings.limit", "--limit must be at least 1.", field="limit")
        if arguments.action == "gaps":
            wanted = WantedGaps(**shared, causes=frozenset(GapCause(one) for one in arguments.cause or ()))
            return await _gaps(database, search, wanted, arguments, zone_here)
        more: dict[str, Any] = {"held": arguments.held, "bytes": _sizes(arguments)}
        more["causes"] = frozenset(GapCause(one) for one in arguments.gap_cause or ())
        return await _recordings(database, search, Wanted(**shared, **more), arguments, zone_here)


async def _recordings(
    database: Database, search: SearchService, wanted: Wanted, arguments: argparse.Namespace, here: ZoneInfo
) -> int:
    if arguments.sums:
        sums = RecordingSums.of(await search.sums(wanted))
        told = f"{sums.count} recordings, {sums.duration_ms / 3_600_000:.1f} h, {sums.bytes} bytes"
        print(sums.model_dump_json() if arguments.json else told)
        return 0
    found = await search.page(wanted, arguments.limit, None)
    described = await RecordingService(database, SystemClock()).described(found.segments, found.causes)
    items = [Recording.of(one) for one in described]
    if arguments.json:
        print(json.dumps([item.model_dump(mode="json") for item in items], indent=2))
        return 0
    names = await _names(database, {item.camera_id for item in items})
    head = ("START", "DURATION", "CAMERA", "STREAM", "BYTES", "HELD", "GAP BEFORE", "GAP AFTER", "ID")
    rows = [
        (
            _at(item.start, here),
            f"{item.duration_ms / 1000:.1f} s",
            names.get(item.camera_id, str(item.camera_id)),
            item.stream,
            str(item.bytes),
            "held" if item.held else "",
            item.gap_before or "",
            item.gap_after or "",
            str(item.id),
        )
        for item in items
    ]
    _print(head, rows, more=found.next is not None)
    return 0


async def _gaps(
    database: Database, search: SearchService, wanted: WantedGaps, arguments: argparse.Namespace, here: ZoneInfo
) -> int:
    if arguments.sums:
        sums = StreamGapSums.of(await search.gap_sums(wanted))
        lines = [f"{one.cause}: {one.count}, {one.duration_ms / 1000:.1f} s" for one in sums.causes]
        print(sums.model_dump_json() if arguments.json else "\n".join(lines) or "No gaps.")
        return 0
    found, following = await search.gaps(wanted, arguments.limit, None)
    now_ms = SystemClock().now_ms()
    items = [StreamGap.of(one, now_ms) for one in found]
    if arguments.json:
        print(json.dumps([item.model_dump(mode="json") for item in items], indent=2))
        return 0
    names = await _names(database, {item.camera_id for item in items})
    rows = [
        (
            _at(item.start, here),
            "lasts" if item.end is None else _at(item.end, here),
            f"{item.duration_ms / 1000:.1f} s",
            names.get(item.camera_id, str(item.camera_id)),
            item.stream,
            item.cause,
            item.detail,
        )
        for item in items
    ]
    _print(("START", "END", "DURATION", "CAMERA", "STREAM", "CAUSE", "DETAIL"), rows, more=following is not None)
    return 0


async def _zone(database: Database, timezone: str | None) -> ZoneInfo:
    async with database.read() as session:
        return zone(timezone or await site.timezone(session))


async def _cameras(database: Database, arguments: argparse.Namespace) -> Cameras:
    cameras = None
    if arguments.camera:
        cameras = await RecordingService(database, SystemClock()).cameras(arguments.camera)
    return Cameras(cameras, await _zones(database, arguments.zone), arguments.stream)


async def _zones(database: Database, words: Sequence[str] | None) -> list[UUID] | None:
    if not words:
        return None
    found = []
    async with database.read() as session:
        for word in words:
            try:
                same = or_(ZoneRow.name == word, ZoneRow.id == UUID(word))
            except ValueError:
                same = or_(ZoneRow.name == word)
            zone_id = await session.scalar(select(ZoneRow.id).where(same))
            if zone_id is None:
                raise not_found("zone.not_found", f"There is no zone {word[:100]}.")
            found.append(zone_id)
    return found


def hours_of(hours: str | None, days: str | None, here: ZoneInfo) -> Hours | None:
    """What `--hours` and `--days` mean. Raises VedetteError `recordings.hours`, `recordings.days`."""
    if hours is None and days is None:
        return None
    start, end = 0, DAY_MINUTES
    if hours is not None:
        fits = _HOURS.fullmatch(hours)
        if fits is None:
            raise invalid("recordings.hours", f"{hours!r} are no hours. Write them as 22:00-06:00.", field="hours")
        start, end = minutes(fits[1], 0), minutes(fits[2], DAY_MINUTES)
    chosen = EVERY_DAY
    if days is not None:
        names = days.lower().split(",")
        if not set(names) <= set(WEEKDAYS):
            raise invalid("recordings.days", f"Days are {','.join(WEEKDAYS)}, not {days!r}.", field="days")
        chosen = frozenset(number for number, name in enumerate(WEEKDAYS) if name in names)
    return Hours(here, start, end, chosen)


def _sizes(arguments: argparse.Namespace) -> Range:
    return limits("bytes", arguments.min_bytes, arguments.max_bytes)


def _instant(field: str, text: str | None) -> int | None:
    try:
        return None if text is None else parse_instant(text)
    except ValueError as error:
        raise invalid("recordings.time", f"--{field} {error}.", field=field) from error


async def _names(database: Database, camera_ids: set[UUID]) -> dict[UUID, str]:
    async with database.read() as session:
        return await names_of(session, camera_ids)


def _at(at_ms: int, here: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, here):%Y-%m-%d %H:%M:%S %Z}"


def _print(head: Sequence[str], rows: Sequence[Sequence[str]], *, more: bool) -> None:
    for line in _table(head, rows) if rows else ["Nothing fits."]:
        print(line)
    if more:
        print("\nThere are more: raise --limit, or ask for less. --sums counts all.")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
