"""Bodies of every operation that are too much, too deep, of the wrong kind, or say more than they may."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from tests.attacks.operations import operations, plausible, with_body
from vedette.api.app import create_app
from vedette.db.session import Database
from vedette.http.limits import MAX_BODY
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

JSON = {"content-type": "application/json"}
SPOILT = {
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000,
    "closed and deep": b"[" * 50_000 + b"]" * 50_000,
    "a list": b"[]",
    "a text": b'"x"',
    "no JSON": b"\xff\xfe\x00{",
    "half of a character": b'{"name": "\\ud800", "username": "\\ud800", "password": "\\ud800"}',
    "nothing": b"",
}
# What a client might hope to set beside what it is asked for.
PRIVILEGED = {
    "id": "00000000-0000-0000-0000-000000000007",
    "role": "admin",
    "roles": ["admin"],
    "permissions": ["user.manage"],
    "is_admin": True,
    "admin": True,
    "built_in": True,
    "password_hash": "x",
    "created_ms": 0,
    "created_by": "somebody",
    "__class__": "x",
    "__proto__": {"admin": True},
}


@pytest.fixture
def app(sqlite_database: Database, settings: Settings) -> FastAPI:
    """Not a matter of the database."""
    return create_app(settings, sqlite_database)


def test_every_body_names_all_that_it_takes() -> None:
    """So that what a schema does not name is refused, and never set by its name."""
    open_ended = [
        f"{one.method} {one.path}"
        for one in with_body()
        if one.body is not None
        and one.body.get("type") == "object"
        and one.body.get("additionalProperties") is not False
    ]
    assert open_ended == []


async def test_what_is_not_asked_for_is_refused(admin: httpx.AsyncClient) -> None:
    tried = 0
    for one in with_body():
        assert one.body is not None
        for name, value in PRIVILEGED.items():
            if name in one.body.get("properties", {}):
                continue
            answer = await admin.request(one.method, one.url(), json={**plausible(one.body), name: value})
            assert answer.status_code == 422, (one.method, one.path, name, answer.text)
            tried += 1
    assert tried > 200


@pytest.mark.parametrize("what", SPOILT)
async def test_no_spoilt_body_is_a_server_error(admin: httpx.AsyncClient, what: str) -> None:
    for one in with_body():
        if not SPOILT[what] and not one.spec["requestBody"].get("required"):
            continue
        answer = await admin.request(one.method, one.url(), content=SPOILT[what], headers=JSON)
        assert 400 <= answer.status_code < 500, (one.method, one.path, answer.status_code, answer.text[:300])
        assert answer.headers["content-type"] == "application/problem+json"
        assert len(answer.content) < 20_000, "what was sent is not sent back"


async def test_no_number_in_a_path_is_too_large(admin: httpx.AsyncClient) -> None:
    for one in operations():
        for parameter in one.spec.get("parameters", []):
            if parameter["in"] != "path" or parameter["schema"].get("type") != "integer":
                continue
            for number in (0, -1, 2**31, 2**63, 10**30):
                answer = await admin.request(one.method, one.url(**{parameter["name"]: str(number)}), json={})
                assert answer.status_code in (404, 422), (one.method, one.path, number, answer.text)


async def test_too_much_is_refused_before_it_is_read(admin: httpx.AsyncClient) -> None:
    for one in with_body():
        answer = await admin.request(one.method, one.url(), content=b" " * (MAX_BODY + 1), headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large"), (one.method, one.path)


async def test_too_much_in_chunks_without_a_length_is_refused(admin: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(MAX_BODY // 65_536 + 2):
            yield b" " * 65_536

    for one in with_body():
        answer = await admin.request(one.method, one.url(), content=endless(), headers=JSON)
        assert answer.status_code == 413, (one.method, one.path)
