"""Looking for recordings and gaps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.core.clock import Clock
from vedette.core.errors import invalid, not_found
from vedette.db.session import Database
from vedette.recordings import repository as segments
from vedette.recordings.coverage import Span
from vedette.recordings.model import Segment
from vedette.recordings.search import repository
from vedette.recordings.search.hours import Hours, windows
from vedette.recordings.search.pieces import Piece, batches, pieces, within
from vedette.recordings.search.repository import FoundGap, GapKey, GapSums, Key, Sums
from vedette.recordings.search.wanted import Wanted, WantedGaps
from vedette.recordings.tables import MAX_SEGMENT_MS

DAY_MS = 86_400_000
# A year and a day, as of coverage: each day of it is a range of the query.
MAX_HOURS_MS = 366 * DAY_MS
# Clocks of callers are not ours.
AHEAD_MS = 300_000


@dataclass(frozen=True, slots=True)
class Found:
    """A page of segments, with the causes of the gaps before and after those that touch one."""

    segments: Sequence[Segment]
    causes: dict[UUID, tuple[str | None, str | None]]
    next: Key | None


def check_span(start_ms: int | None, end_ms: int | None, now_ms: int, hours: Hours | None = None) -> None:
    """Raises VedetteError `recordings.span`, `recordings.future`, `recordings.span_too_long`: with the field."""
    if start_ms is not None and end_ms is not None and end_ms <= start_ms:
        raise invalid("recordings.span", "The end must be after the start.", field="end")
    if start_ms is not None and start_ms > now_ms + AHEAD_MS:
        raise invalid("recordings.future", "Nothing is recorded of the future. Begin before now.", field="start")
    if hours is None or hours.always:
        return
    if start_ms is None:
        message = "Say from when on, at most a year back, to look at hours of the day or days of the week."
        raise invalid("recordings.span_needed", message, field="start")
    if min(now_ms, end_ms if end_ms is not None else now_ms) - start_ms > MAX_HOURS_MS:
        message = "Ask for at most 366 days at once where hours of the day or days of the week are looked at."
        raise invalid("recordings.span_too_long", message, field="start" if end_ms is None else "end")


class SearchService:
    """Each call is one unit of work."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def check_zones(self, zone_ids: Collection[UUID], among: Collection[UUID] | None) -> None:
        """Raises VedetteError `zone.not_found` for a zone in which the caller may see no camera."""
        async with self._database.read() as session:
            found = await repository.zones_with(session, zone_ids)
        for zone_id in zone_ids:
            cameras = found.get(zone_id, set())
            if not cameras or (among is not None and cameras.isdisjoint(among)):
                raise not_found(
                    "zone.not_found", f"There is no zone {zone_id} with a camera whose footage you may see."
                )

    async def page(self, wanted: Wanted, limit: int, before: Key | None) -> Found:
        """At most `limit` recordings, newest first, and the key of the next page, None on the last.

        Raises VedetteError as `check_span`.
        """
        now_ms = self._clock.now_ms()
        check_span(wanted.start_ms, wanted.end_ms, now_ms, wanted.hours)
        found: list[Segment] = []
        async with self._database.read() as session:
            stream_ids = await repository.streams(session, wanted.of)
            ranges = await self._pieces(session, wanted, now_ms)
            if before is not None:
                ranges = within(ranges, 0, before[0] + 1)
            for batch in batches(ranges) if stream_ids != [] else ():
                found += await repository.page(
                    session, wanted, stream_ids, batch, limit=limit + 1 - len(found), before=before, now_ms=now_ms
                )
                if len(found) > limit:
                    break
            shown = found[:limit]
            causes = await segments.causes_at(session, [one.id for one in shown]) if shown else {}
        return Found(shown, causes, (shown[-1].start_ms, shown[-1].id) if len(found) > limit else None)

    async def sums(self, wanted: Wanted) -> Sums:
        """Raises VedetteError as `check_span`."""
        now_ms = self._clock.now_ms()
        check_span(wanted.start_ms, wanted.end_ms, now_ms, wanted.hours)
        async with self._database.read() as session:
            stream_ids = await repository.streams(session, wanted.of)
            return await repository.sums(
                session, wanted, stream_ids, await self._pieces(session, wanted, now_ms), now_ms
            )

    async def gaps(self, wanted: WantedGaps, limit: int, before: GapKey | None) -> tuple[list[FoundGap], GapKey | None]:
        """At most `limit` gaps, those that began last first, and the key of the next page.

        Raises VedetteError as `check_span`.
        """
        now_ms = self._clock.now_ms()
        async with self._database.read() as session:
            found = await repository.gaps(
                session, wanted, _hours_of(wanted, now_ms), limit=limit + 1, before=before, now_ms=now_ms
            )
        shown = found[:limit]
        return shown, (shown[-1].start_ms, shown[-1].id) if len(found) > limit else None

    async def gap_sums(self, wanted: WantedGaps) -> list[GapSums]:
        """By cause. Raises VedetteError as `check_span`."""
        now_ms = self._clock.now_ms()
        async with self._database.read() as session:
            return await repository.gap_sums(session, wanted, _hours_of(wanted, now_ms), now_ms)

    async def _pieces(self, session: AsyncSession, wanted: Wanted, now_ms: int) -> list[Piece]:
        known = await repository.bounds(session)
        if known is None:
            return []
        # An open file reaches further than it began, and one that was dated into the future is footage, too.
        last_ms = max(now_ms, known[1]) + MAX_SEGMENT_MS
        start_ms = wanted.start_ms if wanted.start_ms is not None else known[0] - 1
        span = start_ms, min(last_ms, wanted.end_ms) if wanted.end_ms is not None else last_ms
        spans = [span] if wanted.hours is None or wanted.hours.always else windows(wanted.hours, *span)
        return within(pieces(spans, MAX_SEGMENT_MS), known[0], known[1] + 1)


def _hours_of(wanted: WantedGaps, now_ms: int) -> list[Span] | None:
    check_span(wanted.start_ms, wanted.end_ms, now_ms, wanted.hours)
    if wanted.hours is None or wanted.hours.always or wanted.start_ms is None:
        return None
    end_ms = now_ms if wanted.end_ms is None else min(wanted.end_ms, now_ms)
    return windows(wanted.hours, wanted.start_ms, max(end_ms, wanted.start_ms))
