"""Who counts as the administrator that must be left."""

from typing import Any

import pytest

from tests.support.footage import T0
from tests.support.people import add_user, add_zone, grant
from vedette.db.session import Database
from vedette.identity import admins

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
    user_id = await add_user(database, "ann")
    await grant(database, user_id, "admin", **limits)
    async with database.read() as session:
        assert await admins.count(session, T0) == counts


async def test_a_zone_is_not_everything_and_who_is_disabled_is_not_there(database: Database) -> None:
    zoned, disabled = await add_user(database, "zoned"), await add_user(database, "gone", disabled_ms=T0)
    await grant(database, zoned, "admin", zone_id=await add_zone(database, "Front", []))
    await grant(database, disabled, "admin")
    async with database.read() as session:
        assert await admins.count(session, T0) == 0
