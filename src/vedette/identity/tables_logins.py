"""How callers came in: sessions, attempts, API tokens, share links."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, BigCount, Millis, SerialKey


class SessionRow(Base):
    """A login. Its refresh token changes with each use; the one before is remembered: its return means theft. `key_id`
    names the installation's key that its tokens were made with: with another one they are no good. Null is unknown, of
    logins from before it was written down."""

    __tablename__ = "login_session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    method: Mapped[str]  # password, password+totp, oidc:{slug of the provider}
    refresh_hash: Mapped[str] = mapped_column(unique=True)
    previous_hash: Mapped[str | None] = mapped_column(default=None, index=True)
    key_id: Mapped[str | None] = mapped_column(default=None)
    rotated_ms: Mapped[Millis]
    address: Mapped[str]
    user_agent: Mapped[str]
    created_ms: Mapped[Millis]
    last_seen_ms: Mapped[Millis]
    expires_ms: Mapped[Millis]
    revoked_ms: Mapped[Millis | None] = mapped_column(default=None)
    revoked_why: Mapped[str | None] = mapped_column(default=None)


class LoginAttemptRow(Base):
    """One attempt to log in, kept for the delay after failures. `username` is folded, also of nobody."""

    __tablename__ = "login_attempt"
    __table_args__ = (
        Index("ix_login_attempt_username_at_ms", "username", "at_ms"),
        Index("ix_login_attempt_address_at_ms", "address", "at_ms"),
    )

    id: Mapped[SerialKey]
    at_ms: Mapped[Millis]
    username: Mapped[str]
    address: Mapped[str]
    outcome: Mapped[str]  # see `attempts`


class ApiTokenRow(Base):
    """A token for programs: `{prefix}_{secret}`, of which only a hash is kept. `networks` is a list of CIDRs, `cameras`
    of camera ids, `permissions` of permissions; null is no limit beyond what the owner may."""

    __tablename__ = "api_token"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    hint: Mapped[str] = mapped_column(index=True)  # the first characters, to recognise it by
    digest_sealed: Mapped[str | None] = mapped_column(default=None)  # see `api_tokens.digest`; older ones have none
    limits: Mapped[dict[str, Any]]
    expires_ms: Mapped[Millis | None] = mapped_column(default=None)
    created_ms: Mapped[Millis]
    last_used_ms: Mapped[Millis | None] = mapped_column(default=None)
    last_address: Mapped[str | None] = mapped_column(default=None)
    revoked_ms: Mapped[Millis | None] = mapped_column(default=None)


class ApiTokenUseRow(Base):
    """How often a token was used for a route on a day (UTC, days since 1970)."""

    __tablename__ = "api_token_use"

    token_id: Mapped[UUID] = mapped_column(ForeignKey("api_token.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True)
    route: Mapped[str] = mapped_column(primary_key=True)
    requests: Mapped[BigCount]


class ShareLinkRow(Base):
    """A link to a range of one camera's footage, for people without an account."""

    __tablename__ = "share_link"
    __table_args__ = (CheckConstraint("start_ms < end_ms", name="span"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id", ondelete="CASCADE"))
    start_ms: Mapped[Millis]
    end_ms: Mapped[Millis]
    note: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None] = mapped_column(default=None)
    expires_ms: Mapped[Millis]
    most_views: Mapped[int | None] = mapped_column(default=None)
    views: Mapped[int] = mapped_column(default=0)
    last_view_ms: Mapped[Millis | None] = mapped_column(default=None)
    created_ms: Mapped[Millis]
    revoked_ms: Mapped[Millis | None] = mapped_column(default=None)
