"""OpenID providers. What v0002 had prepared for them was never used."""

import sqlalchemy as sa
from alembic import op

from vedette.db.base import Id

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.drop_table("oidc_group")
    op.drop_table("oidc_identity")
    op.create_table(
        "oidc_provider",
        sa.Column("id", Id(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("secret_sealed", sa.String(), nullable=True),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("groups_claim", sa.String(), nullable=False),
        sa.Column("username_claim", sa.String(), nullable=False),
        sa.Column("new_users", sa.String(), nullable=False),
        sa.Column("required_acr", sa.String(), nullable=False),
        sa.Column("required_amr", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("new_users in ('refuse', 'mapped', 'all')", name=op.f("ck_oidc_provider_new_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oidc_provider")),
        sa.UniqueConstraint("slug", name=op.f("uq_oidc_provider_slug")),
        sa.UniqueConstraint("name", name=op.f("uq_oidc_provider_name")),
        sa.UniqueConstraint("issuer", name=op.f("uq_oidc_provider_issuer")),
    )
    op.create_table(
        "oidc_mapping",
        sa.Column("id", Id(), nullable=False),
        sa.Column("provider_id", Id(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("group_id", Id(), nullable=True),
        sa.Column("role_id", Id(), nullable=True),
        sa.Column("zone_id", Id(), nullable=True),
        sa.CheckConstraint("(group_id is null) <> (role_id is null)", name=op.f("ck_oidc_mapping_one_target")),
        sa.CheckConstraint("zone_id is null or role_id is not null", name=op.f("ck_oidc_mapping_zone_of_a_role")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_oidc_mapping_{column}_{table}"), ondelete="CASCADE"
            )
            for column, table in (
                ("provider_id", "oidc_provider"),
                ("group_id", "user_group"),
                ("role_id", "role"),
                ("zone_id", "zone"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oidc_mapping")),
    )
    op.create_index(op.f("ix_oidc_mapping_provider_id"), "oidc_mapping", ["provider_id"])
    op.create_table(
        "oidc_identity",
        sa.Column("provider_id", Id(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_login_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["oidc_provider.id"],
            name=op.f("fk_oidc_identity_provider_id_oidc_provider"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_oidc_identity_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("provider_id", "subject", name=op.f("pk_oidc_identity")),
        sa.UniqueConstraint("user_id", "provider_id", name=op.f("uq_oidc_identity_user_id_provider_id")),
    )
    op.create_table(
        "oidc_spent",
        sa.Column("state_hash", sa.String(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_oidc_spent")),
    )
    op.add_column("access_grant", sa.Column("source", sa.String(), nullable=False, server_default="manual"))
