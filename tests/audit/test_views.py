"""Views in the audit log: few entries for many requests, none lost at a stop."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from vedette.access.principal import CallerKind, Principal
from vedette.audit.chain import verify
from vedette.audit.tables import AuditRow
from vedette.audit.views import SESSION_MS, Seen, ViewLog
from vedette.core.clock import ManualClock
from vedette.db.session import Database

pytestmark = pytest.mark.anyio

ANNA = Principal(CallerKind.SESSION, "Anna", uuid4(), session_id=uuid4(), address="192.0.2.1")
GATE = Seen(uuid4(), "Gate", "main")


async def rows(database: Database) -> list[AuditRow]:
    async with database.read() as session:
        assert (await verify(session)).problem is None
        return list(await session.scalars(select(AuditRow).order_by(AuditRow.id)))


async def test_a_live_view_has_a_start_and_an_end_that_says_how_long_it_was(database: Database) -> None:
    clock = ManualClock()
    async with ViewLog(database, clock) as views, views.live(ANNA, GATE):
        clock.advance(95.2)
    start, end = await rows(database)
    assert (start.action, start.actor_name, start.address) == ("live.view", "Anna", "192.0.2.1")
    assert (start.camera_id, start.object_name, start.after) == (GATE.camera_id, "Gate", {"stream": "main"})
    assert (end.action, end.after) == ("live.end", {"stream": "main", "seconds": 95})
    assert end.at_ms - start.at_ms == 95_200


async def test_many_requests_of_one_caller_are_one_view_until_an_hour_has_passed(database: Database) -> None:
    clock = ManualClock()
    recording = uuid4()
    others = [replace(ANNA, address="192.0.2.2"), replace(ANNA, session_id=uuid4()), replace(ANNA, user_id=uuid4())]
    async with ViewLog(database, clock) as views:
        for _ in range(50):
            await views.once(ANNA, "playback.view", GATE, what="then")
            clock.advance(60)
        assert SESSION_MS == 60 * 60_000
        clock.advance(10 * 60)
        await views.once(ANNA, "playback.view", GATE)
        for other in others:
            await views.once(other, "playback.view", GATE)
        await views.once(ANNA, "playback.view", replace(GATE, stream="sub"))
        await views.once(ANNA, "playback.view", replace(GATE, camera_id=uuid4()))
        for _ in range(2):
            await views.once(ANNA, "recording.download", GATE, recording=recording)
        await views.once(ANNA, "recording.download", GATE, recording=uuid4())
    found = await rows(database)
    assert [row.action for row in found] == ["playback.view"] * 7 + ["recording.download"] * 2
    assert (found[0].detail, found[1].detail) == ("then", "")
    assert found[7].after == {"stream": "main", "recording": str(recording)}


async def test_a_stop_writes_what_waits_and_the_ends_of_open_views(database: Database) -> None:
    views = ViewLog(database, ManualClock(), together_s=3600)
    opened = [views.live(ANNA, replace(GATE, camera_id=uuid4())) for _ in range(3)]
    async with views:
        for view in opened:
            await view.__aenter__()
    for view in opened:
        await view.__aexit__(None, None, None)  # sockets that end after the stop add nothing
    assert sorted(row.action for row in await rows(database)) == ["live.end"] * 3 + ["live.view"] * 3


async def test_more_than_the_queue_holds_waits_and_is_written(database: Database) -> None:
    async with ViewLog(database, ManualClock(), together_s=0) as views:
        await asyncio.gather(*(views.once(ANNA, "playback.view", Seen(uuid4(), str(n), "main")) for n in range(2500)))
    assert len(await rows(database)) == 2500


async def test_a_database_that_fails_for_a_while_loses_nothing(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("ALTER TABLE audit RENAME TO away"))
    async with ViewLog(database, ManualClock(), together_s=0) as views:
        await views.once(ANNA, "playback.view", GATE)
        await asyncio.sleep(0.2)
        async with database.write() as session:
            await session.execute(text("ALTER TABLE away RENAME TO audit"))
    assert len(await rows(database)) == 1
