"""`vedette token` as a person runs it."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path


def run(tmp_path: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vedette.cli.main", *arguments, "--data", str(tmp_path / "data")]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False, input=typed)


def test_tokens_from_the_command_line(tmp_path: Path) -> None:
    assert run(tmp_path, "token", "list").returncode == 3, "there is no installation"
    assert not (tmp_path / "data").exists()
    user = ("user", "create", "anna", "--role", "admin", "--password-stdin")
    assert run(tmp_path, *user, typed="three random words\n").returncode == 0

    wanted = ("--user", "Anna", "--permission", "live.view", "--network", "192.0.2.9/24", "--expires", "30")
    made = run(tmp_path, "token", "create", "door panel", *wanted)
    assert made.returncode == 0, made.stderr
    secret = made.stdout.strip()
    assert secret.startswith("vdt_")
    assert len(secret) == 50
    for bad, code in (
        (("x", "--user", "bert", "--permission", "live.view"), 3),
        (("x", "--user", "anna", "--permission", "moon.view"), 2),
        (("x", "--user", "anna", "--permission", "live.view", "--camera", "nothing"), 3),
        (("x", "--user", "anna", "--permission", "live.view", "--network", "here"), 2),
        (("x", "--user", "anna", "--permission", "live.view", "--expires", "soon"), 2),
        (("x", "--user", "anna", "--permission", "live.view", "--expires", "2020-01-01T00:00:00Z"), 2),
        (("a\nb", "--user", "anna", "--permission", "live.view"), 2),
    ):
        assert run(tmp_path, "token", "create", *bad).returncode == code, bad

    camera = "rtsp://192.0.2.1/main"
    assert run(tmp_path, "camera", "add", "yard", camera, "--no-test").returncode == 0
    viewer = ("user", "create", "gus", "--role", "viewer", "--password-stdin")
    assert run(tmp_path, *viewer, typed="three random words\n").returncode == 0
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "vedette.sqlite")) as rows, rows:
        rows.execute("DELETE FROM access_grant WHERE user_id = (SELECT id FROM user_account WHERE username = 'gus')")
    unseen = run(tmp_path, "token", "create", "x", "--user", "gus", "--permission", "live.view", "--camera", "yard")
    assert (unseen.returncode, "gus may not see yard." in unseen.stderr) == (2, True), unseen.stderr

    listed = run(tmp_path, "token", "list", "--json").stdout
    (row,) = json.loads(listed)
    assert (row["name"], row["username"], row["state"]) == ("door panel", "anna", "active")
    assert (row["permissions"], row["networks"], row["last_used"]) == (["live.view"], ["192.0.2.0/24"], None)
    table = run(tmp_path, "token", "list").stdout
    assert row["hint"] in table
    assert secret not in listed + table

    assert run(tmp_path, "token", "revoke", "vdt_0000000").returncode == 3
    revoked = run(tmp_path, "token", "revoke", secret)
    assert (revoked.returncode, revoked.stdout) == (0, "door panel of anna is revoked.\n")
    assert json.loads(run(tmp_path, "token", "list", "--json").stdout) == []
    (gone,) = json.loads(run(tmp_path, "token", "list", "--revoked", "--json").stdout)
    assert gone["state"] == "revoked"
    assert run(tmp_path, "audit", "verify").returncode == 0
