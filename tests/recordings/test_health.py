"""Points of the health charts."""

import httpx
import pytest

from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.recordings.health import HealthRange, points, window
from vedette.recordings.model import HealthSample
from vedette.recordings.tables import HealthRow

pytestmark = pytest.mark.anyio


def sample(minute: int, **more: float | None) -> HealthSample:
    values: dict[str, float | None] = {
        "fps": 25.0,
        "bitrate": 4e6,
        "key_interval_s": 2.0,
        "jitter_ms": 1.0,
        "lost_packets": 0,
        "clock_offset_ms": None,
        "drift_ppm": None,
        "reconnects": 0,
        "connected_s": 60.0,
        **more,
    }
    return HealthSample(1, minute, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "now_minute", "expected"),
    [
        (HealthRange.HOUR, 1000, (941, 1001)),
        (HealthRange.DAY, 5004, (3565, 5005)),
        (HealthRange.DAY, 5005, (3565, 5006)),
        (HealthRange.WEEK, 20_000, (9900, 20_001)),
    ],
)
def test_the_window_begins_with_a_whole_point(span: HealthRange, now_minute: int, expected: tuple[int, int]) -> None:
    assert window(span, now_minute * 60_000 + 59_999) == expected


def test_a_minute_is_a_point_of_the_hour() -> None:
    found = points([sample(7, fps=10.0), sample(9, fps=20.0)], HealthRange.HOUR)
    assert [(point.minute, point.fps) for point in found] == [(7, 10.0), (9, 20.0)]


def test_minutes_of_a_day_are_put_together() -> None:
    (point,) = points(
        [
            sample(10, fps=20.0, connected_s=60.0, jitter_ms=5.0, lost_packets=3, clock_offset_ms=10.0, drift_ppm=1.0),
            sample(12, fps=10.0, connected_s=30.0, key_interval_s=8.0, reconnects=2, clock_offset_ms=20.0),
            sample(14, fps=0.0, bitrate=0.0, connected_s=0.0, key_interval_s=None),
        ],
        HealthRange.DAY,
    )
    assert point.minute == 10
    assert point.fps == pytest.approx(1500 / 90)
    assert point.bitrate == pytest.approx(4e6)
    assert (point.key_interval_s, point.jitter_ms, point.lost_packets, point.reconnects) == (8.0, 5.0, 3, 2)
    assert (point.clock_offset_ms, point.drift_ppm, point.connected_s) == (20.0, 1.0, 90.0)


def test_nothing_was_connected() -> None:
    (point,) = points([sample(10, fps=0.0, connected_s=0.0, key_interval_s=None)], HealthRange.HOUR)
    assert (point.fps, point.bitrate, point.key_interval_s) == (0.0, 0.0, None)


async def test_the_series_of_a_camera(client: httpx.AsyncClient, database: Database) -> None:
    made = (await client.post("/api/v1/cameras", json={"name": "Gate", "url": "rtsp://cam/x"})).json()
    now = SystemClock().now_ms() // 60_000
    async with database.write() as session:
        for minute in (now - 20_000, now - 100, now - 3, now - 2):
            values = {"fps": 25.0, "bitrate": 1.0, "jitter_ms": 0.0, "lost_packets": 0, "reconnects": 0}
            session.add(HealthRow(stream_id=made["streams"][0]["id"], minute=minute, connected_s=60.0, **values))
    hour = (await client.get("/api/v1/cameras/gate/health")).json()
    assert (hour["stream"], hour["step_s"], len(hour["points"])) == ("main", 60, 2)
    assert hour["points"][0]["at"].endswith(":00.000Z")
    day = (await client.get("/api/v1/cameras/gate/health", params={"range": "day"})).json()
    assert sum(point["connected_s"] for point in day["points"]) == 180
    assert (await client.get("/api/v1/cameras/nobody/health")).status_code == 404
    assert (await client.get("/api/v1/cameras/gate/health", params={"range": "year"})).status_code == 422
