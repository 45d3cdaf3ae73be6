"""Which of the installation's keys a login's tokens were made with. Of logins from before that is not known."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("login_session", sa.Column("key_id", sa.String(), nullable=True))
