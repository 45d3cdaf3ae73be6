"""Secrets come in and never go out: not in answers, not in the log, not in the database as text."""

import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import httpx
import pytest

SECRETS = (
    "hunter2-url",
    "hunter2-field",
    "hunter2-patch",
    "hunter2-refused",
    "hunter2-twice",
    "hunter2-probe",
    "hunter2-query",
    "hunter2-path",
    "hunter2-account",
)


PASSWORD = "hunter2-account"


def requests(client: httpx.Client) -> list[httpx.Response]:
    """What a person does, and what one gets wrong."""
    cameras = "/api/v1/cameras"
    made = client.post(cameras, json={"name": "Gate", "url": "rtsp://admin:hunter2-url@127.0.0.1:1/x"})
    path = f"{cameras}/{made.json()['id']}"
    fields = {"username": "admin", "password": "hunter2-field"}
    return [
        made,
        client.post(cameras, json={"name": "Yard", "url": "rtsp://127.0.0.1:1/x", **fields}),
        client.patch(path, json={"password": "hunter2-patch"}),
        client.post(cameras, json={"name": "Gate", "url": "rtsp://a:hunter2-refused@127.0.0.1/x"}),
        client.post(cameras, json={"name": "Bad", "url": "rtsp://a:hunter2-refused@169.254.169.254/x"}),
        client.post(cameras, json={"name": "Bad", "url": "ftp://a:hunter2-refused@cam/x"}),
        client.post(cameras, json={"name": "Bad", "url": "rtsp://a:hunter2-twice@cam/x", **fields}),
        client.post(cameras, json={"name": 1, "url": ["hunter2-refused"], "password": {"a": "hunter2-refused"}}),
        client.post(cameras, content=b'{"password": "hunter2-refused"', headers={"content-type": "application/json"}),
        client.post(f"{cameras}/probe", json={"url": "rtsp://a:hunter2-probe@127.0.0.1:1/x"}),
        client.post(f"{path}/test"),
        client.post(
            cameras, json={"name": "Old", "url": "rtsp://127.0.0.1:1/x?user=a&pwd=hunter2-query&token=hunter2-query"}
        ),
        client.post(
            cameras, json={"name": "Older", "url": "rtsp://127.0.0.1:1/user=a_password=hunter2-path_channel=1"}
        ),
        client.post(f"{cameras}/old/test"),
        client.post(f"{cameras}/probe", json={"url": "http://127.0.0.1:1/x?password=hunter2-query"}),
        client.get(f"{cameras}?cursor=hunter2-refused"),
        client.get(cameras),
        client.get(path),
        client.get("/api/v1/system"),
        client.get("/metrics"),
        client.get("/api/openapi.json"),
    ]


def test_no_secret_leaves(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "vedette.cli.main", "api", "--data", str(tmp_path), "--port", "0")
    process = subprocess.Popen([*command, "--log-level", "debug"], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        url = _url(process.stderr)
        creating = ("user", "create", "keeper", "--role", "admin", "--password-stdin", "--data", str(tmp_path))
        subprocess.run([*command[:3], *creating], input=PASSWORD, text=True, check=True, capture_output=True)
        with httpx.Client(base_url=url, timeout=30) as client:
            login = client.post("/api/v1/auth/login", json={"username": "keeper", "password": PASSWORD})
            client.headers["Authorization"] = f"Bearer {login.json()['access_token']}"
            answers = requests(client)
        process.terminate()
        _, log = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    assert [answer.status_code for answer in answers[:3]] == [201, 201, 200]
    for answer in answers:
        assert not [secret for secret in SECRETS if secret in answer.text], answer.request.url
        assert answer.status_code < 500 or answer.request.url.path.endswith(("/probe", "/test")), answer.text
    assert not [secret for secret in SECRETS if secret in log]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".sqlite" for path in files)
    for path in files:
        content = path.read_bytes()
        assert not [secret for secret in SECRETS if secret.encode() in content], path
    with sqlite3.connect(tmp_path / "vedette.sqlite") as database:
        assert database.execute("select count(*) from camera_credential").fetchone() == (2,)
    database.close()


def _url(log: IO[str]) -> str:
    started = time.monotonic()
    while time.monotonic() - started < 30:
        line = log.readline()
        if '"listening"' in line:
            return str(line.split('"url": "', 1)[1].split('"', 1)[0])
    pytest.fail("the api did not come up")
