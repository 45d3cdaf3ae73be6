"""`vedette check` and `vedette reindex` as a person runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.footage import T0, add_stream, camera_of
from tests.support.library import clip
from tests.support.shelf import Shelf
from vedette.cameras.tables import CredentialRow
from vedette.core.clock import SystemClock
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.recordings.copying import CopyKeeper
from vedette.storage.service import VolumeService

pytestmark = pytest.mark.anyio


def vedette(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vedette.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)


async def test_a_lost_database_and_a_lost_file(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    url = f"sqlite+aiosqlite:///{tmp_path / 'vedette.sqlite'}"
    await migrate(url)
    database = Database(url)
    shelf = await Shelf.make(database, tmp_path / "footage")
    first, second = await shelf.record(await add_stream(database), T0, clip(), files=2)
    await database.aclose()
    for file in (first, second):
        os.utime(file.path, (T0 / 1000, T0 / 1000))

    well = vedette("check", *data, "--verify")
    assert (well.returncode, well.stdout) == (0, "2 files looked at, 0 findings, 0 mended.\n")

    for path in tmp_path.glob("vedette.sqlite*"):
        path.unlink()
    rebuilt = vedette("reindex", *data, "--volume", str(shelf.root))
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "2 added" in rebuilt.stdout
    assert "Camera gate was made" in rebuilt.stdout

    # What a person put there is told, and is no reason to fail for ever.
    letter = shelf.root / "letter.txt"
    letter.write_text("mine")
    noted = vedette("check", *data)
    assert noted.returncode == 0, noted.stdout
    assert f"file.foreign (a note): {letter}" in noted.stdout
    assert noted.stdout.endswith("2 files looked at, 0 findings, 0 mended, 1 note.\n")
    (note,) = map(json.loads, vedette("check", *data, "--json").stdout.splitlines())
    assert (note["code"], note["note"]) == ("file.foreign", True)
    letter.unlink()

    first.path.unlink()
    found = vedette("check", *data, "--json")
    assert found.returncode == 1
    (finding,) = map(json.loads, found.stdout.splitlines())
    assert (finding["code"], finding["thing"], finding["repaired"]) == ("file.missing", str(first.path), False)
    mended = vedette("check", *data, "--repair")
    assert mended.returncode == 0
    assert "1 finding, 1 mended." in mended.stdout


async def test_a_lost_database_with_copies_of_the_settings_and_what_the_doctor_then_misses(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    url = f"sqlite+aiosqlite:///{tmp_path / 'vedette.sqlite'}"
    await migrate(url)
    database = Database(url)
    shelf = await Shelf.make(database, tmp_path / "footage")
    gate, yard = await add_stream(database, "gate"), await add_stream(database, "yard")
    async with database.write() as session:
        locked = await camera_of(database, gate)
        session.add(CredentialRow(camera_id=locked, username_sealed="v1:a:b:c", password_sealed="v1:a:b:c"))
    await CopyKeeper(database, SystemClock()).run(await VolumeService(database, SystemClock()).every())
    for stream in (gate, yard, await add_stream(database, "shed")):  # the shed is younger than the copy
        await shelf.record(stream, T0, clip())
    await database.aclose()
    for path in tmp_path.glob("vedette.sqlite*"):
        path.unlink()

    rebuilt = vedette("reindex", *data)
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "Camera gate (gate) was restored from the copy of its settings, as it was." in rebuilt.stdout
    assert "enter user and password again" in rebuilt.stdout
    assert "Camera yard (yard) was restored" in rebuilt.stdout
    assert "Camera shed was made from its footage, disabled" in rebuilt.stdout
    assert "No file on a volume holds accounts" in rebuilt.stdout
    assert f"user create NAME --role admin --data {tmp_path}" in rebuilt.stdout

    seen = vedette("doctor", *data)
    assert seen.returncode == 1
    problems = [line.removeprefix("PROBLEM").strip() for line in seen.stdout.splitlines() if line.startswith("PROBLEM")]
    of_cameras = [line for line in problems if line.startswith("camera ")]
    assert [line.split(":")[0] for line in of_cameras] == ["camera gate", "camera shed"]
    assert "user and password" in of_cameras[0]
    assert "Its address is not known: enter it." in of_cameras[1]

    assert vedette("check", *data).returncode == 0  # the copy is no foreign file
