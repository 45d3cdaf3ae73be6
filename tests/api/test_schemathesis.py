"""schemathesis against the live server as an administrator: whatever the document lets a client send, no answer is a
server error."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from tests.support.running import running_app
from vedette.db.session import Database

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(900)]

# What would end the tester's own session, make directories anywhere on this machine, or call out to made-up hosts.
# Each has hostile tests of its own.
LEFT_OUT = (
    r"/auth/(logout|password|sessions.*|totp.*)$",
    r"/users/\{user_id\}/(sessions.*|disable|password)$",
    r"/storage/(volumes|buckets|buckets/check)$",
    r"^/readyz$|/snapshot\.jpg$|/live\.mjpeg$|/hls/index\.m3u8$",  # 503 without a recorder is the right answer
    r"/whep$",  # takes SDP, of which schemathesis can't make any
    r"/auth/oidc/.*",
    r"/oidc-providers/.*/test$",
    r"/cameras/(probe|\{camera\}/test)$",
)


async def test_nothing_a_client_may_send_is_a_server_error(tmp_path: Path, sqlite_database: Database) -> None:
    report = tmp_path / "report.json"
    async with running_app(tmp_path / "data", sqlite_database, rate_anonymous=0, rate_signed_in=0) as app:
        arguments = [
            *("run", f"http://{app.address}/api/openapi.json"),
            *("--request-timeout", "60"),
            *("--header", f"Authorization: {app.http.headers['authorization']}"),
            *("--checks", "not_a_server_error", "--phases", "examples,fuzzing", "--max-examples", "6"),
            *("--seed", "7", "--generation-deterministic"),
            *("--suppress-health-check", "all", "--no-color", "--warnings", "off"),
            *("--exclude-path-regex", "|".join(LEFT_OUT)),
            *("--report-json-path", str(report)),
        ]
        program = Path(sys.executable).with_name("schemathesis")
        process = await asyncio.create_subprocess_exec(
            program, *arguments, cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        output, _ = await process.communicate()
        still = await app.http.get("/auth/me")
    assert process.returncode == 0, output.decode()[-8000:]
    assert still.status_code == 200, "the tester was thrown out, so most answers were 401"
    assert json.loads(report.read_text())
