"""Reports of a month, camera by camera: it takes the memory of one, and of what is told of the others."""

from collections.abc import AsyncIterator, Collection
from uuid import UUID

from sqlalchemy import or_, select

from vedette.cameras.tables import CameraRow
from vedette.core.clock import Clock
from vedette.core.errors import invalid
from vedette.db.session import Database
from vedette.events import preferences, site
from vedette.events.preferences import COVERAGE_SLO
from vedette.recordings import days
from vedette.recordings.report.month import USUAL_SLO, Asked, CameraReport, MonthReport, camera_report
from vedette.recordings.service import RecordingService


class ReportService:
    """`recordings` says what is recorded."""

    def __init__(self, database: Database, clock: Clock, recordings: RecordingService) -> None:
        self._database = database
        self._clock = clock
        self._recordings = recordings

    async def asked(self, month: str, timezone: str | None) -> Asked:
        """The month (`YYYY-MM`) by the clock of `timezone`, else the site's, with the site's line.

        Raises VedetteError `calendar.month`, `calendar.timezone`, `report.future`.
        """
        async with self._database.read() as session:
            slo = (await preferences.load(session, COVERAGE_SLO)).get(COVERAGE_SLO)
            timezone = timezone or await site.timezone(session)
        days.zone(timezone)
        asked = Asked(days.parse_month(month), timezone, USUAL_SLO if slo is None else float(slo))
        if asked.span[0] > self._clock.now_ms():
            raise invalid("report.future", "Nothing was recorded in a month to come yet.", field="month")
        return asked

    async def cameras(self, asked: Asked, among: Collection[UUID] | None) -> AsyncIterator[CameraReport]:
        """By name: those that were there in the month, removed ones included."""
        start_ms, end_ms = asked.span
        there = or_(CameraRow.deleted_ms.is_(None), CameraRow.deleted_ms > start_ms)
        statement = select(CameraRow.id, CameraRow.name, CameraRow.slug).where(there, CameraRow.created_ms < end_ms)
        if among is not None:
            statement = statement.where(CameraRow.id.in_(among))
        async with self._database.read() as session:
            rows = list(await session.execute(statement))
        for camera_id, name, slug in sorted(rows, key=lambda row: (row.name.casefold(), row.slug)):
            (found,) = await self._recordings.coverage([camera_id], "main", start_ms, end_ms)
            yield camera_report(camera_id, name, slug, found.coverage, asked)

    async def month(self, asked: Asked, among: Collection[UUID] | None) -> MonthReport:
        """All of it."""
        made_ms = self._clock.now_ms()
        return MonthReport(asked, made_ms, [camera async for camera in self.cameras(asked, among)])
