"""Requests that no honest client sends: every one is answered, none with a 500, and none changes anything."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from vedette.api.app import create_app
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

CAMERAS = "/api/v1/cameras"
JSON = {"content-type": "application/json"}

NASTY = (
    "%00",
    "a%00b",
    "%ff%fe",
    "%ed%a0%80",  # half a surrogate pair
    "%F0%9F%8E%A5",
    "-1",
    "0",
    "9223372036854775808",
    "9" * 400,
    "1e309",
    "NaN",
    quote("' or 1=1 --", safe=""),
    quote("../../etc/passwd", safe=""),
    "%2e%2e%2f",
    quote("{x}${x}", safe=""),
    quote("2026-11-21T14:05:12Z", safe=""),
    quote("9999-12-31T23:59:59Z", safe=""),
    "WyIAIiwiYSJd",  # a cursor with a NUL in it
    "WyJhIiwiMDE5MDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAwIl0",
    str(uuid4()),
    "x" * 3000,
    "",
)


def reads() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every GET of the API with its parameters."""
    for path, methods in create_app(Settings()).openapi()["paths"].items():
        if "get" in methods:
            yield path, methods["get"]


def attempts(path: str, operation: dict[str, Any]) -> Iterator[str]:
    """The URLs of one operation, with one parameter nasty and the others as they may be."""
    parameters = [one for one in operation.get("parameters", []) if one["in"] in ("path", "query")]
    for target in parameters:
        for nasty in NASTY:
            url, query = path, []
            for one in parameters:
                value = nasty if one is target else _plausible(one)
                if one["in"] == "path":
                    url = url.replace("{" + one["name"] + "}", value or "x")
                elif one is target or one.get("required"):
                    query.append(f"{one['name']}={value}")
            yield f"{url}?{'&'.join(query)}"


def _plausible(parameter: dict[str, Any]) -> str:
    name = parameter["name"]
    if name in ("start", "from"):
        return "2026-11-20T00:00:00Z"
    if name in ("end", "to", "t", "at"):
        return "2026-11-21T00:00:00Z"
    if name == "month":
        return "2026-11"
    if name in ("camera", "camera_id"):
        return "gate"
    if name == "digest":
        return "0" * 64
    return str(uuid4()) if name.endswith("_id") else "1"


async def test_no_parameter_breaks_anything(client: httpx.AsyncClient) -> None:
    made = await client.post(CAMERAS, json={"name": "Gate", "url": "rtsp://cam/x", "sub_url": "rtsp://cam/y"})
    assert made.is_success
    broken = []
    tried = 0
    for path, operation in reads():
        for target in attempts(path, operation):
            request = client.build_request("GET", "/")
            request.url = httpx.URL(scheme="http", host="127.0.0.1", port=7070, raw_path=target.encode())
            answer = await client.send(request)
            tried += 1
            if answer.status_code >= 500 and answer.json().get("code") == "internal":
                broken.append(target)
    assert tried > 400
    assert broken == []


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 1_000_000,
        b'{"name":' * 100_000,
        b'{"name": "x", "url": "rtsp://cam/x", "keep_days": ' + b"9" * 5000 + b"}",
        b'{"name": "x", "url": "rtsp://cam/x", "keep_days": 1e999}',
        b'{"name": "x", "url": "rtsp://cam/x", "keep_days": NaN}',
        b'{"name": "x", "name": "y", "url": "rtsp://cam/\\u0000"}',
        b'{"name": "a\\u0000b", "url": "rtsp://cam/x"}',
        b'{"name": "\\ud800", "url": "rtsp://cam/x"}',
        b'{"name": "x", "url": "rtsp://cam/\\ud800"}',
        b'{"name": "x", "url": "rtsp://\\ud800/x"}',
        b'{"name": "x", "url": "rtsp://cam/x", "username": "\\ud800", "password": "x"}',
        b'{"name": "x", "url": "rtsp://cam/x", "username": "x", "password": "\\ud800"}',
        b'{"name": "x", "url": "rtsp://cam/x", "notes": "\\ud800"}',
        b'{"name": "x", "url": "rtsp://cam/x", "schedule": {"timezone": "\\u0000", "week": [[],[],[],[],[],[],[]]}}',
        b'{"name": "x", "url": "rtsp://cam/x", "schedule": {"timezone": "UTC", "week": [[["\\ud800","1"]]]}}',
        b'{"__proto__": {"x": 1}, "name": "x", "url": "rtsp://cam/x"}',
        b"\xff\xfe{}",
        b"[]",
        b'"x"',
        b"1",
    ],
)
async def test_no_body_breaks_anything(sqlite_client: httpx.AsyncClient, body: bytes) -> None:
    for method, path in (("POST", CAMERAS), ("POST", f"{CAMERAS}/probe"), ("PUT", "/api/v1/system/preferences")):
        answer = await sqlite_client.request(method, path, content=body, headers=JSON)
        assert 400 <= answer.status_code < 500, (path, answer.text[:300])
        assert answer.headers["content-type"] == "application/problem+json"
    assert (await sqlite_client.get(CAMERAS)).json()["items"] == []


async def test_a_body_over_the_limit_is_refused(sqlite_client: httpx.AsyncClient) -> None:
    answer = await sqlite_client.post(CAMERAS, content=b" " * (1 << 20) + b"{}", headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.com"}, 421),
        ({"Host": "evil.com", "X-Forwarded-Host": "localhost"}, 421),
        ({"Origin": "http://evil.com"}, 403),
        ({"Origin": "http://127.0.0.1.evil.com:7070"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"content-type": "text/plain"}, 422),
        ({"content-type": "application/x-www-form-urlencoded"}, 422),
    ],
)
async def test_a_page_of_another_origin_changes_nothing(
    sqlite_client: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    content = b'{"name": "x", "url": "rtsp://cam/x"}'
    answer = await sqlite_client.post(CAMERAS, content=content, headers=JSON | headers)
    assert answer.status_code == status
    assert "access-control-allow-origin" not in answer.headers
    assert (await sqlite_client.get(CAMERAS)).json()["items"] == []


async def test_a_preflight_is_not_answered_with_leave(sqlite_client: httpx.AsyncClient) -> None:
    headers = {"Origin": "http://evil.com", "Access-Control-Request-Method": "POST"}
    answer = await sqlite_client.options(CAMERAS, headers=headers)
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]
