"""Volumes: places for segments."""

from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, BigCount, Millis, SerialKey

# Retention keeps this much of the disk free unless a person says otherwise.
HEADROOM_PERCENT = 10


class VolumeRow(Base):
    """A directory (later also a bucket prefix) with an identity marker, in a tier."""

    __tablename__ = "volume"
    __table_args__ = (
        CheckConstraint("tier in ('hot', 'warm', 'cold')", name="tier"),
        CheckConstraint("state in ('ok', 'missing', 'foreign', 'read_only', 'full', 'failing')", name="state"),
        CheckConstraint("headroom_percent between 0 and 90", name="headroom_percent"),
    )

    id: Mapped[SerialKey]
    marker: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    location: Mapped[str] = mapped_column(unique=True)  # absolute directory
    tier: Mapped[str] = mapped_column(default="hot")
    keep_days: Mapped[int | None] = mapped_column(default=None)
    keep_bytes: Mapped[BigCount | None] = mapped_column(default=None)
    headroom_percent: Mapped[int] = mapped_column(default=HEADROOM_PERCENT)
    state: Mapped[str] = mapped_column(default="ok")
    state_detail: Mapped[str] = mapped_column(default="")
    state_since_ms: Mapped[Millis]
    created_ms: Mapped[Millis]
