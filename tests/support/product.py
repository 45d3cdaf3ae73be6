"""The whole product as a user starts it: `vedette serve` in a process of its own, spoken to over HTTP."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

T = TypeVar("T")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(what: str, ask: Callable[[], T | None], seconds: float = 60) -> T:
    """Asks until the answer is truthy. Fails with `what` when it never is."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            answer = ask()
        except httpx.TransportError:
            answer = None
        if answer:
            return answer
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.1)


class Product:
    """A running `vedette serve` with its own data directory and ports."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data.parent / f"{data.name}.log"
        self.arguments = arguments
        self.simulator_port = free_port()
        self.environment = {
            **os.environ,
            "VEDETTE_SIMULATOR_PORT": str(self.simulator_port),
            "VEDETTE_SUPERVISOR": str(os.getpid()),  # a test run that is cut off takes it along
        }
        self.client = httpx.Client(base_url=self.url, timeout=30)
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self.client.close()

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "vedette.cli.main", *words]

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command("serve", "--data", str(self.data), "--port", str(self.port), *self.arguments),
                stdout=log,
                stderr=log,
                env=self.environment,
            )
        until("the server is ready", lambda: self.client.get("/readyz").status_code == 200)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            self.process = None

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One `vedette` command on this data directory."""
        return subprocess.run(
            self.command(*words, "--data", str(self.data)),
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=120,
            check=False,
        )

    def get(self, path: str, **parameters: Any) -> Any:
        answer = self.client.get(f"/api/v1{path}", params=parameters)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: Any = None) -> Any:
        answer = self.client.post(f"/api/v1{path}", json=body)
        answer.raise_for_status()
        return answer.json()

    def pid(self, name: str) -> int:
        """The process id of one child, as the supervisor wrote it down."""
        state = json.loads((self.data / "run/supervisor.json").read_text())
        return next(int(entry["pid"]) for entry in state["processes"] if entry["name"] == name)

    def cameras(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.get("/cameras")["items"]
        return items

    def wait_recording(self, count: int, seconds: float = 60) -> list[dict[str, Any]]:
        """The cameras, once `count` of them record."""

        def ask() -> list[dict[str, Any]] | None:
            cameras = self.cameras()
            states = [camera["status"]["main"] and camera["status"]["main"]["state"] for camera in cameras]
            return cameras if states.count("recording") >= count else None

        return until(f"{count} cameras record", ask, seconds)
