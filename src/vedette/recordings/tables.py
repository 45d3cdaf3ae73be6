"""The segment index: what was recorded, where it is, and why the rest is missing.

Size: one segment row and its groups take about 200 bytes + 6 bytes per group of pictures; 50 cameras with 15-minute
segments make 1.75 million rows a year. Range queries bound both sides of `start_ms`, which `max_segment_ms` allows.
"""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, BigCount, BigId, Millis, SerialKey

# Written out in queries too: SQLite uses a partial index only for the very expression, never for a bound parameter.
IS_OPEN = text("state = 'open'")
IS_UNHASHED = text("sha256 IS NULL AND state = 'closed'")

# 60 minutes, one more for the key frame that closes it, and slack for clock corrections.
MAX_SEGMENT_MS = 65 * 60_000


class InitRow(Base):
    """An init, stored once by hash."""

    __tablename__ = "init"

    id: Mapped[SerialKey]
    digest: Mapped[str] = mapped_column(unique=True)  # SHA-256, hex
    data: Mapped[bytes] = mapped_column(LargeBinary)
    codecs: Mapped[str]
    video_codec: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    video_timescale: Mapped[int | None]
    audio_codec: Mapped[str | None]
    audio_rate: Mapped[int | None]
    audio_channels: Mapped[int | None]


class RunRow(Base):
    """One uninterrupted connection to a stream with one time line."""

    __tablename__ = "run"
    __table_args__ = (
        # What recovery asks for: the runs that nobody ended.
        Index("ix_run_open", "stream_id", sqlite_where=text("end_ms IS NULL"), postgresql_where=text("end_ms IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    stream_id: Mapped[int] = mapped_column(BigId, ForeignKey("stream.id", ondelete="CASCADE"), index=True)
    node: Mapped[str]
    engine: Mapped[str]
    start_ms: Mapped[Millis]
    end_ms: Mapped[Millis | None]
    end_reason: Mapped[str | None]
    end_detail: Mapped[str | None]


class SegmentRow(Base):
    """One MP4 file of a stream. An open segment has a row from its first part on; its `end_ms`, `bytes` and
    `duration_ticks` are then a little behind the file (the recorder updates them every few seconds)."""

    __tablename__ = "segment"
    __table_args__ = (
        # Timelines and sums are read from this index alone: the rows of one stream lie far apart, each between those of
        # others.
        # Not unique: where a clock was set back two files may begin in the same millisecond, and both are footage.
        Index("ix_segment_timeline", "stream_id", "start_ms", "end_ms", "bytes"),
        # Lists over all cameras, newest first.
        Index("ix_segment_start_ms", "start_ms"),
        # The few open ones, among millions.
        Index("ix_segment_open", "stream_id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        # Repaired and adopted files, which nobody hashed while they were written.
        Index("ix_segment_unhashed", "volume_id", sqlite_where=IS_UNHASHED, postgresql_where=IS_UNHASHED),
        # Retention asks for the oldest of a volume; `check` walks a volume.
        Index("ix_segment_volume_id_start_ms", "volume_id", "start_ms"),
        CheckConstraint("end_ms >= start_ms", name="span"),
        CheckConstraint(f"end_ms - start_ms <= {MAX_SEGMENT_MS}", name="max_span"),
        CheckConstraint("state in ('open', 'closed', 'damaged')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    stream_id: Mapped[int] = mapped_column(BigId, ForeignKey("stream.id"))
    volume_id: Mapped[int] = mapped_column(BigId, ForeignKey("volume.id"))
    init_id: Mapped[int] = mapped_column(BigId, ForeignKey("init.id"))
    run_id: Mapped[UUID]
    sequence: Mapped[int]
    path: Mapped[str]  # relative to the volume
    state: Mapped[str] = mapped_column(default="open")
    start_ms: Mapped[Millis]
    end_ms: Mapped[Millis]
    start_ticks: Mapped[BigCount]  # dts of the first video frame on the run's time line, video timescale
    duration_ticks: Mapped[BigCount]
    bytes: Mapped[BigCount]
    frames: Mapped[int]
    sha256: Mapped[str | None]  # of the recorded bytes; see docs/decisions


class SegmentIndexRow(Base):
    """The groups of pictures of a segment, packed (`recordings.packing`): apart from the row, since range queries over
    months do not want it."""

    __tablename__ = "segment_index"

    segment_id: Mapped[UUID] = mapped_column(ForeignKey("segment.id", ondelete="CASCADE"), primary_key=True)
    groups: Mapped[bytes] = mapped_column(LargeBinary)


class GapRow(Base):
    """A span without footage, with its cause. `end_ms` is null while it lasts."""

    __tablename__ = "gap"
    __table_args__ = (
        # By its end: what people look at is recent, and only the gaps that end after it are read.
        Index("ix_gap_stream_id_end_ms", "stream_id", "end_ms"),
        # The gap that follows a file; lists, those that began last first.
        Index("ix_gap_stream_id_start_ms", "stream_id", "start_ms"),
        Index("ix_gap_start_ms", "start_ms"),
        # At most one gap of a stream lasts.
        Index(
            "uq_gap_open",
            "stream_id",
            unique=True,
            sqlite_where=text("end_ms IS NULL"),
            postgresql_where=text("end_ms IS NULL"),
        ),
        CheckConstraint(
            "cause in ('not_scheduled', 'stopped', 'camera_offline', 'network', 'no_disk', 'write_failure',"
            " 'deleted_by_retention', 'deleted_by_person', 'lost')",
            name="cause",
        ),
        CheckConstraint("end_ms is null or end_ms >= start_ms", name="span"),
    )

    id: Mapped[SerialKey]
    stream_id: Mapped[int] = mapped_column(BigId, ForeignKey("stream.id", ondelete="CASCADE"))
    start_ms: Mapped[Millis]
    end_ms: Mapped[Millis | None]
    cause: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")


class GarbageRow(Base):
    """A file that no row names any more and that must go. Start-up and the worker finish what is here."""

    __tablename__ = "garbage"

    id: Mapped[SerialKey]
    volume_id: Mapped[int] = mapped_column(BigId, ForeignKey("volume.id"))
    path: Mapped[str]
    start_ms: Mapped[Millis]  # of the segment that the file was: where to look whether the path is in use again
    bytes: Mapped[BigCount]
    reason: Mapped[str]
    created_ms: Mapped[Millis]


class HoldRow(Base):
    """A lock that keeps footage of a camera from deletion."""

    __tablename__ = "hold"
    __table_args__ = (
        Index("ix_hold_camera_id_start_ms", "camera_id", "start_ms"),
        CheckConstraint("end_ms > start_ms", name="span"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id", ondelete="CASCADE"))
    start_ms: Mapped[Millis]
    end_ms: Mapped[Millis]
    owner: Mapped[str]
    reason: Mapped[str]
    created_ms: Mapped[Millis]
    expires_ms: Mapped[Millis | None]


class UsageRow(Base):
    """Bytes and files per volume, stream and UTC day of closed and open segments, kept in the transaction that changes
    them: `/storage/stats` and retention never sum the segment table."""

    __tablename__ = "usage"
    __table_args__ = ({"sqlite_with_rowid": False},)

    volume_id: Mapped[int] = mapped_column(BigId, ForeignKey("volume.id"), primary_key=True)
    stream_id: Mapped[int] = mapped_column(BigId, ForeignKey("stream.id"), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True)  # days since 1970-01-01 UTC of the segment's start
    bytes: Mapped[BigCount]
    files: Mapped[int]
    duration_ms: Mapped[Millis]


class HealthRow(Base):
    """One minute of a stream's health, kept for a week."""

    __tablename__ = "health_sample"
    __table_args__ = ({"sqlite_with_rowid": False},)

    stream_id: Mapped[int] = mapped_column(BigId, ForeignKey("stream.id", ondelete="CASCADE"), primary_key=True)
    minute: Mapped[int] = mapped_column(primary_key=True)  # minutes since the Unix epoch
    fps: Mapped[float]
    bitrate: Mapped[float]  # bits per second
    key_interval_s: Mapped[float | None]
    jitter_ms: Mapped[float]
    lost_packets: Mapped[int]
    clock_offset_ms: Mapped[float | None]
    drift_ppm: Mapped[float | None]
    reconnects: Mapped[int]
    connected_s: Mapped[float]
