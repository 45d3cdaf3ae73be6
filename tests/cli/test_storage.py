"""`vedette storage` as a person runs it, against the real gateway; and what the other commands say of a bucket."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.buckets import local_files
from tests.support.ceph import ACCESS_KEY, SECRET_KEY, Gateway
from tests.support.footage import T0, add_stream
from tests.support.library import clip
from tests.support.shelf import Shelf
from vedette.db.migrate import migrate
from vedette.db.session import Database

pytestmark = [pytest.mark.anyio, pytest.mark.ceph]


def vedette(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vedette.cli.main", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=100, check=False)


async def test_a_bucket_is_added_and_footage_moved_there(tmp_path: Path, gateway: Gateway) -> None:
    data = ("--data", str(tmp_path))
    url = f"sqlite+aiosqlite:///{tmp_path / 'vedette.sqlite'}"
    await migrate(url)
    database = Database(url)
    shelf = await Shelf.make(database, tmp_path / "footage")
    await shelf.record(await add_stream(database), T0, clip(), files=2)
    await database.aclose()

    name = gateway.make_bucket()
    place = ("--endpoint", gateway.endpoint, "--bucket", name, "--access-key", ACCESS_KEY, "--secret-key-stdin")
    wrong = vedette("storage", "add-bucket", "Cold", *place, *data, stdin="wrong\n")
    assert wrong.returncode != 0
    assert "secret key does not belong" in wrong.stderr
    added = vedette("storage", "add-bucket", "Cold", *place, *data, stdin=f"{SECRET_KEY}\n")
    assert added.returncode == 0, added.stderr
    assert SECRET_KEY not in added.stdout + added.stderr
    listed = json.loads(vedette("storage", "list", "--json", *data).stdout)
    assert [(one["name"], one["kind"], one["state"]) for one in listed][1:] == [("Cold", "s3", "ok")]

    unclear = vedette("storage", "move", "Cold", *data)
    assert unclear.returncode != 0
    assert "--older-than" in unclear.stderr
    moved = vedette("storage", "move", "cold", "--older-than", "1", "--camera", "gate", "--here", *data)
    assert moved.returncode == 0, moved.stderr
    assert "done: 2 files moved, 0 not." in moved.stdout
    assert local_files(shelf.root) == []
    (told,) = json.loads(vedette("storage", "moves", "--json", *data).stdout)
    assert (told["state"], told["files_done"]) == ("done", 2)

    well = vedette("check", "--verify", *data)
    assert (well.returncode, well.stdout) == (0, "2 files looked at, 0 findings, 0 mended.\n")
    rebuilt = vedette("reindex", *data)
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "2 files: 0 added, 0 changed, 0 rows without a file removed." in rebuilt.stdout
    assert vedette("check", *data).returncode == 0

    # The key that its secret is sealed with can change.
    rotated = vedette("secrets", "rotate", *data)
    assert "1 secret sealed anew" in rotated.stdout
    assert [one["state"] for one in json.loads(vedette("storage", "list", "--json", *data).stdout)][1:] == ["ok"]
    back = vedette("storage", "move", "1", "--older-than", "1", "--here", *data)
    assert back.returncode == 0, back.stderr
    assert len(local_files(shelf.root)) == 2
