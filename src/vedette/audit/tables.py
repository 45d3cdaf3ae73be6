"""The audit log: append-only, each row chained to the one before by its hash.

Triggers on both databases refuse to change or delete a row of `audit`, and to set its head back (migration 0002). A
migration that rebuilds one of these tables on SQLite must make them again.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, BigCount, Millis, SerialKey


class AuditRow(Base):
    """Who did what, to what, from where, with what result. Ids are kept as text without foreign keys: the log outlives
    what it tells of. `hash` is the SHA-256 (lower-case hex) over `previous_hash` and the row's canonical JSON."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_at_ms", "at_ms"),
        Index("ix_audit_actor_id_at_ms", "actor_id", "at_ms"),
        Index("ix_audit_action_at_ms", "action", "at_ms"),
        Index("ix_audit_camera_id_at_ms", "camera_id", "at_ms"),
        Index("ix_audit_token_id_at_ms", "token_id", "at_ms"),
    )

    id: Mapped[SerialKey]
    at_ms: Mapped[Millis]
    actor_kind: Mapped[str]  # access.principal.CallerKind
    actor_id: Mapped[str | None]  # of the user, also where it came with a token
    actor_name: Mapped[str]
    token_id: Mapped[str | None]
    token_name: Mapped[str | None]
    share_id: Mapped[str | None]
    ticket: Mapped[str | None]  # the kind of media that its ticket was for
    address: Mapped[str]
    action: Mapped[str]  # dotted: `camera.edit`, `auth.login`
    result: Mapped[str]  # ok, denied, failed, refused
    object_kind: Mapped[str | None]
    object_id: Mapped[str | None]
    object_name: Mapped[str | None]
    camera_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any] | None] = mapped_column()  # secrets masked
    after: Mapped[dict[str, Any] | None] = mapped_column()
    detail: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class AuditHeadRow(Base):
    """The anchor of the chain, one row: how many entries there are, and the hash of the newest. Rows that are missing
    at the end of the log are noticed by it."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entries: Mapped[BigCount]
    hash: Mapped[str]


class OpenViewRow(Base):
    """A view that goes on, so that its end can be told by another process than the one that saw it begin, also after a
    crash. No part of the log: a row goes when the end of its view is recorded.

    `touched_ms` is when a process that serves it said so last, `last_ms` when something was asked for last. `spans` are
    the footage seen, `{"seen": [[start_ms, end_ms], ...]}`; `caller` is what an entry needs of whose view it is.
    """

    __tablename__ = "open_view"

    key: Mapped[str] = mapped_column(primary_key=True)
    view_id: Mapped[str]
    owner: Mapped[str]
    touched_ms: Mapped[Millis] = mapped_column(index=True)
    start_ms: Mapped[Millis]
    last_ms: Mapped[Millis]
    action: Mapped[str]  # of its end
    caller: Mapped[dict[str, Any]] = mapped_column()
    camera_id: Mapped[UUID]
    camera_name: Mapped[str]
    stream: Mapped[str]
    spans: Mapped[dict[str, Any]] = mapped_column()
