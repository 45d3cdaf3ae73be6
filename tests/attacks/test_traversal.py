"""Names and paths that try to leave their place."""

from itertools import product
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI

from tests.attacks.operations import operations
from tests.support.app import TestRecorders
from vedette.api.app import create_app
from vedette.db.session import Database
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

CLIMBING = (
    "../../secret.txt",
    "..%2f..%2fsecret.txt",
    "%2e%2e%2f%2e%2e%2fsecret.txt",
    "%252e%252e%252fsecret.txt",
    "..%5c..%5csecret.txt",
    "....//....//secret.txt",
    "%c0%ae%c0%ae/secret.txt",
    "%2fetc%2fpasswd",
    "file:%2f%2f%2fetc%2fpasswd",
    "secret.txt%00.mp4",
    ".",
    "..",
)
NAMES = (
    "../../escape",
    "/etc/passwd",
    "..\\..\\escape",
    "a/../../b",
    "....//x",
    ".",
    "..",
    "con",
    "~root",
    "-rf",
    "$(x)",
)
SECRET = "root:x:0:0"


@pytest.fixture
def app(sqlite_database: Database, settings: Settings, recorders: TestRecorders) -> FastAPI:
    """Not a matter of the database."""
    return create_app(settings, sqlite_database, recorders=recorders)


@pytest.fixture(autouse=True)
def secret(settings: Settings) -> None:
    """What must not be found, beside the data and in it."""
    (settings.data / "secret.txt").write_text(SECRET)
    (settings.data.parent / "secret.txt").write_text(SECRET)


async def test_every_path_parameter_stays_in_its_place(admin: httpx.AsyncClient) -> None:
    tried = 0
    for one in operations():
        if one.method != "GET":
            continue
        for parameter in one.spec.get("parameters", []):
            if parameter["in"] not in ("path", "query"):
                continue
            for climbing in CLIMBING:
                target = one.url(**{parameter["name"]: climbing})
                url = httpx.URL(scheme="http", host="127.0.0.1", port=7070, raw_path=target.encode())
                answer = await admin.get(url)
                assert SECRET not in answer.text, target
                assert answer.status_code < 500 or answer.json()["code"] != "internal", (target, answer.text)
                tried += 1
    assert tried > 400


async def test_no_static_path_leads_out(admin: httpx.AsyncClient) -> None:
    for place, climbing in product(("/", "/assets/", "/api/", "/api/v1/", "/share/", "/icons/"), CLIMBING):
        for method in ("GET", "HEAD"):
            url = httpx.URL(scheme="http", host="127.0.0.1", port=7070, raw_path=f"{place}{climbing}".encode())
            answer = await admin.request(method, url)
            assert SECRET not in answer.text, (place, climbing)
            assert answer.status_code in (200, 404, 400), (place, climbing, answer.status_code)


async def test_a_camera_is_recorded_in_a_folder_of_its_own_whatever_it_is_called(admin: httpx.AsyncClient) -> None:
    slugs = set()
    for name in NAMES:
        made = await admin.post("/api/v1/cameras", json={"name": name, "url": "rtsp://cam/x"})
        if made.status_code == 422:
            assert made.json()["field"] == "name"
            continue
        slug = made.json()["slug"]
        assert made.status_code == 201, made.text
        assert slug == Path(slug).name
        assert quote(slug, safe="") == slug
        assert not slug.startswith((".", "-"))
        slugs.add(slug)
    assert len(slugs) > 3


async def test_a_slug_of_one_s_own_choice_is_a_name_and_no_path(admin: httpx.AsyncClient) -> None:
    for slug in ("..", "../x", "a/b", "a\\b", "-x", ".x", "a b", "ä", "", "x" * 300, "a\x00b"):
        answer = await admin.post("/api/v1/cameras", json={"name": "x", "url": "rtsp://cam/x", "slug": slug})
        assert answer.status_code == 422, (slug, answer.text)
    assert (await admin.get("/api/v1/cameras")).json()["items"] == []


async def test_footage_never_goes_where_it_does_harm(admin: httpx.AsyncClient) -> None:
    for path in ("/proc/self", "/sys", "/dev/shm/../fd", "relative/here", "~/x", "file:///x", "\x00"):
        answer = await admin.post("/api/v1/storage/volumes", json={"name": "elsewhere", "path": path})
        assert answer.status_code in (409, 422), (path, answer.text)
    volumes = (await admin.get("/api/v1/storage/volumes")).json()["items"]
    assert [one for one in volumes if one["name"] == "elsewhere"] == []
