"""/recordings and /gaps as lists, and their sums: what was recorded when, and what was not and why."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import StringConstraints
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.core.errors import invalid
from vedette.db.session import Database
from vedette.events import site
from vedette.http.access import Visible, visible
from vedette.http.deps import ClockDep, DatabaseDep, taken
from vedette.http.instants import InstantIn
from vedette.http.paging import DEFAULT_LIMIT, CursorParam, Limit, Page, decode_cursor, encode_cursor
from vedette.http.problem import responses
from vedette.recordings import days
from vedette.recordings.model import GapCause
from vedette.recordings.router import CameraWord, Kind, service_of
from vedette.recordings.schemas import Recording
from vedette.recordings.search.hours import DAY_MINUTES, EVERY_DAY, Hours
from vedette.recordings.search.schemas import RecordingSums, StreamGap, StreamGapSums
from vedette.recordings.search.service import SearchService
from vedette.recordings.search.wanted import Cameras, Range, Wanted, WantedGaps
from vedette.recordings.service import RecordingService

router = APIRouter(tags=["recordings"])

MAX_CAMERAS = 256
MAX_ZONES = 64
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ClockTime = Annotated[str, StringConstraints(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$", max_length=5)]
Seconds = Annotated[int | None, Query(ge=0, le=10**9)]
Bytes = Annotated[int | None, Query(ge=0, le=2**53)]


def search_of(connection: HTTPConnection) -> SearchService:
    """The process's one."""
    service: SearchService = connection.app.state.search
    return service


Search = Annotated[SearchService, taken(search_of)]
Recordings = Annotated[RecordingService, taken(service_of)]


@dataclass(frozen=True, slots=True)
class Shared:
    """What searches for recordings and for gaps have in common."""

    of: Cameras
    start_ms: int | None
    end_ms: int | None
    hours: Hours | None
    duration_ms: Range


async def shared(
    recordings: Recordings,
    search: Search,
    database: DatabaseDep,
    seen: Annotated[Visible, visible(Permission.PLAYBACK_VIEW)],
    camera_id: Annotated[
        list[CameraWord] | None, Query(max_length=MAX_CAMERAS, description="Id or slug. Several times for several.")
    ] = None,
    zone_id: Annotated[
        list[UUID] | None, Query(max_length=MAX_ZONES, description="Cameras of any of these zones.")
    ] = None,
    stream: Kind | None = None,
    start: Annotated[InstantIn | None, Query(description="Only what reaches beyond this.")] = None,
    end: Annotated[InstantIn | None, Query(description="Only what begins before this.")] = None,
    time_from: Annotated[
        ClockTime | None, Query(description="Only what reaches into these hours of the day.", examples=["22:00"])
    ] = None,
    time_to: Annotated[
        ClockTime | None, Query(description="Not after `time_from`: over midnight.", examples=["06:00"])
    ] = None,
    day: Annotated[
        list[Weekday] | None, Query(max_length=7, description="Day of the week on which the hours begin.")
    ] = None,
    timezone: Annotated[
        str | None, Query(max_length=64, description="IANA name, whose clock counts; by default the site's.")
    ] = None,
    min_duration_s: Seconds = None,
    max_duration_s: Seconds = None,
) -> Shared:
    """The parameters of both. Raises VedetteError `camera.not_found`, `zone.not_found`, `recordings...`."""
    cameras = None if camera_id is None else await recordings.cameras(camera_id, seen.demand)
    if zone_id is not None:
        await search.check_zones(zone_id, seen.cameras)
    given = time_from, time_to, day, timezone
    return Shared(
        Cameras(cameras, zone_id, stream, seen.cameras),
        start,
        end,
        None if given == (None,) * 4 else await _hours(database, time_from, time_to, day, timezone),
        limits("duration_s", min_duration_s, max_duration_s, 1000),
    )


async def _hours(
    database: Database, start: str | None, end: str | None, named: list[Weekday] | None, timezone: str | None
) -> Hours:
    if timezone is None:
        async with database.read() as session:
            timezone = await site.timezone(session)
    chosen = EVERY_DAY if named is None else frozenset(WEEKDAYS.index(one) for one in named)
    return Hours(days.zone(timezone), minutes(start, 0), minutes(end, DAY_MINUTES), chosen)


def minutes(clock: str | None, otherwise: int) -> int:
    """`22:30` as minutes of the day."""
    if clock is None:
        return otherwise
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def limits(name: str, least: int | None, most: int | None, factor: int = 1) -> Range:
    """Raises VedetteError `recordings.limits` where nothing could be between them."""
    if least is not None and most is not None and most < least:
        raise invalid("recordings.limits", f"max_{name} must not be less than min_{name}.", field=f"max_{name}")
    return Range(*(None if one is None else one * factor for one in (least, most)))


SharedDep = Annotated[Shared, Depends(shared)]


async def wanted_recordings(
    shared: SharedDep,
    min_bytes: Bytes = None,
    max_bytes: Bytes = None,
    held: Annotated[bool | None, Query(description="Whether a hold keeps it from deletion.")] = None,
    gap_cause: Annotated[
        list[GapCause] | None,
        Query(max_length=len(GapCause), description="Only next to a gap with one of these causes."),
    ] = None,
) -> Wanted:
    """The parameters of recordings."""
    return Wanted(
        shared.of,
        shared.start_ms,
        shared.end_ms,
        shared.hours,
        shared.duration_ms,
        limits("bytes", min_bytes, max_bytes),
        held,
        frozenset(gap_cause or ()),
    )


async def wanted_gaps(
    shared: SharedDep, cause: Annotated[list[GapCause] | None, Query(max_length=len(GapCause))] = None
) -> WantedGaps:
    """The parameters of gaps."""
    return WantedGaps(
        shared.of, shared.start_ms, shared.end_ms, shared.hours, shared.duration_ms, frozenset(cause or ())
    )


WantedDep = Annotated[Wanted, Depends(wanted_recordings)]
WantedGapsDep = Annotated[WantedGaps, Depends(wanted_gaps)]


@router.get("/recordings", summary="List recordings", responses=responses(403, 404))
async def list_recordings(
    wanted: WantedDep, search: Search, recordings: Recordings, limit: Limit = DEFAULT_LIMIT, cursor: CursorParam = None
) -> Page[Recording]:
    """Newest first. A page goes on where the one before ended, whatever was recorded meanwhile."""
    found = await search.page(wanted, limit, _place(cursor))
    items = [Recording.of(one) for one in await recordings.described(found.segments, found.causes)]
    return Page(items=items, next=encode_cursor(found.next[0], str(found.next[1])) if found.next else None)


def _place(cursor: str | None) -> tuple[int, UUID] | None:
    if cursor is None:
        return None
    start_ms, segment_id = decode_cursor(cursor, int, str)
    try:
        return _bounded(int(start_ms)), UUID(str(segment_id))
    except ValueError:
        raise _bad_cursor() from None


def _bounded(number: int) -> int:
    """Raises ValueError for what no column holds."""
    if not 0 <= number < 2**62:
        raise ValueError(number)
    return number


def _bad_cursor() -> Exception:
    return invalid("request.cursor", "This cursor is not one of ours. Begin again without it.", field="cursor")


@router.get("/recordings/sums", summary="How much a search finds", responses=responses(403, 404))
async def sum_recordings(wanted: WantedDep, search: Search) -> RecordingSums:
    """All of what the list of recordings shows with the same parameters, counted."""
    return RecordingSums.of(await search.sums(wanted))


@router.get("/gaps", summary="List gaps", responses=responses(403, 404))
async def list_gaps(
    wanted: WantedGapsDep, search: Search, clock: ClockDep, limit: Limit = DEFAULT_LIMIT, cursor: CursorParam = None
) -> Page[StreamGap]:
    """As recorders and deletions noted them, those that began last first. What nobody noted (a hole in the footage
    without a word) is in the coverage alone; so is that footage counts where a gap overlaps it."""
    before = None
    if cursor is not None:
        try:
            start_ms, gap_id = (_bounded(int(one)) for one in decode_cursor(cursor, int, int))
        except ValueError:
            raise _bad_cursor() from None
        before = start_ms, gap_id
    found, following = await search.gaps(wanted, limit, before)
    now_ms = clock.now_ms()
    return Page(
        items=[StreamGap.of(one, now_ms) for one in found], next=encode_cursor(*following) if following else None
    )


@router.get("/gaps/sums", summary="How many gaps a search finds", responses=responses(403, 404))
async def sum_gaps(wanted: WantedGapsDep, search: Search) -> StreamGapSums:
    """All of what the list of gaps shows with the same parameters, counted by cause."""
    return StreamGapSums.of(await search.gap_sums(wanted))
