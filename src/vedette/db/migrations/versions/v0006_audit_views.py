"""The audit log names the token, share link and ticket that acted, and views have an end that outlives a crash."""

import sqlalchemy as sa
from alembic import op

from vedette.db.base import Id

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    # One by one: a rebuilt table would lose the triggers that keep the log append-only.
    for name in ("token_name", "share_id", "ticket"):
        op.add_column("audit", sa.Column(name, sa.String(), nullable=True))
    op.create_index("ix_audit_token_id_at_ms", "audit", ["token_id", "at_ms"])
    op.create_table(
        "open_view",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("view_id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("touched_ms", sa.BigInteger(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("caller", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("camera_id", Id(), nullable=False),
        sa.Column("camera_name", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("spans", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_open_view")),
    )
    op.create_index("ix_open_view_touched_ms", "open_view", ["touched_ms"])
