"""Cameras, their streams and the sealed credentials."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vedette.db.base import Base, BigCount, Millis, SerialKey


class CameraRow(Base):
    """A device or source. `version` counts edits and is the ETag."""

    __tablename__ = "camera"
    __table_args__ = (
        CheckConstraint("recording_mode in ('continuous', 'schedule', 'manual', 'off')", name="recording_mode"),
        CheckConstraint("recording_override in ('start', 'stop')", name="recording_override"),
        CheckConstraint("segment_minutes between 1 and 60", name="segment_minutes"),
        CheckConstraint("keep_days > 0", name="keep_days"),
        CheckConstraint("keep_bytes > 0", name="keep_bytes"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    enabled: Mapped[bool] = mapped_column(default=True)
    recording_mode: Mapped[str] = mapped_column(default="continuous")
    # Manual start or stop, over whatever the mode says; null follows the mode.
    recording_override: Mapped[str | None] = mapped_column(default=None)
    # {"timezone": "Europe/Vienna", "week": [[["08:00","18:00"], ...], ... seven lists, Monday first]}
    schedule: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    segment_minutes: Mapped[int] = mapped_column(default=15)
    keep_days: Mapped[int | None] = mapped_column(default=None)
    keep_bytes: Mapped[BigCount | None] = mapped_column(default=None)
    volume_id: Mapped[int | None] = mapped_column(ForeignKey("volume.id"), default=None)
    simulated: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(default="")
    created_ms: Mapped[Millis]
    updated_ms: Mapped[Millis]
    # A deleted camera stays as long as its footage: it is no longer recorded or listed.
    deleted_ms: Mapped[Millis | None] = mapped_column(default=None)
    # Of a deleted camera: its footage is to go as well (holds excepted), instead of ageing out.
    discard_footage: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    streams: Mapped[list["StreamRow"]] = relationship(
        back_populates="camera", cascade="all, delete-orphan", lazy="selectin", order_by="StreamRow.kind"
    )


class StreamRow(Base):
    """One stream of a camera. The integer key keeps the segment index small."""

    __tablename__ = "stream"
    __table_args__ = (
        UniqueConstraint("camera_id", "kind"),
        CheckConstraint("kind in ('main', 'sub')", name="kind"),
        CheckConstraint("engine in ('auto', 'native', 'libav')", name="engine"),
    )

    id: Mapped[SerialKey]
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id", ondelete="CASCADE"))
    kind: Mapped[str]
    url: Mapped[str]  # without credentials
    engine: Mapped[str] = mapped_column(default="auto")
    # What `auto` found out: set to libav, with the reason, when the native client can't do this source.
    fallback: Mapped[str | None] = mapped_column(default=None)
    record: Mapped[bool] = mapped_column(default=True)
    # A removed stream keeps its row for its footage: it is no longer opened or listed, and is revived when added again.
    removed_ms: Mapped[Millis | None] = mapped_column(default=None)

    camera: Mapped[CameraRow] = relationship(back_populates="streams", lazy="raise")


class CredentialRow(Base):
    """User and password of a camera, AES-GCM sealed and bound to this row."""

    __tablename__ = "camera_credential"

    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id", ondelete="CASCADE"), primary_key=True)
    username_sealed: Mapped[str]
    password_sealed: Mapped[str]
