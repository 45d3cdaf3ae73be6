"""/coverage/report: how much of what was promised was recorded in a month, also as signed files, and whether such a
file is one."""

import asyncio
from importlib import metadata
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query
from fastapi.responses import Response, StreamingResponse
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.audit.log import Entry, record
from vedette.http.access import Caller, Visible, require, signed_in, visible
from vedette.http.deps import ClockDep, DatabaseDep, SettingsDep, taken
from vedette.http.problem import responses
from vedette.recordings.report.document import Maker, content, signed
from vedette.recordings.report.judge import judged
from vedette.recordings.report.month import Asked
from vedette.recordings.report.pdf import signed_pdf
from vedette.recordings.report.schemas import CoverageReport, ReportVerdict
from vedette.recordings.report.service import ReportService
from vedette.recordings.report.table import as_csv
from vedette.signing.router import Signing

router = APIRouter(prefix="/coverage/report", tags=["reports"])

_DOCUMENT = {
    "type": "object",
    "properties": {"report": {"type": "object"}, "signature": {"type": "string"}},
    "required": ["report", "signature"],
}
Format = Literal["csv", "json", "pdf"]
MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
}
Month = Annotated[str, Query(max_length=7, examples=["2026-11"])]
Timezone = Annotated[str | None, Query(max_length=64, description="IANA name; by default the site's.")]


def reports_of(connection: HTTPConnection) -> ReportService:
    """The process's one."""
    service: ReportService = connection.app.state.reports
    return service


Reports = Annotated[ReportService, taken(reports_of)]


def made_entry(asked: Asked, format: str) -> Entry:  # noqa: A002 - the name at the API
    """The entry of who has a report made."""
    told = {"month": asked.month, "timezone": asked.timezone, "format": format}
    return Entry("coverage.report", object_kind="report", object_name=asked.month, after=told)


@router.get("", summary="How much of a month is recorded", responses=responses(403))
async def get_coverage_report(
    reports: Reports,
    seen: Annotated[Visible, visible(Permission.PLAYBACK_VIEW)],
    month: Month,
    timezone: Timezone = None,
) -> CoverageReport:
    """By camera and day, with causes, of the cameras whose footage one may see. Days to come and before a camera was
    added are not due."""
    asked = await reports.asked(month, timezone)
    return CoverageReport.of(await reports.month(asked, seen.cameras))


@router.get(
    "/file",
    response_class=Response,
    summary="The report of a month as a file",
    responses={
        200: {"content": {"text/csv": {}, "application/json": {"schema": _DOCUMENT}, "application/pdf": {}}},
        **responses(403),
    },
    dependencies=[require(Permission.AUDIT_VIEW)],
)
async def get_coverage_report_file(
    reports: Reports,
    signing: Signing,
    database: DatabaseDep,
    clock: ClockDep,
    settings: SettingsDep,
    caller: Caller,
    month: Month,
    timezone: Timezone = None,
    format: Format = "pdf",  # noqa: A002 - the name at the API
) -> Response:
    """Of all cameras. JSON and PDF are signed (`GET /signing-keys`): JSON as JWS over its canonical form (RFC 7515, RFC
    8785), PDF as a whole, with the JSON attached. Making one is an entry of the audit log."""
    asked = await reports.asked(month, timezone)
    async with database.write() as session:
        await record(session, clock.now_ms(), caller, made_entry(asked, format))
    headers = {
        "Content-Disposition": f'attachment; filename="vedette-coverage-{asked.month}.{format}"',
        "Cache-Control": "no-store",
    }
    if format == "csv":
        lines = as_csv(reports.cameras(asked, None), asked)
        return StreamingResponse(lines, media_type=MEDIA_TYPES[format], headers=headers)
    found, key = await reports.month(asked, None), await signing.current()
    maker = Maker(settings.node, metadata.version("vedette"), caller.name)
    data = signed(content(found, maker), key)
    if format == "pdf":
        data = await asyncio.to_thread(signed_pdf, found, maker, data, key)
    return Response(data, media_type=MEDIA_TYPES[format], headers=headers)


@router.post("/verify", summary="Whether a report is as it was signed", dependencies=[signed_in()])
async def verify_coverage_report(
    signing: Signing, file: Annotated[bytes, Body(media_type="application/octet-stream")]
) -> ReportVerdict:
    """Of a JSON or PDF file of at most 1 MB that was signed here; `vedette report verify` takes any."""
    keys = {one.kid: one.public for one in await signing.public()}
    return ReportVerdict.of(await asyncio.to_thread(judged, file, keys))
