"""/audit over the real app: what the existing changes leave in it, and how it is read."""

import csv
import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from vedette.access.principal import CallerKind, Principal
from vedette.audit.export import safe
from vedette.audit.log import Entry, record
from vedette.audit.tables import OpenViewRow
from vedette.db.session import Database
from vedette.http.instants import format_instant

pytestmark = pytest.mark.anyio

AUDIT = "/api/v1/audit"
CAMERAS = "/api/v1/cameras"


async def listed(client: httpx.AsyncClient, **params: Any) -> list[dict[str, Any]]:
    answer = await client.get(AUDIT, params=params)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def actions(client: httpx.AsyncClient, **params: Any) -> list[str]:
    return [item["action"] for item in reversed(await listed(client, **params))]


async def write(database: Database, at_ms: int, name: str, entry: Entry, address: str = "192.0.2.1") -> None:
    async with database.write() as session:
        await record(session, at_ms, Principal(CallerKind.SESSION, name, address=address), entry)


async def test_what_is_done_to_a_camera_is_in_the_log_without_its_secrets(
    client: httpx.AsyncClient, database: Database
) -> None:
    given = {"name": "Gate", "url": "rtsp://anna:hunter2@cam/live?password=hunter3"}
    made = (await client.post(CAMERAS, json=given)).json()
    path = f"{CAMERAS}/{made['id']}"
    assert (await client.patch(path, json={"notes": "by the tree", "keep_days": 3})).is_success
    assert (await client.patch(path, json={"password": "hunter4", "username": "anna"})).is_success
    assert (await client.patch(path, json={"url": "rtsp://cam/live?password=hunter5"})).is_success
    for word in ("stop", "stop", "auto", "start"):
        assert (await client.post(f"{path}/recording/{word}")).is_success
    assert (await client.patch(path, json={"name": ""})).status_code == 422
    assert (await client.delete(path, params={"footage": "keep"})).is_success
    for _ in range(2):
        assert (await client.delete(f"/api/v1/removed-cameras/{made['id']}/footage")).is_success
    entries = list(reversed(await listed(client, camera=made["id"])))
    assert [entry["action"] for entry in entries] == [
        "camera.create",
        "camera.credentials",
        "camera.edit",
        "camera.edit",
        "camera.credentials",
        "camera.edit",
        "camera.credentials",
        "recording.stop",
        "recording.auto",
        "recording.start",
        "camera.delete",
        "camera.footage_delete",
    ]
    assert entries[0]["after"]["main.url"] == "rtsp://cam/live?password=***"
    assert (entries[2]["before"], entries[2]["after"]) == (
        {"notes": "", "keep_days": None},
        {"notes": "by the tree", "keep_days": 3},
    )
    assert (entries[10]["before"]["name"], entries[10]["after"]) == ("Gate", {"footage": "keep"})
    assert {entry["object_name"] for entry in entries} == {"Gate"}
    assert {entry["result"] for entry in entries} == {"ok"}
    async with database.read() as session:
        everything = str((await session.execute(text("SELECT * FROM audit"))).all())
    assert "hunter" not in everything


async def test_volumes_preferences_and_the_first_run(client: httpx.AsyncClient, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        given = {"name": name, "location": str(tmp_path / name)}
        made.append((await client.post("/api/v1/storage/volumes", json=given)).json()["id"])
    path = f"/api/v1/storage/volumes/{made[1]}"
    for _ in range(2):
        assert (await client.patch(path, json={"keep_days": 9})).is_success
    assert (await client.delete(path)).is_success
    for _ in range(2):
        wanted = {"timezone": "Europe/Vienna", "theme": "light", "keep_days": 4}
        assert (await client.put("/api/v1/system/preferences", json=wanted)).is_success
        assert (await client.post("/api/v1/system/setup/finish")).is_success
    assert await actions(client) == [
        "volume.create",
        "volume.create",
        "volume.edit",
        "volume.remove",
        "settings.edit",
        "setup.finish",
    ]
    (edit,) = await listed(client, action="volume.edit")
    assert (edit["before"], edit["after"], edit["object_name"]) == ({"keep_days": None}, {"keep_days": 9}, "two")
    (settings,) = await listed(client, action="settings")
    assert settings["after"]["theme"] == "light"
    assert settings["before"]["keep_days"] is None


async def test_filters_and_pages(client: httpx.AsyncClient, database: Database) -> None:
    camera = uuid4()
    for number in range(5):
        await write(database, 1_700_000_000_000 + number * 1000, f"Anna {number}", Entry("camera.edit"))
    login = Entry("auth.login", "failed", object_name="100%_sure", detail="Wrong password.")
    await write(database, 1_700_000_009_000, "", login, "2001:db8::7")
    await write(database, 1_700_000_009_500, "Bob", Entry("live.view", object_name="Gate", camera_id=camera))
    await write(database, 1_700_000_009_600, "Bob", Entry("camerawork"))
    found = []
    cursor = None
    while True:
        answer = (await client.get(AUDIT, params={"limit": 3} | ({"cursor": cursor} if cursor else {}))).json()
        found += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break
    assert found == sorted(found, reverse=True)
    assert len(found) == 8
    # Written later, and of earlier: it stands where it happened.
    await write(database, 1_700_000_002_000, "Anna late", Entry("camera.edit"))
    names = [item["actor_name"] for item in await listed(client, action="camera.edit")]
    assert names == ["Anna 4", "Anna 3", "Anna late", "Anna 2", "Anna 1", "Anna 0"]
    answer = (await client.get(AUDIT, params={"action": "camera.edit", "limit": 3})).json()
    rest = await listed(client, action="camera.edit", cursor=answer["next"])
    assert [item["actor_name"] for item in [*answer["items"], *rest]] == names
    assert await actions(client, action="camera") == ["camera.edit"] * 6
    assert await actions(client, action="camera.edit", actor="anna 3") == ["camera.edit"]
    assert await actions(client, result="failed") == ["auth.login"]
    assert await actions(client, address="2001:db8:") == ["auth.login"]
    assert await actions(client, camera=str(camera)) == ["live.view"]
    assert await actions(client, object="%_s") == ["auth.login"]
    assert await actions(client, text="WRONG") == ["auth.login"]
    span = {"from": "2023-11-14T22:13:21Z", "to": "2023-11-14T22:13:23Z"}
    assert [item["actor_name"] for item in await listed(client, **span)] == ["Anna late", "Anna 2", "Anna 1"]
    refused = await client.get(AUDIT, params={"from": span["to"], "to": span["from"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "audit.span")
    for bad in (
        {"cursor": "x"},
        {"text": "a\x00"},
        {"camera": "gate"},
        {"result": "maybe"},
        {"share": "x"},
        {"from": "yesterday"},
    ):
        assert (await client.get(AUDIT, params=bad)).status_code == 422


async def test_the_export_computes_nothing_in_a_spreadsheet_and_is_an_entry_itself(
    client: httpx.AsyncClient, database: Database
) -> None:
    evil = '=HYPERLINK("http://x";"a")\n,"'
    await write(database, 1_700_000_000_000, evil, Entry("camera.edit", object_name="+1", after={"a": "=1"}))
    for number in range(700):
        await write(database, 1_700_000_001_000 + number, "Bob", Entry("live.view", detail=f"-{number}"))
    answer = await client.get(f"{AUDIT}/export", params={"format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].endswith('Z.csv"')
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert len(rows) == 702
    assert rows[0]["action"] == "audit.export"
    assert rows[-1]["actor_name"] == "'" + evil
    assert rows[-1]["object_name"] == "'+1"
    assert rows[-1]["at"] == "2023-11-14T22:13:20.000Z"
    assert all(row["detail"].startswith("'-") for row in rows[1:-1])
    answer = await client.get(f"{AUDIT}/export", params={"format": "json", "action": "camera"})
    assert [entry["actor_name"] for entry in answer.json()] == [evil]
    assert (await listed(client, action="audit.export"))[0]["after"] == {
        "format": "json",
        "filter": {"action": "camera"},
    }
    assert (await client.get(f"{AUDIT}/export", params={"format": "json", "action": "none"})).json() == []


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝"))
def test_a_cell_that_could_be_a_formula_is_text(start: str) -> None:
    assert safe(f"{start}1") == f"'{start}1"
    assert safe(f"1{start}") == f"1{start}"
    assert safe("") == ""


async def test_one_altered_row_is_found(client: httpx.AsyncClient, database: Database) -> None:
    for number in range(3):
        await write(database, number, "Anna", Entry("camera.edit"))
    intact = (await client.get(f"{AUDIT}/verify")).json()
    assert (intact["intact"], intact["entries"], intact["problem"]) == (True, 3, None)
    async with database.write() as session:
        sqlite = database.dialect == "sqlite"
        await session.execute(text(f"DROP TRIGGER {'audit_no_update' if sqlite else 'audit_no_change ON audit'}"))
        await session.execute(text("UPDATE audit SET actor_name = 'Bob' WHERE id = 2"))
    found = (await client.get(f"{AUDIT}/verify")).json()
    assert (found["intact"], found["problem"], found["row_id"]) == (False, "altered", 2)
    assert (await client.get(f"{AUDIT}/verify", params={"hash": "0"})).status_code == 422


async def test_the_report_has_of_each_view_what_lies_in_the_period(
    client: httpx.AsyncClient, database: Database
) -> None:
    """Begun before, ended after, both, neither, beside it, and one that goes on."""
    since, camera = 1_700_000_000_000, uuid4()
    until = since + 100_000
    gate: dict[str, Any] = {"object_name": "Gate", "camera_id": camera}
    for view, start, end in (
        ("early", since - 50_000, since + 10_000),
        ("late", since + 70_000, until + 900_000),
        ("around", since - 1_000, until + 1_000),
        ("inside", since + 20_000, since + 25_000),
        ("before", since - 90_000, since - 60_000),
        ("after", until + 5_000, until + 9_000),
    ):
        begun = {"stream": "main", "view": view}
        await write(database, start, "Anna", Entry("live.view", **gate, after=begun))
        ended = {**begun, "start": format_instant(start), "seconds": (end - start) // 1000}
        await write(database, end, "Anna", Entry("live.end", **gate, after=ended))
    await write(database, since + 60_000, "Anna", Entry("live.view", **gate, after={"stream": "main", "view": "open"}))
    async with database.write() as session:
        more: dict[str, Any] = {"caller": {}, "camera_id": camera, "camera_name": "Gate", "spans": {"seen": []}}
        times = {"touched_ms": since + 95_000, "start_ms": since + 60_000, "last_ms": since + 60_000}
        session.add(OpenViewRow(key="k", view_id="open", owner="other", action="live", stream="main", **times, **more))
    span = {"from": format_instant(since), "to": format_instant(until)}
    report = (await client.get(f"{AUDIT}/report", params=span)).json()
    assert [(one["start"], one["seconds"], one["going_on"]) for one in report["watched"]] == [
        (format_instant(since + 70_000), 30, False),
        (format_instant(since + 60_000), 35, True),
        (format_instant(since + 20_000), 5, False),
        (format_instant(since - 1_000), 100, False),
        (format_instant(since - 50_000), 10, False),
    ]
    (summary,) = report["views"]
    assert (summary["live"], summary["live_seconds"]) == (5, 30 + 35 + 5 + 100 + 10)


async def test_a_refusal_says_in_a_sentence_what_it_was_about(client: httpx.AsyncClient, database: Database) -> None:
    refusal: dict[str, Any] = {
        "object_name": "Yard",
        "camera_id": uuid4(),
        "detail": "Watch live (3 more within a minute)",
    }
    await write(database, 1_700_000_000_000, "Bob", Entry("access.refuse", "refused", **refusal))
    assert (await listed(client))[0]["sentence"] == "Watch live: Yard (3 more within a minute)"


async def test_the_report_of_a_period(client: httpx.AsyncClient, database: Database) -> None:
    november, camera = 1_700_000_000_000, uuid4()
    gate: dict[str, Any] = {"object_name": "Gate", "camera_id": camera}

    def told(view: str, **more: Any) -> dict[str, Any]:
        return {**gate, "after": {"stream": "main", "view": view, **more}}

    began = format_instant(november)
    for number in range(3):
        await write(database, november + number, "Anna", Entry("auth.login"))
        await write(database, november + number, "", Entry("auth.login", "failed", object_name="root"), "198.51.100.9")
    await write(database, november, "Anna", Entry("live.view", **told("a")))
    await write(database, november + 60_000, "Anna", Entry("live.end", **told("a", start=began, seconds=60)))
    await write(database, november + 1, "Anna", Entry("playback.view", **told("b")))
    spans = [{"from": began, "to": format_instant(november + 9_000)}]
    lost = told("b", start=began, seconds=30, spans=spans, exact=False)
    await write(database, november + 30_000, "Anna", Entry("playback.end", **lost))
    await write(database, november + 2, "Bob", Entry("playback.view", **told("c")))
    await write(database, november, "Bob", Entry("recording.download", **gate))
    await write(database, november, "Anna", Entry("grant.create"))
    await write(database, november, "Anna", Entry("share.create"))
    await write(database, november, "share link of Anna", Entry("share.open"))
    await write(database, november, "Bob", Entry("token.use", "denied"))
    await write(database, november, "Bob", Entry("user.session_end"))
    await write(database, november, "Bob", Entry("access.refuse", "refused"))
    await write(database, november, "system", Entry("retention.delete", **gate))
    await write(database, november + 40 * 86_400_000, "Anna", Entry("auth.login"))
    report = (await client.get(f"{AUDIT}/report", params={"month": "2023-11", "timezone": "Europe/Vienna"})).json()
    assert (report["entries"], report["cut"], report["month"]) == (19, False, "2023-11")
    assert (report["start"], report["end"]) == ("2023-10-31T23:00:00.000Z", "2023-11-30T23:00:00.000Z")
    assert [(one["name"], one["count"], one["address"]) for one in report["logins"]] == [("Anna", 3, "192.0.2.1")]
    failed = report["failed_logins"]
    assert [(one["name"], one["count"], one["address"]) for one in failed] == [("root", 3, "198.51.100.9")]
    anna, bob = report["views"]
    assert (anna["name"], anna["camera"], anna["live"], anna["live_seconds"]) == ("Anna", "Gate", 1, 60)
    assert (anna["playback"], anna["playback_seconds"]) == (1, 30)
    assert (bob["name"], bob["downloads"], bob["playback"], bob["live"]) == ("Bob", 1, 1, 0)
    watched = [(one["name"], one["kind"], one["seconds"], one["exact"], one["end"]) for one in report["watched"]]
    assert watched == [
        ("Bob", "playback", None, True, None),
        ("Anna", "playback", 30, False, format_instant(november + 30_000)),
        ("Anna", "live", 60, True, format_instant(november + 60_000)),
    ]
    assert report["watched"][1]["footage"] == [{"start": began, "end": spans[0]["to"]}]
    listed_in = {
        name: [entry["action"] for entry in report[name]]
        for name in ("permission_changes", "shares_opened", "tokens_elsewhere", "refusals", "deletions")
    }
    assert listed_in == {
        "permission_changes": ["share.create", "grant.create"],
        "shares_opened": ["share.open"],
        "tokens_elsewhere": ["token.use"],
        "refusals": ["access.refuse"],
        "deletions": ["retention.delete"],
    }
    assert (await listed(client))[0]["action"] == "audit.report"
    span = {"from": format_instant(november + 1), "to": format_instant(november + 3)}
    short = (await client.get(f"{AUDIT}/report", params=span)).json()
    assert (short["entries"], short["month"], short["start"]) == (6, None, span["from"])
    assert (await listed(client))[0]["after"] == {**span, "timezone": "UTC"}
    assert (await client.get(f"{AUDIT}/report", params={"from": began})).json()["logins"][0]["count"] == 4
    for bad in (
        {},
        {"month": "2023-13"},
        {"month": "11"},
        {"month": "2023-11", "timezone": "Mars"},
        {"month": "2023-11", "from": began},
        {"to": began},
        {"from": span["to"], "to": span["from"]},
    ):
        assert (await client.get(f"{AUDIT}/report", params=bad)).status_code == 422


async def test_one_entry_by_its_number(client: httpx.AsyncClient) -> None:
    assert (await client.post(CAMERAS, json={"name": "Gate", "url": "rtsp://cam/live"})).is_success
    entry = (await listed(client, action="camera.create"))[0]
    assert (await client.get(f"{AUDIT}/{entry['id']}")).json() == entry
    missing = await client.get(f"{AUDIT}/{entry['id'] + 1000}")
    assert (missing.status_code, missing.json()["code"]) == (404, "audit.not_found")
    for wrong in ("0", "-1", str(2**63), "x"):
        assert (await client.get(f"{AUDIT}/{wrong}")).status_code == 422
