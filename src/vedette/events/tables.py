"""The outbox: events leave a transaction through it. Also the settings that people edit."""

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, Millis, SerialKey


class OutboxRow(Base):
    """An event written in the transaction that caused it. Its id is the resume cursor of `/events`."""

    __tablename__ = "outbox"

    id: Mapped[SerialKey]
    at_ms: Mapped[Millis]
    topic: Mapped[str]
    payload: Mapped[dict[str, Any]]


class PreferenceRow(Base):
    """One setting that the UI edits."""

    __tablename__ = "preference"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
