"""Bookmarks: instants and spans of a camera's footage that somebody noted."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, Millis

# A week: lists bound `start_ms` on both sides by it.
MAX_SPAN_MS = 7 * 86_400_000


class BookmarkRow(Base):
    """`end_ms` is `start_ms` for an instant. `author` is the user name at the time, which stays when the account
    (`owner_id`) goes. `version` counts edits and is the ETag."""

    __tablename__ = "bookmark"
    __table_args__ = (
        Index("ix_bookmark_camera_id_start_ms", "camera_id", "start_ms"),
        # Lists over all cameras, newest first.
        Index("ix_bookmark_start_ms", "start_ms"),
        CheckConstraint("end_ms >= start_ms", name="span"),
        CheckConstraint(f"end_ms - start_ms <= {MAX_SPAN_MS}", name="max_span"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id", ondelete="CASCADE"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    author: Mapped[str]
    start_ms: Mapped[Millis]
    end_ms: Mapped[Millis]
    title: Mapped[str]
    note: Mapped[str]
    created_ms: Mapped[Millis]
    updated_ms: Mapped[Millis]
    version: Mapped[int] = mapped_column(default=1)
