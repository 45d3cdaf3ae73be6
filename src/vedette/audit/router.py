"""/audit: what happened, and whether the log of it can be relied on."""

from collections.abc import AsyncIterator
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import StreamingResponse
from pydantic import AfterValidator

from vedette.access.permissions import Permission
from vedette.audit import chain, repository
from vedette.audit.export import as_csv, as_json
from vedette.audit.log import Entry, record
from vedette.audit.periods import period
from vedette.audit.report import made_report, report
from vedette.audit.repository import Filter
from vedette.audit.schemas import AuditEntry, AuditReport, AuditVerdict
from vedette.audit.tables import AuditRow
from vedette.core.errors import invalid, not_found
from vedette.http.access import Caller, require
from vedette.http.deps import ClockDep, DatabaseDep
from vedette.http.instants import InstantIn, format_instant
from vedette.http.paging import DEFAULT_LIMIT, CursorParam, Limit, Page, decode_cursor, encode_cursor
from vedette.http.problem import responses

router = APIRouter(prefix="/audit", tags=["audit"], dependencies=[require(Permission.AUDIT_VIEW)])


_ENTRIES = {"type": "array", "items": {"type": "object"}, "description": "Entries as in the list."}


def _storable(text: str) -> str:
    if "\x00" in text or not text.isprintable():
        raise ValueError("must be text without control characters")
    return text


Text = Annotated[str, AfterValidator(_storable)]


async def filter_of(
    actor: Annotated[Text | None, Query(max_length=200, description="Id, or part of the name.")] = None,
    action: Annotated[
        Text | None, Query(max_length=100, description="`camera.edit`, or `camera` for all of them.")
    ] = None,
    object: Annotated[  # noqa: A002 - the name at the API
        Text | None, Query(max_length=200, description="Kind, id, or part of the name of what it was done to.")
    ] = None,
    camera: Annotated[UUID | None, Query(description="Id of a camera.")] = None,
    result: Annotated[Literal["ok", "denied", "failed", "refused"] | None, Query()] = None,
    address: Annotated[Text | None, Query(max_length=64, description="Address, or its beginning.")] = None,
    since: Annotated[InstantIn | None, Query(alias="from", description="Inclusive.")] = None,
    until: Annotated[InstantIn | None, Query(alias="to", description="Exclusive.")] = None,
    text: Annotated[Text | None, Query(max_length=200, description="In names, details and actions.")] = None,
    token: Annotated[Text | None, Query(max_length=200, description="Id of an API token, or part of its name.")] = None,
    share: Annotated[UUID | None, Query(description="Id of a share link.")] = None,
) -> Filter:
    """The filters that lists and exports share."""
    if since is not None and until is not None and until <= since:
        raise invalid("audit.span", "The end must be after the start.", field="to")
    link = None if share is None else str(share)
    return Filter(actor, action, object, camera, result, address, since, until, text, token, link)


Wanted = Annotated[Filter, Depends(filter_of)]


@router.get("", summary="What happened", responses=responses(422))
async def list_audit(
    wanted: Wanted, database: DatabaseDep, limit: Limit = DEFAULT_LIMIT, cursor: CursorParam = None
) -> Page[AuditEntry]:
    """What happened last comes first; entries are numbered in the order in which they were written, which can be
    another one: the end of a view is written a minute or two after it."""
    before = None
    if cursor is not None:
        at_ms, row_id = decode_cursor(cursor, int, int)
        before = int(at_ms), int(row_id)
        if not all(-(2**63) <= one < 2**63 for one in before):
            raise invalid("request.cursor", "This cursor is not one of ours. Begin again without it.", field="cursor")
    async with database.read() as session:
        rows = await repository.page(session, wanted, limit + 1, before)
    last = rows[limit - 1] if len(rows) > limit else None
    following = encode_cursor(last.at_ms, last.id) if last else None
    return Page(items=[AuditEntry.of(row) for row in rows[:limit]], next=following)


@router.get(
    "/export",
    response_class=StreamingResponse,
    summary="The audit log as a file",
    responses={200: {"content": {"text/csv": {}, "application/json": {"schema": _ENTRIES}}}, **responses(422)},
)
async def export_audit(
    wanted: Wanted,
    database: DatabaseDep,
    clock: ClockDep,
    caller: Caller,
    format: Literal["csv", "json"] = "csv",  # noqa: A002 - the name at the API
) -> StreamingResponse:
    """In the order of the list, with its filters. It becomes an entry itself, which is in it."""
    now_ms = clock.now_ms()
    async with database.write() as session:
        entry = Entry("audit.export", object_kind="audit", after={"format": format, "filter": wanted.told()})
        await record(session, now_ms, caller, entry)
    rows: AsyncIterator[bytes] = (as_csv if format == "csv" else as_json)(repository.every(database, wanted))
    name = f"vedette-audit-{format_instant(now_ms)[:19].replace(':', '-')}Z.{format}"
    return StreamingResponse(
        rows,
        media_type="text/csv; charset=utf-8" if format == "csv" else "application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@router.get("/verify", summary="Whether the audit log is intact", responses=responses(422))
async def verify_audit(
    database: DatabaseDep,
    known: Annotated[
        str | None, Query(alias="hash", pattern="^[0-9a-f]{64}$", description="One that was noted before.")
    ] = None,
) -> AuditVerdict:
    """Reads every entry, about a second for fifty thousand."""
    async with database.read() as session:
        found = await chain.verify(session, known)
    return AuditVerdict(
        intact=found.problem is None,
        entries=found.entries,
        hash=found.hash,
        problem=found.problem,
        explanation=found.explanation,
        row_id=found.row_id,
        row_at=found.at_ms,
    )


@router.get("/report", summary="The report of a period", responses=responses(422))
async def report_audit(
    database: DatabaseDep,
    clock: ClockDep,
    caller: Caller,
    month: Annotated[str | None, Query(max_length=7, examples=["2026-11"], description="By the clock there.")] = None,
    since: Annotated[InstantIn | None, Query(alias="from", description="Inclusive. Instead of a month.")] = None,
    until: Annotated[InstantIn | None, Query(alias="to", description="Exclusive; by default now.")] = None,
    timezone: Annotated[str, Query(max_length=64, description="IANA name, as Europe/Vienna.")] = "UTC",
) -> AuditReport:
    """Logins and failures, who saw which camera, changes of permissions, share links opened, refusals, deletions."""
    now_ms = clock.now_ms()
    span = period(month, since, until, timezone, now_ms)
    async with database.write() as session:
        await record(session, now_ms, caller, made_report(span, month, timezone))
    async with database.read() as session:
        found = await report(session, *span, now_ms)
    return AuditReport.of(found, span, month, timezone)


@router.get("/{entry_id}", summary="One entry of the audit log", responses=responses(404))
async def get_audit_entry(entry_id: Annotated[int, Path(ge=1, lt=2**63)], database: DatabaseDep) -> AuditEntry:
    """By its number."""
    async with database.read() as session:
        row = await session.get(AuditRow, entry_id)
    if row is None:
        raise not_found("audit.not_found", f"There is no entry {entry_id} in the audit log.")
    return AuditEntry.of(row)
