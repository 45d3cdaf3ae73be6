"""Users, groups, roles, zones and grants."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, Millis


class UserRow(Base):
    """A person. `username` is unique in any case: it is stored folded, `display_name` as it was written.
    `version` counts edits and is the ETag."""

    __tablename__ = "user_account"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None] = mapped_column(default=None)
    # argon2id in its encoded form; null for a person who comes by OIDC only.
    password_hash: Mapped[str | None] = mapped_column(default=None)
    password_changed_ms: Mapped[Millis | None] = mapped_column(default=None)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    # Sealed and bound to this row; null until it was confirmed with a first code.
    totp_sealed: Mapped[str | None] = mapped_column(default=None)
    # A code is good once: the time step of the last one that was taken.
    totp_last_step: Mapped[int | None] = mapped_column(default=None)
    disabled_ms: Mapped[Millis | None] = mapped_column(default=None)
    last_login_ms: Mapped[Millis | None] = mapped_column(default=None)
    created_ms: Mapped[Millis]
    updated_ms: Mapped[Millis]
    version: Mapped[int] = mapped_column(default=1)


class RecoveryCodeRow(Base):
    """One of the codes that stand in for a lost second factor, hashed. Used once."""

    __tablename__ = "recovery_code"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    used_ms: Mapped[Millis | None] = mapped_column(default=None)


class GroupRow(Base):
    """People who are granted the same."""

    __tablename__ = "user_group"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str] = mapped_column(default="")
    created_ms: Mapped[Millis]
    version: Mapped[int] = mapped_column(default=1)


class GroupMemberRow(Base):
    """`source` is `manual`, or the slug of the OpenID provider whose groups put the person there."""

    __tablename__ = "user_group_member"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("user_group.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    source: Mapped[str] = mapped_column(default="manual")


class RoleRow(Base):
    """A set of permissions (`access.permissions`). Built-in roles are rows as well, which nobody can change."""

    __tablename__ = "role"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str] = mapped_column(default="")
    built_in: Mapped[bool] = mapped_column(default=False)
    created_ms: Mapped[Millis]
    version: Mapped[int] = mapped_column(default=1)


class RolePermissionRow(Base):
    """One permission of a custom role; those of built-in roles are in the code."""

    __tablename__ = "role_permission"

    role_id: Mapped[UUID] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True)
    permission: Mapped[str] = mapped_column(primary_key=True)


class ZoneRow(Base):
    """A named group of cameras."""

    __tablename__ = "zone"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str] = mapped_column(default="")
    created_ms: Mapped[Millis]
    version: Mapped[int] = mapped_column(default=1)


class ZoneCameraRow(Base):
    """A camera may be in several zones."""

    __tablename__ = "zone_camera"

    zone_id: Mapped[UUID] = mapped_column(ForeignKey("zone.id", ondelete="CASCADE"), primary_key=True)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id", ondelete="CASCADE"), primary_key=True, index=True)


class GrantRow(Base):
    """A role for a user or a group: everywhere (neither zone nor camera), in a zone, or on one camera; with an optional
    validity. `hours` is `{"timezone", "week"}` as of a camera's schedule. `source` is `manual`, or the slug of the
    OpenID provider whose groups gave it."""

    __tablename__ = "access_grant"
    __table_args__ = (
        CheckConstraint("(user_id is null) <> (group_id is null)", name="one_subject"),
        CheckConstraint("zone_id is null or camera_id is null", name="one_scope"),
        Index("ix_access_grant_group_id", "group_id"),
        Index("ix_access_grant_user_id", "user_id"),
        Index("ix_access_grant_role_id", "role_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), default=None)
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_group.id", ondelete="CASCADE"), default=None)
    role_id: Mapped[UUID] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"))
    zone_id: Mapped[UUID | None] = mapped_column(ForeignKey("zone.id", ondelete="CASCADE"), default=None)
    camera_id: Mapped[UUID | None] = mapped_column(ForeignKey("camera.id", ondelete="CASCADE"), default=None)
    from_ms: Mapped[Millis | None] = mapped_column(default=None)
    until_ms: Mapped[Millis | None] = mapped_column(default=None)
    hours: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="manual")
    created_ms: Mapped[Millis]
