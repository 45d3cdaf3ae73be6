"""Behind nginx with the configuration that is shipped: its TLS, its word on who calls, sockets and footage."""

import asyncio
import json
import os
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from websockets.asyncio.client import connect

from tests.support.accounts import PASSWORD, add_user
from tests.support.app import TestRecorders
from tests.support.certificates import write_certificate
from tests.support.footage import T0, add_stream
from tests.support.library import Library, RecordedFile, clip
from tests.support.product import free_port
from vedette.api.app import create_app
from vedette.api.main import server_config
from vedette.db.session import Database
from vedette.http.binding import listen
from vedette.http.instants import format_instant
from vedette.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.nginx]

SHIPPED = Path(__file__).parents[2] / "deploy/nginx/vedette.conf"
NAME = "nvr.example"
ORIGIN = {"Host": NAME, "Origin": f"https://{NAME}", "X-Vedette-Client": "web"}


@dataclass(frozen=True)
class Front:
    """nginx in front of the app. `files` is footage of the camera `gate`."""

    port: int
    plain_port: int
    trusting: ssl.SSLContext
    files: list[RecordedFile]
    folder: Path
    upstream: int
    answers: list[int] = field(default_factory=list)

    async def handed(self) -> list[str]:
        """What nginx was asked to send by itself, answer by answer; `-` for what came from Vedette. nginx writes it
        down once an answer is sent, so the last one may have to be awaited."""
        for _ in range(500):
            lines = (self.folder / "handed.log").read_text().splitlines()
            if len(lines) >= len(self.answers):
                break
            await asyncio.sleep(0.01)
        assert len(lines) == len(self.answers)
        return [line.split(" ", 1)[1] for line in lines]

    async def _answered(self, answer: httpx.Response) -> None:
        self.answers.append(answer.status_code)

    def client(self, address: str = "127.0.0.2", **more: Any) -> httpx.AsyncClient:
        """A browser at an address of its own: all of 127.0.0.0/8 is this machine, and the proxy is 127.0.0.1."""
        transport = httpx.AsyncHTTPTransport(verify=self.trusting, local_address=address)
        return httpx.AsyncClient(
            transport=transport,
            base_url=f"https://localhost:{self.port}",
            headers=ORIGIN,
            timeout=30,
            event_hooks={"response": [self._answered]},
            **more,
        )


@asynccontextmanager
async def nginx(folder: Path, upstream: int, certificate: tuple[Path, Path]) -> AsyncIterator[tuple[int, int]]:
    """The shipped configuration with other ports and paths; gives the ports for TLS and for plain HTTP."""
    secure, plain = free_port(), free_port()
    text = SHIPPED.read_text()
    for shipped, here in (
        ("server 127.0.0.1:7070;", f"server 127.0.0.1:{upstream};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{secure} ssl http2;"),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen [::]:80;", ""),
        ("/etc/ssl/nvr.example/fullchain.pem", str(certificate[0])),
        ("/etc/ssl/nvr.example/privkey.pem", str(certificate[1])),
        ('alias "/srv/vedette/footage/";', f'alias "{folder}/";'),
    ):
        assert text.count(shipped) == 1, shipped
        text = text.replace(shipped, here)
    (folder / "vedette.conf").write_text(text)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}\n"
        # Folders of tests are readable for nobody else.
        + ("user root;\n" if os.geteuid() == 0 else "")
        + f"http {{ log_format handed '$status $upstream_http_x_accel_redirect';\n"
        f"access_log {folder}/handed.log handed;\n"
        f"{temporary} include {folder}/vedette.conf; }}\n"
    )
    process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        for _ in range(300):
            assert process.poll() is None, (folder / "error.log").read_text()
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", secure)
            except OSError:
                await asyncio.sleep(0.1)
                continue
            writer.close()
            break
        yield secure, plain
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)


@pytest.fixture
async def front(tmp_path: Path, sqlite_database: Database) -> AsyncIterator[Front]:
    async with make_front(tmp_path, sqlite_database) as made:
        yield made


@pytest.fixture
async def handing_front(tmp_path: Path, sqlite_database: Database) -> AsyncIterator[Front]:
    """nginx sends footage by itself, from a directory whose name has to be escaped."""
    async with make_front(tmp_path, sqlite_database, "foot age%20?#;ü", (f"{tmp_path}=/.footage/",)) as made:
        yield made


@asynccontextmanager
async def make_front(
    tmp_path: Path, sqlite_database: Database, volume: str = "footage", accel_redirect: tuple[str, ...] = ()
) -> AsyncIterator[Front]:
    stream_id = await add_stream(sqlite_database)
    library = await Library.make(sqlite_database, tmp_path / volume)
    files = await library.record(stream_id, T0, clip(), open_last=bool(accel_redirect))
    settings = Settings(
        data=tmp_path,
        port=0,
        public_url=f"https://{NAME}",
        trusted_proxies=(ip_network("127.0.0.1/32"),),
        rate_anonymous=20,
        accel_redirect=accel_redirect,
    )
    settings.run_dir.mkdir(exist_ok=True)
    app = create_app(settings, sqlite_database, recorders=TestRecorders())
    listener = listen(settings)
    server = uvicorn.Server(server_config(app, settings))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            assert not running.done(), running.exception()
            await asyncio.sleep(0.01)
        await add_user(app, "ada")
        certificate = write_certificate(tmp_path)
        async with nginx(tmp_path, listener.getsockname()[1], certificate) as (secure, plain):
            trusting = ssl.create_default_context(cafile=str(certificate[0]))
            yield Front(secure, plain, trusting, files, tmp_path, listener.getsockname()[1])
    finally:
        server.should_exit = True
        await running
        listener.close()


async def log_in(client: httpx.AsyncClient, **headers: str) -> httpx.Response:
    body = {"username": "ada", "password": PASSWORD, "transport": "cookie"}
    answer = await client.post("/api/v1/auth/login", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


async def test_tls_is_nginxs_and_vedette_knows(front: Front) -> None:
    async with front.client() as client:
        answer = await log_in(client)
        cookies = answer.headers.get_list("set-cookie")
        assert len(cookies) == 2
        assert all(cookie.startswith("__Host-") and "secure" in cookie.lower() for cookie in cookies)
        assert answer.headers["strict-transport-security"]
        assert (await client.get("/api/v1/auth/me")).status_code == 200
        warnings = (await client.get("/api/v1/system")).json()["warnings"]
        assert "system.clear_text" not in {warning["code"] for warning in warnings}
        in_clear = await client.post("/api/v1/auth/logout", headers={"Origin": f"http://{NAME}"})
        assert in_clear.status_code == 403
    async with httpx.AsyncClient() as client:
        moved = await client.get(f"http://127.0.0.1:{front.plain_port}/live?x=1", headers={"Host": NAME})
        assert (moved.status_code, moved.headers["location"]) == (301, f"https://{NAME}/live?x=1")


async def test_who_calls_is_who_nginx_sees(front: Front) -> None:
    spoofed = {
        "X-Forwarded-For": "203.0.113.66, 127.0.0.1",
        "X-Forwarded-Proto": "http",
        "Forwarded": "for=203.0.113.66;proto=http",
        "X-Real-IP": "203.0.113.66",
    }
    async with front.client("127.0.0.2") as client:
        await log_in(client, **spoofed)
        (own,) = (await client.get("/api/v1/auth/sessions", headers=spoofed)).json()["items"]
        assert own["address"] == "127.0.0.2"
        entries = (await client.get("/api/v1/audit", params={"action": "auth.login"})).json()["items"]
        assert [entry["address"] for entry in entries] == ["127.0.0.2"]


async def test_limits_are_each_callers_own(front: Front) -> None:
    async with front.client("127.0.0.3") as one, front.client("127.0.0.4") as other:
        answers = [
            (await one.get("/api/v1/auth/setup", headers={"X-Forwarded-For": f"198.51.100.{number}"})).status_code
            for number in range(22)
        ]
        assert answers == [200] * 20 + [429] * 2
        assert (await other.get("/api/v1/auth/setup")).status_code == 200


async def test_sockets_go_through(front: Front) -> None:
    async with front.client() as client:
        await log_in(client)
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        async with connect(
            f"wss://{NAME}/api/v1/events",
            host="127.0.0.1",
            port=front.port,
            ssl=front.trusting,
            server_hostname="localhost",
            origin=f"https://{NAME}",  # type: ignore[arg-type] # a str by another name
            additional_headers={"Cookie": cookies},
        ) as socket:
            message = json.loads(await asyncio.wait_for(socket.recv(), 30))
            assert message["topic"] == "hello"


async def test_ranges_of_footage_go_through(front: Front) -> None:
    file = front.files[0]
    path, content = f"/api/v1/playback/segments/{file.id}.mp4", file.content
    async with front.client() as client:
        assert (await client.get(path)).status_code == 401
        await log_in(client)
        whole = await client.get(path)
        assert (whole.status_code, whole.content) == (200, content)
        for given, start, end in (("100-299", 100, 300), ("-50", len(content) - 50, len(content))):
            part = await client.get(path, headers={"Range": f"bytes={given}"})
            assert (part.status_code, part.content) == (206, content[start:end])
            assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{len(content)}"
        again = await client.get(path, headers={"If-None-Match": whole.headers["etag"]})
        assert again.status_code == 304


async def test_nginx_sends_footage_by_itself(handing_front: Front) -> None:
    front = handing_front
    file = front.files[0]
    path, content = f"/api/v1/playback/segments/{file.id}.mp4", file.content
    async with front.client() as client:
        assert (await client.get(path)).status_code == 401
        await log_in(client)
        assert set(await front.handed()) == {"-"}
        whole = await client.get(path)
        assert (whole.status_code, whole.content) == (200, content)
        place = (await front.handed())[-1]
        assert place.startswith("/.footage/foot%20age%2520%3F%23%3B%C3%BC/")
        assert whole.headers["content-type"] == "video/mp4"
        assert "immutable" in whole.headers["cache-control"]
        assert whole.headers["etag"] == f'"{file.id}-{len(content)}"'
        assert whole.headers["x-content-type-options"] == "nosniff"
        assert whole.headers["strict-transport-security"]
        assert "last-modified" not in whole.headers
        tag = whole.headers["etag"]
        for given, start, end in (
            ("bytes=100-299", 100, 300),
            ("bytes=-50", len(content) - 50, len(content)),
            ("bytes=100-", 100, len(content)),
        ):
            part = await client.get(path, headers={"Range": given})
            assert (part.status_code, part.content, part.headers["etag"]) == (206, content[start:end], tag)
            assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{len(content)}"
            assert (await front.handed())[-1] == place
        for if_range, status in ((tag, 206), ('"other"', 200)):
            part = await client.get(path, headers={"Range": "bytes=0-9", "If-Range": if_range})
            assert part.status_code == status
        assert (await front.handed())[-1] == place
        again = await client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, (await front.handed())[-1]) == (304, "-")
        outside = await client.get(path, headers={"Range": f"bytes={len(content)}-"})
        assert (outside.status_code, outside.json()["code"]) == (416, "request.range")
        head = await client.head(path)
        assert (head.headers["content-length"], (await front.handed())[-1]) == (str(len(content)), "-")
        assert (await client.get(place)).status_code == 404
        open_file = await client.get(f"/api/v1/playback/segments/{front.files[-1].id}.mp4")
        assert (open_file.status_code, (await front.handed())[-1]) == (200, "-")


async def test_of_a_ticket_only_what_is_beyond_doubt_is_left_to_nginx(handing_front: Front) -> None:
    front = handing_front
    file = front.files[0]
    path, content = f"/api/v1/playback/segments/{file.id}.mp4", file.content
    async with front.client() as client:
        await log_in(client)
        span = {"start": format_instant(T0), "end": format_instant(T0 + 900)}
        wish = {"items": [{"camera": "gate", "kind": "playback", **span}]}
        ticket = (await client.post("/api/v1/media-tickets", json=wish)).json()["items"][0]["ticket"]
        client.cookies.clear()
        second = next(offset for offset, part in file.parts[1:] if part.key)
        for headers, status, by_nginx in (
            ({"Range": f"bytes=0-{second - 1}"}, 206, True),
            ({"Range": f"bytes=0-{second}"}, 403, False),
            ({}, 403, False),
            ({"Range": f"BYTES=0-{second - 1}"}, 206, False),
            ({"Range": f"bytes=0-{second - 1}", "If-Range": '"other"'}, 403, False),
            ({"Range": f"bytes=0-{second - 1},{second}-{second + 9}"}, 403, False),
        ):
            answer = await client.get(path, params={"ticket": ticket}, headers=headers)
            assert (answer.status_code, (await front.handed())[-1] != "-") == (status, by_nginx), headers
            assert status == 403 or answer.content == content[:second]


async def test_who_does_not_come_through_the_proxy_gets_the_bytes(handing_front: Front) -> None:
    front = handing_front
    path = f"/api/v1/playback/segments/{front.files[0].id}.mp4"
    async with front.client() as client:
        answer = await client.post("/api/v1/auth/login", json={"username": "ada", "password": PASSWORD})
    token = answer.json()["access_token"]
    for address, headers in (("127.0.0.1", {}), ("127.0.0.9", {"X-Forwarded-For": "127.0.0.1"})):
        transport = httpx.AsyncHTTPTransport(local_address=address)
        base = f"http://127.0.0.1:{front.upstream}"
        async with httpx.AsyncClient(transport=transport, base_url=base) as direct:
            answer = await direct.get(path, headers={"Host": NAME, "Authorization": f"Bearer {token}", **headers})
        assert (answer.status_code, answer.content) == (200, front.files[0].content)
        assert "x-accel-redirect" not in answer.headers
