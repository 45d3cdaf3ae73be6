"""Saved walls: what is shown where, and who else may look at them."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, Millis


class WallRow(Base):
    """A person's wall. `name_key` is the folded name, unique among the owner's. `version` counts edits and is the ETag.

    `source` says which cameras it shows: `all` that its viewer may watch, those of a `zone`, or its `tiles`. Where the
    zone was deleted it has none, and shows nothing until it is given another.
    """

    __tablename__ = "wall"
    __table_args__ = (
        UniqueConstraint("owner_id", "name_key"),
        CheckConstraint("source in ('all', 'zone', 'tiles')", name="source"),
        CheckConstraint("sequence_seconds > 0", name="sequence_seconds"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    name: Mapped[str]
    name_key: Mapped[str]
    layout: Mapped[str]
    source: Mapped[str]
    zone_id: Mapped[UUID | None] = mapped_column(ForeignKey("zone.id", ondelete="SET NULL"), index=True)
    sequence: Mapped[bool]
    sequence_seconds: Mapped[int]
    created_ms: Mapped[Millis]
    updated_ms: Mapped[Millis]
    version: Mapped[int] = mapped_column(default=1)


class WallTileRow(Base):
    """A camera at a place. Places are counted from 0 over all pages; those without a row are empty."""

    __tablename__ = "wall_tile"
    __table_args__ = (
        CheckConstraint("place >= 0", name="place"),
        CheckConstraint("stream in ('auto', 'main', 'sub')", name="stream"),
    )

    wall_id: Mapped[UUID] = mapped_column(ForeignKey("wall.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id", ondelete="CASCADE"), index=True)
    stream: Mapped[str]


class WallRoleRow(Base):
    """Whoever holds the role, anywhere, may look at the wall and copy it."""

    __tablename__ = "wall_role"

    wall_id: Mapped[UUID] = mapped_column(ForeignKey("wall.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[UUID] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True, index=True)
