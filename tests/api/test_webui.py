"""Serving the built UI."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.support.app import TestRecorders, started
from vedette.api.app import create_app
from vedette.api.webui import WebUi
from vedette.db.session import Database
from vedette.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def client(
    tmp_path: Path, settings: Settings, sqlite_database: Database, recorders: TestRecorders
) -> AsyncIterator[httpx.AsyncClient]:
    root = tmp_path / "webui"
    (root / "assets").mkdir(parents=True)
    (root / "index.html").write_text('<!doctype html><meta name="style-nonce" content="STYLE-NONCE"><p>the page')
    (root / "favicon.svg").write_text("<svg/>")
    (root / "assets" / "app-1a2b.js").write_text("let a")
    (tmp_path / "secret.txt").write_text("hunter2")
    app = create_app(settings, sqlite_database, recorders=recorders)
    app.router.default = WebUi(root)
    async with started(app) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/cameras", "/cameras/0190/edit", "/playback?at=5", "/assetsx"])
async def test_every_page_is_the_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.text.endswith("<p>the page")
    nonce = answer.text.partition('content="')[2].partition('"')[0]
    assert len(nonce) >= 20
    assert f"style-src 'self' 'nonce-{nonce}';" in answer.headers["content-security-policy"]
    assert (await client.get(path)).text != answer.text
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-cache"
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_assets_are_kept_for_ever_and_missing_ones_are_missing(client: httpx.AsyncClient) -> None:
    asset = await client.get("/assets/app-1a2b.js")
    assert (asset.text, asset.headers["cache-control"]) == ("let a", "public, max-age=31536000, immutable")
    missing = await client.get("/assets/app-ffff.js")
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")


async def test_an_unchanged_page_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/favicon.svg")
    again = await client.get("/favicon.svg", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
        "//secret.txt",
        "/..%5csecret.txt",
    ],
)
async def test_nothing_outside_is_served(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(httpx.URL(scheme="http", host="127.0.0.1", port=7070, raw_path=path.encode()))
    assert "hunter2" not in answer.text
    assert answer.status_code in (200, 404)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api", "/api/nothing"])
async def test_the_api_never_answers_with_the_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.headers["cache-control"] == "no-store"


async def test_a_known_path_names_its_methods(client: httpx.AsyncClient) -> None:
    answer = await client.delete("/api/v1/system")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


async def test_without_a_built_ui_there_is_a_page_that_helps(
    tmp_path: Path, settings: Settings, sqlite_database: Database, recorders: TestRecorders
) -> None:
    app = create_app(settings, sqlite_database, recorders=recorders)
    app.router.default = WebUi(tmp_path / "nothing")
    async with started(app) as client:
        answer = await client.get("/")
        assert answer.status_code == 200
        assert "make web" in answer.text
        assert (await client.get("/assets/x.js")).status_code == 404
