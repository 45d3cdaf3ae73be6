"""/live/sessions: who watches now. /live/history: who did."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import StreamingResponse
from pydantic import AfterValidator

from vedette.access.permissions import Permission
from vedette.access.principal import CallerKind
from vedette.audit.log import Entry, record
from vedette.cameras.directory import find_stream
from vedette.core.errors import invalid
from vedette.http.access import LIVE_TICKETS, Caller, Demand, check_kind, marked, refused, require, signed_in
from vedette.http.deps import ClockDep, DatabaseDep
from vedette.http.instants import InstantIn, format_instant
from vedette.http.paging import DEFAULT_LIMIT, CursorParam, Limit, Page, decode_cursor, encode_cursor
from vedette.http.problem import responses
from vedette.live.sessions import repository
from vedette.live.sessions.deps import SessionsDep, WatchersDep
from vedette.live.sessions.export import as_csv
from vedette.live.sessions.report import Report
from vedette.live.sessions.repository import Filter
from vedette.live.sessions.schemas import (
    LiveClockOut,
    LivePastOut,
    LiveSessionOut,
    LiveSumOut,
    LiveSumsOut,
    LiveWatchedListOut,
    LiveWatchedOut,
    LiveWatchingOut,
)
from vedette.live.sessions.service import Scope, filtered
from vedette.live.sessions.session import Transport
from vedette.live.sessions.sums import Step, buckets, summed
from vedette.recordings.days import zone

router = APIRouter(prefix="/live", tags=["live"])

SessionId = Annotated[UUID, Path(description="Of a live view.")]
_WEEK_MS: Final = 7 * 86_400_000


def _storable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be text without control characters")
    return text


CameraParam = Annotated[UUID | None, Query(description="Id of a camera.")]
UserParam = Annotated[
    str | None,
    AfterValidator(lambda text: text and _storable(text)),
    Query(max_length=200, description="Id, or part of the name."),
]
TransportParam = Annotated[Transport | None, Query()]


@router.get("/sessions", dependencies=[signed_in()], summary="Who watches live now", responses=responses(422))
async def list_live_sessions(
    sessions: SessionsDep,
    caller: Caller,
    camera: CameraParam = None,
    user: UserParam = None,
    transport: TransportParam = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: CursorParam = None,
) -> Page[LiveSessionOut]:
    """One's own views; who reads the audit log or manages users gets all of cameras that they may know of. The newest
    first."""
    found = filtered(await sessions.going(caller), camera, user, transport)
    if cursor is not None:
        start_ms, session_id = _place(cursor)
        found = [one for one in found if (one.row.start_ms, one.row.id) < (start_ms, session_id)]
    shown = found[:limit]
    last = shown[-1].row if len(found) > limit else None
    items = [
        LiveSessionOut.of(one, mine=one.row.user_id == caller.user_id, may_end=sessions.may_end(caller, one.row))
        for one in shown
    ]
    return Page(items=items, next=encode_cursor(last.start_ms, str(last.id)) if last else None)


@router.delete(
    "/sessions/{session_id}",
    dependencies=[signed_in()],
    status_code=204,
    summary="End a live view",
    responses=responses(403, 404),
)
async def end_live_session(session_id: SessionId, sessions: SessionsDep, caller: Caller) -> None:
    """One's own; those of others takes `user.manage`. The same login can't open the camera again for a minute: players
    that know nothing of Vedette would be back at once."""
    await sessions.kick(caller, session_id)


async def _may_report(caller: Caller) -> None:
    """Whoever may watch: what it is about has to be their own."""
    check_kind(caller, LIVE_TICKETS)
    if caller.kind is CallerKind.NOBODY or caller.user_id is None:
        raise refused(caller, None)


@router.post(
    "/sessions/{session_id}/report",
    dependencies=[Depends(marked(_may_report, Demand(None, media=LIVE_TICKETS)))],
    summary="What a player saw",
    responses=responses(404, 422),
)
async def report_live_session(
    session_id: SessionId, report: Report, sessions: SessionsDep, caller: Caller, clock: ClockDep
) -> LiveClockOut:
    """Of a view of one's own, every ten seconds or so; more than one a second changes nothing. The MSE socket takes the
    same as a message."""
    await sessions.report(caller, session_id, report)
    return LiveClockOut(now_ms=clock.now_ms())


async def history_filter(
    caller: Caller,
    clock: ClockDep,
    camera: CameraParam = None,
    user: UserParam = None,
    transport: TransportParam = None,
    since: Annotated[InstantIn | None, Query(alias="from", description="Inclusive.")] = None,
    until: Annotated[InstantIn | None, Query(alias="to", description="Exclusive.")] = None,
) -> Filter:
    """The filters of all that looks at the past, within what the caller may know of."""
    if since is not None and until is not None and until <= since:
        raise invalid("live.span", "The end must be after the start.", field="to")
    scope = Scope.of(caller, clock.now_ms())
    return Filter(scope.cameras, camera, scope.user_id, user, transport, since, until)


Wanted = Annotated[Filter, Depends(history_filter)]


@router.get("/history", dependencies=[signed_in()], summary="Who watched live", responses=responses(422))
async def list_live_history(
    wanted: Wanted, database: DatabaseDep, limit: Limit = DEFAULT_LIMIT, cursor: CursorParam = None
) -> Page[LivePastOut]:
    """Views that have ended and showed something, those that began last first; for the same people as the list of those
    that go on. They are kept for `live_history_days`."""
    before = _place(cursor) if cursor is not None else None
    async with database.read() as session:
        rows = await repository.page(session, wanted, limit + 1, before)
    last = rows[limit - 1] if len(rows) > limit else None
    following = encode_cursor(last.start_ms, str(last.id)) if last else None
    return Page(items=[LivePastOut.of(row) for row in rows[:limit]], next=following)


@router.get(
    "/history/export",
    dependencies=[signed_in()],
    response_class=StreamingResponse,
    summary="The history of live views as CSV",
    responses={200: {"content": {"text/csv": {}}}, **responses(422)},
)
async def export_live_history(
    wanted: Wanted, database: DatabaseDep, clock: ClockDep, caller: Caller
) -> StreamingResponse:
    """In the order of the list, with its filters. It becomes an entry of the audit log."""
    now_ms = clock.now_ms()
    async with database.write() as session:
        await record(session, now_ms, caller, Entry("live.export", object_kind="live"))
    name = f"vedette-live-{format_instant(now_ms)[:19].replace(':', '-')}Z.csv"
    return StreamingResponse(
        as_csv(repository.every(database, wanted)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@router.get(
    "/history/sums", dependencies=[signed_in()], summary="Live views by hours or days", responses=responses(422)
)
async def sum_live_history(
    wanted: Wanted,
    database: DatabaseDep,
    clock: ClockDep,
    step: Step = "day",
    timezone: Annotated[str, Query(max_length=64, description="IANA name, as Europe/Vienna.")] = "UTC",
) -> LiveSumsOut:
    """Of the last week where no span is given. Views that go on count up to now; a view belongs to each hour in which
    it went on."""
    now_ms = clock.now_ms()
    to_ms = now_ms if wanted.to_ms is None else min(wanted.to_ms, now_ms)  # nothing was watched later
    from_ms = to_ms - _WEEK_MS if wanted.from_ms is None else wanted.from_ms
    if from_ms < 0 or from_ms >= to_ms:
        raise invalid("live.span", "The end must be after the start, and the start before now.", field="to")
    sums = buckets(from_ms, to_ms, step, zone(timezone))
    within = repository.within(wanted, from_ms, to_ms)
    found = await summed(repository.spans(database, within, now_ms), sums)
    return LiveSumsOut(items=[LiveSumOut.of(one) for one in found])


@router.get("/viewers", dependencies=[signed_in()], summary="How many watch which camera")
async def count_all_live_viewers(watchers: WatchersDep, caller: Caller, clock: ClockDep) -> LiveWatchedListOut:
    """Live, now, by all transports together, of the cameras that one may see."""
    mine = caller.cameras(Permission.CAMERA_VIEW, clock.now_ms())
    found = sorted(watchers.counts().items(), key=lambda one: one[0])
    shown = [LiveWatchedOut(camera_id=one, viewers=count) for one, count in found if mine is None or one in mine]
    return LiveWatchedListOut(items=shown)


@router.get(
    "/{camera}/viewers",
    dependencies=[require(Permission.CAMERA_VIEW, camera="camera")],
    summary="How many watch a camera",
    responses=responses(404),
)
async def count_live_viewers(
    camera: Annotated[str, Path(max_length=100, description="Id or slug.")],
    database: DatabaseDep,
    watchers: WatchersDep,
) -> LiveWatchingOut:
    """Live, now, by all transports together."""
    async with database.read() as session:
        ref = await find_stream(session, camera, "main")
    return LiveWatchingOut(viewers=watchers.watching(ref.camera_id))


def _place(cursor: str) -> tuple[int, UUID]:
    start_ms, text = decode_cursor(cursor, int, str)
    try:
        found = int(start_ms), UUID(str(text))
    except ValueError:
        found = -1, UUID(int=0)
    if not 0 <= found[0] < 2**62:
        raise invalid("request.cursor", "This cursor is not one of ours. Begin again without it.", field="cursor")
    return found
