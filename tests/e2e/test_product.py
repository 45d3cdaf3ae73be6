"""The product as a new user has it: two simulated cameras, live, playback, a third camera, a killed recorder."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.support.gst_server import GstServer, aac, h264
from tests.support.product import ADMIN, PASSWORD, Product, until
from tests.support.site import product_with_clips
from vedette.core.errors import VedetteError
from vedette.core.lifecycle import not_running


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    root = tmp_path_factory.mktemp("product")
    with product_with_clips(root / "data", "--demo", "2") as running:
        running.wait_recording(2, 120)
        yield running


def instant(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat()


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def coverage(product: Product, camera_id: str, start_ms: int, end_ms: int) -> dict[str, Any]:
    span = {"start": instant(start_ms), "end": instant(end_ms + 1)}
    answer = product.get("/coverage", camera_id=camera_id, stream="main", **span)
    cameras: list[dict[str, Any]] = answer["cameras"]
    return cameras[0]


def test_until_the_first_administrator_is_made_only_set_up_answers(tmp_path: Path) -> None:
    unclaimed = product_with_clips(tmp_path / "data", "--demo", "1", claim=False)
    with unclaimed as fresh, httpx.Client(base_url=fresh.url) as client:
        for path in ("/cameras", "/system", "/auth/me", "/recordings", "/users"):
            refused = client.get(f"/api/v1{path}")
            assert (refused.status_code, refused.json()["code"]) == (401, "auth.setup_needed"), path
        assert client.get("/metrics").status_code == 401
        assert client.get("/").text.lstrip().lower().startswith("<!doctype html>")
        made = fresh.run("user", "create", ADMIN, "--role", "admin", "--password-stdin", typed=PASSWORD)
        assert made.returncode == 0, made.stderr
        given = {"token": fresh.setup_token(), "username": "second", "password": PASSWORD}
        assert client.post("/api/v1/auth/setup", json=given).status_code in (401, 409), "the token is good no more"
        assert len(fresh.cameras()) == 1, "whoever was made on the command line is let in"
        assert client.get("/api/v1/cameras").json()["code"] == "auth.needed"
        fresh.stop()
        fresh.start()
        assert fresh.log.read_text().count("/setup#token=") == 1, "no token once there are accounts"


def test_a_fresh_installation_is_ready_and_says_that_it_is_loopback_only(product: Product) -> None:
    assert product.client.get("/healthz").status_code == 200
    system = product.get("/system")
    assert system["bind"]["loopback_only"] is True
    assert [recorder["connected"] for recorder in system["recorders"]] == [True]
    assert product.client.get("/").text.lstrip().lower().startswith("<!doctype html>")
    assert "vedette_camera_up" in product.client.get("/metrics").text


def test_a_picture_of_the_camera(product: Product) -> None:
    camera = product.cameras()[0]
    answer = product.client.get(f"/api/v1/cameras/{camera['id']}/snapshot.jpg", params={"width": 320})
    assert answer.status_code == 200
    assert answer.content[:3] == b"\xff\xd8\xff"


@pytest.mark.ffmpeg
def test_what_was_recorded_plays_from_the_playlist(product: Product) -> None:
    camera = product.cameras()[0]
    begin = now_ms()
    until("five seconds are recorded", lambda: coverage(product, camera["id"], begin, now_ms())["recorded_ms"] > 5000)
    span = urlencode({"start": instant(begin + 500), "end": instant(begin + 4500)})
    playlist = f"{product.url}/api/v1/playback/{camera['id']}/index.m3u8?{span}"
    who = product.client.get("/healthz").request.headers["Authorization"]
    command = [
        "ffprobe",
        "-v",
        "error",
        "-headers",
        f"Authorization: {who}\r\n",
        "-count_frames",
        "-select_streams",
        "v",
        "-show_streams",
        "-of",
        "json",
        playlist,
    ]
    probed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert probed.stderr == ""
    stream = json.loads(probed.stdout)["streams"][0]
    assert stream["codec_name"] == "h264"
    assert int(stream["nb_read_frames"]) >= 95


def test_a_killed_recorder_loses_half_a_second_and_the_gap_is_explained(product: Product) -> None:
    camera = product.cameras()[0]
    product.wait_recording(2)
    begin = now_ms()
    until("three seconds are recorded", lambda: coverage(product, camera["id"], begin, now_ms())["recorded_ms"] > 3000)
    killed_ms = now_ms()
    os.kill(product.pid("native-0"), signal.SIGKILL)

    def healed() -> dict[str, Any] | None:
        row = coverage(product, camera["id"], begin, now_ms())
        return row if row["spans"] and row["spans"][-1][0] > killed_ms else None

    row = until("it records again", healed)
    lost = [gap for gap in row["gaps"] if gap["cause"] == "lost"]
    assert len(lost) == 1, row
    assert lost[0]["detail"]
    # A part is at most 0.5 s; its last frame, the tick and the 40 ms of a frame come on top.
    assert killed_ms - lost[0]["start_ms"] < 1000


@pytest.mark.gstreamer
def test_a_camera_that_is_not_ours(product: Product) -> None:
    with GstServer({"/cam": h264() + aac()}) as server:
        url = server.url("/cam")
        probed = product.post("/cameras/probe", {"url": url})
        assert probed["ok"], probed
        assert probed["video"]["codec"] == "h264"
        camera = product.post("/cameras", {"name": "From elsewhere", "url": url})
        product.wait_recording(3)
        begin = now_ms()
        until("two seconds", lambda: coverage(product, camera["id"], begin, now_ms())["recorded_ms"] > 2000)
    until(
        "the loss of the camera is seen",
        lambda: product.get(f"/cameras/{camera['id']}")["status"]["main"]["state"] == "waiting",
    )
    answer = product.client.delete(f"/api/v1/cameras/{camera['id']}", params={"footage": "delete"})
    assert answer.status_code in (200, 202, 204)
    assert len(product.cameras()) == 2


def test_the_index_can_be_checked_and_rebuilt_from_the_files(product: Product) -> None:
    product.stop()
    checked = product.run("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    before = list((product.data / "footage").rglob("*.mp4"))
    assert before
    assert product.run("reindex").returncode == 0
    checked = product.run("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert list((product.data / "footage").rglob("*.mp4")) == before
    product.start()
    assert product.get("/recordings", limit=5)["items"]


def test_a_second_server_on_the_same_data_is_refused(product: Product) -> None:
    refused = product.run("serve", "--port", "0")
    assert refused.returncode == 4
    assert "already running" in refused.stderr


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    product = product_with_clips(tmp_path / "data")
    command = product.command("serve", "--data", str(product.data), "--port", str(product.port))
    parent = (
        "import os, subprocess, time\n"
        "os.environ['VEDETTE_SUPERVISOR'] = str(os.getpid())\n"
        f"subprocess.Popen({command!r})\n"
        "time.sleep(600)\n"
    )
    with product.client, subprocess.Popen([sys.executable, "-c", parent], env=product.environment) as starter:
        until("it is ready", lambda: product.client.get("/readyz").status_code == 200)
        starter.kill()

    def all_gone() -> bool:
        try:
            with not_running(product.data / "run", "the test"):
                return True
        except VedetteError:
            return False

    until("every process has ended", all_gone)


def test_it_refuses_to_be_seen_from_other_machines(tmp_path: Path) -> None:
    refused = Product(tmp_path / "data").run("serve", "--host", "0.0.0.0")
    assert refused.returncode == 2
    assert "no accounts yet" in refused.stderr


def test_other_sites_cannot_speak_to_it(product: Product) -> None:
    with httpx.Client(base_url=product.url) as client:
        assert client.get("/api/v1/cameras", headers={"Host": "evil.example"}).status_code in (400, 403, 421)
        answer = client.post("/api/v1/cameras", json={}, headers={"Origin": "http://evil.example"})
        assert answer.status_code == 403
