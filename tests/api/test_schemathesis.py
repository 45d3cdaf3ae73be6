"""schemathesis against the live server as an administrator: whatever the document lets a client send, no answer is a
server error."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from tests.support.accounts import add_user, bearer, log_in
from tests.support.running import running_app
from vedette.db.session import Database

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]

# What would end the tester's own session, make directories anywhere on this machine, or call out to made-up hosts.
# Each has hostile tests of its own.
LEFT_OUT = (
    r"/auth/(logout|password|sessions.*|totp.*)$",
    r"/users/\{user_id\}/(sessions.*|disable|password)$",
    r"/storage/volumes$",
    r"/cameras/(probe|\{camera\}/test)$",
)


async def test_nothing_a_client_may_send_is_a_server_error(tmp_path: Path, sqlite_database: Database) -> None:
    report = tmp_path / "report.json"
    async with running_app(tmp_path / "data", sqlite_database) as app:
        await add_user(app.app, "admin")
        app.http.base_url = f"http://{app.address}"
        tokens = await log_in(app.http, "admin")
        arguments = [
            *("run", f"http://{app.address}/api/openapi.json"),
            *("--header", f"Authorization: {bearer(tokens)['Authorization']}"),
            *("--checks", "not_a_server_error", "--phases", "examples,fuzzing", "--max-examples", "6"),
            *("--seed", "7", "--generation-deterministic"),
            *("--suppress-health-check", "all", "--no-color", "--warnings", "off"),
            *("--exclude-path-regex", "|".join((*LEFT_OUT, "^/readyz$"))),  # which says 503 without a recorder
            *("--report-json-path", str(report)),
        ]
        program = Path(sys.executable).with_name("schemathesis")
        process = await asyncio.create_subprocess_exec(
            program, *arguments, cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        output, _ = await process.communicate()
        still = await app.http.get("/api/v1/auth/me", headers=bearer(tokens))
    assert process.returncode == 0, output.decode()[-8000:]
    assert still.status_code == 200, "the tester was thrown out, so most answers were 401"
    assert json.loads(report.read_text())
