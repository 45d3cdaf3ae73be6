"""The whole product as a user starts it: `vedette serve` in a process of its own, spoken to over HTTP."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

T = TypeVar("T")

ADMIN, PASSWORD = "keeper", "three random words"
LOGIN = "/api/v1/auth/login"


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


class LogIn(httpx.Auth):
    """Logs in as the administrator when it has to, and again when the access token is too old."""

    requires_response_body = True

    def __init__(self, url: str) -> None:
        self._url = url
        self._token: str | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """See httpx."""
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        answer = yield request
        if answer.status_code == 401:
            body = {"username": ADMIN, "password": PASSWORD}
            answer = yield httpx.Request("POST", f"{self._url}{LOGIN}", json=body)
            if answer.status_code == 200:
                self._token = answer.json()["access_token"]
                request.headers["Authorization"] = f"Bearer {self._token}"
            yield request


class Product:
    """A running `vedette serve` with its own data directory and ports, and an administrator, whom `client` and the
    methods speak for. Without `claim` nobody has set it up."""

    def __init__(self, data: Path, *arguments: str, claim: bool = True) -> None:
        self.data = data
        self.claim = claim
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
        self.client = httpx.Client(base_url=self.url, timeout=30, auth=LogIn(self.url))
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
        if self.claim and httpx.get(f"{self.url}/api/v1/auth/setup").json()["needed"]:
            given = {"token": self.setup_token(), "username": ADMIN, "password": PASSWORD}
            httpx.post(f"{self.url}/api/v1/auth/setup", json=given).raise_for_status()

    def setup_token(self) -> str:
        """The newest one that was printed."""
        tokens: list[str] = until("a token is printed", lambda: re.findall(r"/setup#token=(\S+)", self.log.read_text()))
        return tokens[-1]

    def cookies(self, who: str = ADMIN) -> dict[str, str]:
        """A browser's session of a user, a new one each time."""
        given = {"username": who, "password": PASSWORD, "transport": "cookie"}
        answer = httpx.post(f"{self.url}{LOGIN}", json=given, headers={"X-Vedette-Client": "tests"})
        answer.raise_for_status()
        return dict(answer.cookies)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            self.process = None

    def run(self, *words: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
        """One `vedette` command on this data directory."""
        return subprocess.run(
            self.command(*words, "--data", str(self.data)),
            capture_output=True,
            text=True,
            input=typed,
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
