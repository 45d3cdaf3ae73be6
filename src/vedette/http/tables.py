"""What api processes that share a database tell each other about requests."""

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base


class RequestCountRow(Base):
    """How many requests of a caller were answered within a minute, by all processes that said so (`rates_exchange`).
    `minute` counts from 1970, `caller` is a keyed hash of quota and caller. PostgreSQL only; an UNLOGGED table there:
    a crash of the database may forget a minute."""

    __tablename__ = "request_count"
    __table_args__ = (CheckConstraint("used > 0", name="used"),)

    minute: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    caller: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    used: Mapped[int]
