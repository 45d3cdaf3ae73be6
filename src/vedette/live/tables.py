"""Who watches live, and who did."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, BigCount, Millis


class LiveSessionRow(Base):
    """One live view by one transport. It goes on while `end_ms` is null, and is history after that.

    The api process `owner` says so at `touched_ms`; when it is gone another one ends the view there (`lost`). Names are
    those of the time, ids are without foreign keys: history outlives what it tells of. `login` is what the caller came
    with, as text (`session.login_of`). `kick` and `report` are letters of other processes to the owner, who takes them
    away. Numbers of the player are null as long as it reported none.
    """

    __tablename__ = "live_session"
    __table_args__ = (
        Index("ix_live_session_start_ms_id", "start_ms", "id"),
        Index("ix_live_session_end_ms", "end_ms"),
        Index("ix_live_session_camera_id_start_ms", "camera_id", "start_ms"),
        Index("ix_live_session_user_id_start_ms", "user_id", "start_ms"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner: Mapped[str]
    touched_ms: Mapped[Millis]
    start_ms: Mapped[Millis]
    end_ms: Mapped[Millis | None]
    lost: Mapped[bool] = mapped_column(default=False)
    end_reason: Mapped[str] = mapped_column(default="")  # session.EndReason
    kicked_ms: Mapped[Millis | None] = mapped_column(default=None)
    view_id: Mapped[str]  # in the audit log
    kind: Mapped[str]  # access.principal.CallerKind
    user_id: Mapped[UUID | None]
    user_name: Mapped[str]
    token_id: Mapped[UUID | None]
    token_name: Mapped[str]
    share_id: Mapped[UUID | None]
    login: Mapped[str]
    address: Mapped[str]
    agent: Mapped[str]  # in short
    camera_id: Mapped[UUID]
    camera_name: Mapped[str]
    stream: Mapped[str]
    quality: Mapped[str]  # of a transcoded one; empty as the camera sends it
    transport: Mapped[str]
    bytes: Mapped[BigCount]
    bytes_per_s: Mapped[BigCount]
    parts_dropped: Mapped[BigCount]
    stalls: Mapped[int | None]
    frames_dropped: Mapped[int | None]
    latency_ms: Mapped[int | None]  # the newest
    median_latency_ms: Mapped[int | None]
    fps: Mapped[float | None]
    first_frame_ms: Mapped[int | None]
    kick: Mapped[dict[str, Any] | None] = mapped_column()
    report: Mapped[dict[str, Any] | None] = mapped_column()
