"""The audit log at the API."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from vedette.audit.chain import Flaw
from vedette.audit.tables import AuditRow
from vedette.http.instants import InstantOut


class AuditEntry(BaseModel):
    """Who did what, to what, from where, with what result."""

    id: int
    at: InstantOut
    actor_kind: str = Field(description="session, token, ticket, share, system, setup or nobody.")
    actor_id: str | None = Field(description="Id of the user, also where a token of theirs was used.")
    actor_name: str
    token_id: str | None
    address: str
    action: str = Field(examples=["camera.edit", "auth.login"])
    result: str = Field(description="ok, denied or failed.")
    object_kind: str | None
    object_id: str | None
    object_name: str | None
    camera_id: UUID | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    detail: str
    hash: str = Field(description="SHA-256 over this entry and the hash of the one before.")

    @staticmethod
    def of(row: AuditRow) -> "AuditEntry":
        """The entry of a row."""
        fields = {name: getattr(row, name) for name in AuditEntry.model_fields if name != "at"}
        return AuditEntry.model_validate({**fields, "at": row.at_ms})


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


class CameraViews(BaseModel):
    """What one person saw of one camera. Playback, snapshots and downloads are counted once an hour."""

    name: str
    user_id: str | None
    camera_id: UUID | None
    camera: str | None
    live: int
    live_seconds: int
    playback: int
    snapshots: int
    downloads: int
    first: InstantOut
    last: InstantOut


class AuditReport(BaseModel):
    """A month: who came in, who failed to, who saw what, who may do what since, what was deleted."""

    month: str
    timezone: str
    entries: int
    logins: list[LoginCount]
    failed_logins: list[LoginCount]
    views: list[CameraViews]
    permission_changes: list[AuditEntry]
    deletions: list[AuditEntry]
    cut: bool = Field(description="There were more changes or deletions than are listed; the export has all.")
