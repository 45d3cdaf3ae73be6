"""Addresses of cameras that would make the server ask others for an attacker (server-side request forgery)."""

import httpx
import pytest
from fastapi import FastAPI

from tests.support.app import TestRecorders
from vedette.api.app import create_app
from vedette.db.session import Database
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

CAMERAS = "/api/v1/cameras"
REFUSED = (
    "169.254.169.254",
    "169.254.1.2",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::a9fe:a9fe]",  # NAT64, RFC 6052
    "2852039166",  # the same as one number
    "0xa9fea9fe",
    "0xa9.0xfe.0xa9.0xfe",
    "0251.0376.0251.0376",
    "169.254.43518",
    "169.16689662",
    "[fd00:ec2::254]",  # a metadata service over IPv6
    "metadata.google.internal",
    "0.0.0.0",
    "[::]",
    "255.255.255.255",
    "224.0.0.1",
)
PRIVATE = ("192.168.1.10", "10.0.0.5", "172.16.4.4", "127.0.0.1", "[fd12:3456::1]", "cam.lan", "[::ffff:192.168.1.10]")
SCHEMES = (
    "file:///etc/passwd",
    "gopher://192.168.1.1/",
    "ftp://192.168.1.1/",
    "dict://192.168.1.1:11211/",
    "concat:a|b",
)


@pytest.fixture
def app(sqlite_database: Database, settings: Settings, recorders: TestRecorders) -> FastAPI:
    """Not a matter of the database."""
    return create_app(settings, sqlite_database, recorders=recorders)


async def test_what_is_no_camera_is_refused(admin: httpx.AsyncClient) -> None:
    good = await admin.post(CAMERAS, json={"name": "Gate", "url": "rtsp://192.168.1.2/x"})
    gate = f"{CAMERAS}/{good.json()['slug']}"
    for host in REFUSED:
        url = f"{'http' if host == '224.0.0.1' else 'rtsp'}://{host}/latest/meta-data"
        for method, path, body in (
            ("POST", CAMERAS, {"name": "x", "url": url}),
            ("POST", f"{CAMERAS}/probe", {"url": url}),
            ("PATCH", gate, {"url": url}),
            ("PATCH", gate, {"sub_url": url}),
        ):
            answer = await admin.request(method, path, json=body)
            assert (answer.status_code, answer.json()["code"]) == (422, "camera.url_refused"), (host, path, answer.text)
    assert [one["name"] for one in (await admin.get(CAMERAS)).json()["items"]] == ["Gate"]


async def test_cameras_are_at_private_addresses(admin: httpx.AsyncClient) -> None:
    for index, host in enumerate(PRIVATE):
        answer = await admin.post(CAMERAS, json={"name": f"Camera {index}", "url": f"rtsp://{host}/stream"})
        assert answer.status_code == 201, answer.text


async def test_other_protocols_are_refused(admin: httpx.AsyncClient) -> None:
    for url in SCHEMES:
        for path, more in ((CAMERAS, {"name": "x"}), (f"{CAMERAS}/probe", {})):
            answer = await admin.post(path, json={"url": url, **more})
            assert (answer.status_code, answer.json()["field"]) == (422, "url"), answer.text
