"""Trying addresses through the API: real cameras of the simulator, and what is no camera."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.support.simulated import simulated_cameras
from vedette.cameras.probing import MAX_WAITING, Prober, refuse_bad_target
from vedette.cameras.urls import SourceUrl, parse_source_url
from vedette.core.clock import SystemClock
from vedette.core.errors import VedetteError
from vedette.media.simulator.server import SimulatorServer

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]

PROBE = "/api/v1/cameras/probe"
NOBODY = "rtsp://127.0.0.1:1/x"


@pytest.fixture(scope="module")
async def cameras() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras(user="admin", password="hunter2") as server:
        await server.prepare(["cam-1"], ("small",))
        yield server


@pytest.fixture
async def silence() -> AsyncIterator[str]:
    """Something that takes connections and never says a word."""

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    yield f"rtsp://127.0.0.1:{server.sockets[0].getsockname()[1]}/x"
    server.close()
    await server.wait_closed()


@pytest.fixture
async def eavesdropper() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A host that asks for a password in the clear, and what it was told."""
    heard: list[bytes] = []

    async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while request := await reader.read(4096):
            heard.append(request)
            challenge = b'WWW-Authenticate: Basic realm="trap"\r\n\r\n'
            number = request.partition(b"CSeq:")[2].split(b"\r\n")[0].strip()
            writer.write(b"RTSP/1.0 401 Unauthorized\r\nCSeq: " + number + b"\r\n" + challenge)
        writer.close()

    server = await asyncio.start_server(ask, "127.0.0.2", 0)
    yield f"rtsp://127.0.0.2:{server.sockets[0].getsockname()[1]}/x", heard
    server.close()
    await server.wait_closed()


async def probe(client: httpx.AsyncClient, **given: Any) -> dict[str, Any]:
    answer = await client.post(PROBE, json=given)
    assert answer.status_code == 200, answer.text
    assert "hunter2" not in answer.text
    report: dict[str, Any] = answer.json()
    return report


async def test_a_camera_is_described_and_seen(sqlite_client: httpx.AsyncClient, cameras: SimulatorServer) -> None:
    report = await probe(sqlite_client, url=cameras.url("cam-1", "small", credentials=True))
    assert report["ok"], report
    assert (report["code"], report["remedy"], report["engine"]) == (None, None, "native")
    video = report["video"]
    assert (video["codec"], video["width"], video["height"]) == ("h264", 640, 360)
    assert video["fps"] == pytest.approx(25, abs=1)
    assert video["key_interval_s"] == pytest.approx(1, abs=0.1)
    assert report["audio"] == {"codec": "aac", "sample_rate": 16_000, "channels": report["audio"]["channels"]}
    assert 0 < report["round_trip_ms"] <= report["setup_ms"]
    kind, data = report["snapshot"].split(",")
    assert kind == "data:image/jpeg;base64"
    assert b64decode(data).startswith(b"\xff\xd8")


async def test_libav_sees_the_same_camera(sqlite_client: httpx.AsyncClient, cameras: SimulatorServer) -> None:
    url = cameras.url("cam-1", "small")
    report = await probe(sqlite_client, url=url, username="admin", password="hunter2", engine="libav")
    assert report["ok"], report
    assert (report["engine"], report["video"]["codec"], report["video"]["width"]) == ("libav", "h264", 640)
    assert report["snapshot"].startswith("data:image/jpeg;base64,")


async def test_a_wrong_password_says_what_to_do(sqlite_client: httpx.AsyncClient, cameras: SimulatorServer) -> None:
    report = await probe(sqlite_client, url=cameras.url("cam-1", "small"), username="admin", password="hunter2x")
    assert (report["ok"], report["code"], report["snapshot"]) == (False, "unauthorized", None)
    assert "password" in report["remedy"]


async def test_a_saved_camera_is_tried_with_its_own_password(
    sqlite_client: httpx.AsyncClient, cameras: SimulatorServer
) -> None:
    made = await sqlite_client.post(
        "/api/v1/cameras", json={"name": "Gate", "url": cameras.url("cam-1", "small", credentials=True)}
    )
    assert made.is_success
    tried = await sqlite_client.post("/api/v1/cameras/gate/test")
    assert tried.json()["ok"], tried.text
    missing = await sqlite_client.post("/api/v1/cameras/gate/test", params={"stream": "sub"})
    assert (missing.status_code, missing.json()["code"]) == (404, "camera.no_such_stream")
    assert (await sqlite_client.post("/api/v1/cameras/nobody/test")).status_code == 404


async def test_a_change_is_tried_by_who_may_edit_the_camera_with_its_password_on_its_host_only(
    sqlite_client: httpx.AsyncClient, cameras: SimulatorServer, eavesdropper: tuple[str, list[bytes]]
) -> None:
    client, good = sqlite_client, cameras.url("cam-1", "small")
    for name in ("Gate", "Yard"):
        made = await client.post(
            "/api/v1/cameras", json={"name": name, "url": cameras.url("cam-1", "wrong", credentials=True)}
        )
        assert made.is_success
    fred = {"Authorization": f"Bearer {await fitter_of(client, 'gate')}"}

    async def tried(camera: str = "gate", **changes: Any) -> httpx.Response:
        answer = await client.post(f"/api/v1/cameras/{camera}/test", json=changes, headers=fred)
        assert "hunter2" not in answer.text
        return answer

    assert (await client.post(PROBE, json={"url": good}, headers=fred)).status_code == 403
    assert (await tried()).json()["ok"] is False, "the saved address is wrong"
    assert (await tried(url=good)).json()["ok"], "on the same host with the stored password"
    assert (await tried(url=good, engine="libav")).json()["engine"] == "libav"
    assert (await tried(url=good, username=None, password=None)).json()["code"] == "unauthorized"
    assert (await tried(url=good, password="hunter3")).json()["code"] == "unauthorized"
    assert (await tried(url=good, name="gate")).json()["ok"]

    trap, heard = eavesdropper
    elsewhere = await tried(url=trap)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "camera.credentials_needed")
    second = await tried(url=good, sub_url=trap)
    assert (second.status_code, second.json()["code"]) == (422, "camera.credentials_needed")
    only_the_user = await tried(url=trap, username="fred")
    assert (only_the_user.status_code, only_the_user.json()["code"]) == (422, "camera.credentials_needed")
    assert heard == []
    assert (await tried(url=trap, username="fred", password="own-word")).json()["ok"] is False
    assert heard
    assert b"hunter2" not in b"".join(heard)

    taken = await tried(name="Yard")
    assert (taken.status_code, taken.json()["code"]) == (409, "camera.name_taken")
    assert (await tried("yard", url=good)).status_code == 404, "a camera that is not fred's"
    assert (await tried(url="file:///etc/passwd")).status_code == 422
    saved = (await client.get("/api/v1/cameras/gate")).json()
    assert saved["streams"][0]["url"].endswith("/wrong"), "nothing was saved"


async def fitter_of(client: httpx.AsyncClient, camera: str) -> str:
    """The token of somebody who may edit this one camera, and nothing else."""
    fitter = {"name": "fitter", "permissions": ["camera.view", "camera.edit"]}
    role = (await client.post("/api/v1/roles", json=fitter)).json()
    login = {"username": "fred", "password": "three random words"}
    user = (await client.post("/api/v1/users", json=login)).json()
    camera_id = (await client.get(f"/api/v1/cameras/{camera}")).json()["id"]
    grant = {"user_id": user["id"], "role_id": role["id"], "camera_id": camera_id}
    assert (await client.post("/api/v1/grants", json=grant)).status_code == 201
    return str((await client.post("/api/v1/auth/login", json=login)).json()["access_token"])


async def test_who_may_not_watch_a_camera_sees_no_picture_of_a_test_and_who_may_is_noted(
    sqlite_client: httpx.AsyncClient, cameras: SimulatorServer
) -> None:
    url = cameras.url("cam-1", "small", credentials=True)
    await sqlite_client.post("/api/v1/cameras", json={"name": "Gate", "url": url})
    fitter = {"name": "fitter", "permissions": ["camera.view", "camera.edit"]}
    assert (await sqlite_client.post("/api/v1/roles", json=fitter)).status_code == 201
    login = {"username": "fred", "password": "three random words"}
    assert (await sqlite_client.post("/api/v1/users", json={**login, "role": "fitter"})).status_code == 201
    token = (await sqlite_client.post("/api/v1/auth/login", json=login)).json()["access_token"]
    blind = await sqlite_client.post("/api/v1/cameras/gate/test", headers={"Authorization": f"Bearer {token}"})
    assert (blind.json()["ok"], blind.json()["snapshot"]) == (True, None)
    assert (await sqlite_client.post("/api/v1/cameras/gate/test")).json()["snapshot"].startswith("data:image/jpeg")
    noted: list[dict[str, Any]] = []
    while not noted:  # views are written together, a moment later
        await asyncio.sleep(0.1)
        noted = (await sqlite_client.get("/api/v1/audit", params={"action": "snapshot.view"})).json()["items"]
    assert [(one["detail"], one["actor_name"] == "fred") for one in noted] == [("camera test", False)]


async def test_nothing_is_there(sqlite_client: httpx.AsyncClient) -> None:
    for scheme in ("rtsp", "http"):
        report = await probe(sqlite_client, url=f"{scheme}://admin:hunter2@127.0.0.1:1/x")
        assert (report["ok"], report["code"]) == (False, "refused")
        assert ("RTSP is switched on" in report["remedy"]) is (scheme == "rtsp")
        lost = await probe(sqlite_client, url=f"{scheme}://admin:hunter2@nowhere.invalid/x")
        assert (lost["ok"], lost["code"]) == (False, "dns")
        assert "spelling" in lost["remedy"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "rtsp://169.254.169.254/x"}, "url"),
        ({"url": "rtsp://a:hunter2@cam/x", "username": "b"}, "username"),
        ({"url": "rtsp://cam/x", "follow": True}, "follow"),
        ({}, "url"),
    ],
)
async def test_bad_addresses_are_not_tried(sqlite_client: httpx.AsyncClient, given: dict[str, Any], field: str) -> None:
    answer = await sqlite_client.post(PROBE, json=given)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert "hunter2" not in answer.text


async def test_a_name_that_leads_to_a_metadata_service_is_refused() -> None:
    # As a name server would answer it: the resolver gives addresses back as they are.
    for host in ("169.254.169.254", "fe80::1", "::ffff:169.254.169.254"):
        with pytest.raises(VedetteError) as refused:
            await refuse_bad_target(SourceUrl("rtsp://camera.example/x", "rtsp", host, None, None))
        assert refused.value.code == "camera.url_refused"
    await refuse_bad_target(parse_source_url("rtsp://localhost/x"))
    await refuse_bad_target(parse_source_url("rtsp://no-such-host.invalid/x"))


async def test_a_name_that_is_taken_is_refused_before_anything_is_tried(sqlite_client: httpx.AsyncClient) -> None:
    made = await sqlite_client.post("/api/v1/cameras", json={"name": "Gate", "url": NOBODY})
    assert made.status_code == 201, made.text
    answer = await sqlite_client.post(PROBE, json={"url": NOBODY, "name": " gate"})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (409, "camera.name_taken", "name")
    assert (await probe(sqlite_client, url=NOBODY, name="Yard"))["code"] == "refused"


async def test_probes_are_bounded_in_time_and_number(silence: str) -> None:
    prober = Prober(SystemClock(), limit_s=0.2)
    source = parse_source_url(silence)
    tries = [prober.probe(source, None, "native") for _ in range(MAX_WAITING + 3)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    refused = [result.code for result in results if isinstance(result, VedetteError)]
    assert refused == ["camera.probe_busy"] * 3
    assert [result.code for result in results if not isinstance(result, BaseException)] == ["timeout"] * MAX_WAITING
    # and the places are free again
    assert (await prober.probe(source, None, "native")).code == "timeout"


async def test_no_remedy_advises_what_was_just_tried(
    sqlite_client: httpx.AsyncClient, cameras: SimulatorServer
) -> None:
    as_web_page = cameras.url("cam-1", "small").replace("rtsp://", "http://")
    report = await probe(sqlite_client, url=as_web_page)
    assert (report["ok"], report["engine"]) == (False, "libav")
    assert "rtsp://" in report["remedy"]
    assert "libav" not in report["remedy"]
    for engine in ("auto", "libav"):
        url = cameras.url("cam-1", "mjpeg", credentials=True)
        report = await probe(sqlite_client, url=url, engine=engine)
        assert (report["ok"], report["code"]) == (False, "unsupported_codec"), report
        assert "libav" not in report["remedy"]
        assert f"{report['message']} {report['remedy']}".count("H.264") == 1
