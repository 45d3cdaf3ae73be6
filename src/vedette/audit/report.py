"""The report of a period. What goes into it is decided here; the counting is done by the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.audit import crossing, repository
from vedette.audit.log import Entry
from vedette.audit.refusals import ACTION as REFUSAL
from vedette.audit.repository import Filter, Tally
from vedette.audit.tables import AuditRow
from vedette.http.instants import format_instant, parse_instant

LOGIN = "auth.login"
LIVE, LIVE_END = "live.view", "live.end"
PLAYBACK, PLAYBACK_END = "playback.view", "playback.end"
SNAPSHOT, DOWNLOAD = "snapshot.view", "recording.download"
SHARE_OPEN, TOKEN_USE = "share.open", "token.use"
# Whatever says who may do what; what is only a use of it has a list of its own.
PERMISSIONS = ("user", "group", "role", "zone", "grant", "token", "share", "oidc")
NO_PERMISSIONS = frozenset({SHARE_OPEN, TOKEN_USE, "user.session_end", "user.sessions_end"})
DELETIONS = ("recording.delete", "retention.delete", "camera.delete", "camera.footage_delete", "volume.remove")
MOST = 2000


@dataclass(frozen=True, slots=True)
class Views:
    """What one person saw of one camera, in person or by one API token."""

    actor_id: str | None
    actor_name: str
    token_name: str | None
    camera_id: UUID | None
    camera: str | None
    live: int = 0
    live_seconds: int = 0
    playback: int = 0
    playback_seconds: int = 0
    snapshots: int = 0
    downloads: int = 0
    first_ms: int = 0
    last_ms: int = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """One view. `end_ms` is None while it goes on; not `exact`: it ended then or later. `row` is the newest entry of it
    and `inside_ms` how much of it lies in the period, None where nobody knows its end."""

    row: AuditRow
    live: bool
    start_ms: int
    end_ms: int | None
    exact: bool
    spans: tuple[tuple[int, int], ...] = ()
    inside_ms: int | None = None
    going_on: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A period of the log. Of lists the newest `MOST`; `cut` says that one had more."""

    entries: int
    logins: list[Tally]
    failed_logins: list[Tally]
    views: list[Views]
    watched: list[Watched]
    permission_changes: list[AuditRow]
    shares_opened: list[AuditRow]
    tokens_elsewhere: list[AuditRow]
    refusals: list[AuditRow]
    deletions: list[AuditRow]
    cut: bool


def made_report(span: tuple[int, int], month: str | None, timezone: str) -> Entry:
    """The entry of who has a report made."""
    asked = {"month": month} if month else {"from": format_instant(span[0]), "to": format_instant(span[1])}
    return Entry("audit.report", object_kind="audit", after={**asked, "timezone": timezone})


async def report(session: AsyncSession, from_ms: int, to_ms: int, now_ms: int) -> Report:
    """The report of `[from_ms, to_ms)`. A view counts with what of it lies in there, one that goes on until now."""
    span = AuditRow.at_ms >= from_ms, AuditRow.at_ms < to_ms
    entries = await session.scalar(select(func.count()).select_from(AuditRow).where(*span)) or 0
    logins = await repository.tally(session, from_ms, to_ms, LOGIN, by_address=True)
    counted = (LIVE, LIVE_END, PLAYBACK, PLAYBACK_END, SNAPSHOT, DOWNLOAD)
    seen = await repository.tally(session, from_ms, to_ms, *counted)
    of_views = await _of(session, from_ms, to_ms, (LIVE, LIVE_END, PLAYBACK, PLAYBACK_END))
    running = await crossing.running(session, to_ms, now_ms)
    beyond = [*await crossing.ended_after(session, to_ms), *(one.row for one in running)]
    until = {one.view_id: one.until_ms for one in running}
    known = {row.id for row in of_views}
    all_views = watched([*of_views, *(row for row in beyond if row.id not in known)], until, (from_ms, to_ms))
    # The database has summed those that ended in the period whole, and knows nothing of those that did not.
    early = await crossing.begun_before(session, from_ms, to_ms)
    edges = watched([*early, *beyond], until, (from_ms, to_ms))
    changes, shares, tokens, refusals, deletions = lists = [
        await _of(session, from_ms, to_ms, PERMISSIONS, NO_PERMISSIONS),
        await _of(session, from_ms, to_ms, (SHARE_OPEN,)),
        await _of(session, from_ms, to_ms, (TOKEN_USE,)),
        await _of(session, from_ms, to_ms, (REFUSAL,)),
        await _of(session, from_ms, to_ms, DELETIONS),
    ]
    return Report(
        entries,
        [one for one in logins if one.result == "ok"],
        [one for one in logins if one.result != "ok"],
        views(seen, edges, (from_ms, to_ms)),
        all_views[:MOST],
        changes[:MOST],
        shares[:MOST],
        tokens[:MOST],
        refusals[:MOST],
        deletions[:MOST],
        any(len(rows) > MOST for rows in [of_views, *lists]),
    )


def views(seen: Iterable[Tally], edges: Iterable[Watched] = (), span: tuple[int, int] = (0, 0)) -> list[Views]:
    """Counts by action brought together by person, token and camera. `edges` are the views that reach over an edge of
    the period or go on: what `seen` says of them is put right. Pure."""
    found: dict[tuple[str | None, str, str | None, UUID | None], Views] = {}
    for one in seen:
        key = one.actor_id, one.actor_name, one.token_name, one.camera_id
        known = found.get(key) or Views(*key, one.object_name, first_ms=one.first_ms, last_ms=one.last_ms)
        found[key] = replace(
            known,
            live=known.live + one.count * (one.action == LIVE),
            live_seconds=known.live_seconds + one.seconds * (one.action == LIVE_END),
            playback=known.playback + one.count * (one.action == PLAYBACK),
            playback_seconds=known.playback_seconds + one.seconds * (one.action == PLAYBACK_END),
            snapshots=known.snapshots + one.count * (one.action == SNAPSHOT),
            downloads=known.downloads + one.count * (one.action == DOWNLOAD),
            first_ms=min(known.first_ms, one.first_ms),
            last_ms=max(known.last_ms, one.last_ms),
        )
    for edge in edges:
        row, (from_ms, to_ms) = edge.row, span
        key = row.actor_id, row.actor_name, row.token_name, row.camera_id
        start_ms = max(edge.start_ms, from_ms)
        known = found.get(key) or Views(*key, row.object_name, first_ms=start_ms, last_ms=start_ms)
        more = edge.start_ms < from_ms
        seconds = round((edge.inside_ms or 0) / 1000)
        if edge.end_ms is not None and from_ms <= edge.end_ms < to_ms:
            seconds -= int((row.after or {}).get("seconds", 0))
        known = replace(known, first_ms=min(known.first_ms, start_ms), last_ms=max(known.last_ms, start_ms))
        if edge.live:
            known = replace(known, live=known.live + more, live_seconds=known.live_seconds + seconds)
        else:
            known = replace(known, playback=known.playback + more, playback_seconds=known.playback_seconds + seconds)
        found[key] = known
    return sorted(found.values(), key=lambda one: (one.actor_name.casefold(), (one.camera or "").casefold()))


def watched(rows: Iterable[AuditRow], until: Mapping[str, int], span: tuple[int, int]) -> list[Watched]:
    """The views that these entries tell of, those that began last first. Of one whose end was told twice (a process was
    taken for dead and was not) the later counts. `until` says of those that go on how far they are known to. Pure."""
    found: dict[str, Watched] = {}
    for row in sorted(rows, key=lambda one: one.id):
        after = row.after or {}
        view_id = after.get("view")
        if not isinstance(view_id, str):
            continue  # of a former version: counted, without an end
        live = row.action in (LIVE, LIVE_END)
        if row.action in (LIVE, PLAYBACK):
            found.setdefault(view_id, Watched(row, live, row.at_ms, None, exact=True))
            continue
        spans = tuple((parse_instant(one["from"]), parse_instant(one["to"])) for one in after.get("spans", ()))
        exact = after.get("exact", True) is not False
        found[view_id] = Watched(row, live, parse_instant(after["start"]), row.at_ms, exact, spans)
    told = []
    for view_id, one in found.items():
        going_on = one.end_ms is None and view_id in until
        end_ms = until[view_id] if going_on else one.end_ms
        if end_ms is None:
            told.append(one)
            continue
        inside_ms = min(end_ms, span[1]) - max(one.start_ms, span[0])
        if inside_ms >= 0 or one.start_ms >= span[0]:
            told.append(replace(one, inside_ms=max(0, inside_ms), going_on=going_on))
    return sorted(told, key=lambda one: (-one.start_ms, -one.row.id))


async def _of(
    session: AsyncSession, from_ms: int, to_ms: int, actions: Iterable[str], without: frozenset[str] | None = None
) -> list[AuditRow]:
    """The newest entries of these actions, at least one more than are listed where there are more."""
    found: list[AuditRow] = []
    for action in actions:
        wanted = Filter(action=action, from_ms=from_ms, to_ms=to_ms, without=without)
        found += await repository.page(session, wanted, MOST + 1, None)
    return sorted(found, key=lambda row: (-row.at_ms, -row.id))
