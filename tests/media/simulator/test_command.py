"""`vedette simulate` as a person runs it."""

import signal
import socket
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from tests.media.simulator.client import BareClient
from tests.support.simulated import CLIPS
from vedette.cli.main import main
from vedette.media.simulator.catalogue import DEMO, KINDS
from vedette.media.simulator.faults import Faults

pytestmark = pytest.mark.anyio

COMMAND = (sys.executable, "-m", "vedette.cli.main", "simulate", "--cache", str(CLIPS))


async def test_it_prints_addresses_that_play_and_ends_in_order(tmp_path: Path) -> None:
    options = ("--port", "0", "--cameras", "2", "--password", "open sesame", "--data", str(tmp_path))
    with subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        first, second = process.stdout.readline(), process.stdout.readline()
        assert first.startswith("Front door")
        assert second.startswith("Yard")
        url = first.split()[2]
        assert url.startswith("rtsp://127.0.0.1:")
        async with BareClient(url) as client:
            answer = await client.ask("DESCRIBE")
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=30)

    assert answer.status == 401
    assert process.returncode == 0, errors
    assert "could not be sent" in output
    assert "open sesame" not in first + second + output + errors


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        outcome = subprocess.run(
            [*COMMAND, "--port", port, "--data", str(tmp_path)], capture_output=True, text=True, check=False
        )

    assert outcome.returncode == 5
    assert "could not be started" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_help_names_every_kind_and_fault(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["simulate", "--help"])

    assert ended.value.code == 0
    text = capsys.readouterr().out
    for kind in KINDS:
        assert f"\n  {kind} " in text
    for fault in fields(Faults):
        assert f"{fault.name}=" in text
    for camera in DEMO:
        assert camera.slug in text
