"""OpenID providers, who comes by them, and what their groups mean here."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vedette.db.base import Base, Millis


class OidcProviderRow(Base):
    """An OpenID provider. `slug` stands in its redirect URL, in the `source` of memberships and grants, and in the
    method of sessions (`oidc:{slug}`): it never changes. `scopes`, `required_acr` and `required_amr` are words with
    blanks between them, as in OAuth."""

    __tablename__ = "oidc_provider"
    __table_args__ = (
        CheckConstraint("new_users in ('refuse', 'mapped', 'all')", name="new_users"),
        CheckConstraint("session_hours > 0", name="session_hours"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    # A person is an issuer and a subject there. One provider per issuer makes that the same as provider and subject.
    issuer: Mapped[str] = mapped_column(unique=True)
    client_id: Mapped[str]
    # Sealed and bound to this row; null for a public client.
    secret_sealed: Mapped[str | None] = mapped_column(default=None)
    scopes: Mapped[str]
    groups_claim: Mapped[str]
    username_claim: Mapped[str]
    new_users: Mapped[str]
    required_acr: Mapped[str] = mapped_column(default="")
    required_amr: Mapped[str] = mapped_column(default="")
    enabled: Mapped[bool] = mapped_column(default=True)
    # For how long a login by it is good: only a login asks the provider whether the person is still let in.
    session_hours: Mapped[int] = mapped_column(default=12)
    created_ms: Mapped[Millis]
    updated_ms: Mapped[Millis]
    version: Mapped[int] = mapped_column(default=1)


class OidcMappingRow(Base):
    """Who has `value` in the groups claim is in a group here, or has a role: everywhere, or in a zone."""

    __tablename__ = "oidc_mapping"
    __table_args__ = (
        CheckConstraint("(group_id is null) <> (role_id is null)", name="one_target"),
        CheckConstraint("zone_id is null or role_id is not null", name="zone_of_a_role"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("oidc_provider.id", ondelete="CASCADE"), index=True)
    value: Mapped[str]
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_group.id", ondelete="CASCADE"), default=None)
    role_id: Mapped[UUID | None] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), default=None)
    zone_id: Mapped[UUID | None] = mapped_column(ForeignKey("zone.id", ondelete="CASCADE"), default=None)


class OidcIdentityRow(Base):
    """A person at an OpenID provider. `name` is what they are called there, for people who look at lists."""

    __tablename__ = "oidc_identity"
    __table_args__ = (UniqueConstraint("user_id", "provider_id"),)

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("oidc_provider.id", ondelete="CASCADE"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    name: Mapped[str]
    created_ms: Mapped[Millis]
    last_login_ms: Mapped[Millis | None] = mapped_column(default=None)


class OidcSpentRow(Base):
    """A login that came back from its provider: it does so once. Kept until its cookie is too old anyway."""

    __tablename__ = "oidc_spent"

    state_hash: Mapped[str] = mapped_column(primary_key=True)
    expires_ms: Mapped[Millis]
