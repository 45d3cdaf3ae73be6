"""The audit log: append-only, each row chained to the one before by its hash."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, Millis, SerialKey


class AuditRow(Base):
    """Who did what, to what, from where, with what result. Ids are kept as text without foreign keys: the log outlives
    what it tells of. `hash` is the SHA-256 (lower-case hex) over `previous_hash` and the row's canonical JSON."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_at_ms", "at_ms"),
        Index("ix_audit_actor_id_at_ms", "actor_id", "at_ms"),
        Index("ix_audit_action_at_ms", "action", "at_ms"),
        Index("ix_audit_camera_id_at_ms", "camera_id", "at_ms"),
    )

    id: Mapped[SerialKey]
    at_ms: Mapped[Millis]
    actor_kind: Mapped[str]  # access.principal.CallerKind
    actor_id: Mapped[str | None]  # of the user, also where it came with a token
    actor_name: Mapped[str]
    token_id: Mapped[str | None]
    address: Mapped[str]
    action: Mapped[str]  # dotted: `camera.edit`, `auth.login`
    result: Mapped[str]  # ok, denied, failed
    object_kind: Mapped[str | None]
    object_id: Mapped[str | None]
    object_name: Mapped[str | None]
    camera_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any] | None]  # secrets masked
    after: Mapped[dict[str, Any] | None]
    detail: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
