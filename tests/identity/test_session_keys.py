"""What a change of the installation's key makes of logins: those of the former key are over, and are not told as if
they were not."""

from pathlib import Path

import pytest
from sqlalchemy import update

from tests.support.people import add_user
from vedette.core.clock import ManualClock
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.identity.sessions import Opened, Origin, Sessions
from vedette.identity.tables import UserRow
from vedette.identity.tables_logins import SessionRow
from vedette.settings import Settings
from vedette.vault import add_key, forget_keys, open_vault

pytestmark = pytest.mark.anyio

HERE = Origin("127.0.0.1", "tests")


async def test_logins_of_a_former_key_are_over_and_listed_no_more(tmp_path: Path, database: Database) -> None:
    settings, clock = Settings(data=tmp_path), ManualClock()
    anna = await add_user(database, "anna")

    async def opened(sessions: Sessions) -> Opened:
        async with database.write() as session:
            return sessions.open(session, await session.get_one(UserRow, anna), "password", HERE)

    old_vault = open_vault(settings)
    old = Sessions(database, clock, old_vault)
    before = await opened(old)
    assert [row.id for row in await old.of_user(anna)] == [before.session_id]

    former = old_vault.key_id
    add_key(settings.key_file)
    old_vault.seal(anna, "x", "y")  # the process that runs learns the new key, and goes on with what it derived
    assert old_vault.key_id != former
    during = await opened(old)
    assert {row.id for row in await old.of_user(anna)} == {before.session_id, during.session_id}

    for forgotten in (False, True):
        if forgotten:
            forget_keys(settings.key_file, [former])
        new = Sessions(database, clock, open_vault(settings))  # as after a restart
        assert await new.of_user(anna) == []
        with pytest.raises(VedetteError, match="not valid"):
            await new.check(before.access)
        with pytest.raises(VedetteError, match="not valid"):
            await new.refresh(during.refresh, HERE)
    after = await opened(new)
    assert [row.id for row in await new.of_user(anna)] == [after.session_id]


async def test_a_login_from_before_keys_were_written_down_is_listed_until_it_is_known(
    tmp_path: Path, database: Database
) -> None:
    sessions = Sessions(database, ManualClock(), open_vault(Settings(data=tmp_path)))
    anna = await add_user(database, "anna")
    async with database.write() as session:
        opened = sessions.open(session, await session.get_one(UserRow, anna), "password", HERE)
    async with database.write() as session:
        await session.execute(update(SessionRow).values(key_id=None))
    assert len(await sessions.of_user(anna)) == 1
    await sessions.refresh(opened.refresh, HERE)
    (row,) = await sessions.of_user(anna)
    assert row.key_id == open_vault(Settings(data=tmp_path)).key_id
