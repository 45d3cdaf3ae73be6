"""Foundation."""

import sqlalchemy as sa
from alembic import op

from vedette.db.base import BigId, Id

revision = "0001"
down_revision = None


def upgrade() -> None:
    _events()
    _storage()
    _cameras()
    _recordings()
    _around_footage()
    _retention()


def _events() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )

    op.create_table(
        "preference",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_preference")),
    )


def _storage() -> None:
    op.create_table(
        "volume",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("marker", Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=True),
        sa.Column("keep_bytes", sa.BigInteger(), nullable=True),
        sa.Column("headroom_percent", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_detail", sa.String(), nullable=False),
        sa.Column("state_since_ms", sa.BigInteger(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state in ('ok', 'missing', 'foreign', 'read_only', 'full', 'failing')", name=op.f("ck_volume_state")
        ),
        sa.CheckConstraint("tier in ('hot', 'warm', 'cold')", name=op.f("ck_volume_tier")),
        sa.CheckConstraint("headroom_percent between 0 and 90", name=op.f("ck_volume_headroom_percent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volume")),
        sa.UniqueConstraint("location", name=op.f("uq_volume_location")),
        sa.UniqueConstraint("marker", name=op.f("uq_volume_marker")),
        sa.UniqueConstraint("name", name=op.f("uq_volume_name")),
    )


def _cameras() -> None:
    op.create_table(
        "camera",
        sa.Column("id", Id(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("recording_mode", sa.String(), nullable=False),
        sa.Column("recording_override", sa.String(), nullable=True),
        sa.Column("schedule", sa.JSON(), nullable=True),
        sa.Column("segment_minutes", sa.Integer(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=True),
        sa.Column("keep_bytes", sa.BigInteger(), nullable=True),
        sa.Column("volume_id", BigId, nullable=True),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.Column("deleted_ms", sa.BigInteger(), nullable=True),
        sa.Column("discard_footage", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "recording_mode in ('continuous', 'schedule', 'manual', 'off')", name=op.f("ck_camera_recording_mode")
        ),
        sa.CheckConstraint("recording_override in ('start', 'stop')", name=op.f("ck_camera_recording_override")),
        sa.CheckConstraint("keep_bytes > 0", name=op.f("ck_camera_keep_bytes")),
        sa.CheckConstraint("keep_days > 0", name=op.f("ck_camera_keep_days")),
        sa.CheckConstraint("segment_minutes between 1 and 60", name=op.f("ck_camera_segment_minutes")),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_camera_volume_id_volume")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camera")),
        sa.UniqueConstraint("slug", name=op.f("uq_camera_slug")),
    )

    op.create_table(
        "camera_credential",
        sa.Column("camera_id", Id(), nullable=False),
        sa.Column("username_sealed", sa.String(), nullable=False),
        sa.Column("password_sealed", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["camera.id"], name=op.f("fk_camera_credential_camera_id_camera"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("camera_id", name=op.f("pk_camera_credential")),
    )

    op.create_table(
        "stream",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("camera_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("fallback", sa.String(), nullable=True),
        sa.Column("record", sa.Boolean(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("engine in ('auto', 'native', 'libav')", name=op.f("ck_stream_engine")),
        sa.CheckConstraint("kind in ('main', 'sub')", name=op.f("ck_stream_kind")),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["camera.id"], name=op.f("fk_stream_camera_id_camera"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream")),
        sa.UniqueConstraint("camera_id", "kind", name=op.f("uq_stream_camera_id_kind")),
    )


def _recordings() -> None:
    op.create_table(
        "init",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("codecs", sa.String(), nullable=False),
        sa.Column("video_codec", sa.String(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("video_timescale", sa.Integer(), nullable=True),
        sa.Column("audio_codec", sa.String(), nullable=True),
        sa.Column("audio_rate", sa.Integer(), nullable=True),
        sa.Column("audio_channels", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_init")),
        sa.UniqueConstraint("digest", name=op.f("uq_init_digest")),
    )

    op.create_table(
        "run",
        sa.Column("id", Id(), nullable=False),
        sa.Column("stream_id", BigId, nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("end_detail", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_run_stream_id_stream"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    with op.batch_alter_table("run") as batch_op:
        batch_op.create_index(
            "ix_run_open",
            ["stream_id"],
            unique=False,
            sqlite_where=sa.text("end_ms IS NULL"),
            postgresql_where=sa.text("end_ms IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_run_stream_id"), ["stream_id"], unique=False)

    op.create_table(
        "segment",
        sa.Column("id", Id(), nullable=False),
        sa.Column("stream_id", BigId, nullable=False),
        sa.Column("volume_id", BigId, nullable=False),
        sa.Column("init_id", BigId, nullable=False),
        sa.Column("run_id", Id(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("start_ticks", sa.BigInteger(), nullable=False),
        sa.Column("duration_ticks", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.CheckConstraint("state in ('open', 'closed', 'damaged')", name=op.f("ck_segment_state")),
        sa.CheckConstraint("end_ms - start_ms <= 3900000", name=op.f("ck_segment_max_span")),
        sa.CheckConstraint("end_ms >= start_ms", name=op.f("ck_segment_span")),
        sa.ForeignKeyConstraint(["init_id"], ["init.id"], name=op.f("fk_segment_init_id_init")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_segment_stream_id_stream")),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_segment_volume_id_volume")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
    )
    with op.batch_alter_table("segment") as batch_op:
        batch_op.create_index(
            "ix_segment_open",
            ["stream_id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index("ix_segment_start_ms", ["start_ms"], unique=False)
        batch_op.create_index(
            "ix_segment_unhashed",
            ["volume_id"],
            unique=False,
            sqlite_where=sa.text("sha256 IS NULL AND state = 'closed'"),
            postgresql_where=sa.text("sha256 IS NULL AND state = 'closed'"),
        )
        batch_op.create_index("ix_segment_volume_id_start_ms", ["volume_id", "start_ms"], unique=False)
        batch_op.create_index("ix_segment_timeline", ["stream_id", "start_ms", "end_ms"], unique=False)

    op.create_table(
        "segment_index",
        sa.Column("segment_id", Id(), nullable=False),
        sa.Column("groups", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["segment.id"], name=op.f("fk_segment_index_segment_id_segment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("segment_id", name=op.f("pk_segment_index")),
    )


def _around_footage() -> None:
    op.create_table(
        "gap",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("stream_id", BigId, nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.CheckConstraint(
            "cause in ('not_scheduled', 'stopped', 'camera_offline', 'network', 'no_disk', 'write_failure',"
            " 'deleted_by_retention', 'deleted_by_person', 'lost')",
            name=op.f("ck_gap_cause"),
        ),
        sa.CheckConstraint("end_ms is null or end_ms >= start_ms", name=op.f("ck_gap_span")),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_gap_stream_id_stream"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
    )
    with op.batch_alter_table("gap") as batch_op:
        batch_op.create_index("ix_gap_stream_id_end_ms", ["stream_id", "end_ms"], unique=False)
        batch_op.create_index(
            "uq_gap_open",
            ["stream_id"],
            unique=True,
            sqlite_where=sa.text("end_ms IS NULL"),
            postgresql_where=sa.text("end_ms IS NULL"),
        )

    op.create_table(
        "garbage",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("volume_id", BigId, nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_garbage_volume_id_volume")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_garbage")),
    )

    op.create_table(
        "hold",
        sa.Column("id", Id(), nullable=False),
        sa.Column("camera_id", Id(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("end_ms > start_ms", name=op.f("ck_hold_span")),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["camera.id"], name=op.f("fk_hold_camera_id_camera"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold") as batch_op:
        batch_op.create_index("ix_hold_camera_id_start_ms", ["camera_id", "start_ms"], unique=False)

    op.create_table(
        "usage",
        sa.Column("volume_id", BigId, nullable=False),
        sa.Column("stream_id", BigId, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name=op.f("fk_usage_stream_id_stream")),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_usage_volume_id_volume")),
        sa.PrimaryKeyConstraint("volume_id", "stream_id", "day", name=op.f("pk_usage")),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "health_sample",
        sa.Column("stream_id", BigId, nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("fps", sa.Double(), nullable=False),
        sa.Column("bitrate", sa.Double(), nullable=False),
        sa.Column("key_interval_s", sa.Double(), nullable=True),
        sa.Column("jitter_ms", sa.Double(), nullable=False),
        sa.Column("lost_packets", sa.Integer(), nullable=False),
        sa.Column("clock_offset_ms", sa.Double(), nullable=True),
        sa.Column("drift_ppm", sa.Double(), nullable=True),
        sa.Column("reconnects", sa.Integer(), nullable=False),
        sa.Column("connected_s", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stream_id"], ["stream.id"], name=op.f("fk_health_sample_stream_id_stream"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stream_id", "minute", name=op.f("pk_health_sample")),
        sqlite_with_rowid=False,
    )


def _retention() -> None:
    op.create_table(
        "retention_shortfall",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("camera_id", Id(), nullable=True),
        sa.Column("volume_id", BigId, nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["camera.id"], name=op.f("fk_retention_shortfall_camera_id_camera"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["volume.id"], name=op.f("fk_retention_shortfall_volume_id_volume"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_retention_shortfall")),
    )
