"""What an API token is checked by where it is the password of Digest authentication. Of tokens from before nobody can
make it any more."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("api_token", sa.Column("digest_sealed", sa.String(), nullable=True))
    op.create_index("ix_api_token_hint", "api_token", ["hint"])
