"""The report of a month. What goes into it is decided here; the counting is done by the database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.audit import repository
from vedette.audit.repository import Filter, Tally
from vedette.audit.tables import AuditRow
from vedette.core.errors import invalid

LOGIN = "auth.login"
LIVE, LIVE_END, PLAYBACK, SNAPSHOT, DOWNLOAD = (
    "live.view",
    "live.end",
    "playback.view",
    "snapshot.view",
    "recording.download",
)
# Whatever says who may do what.
PERMISSIONS = ("user", "group", "role", "zone", "grant", "token", "share", "oidc")
DELETIONS = ("recording.delete", "retention.delete", "camera.delete", "camera.footage_delete", "volume.remove")
MOST = 2000

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Views:
    """What one person saw of one camera."""

    actor_id: str | None
    actor_name: str
    camera_id: UUID | None
    camera: str | None
    live: int = 0
    live_seconds: int = 0
    playback: int = 0
    snapshots: int = 0
    downloads: int = 0
    first_ms: int = 0
    last_ms: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A month of the log."""

    entries: int
    logins: list[Tally]
    failed_logins: list[Tally]
    views: list[Views]
    permission_changes: list[AuditRow]
    deletions: list[AuditRow]
    cut: bool


def month_span(month: str, timezone: str) -> tuple[int, int]:
    """Beginning and end of a month (`YYYY-MM`) by the clock of a time zone, milliseconds.

    Raises VedetteError `audit.month`, `audit.timezone`.
    """
    found = _MONTH.fullmatch(month)
    if found is None or not 1 <= int(found[2]) <= 12 or not 1970 <= int(found[1]) <= 9000:
        raise invalid("audit.month", "Give a month as 2026-11.", field="month")
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        text = "Give a name of the time zone database, as Europe/Vienna."
        raise invalid("audit.timezone", text, field="timezone") from None
    year, number = int(found[1]), int(found[2])
    following = (year, number + 1) if number < 12 else (year + 1, 1)
    first, last = datetime(year, number, 1, tzinfo=zone), datetime(*following, 1, tzinfo=zone)
    return round(first.timestamp() * 1000), round(last.timestamp() * 1000)


async def report(session: AsyncSession, from_ms: int, to_ms: int) -> Report:
    """The report of `[from_ms, to_ms)`."""
    span = AuditRow.at_ms >= from_ms, AuditRow.at_ms < to_ms
    entries = await session.scalar(select(func.count()).select_from(AuditRow).where(*span)) or 0
    logins = await repository.tally(session, from_ms, to_ms, LOGIN, by_address=True)
    seen = await repository.tally(session, from_ms, to_ms, LIVE, LIVE_END, PLAYBACK, SNAPSHOT, DOWNLOAD)
    changes = await _of(session, from_ms, to_ms, PERMISSIONS)
    deletions = await _of(session, from_ms, to_ms, DELETIONS)
    return Report(
        entries,
        [one for one in logins if one.result == "ok"],
        [one for one in logins if one.result != "ok"],
        views(seen),
        changes[:MOST],
        deletions[:MOST],
        max(len(changes), len(deletions)) > MOST,
    )


def views(seen: Iterable[Tally]) -> list[Views]:
    """Counts by action brought together by person and camera. Pure."""
    found: dict[tuple[str | None, str, UUID | None], Views] = {}
    for one in seen:
        key = one.actor_id, one.actor_name, one.camera_id
        known = found.get(key) or Views(*key, one.object_name, first_ms=one.first_ms, last_ms=one.last_ms)
        found[key] = replace(
            known,
            live=known.live + one.count * (one.action == LIVE),
            live_seconds=known.live_seconds + one.seconds * (one.action == LIVE_END),
            playback=known.playback + one.count * (one.action == PLAYBACK),
            snapshots=known.snapshots + one.count * (one.action == SNAPSHOT),
            downloads=known.downloads + one.count * (one.action == DOWNLOAD),
            first_ms=min(known.first_ms, one.first_ms),
            last_ms=max(known.last_ms, one.last_ms),
        )
    return sorted(found.values(), key=lambda one: (one.actor_name.casefold(), (one.camera or "").casefold()))


async def _of(session: AsyncSession, from_ms: int, to_ms: int, actions: Iterable[str]) -> list[AuditRow]:
    """The newest entries of these actions, one more than are listed."""
    found: list[AuditRow] = []
    for action in actions:
        wanted = Filter(action=action, from_ms=from_ms, to_ms=to_ms)
        found += await repository.page(session, wanted, MOST + 1, None)
    return sorted(found, key=lambda row: -row.id)
