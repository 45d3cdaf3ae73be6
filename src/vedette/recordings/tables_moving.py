"""Moving footage from one volume to another."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, BigCount, BigId, Millis


class MoveRow(Base):
    """What somebody asked to be moved: closed footage that ended before `end_ms` (and began at `start_ms` or later), of
    one camera or of all, from one volume or from all others, to `volume_id`. Counters tell how far it is."""

    __tablename__ = "footage_move"
    __table_args__ = (CheckConstraint("state in ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    volume_id: Mapped[int] = mapped_column(BigId, ForeignKey("volume.id", ondelete="CASCADE"))
    from_volume_id: Mapped[BigCount | None]
    camera_id: Mapped[UUID | None]
    start_ms: Mapped[Millis | None]
    end_ms: Mapped[Millis]
    asked_by: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    detail: Mapped[str] = mapped_column(default="")
    created_ms: Mapped[Millis]
    started_ms: Mapped[Millis | None]
    ended_ms: Mapped[Millis | None]
    files: Mapped[int]
    bytes: Mapped[BigCount]
    files_done: Mapped[int] = mapped_column(default=0)
    bytes_done: Mapped[BigCount] = mapped_column(default=0)
    files_failed: Mapped[int] = mapped_column(default=0)


class MoveCopyRow(Base):
    """A copy that is being made, before its first byte is written: who finds one that nobody touched for a while knows
    what a killed process left. Its key keeps two movers from the same segment."""

    __tablename__ = "move_copy"
    __table_args__ = (UniqueConstraint("volume_id", "path"),)

    segment_id: Mapped[UUID] = mapped_column(primary_key=True)
    move_id: Mapped[UUID]
    volume_id: Mapped[int] = mapped_column(BigId, ForeignKey("volume.id"))  # where it is copied to
    path: Mapped[str]
    start_ms: Mapped[Millis]
    bytes: Mapped[BigCount]
    touched_ms: Mapped[Millis]
