"""Bookmarks: instants and spans of footage that people noted."""

import sqlalchemy as sa
from alembic import op

from vedette.db.base import Id

revision = "0011"
down_revision = "0010"

_WEEK_MS = 7 * 86_400_000


def upgrade() -> None:
    op.create_table(
        "bookmark",
        sa.Column("id", Id(), nullable=False),
        sa.Column("camera_id", Id(), nullable=False),
        sa.Column("owner_id", Id(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("end_ms >= start_ms", name=op.f("ck_bookmark_span")),
        sa.CheckConstraint(f"end_ms - start_ms <= {_WEEK_MS}", name=op.f("ck_bookmark_max_span")),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["camera.id"], name=op.f("fk_bookmark_camera_id_camera"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_bookmark_owner_id_user_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmark")),
    )
    op.create_index(op.f("ix_bookmark_camera_id_start_ms"), "bookmark", ["camera_id", "start_ms"])
    op.create_index(op.f("ix_bookmark_owner_id"), "bookmark", ["owner_id"])
    op.create_index(op.f("ix_bookmark_start_ms"), "bookmark", ["start_ms"])
