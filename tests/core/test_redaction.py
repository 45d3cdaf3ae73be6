"""What may not stand in a log: credentials in URLs, parameters and headers, however they come."""

import io
import json
import sys

import pytest
import structlog

from vedette.core.logs import configure, get_logger
from vedette.core.redaction import redact

SECRET = "hunter2"


@pytest.mark.parametrize(
    "text",
    [
        f"rtsp://admin:{SECRET}@cam/live",
        f"could not open rtsps://admin:{SECRET}@[2001:db8::1]:554/x?a=1: refused",
        f"http://cam/cgi?user=admin&password={SECRET}&ch=1",
        f"rtsp://cam/user=admin_password={SECRET}_channel=1",
        f"postgresql+asyncpg://vedette:{SECRET}@db/vedette",
        f"Authorization: Basic {SECRET}",
        f'authorization: Digest username="a", response="{SECRET}"',
        f"Proxy-Authorization: Bearer {SECRET}",
        f'{{"authorization": "Bearer {SECRET}"}}',
        f"Authorization: {SECRET}",
        f"Cookie: theme=dark; vedette_access={SECRET}",
        f"set-cookie: vedette_refresh={SECRET}; HttpOnly",
        f"X-Api-Key: {SECRET}",
        f"GET /api/v1/live?token={SECRET} HTTP/1.1",
        f"https://x/callback?access_token={SECRET}&state=1",
        f"passwd='{SECRET}'",
        f'"WebSocket /api/v1/live/gate/mse?stream=main&ticket={SECRET}" [accepted]',
        f"the token vdt_{SECRET} is not good",
        f"POST /api/v1/share/{SECRET}{'x' * 36}/open failed",
    ],
)
def test_a_secret_is_masked_and_the_rest_can_be_read(text: str) -> None:
    masked = redact(text)
    assert SECRET not in masked
    assert "***" in masked


@pytest.mark.parametrize(
    "text", ["rtsp://cam/live", "the monkey sat", "keys: 3", "cookies: 3", "http://x/?page=2&sort=name"]
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


def test_every_field_of_an_event_and_an_error_is_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    try:
        configure("test", lines="json")
        log = get_logger("here")
        log.warning("camera lost", url=f"rtsp://a:{SECRET}@cam/", header=f"Authorization: Basic {SECRET}")
        try:
            raise ValueError(f"no route to rtsp://a:{SECRET}@cam/")
        except ValueError:
            log.exception("it failed")
    finally:
        structlog.reset_defaults()
        structlog.contextvars.clear_contextvars()
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["camera lost", "it failed"]
    assert "ValueError" in lines[1]["exception"]
    assert SECRET not in out.getvalue()
