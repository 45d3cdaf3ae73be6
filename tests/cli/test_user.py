"""`vedette user` as a person runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.footage import add_stream, camera_of
from tests.support.installation import make_installation
from tests.support.people import add_user, add_zone, grant
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.identity.built_in import VIEWER_ID
from vedette.identity.tables import GrantRow, GroupMemberRow, GroupRow, UserRow
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

PASSWORD = "three random words\n"


def user(tmp_path: Path, *arguments: str, typed: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vedette.cli.main", "user", *arguments, "--data", str(tmp_path / "data")]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False, input=typed)


def test_an_installation_begins_with_its_administrator(tmp_path: Path) -> None:
    weak = user(tmp_path, "create", "anna", "--role", "admin", "--password-stdin", typed="x\n")
    assert (weak.returncode, (tmp_path / "data").exists()) == (2, False)
    made = user(tmp_path, "create", "anna", "--role", "admin", "--password-stdin")
    assert (made.returncode, made.stdout) == (0, "Added anna, admin.\n"), made.stderr
    assert f"Made a new installation in {tmp_path / 'data'}." in made.stderr


@pytest.mark.timeout(360)  # some twenty processes, one after the other
async def test_accounts_from_the_command_line(tmp_path: Path) -> None:
    assert user(tmp_path, "list").returncode == 3
    nowhere = user(tmp_path, "create", "anna", "--role", "viewer", "--password-stdin")
    assert (nowhere.returncode, "vedette serve" in nowhere.stderr) == (3, True)
    assert not (tmp_path / "data").exists()
    await make_installation(tmp_path / "data")
    viewer_first = user(tmp_path, "create", "anna", "--role", "viewer", "--password-stdin")
    assert (viewer_first.returncode, "must have the role admin" in viewer_first.stderr) == (2, True)
    made = user(tmp_path, "create", "Anna", "--role", "admin", "--password-stdin")
    assert (made.returncode, made.stdout) == (0, "Added anna, admin.\n"), made.stderr
    assert user(tmp_path, "create", "ANNA", "--role", "viewer", "--password-stdin").returncode == 4
    assert user(tmp_path, "create", "bert", "--role", "king", "--password-stdin").returncode == 2
    assert user(tmp_path, "create", "bert", "--role", "viewer", "--password-stdin", typed="short\n").returncode == 2
    no_password = user(tmp_path, "create", "bert", "--role", "viewer")
    assert (no_password.returncode, "--password-stdin" in no_password.stderr) == (2, True)
    assert user(tmp_path, "create", "bert", "--role", "viewer", "--password-stdin").returncode == 0

    assert user(tmp_path, "disable", "anna").returncode == 4
    assert user(tmp_path, "disable", "nobody").returncode == 3
    assert user(tmp_path, "disable", "BERT").stdout == "bert is disabled.\n"
    assert user(tmp_path, "password", "bert", "--password-stdin", typed="quite another one\n").returncode == 0
    assert user(tmp_path, "totp-reset", "bert").returncode == 0
    listed = user(tmp_path, "list", "--json")
    rows = {row["username"]: (row["roles"], row["disabled"], row["last_login"]) for row in json.loads(listed.stdout)}
    assert rows == {"anna": (["admin"], False, None), "bert": (["viewer"], True, None)}
    assert user(tmp_path, "enable", "bert").returncode == 0
    assert "argon2" not in listed.stdout
    assert "bert" in user(tmp_path, "list").stdout


@pytest.mark.timeout(360)
async def test_a_new_password_ends_api_tokens_where_that_is_said(tmp_path: Path) -> None:
    await make_installation(tmp_path / "data")
    assert user(tmp_path, "create", "anna", "--role", "admin", "--password-stdin").returncode == 0
    data = ["--data", str(tmp_path / "data")]

    def token(*arguments: str) -> str:
        command = [sys.executable, "-m", "vedette.cli.main", "token", *arguments, *data]
        return subprocess.run(command, capture_output=True, text=True, timeout=100, check=True).stdout

    token("create", "panel", "--user", "anna", "--permission", "live.view")
    kept = user(tmp_path, "password", "anna", "--password-stdin", typed="quite another one\n")
    assert (kept.returncode, "Kept 1 API token of anna; --revoke-tokens ends them." in kept.stderr) == (0, True)
    assert "panel" in token("list")
    ended = user(tmp_path, "password", "anna", "--password-stdin", "--revoke-tokens", "--keep-sessions")
    assert (ended.stdout, ended.stderr) == ("The password of anna is set; sessions go on.\n", "")
    assert "panel" not in token("list")

    async def must_change() -> bool:
        database = Database(Settings(data=tmp_path / "data").sqlalchemy_url, pool_size=1)
        try:
            async with database.read() as session:
                return (await session.scalars(select(UserRow.must_change_password))).one()
        finally:
            await database.aclose()

    assert not await must_change()  # one gets back in oneself by this command
    arguments = ("password", "anna", "--password-stdin", "--change-at-login", "--keep-tokens")
    assert user(tmp_path, *arguments, typed="a third one of them\n").returncode == 0
    assert await must_change()


async def test_the_list_says_where_and_when_a_role_holds(tmp_path: Path) -> None:
    data = await make_installation(tmp_path / "data")
    database = Database(Settings(data=data).sqlalchemy_url, pool_size=1)
    anna, bert, carl = [await add_user(database, name) for name in ("anna", "bert", "carl")]
    await grant(database, anna, "admin")
    camera = await camera_of(database, await add_stream(database))
    await grant(database, bert, "operator", zone_id=await add_zone(database, "Front", [camera]))
    await grant(database, bert, "viewer", hours={"timezone": "UTC", "week": [[["08:00", "18:00"]]] * 7})
    async with database.write() as session:
        group = GroupRow(id=uuid7(), name="Guards", created_ms=0)
        session.add(group)
        await session.flush()
        session.add(GroupMemberRow(group_id=group.id, user_id=carl))
        session.add(GrantRow(id=uuid7(), group_id=group.id, role_id=VIEWER_ID, camera_id=camera, created_ms=0))
    await database.aclose()
    shown = {row["username"]: row["grants"] for row in json.loads(user(tmp_path, "list", "--json").stdout)}
    assert shown == {
        "anna": ["admin"],
        "bert": ["operator in Front", "viewer at certain hours"],
        "carl": ["viewer of gate by Guards"],
    }
    lines = user(tmp_path, "list").stdout.splitlines()
    assert [line.split("never")[-1].strip() for line in lines[1:]] == ["; ".join(said) for said in shown.values()]
