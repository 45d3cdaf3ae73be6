"""`vedette api` as a process of its own, which a test can kill."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.product import PASSWORD, free_port, until


class ApiProcess:
    """On a database and a data directory, which several may share."""

    def __init__(self, data: Path, database_url: str) -> None:
        self.data = data
        self.environment = {**os.environ, "VEDETTE_DATABASE_URL": database_url}
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.address}/api/v1"

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "vedette.cli.main", *words, "--data", str(self.data)]

    def make_administrator(self, name: str = "keeper") -> None:
        self.data.mkdir(exist_ok=True)
        words = self.command("user", "create", name, "--role", "admin", "--password-stdin")
        subprocess.run(words, input=PASSWORD, text=True, env=self.environment, check=True, timeout=120)

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        with (self.data / "api.log").open("ab") as log:
            process = subprocess.Popen(
                self.command("api", "--port", str(self.port)), stdout=log, stderr=log, env=self.environment
            )
        try:
            until("the api answers", lambda: httpx.get(f"{self.url}/auth/setup").is_success, 120)
            yield process
        finally:
            process.terminate()
            process.wait(60)

    def log_in(self, name: str = "keeper") -> dict[str, str]:
        given = {"username": name, "password": PASSWORD}
        answer = httpx.post(f"{self.url}/auth/login", json=given).raise_for_status()
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}
