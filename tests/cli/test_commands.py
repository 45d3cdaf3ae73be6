"""Options, exit codes and live states of the commands, as a person meets them."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.test_check import vedette
from tests.support.installation import make_installation
from tests.support.product import free_port
from vedette.cli.live import look_at_recorders
from vedette.cli.main import build_parser, main
from vedette.core.lifecycle import single_instance
from vedette.events.announcements import Hello, StreamStatus
from vedette.recorder.announcer import Announcer
from vedette.recorder.sockets import socket_path

pytestmark = pytest.mark.anyio

URL = "rtsp://192.0.2.7/stream"


@pytest.mark.parametrize(
    "words",
    [
        ["--data", "here", "camera", "list"],
        ["camera", "--data", "here", "list"],
        ["camera", "list", "--data", "here"],
        ["--data", "elsewhere", "camera", "list", "--data", "here"],
    ],
)
def test_the_data_directory_may_stand_anywhere(words: list[str]) -> None:
    assert build_parser("camera").parse_args(words).data == Path("here")


@pytest.mark.parametrize(("before", "then"), [(0o022, 0o027), (0o000, 0o027), (0o077, 0o077)])
def test_nobody_else_on_the_machine_reads_what_is_written(tmp_path: Path, before: int, then: int) -> None:
    was = os.umask(before)
    try:
        assert main(["camera", "list", "--data", str(tmp_path / "nowhere")]) == 3
        assert os.umask(was) == then
    finally:
        os.umask(was)


def test_a_data_directory_called_like_a_command(tmp_path: Path) -> None:
    outcome = vedette("--data", str(tmp_path / "check"), "camera", "list")
    assert outcome.returncode == 3
    assert "no Vedette installation" in outcome.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("camera", "list"),
        ("camera", "add", "Gate", URL, "--no-test"),
        ("camera", "test", "gate"),
        ("camera", "remove", "gate", "--yes"),
        ("user", "list"),
        ("secrets", "status"),
        ("audit", "verify"),
        ("check",),
        ("reindex",),
    ],
)
def test_a_mistyped_data_directory_is_not_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    nowhere = tmp_path / "typo"
    outcome = vedette(*command, "--data", str(nowhere))
    assert outcome.returncode == 3, outcome.stderr
    assert str(nowhere) in outcome.stderr
    if command != ("reindex",):
        assert f"vedette serve --data {nowhere}" in outcome.stderr
    assert not nowhere.exists()


@pytest.mark.parametrize("there", [False, True])
def test_the_doctor_misses_an_installation(tmp_path: Path, there: bool) -> None:
    place = tmp_path / "typo"
    if there:
        place.mkdir()
    outcome = vedette("doctor", "--data", str(place))
    assert outcome.returncode == 1, outcome.stdout
    assert f"PROBLEM  installation: There is no Vedette installation in {place}" in outcome.stdout
    assert ("no such directory" in outcome.stdout) is not there
    assert f"vedette serve --data {place}" in outcome.stdout
    assert "All is well" not in outcome.stdout
    assert place.exists() is there


async def test_the_doctor_finds_an_installation(tmp_path: Path) -> None:
    outcome = vedette("doctor", "--data", str(await make_installation(tmp_path)))
    assert "ok       database: sqlite, up to date" in outcome.stdout
    assert "PROBLEM  installation" not in outcome.stdout
    assert "ok       network: 127.0.0.1:7070, this machine only" in outcome.stdout


def test_a_data_directory_that_cant_be_made_is_explained_as_the_set_up_page_does(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    port = str(free_port())
    for place, why in (
        (Path("/proc/x"), "Vedette may not write to /proc, so /proc/x can't be made."),
        (tmp_path / "file", f"{tmp_path / 'file'} is a file."),
        (tmp_path / "file" / "in it", f"{tmp_path / 'file'} is a file."),
    ):
        outcome = vedette("serve", "--port", port, "--data", str(place))
        assert outcome.returncode == 2, outcome.stderr
        assert why in outcome.stderr
        assert "hoose" in outcome.stderr


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "two\nlines"])
async def test_a_bad_name_is_refused_in_words(tmp_path: Path, name: str) -> None:
    outcome = vedette("camera", "add", name, URL, "--data", str(await make_installation(tmp_path)))
    assert outcome.returncode == 2
    assert ("Give the camera a name" if not name.strip() else "NAME: ") in outcome.stderr
    assert "Value error" not in outcome.stderr


async def test_a_name_that_is_taken_is_refused_before_the_test(tmp_path: Path) -> None:
    data = ("--data", str(await make_installation(tmp_path)))
    assert vedette("camera", "add", "Gate", URL, "--no-test", *data).returncode == 0
    # Nobody answers there: a test would end with 5.
    taken = vedette("camera", "add", "GATE", f"rtsp://127.0.0.1:{free_port()}/cam", *data)
    assert (taken.returncode, taken.stderr) == (4, "vedette: Another camera is called GATE.\n")


async def test_exit_codes_of_a_camera_test(tmp_path: Path) -> None:
    nobody = f"rtsp://127.0.0.1:{free_port()}/cam"
    assert vedette("camera", "test", nobody, "--data", str(tmp_path)).returncode == 5
    new = await make_installation(tmp_path / "new")
    refused = vedette("camera", "add", "Gate", nobody, "--data", str(new))
    assert (refused.returncode, "Not added" in refused.stderr) == (5, True)
    assert vedette("camera", "list", "--json", "--data", str(new)).stdout.strip() == "[]"
    assert vedette("camera", "test", "ftp://127.0.0.1/x", "--data", str(tmp_path)).returncode == 2


def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEDETTE_DATABASE_URL", f"postgresql+asyncpg://u:hunter2@127.0.0.1:{free_port()}/x")
    outcome = vedette("check", "--data", str(tmp_path))
    assert outcome.returncode == 5, outcome.stderr
    assert "database" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert "hunter2" not in outcome.stderr


async def test_states_come_from_the_recorders(tmp_path: Path) -> None:
    data = ("--data", str(await make_installation(tmp_path)))
    assert vedette("camera", "add", "Gate", URL, "--no-test", *data).returncode == 0
    (row,) = json.loads(vedette("camera", "list", "--json", *data).stdout)
    assert row["state"] == "unknown"
    run = tmp_path / "run"
    run.mkdir()
    (run / "dead.sock").touch()
    announcer = Announcer(Hello("native-0", "node-1", 4711), lambda _cameras: None)
    await announcer.start(socket_path(run, "native-0"))
    try:
        announcer.announce(StreamStatus(1, row["id"], "main", "waiting", 0, detail="The camera is away."))
        found = await look_at_recorders(run)
    finally:
        await announcer.aclose()
    assert [hello.pid for hello in found.recorders] == [4711]
    assert found.statuses[1].state == "waiting"
    assert (await look_at_recorders(run)).recorders == []


def test_reindex_waits_for_nobody_and_gets_in_nobodys_way(tmp_path: Path) -> None:
    with single_instance(tmp_path / "run", "native-0"):
        outcome = vedette("reindex", "--data", str(tmp_path))
    assert outcome.returncode == 4
    assert "native-0" in outcome.stderr
    assert "Stop it first" in outcome.stderr


@pytest.mark.parametrize(("footage", "words"), [("keep", "To delete it now"), ("delete", "is deleted")])
async def test_what_becomes_of_a_removed_cameras_footage_is_said(tmp_path: Path, footage: str, words: str) -> None:
    data = ("--data", str(await make_installation(tmp_path)))
    assert vedette("camera", "add", "Gate", URL, "--no-test", *data).returncode == 0
    removed = vedette("camera", "remove", "gate", "--yes", "--footage", footage, *data)
    assert removed.returncode == 0, removed.stderr
    assert removed.stdout.startswith("Removed Gate. Its footage ")
    assert words in removed.stdout
