"""/system, its preferences, the first run and the demo."""

import json
import os

import httpx
import pytest
from sqlalchemy import text

from tests.support.app import TestRecorders
from vedette.db.session import Database
from vedette.events.announcements import Hello
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

SYSTEM = "/api/v1/system"


async def test_it_says_what_it_is_and_what_is_missing(client: httpx.AsyncClient, recorders: TestRecorders) -> None:
    system = (await client.get(SYSTEM)).json()
    assert system["version"]
    assert system["bind"] == {"host": "127.0.0.1", "port": 7070, "loopback_only": True, "tls": False, "rtsp": []}
    assert system["uptime_s"] >= 0
    assert {warning["code"] for warning in system["warnings"]} == {"system.loopback_only", "system.no_recorder"}
    recorders.connected.append(Hello("native-0", "node-1", 4711))
    system = (await client.get(SYSTEM)).json()
    assert system["recorders"] == [{"name": "native-0", "pid": 4711, "connected": True}]
    assert {warning["code"] for warning in system["warnings"]} == {"system.loopback_only"}


async def test_the_supervisors_processes_are_listed(sqlite_client: httpx.AsyncClient, settings: Settings) -> None:
    path = settings.run_dir / "supervisor.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    down = {
        "name": "native-0",
        "role": "recorder",
        "pid": None,
        "restarts": 3,
        "since_ms": 5000,
        "last_exit": "SIGKILL",
    }
    path.write_text(json.dumps({"pid": os.getpid(), "processes": [down]}))
    (found,) = (await sqlite_client.get(SYSTEM)).json()["processes"]
    assert (found["name"], found["running"], found["restarts"]) == ("native-0", False, 3)
    assert (found["since"], found["last_exit"]) == ("1970-01-01T00:00:05.000Z", "SIGKILL")
    for damaged in ("", "[]", '{"pid": 0.5}', json.dumps({"pid": 1 << 22, "processes": [down]})):
        path.write_text(damaged)
        assert (await sqlite_client.get(SYSTEM)).json()["processes"] == []


async def test_a_key_that_others_can_read_is_warned_of(sqlite_client: httpx.AsyncClient, settings: Settings) -> None:
    settings.key_file.chmod(0o644)
    warnings = (await sqlite_client.get(SYSTEM)).json()["warnings"]
    assert "system.key_file_open" in {warning["code"] for warning in warnings}


async def test_the_first_run_ends_with_a_camera(client: httpx.AsyncClient) -> None:
    assert (await client.get(SYSTEM)).json()["first_run"] is True
    made = await client.post("/api/v1/cameras", json={"name": "Gate", "url": "rtsp://cam/x"})
    assert made.is_success
    assert (await client.get(SYSTEM)).json()["first_run"] is False


async def test_the_first_run_ends_when_one_says_so(client: httpx.AsyncClient) -> None:
    assert (await client.post(f"{SYSTEM}/setup/finish")).status_code == 204
    assert (await client.get(SYSTEM)).json()["first_run"] is False


async def test_preferences_are_kept(client: httpx.AsyncClient) -> None:
    given = {"timezone": "Europe/Vienna", "theme": "light", "keep_days": 30, "coverage_slo": 99.9}
    kept = {**given, "place": None}
    assert (await client.put(f"{SYSTEM}/preferences", json=given)).json() == kept
    assert (await client.get(f"{SYSTEM}/preferences")).json() == kept
    assert (await client.get(SYSTEM)).json()["timezone"] == "Europe/Vienna"
    made = await client.post("/api/v1/cameras", json={"name": "Gate", "url": "rtsp://cam/x"})
    assert made.json()["keep_days"] == 30
    made = await client.post("/api/v1/cameras", json={"name": "Yard", "url": "rtsp://cam/x", "keep_days": None})
    assert made.json()["keep_days"] is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "timezone"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"timezone": "UTC", "theme": "pink"}, "theme"),
        ({"timezone": "UTC", "keep_days": 0}, "keep_days"),
        ({"timezone": "UTC", "admin": True}, "admin"),
    ],
)
async def test_bad_preferences_are_refused(
    sqlite_client: httpx.AsyncClient, given: dict[str, object], field: str
) -> None:
    before = (await sqlite_client.get(f"{SYSTEM}/preferences")).json()
    answer = await sqlite_client.put(f"{SYSTEM}/preferences", json=given)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert (await sqlite_client.get(f"{SYSTEM}/preferences")).json() == before


async def test_simulated_cameras(client: httpx.AsyncClient, settings: Settings) -> None:
    first = (await client.post(f"{SYSTEM}/demo", json={"count": 2})).json()["items"]
    second = (await client.post(f"{SYSTEM}/demo", json={"count": 2})).json()["items"]
    cameras = (await client.get("/api/v1/cameras")).json()["items"]
    assert len({camera["name"] for camera in cameras}) == 4
    assert {camera["id"] for camera in cameras} == {camera["id"] for camera in first + second}
    for camera in cameras:
        assert camera["simulated"]
        assert [stream["kind"] for stream in camera["streams"]] == ["main", "sub"]
        assert all(
            stream["url"].startswith(f"rtsp://127.0.0.1:{settings.simulator_port}/") for stream in camera["streams"]
        )
    refused = await client.post(f"{SYSTEM}/demo", json={"count": 17})
    assert (refused.status_code, refused.json()["field"]) == (422, "count")


async def test_alive_and_ready(client: httpx.AsyncClient, recorders: TestRecorders) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    waiting = await client.get("/readyz")
    assert (waiting.status_code, waiting.json()["status"]) == (503, "not_ready")
    assert [check["name"] for check in waiting.json()["checks"] if not check["ok"]] == ["recorder"]
    recorders.connected.append(Hello("native-0", "node-1", 4711))
    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert {check["name"] for check in ready.json()["checks"]} == {"database", "schema", "recorder"}


async def test_not_ready_under_the_schema_of_another_version(client: httpx.AsyncClient, database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("update alembic_version set version_num = '9999'"))
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    failed = {check["name"]: check["detail"] for check in answer.json()["checks"] if not check["ok"]}
    assert "9999" in failed["schema"]
    assert (await client.get("/healthz")).status_code == 200
