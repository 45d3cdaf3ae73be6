"""The commands that people are told to run."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vedette.cli.program import command, program
from vedette.cli.serve import for_console, greeting
from vedette.settings import Settings


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A `vedette` that is not on the PATH."""
    place = tmp_path / "bin" / "vedette"
    place.parent.mkdir()
    place.write_text("#!/bin/sh\n")
    place.chmod(0o755)
    return place


def test_the_program_is_named_so_that_any_shell_finds_it(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = str(installed.with_name("python"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.chdir(tmp_path)
    assert program(str(installed), "/elsewhere/python") == [str(installed)]
    assert program("bin/vedette", "/elsewhere/python") == [str(installed)], "as `make run` calls it"
    assert program("/x/vedette/cli/main.py", python) == [str(installed)], "python -m: the one beside the interpreter"
    assert program("/x/vedette/cli/main.py", "/x/python") == ["/x/python", "-m", "vedette.cli.main"]
    monkeypatch.setenv("PATH", f"{installed.parent}:/usr/bin")
    assert program(str(installed), python) == ["vedette"]
    other = shutil.copy(installed, tmp_path / "vedette")
    assert program(str(other), python) == [str(other)], "another one is on the PATH"


def test_a_command_is_for_this_installation_wherever_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = command(Settings(data=Path("our house; really")), "user", "create", "NAME")
    assert shlex.split(told)[-4:] == ["create", "NAME", "--data", str(tmp_path / "our house; really")]
    ran = subprocess.run([*shlex.split(told)[:-5], "--version"], capture_output=True, text=True, cwd="/", check=True)
    assert ran.stdout.startswith("vedette "), sys.executable


def test_the_greeting_says_the_command_and_what_was_lost() -> None:
    said = greeting("http://127.0.0.1:7070", "T", "vedette user create NAME --data /srv/v", "It was lost.")
    assert "      vedette user create NAME --data /srv/v\n" in said
    assert said.index("It was lost.") < said.index("/setup#token=T")
    assert said.endswith("\n\n      http://127.0.0.1:7070/setup#token=T\n"), "the last thing, in a line of its own"
    assert "create" not in greeting("http://127.0.0.1:7070", None, "vedette user create NAME --data /srv/v")


@pytest.mark.parametrize(
    ("given", "level", "lines"),
    [
        ({}, "info", "json"),  # no terminal here
        ({"log_format": "text"}, "warning", "text"),
        ({"log_format": "text", "log_level": "info"}, "info", "text"),
        ({"log_format": "json"}, "info", "json"),
        ({"log_format": "json", "log_level": "error"}, "error", "json"),
    ],
)
def test_who_looks_on_reads_of_what_goes_wrong(given: dict[str, str], level: str, lines: str) -> None:
    settings = for_console(Settings.model_validate(given))
    assert (settings.log_level, settings.log_format) == (level, lines)
