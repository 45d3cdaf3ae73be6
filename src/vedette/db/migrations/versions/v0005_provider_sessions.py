"""For how long a login by a sign-in provider is good: until then it asks the provider nothing."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # By hand: Alembic would make the table anew on SQLite, and leave its other CHECK out.
    op.execute(
        "ALTER TABLE oidc_provider ADD COLUMN session_hours INTEGER NOT NULL DEFAULT 12 "
        "CONSTRAINT ck_oidc_provider_session_hours CHECK (session_hours > 0)"
    )
