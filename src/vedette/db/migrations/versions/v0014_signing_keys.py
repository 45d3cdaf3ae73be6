"""The keys that reports are signed with."""

import sqlalchemy as sa
from alembic import op

from vedette.db.base import Id

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("private_sealed", sa.String(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_key_kid")),
    )
