"""What callers were not let do, over the real app: noted once, counted then."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.support.accounts import session_of
from tests.support.footage import add_stream, camera_of
from tests.support.people import add_user, add_zone, grant
from tests.support.running import RunningApp, StillClock, running_app
from vedette.audit.chain import verify
from vedette.audit.refusals import MOST_ENTRIES, SAME_MS, RefusalLog
from vedette.audit.tables import AuditRow
from vedette.db.session import Database

pytestmark = pytest.mark.anyio

NOW = 1_763_737_200_000


class House:
    """The viewer bert of the camera `gate`, who does not know of `yard`."""

    def __init__(self, app: RunningApp, database: Database, clock: StillClock) -> None:
        self.app, self.database, self.clock = app, database, clock
        self.bert: dict[str, str] = {}
        self.gate = self.yard = uuid4()

    async def ask(self, method: str, path: str, **more: object) -> int:
        answer = await self.app.http.request(method, path, headers=self.bert, **more)  # type: ignore[arg-type]
        return answer.status_code

    async def refusals(self) -> list[AuditRow]:
        log: RefusalLog = self.app.app.state.refusals
        await log.flush()
        async with self.database.read() as session:
            assert (await verify(session)).problem is None
            found = select(AuditRow).where(AuditRow.result == "refused").order_by(AuditRow.id)
            return list(await session.scalars(found))


@pytest.fixture
async def house(tmp_path: Path, database: Database) -> AsyncIterator[House]:
    clock = StillClock(NOW)
    gate = await camera_of(database, await add_stream(database, "gate"))
    yard = await camera_of(database, await add_stream(database, "yard"))
    async with running_app(tmp_path, database, clock) as app:
        made = House(app, database, clock)
        made.gate, made.yard = gate, yard
        bert = await add_user(database, "bert")
        await grant(database, bert, "viewer", zone_id=await add_zone(database, "front", [gate]))
        made.bert = await session_of(app.app, bert)
        yield made


def told(row: AuditRow) -> tuple[str, str | None, UUID | None, str | None]:
    return (row.after or {})["operation"], row.object_kind, row.camera_id, (row.after or {})["permission"]


async def test_refused_changes_and_looks_at_what_is_sensitive_are_in_the_log(house: House) -> None:
    assert await house.ask("PATCH", f"/cameras/{house.gate}", json={"name": "x"}) == 403
    assert await house.ask("DELETE", f"/cameras/{house.yard}") == 404
    assert await house.ask("GET", "/playback/yard/index.m3u8?start=2025-11-21T14:00:00Z") == 404
    assert await house.ask("GET", "/audit") == 403
    assert await house.ask("POST", "/users", json={"username": "eve", "password": "x" * 20}) == 403
    # What is no refusal: nothing there, nobody, what pages ask for as they need it.
    assert await house.ask("DELETE", f"/cameras/{uuid4()}") == 404
    assert await house.ask("GET", "/storage/volumes") == 403
    assert (await house.app.http.delete("/cameras/gate", headers={"Authorization": ""})).status_code == 401
    address = f"ws://{house.app.address}/api/v1/live/yard/mse"
    async with connect(address, additional_headers=house.bert, compression=None) as socket:
        with pytest.raises(ConnectionClosed):
            await socket.recv()
    found = await house.refusals()
    assert [told(row) for row in found] == [
        ("PATCH /api/v1/cameras/{camera}", "camera", house.gate, "camera.edit"),
        ("DELETE /api/v1/cameras/{camera}", "camera", house.yard, "camera.edit"),
        ("GET /api/v1/playback/{camera}/index.m3u8", "camera", house.yard, "playback.view"),
        ("GET /api/v1/audit", None, None, "audit.view"),
        ("POST /api/v1/users", None, None, "user.manage"),
        ("WS /api/v1/live/{camera}/mse", "camera", house.yard, "live.view"),
    ]
    assert {(row.action, row.actor_name, row.address) for row in found} == {("access.refuse", "bert", "127.0.0.1")}
    assert found[0].detail == "Change some of a camera's settings"
    assert [row.object_name for row in found[:2]] == ["gate", "yard"]


async def test_a_flood_is_counted_and_stays_few_entries(house: House) -> None:
    for _ in range(50):
        assert await house.ask("DELETE", f"/cameras/{house.gate}") == 403
    assert len(await house.refusals()) == 1
    house.clock.advance(SAME_MS / 1000)
    first, repeats = await house.refusals()
    assert ((first.after or {})["times"], (repeats.after or {})["times"]) == (1, 49)
    assert repeats.detail.endswith("(49 more within a minute)")
    for _ in range(100):
        assert await house.ask("DELETE", f"/users/{uuid4()}") == 403
    found = (await house.refusals())[2:]
    assert len(found) == MOST_ENTRIES
    house.clock.advance(SAME_MS / 1000)
    others = (await house.refusals())[2 + MOST_ENTRIES :]
    assert [(row.after or {})["times"] for row in others] == [100 - MOST_ENTRIES]


async def test_a_refused_token_is_named(house: House) -> None:
    given = {"name": "door panel", "permissions": ["camera.view"]}
    made = (await house.app.http.post("/api-tokens", json=given)).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert (await house.app.http.delete("/cameras/gate", headers=headers)).status_code == 403
    (row,) = await house.refusals()
    assert (row.actor_kind, row.token_id, row.token_name) == ("token", made["id"], "door panel")
    for wanted in (made["id"], "PANEL"):
        listed = (await house.app.http.get("/audit", params={"token": wanted})).json()["items"]
        assert [(entry["action"], entry["token_name"]) for entry in listed] == [("access.refuse", "door panel")]
    assert (await house.app.http.get("/audit", params={"token": "window"})).json()["items"] == []
