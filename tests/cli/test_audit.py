"""`vedette audit verify`, and what the command line leaves in the log."""

import getpass
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.test_check import vedette
from tests.support.installation import make_installation

pytestmark = pytest.mark.anyio


async def test_the_log_of_what_the_command_line_did_and_an_altered_row(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "here"))
    assert vedette("audit", "verify", *data).returncode == 3
    await make_installation(tmp_path / "here")
    assert vedette("camera", "add", "Gate", "rtsp://192.0.2.7/x", "--no-test", *data).returncode == 0
    assert vedette("check", *data).returncode == 0
    found = vedette("audit", "verify", "--json", *data)
    verdict = json.loads(found.stdout)
    assert (found.returncode, verdict["intact"], verdict["entries"]) == (0, True, 2)
    assert vedette("audit", "verify", "--hash", verdict["hash"], *data).returncode == 0
    assert vedette("audit", "verify", "--hash", "a" * 64, *data).returncode == 1
    assert vedette("audit", "verify", "--hash", "x", *data).returncode == 2
    with closing(sqlite3.connect(tmp_path / "here" / "vedette.sqlite")) as database:
        rows = database.execute("SELECT action, actor_kind, actor_name FROM audit ORDER BY id").fetchall()
        who = f"{getpass.getuser()} (command line)"
        assert rows == [("camera.create", "system", who), ("index.check", "system", who)]
        database.execute("DROP TRIGGER audit_no_update")
        database.execute("UPDATE audit SET actor_name = 'nobody' WHERE id = 1")
        database.commit()
    found = vedette("audit", "verify", *data)
    assert found.returncode == 1
    assert found.stdout.startswith("altered: Entry 1 is not what was written")


async def test_the_report_of_a_period(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "here"))
    await make_installation(tmp_path / "here")
    assert vedette("camera", "add", "Gate", "rtsp://192.0.2.7/x", "--no-test", *data).returncode == 0
    assert vedette("camera", "remove", "Gate", "--yes", *data).returncode == 0
    found = vedette("audit", "report", "--days", "2", "--timezone", "Europe/Vienna", *data)
    assert found.returncode == 0, found.stderr
    assert "Failed sign-ins: none" in found.stdout
    assert "Deletions: 1" in found.stdout
    assert f"{getpass.getuser()} (command line): camera.delete Gate" in found.stdout
    report = json.loads(vedette("audit", "report", "--json", *data).stdout)
    assert (report["timezone"], [entry["action"] for entry in report["deletions"]]) == ("UTC", ["camera.delete"])
    assert report["entries"] == 4, "the reports are entries, too"
    for bad in (("--month", "11"), ("--to", "2026-11-21T00:00:00Z"), ("--from", "now"), ("--days", "0")):
        assert vedette("audit", "report", *bad, *data).returncode == 2
