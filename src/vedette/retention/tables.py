"""What retention remembers."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, BigId, Millis


class ShortfallRow(Base):
    """A promise of retention that can't be kept now. The row goes when it can again."""

    __tablename__ = "retention_shortfall"

    key: Mapped[str] = mapped_column(primary_key=True)
    camera_id: Mapped[UUID | None] = mapped_column(ForeignKey("camera.id", ondelete="CASCADE"))
    volume_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("volume.id", ondelete="CASCADE"))
    detail: Mapped[str]
    since_ms: Mapped[Millis]
