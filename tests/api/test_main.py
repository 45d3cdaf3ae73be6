"""Starting the api as a person does."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from vedette.core.errors import VedetteError
from vedette.http.binding import check_bind
from vedette.settings import Settings


def start(data: Path, *arguments: str, command: str = "api") -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "vedette.cli.main", command, "--data", str(data), *arguments]
    return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "192.168.1.2", "example.com", "localhost.example.com"])
def test_addresses_that_others_can_reach_need_an_account(host: str) -> None:
    with pytest.raises(VedetteError) as refused:
        check_bind(Settings(host=host), has_accounts=False)
    check_bind(Settings(host=host), has_accounts=True)
    assert (refused.value.code, refused.value.field) == ("api.not_loopback", "host")


@pytest.mark.parametrize("command", ["api", "serve"])
def test_without_an_account_it_listens_on_loopback_only_and_says_why(tmp_path: Path, command: str) -> None:
    ended = start(tmp_path, "--host", "0.0.0.0", "--port", "0", command=command)
    assert ended.returncode == 2
    assert "no accounts yet" in ended.stderr
    assert "vedette user create" in ended.stderr
    assert "--host 127.0.0.1" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = start(tmp_path, "--port", port)
    assert ended.returncode == 5
    assert f"Port {port}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_bad_key_stops_it_before_it_makes_another(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("not a key")
    ended = start(tmp_path, "--port", "0")
    assert ended.returncode == 2
    assert "secret" in ended.stderr or "passwords" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "secret.key").read_text() == "not a key"
