"""${message.capitalize()}."""

import sqlalchemy as sa
from alembic import op

from vedette.db.base import BigId, Id

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
