"""/coverage/report over real files and a real server."""

import csv
from datetime import date
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from tests.support.footage import T0, add_stream, camera_of
from tests.support.library import clip
from tests.support.people import add_user, as_user, grant, let_in_by_header
from tests.support.world import NOW, World
from vedette.audit.tables import AuditRow

pytestmark = pytest.mark.anyio

MONTH = {"month": "2023-11"}  # T0 is 14 November, 22:13:20 UTC; it is ten minutes later


async def report(world: World, **params: Any) -> dict[str, Any]:
    answer = await world.http.get("/coverage/report", params={**MONTH, **params})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_month_of_a_camera(any_world: World) -> None:
    world = any_world
    await world.library.record(world.stream_id, T0, clip())
    found = await report(world)
    assert (found["month"], found["timezone"], found["promised_percent"]) == ("2023-11", "UTC", 99.5)
    (camera,) = found["cameras"]
    assert (camera["slug"], len(camera["days"])) == ("gate", 30)
    due = {day["date"]: (day["recorded_ms"], day["due_ms"], day["met"]) for day in camera["days"] if day["due_ms"]}
    assert due == {"2023-11-14": (6000, NOW - T0, False)}, "neither the days before it was added nor those to come"
    assert camera["days"][13]["gaps_ms"] == {"lost": NOW - T0 - 6000}
    (gap,) = camera["gaps"]
    assert gap["duration_ms"] == NOW - T0 - 6000
    kolkata = await report(world, timezone="Asia/Kolkata")
    assert [day["date"] for day in kolkata["cameras"][0]["days"] if day["due_ms"]] == ["2023-11-15"]


async def test_the_line_of_the_site(any_world: World) -> None:
    world = any_world
    await world.library.record(world.stream_id, T0, clip())
    given = {"timezone": "Asia/Kolkata", "theme": "dark", "keep_days": None, "coverage_slo": 0.5}
    assert (await world.http.put("/system/preferences", json=given)).status_code == 200
    found = await report(world)
    assert (found["timezone"], found["promised_percent"], found["met"]) == ("Asia/Kolkata", 0.5, True)
    for slo in (0, 100.1, None, "x"):
        wrong = await world.http.put("/system/preferences", json={**given, "coverage_slo": slo})
        assert (wrong.status_code, wrong.json()["field"]) == (422, "coverage_slo")


async def test_files_are_signed_and_told_to_the_audit_log(any_world: World) -> None:
    world = any_world
    await world.library.record(world.stream_id, T0, clip())
    (key,) = (await world.http.get("/signing-keys")).json()["keys"]
    assert (key["kty"], key["crv"]) == ("OKP", "Ed25519")
    for wanted, kind in (("json", "application/json"), ("pdf", "application/pdf")):
        file = await world.http.get("/coverage/report/file", params={**MONTH, "format": wanted})
        assert (file.status_code, file.headers["content-type"]) == (200, kind)
        assert file.headers["content-disposition"] == f'attachment; filename="vedette-coverage-2023-11.{wanted}"'
        verdict = await judge(world, file.content)
        assert (verdict["good"], verdict["kind"], verdict["kid"]) == (True, wanted, key["kid"])
        assert not (await judge(world, file.content.replace(b"2023", b"2022", 1)))["good"]
    assert not (await judge(world, b"no report"))["good"]
    assert not (await judge(world, orjson.dumps({"report": {}, "signature": "..", "deep": [[[]]]})))["good"]
    async with world.database.read() as session:
        rows = await session.scalars(select(AuditRow).where(AuditRow.action == "coverage.report").order_by(AuditRow.id))
        told = [(row.actor_name, (row.after or {})["format"], row.object_name) for row in rows]
    assert told == [("tester", "json", "2023-11"), ("tester", "pdf", "2023-11")]


async def judge(world: World, data: bytes) -> dict[str, Any]:
    headers = {"Content-Type": "application/octet-stream"}
    answer = await world.http.post("/coverage/report/verify", content=data, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_csv(any_world: World) -> None:
    world = any_world
    await world.library.record(world.stream_id, T0, clip())
    answer = await world.http.get("/coverage/report/file", params={**MONTH, "format": "csv"})
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert [date.fromisoformat(row["date"]).day for row in rows] == list(range(1, 31))
    assert (rows[13]["recorded_s"], rows[13]["promise_kept"], rows[13]["lost_s"]) == ("6.000", "no", "594.000")
    assert (rows[14]["due_s"], rows[14]["percent"], rows[14]["promise_kept"]) == ("0.000", "", "")


async def test_only_what_one_may_see(any_world: World) -> None:
    world = any_world
    let_in_by_header(world.app.app)
    yard = await camera_of(world.database, await add_stream(world.database, "yard"))
    viewer = await add_user(world.database, "viewer")
    await grant(world.database, viewer, "viewer", camera_id=yard)
    headers = as_user(viewer)
    answer = await world.http.get("/coverage/report", params=MONTH, headers=headers)
    assert [camera["slug"] for camera in answer.json()["cameras"]] == ["yard"]
    refused = await world.http.get("/coverage/report/file", params=MONTH, headers=headers)
    assert refused.status_code == 403


REFUSED = [
    ("month=2023-13", "month"),
    ("month=november", "month"),
    ("month=2200-01", "month"),
    ("", "month"),
    ("month=2023-11&timezone=Mars/Olympus", "timezone"),
]


async def test_months_that_are_refused(world: World) -> None:
    for query, field in REFUSED:
        for path in ("/coverage/report", "/coverage/report/file"):
            answer = await world.http.get(f"{path}?{query}")
            assert (answer.status_code, answer.json()["field"]) == (422, field), query
    wrong = await world.http.get("/coverage/report/file", params={**MONTH, "format": "xls"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "format")
