"""Who counts as the administrator that must be left."""

from typing import Any
from uuid import UUID

import pytest

from tests.support.footage import T0
from tests.support.people import add_user, add_zone, grant
from vedette.core.errors import VedetteError
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.identity import admins
from vedette.identity.tables import UserRow
from vedette.identity.tables_oidc import OidcIdentityRow, OidcProviderRow

pytestmark = pytest.mark.anyio

HOURS = {"timezone": "UTC", "week": [[["00:00", "24:00"]]] * 7}


@pytest.mark.parametrize(
    ("limits", "counts"),
    [
        ({}, 1),
        ({"hours": None, "from_ms": None, "until_ms": None}, 1),
        ({"from_ms": T0}, 1),
        ({"from_ms": T0 + 1}, 0),
        ({"until_ms": T0 + 1}, 0),
        ({"hours": HOURS}, 0),
    ],
    ids=["lasting", "said to be without limits", "begun", "later", "ends", "hours"],
)
async def test_a_grant_of_admin(database: Database, limits: dict[str, Any], counts: int) -> None:
    user_id = await add_user(database, "ann", password_hash="x")
    await grant(database, user_id, "admin", **limits)
    async with database.read() as session:
        assert await admins.count(session, T0) == counts


async def test_a_zone_is_not_everything_and_who_is_disabled_is_not_there(database: Database) -> None:
    zoned = await add_user(database, "zoned", password_hash="x")
    disabled = await add_user(database, "gone", password_hash="x", disabled_ms=T0)
    await grant(database, zoned, "admin", zone_id=await add_zone(database, "Front", []))
    await grant(database, disabled, "admin")
    async with database.read() as session:
        assert await admins.count(session, T0) == 0


async def linked(database: Database, user_id: UUID, *, enabled: bool) -> UUID:
    """With a person at a new sign-in provider."""
    async with database.write() as session:
        provider = OidcProviderRow(
            id=uuid7(),
            slug="house",
            name="House",
            issuer="https://id.example",
            client_id="x",
            scopes="openid",
            groups_claim="groups",
            username_claim="name",
            new_users="all",
            enabled=enabled,
            created_ms=T0,
            updated_ms=T0,
        )
        session.add(provider)
        await session.flush()
        session.add(OidcIdentityRow(provider_id=provider.id, subject="ann", user_id=user_id, name="Ann", created_ms=T0))
    return provider.id


@pytest.mark.parametrize(("enabled", "counts"), [(True, 1), (False, 0)], ids=["on", "off"])
async def test_who_comes_by_a_provider_only_counts_while_it_is_on(
    database: Database, enabled: bool, counts: int
) -> None:
    user_id = await add_user(database, "ann")
    await grant(database, user_id, "admin")
    async with database.read() as session:
        assert await admins.count(session, T0) == 0, "no password, no provider: no way in"
    await linked(database, user_id, enabled=enabled)
    async with database.read() as session:
        assert await admins.count(session, T0) == counts


async def test_somebody_who_cannot_log_in_does_not_stand_in_for_the_last_one(database: Database) -> None:
    ann = await add_user(database, "ann", password_hash="x")
    for user_id in (ann, await add_user(database, "ghost")):
        await grant(database, user_id, "admin")

    async def disable() -> None:
        async with admins.changing(database) as session, admins.keep_one(session, T0):
            (await session.get_one(UserRow, ann)).disabled_ms = T0

    with pytest.raises(VedetteError) as refused:
        await disable()
    assert refused.value.code == "user.last_admin"
    provider_id = await linked(database, ann, enabled=True)
    async with admins.changing(database) as session:
        (await session.get_one(UserRow, ann)).password_hash = None
    with pytest.raises(VedetteError) as refused:
        async with admins.changing(database) as session, admins.keep_one(session, T0):
            (await session.get_one(OidcProviderRow, provider_id)).enabled = False
    assert refused.value.code == "user.last_admin"
    await grant(database, await add_user(database, "bob", password_hash="x"), "admin")
    await disable()
