"""Every failure is a problem, and no failure tells of the inside."""

from collections.abc import AsyncIterator
from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI, Query
from pydantic import BaseModel, ConfigDict, SecretStr
from starlette.middleware import Middleware
from starlette.responses import StreamingResponse

from tests.support.app import started
from vedette.core.errors import ErrorKind, VedetteError
from vedette.db.session import Database
from vedette.http import problem
from vedette.http.limits import BodyLimit

pytestmark = pytest.mark.anyio


class Given(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    password: SecretStr | None = None


def make_app() -> FastAPI:
    app = FastAPI(middleware=[Middleware(problem.CatchUnexpected), Middleware(BodyLimit, limit=1000)])
    problem.install(app)

    @app.get("/kind/{kind}")
    async def fail(kind: ErrorKind) -> None:
        raise VedetteError(kind, "thing.failed", "rtsp://admin:hunter2@cam/ did not answer.", field="url")

    @app.get("/bug")
    async def bug() -> None:
        raise RuntimeError("the secret is hunter2")

    @app.get("/database")
    async def database() -> None:
        async with Database("sqlite+aiosqlite:////nowhere/at/all.sqlite").read() as session:
            await session.connection()

    @app.get("/late")
    async def late() -> StreamingResponse:
        async def chunks() -> AsyncIterator[bytes]:
            yield b"begun"
            raise RuntimeError("in the middle")

        return StreamingResponse(chunks())

    @app.post("/things")
    async def make(given: Given, count: Annotated[int, Query(ge=1)] = 1) -> Given:
        return given

    return app


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with started(make_app()) as client:
        yield client


@pytest.mark.parametrize(("kind", "status"), problem.STATUS_OF.items())
async def test_expected_failures(client: httpx.AsyncClient, kind: ErrorKind, status: int) -> None:
    answer = await client.get(f"/kind/{kind}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["code"], body["field"]) == (status, "thing.failed", "url")
    assert "hunter2" not in answer.text


async def test_a_bug_is_answered_with_an_incident_and_nothing_else(client: httpx.AsyncClient) -> None:
    answer = await client.get("/bug")
    assert answer.status_code == 500
    body = answer.json()
    assert body["code"] == "internal"
    assert "incident" in body["detail"]
    assert "hunter2" not in answer.text
    assert "RuntimeError" not in answer.text


async def test_a_database_that_does_not_answer(client: httpx.AsyncClient) -> None:
    answer = await client.get("/database")
    assert (answer.status_code, answer.json()["code"]) == (503, "database.unavailable")
    assert answer.headers["retry-after"] == "5"
    assert "sqlite" not in answer.text


async def test_a_bug_after_the_answer_has_begun_breaks_the_connection(client: httpx.AsyncClient) -> None:
    with pytest.raises(RuntimeError, match="in the middle"):
        await client.get("/late")


async def test_refused_input_names_every_field_and_repeats_no_value(client: httpx.AsyncClient) -> None:
    body = {"password": ["hunter2"], "colour": "hunter2"}
    answer = await client.post("/things", params={"count": 0}, json=body)
    assert answer.status_code == 422
    assert "hunter2" not in answer.text
    assert {one["field"] for one in answer.json()["errors"]} == {"count", "name", "password", "colour"}


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (b"{", "application/json"),
        (b'{"name": NaN', "application/json"),
        (b"[" * 900, "application/json"),
        (b'"' + b"\xff" * 10 + b'"', "application/json"),
        (b'{"name": "x"}', "text/plain"),
        (b"null", "application/json"),
        (b"", "application/json"),
    ],
)
async def test_bodies_that_are_not_the_json_we_want(client: httpx.AsyncClient, body: bytes, media: str) -> None:
    answer = await client.post("/things", content=body, headers={"content-type": media})
    assert answer.status_code in (400, 415, 422)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_unknown_paths_and_methods(client: httpx.AsyncClient) -> None:
    missing = await client.get("/nothing")
    assert (missing.status_code, missing.json()["code"]) == (404, "http.not_found")
    wrong = await client.delete("/things")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "http.method_not_allowed")
    assert wrong.headers["allow"] == "POST"


@pytest.mark.parametrize("chunked", [False, True])
async def test_large_bodies(client: httpx.AsyncClient, chunked: bool) -> None:
    async def chunks(size: int) -> AsyncIterator[bytes]:
        yield b'{"name": "'
        yield b"x" * size
        yield b'"}'

    def content(size: int) -> AsyncIterator[bytes] | bytes:
        return chunks(size) if chunked else b'{"name": "' + b"x" * size + b'"}'

    headers = {"content-type": "application/json"}
    small = await client.post("/things", content=content(900), headers=headers)
    assert small.status_code == 200
    large = await client.post("/things", content=content(1000), headers=headers)
    assert (large.status_code, large.json()["code"]) == (413, "request.too_large")


async def test_the_log_has_the_incident(client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]) -> None:
    answer = await client.get("/bug")
    incident = answer.json()["detail"].split()[-1].rstrip(".")
    captured = capsys.readouterr()
    assert incident in captured.out + captured.err
