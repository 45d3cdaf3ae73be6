"""A lost database is told from a directory that never held an installation, and the way back works as it is told."""

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_check import vedette
from tests.support.installation import make_installation
from tests.support.product import Product
from vedette.cli.remains import best_copy
from vedette.core.clock import SystemClock
from vedette.db.backup import back_up
from vedette.db.session import Database
from vedette.settings import Settings
from vedette.storage.service import VolumeService

pytestmark = pytest.mark.anyio


async def lose_database(data: Path) -> list[Path]:
    """An installation with a volume, an administrator and two copies, the younger one without accounts; its database is
    gone. The copies, the newest first."""
    settings = Settings(data=await make_installation(data))
    url, now_ms = settings.sqlalchemy_url, SystemClock().now_ms()
    await back_up(url, settings.backups, "reindex", now_ms + 60_000)
    database = Database(url)
    await VolumeService(database, SystemClock()).ensure_default(settings.default_volume)
    await database.aclose()
    words = ("user", "create", "anna", "--role", "admin", "--password-stdin", "--data", str(data))
    made = subprocess.run(
        vedette_command(*words), input="three random words", text=True, capture_output=True, check=False
    )
    assert made.returncode == 0
    await back_up(url, settings.backups, "daily", now_ms)
    (data / "secret.key").touch()
    for path in data.glob("vedette.sqlite*"):
        path.unlink()
    return sorted(settings.backups.glob("*.sqlite"), key=lambda path: "daily" in path.name)


def vedette_command(*words: str) -> list[str]:
    return Product(Path("unused"), claim=False).command(*words)


async def test_every_command_says_how_to_come_back_and_it_works(tmp_path: Path) -> None:
    data = tmp_path / "my data"
    empty, good = await lose_database(data)
    where = ("--data", str(data))
    for words in (("camera", "list"), ("check",), ("user", "list"), ("secrets", "status")):
        outcome = vedette(*words, *where)
        assert outcome.returncode == 3, outcome.stdout
        assert "lost" in outcome.stderr
        assert "footage, a key (secret.key) and copies of the database" in outcome.stderr
        assert "vedette serve" not in outcome.stderr, "that would begin anew"
        assert str(good) in outcome.stderr
        assert str(empty) not in outcome.stderr, "it has no accounts"
    seen = vedette("doctor", *where)
    assert seen.returncode == 1
    assert str(good) in seen.stdout
    assert not (data / "vedette.sqlite").exists()

    # As a person copies them out of the terminal.
    commands = [line.strip() for line in outcome.stderr.splitlines() if line.startswith("      ")]
    assert [shlex.split(line)[0].rpartition("/")[2] for line in commands] == ["rm", "vedette"]
    for line in commands:
        subprocess.run(line, shell=True, check=True, capture_output=True)
    assert "anna" in vedette("user", "list", *where).stdout


async def test_reindex_alone_says_that_accounts_are_gone_and_where_they_are(tmp_path: Path) -> None:
    _, good = await lose_database(tmp_path)
    where = ("--data", str(tmp_path))
    rebuilt = vedette("reindex", *where)
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "No file on a volume holds accounts" in rebuilt.stdout
    (back,) = [line for line in rebuilt.stdout.splitlines() if str(good) in line]
    subprocess.run(back, shell=True, check=True)
    again = vedette("reindex", *where)
    assert again.returncode == 0, again.stderr
    assert "No file on a volume holds" not in again.stdout
    assert "anna" in vedette("user", "list", *where).stdout


def test_a_key_alone_may_be_there_for_the_first_start(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch()
    outcome = vedette("camera", "list", "--data", str(tmp_path))
    assert outcome.returncode == 3
    assert "reindex --volume DIR" in outcome.stderr
    assert f"vedette serve --data {tmp_path}" in outcome.stderr


async def test_the_server_warns_that_it_begins_anew(tmp_path: Path) -> None:
    _, good = await lose_database(tmp_path / "data")
    with Product(tmp_path / "data", claim=False) as product:
        product.setup_token()
        said = product.log.read_text()
        assert "THE DATABASE WAS GONE" in said
        assert str(good) in said
        product.stop()
        product.log.write_text("")
        product.start()
        product.setup_token()
        assert "THE DATABASE WAS GONE" not in product.log.read_text(), "it has one again"


def test_copies_that_are_none(tmp_path: Path) -> None:
    assert best_copy(tmp_path / "nowhere") is None
    (tmp_path / "vedette-daily-20260101T000000Z.sqlite").write_text("no database")
    (tmp_path / "vedette-daily-20260102T000000Z.sqlite.partial").touch()
    assert best_copy(tmp_path) == tmp_path / "vedette-daily-20260101T000000Z.sqlite"
