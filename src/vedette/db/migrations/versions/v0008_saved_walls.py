"""Saved walls: layouts of the Live page that people keep and share."""

import sqlalchemy as sa
from alembic import op

from vedette.db.base import Id

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "wall",
        sa.Column("id", Id(), nullable=False),
        sa.Column("owner_id", Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("zone_id", Id(), nullable=True),
        sa.Column("sequence", sa.Boolean(), nullable=False),
        sa.Column("sequence_seconds", sa.Integer(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("source in ('all', 'zone', 'tiles')", name=op.f("ck_wall_source")),
        sa.CheckConstraint("sequence_seconds > 0", name=op.f("ck_wall_sequence_seconds")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_wall_owner_id_user_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_wall_zone_id_zone"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall")),
        sa.UniqueConstraint("owner_id", "name_key", name=op.f("uq_wall_owner_id_name_key")),
    )
    op.create_index(op.f("ix_wall_zone_id"), "wall", ["zone_id"])

    op.create_table(
        "wall_role",
        sa.Column("wall_id", Id(), nullable=False),
        sa.Column("role_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_wall_role_role_id_role"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["wall_id"], ["wall.id"], name=op.f("fk_wall_role_wall_id_wall"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wall_id", "role_id", name=op.f("pk_wall_role")),
    )
    op.create_index(op.f("ix_wall_role_role_id"), "wall_role", ["role_id"])

    op.create_table(
        "wall_tile",
        sa.Column("wall_id", Id(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("camera_id", Id(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.CheckConstraint("stream in ('auto', 'main', 'sub')", name=op.f("ck_wall_tile_stream")),
        sa.CheckConstraint("place >= 0", name=op.f("ck_wall_tile_place")),
        sa.ForeignKeyConstraint(
            ["camera_id"], ["camera.id"], name=op.f("fk_wall_tile_camera_id_camera"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["wall_id"], ["wall.id"], name=op.f("fk_wall_tile_wall_id_wall"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wall_id", "place", name=op.f("pk_wall_tile")),
    )
    op.create_index(op.f("ix_wall_tile_camera_id"), "wall_tile", ["camera_id"])
