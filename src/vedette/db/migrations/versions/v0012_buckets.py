"""Volumes in buckets, and moving footage from one volume to another."""

import sqlalchemy as sa
from alembic import op

from vedette.db.base import BigId, Id

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("volume", sa.Column("kind", sa.String(), nullable=False, server_default="directory"))
    op.create_table(
        "volume_bucket",
        sa.Column("volume_id", BigId, nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("access_key", sa.String(), nullable=False),
        sa.Column("secret_sealed", sa.String(), nullable=False),
        sa.Column("path_style", sa.Boolean(), nullable=False),
        sa.Column("timeout_s", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("delivery in ('server', 'browser')", name=op.f("ck_volume_bucket_delivery")),
        sa.CheckConstraint("timeout_s between 1 and 120", name=op.f("ck_volume_bucket_timeout_s")),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["volume.id"], name=op.f("fk_volume_bucket_volume_id_volume"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("volume_id", name=op.f("pk_volume_bucket")),
    )
    op.create_table(
        "footage_move",
        sa.Column("id", Id(), nullable=False),
        sa.Column("volume_id", BigId, nullable=False),
        sa.Column("from_volume_id", sa.BigInteger(), nullable=True),
        sa.Column("camera_id", Id(), nullable=True),
        sa.Column("start_ms", sa.BigInteger(), nullable=True),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("started_ms", sa.BigInteger(), nullable=True),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("files_done", sa.Integer(), nullable=False),
        sa.Column("bytes_done", sa.BigInteger(), nullable=False),
        sa.Column("files_failed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_footage_move_state")
        ),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["volume.id"], name=op.f("fk_footage_move_volume_id_volume"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_footage_move")),
    )
    op.create_table(
        "move_copy",
        sa.Column("segment_id", Id(), nullable=False),
        sa.Column("move_id", Id(), nullable=False),
        sa.Column("volume_id", BigId, nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("touched_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["volume_id"], ["volume.id"], name=op.f("fk_move_copy_volume_id_volume")),
        sa.PrimaryKeyConstraint("segment_id", name=op.f("pk_move_copy")),
        sa.UniqueConstraint("volume_id", "path", name=op.f("uq_move_copy_volume_id_path")),
    )
