"""/metrics as Prometheus reads it."""

from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.support.app import TestRecorders, status_of
from vedette.access.principal import SYSTEM
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.recordings.tables import GapRow
from vedette.storage.service import VolumeService

pytestmark = pytest.mark.anyio

Samples = dict[str, dict[tuple[tuple[str, str], ...], float]]


async def scrape(client: httpx.AsyncClient) -> Samples:
    """Every sample by its name and labels; two with the same are an error of ours."""
    answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples: Samples = {}
    names: list[str] = []
    for family in text_string_to_metric_families(answer.text):
        names.append(family.name)
        assert family.documentation
        for sample in family.samples:
            of_name = samples.setdefault(sample.name, {})
            key = tuple(sorted(sample.labels.items()))
            assert key not in of_name
            of_name[key] = sample.value
    assert len(names) == len(set(names))
    return samples


def about(samples: Samples, name: str, **labels: str) -> float:
    """The one value of `name` that has these labels among its own."""
    (value,) = [value for key, value in samples[name].items() if labels.items() <= dict(key).items()]
    return value


async def test_cameras(client: httpx.AsyncClient, recorders: TestRecorders) -> None:
    made = (
        await client.post("/api/v1/cameras", json={"name": "Gate", "url": "rtsp://cam/x", "sub_url": "rtsp://cam/y"})
    ).json()
    labels = {"camera_id": made["id"], "slug": "gate"}
    down = await scrape(client)
    assert about(down, "vedette_camera_up", **labels, stream="main") == 0
    assert about(down, "vedette_camera_state", **labels, stream="main", state="unknown") == 1
    assert "vedette_camera_frames_per_second" not in down
    recorders.tell(
        status_of(
            made["streams"][0],
            made["id"],
            "recording",
            fps=25.0,
            bitrate=4_000_000.0,
            jitter_ms=3.0,
            lost_packets=7,
            reconnects=2,
            last_frame_ms=1_700_000_000_500,
        )
    )
    up = await scrape(client)
    of_main = {**labels, "stream": "main"}
    assert about(up, "vedette_camera_up", **of_main) == 1
    assert about(up, "vedette_camera_recording", **of_main) == 1
    assert about(up, "vedette_camera_bytes_per_second", **of_main) == 500_000
    assert about(up, "vedette_camera_jitter_seconds", **of_main) == 0.003
    assert about(up, "vedette_camera_lost_packets_total", **of_main) == 7
    assert about(up, "vedette_camera_reconnects_total", **of_main) == 2
    assert about(up, "vedette_camera_last_frame_timestamp_seconds", **of_main) == 1_700_000_000.5
    assert about(up, "vedette_camera_up", **labels, stream="sub") == 0
    assert "vedette_camera_key_frame_interval_seconds" not in up


async def test_footage_and_volumes(client: httpx.AsyncClient, database: Database, tmp_path: Path) -> None:
    await VolumeService(database, SystemClock()).create("main", tmp_path / "volume", SYSTEM, create=True)
    made = (await client.post("/api/v1/cameras", json={"name": "Gate", "url": "rtsp://cam/x"})).json()
    now_ms = SystemClock().now_ms()
    stream_id = made["streams"][0]["id"]
    async with database.write() as session:
        for start_ms, end_ms, cause in (
            (now_ms - 90_000_000, now_ms - 86_400_000 + 30_000, "stopped"),
            (now_ms - 60_000, now_ms - 50_000, "network"),
            (now_ms - 40_000, now_ms - 35_000, "network"),
        ):
            session.add(GapRow(stream_id=stream_id, start_ms=start_ms, end_ms=end_ms, cause=cause))
    samples = await scrape(client)
    assert about(samples, "vedette_camera_gap_seconds", slug="gate", cause="network") == 15
    assert 0 < about(samples, "vedette_camera_gap_seconds", slug="gate", cause="stopped") <= 30
    assert about(samples, "vedette_camera_footage_bytes", slug="gate") == 0
    assert about(samples, "vedette_volume_ok", volume="main") == 1
    size = about(samples, "vedette_volume_size_bytes", volume="main")
    assert 0 < about(samples, "vedette_volume_free_bytes", volume="main") <= size


async def test_requests_are_counted_by_route_and_not_by_path(sqlite_client: httpx.AsyncClient) -> None:
    for camera in ("a", "b", "c"):
        await sqlite_client.get(f"/api/v1/cameras/{camera}")
    for path in ("/some/page", "/api/v1/nothing", "/other"):
        await sqlite_client.get(path)
    await sqlite_client.request("BREW", "/coffee")
    samples = await scrape(sqlite_client)
    counted = "vedette_http_requests_total"
    assert about(samples, counted, route="/api/v1/cameras/{camera}", status="404") == 3
    assert {dict(key)["route"] for key in samples[counted]} == {"/api/v1/cameras/{camera}", "other"}
    assert {dict(key)["method"] for key in samples[counted]} == {"GET", "other"}
    assert about(samples, "vedette_http_request_duration_seconds_count", route="/api/v1/cameras/{camera}") == 3
    assert about(samples, "vedette_build_info", node="node-1") == 1
    assert samples["process_resident_memory_bytes"][()] > 0


async def test_slugs_and_names_can_not_break_the_format(sqlite_client: httpx.AsyncClient) -> None:
    name = 'Gate "1"\\ {x="y"} #'
    assert (await sqlite_client.post("/api/v1/cameras", json={"name": name, "url": "rtsp://cam/x"})).is_success
    assert about(await scrape(sqlite_client), "vedette_camera_up", slug="gate-1-x-y") == 0
