"""Counts of requests that several api processes share. SQLite has one of them: the table stays empty there."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # Nothing of it is worth a write-ahead log: a row is of no use after two minutes.
    unlogged = ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []
    op.create_table(
        "request_count",
        sa.Column("minute", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("caller", sa.LargeBinary(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.CheckConstraint("used > 0", name=op.f("ck_request_count_used")),
        sa.PrimaryKeyConstraint("minute", "caller", name=op.f("pk_request_count")),
        prefixes=unlogged,
    )
