"""The audit log at the API."""

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from vedette.audit.chain import Flaw
from vedette.audit.refusals import sentence_of
from vedette.audit.report import Report, Views, Watched
from vedette.audit.repository import Tally
from vedette.audit.tables import AuditRow
from vedette.http.instants import InstantOut


class AuditEntry(BaseModel):
    """Who did what, to what, from where, with what result."""

    id: int
    at: InstantOut
    actor_kind: str = Field(description="session, token, ticket, share, system, setup or nobody.")
    actor_id: str | None = Field(description="Id of the user, also where a token of theirs was used.")
    actor_name: str
    token_id: str | None = Field(description="The API token that it came with, also by a ticket that was given to it.")
    token_name: str | None = Field(description="What the token was called then.")
    share_id: str | None = Field(description="The share link that it came by.")
    ticket: str | None = Field(description="With a media ticket: live, playback or still.")
    address: str
    action: str = Field(examples=["camera.edit", "auth.login"])
    result: str = Field(description="ok, denied (a login), failed, or refused (by the permissions).")
    object_kind: str | None
    object_id: str | None
    object_name: str | None
    camera_id: UUID | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    detail: str
    sentence: str | None = Field(description="Of a refusal: what it was about, as `Watch live: Yard`.")
    hash: str = Field(description="SHA-256 over this entry and the hash of the one before.")

    @staticmethod
    def of(row: AuditRow) -> "AuditEntry":
        """The entry of a row."""
        fields = {name: getattr(row, name) for name in AuditEntry.model_fields if name not in ("at", "sentence")}
        return AuditEntry.model_validate({**fields, "at": row.at_ms, "sentence": sentence_of(row)})


class AuditVerdict(BaseModel):
    """Whether the log is what was written."""

    intact: bool
    entries: int = Field(description="Looked at, all of them where it is intact.")
    hash: str = Field(description="The newest entry's. Written down elsewhere it proves later that nothing was redone.")
    problem: Flaw | None
    explanation: str
    row_id: int | None = Field(description="The first entry that is not right.")
    row_at: InstantOut | None


class LoginCount(BaseModel):
    """Logins of one person, or failures under one name, from one address."""

    name: str
    user_id: str | None
    address: str
    count: int
    first: InstantOut
    last: InstantOut

    @staticmethod
    def of(one: Tally) -> "LoginCount":
        """Of a count."""
        return LoginCount(
            name=one.actor_name or one.object_name or "",
            user_id=one.actor_id,
            address=one.address or "",
            count=one.count,
            first=one.first_ms,
            last=one.last_ms,
        )


class CameraViews(BaseModel):
    """What one person saw of one camera, in person or by one API token. Snapshots and downloads are counted once an
    hour."""

    name: str
    user_id: str | None
    token_name: str | None
    camera_id: UUID | None
    camera: str | None
    live: int
    live_seconds: int
    playback: int
    playback_seconds: int = Field(description="Of watching; footage may have been played faster or slower.")
    snapshots: int
    downloads: int
    first: InstantOut
    last: InstantOut

    @staticmethod
    def of(one: Views) -> "CameraViews":
        """Of what was counted."""
        return CameraViews(
            name=one.actor_name,
            user_id=one.actor_id,
            token_name=one.token_name,
            camera_id=one.camera_id,
            camera=one.camera,
            live=one.live,
            live_seconds=one.live_seconds,
            playback=one.playback,
            playback_seconds=one.playback_seconds,
            snapshots=one.snapshots,
            downloads=one.downloads,
            first=one.first_ms,
            last=one.last_ms,
        )


class FootageSpan(BaseModel):
    """A span of what was recorded."""

    start: InstantOut
    end: InstantOut


class WatchedView(BaseModel):
    """One view: who, of which camera, from when to when, and of playback which footage was fetched."""

    entry_id: int = Field(description="The newest entry of it.")
    name: str
    user_id: str | None
    token_name: str | None
    share_id: str | None
    address: str
    camera_id: UUID | None
    camera: str | None
    kind: Literal["live", "playback"]
    stream: str | None
    start: InstantOut
    end: InstantOut | None = Field(description="Null while it goes on.")
    seconds: int | None = Field(description="In the period, so far; null where its end is not known.")
    going_on: bool = Field(description="It goes on at this moment.")
    exact: bool = Field(description="False: the server stopped meanwhile; it ended then or later.")
    footage: list[FootageSpan]

    @staticmethod
    def of(one: Watched) -> "WatchedView":
        """Of a view."""
        row = one.row
        return WatchedView(
            entry_id=row.id,
            name=row.actor_name,
            user_id=row.actor_id,
            token_name=row.token_name,
            share_id=row.share_id,
            address=row.address,
            camera_id=row.camera_id,
            camera=row.object_name,
            kind="live" if one.live else "playback",
            stream=(row.after or {}).get("stream"),
            start=one.start_ms,
            end=one.end_ms,
            seconds=None if one.inside_ms is None else round(one.inside_ms / 1000),
            going_on=one.going_on,
            exact=one.exact,
            footage=[FootageSpan(start=start, end=end) for start, end in one.spans],
        )


class AuditReport(BaseModel):
    """A period: who came in, who failed to, who saw what, who may do what since, who was refused, what was deleted."""

    month: str | None = Field(description="Where a month was asked for.")
    start: InstantOut
    end: InstantOut
    timezone: str
    entries: int
    logins: list[LoginCount]
    failed_logins: list[LoginCount]
    views: list[CameraViews]
    watched: list[WatchedView] = Field(description="The views one by one, those that began last first.")
    permission_changes: list[AuditEntry]
    shares_opened: list[AuditEntry] = Field(description="Also those that failed for a wrong password.")
    tokens_elsewhere: list[AuditEntry] = Field(description="API tokens that came from where they may not be used.")
    refusals: list[AuditEntry] = Field(description="What people and programs were not let do.")
    deletions: list[AuditEntry]
    cut: bool = Field(description="A list had more than the 2,000 that are listed; the export has all.")

    @staticmethod
    def of(found: Report, span: tuple[int, int], month: str | None, timezone: str) -> "AuditReport":
        """Of a report."""
        return AuditReport(
            month=month,
            start=span[0],
            end=span[1],
            timezone=timezone,
            entries=found.entries,
            logins=[LoginCount.of(one) for one in found.logins],
            failed_logins=[LoginCount.of(one) for one in found.failed_logins],
            views=[CameraViews.of(one) for one in found.views],
            watched=[WatchedView.of(one) for one in found.watched],
            permission_changes=[AuditEntry.of(row) for row in found.permission_changes],
            shares_opened=[AuditEntry.of(row) for row in found.shares_opened],
            tokens_elsewhere=[AuditEntry.of(row) for row in found.tokens_elsewhere],
            refusals=[AuditEntry.of(row) for row in found.refusals],
            deletions=[AuditEntry.of(row) for row in found.deletions],
            cut=found.cut,
        )
