"""Who watches live, and the history of it."""

import sqlalchemy as sa
from alembic import op

from vedette.db.base import Id

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "live_session",
        sa.Column("id", Id(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("touched_ms", sa.BigInteger(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=True),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("kicked_ms", sa.BigInteger(), nullable=True),
        sa.Column("view_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("user_id", Id(), nullable=True),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("token_id", Id(), nullable=True),
        sa.Column("token_name", sa.String(), nullable=False),
        sa.Column("share_id", Id(), nullable=True),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("camera_id", Id(), nullable=False),
        sa.Column("camera_name", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("quality", sa.String(), nullable=False),
        sa.Column("transport", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("bytes_per_s", sa.BigInteger(), nullable=False),
        sa.Column("parts_dropped", sa.BigInteger(), nullable=False),
        sa.Column("stalls", sa.Integer(), nullable=True),
        sa.Column("frames_dropped", sa.Integer(), nullable=True),
        sa.Column("latency_ms", sa.Integer(), nullable=True),
        sa.Column("median_latency_ms", sa.Integer(), nullable=True),
        sa.Column("fps", sa.Double(), nullable=True),
        sa.Column("first_frame_ms", sa.Integer(), nullable=True),
        sa.Column("kick", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_session")),
    )
    op.create_index("ix_live_session_start_ms_id", "live_session", ["start_ms", "id"])
    op.create_index("ix_live_session_end_ms", "live_session", ["end_ms"])
    op.create_index("ix_live_session_camera_id_start_ms", "live_session", ["camera_id", "start_ms"])
    op.create_index("ix_live_session_user_id_start_ms", "live_session", ["user_id", "start_ms"])
