"""Volumes: places for segments."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, BigCount, BigId, Millis, SerialKey

# Retention keeps this much of the disk free unless a person says otherwise.
HEADROOM_PERCENT = 10


class VolumeKind(StrEnum):
    """What a volume is. Recorders write to directories only."""

    DIRECTORY = "directory"
    S3 = "s3"


class Delivery(StrEnum):
    """How players get the bytes of a volume in a bucket: through this server, or by presigned addresses."""

    SERVER = "server"
    BROWSER = "browser"


class VolumeRow(Base):
    """A directory or a prefix of a bucket, with an identity marker, in a tier."""

    __tablename__ = "volume"
    __table_args__ = (
        CheckConstraint("tier in ('hot', 'warm', 'cold')", name="tier"),
        CheckConstraint("state in ('ok', 'missing', 'foreign', 'read_only', 'full', 'failing')", name="state"),
        CheckConstraint("headroom_percent between 0 and 90", name="headroom_percent"),
    )

    id: Mapped[SerialKey]
    marker: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    location: Mapped[str] = mapped_column(unique=True)  # absolute directory, or endpoint/bucket/prefix
    tier: Mapped[str] = mapped_column(default="hot")
    keep_days: Mapped[int | None] = mapped_column(default=None)
    keep_bytes: Mapped[BigCount | None] = mapped_column(default=None)
    headroom_percent: Mapped[int] = mapped_column(default=HEADROOM_PERCENT)
    state: Mapped[str] = mapped_column(default="ok")
    state_detail: Mapped[str] = mapped_column(default="")
    state_since_ms: Mapped[Millis]
    created_ms: Mapped[Millis]
    kind: Mapped[str] = mapped_column(default=VolumeKind.DIRECTORY, server_default=VolumeKind.DIRECTORY)


class BucketRow(Base):
    """Where a volume of the kind `s3` is, and with what one gets in. `version` grows with every change."""

    __tablename__ = "volume_bucket"
    __table_args__ = (
        CheckConstraint("delivery in ('server', 'browser')", name="delivery"),
        CheckConstraint("timeout_s between 1 and 120", name="timeout_s"),
    )

    volume_id: Mapped[int] = mapped_column(BigId, ForeignKey("volume.id", ondelete="CASCADE"), primary_key=True)
    endpoint: Mapped[str]
    region: Mapped[str]
    bucket: Mapped[str]
    prefix: Mapped[str]
    access_key: Mapped[str]
    secret_sealed: Mapped[str]  # by the vault, bound to the volume's marker
    path_style: Mapped[bool]
    timeout_s: Mapped[int]
    delivery: Mapped[str] = mapped_column(default=Delivery.SERVER)
    version: Mapped[int] = mapped_column(default=1)
